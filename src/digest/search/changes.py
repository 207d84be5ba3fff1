"""Find the documents that changed since the last index, and the postings that change with them.

A document may change without being edited: its place moves if another note of its day appears, and its stems change if the spellings
that attest them appear or go.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile

from msgspec import Struct

from .document import DIGEST_BYTES, WEIGHT_UNIT, DocumentKey, DocumentTerms, decode_terms, levels_of
from .postings import Postings, day_number, day_of, decode_slots, month_of, slot_of
from .rows import Rows as GlossaryRows
from .spellings import ALL, OLDER, Group, recount
from .state import RECENT, Month, State, boundary_of, decode_group, decode_rows, encode, month_of_rows
from .tables import Row
from .tokens import COMPOUND_SIGN, is_token

_MOST_CHANGED = 1 / 8
"""Part of all documents above which an index is built anew."""

Rows = Callable[[str], bytes | None]
Fetch = Callable[[bytes], bytes]
Stem = Callable[[str], str]


class NotRenewableError(Exception):
    """The index has to be built anew: too much changed, or a rule that depends on the number of notes."""


class Placed(Struct, frozen=True):
    """A document's terms, and whether it is an older note."""

    document: DocumentTerms
    is_older: bool


class Change(Struct, frozen=True):
    """The document in a slot before and after."""

    slot: int
    before: Placed | None
    after: Placed | None


class Documents:
    """The documents of the last index and the present ones, by month."""

    def __init__(self, state: State, keys: Iterable[DocumentKey], row: Rows, fetch: Fetch) -> None:
        self._state = state
        self._row = row
        self._fetch = fetch
        self._before: dict[str, list[Row]] = {}
        self._slots: dict[str, dict[int, bytes]] = {}
        self._present: defaultdict[str, list[DocumentKey]] = defaultdict(list)
        for key in keys:
            self._present[key.date[:7]].append(key)
        self.boundary = boundary_of({month: len(each) for month, each in self._present.items()})
        self.months: dict[str, Month] = {}
        """All months, in order."""
        self.rows: dict[str, list[Row] | None] = {}
        """The rows of months that changed; None stands for a month without documents."""

    def was_older(self, month: str) -> bool:
        """Return True if the notes of a month were older notes."""
        return month < self._state.boundary

    def is_older(self, month: str) -> bool:
        """Return True if the notes of a month are older notes now."""
        return month < self.boundary

    def raw(self, digest: bytes) -> bytes:
        """Return the encoded terms of a document."""
        return self._fetch(digest)

    def digest_before(self, slot: int) -> bytes:
        """Return the digest of the document that was in a slot."""
        month = month_of(day_of(slot))
        if month not in self._slots:
            self._slots[month] = {at: row.digest for at, row in _with_slots(self._rows_before(month))}
        return self._slots[month][slot]

    def rows_of(self, *, is_older: bool) -> list[Row]:
        """Return the rows of the older or of the newer notes."""
        months = [month for month in self.months if self.is_older(month) == is_older]
        return [row for month in months for row in self.rows.get(month) or self._rows_before(month)]

    def changes(self) -> dict[int, Change]:
        """Return the slots whose document or part changed. Raises NotRenewableError if they are too many, and KeyError."""
        found: dict[int, tuple[bytes, bytes, str]] = {}
        for month in sorted(self._state.months.keys() | self._present.keys()):
            known = self._state.months.get(month)
            digests = known.digests if known else b""
            present = self._present.get(month, [])
            if known and _is_same(digests, present):
                self.months[month] = known
                if self.was_older(month) != self.is_older(month):
                    found |= {at: (row.digest, row.digest, month) for at, row in _with_slots(self._rows_before(month))}
                continue
            before = {at: row.digest for at, row in _with_slots(self._rows_before(month))}
            rows = self._make_rows(present, month)
            self.rows[month] = rows or None
            if rows:
                self.months[month] = month_of_rows(rows)
            after = {at: row.digest for at, row in _with_slots(rows)}
            is_moved = self.was_older(month) != self.is_older(month)
            for at in sorted(before.keys() | after.keys()):
                pair = before.get(at, b""), after.get(at, b"")
                if is_moved or pair[0] != pair[1]:
                    found[at] = (*pair, month)
        if len(found) > max(RECENT, _MOST_CHANGED * sum(map(len, self._present.values()))):
            raise NotRenewableError
        return {at: self._change(at, *pair) for at, pair in found.items()}

    def _change(self, slot: int, before: bytes, after: bytes, month: str) -> Change:
        former = decode_terms(self._fetch(before)) if before else None
        present = former if before == after else decode_terms(self._fetch(after)) if after else None
        return Change(
            slot,
            Placed(former, self.was_older(month)) if former else None,
            Placed(present, self.is_older(month)) if present else None,
        )

    def _rows_before(self, month: str) -> list[Row]:
        if month not in self._before:
            stored = self._row(f"m{month}") if month in self._state.months else b"\x90"
            if stored is None:
                raise KeyError(month)
            self._before[month] = decode_rows(stored)
        return self._before[month]

    def _make_rows(self, present: Sequence[DocumentKey], month: str) -> list[Row]:
        known = {row.digest: row for row in self._rows_before(month)}
        return [known.get(key.digest) or row_of(decode_terms(self._fetch(key.digest)), key) for key in sorted(present)]


