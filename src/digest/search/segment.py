"""Build a segment: the files of a run of documents.

A segment has a dictionary of its common terms, which is read first, shards with their postings, tails with the rare terms and
their postings by initial, and tables of its documents. Its files depend on its own documents only, and the bytes of a shard
depend on the postings in that shard only.
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
from .tokens import (
    ARXIV_SIGN,
    AUTHOR_SIGN,
    COMPOUND_SIGN,
    FEATURE_SIGN,
    INITIALS,
    NAME_SIGN,
    PHRASE_SIGN,
    TITLE_SIGN,
    is_hangul,
)

_BY_TWO_LETTERS = frozenset((NAME_SIGN, AUTHOR_SIGN, TITLE_SIGN))

SHARD_BYTES = 1200
"""Average number of bytes of postings in a shard; compression changes it little."""

_INFLECTED = frozenset("다는고면서던며지게네요군죠음라아어해히할한된될하되나니겠있없")
"""Last syllables of words that are mostly inflected verbs: those that occur once stay out of the dictionary."""

SMALL = 4000
"""Maximum number of terms of a small archive, whose dictionary has all of them."""

CORE_HANGUL = 8000
CORE_OTHER = 5000
"""Maximum numbers of Hangul and other terms in a dictionary; rarer terms are in tails."""

_MOST_BITS = 14
"""Binary logarithm of the maximum number of shards."""

TAIL_BYTES = 2000
"""Number of letters and postings at which a tail is full."""

PAIR_FILES = 64
"""Number of tails for compounds written apart; a power of two."""

PHRASE_FILES = 128
"""Number of tails for pairs of title words; a power of two."""


SHARD_PREFIX_HANGUL = 2
SHARD_PREFIX_OTHER = 4
"""Number of a term's characters that give its shard."""


