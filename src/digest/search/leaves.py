"""Divide terms among files, so that a change of one term changes one file.

The terms of a dictionary are in shards, and all others in tails. A term's key decides its file: terms with the same key are read
together. The files are the leaves of a binary trie over hashes of the keys. A leaf that outgrows its limit is divided by the next bit
of the hash, whatever the sizes of the other leaves.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate

from msgspec import Struct

from .coding import LARGE_CLASS, NAME_ALPHABET, IndexFile, checksum, name_file, number, term_list
from .postings import Postings, columns_of
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

SHARDS = "p"
TAILS = "t"
LIMITS = {SHARDS: 2400, TAILS: 4800}
"""Size of a leaf above which it is divided, in letters of terms and twice the number of postings."""

_MOST_BITS = 24

LETTER_BITS = (1 << 10) - 1
"""Bits of the hash of a word of a name that its first letter gives."""

_BY_TWO_LETTERS = frozenset((NAME_SIGN, AUTHOR_SIGN, TITLE_SIGN))

PAIR_KEYS = 64
"""Number of keys of compounds written apart; a power of two."""

PHRASE_KEYS = 128
"""Number of keys of pairs of title words; a power of two."""

SHARD_PREFIX_HANGUL = 2
SHARD_PREFIX_OTHER = 4
"""Number of a term's characters that are its key in a shard."""


class Home(Struct, frozen=True):
    """The place of a term: shards or tails, and its key among them."""

    kind: str
    key: str


def home_of(term: str, term_class: int | None) -> Home:
    """Return the place of a term; the class is None if no dictionary has it. A term of the largest class is its own key."""
    if term_class is None:
        return Home(TAILS, tail_initial(term))
    return Home(SHARDS, term if term_class >= LARGE_CLASS else shard_prefix(term))


def shard_prefix(term: str) -> str:
    """Return the beginning of a term that is its key: words that begin alike are read together."""
    return term[:SHARD_PREFIX_HANGUL] if is_hangul(term) else term[:SHARD_PREFIX_OTHER]


def tail_initial(term: str) -> str:
    """Return the key of a rare term: its first letter, its Hangul initial, `0` for digits, `_` for the rest.

    Terms behind a sign have keys of their own: `@` and the year of an arXiv id, `~`, `&` or `=` and the first two letters of a
    whole name, a word of a name or a word of a title, `+` and a hash of the beginning of a compound, `^` and a hash of the first
    of two title words. All features share one key.
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
        return f"{COMPOUND_SIGN}{checksum(term[1:3]) & PAIR_KEYS - 1}"
    if first == PHRASE_SIGN:
        return f"{PHRASE_SIGN}{checksum(term[1 : term.index(' ')]) & PHRASE_KEYS - 1}"
    if "a" <= first <= "z":
        return first
    if first.isascii() and first.isdigit():
        return "0"
    if "가" <= first <= "힣":
        return INITIALS[(ord(first) - 0xAC00) // 588]
    return "_"


def place_of(key: str) -> int:
    """Return the hash of a key, which gives its leaf.

    The keys of words of names with the same first letter begin alike: a name that is looked up by its sound may have any second
    letter, and would take a file for each.
    """
    if key[0] != AUTHOR_SIGN:
        return checksum(key)
    return checksum(key[:2]) & LETTER_BITS | checksum(key) & ~LETTER_BITS


def size_of(term: str, documents: int) -> int:
    """Return what a term adds to the size of its leaf."""
    return len(term) + 2 * documents


class Trie(Struct, frozen=True):
    """The leaves of a trie.

    `shape` describes the nodes in preorder, in digits of `NAME_ALPHABET` of five bits, low bits first: `1` is a node with two
    branches, `01` a leaf with terms, `00` one without. `nodes` gives the leaf of each key: the bits of the hash that lead to it, low
    bits first, below a one.
    """

    shape: str
    nodes: dict[str, int]

    @property
    def leaves(self) -> tuple[int, ...]:
        """The leaves with terms, in preorder."""
        return tuple(dict.fromkeys(self.nodes.values()))


def plan_trie(sizes: Mapping[str, int], limit: int) -> Trie:
    """Divide keys of these sizes. A leaf is larger than `limit` only if it has a single key."""
    # In the order of the mirrored hashes, the keys of each node are neighbours.
    keys = sorted([(_mirrored(place_of(key)), key) for key in sizes])
    hashes = [mirrored for mirrored, _ in keys]
    sums = list(accumulate([sizes[key] for _, key in keys], initial=0))
    bits: list[str] = []
    nodes: dict[str, int] = {}

    def divide(start: int, end: int, depth: int, prefix: int) -> None:
        if end - start > 1 and depth < _MOST_BITS and sums[end] - sums[start] > limit:
            bits.append("1")
            upper = prefix | 1 << 31 - depth
            middle = bisect_left(hashes, upper, start, end)
            divide(start, middle, depth + 1, prefix)
            divide(middle, end, depth + 1, upper)
        else:
            bits.append("01" if end > start else "00")
            node = 1 << depth | _mirrored(prefix)
            nodes.update([(key, node) for _, key in keys[start:end]])

    divide(0, len(keys), 0, 0)
    joined = "".join(bits)
    digits = [joined[at : at + 5][::-1] for at in range(0, len(joined), 5)]
    return Trie("".join([NAME_ALPHABET[int(digit, 2)] for digit in digits]), nodes)


_MIRRORED = bytes([int(f"{byte:08b}"[::-1], 2) for byte in range(256)])


def _mirrored(value: int) -> int:
    """Return 32 bits in the opposite order."""
    return int.from_bytes(value.to_bytes(4, "little").translate(_MIRRORED), "big")


def leaf_file(kind: str, node: int, postings: Iterable[tuple[str, Postings]]) -> tuple[str, IndexFile]:
    """Return the name of a leaf's content and its file; the terms are sorted here."""
    ordered = sorted(postings)
    lengths, rests = term_list([term for term, _ in ordered])
    columns = [number(node) + lengths, rests, *columns_of([each for _, each in ordered])]
    _, name, file = name_file(leaf_stem(kind, node), kind.encode(), columns)
    return name, file


def leaf_stem(kind: str, node: int) -> str:
    """Return the beginning of the path of a leaf."""
    return f"{kind}{node:x}"
