"""Renew an index after changes of documents: the same files as those of an index that is built anew, but only those that change.

Everything that a file depends on is a sum over documents: numbers of documents of spellings and terms, sizes of keys, postings. So the
changed documents are taken out of the sums and put back in as they are now, and the files are made anew whose inputs changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from .alignment import Sample, SampledNote, align, halvings_of, is_sampled, packed
from .changes import (
    Change,
    Documents,
    Fetch,
    NotRenewableError,
    Placed,
    Rows,
    Spellings,
    Stem,
    TermChanges,
    change_terms,
    find_restemmed,
)
from .coding import IndexFile, NamedFile, path_of
from .document import DocumentKey, DocumentTerms
from .glossary import Row
from .leaves import LIMITS, SHARDS, Home, Trie, home_of, is_large, leaf_file, leaf_stem, plan_trie, size_of
from .postings import Postings, count_before, day_number, edit_postings
from .rows import compile_rows
from .spellings import ALL, OLDER
from .state import (
    OLDER_VOCABULARY,
    SAMPLE,
    State,
    StoredLeaf,
    core_of,
    decode_leaf,
    decode_sample,
    decode_vocabulary,
    dictionaries_of,
    encode,
)
from .tables import table_files
from .tokens import is_stemmed, is_token
from .vocabulary import Vocabulary, dictionary_file, is_eligible
from .words import Pairs, encode_pairs, pairs_of, size_of_pairs

_Member = tuple[Postings, tuple[int, int]]
"""A term in a leaf: its postings, and the numbers of older and newer documents that have it in names only."""


class Renewal:
    """The renewal of an index. After `run`, `state`, `tries`, `rows`, `files` and `kept` are those of the renewed index."""

    def __init__(self, state: State, row: Rows, fetch: Fetch, glossary: tuple[Row, ...]) -> None:
        self._row = row
        self._fetch = fetch
        self._glossary = glossary
        self.tries = {kind: plan_trie(sizes, LIMITS[kind]) for kind, sizes in state.sizes.items()}
        self._leaves: dict[tuple[str, int], StoredLeaf] = {}
        self._core = self._core_after = core_of(state)
        self.state = state
        self.rows: dict[str, bytes | None] = {}
        self.files: list[IndexFile] = []
        self.kept: list[str] = []
        self._added_to_older: dict[str, int] = {}
        self._is_older_changed = False

    def run(self, keys: Iterable[DocumentKey]) -> None:
        """Renew the index for the documents with these keys. Raises NotRenewableError, and KeyError if a row or document is missing."""
        documents = Documents(self.state, keys, self._row, self._fetch)
        changes = documents.changes()
        spellings = Spellings(self._row, changes.values())
        everywhere = changes | find_restemmed(documents, spellings, changes, self._postings_before)
        changed = change_terms(everywhere.values(), spellings, compile_rows(self._glossary))
        self._count_documents(documents)
        members = {term: self._change(term, changed) for term in changed.levels.keys() | changed.named.keys()}
        self._count_terms(members, self._count_older(changed, spellings), spellings)
        self._core_after = core_of(self.state)
        for term in _relocated(self._core, self._core_after):
            if term not in members:
                member = self._member_before(term)
                members[term] = member, member
        self._write_leaves(members, self._change_pairs(everywhere.values(), spellings))
        self._write_tables(documents, changes.values())
        self.rows |= dict(spellings.rows())
        self.rows |= {f"m{month}": encode(rows) if rows else None for month, rows in documents.rows.items()}
        self.state.months = documents.months
        self.state.boundary = documents.boundary

    def _leaf(self, kind: str, node: int) -> StoredLeaf:
        found = self._leaves.get((kind, node))
        if found is None:
            found = self._leaves[kind, node] = decode_leaf(self._row_of(leaf_stem(kind, node)))
        return found

    def _member_before(self, term: str) -> _Member | None:
        home = home_of(term, self._core.get(term))
        node = self.tries[home.kind].nodes.get(home.key)
        if node is None:
            return None
        leaf = self._leaf(home.kind, node)
        postings = leaf.postings.get(term)
        return (postings, leaf.named.get(term, (0, 0))) if postings else None

    def _row_of(self, name: str) -> bytes:
        """Return a row that there must be. Raises KeyError."""
        found = self._row(name)
        if found is None:
            raise KeyError(name)
        return found

    def _postings_before(self, term: str) -> Postings | None:
        member = self._member_before(term)
        return member[0] if member else None

    def _change(self, term: str, changed: TermChanges) -> tuple[_Member | None, _Member | None]:
        """Return a term before and after its changes."""
        before = self._member_before(term)
        postings, (older, newer) = before or (None, (0, 0))
        levels = changed.levels.get(term)
        postings = edit_postings(postings, levels) if levels else postings
        added = changed.named.get(term, (0, 0))
        return before, (postings, (older + added[0], newer + added[1])) if postings else None

    def _count_documents(self, documents: Documents) -> None:
        """Count the older and newer notes. Raises NotRenewableError if a rule depends on the numbers and gives another result."""
        counts = [0, 0]
        for month, listed in documents.months.items():
            counts[not documents.is_older(month)] += len(listed.fragments)
        before, after = self.state.documents, (counts[0], counts[1])
        if bool(before[0]) != bool(after[0]) or halvings_of(_aligned(before)) != halvings_of(_aligned(after)):
            raise NotRenewableError
        self.state.documents = after

    def _count_older(self, changed: TermChanges, spellings: Spellings) -> set[str]:
        """Count the terms of the older notes by themselves, choose their dictionary, and return the terms that may be fresh or gone."""
        counts = {term: added for term, added in changed.older.items() if added}
        former = self.state.older_core
        if counts:
            vocabulary = decode_vocabulary(self._row_of(OLDER_VOCABULARY))
            for term, added in counts.items():
                before = self._count_older_before(term, spellings)
                _recount(vocabulary, term, before, before + added)
                if is_stemmed(term):
                    spellings.set_older(term, before + added)
            self.rows[OLDER_VOCABULARY] = encode(vocabulary)
            self.state.older_core = vocabulary.core()
        self._added_to_older = counts
        self._is_older_changed = former != self.state.older_core
        return counts.keys() | (former.keys() ^ self.state.older_core.keys())

    def _count_older_before(self, term: str, spellings: Spellings) -> int:
        """Return the former number of older notes that have a token in a text."""
        if is_stemmed(term):
            return spellings.group_before(term[0]).older.get(term, 0)
        postings, named = self._member_before(term) or (None, (0, 0))
        boundary = day_number(f"{self.state.boundary}-01") if self.state.boundary else 0
        return count_before(postings, boundary) - named[0]

    def _count_terms(
        self, members: Mapping[str, tuple[_Member | None, _Member | None]], others: set[str], spellings: Spellings
    ) -> None:
        """Count the tokens whose postings changed, and others that older notes have more or less often, and write the dictionaries."""
        former = self.state.fresh.core(), self.state.gone
        gone = set(self.state.gone)
        for term in filter(is_token, members.keys() | others):
            before, after = members.get(term) or (self._member_before(term),) * 2
            older = self._count_older_before(term, spellings)
            fresh_before = self._count_fresh(term, _in_text(before), older)
            fresh_after = self._count_fresh(term, _in_text(after), older + self._added_to_older.get(term, 0))
            _recount(self.state.fresh, term, fresh_before, fresh_after)
            is_gone = term in self.state.older_core and not _in_text(after)
            (gone.add if is_gone else gone.discard)(term)
        self.state.gone = sorted(gone)
        self._write_dictionaries(is_same=former == (self.state.fresh.core(), self.state.gone))

    def _count_fresh(self, term: str, documents: int, older: int) -> int:
        """Return the number of documents that a term has as a fresh one: none if it is eligible by the older notes."""
        is_settled = older > 0 and (self.state.is_older_small or is_eligible(term, older))
        return 0 if is_settled else documents

    def _write_dictionaries(self, *, is_same: bool) -> None:
        *older, fresh = dictionaries_of(self.state)
        for core in older:
            self._put(["d0"], (dictionary_file("d0", core),) if self._is_older_changed else ())
        self._put([f"d{len(older)}"], () if is_same else (dictionary_file(f"d{len(older)}", fresh),))

    def _put(self, stems: Iterable[str], files: Iterable[NamedFile]) -> None:
        """Write the files that are not as they were, and keep the others that begin like this."""
        for stem, name, file in files:
            if self.state.tables.get(stem) != name:
                self.state.tables[stem] = name
                self.files.append(file)
        written = {file.path for file in self.files}
        paths = [path_of(stem, self.state.tables[stem]) for stem in stems]
        self.kept += [path for path in paths if path not in written]

    def _change_pairs(self, changes: Iterable[Change], spellings: Spellings) -> dict[str, tuple[Pairs, Pairs]]:
        """Align words anew if need be, and return the keys whose aligned words change, with their lines before and after."""
        aligned_before = self.state.alignment
        self._align(changes, spellings)
        if aligned_before == self.state.alignment:
            return {}
        before, after = pairs_of(aligned_before), pairs_of(self.state.alignment)
        pairs = {key: (before.get(key, ()), after.get(key, ())) for key in before.keys() | after.keys()}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}

    def _write_leaves(
        self,
        members: Mapping[str, tuple[_Member | None, _Member | None]],
        pairs: Mapping[str, tuple[Pairs, Pairs]],
    ) -> None:
        """Write every leaf that has or had one of these terms or aligned words, and every leaf that was divided or joined."""
        gone: defaultdict[str, set[str]] = defaultdict(set)
        fresh: defaultdict[str, list[tuple[str, str, _Member]]] = defaultdict(list)
        dirty: defaultdict[str, set[str]] = defaultdict(set)
        for term, (before, after) in members.items():
            former = home_of(term, self._core.get(term)) if before else None
            present = home_of(term, self._core_after.get(term)) if after else None
            if former == present and before == after:
                continue
            if before and former:
                gone[former.kind].add(term)
                self._resize(former, -size_of(term, before[0].count))
                dirty[former.kind].add(former.key)
            if after and present:
                fresh[present.kind].append((present.key, term, after))
                self._resize(present, size_of(term, after[0].count))
                dirty[present.kind].add(present.key)
        for key, (lines_before, lines_after) in pairs.items():
            self._resize(Home(SHARDS, key), size_of_pairs(lines_after) - size_of_pairs(lines_before))
            dirty[SHARDS].add(key)
        aligned = {key: after for key, (_, after) in pairs.items()}
        for kind in LIMITS:
            trie_before = self.tries[kind]
            if dirty[kind]:
                self.tries[kind] = plan_trie(self.state.sizes[kind], LIMITS[kind])
            changed = aligned if kind == SHARDS else {}
            self._write_trie(kind, trie_before, gone[kind], fresh[kind], changed, dirty[kind])

    def _resize(self, home: Home, added: int) -> None:
        sizes = self.state.sizes[home.kind]
        size = sizes.get(home.key, 0) + added
        if size:
            sizes[home.key] = size
        else:
            sizes.pop(home.key, None)

    def _write_trie(
        self,
        kind: str,
        former: Trie,
        gone: set[str],
        fresh: list[tuple[str, str, _Member]],
        pairs: Mapping[str, Pairs],
        dirty: set[str],
    ) -> None:
        """Write the leaves of some keys, and those that were divided or joined.

        They are written without some terms, with others by their keys, and with the aligned words of the keys that have others.
        """
        trie, names = self.tries[kind], self.state.names[kind]
        present = set(trie.leaves)
        touched = {each.nodes[key] for each in (former, trie) for key in dirty if key in each.nodes}
        stale = {node for node in present if node in touched or node not in names}
        contents: dict[int, dict[str, _Member]] = {node: {} for node in stale}
        aligned: dict[int, dict[str, Pairs]] = {node: {} for node in stale}
        sources = {former.nodes[key] for key, node in trie.nodes.items() if node in stale and key in former.nodes}
        for source in sources:
            leaf = self._leaf(kind, source)
            for term, postings in leaf.postings.items():
                if term not in gone:
                    # Where no leaf was divided or joined, its terms stay in it.
                    node = source if source in present else trie.nodes[home_of(term, self._core_after.get(term)).key]
                    if node in stale:
                        contents[node][term] = postings, leaf.named.get(term, (0, 0))
            for key, lines in leaf.pairs.items():
                if key not in pairs and trie.nodes[key] in stale:
                    aligned[trie.nodes[key]][key] = lines
        for key, lines in pairs.items():
            if lines:
                aligned[trie.nodes[key]][key] = lines
        for key, term, member in fresh:
            contents[trie.nodes[key]][term] = member
        for node in names.keys() - present:
            self.rows[leaf_stem(kind, node)] = None
            del names[node]
        self.kept += [path_of(leaf_stem(kind, node), name) for node, name in names.items() if node not in stale]
        for node, content in contents.items():
            in_leaf = {term: postings for term, (postings, _) in content.items()}
            named = {term: counts for term, (_, counts) in content.items() if any(counts)}
            self.rows[leaf_stem(kind, node)] = encode(StoredLeaf(in_leaf, named, aligned[node]))
            name, file = leaf_file(kind, node, in_leaf.items(), encode_pairs(aligned[node]) if kind == SHARDS else b"")
            (self.kept.append(file.path) if names.get(node) == name else self.files.append(file))
            names[node] = name

    def _write_tables(self, documents: Documents, changes: Iterable[Change]) -> None:
        """Write the tables of the older or the newer notes that changed."""
        changed = {placed.is_older for change in changes for placed in (change.before, change.after) if placed}
        has_older = bool(self.state.documents[0])
        for place in (0, 1) if has_older else (0,):
            is_older = has_older and place == 0
            rows = documents.rows_of(is_older=is_older) if is_older in changed else None
            self._put([f"n{place}", f"g{place}"], table_files(place, rows) if rows is not None else ())

    def _align(self, changes: Iterable[Change], spellings: Spellings) -> None:
        """Align words anew if a note of the sample changed."""
        has_older = bool(self.state.documents[0])
        halvings = halvings_of(_aligned(self.state.documents))

        def is_in_sample(placed: Placed) -> bool:
            return placed.is_older == has_older and is_sampled(placed.document.key.id, halvings)

        gone = [each.before.document.key for each in changes if each.before and is_in_sample(each.before)]
        fresh = [each.after for each in changes if each.after and is_in_sample(each.after)]
        if not gone and not fresh:
            return
        sample = decode_sample(self._row_of(SAMPLE))
        before = {(note.date, note.id): note for note in sample.notes}
        notes = dict(before)
        for key in gone:
            del notes[key.date, key.id]
        stem = spellings.stem_after(OLDER if has_older else ALL)
        numbering = _Numbering(sample)
        for placed in fresh:
            note = numbering.note(placed.document, stem)
            notes[note.date, note.id] = note
        if notes != before:
            sample.notes = sorted(notes.values())
            self.rows[SAMPLE] = encode(sample)
            self.state.alignment = align(sample)


class _Numbering:
    """The numbers of stems and terms in a sample, which grow by those of further notes."""

    def __init__(self, sample: Sample) -> None:
        self._lists = sample.stems, sample.terms
        self._numbers = [{word: number for number, word in enumerate(words)} for words in self._lists]

    def note(self, document: DocumentTerms, stem: Stem) -> SampledNote:
        """Return a document as a note of the sample."""
        stems = sorted(self._number(0, each) for each in {stem(word) for word in document.words})
        terms = [self._number(1, each) for each in document.english]
        return SampledNote(document.key.date, document.key.id, packed(stems), packed(terms), document.series)

    def _number(self, place: int, word: str) -> int:
        numbers, words = self._numbers[place], self._lists[place]
        number = numbers.get(word)
        if number is None:
            number = numbers[word] = len(words)
            words.append(word)
        return number


def _aligned(documents: tuple[int, int]) -> int:
    """Return the number of notes that the sample is drawn from, given the numbers of older and newer notes."""
    return documents[0] or documents[1]


def _recount(vocabulary: Vocabulary, term: str, before: int, after: int) -> None:
    """Count a term again. Raises NotRenewableError if the vocabulary thereby becomes small, or is small no longer."""
    was_small = vocabulary.is_small
    vocabulary.terms += bool(after) - bool(before)
    vocabulary.recount(term, after)
    if vocabulary.is_small != was_small:
        raise NotRenewableError


def _in_text(member: _Member | None) -> int:
    """Return the number of documents that have a term in a text."""
    return member[0].count - sum(member[1]) if member else 0


def _relocated(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[str]:
    """Yield the terms of dictionaries that are in another leaf than before: those that became large, or are so no longer."""
    for term in before.keys() | after.keys():
        if is_large(before.get(term)) != is_large(after.get(term)):
            yield term