class SegmentNames(Struct, frozen=True):
    """A segment in the manifest.

    `first` is the number of its first document, `count` the number of its documents. `shards` are the names of the `2 ** bits`
    hashed shards and then of the shards of single large terms. `tails` are pairs of a file's first initial and its name, ordered
    by initial. `core`, `documents` and `groups` name the dictionary and the two tables.
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
    """The terms of older segments: their stems, the terms of their dictionaries, and the terms of their tails without a sign."""

    stems: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()

    def __contains__(self, term: object) -> bool:
        """Return True if the segments have a term."""
        return term in self.core or term in self.tail


class Segment(Struct, frozen=True):
    """A built segment: its entry in the manifest, its files, and its terms together with those of older segments."""

    names: SegmentNames
    files: tuple[IndexFile, ...]
    settled: Settled


def shard_prefix(term: str) -> str:
    """Return the beginning of a term that gives its shard: words that begin alike are fetched together."""
    return term[:SHARD_PREFIX_HANGUL] if is_hangul(term) else term[:SHARD_PREFIX_OTHER]


def tail_initial(term: str) -> str:
    """Return the tail that a rare term is in: its first letter, its Hangul initial, `0` for digits, `_` for the rest.

    Terms behind a sign have tails of their own: `@` and the year of an arXiv id, `~`, `&` or `=` and the first two letters of a
    whole name, a word of a name or a word of a title, `+` and a hash of the beginning of a compound, `^` and a hash of the first
    of two title words. All features share one tail.
    """
    first = term[0]
    if first == ARXIV_SIGN:
        return term[:3]
    if first in _BY_TWO_LETTERS:
        second = term[2:3]
        return f"{first}{tail_initial(term[1:])}{second if 'a' <= second <= 'z' else ''}"
    if first == FEATURE_SIGN:
        return first
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
    """Return a stemmer for the words of these documents and the stems of older segments."""
    spellings = columns.vocabulary()
    return Stemmer({spellings[each]: count for each, count in columns.words.count().items()}, older.stems)


def build_segment(first: int, columns: Columns, stemmer: Stemmer, older: Settled) -> Segment:
    """Build a segment from ordered documents. A term of an older dictionary goes into a shard, one of an older tail into a tail."""
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
    tokens = frozenset([term for term in tail if term[0].isalnum()])
    return Segment(names, tuple(files), Settled(stems, frozenset(core), tokens))


def _term_postings(terms: Sequence[str], collected: Mapping[str, Sequence[int]]) -> bytes:
    """Encode terms with their postings: the terms, the lengths of their postings in bytes, then the postings."""
    found = [collected[term] for term in terms]
    lists = [postings(entries) if len(entries) > 1 else number(entries[0]) for entries in found]
    return b"".join((term_list(terms), numbers(list(map(len, lists))), *lists))


def _add(files: list[IndexFile], stem: str, kind: bytes, content: bytes) -> str:
    name = content_name(content)
    files.append(IndexFile(f"{stem}.{name}.bin", pack(kind, content)))
    return name


def _collect(columns: Columns, stemmer: Stemmer) -> tuple[Postings, Postings, set[str]]:
    """Return the postings of stems, the postings of compounds, and the stems that occur in texts and not in names only."""
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
            # Names are not stemmed.
            name = spellings[each]
            weights[name] = weights.get(name, 0) + weight
        stemmed.add(index, weights, levels_of(weights.values()))
        run = pairs.run(index)
        neighbours = zip(pairs.numbers[run][::2], pairs.numbers[run][1::2], strict=True)
        # A word with an ending is not the first word of a compound.
        found = {f"{COMPOUND_SIGN}{spellings[first]}{stems[second]}" for first, second in neighbours if bare[first]}
        compounds.add(index, found, once * len(found))
    return stemmed, compounds, {stems[each] for each in set(words.numbers)}


def _choose_core(collected: Mapping[str, Sequence[int]], in_text: set[str], *, alone: bool) -> set[str]:
    """Choose the terms of the dictionary: Hangul stems, and other terms that occur more than once, up to a maximum.

    The only segment of a small archive has all terms in its dictionary: tails would cost more requests than they save bytes.
    """
    if alone and len(in_text) <= SMALL:
        return set(in_text)
    hangul = {term for term in in_text if is_hangul(term)}
    stems = [term for term in hangul if len(collected[term]) > 1 or term[-1] not in _INFLECTED]
    other = [term for term in in_text - hangul if len(collected[term]) > 1]
    return {*_commonest(stems, CORE_HANGUL, collected), *_commonest(other, CORE_OTHER, collected)}


def _commonest(terms: list[str], limit: int, collected: Mapping[str, Sequence[int]]) -> list[str]:
    """Choose the terms with the most documents. Among equals a hash decides, so that no letter is preferred."""
    if len(terms) <= limit:
        return terms
    least = sorted([len(collected[term]) for term in terms], reverse=True)[limit - 1]
    chosen = [term for term in terms if len(collected[term]) > least]
    tied = [term for term in terms if len(collected[term]) == least]
    return chosen + sorted(tied, key=lambda term: (checksum(term), term))[: limit - len(chosen)]


def _assign_shards(
    terms: Sequence[str], large: Sequence[str], collected: Mapping[str, Sequence[int]]
) -> tuple[int, list[list[str]]]:
    """Return the number of hash bits and the terms of each shard: by a hash of their beginning, and large terms alone."""
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
    """Group rare terms by initial; neighbouring initials share a tail until it is full."""
    # Terms with the same beginning have the same initial, so it is computed once for them.
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
    """Return an initial in characters that file names and URLs allow."""
    return "-".join(char if char.isascii() and char.isalnum() else f"{ord(char):x}" for char in initial)


def document_table(rows: Sequence[Row]) -> bytes:
    """Encode the table of documents: the days with their numbers of documents, then the checksums of fragments."""
    days: list[list[int]] = []
    for row in rows:
        day = int(row.date.replace("-", "") or 0)
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
    """Encode the kinds and tags with their documents."""
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
