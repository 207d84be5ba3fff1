"""Build an index from all documents: the files, and the rows that a later change starts from."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from .alignment import Sample, SampledNote, align, halvings_of, is_sampled, packed
from .coding import LEVELS, IndexFile, number
from .columns import Columns
from .columns import Postings as Gathered
from .document import WEIGHT_UNIT, DocumentKey, DocumentTerms, levels_of
from .glossary import Row as GlossaryRow
from .leaves import LIMITS, SHARDS, TAILS, Trie, home_of, is_large, leaf_file, leaf_stem, plan_trie, size_of
from .postings import Postings, day_number, encode_postings
from .rows import compile_rows
from .spellings import ALL, OLDER, Group, group_spellings
from .state import (
    OLDER_VOCABULARY,
    SAMPLE,
    State,
    StoredLeaf,
    boundary_of,
    core_of,
    dictionaries_of,
    encode,
    month_of_rows,
)
from .tables import Row, split_rows, table_files
from .tokens import COMPOUND_SIGN, PHRASE_SIGN, ROW_SIGN, is_stemmed, is_token
from .vocabulary import count_vocabulary, dictionary_file
from .words import Pairs, encode_pairs, pairs_of, size_of_pairs

_COMPOUND_LEVEL = levels_of([WEIGHT_UNIT])


class Whole(Struct, frozen=True):
    """A built index without the manifest: its state, tries of leaves, files and rows."""

    state: State
    tries: dict[str, Trie]
    files: list[IndexFile]
    rows: dict[str, bytes]


def build_whole(
    keys: Iterable[DocumentKey], load: Callable[[bytes], DocumentTerms], key: bytes, glossary: tuple[GlossaryRow, ...]
) -> Whole:
    """Build the index of the documents with these keys. `load` returns the terms of a document by the digest in its key."""
    ordered = sorted(keys)
    months = Counter([each.date[:7] for each in ordered])
    boundary = boundary_of(months)
    older = bisect_left([each.date[:7] for each in ordered], boundary)
    columns = Columns(older)
    for each in ordered:
        columns.add(load(each.digest))
    groups = group_spellings(_count_words(columns, older), _count_words(columns, len(columns)))
    stems = [_stems(columns, groups, notes) for notes in (OLDER, ALL)]
    postings = _collect(columns, stems[ALL])
    postings.update(compile_rows(glossary).postings(postings))
    counts = _count_terms(columns, groups, stems[OLDER], postings)
    older_vocabulary = count_vocabulary(counts[OLDER], is_alone=True)
    older_core = older_vocabulary.core()
    fresh = {term: count for term, count in counts[ALL].items() if term not in older_vocabulary.eligible}
    by_month = {month: list(each) for month, each in groupby(columns.rows, key=lambda row: row.date[:7])}
    sample = _sample(columns, stems[OLDER] if older else stems[ALL])
    rows = {
        OLDER_VOCABULARY: encode(older_vocabulary),
        SAMPLE: encode(sample),
        **{f"s{first}": encode(group) for first, group in groups.items()},
        **{f"m{month}": encode(each) for month, each in by_month.items()},
    }
    state = State(
        key=key,
        boundary=boundary,
        documents=(older, len(columns) - older),
        months={month: month_of_rows(each) for month, each in by_month.items()},
        older_core=older_core,
        is_older_small=older_vocabulary.is_small,
        fresh=count_vocabulary(fresh, is_alone=not older),
        gone=sorted(older_core.keys() - counts[ALL].keys()),
        tables={},
        sizes={},
        names={},
        alignment=align(sample),
    )
    dictionaries = dictionaries_of(state)
    named = [dictionary_file(f"d{place}", each) for place, each in enumerate(dictionaries)]
    for place, part in enumerate(split_rows(columns.rows, older)):
        named += table_files(place, part)
    state.tables |= {stem: name for stem, name, _ in named}
    files = [file for _, _, file in named]
    tries = _write_leaves(state, postings, columns, files, rows)
    return Whole(state, tries, files, rows)


def _count_words(columns: Columns, documents: int) -> dict[str, int]:
    """Return how many of the first documents have each word in a text."""
    spellings = columns.vocabulary()
    return {spellings[each]: count for each, count in columns.words.count(documents).items()}


def _stems(columns: Columns, groups: Mapping[str, Group], notes: int) -> list[str]:
    """Return the stems of words as older or all notes attest them, in the order of the words' numbers."""
    none: dict[str, str] = {}
    stems = {first: group.stems[notes] for first, group in groups.items()}
    return [stems.get(word[0], none).get(word, word) for word in columns.vocabulary()]


def _collect(columns: Columns, stems: Sequence[str]) -> Gathered:
    """Return the postings of all terms."""
    spellings = columns.vocabulary()
    bare = [stem == spelling for stem, spelling in zip(stems, spellings, strict=True)]
    words, names, pairs = columns.words, columns.names, columns.pairs
    postings, stemmed, compounds = columns.postings, Gathered(), Gathered()
    for index in range(len(columns)):
        weights: dict[str, int] = {}
        run = words.run(index)
        for each, weight in zip(words.numbers[run], words.weights[run], strict=True):
            stem = stems[each]
            weights[stem] = weights.get(stem, 0) + weight
        run = names.run(index)
        for each, weight in zip(names.numbers[run], names.weights[run], strict=True):
            # Names are not stemmed.
            name = spellings[each]
            if name not in weights:
                columns.named[index >= columns.older][name] += 1
            weights[name] = weights.get(name, 0) + weight
        stemmed.add(index, weights, levels_of(weights.values()))
        run = pairs.run(index)
        neighbours = zip(pairs.numbers[run][::2], pairs.numbers[run][1::2], strict=True)
        # A word with an ending is not the first word of a compound.
        found = {f"{COMPOUND_SIGN}{spellings[first]}{stems[second]}" for first, second in neighbours if bare[first]}
        compounds.add(index, found, _COMPOUND_LEVEL * len(found))
    postings.update(stemmed)
    postings.update(compounds)
    return postings


