"""Divide terms among files, so that a change of one term changes one file.

Words are in shards, together with what a query reads with them: neighbouring words that begin with them, and rows of the glossary. Terms
behind other signs are in tails. A term's key decides its file: terms with the same key are read together. The files are the leaves of a
binary trie over hashes of the keys. A leaf that outgrows its limit is divided by the next bit of the hash, whatever the sizes of the
other leaves.
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
    ROW_SIGN,
    SIGNS,
    TITLE_SIGN,
    is_hangul,
)

SHARDS = "p"
TAILS = "t"
LIMITS = {SHARDS: 7000, TAILS: 9600}
"""Size of a leaf above which it is divided, in letters of terms and of aligned words and twice the number of postings."""

_MOST_BITS = 24

LETTER_BITS = (1 << 10) - 1
"""Bits of the hash of a word of a name that its first letter gives."""

PREFIX_BITS = (1 << 12) - 1
"""Bits of the hash of a key in the shards that the beginning of its word gives."""

_BY_TWO_LETTERS = frozenset((AUTHOR_SIGN, NAME_SIGN, TITLE_SIGN))
_IN_TAILS = _BY_TWO_LETTERS | {ARXIV_SIGN, FEATURE_SIGN}

WORD_PREFIX = 3
"""Number of letters that are the key of a word; of a Hangul word, it is the first syllable and the initial of the second."""


class Home(Struct, frozen=True):
    """The place of a term: shards or tails, and its key among them."""

    kind: str
    key: str


def home_of(term: str, term_class: int | None) -> Home:
    """Return the place of a term; the class is None if no dictionary has it. A word of the largest class is its own key."""
    if term[0] in _IN_TAILS:
        return Home(TAILS, sign_key(term))
    return Home(SHARDS, term if is_large(term_class) else key_of(term))


def is_large(term_class: int | None) -> bool:
    """Return True if a term is of the largest class. The class is None if no dictionary has it."""
    return term_class is not None and term_class >= LARGE_CLASS


def key_of(term: str) -> str:
    """Return the key of a term that is not of the largest class."""
    return sign_key(term) if term[0] in SIGNS else word_key(term)


def word_key(word: str) -> str:
    """Return the beginning of a word that is its key: words that begin alike are read together."""
    if not is_hangul(word):
        return word[:WORD_PREFIX]
    return word[0] + "".join(map(_initial, word[1:2]))


def sign_key(term: str) -> str:
    """Return the key of a term behind a sign.

    In the tails it is `@` and the year of an arXiv id, or `~`, `&` or `=` and the first two letters of a whole name, a word of a name or a
    word of a title. All features share one key. In the shards it is `^` and the first of two title words, `+` and the key of a compound as
    a word, and for a row of the glossary the key that it begins with.
    """
    sign = term[0]
    if sign == ARXIV_SIGN:
        return term[:3]
    if sign in _BY_TWO_LETTERS:
        second = term[2:3]
        return f"{sign}{_initial(term[1])}{second if 'a' <= second <= 'z' else ''}"
    if sign == ROW_SIGN:
        return term[1 : term.index("\t")]
    if sign == PHRASE_SIGN:
        return term[: term.index(" ")]
    if sign == COMPOUND_SIGN:
        return sign + word_key(term[1:])
    return sign


def _initial(letter: str) -> str:
    """Return a Latin letter or a jamo itself, the initial of a syllable, `0` for digits, `_` for the rest."""
    if "a" <= letter <= "z" or "ㄱ" <= letter <= "ㅎ":
        return letter
    if letter.isascii() and letter.isdigit():
        return "0"
    if "가" <= letter <= "힣":
        return INITIALS[(ord(letter) - 0xAC00) // 588]
    return "_"


def place_of(key: str) -> int:
    """Return the hash of a key, which gives its leaf.

    The keys of shards whose words begin alike have hashes that begin alike, so they are in one file if it does not grow too large. So
    have the keys of words of names with the same first letter: a name that is looked up by its sound may have any second letter, and
    would take a file for each.
    """
    if key[0] == AUTHOR_SIGN:
        return _joined(checksum(key[:2]), checksum(key), LETTER_BITS)
    if key[0] in _IN_TAILS:
        return checksum(key)
    return _joined(checksum(word_key(key[1:] if key[0] in SIGNS else key)), checksum(key), PREFIX_BITS)


def _joined(low: int, high: int, bits: int) -> int:
    """Return a hash that has these bits of `low` and the other bits of `high`."""
    return low & bits | high & ~bits


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


def leaf_file(kind: str, node: int, postings: Iterable[tuple[str, Postings]], pairs: bytes) -> tuple[str, IndexFile]:
    """Return the name of a leaf's content and its file; the terms are sorted here. `pairs` are its encoded aligned words."""
    ordered = sorted(postings)
    lengths, rests = term_list([term for term, _ in ordered])
    columns = [number(node) + lengths, rests, *columns_of([each for _, each in ordered]), *filter(None, [pairs])]
    _, name, file = name_file(leaf_stem(kind, node), kind.encode(), columns)
    return name, file


def leaf_stem(kind: str, node: int) -> str:
    """Return the beginning of the path of a leaf."""
    return f"{kind}{node:x}"
