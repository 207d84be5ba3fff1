"""A run of documents into the files that answer for them.

A segment holds a dictionary of its common terms (read first), their postings in shards, rare terms and names with their
postings by initial, and a table of its documents. Its files depend on its own documents alone, and within it a shard's
bytes depend on that shard's postings alone.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from .coding import (
    LARGE_CLASS,
    LEVELS,
    IndexFile,
    checksum,
    content_name,
    frequency_class,
    gaps,
    level_table,
    number,
    pack,
    postings,
    term_list,
    text,
)
from .columns import Columns, Row
from .document import WEIGHT_UNIT
from .stemming import Stemmer
from .tokens import INITIALS, is_hangul

SHARD_BYTES = 1200
"""Bytes of postings a shard holds on average before compression, about the same after it."""

_INFLECTED = frozenset("다는고면서던며지게네요군죠음라아어해히할한된될하되나니겠있없")
"""Last syllables of words that occur once and are mostly inflected verbs: nobody searches for what they hold inside."""

SMALL = 4000
"""Terms of a small archive."""

CORE_HANGUL = 8000
CORE_OTHER = 5000
"""Terms of each script that a dictionary holds at most; the rarer ones are read when they are asked for."""

_MOST_BITS = 14
"""Binary logarithm of the most shards, beyond which they grow instead."""

TAIL_BYTES = 2000
"""Letters and postings from which a file of rare terms is full."""

PAIR_FILES = 64
"""Files that compounds written apart are spread over; a power of two."""

PHRASE_FILES = 128
"""Files that pairs of neighbouring words of titles are spread over; a power of two."""

_LEVELS = level_table(WEIGHT_UNIT)
_LAST_WEIGHT = len(_LEVELS) - 1


class SegmentNames(Struct, frozen=True):
    """A segment as the manifest lists it.

    `first` is the number of its first document, `count` how many follow. `shards` are the hashes of shards 0…, those of
    single large terms behind the `2 ** bits` hashed ones; `tails` pairs the first initial in a file with the file's hash,
    in the order of initials.
    """

    first: int
    count: int
    bits: int
    core: str
    documents: str
    groups: str
    shards: tuple[str, ...]
    tails: tuple[tuple[str, str], ...]


class Settled(Struct, frozen=True):
    """What older segments have settled: stems, terms in their dictionaries, and terms in their tails."""

    stems: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()

    def __contains__(self, term: object) -> bool:
        """Tell whether the segments have a term."""
        return term in self.core or term in self.tail


class Segment(Struct, frozen=True):
    """A built segment: its entry in the manifest, its files, and what newer segments need to know of it."""

    names: SegmentNames
    files: tuple[IndexFile, ...]
    settled: Settled


def shard_prefix(term: str) -> str:
    """Take the part of a term that decides its shard: words that begin alike are fetched together."""
    return term[:2] if is_hangul(term) else term[:4]


def tail_initial(term: str) -> str:
    """Take the name of the file a rare term is in: its letter, its Hangul initial, `0` for digits, `_` for the rest.

    Terms behind a sign have files of their own: `@` and the year of an arXiv id, `~` and the first two letters of an author's
    whole name, `+` and a hash of the beginning of a compound written apart.
    """
    first = term[0]
    if first == "@":
        return term[:3]
    if first == "~":
        second = term[2:3]
        return f"~{tail_initial(term[1:])}{second if 'a' <= second <= 'z' else ''}"
    if first == "+":
        return f"+{checksum(term[1:3]) & PAIR_FILES - 1}"
    if first == "^":
        return f"^{checksum(term[1 : term.index(' ')]) & PHRASE_FILES - 1}"
    if "a" <= first <= "z":
        return first
    if first.isascii() and first.isdigit():
        return "0"
    if "가" <= first <= "힣":
        return INITIALS[(ord(first) - 0xAC00) // 588]
    return "_"


def stemmer_of(columns: Columns, older: Settled) -> Stemmer:
    """Make a stemmer from what documents attest and older segments have settled."""
    words = columns.words()
    counts = columns.text.count()
    return Stemmer({words[each]: count for each, count in counts.items() if words[each][0] >= "ㄱ"}, older.stems)


def build_segment(first: int, columns: Columns, stemmer: Stemmer, older: Settled) -> Segment:
    """Build a segment from documents in their order; terms that older segments know stay in the same kind of file."""
    collected, in_text = _collect(columns, stemmer)
    classes = {term: frequency_class(len(entries)) for term, entries in collected.items()}
    fresh = _choose_core(collected, in_text - older.core - older.tail, alone=not older.core)
    core = fresh | (older.core & collected.keys())
    files: list[IndexFile] = []

    large = [term for term in sorted(fresh) if classes[term] >= LARGE_CLASS]
    bits, shards = _assign_shards(sorted(core), large, collected)
    shard_names = [
        _add(files, f"p{first}-{index}", b"p", number(index) + _term_postings(terms, collected))
        for index, terms in enumerate(shards)
    ]
    tail_names = []
    for initial, terms in _group_tail(collected.keys() - core, collected):
        content = text(initial) + _term_postings(terms, collected)
        tail_names.append((initial, _add(files, f"t{first}-{_file_initial(initial)}", b"t", content)))
    fresh_terms = sorted(fresh)
    head = number(first) + number(len(columns))
    dictionary = number(bits) + term_list(fresh_terms) + bytes(classes[term] for term in fresh_terms)
    names = SegmentNames(
        first=first,
        count=len(columns),
        bits=bits,
        core=_add(files, f"d{first}", b"d", head + dictionary),
        documents=_add(files, f"n{first}", b"n", head + document_table(columns.rows)),
        groups=_add(files, f"g{first}", b"g", head + group_table(columns.rows)),
        shards=tuple(shard_names),
        tails=tuple(tail_names),
    )
    stems = frozenset(term for term in collected if is_hangul(term))
    return Segment(names, tuple(files), Settled(stems, frozenset(core), frozenset(collected.keys() - core)))


def _term_postings(terms: Sequence[str], collected: Mapping[str, Sequence[int]]) -> bytes:
    """Write terms with their postings: the terms, the bytes of each one's postings, then the postings."""
    lists = [postings(collected[term]) for term in terms]
    return b"".join((term_list(terms), *(number(len(each)) for each in lists), *lists))