def _count_terms(
    columns: Columns, groups: Mapping[str, Group], older_stems: Sequence[str], postings: Gathered
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Count the documents that have tokens in texts: the older ones by the stems that they attest, and all."""
    in_older, in_newer = columns.named
    end = columns.older * LEVELS
    older: Counter[str] = Counter()
    for index in range(columns.older):
        older.update({older_stems[each] for each in columns.words.numbers[columns.words.run(index)]})
    for stem, count in older.items():
        groups[stem[0]].older[stem] = count
    everywhere = {}
    for term, entries in postings.items():
        if not is_token(term):
            continue
        count = len(entries) - in_older.get(term, 0) - in_newer.get(term, 0)
        if count:
            everywhere[term] = count
        if is_stemmed(term):
            continue
        before = bisect_left(entries, end) - in_older.get(term, 0)
        if before:
            older[term] = before
    return older, everywhere


def _sample(columns: Columns, stems: Sequence[str]) -> Sample:
    """Return the notes to align: of the older notes or, if there are none, of all."""
    distinct = dict.fromkeys(stems)
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    of_words = [numbers[stem] for stem in stems]
    count = columns.older or len(columns)
    halvings = halvings_of(count)
    notes = []
    for index, row in enumerate(columns.rows[:count]):
        if is_sampled(row.id, halvings):
            of_note = {of_words[each] for each in columns.words.numbers[columns.words.run(index)]}
            terms = columns.english.numbers[columns.english.run(index)].tobytes()
            notes.append(SampledNote(row.date, row.id, packed(sorted(of_note)), terms, columns.series[index]))
    return Sample(list(distinct), columns.english_vocabulary(), notes)


def _write_leaves(
    state: State,
    postings: Gathered,
    columns: Columns,
    files: list[IndexFile],
    stored: dict[str, bytes],
) -> dict[str, Trie]:
    """Encode the postings, divide them and the aligned words among leaves, and note sizes and names in the state; return the tries."""
    tries = {}
    encoded = _encode(postings, columns.rows)
    older, newer = columns.named
    for kind, by_key in _group(postings, core_of(state)).items():
        pairs: Mapping[str, Pairs] = pairs_of(state.alignment) if kind == SHARDS else {}
        sizes = {key: sum([size_of(term, len(postings[term])) for term in terms]) for key, terms in by_key.items()}
        for key, lines in pairs.items():
            sizes[key] = sizes.get(key, 0) + size_of_pairs(lines)
        leaves: defaultdict[int, list[str]] = defaultdict(list)
        tries[kind] = plan_trie(sizes, LIMITS[kind])
        for key, node in tries[kind].nodes.items():
            leaves[node].append(key)
        names = {}
        for node, keys in leaves.items():
            terms = [term for key in keys for term in by_key.get(key, ())]
            members = {term: encoded[term] for term in terms}
            named = {term: (older[term], newer[term]) for term in terms if term in older or term in newer}
            in_leaf = {key: pairs[key] for key in keys if key in pairs}
            names[node], file = leaf_file(kind, node, members.items(), encode_pairs(in_leaf) if kind == SHARDS else b"")
            files.append(file)
            stored[leaf_stem(kind, node)] = encode(StoredLeaf(members, named, in_leaf))
        state.sizes[kind] = sizes
        state.names[kind] = names
    return tries


def _encode(postings: Mapping[str, Sequence[int]], rows: Sequence[Row]) -> dict[str, Postings]:
    """Encode the postings of terms, given by `document * LEVELS + level`. Terms in one document share what they have in common."""
    days = [day_number(row.date) for row in rows]
    marks = []
    for _, members in groupby(days):
        marks += [place * LEVELS for place, _ in enumerate(members)]
    alone: dict[int, Postings] = {}
    encoded = {}
    for term, entries in postings.items():
        if len(entries) == 1:
            (entry,) = entries
            found = alone.get(entry)
            if found is None:
                document, level = divmod(entry, LEVELS)
                found = alone[entry] = Postings(1, days[document], b"", number(marks[document] + level))
            encoded[term] = found
        else:
            documents = [entry // LEVELS for entry in entries]
            of_documents = [marks[each] + entry % LEVELS for each, entry in zip(documents, entries, strict=True)]
            encoded[term] = encode_postings([days[each] for each in documents], of_documents)
    return encoded


def _group(terms: Iterable[str], core: Mapping[str, int]) -> dict[str, dict[str, list[str]]]:
    """Return the terms of each key of shards and tails."""
    groups: dict[str, defaultdict[str, list[str]]] = {SHARDS: defaultdict(list), TAILS: defaultdict(list)}
    # Terms with the same beginning have the same key, so it is computed once for them.
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        if is_large(core.get(term)):
            groups[SHARDS][term].append(term)
        else:
            beginnings[_beginning(term)].append(term)
    for members in beginnings.values():
        home = home_of(members[0], None)
        groups[home.kind][home.key] += members
    return {kind: dict(by_key) for kind, by_key in groups.items()}


def _beginning(term: str) -> str:
    """Return a beginning of a term that no term of another key has."""
    if term[0] == PHRASE_SIGN:
        return term[: term.index(" ")]
    if term[0] == ROW_SIGN:
        return term[: term.index("\t")]
    return term[:3]
