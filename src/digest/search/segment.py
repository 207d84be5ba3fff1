"""A run of documents into the files that answer for them.

A segment holds a dictionary of its common terms (read first), their postings in shards, rare terms and names with their
postings by initial, and a table of its documents. Its files depend on its own documents alone, and within it a shard's
bytes depend on that shard's postings alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from .coding import (
    LARGE_CLASS,
    IndexFile,
    checksum,
    content_name,
    frequency_class,
    gaps,
    number,
    numbers,
    pack,
    postings,
    term_list,
    text,
)
from .columns import Columns, Postings, Row
from .document import WEIGHT_UNIT, levels_of
from .stemming import Stemmer
from .tokens import ARXIV_SIGN, COMPOUND_SIGN, INITIALS, NAME_SIGN, PHRASE_SIGN, is_hangul

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


SHARD_PREFIX_HANGUL = 2
SHARD_PREFIX_OTHER = 4
"""Characters of a term that decide its shard."""


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
    """What older segments have settled: stems, terms in their dictionaries, and terms in their tails without a sign."""

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
    return term[:SHARD_PREFIX_HANGUL] if is_hangul(term) else term[:SHARD_PREFIX_OTHER]


def tail_initial(term: str) -> str:
    """Take the name of the file a rare term is in: its letter, its Hangul initial, `0` for digits, `_` for the rest.

    Terms behind a sign have files of their own: `@` and the year of an arXiv id, `~` and the first two letters of an author's
    whole name, `+` and a hash of the beginning of a compound written apart.
    """
    first = term[0]
    if first == ARXIV_SIGN:
        return term[:3]
    if first == NAME_SIGN:
        second = term[2:3]
        return f"{NAME_SIGN}{tail_initial(term[1:])}{second if 'a' <= second <= 'z' else ''}"
    if first == COMPOUND_SIGN:
        return f"{COMPOUND_SIGN}{checksum(term[1:3]) & PAIR_FILES - 1}"
    if first == PHRASE_SIGN:
        return f"{PHRASE_SIGN}{checksum(term[1 : term.index(' ')]) & PHRASE_FILES - 1}"
    if "a" <= first <= "z":
        return first
    if first.isascii() and first.isdigit():
        return "0"
    if "가" <= first <= "힣":
        return INITIALS[(ord(first) - 0xAC00) // 588]
    return "_"


def stemmer_of(columns: Columns, older: Settled) -> Stemmer:
    """Make a stemmer from what documents attest and older segments have settled."""
    spellings = columns.vocabulary()
    return Stemmer({spellings[each]: count for each, count in columns.words.count().items()}, older.stems)


def build_segment(first: int, columns: Columns, stemmer: Stemmer, older: Settled) -> Segment:
    """Build a segment from documents in their order; terms that older segments know stay in the same kind of file."""
    stemmed, compounds, in_text = _collect(columns, stemmer)
    collected = columns.postings | stemmed | compounds
    in_text |= columns.in_text
    fresh = _choose_core(collected, in_text - older.core - older.tail, alone=not older.core)
    core = fresh | (older.core & collected.keys())
    fresh_terms = sorted(fresh)
    classes = bytes([frequency_class(len(collected[term])) for term in fresh_terms])
    files: list[IndexFile] = []

    large = [term for term, each in zip(fresh_terms, classes, strict=True) if each >= LARGE_CLASS]
    bits, shards = _assign_shards(sorted(core), large, collected)
    shard_names = [
        _add(files, f"p{first}-{index}", b"p", number(index) + _term_postings(terms, collected))
        for index, terms in enumerate(shards)
    ]
    tail = [term for term in collected if term not in core]
    tail_names = []
    for initial, terms in _group_tail(tail, collected):
        content = text(initial) + _term_postings(terms, collected)
        tail_names.append((initial, _add(files, f"t{first}-{_file_initial(initial)}", b"t", content)))
    head = number(first) + number(len(columns))
    names = SegmentNames(
        first=first,
        count=len(columns),
        bits=bits,
        core=_add(files, f"d{first}", b"d", head + number(bits) + term_list(fresh_terms) + classes),
        documents=_add(files, f"n{first}", b"n", head + document_table(columns.rows)),
        groups=_add(files, f"g{first}", b"g", head + group_table(columns.rows)),
        shards=tuple(shard_names),
        tails=tuple(tail_names),
    )
    stems = frozenset(filter(is_hangul, stemmed))
    return Segment(names, tuple(files), Settled(stems, frozenset(core), frozenset(filter(_is_token, tail))))


def _is_token(term: str) -> bool:
    return term[0].isalnum()


def _term_postings(terms: Sequence[str], collected: Mapping[str, Sequence[int]]) -> bytes:
    """Write terms with their postings: the terms, the bytes of each one's postings, then the postings."""
    found = [collected[term] for term in terms]
    lists = [postings(entries) if len(entries) > 1 else number(entries[0]) for entries in found]
    return b"".join((term_list(terms), numbers(list(map(len, lists))), *lists))