def _add(files: list[IndexFile], stem: str, kind: bytes, content: bytes) -> str:
    name = content_name(content)
    files.append(IndexFile(f"{stem}.{name}.bin", pack(kind, content)))
    return name


def _collect(columns: Columns, stemmer: Stemmer) -> tuple[Mapping[str, Sequence[int]], set[str]]:
    """Gather every term's postings, and the terms that stand in texts rather than only among authors."""
    words = columns.words()
    terms = _Terms(stemmer)
    target = [terms.target(word) for word in words]
    # A person's name is no stem with an ending.
    name_target = {each: terms.number(words[each]) for each in set(columns.names.numbers)}
    in_text = {terms.words[target[each]] for each in set(columns.text.numbers)}
    postings_of = [array("I") for _ in terms.words]
    text_of, names_of, signed_of = columns.text, columns.names, columns.signed
    for index in range(len(columns)):
        weights: dict[int, int] = {}
        run = text_of.run(index)
        for each, weight in zip(text_of.numbers[run], text_of.weights[run], strict=True):
            term = target[each]
            weights[term] = weights.get(term, 0) + weight
        run = names_of.run(index)
        for each, weight in zip(names_of.numbers[run], names_of.weights[run], strict=True):
            term = name_target[each]
            weights[term] = weights.get(term, 0) + weight
        run = signed_of.run(index)
        for each, weight in zip(signed_of.numbers[run], signed_of.weights[run], strict=True):
            if (term := target[each]) >= 0:
                weights[term] = weight
        base = index * LEVELS
        for term, weight in weights.items():
            postings_of[term].append(base + _LEVELS[weight if weight < _LAST_WEIGHT else _LAST_WEIGHT])
    return {word: entries for word, entries in zip(terms.words, postings_of, strict=True) if entries}, in_text