def row_of(document: DocumentTerms, key: DocumentKey) -> Row:
    """Return a document in the tables."""
    return Row(key.date, key.id, key.digest, document.kind, document.tags, document.check)


def _is_same(digests: bytes, present: Sequence[DocumentKey]) -> bool:
    """Return True if a month has the same documents as before. A digest covers the date and the id."""
    if len(digests) != DIGEST_BYTES * len(present):
        return False
    return {digests[at : at + DIGEST_BYTES] for at in range(0, len(digests), DIGEST_BYTES)} == {
        key.digest for key in present
    }


def _with_slots(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """Yield documents with their slots."""
    for date, members in groupby(rows, key=lambda row: row.date):
        day = day_number(date)
        for place, row in enumerate(members):
            yield slot_of(day, place), row


class Spellings:
    """The groups of spellings before and after."""

    def __init__(self, row: Rows, changes: Iterable[Change]) -> None:
        self._row = row
        self._before: dict[str, Group] = {}
        self._after: dict[str, Group] = {}
        counts: Counter[tuple[str, int]] = Counter()
        for change in changes:
            for placed, added in ((change.before, -1), (change.after, 1)):
                if placed:
                    for notes in (OLDER, ALL) if placed.is_older else (ALL,):
                        for word in placed.document.words:
                            counts[word, notes] += added
        by_group: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for (word, notes), added in counts.items():
            if added:
                by_group[word[0]].append((word, notes, added))
        for first, changed in by_group.items():
            self._after[first] = recount(self.group_before(first), changed)

    def group_before(self, first: str) -> Group:
        """Return a group as it was."""
        if first not in self._before:
            stored = self._row(f"s{first}")
            self._before[first] = decode_group(stored) if stored else Group()
        return self._before[first]

    def stem_before(self, notes: int) -> Stem:
        """Return a function that gives the former stem of a word, as older or all notes attest it."""
        return lambda word: self.group_before(word[0]).stems[notes].get(word, word)

    def stem_after(self, notes: int) -> Stem:
        """Return a function that gives the present stem of a word, as older or all notes attest it."""
        return lambda word: (self._after.get(word[0]) or self.group_before(word[0])).stems[notes].get(word, word)

    def restemmed(self) -> Iterator[tuple[int, str, int]]:
        """Yield the words whose stems changed: the notes that attest the stem, the word, and its former number of these notes."""
        for first, after in self._after.items():
            before = self._before[first]
            for notes in (OLDER, ALL):
                former, present = before.stems[notes], after.stems[notes]
                if former is not present:
                    for word, count in before.words[notes].items():
                        if word in after.words[notes] and former.get(word, word) != present.get(word, word):
                            yield notes, word, count

    def set_older(self, stem: str, documents: int) -> None:
        """Set the number of older documents of a stem."""
        group = self._after.get(stem[0])
        if group is None:
            group = self._after[stem[0]] = recount(self.group_before(stem[0]), ())
        if documents:
            group.older[stem] = documents
        else:
            group.older.pop(stem, None)

    def rows(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield the rows of groups that changed."""
        for first, group in self._after.items():
            yield f"s{first}", encode(group) if group.words[ALL] else None


def find_restemmed(
    documents: Documents,
    spellings: Spellings,
    changes: Mapping[int, Change],
    postings_before: Callable[[str], Postings | None],
) -> dict[int, Change]:
    """Return the documents that have not changed themselves, but have words whose stems changed."""
    found: dict[int, Placed] = {}
    own: Counter[tuple[int, str]] = Counter()
    for change in changes.values():
        if change.before:
            for notes in (OLDER, ALL) if change.before.is_older else (ALL,):
                own.update((notes, word) for word in change.before.document.words)
    stem_before = spellings.stem_before(ALL)
    for notes, word, count in spellings.restemmed():
        missing = count - own[notes, word]
        postings = postings_before(stem_before(word)) if missing else None
        mark = word.encode()
        for slot in decode_slots(postings) if postings else ():
            if not missing:
                break
            was_older = documents.was_older(month_of(day_of(slot)))
            if slot in changes or (notes == OLDER and not was_older):
                continue
            placed = found.get(slot)
            if placed is None:
                raw = documents.raw(documents.digest_before(slot))
                if mark not in raw:  # decoding takes far longer
                    continue
                placed = Placed(decode_terms(raw), was_older)
            if word in placed.document.words:
                found[slot] = placed
                missing -= 1
    return {slot: Change(slot, placed, placed) for slot, placed in found.items()}


class TermChanges(Struct):
    """Changes of terms.

    `levels` has the level of slots by term, None if a slot has the term no longer. `named` is added to the numbers of older and newer
    documents that have a token in names only, `older` to the number of older documents that have a token in a text.
    """

    older: Counter[str]
    levels: dict[str, dict[int, int | None]] = {}
    named: dict[str, list[int]] = {}


def change_terms(changes: Iterable[Change], spellings: Spellings, glossary: GlossaryRows) -> TermChanges:
    """Return how terms change with these documents."""
    found = TermChanges(Counter())
    for change in changes:
        sides = (change.before, spellings.stem_before, -1), (change.after, spellings.stem_after, 1)
        levels: list[dict[str, int]] = []
        for placed, stemming, added in sides:
            if placed is None:
                levels.append({})
                continue
            of_document, named = _terms_of(placed.document, stemming(ALL))
            levels.append(of_document | glossary.levels_in(of_document))
            for term in named:
                found.named.setdefault(term, [0, 0])[not placed.is_older] += added
            if placed.is_older:
                document = placed.document
                tokens = {*document.terms[: document.in_text], *map(stemming(OLDER), document.words)}
                for term in tokens:
                    found.older[term] += added
        before, after = levels
        for term in before.keys() | after.keys():
            level = after.get(term)
            if level != before.get(term):
                found.levels.setdefault(term, {})[change.slot] = level
    return found


def _terms_of(document: DocumentTerms, stem: Stem) -> tuple[dict[str, int], set[str]]:
    """Return all terms of a document with their levels, and its tokens that are in names only."""
    levels = dict(zip(document.terms, document.levels, strict=True))
    named = set(takewhile(is_token, document.terms[document.in_text :]))
    stems = [stem(word) for word in document.words]
    weights: dict[str, int] = {}
    for each, weight in zip(stems, document.weights, strict=True):
        weights[each] = weights.get(each, 0) + weight
    named |= {name for name in document.names if name not in weights}
    for name, weight in zip(document.names, document.name_weights, strict=True):
        weights[name] = weights.get(name, 0) + weight
    levels.update(zip(weights, levels_of(weights.values()), strict=True))
    (once,) = levels_of([WEIGHT_UNIT])
    for first, second in zip(document.pairs[::2], document.pairs[1::2], strict=True):
        if stems[first] == document.words[first]:
            levels[f"{COMPOUND_SIGN}{document.words[first]}{stems[second]}"] = once
    return levels, named