def _add(files: list[IndexFile], stem: str, kind: bytes, content: bytes) -> str:
    name = content_name(content)
    files.append(IndexFile(f"{stem}.{name}.bin", pack(kind, content)))
    return name


def _collect(columns: Columns, stemmer: Stemmer) -> tuple[Postings, Postings, set[str]]:
    """Gather the postings of stems and of pairs of stems, and the stems that stand in texts rather than only among authors."""
    spellings = columns.vocabulary()
    stems = list(map(stemmer.stem, spellings))
    bare = [stem == spelling for stem, spelling in zip(stems, spellings, strict=True)]
    words, names, pairs = columns.words, columns.names, columns.pairs
    stemmed, compounds = Postings(), Postings()
    once = levels_of([WEIGHT_UNIT])
    for index in range(len(columns)):
        weights: dict[str, int] = {}
        run = words.run(index)
        for each, weight in zip(words.numbers[run], words.weights[run], strict=True):
            stem = stems[each]
            weights[stem] = weights.get(stem, 0) + weight
        run = names.run(index)
        for each, weight in zip(names.numbers[run], names.weights[run], strict=True):
            # A person's name is no stem with an ending.
            name = spellings[each]
            weights[name] = weights.get(name, 0) + weight
        stemmed.add(index, weights, levels_of(weights.values()))
        run = pairs.run(index)
        neighbours = zip(pairs.numbers[run][::2], pairs.numbers[run][1::2], strict=True)
        # A first word with an ending makes no compound.
        found = {f"{COMPOUND_SIGN}{spellings[first]}{stems[second]}" for first, second in neighbours if bare[first]}
        compounds.add(index, found, once * len(found))
    return stemmed, compounds, {stems[each] for each in set(words.numbers)}


def _choose_core(collected: Mapping[str, Sequence[int]], in_text: set[str], *, alone: bool) -> set[str]:
    """Choose the terms of the dictionary: Hangul stems and repeated other terms, while they are not too many.

    A small archive's only segment holds all: its rare terms would take more requests than they save.
    """
    if alone and len(in_text) <= SMALL:
        return set(in_text)
    hangul = {term for term in in_text if is_hangul(term)}
    stems = [term for term in hangul if len(collected[term]) > 1 or term[-1] not in _INFLECTED]
    other = [term for term in in_text - hangul if len(collected[term]) > 1]
    return {*_commonest(stems, CORE_HANGUL, collected), *_commonest(other, CORE_OTHER, collected)}


def _commonest(terms: list[str], limit: int, collected: Mapping[str, Sequence[int]]) -> list[str]:
    """Choose terms by their documents; among equally common ones a hash decides, which is fair to all letters."""
    if len(terms) <= limit:
        return terms
    least = sorted([len(collected[term]) for term in terms], reverse=True)[limit - 1]
    chosen = [term for term in terms if len(collected[term]) > least]
    tied = [term for term in terms if len(collected[term]) == least]
    return chosen + sorted(tied, key=lambda term: (checksum(term), term))[: limit - len(chosen)]


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
    # By what decides about the initial, which is so found once for many terms.
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        beginnings[term[:3] if term[0] != PHRASE_SIGN else term[: term.index(" ")]].append(term)
    initials: defaultdict[str, list[str]] = defaultdict(list)
    for members in beginnings.values():
        initials[tail_initial(members[0])] += members
    groups: list[tuple[str, list[str]]] = []
    size = TAIL_BYTES
    for initial, members in sorted(initials.items()):
        if size >= TAIL_BYTES:
            groups.append((initial, []))
            size = 0
        groups[-1][1].extend(members)
        size += sum(map(len, members)) + sum([len(collected[term]) for term in members])
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