class _Terms:
    """Numbers the terms that words become: stems of Hangul words, pairs of stems, all else as it is."""

    def __init__(self, stemmer: Stemmer) -> None:
        self._stem = stemmer.stem
        self._numbers: dict[str, int] = {}
        self.words: list[str] = []

    def target(self, word: str) -> int:
        """Give the number of a word's term; -1 for a pair whose first word has an ending, which is no compound."""
        if word[0] == "+":
            first, second = word[1:].split(" ")
            if self._stem(first) != first:
                return -1
            return self.number(f"+{first}{self._stem(second)}")
        return self.number(self._stem(word) if word[0] >= "ㄱ" else word)

    def number(self, term: str) -> int:
        """Give a term's number."""
        number = self._numbers.setdefault(term, len(self.words))
        if number == len(self.words):
            self.words.append(term)
        return number


def _choose_core(collected: Mapping[str, Sequence[int]], in_text: set[str], *, alone: bool) -> set[str]:
    """Choose the terms of the dictionary: Hangul stems and repeated other terms, while they are not too many.

    A small archive's only segment holds all: its rare terms would take more requests than they save.
    """
    if alone and len(in_text) <= SMALL:
        return set(in_text)
    hangul = [term for term in in_text if is_hangul(term) and (len(collected[term]) > 1 or term[-1] not in _INFLECTED)]
    other = [term for term in in_text if len(collected[term]) > 1 and not is_hangul(term)]
    core: set[str] = set()
    for terms, limit in ((hangul, CORE_HANGUL), (other, CORE_OTHER)):
        if len(terms) > limit:
            # Among equally common terms a hash decides, which is fair to all letters.
            terms = sorted(terms, key=lambda term: (-len(collected[term]), checksum(term)))[:limit]
        core.update(terms)
    return core


def _assign_shards(
    terms: Sequence[str], large: Sequence[str], collected: Mapping[str, Sequence[int]]
) -> tuple[int, list[list[str]]]:
    """Put terms into shards: large ones alone, the others by a hash of their beginning."""
    alone = set(large)
    others = [term for term in terms if term not in alone]
    total = sum(len(collected[term]) for term in others)
    bits = 0
    while total >> bits > SHARD_BYTES and bits < _MOST_BITS:
        bits += 1
    shards: list[list[str]] = [[] for _ in range(1 << bits)]
    mask = (1 << bits) - 1
    for term in others:
        shards[checksum(shard_prefix(term)) & mask].append(term)
    return bits, shards + [[term] for term in large]


def _group_tail(terms: Iterable[str], collected: Mapping[str, Sequence[int]]) -> list[tuple[str, list[str]]]:
    """Gather rare terms by initial; neighbouring initials share a file until it has its size."""
    initials: dict[str, list[str]] = {}
    for term in terms:
        initials.setdefault(tail_initial(term), []).append(term)
    groups: list[tuple[str, list[str]]] = []
    size = TAIL_BYTES
    for initial, members in sorted(initials.items()):
        if size >= TAIL_BYTES:
            groups.append((initial, []))
            size = 0
        groups[-1][1].extend(members)
        size += sum(len(term) + len(collected[term]) for term in members)
    for _, group in groups:
        group.sort()
    return groups


def _file_initial(initial: str) -> str:
    """Spell an initial so that it can stand in any file name and address."""
    return "-".join(char if char.isascii() and char.isalnum() else f"{ord(char):x}" for char in initial)


def document_table(rows: Sequence[Row]) -> bytes:
    """Write what leads to the documents' fragments: the days with their numbers of documents, and the fragments' checks."""
    days: list[list[int]] = []
    for row in rows:
        day = int(row.date.replace("-", ""))
        if days and days[-1][0] == day:
            days[-1][1] += 1
        else:
            days.append([day, 1])
    out = [number(len(days))]
    before = 0
    for day, count in days:
        out += (number(day - before), number(count))
        before = day
    out.append("".join(row.check for row in rows).encode())
    return b"".join(out)


def group_table(rows: Sequence[Row]) -> bytes:
    """Write the kinds and tags with their documents."""
    kinds = sorted({row.kind for row in rows})
    out = [number(len(kinds))]
    for kind in kinds:
        members = [index for index, row in enumerate(rows) if row.kind == kind]
        out += (text(kind), gaps(members))
    labels: dict[str, str] = {}
    tagged: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        for key, label in row.tags:
            labels.setdefault(key, label)
            if not tagged.setdefault(key, []) or tagged[key][-1] != index:
                tagged[key].append(index)
    out.append(number(len(tagged)))
    for key in sorted(tagged):
        out += (text(key), text(labels[key]), gaps(tagged[key]))
    return b"".join(out)
