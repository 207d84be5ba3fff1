"""Numbers, terms and postings into bytes, and the names of the files that hold them.

`templates/static/js/search-format.js` reads what this writes; `docs/search.md` describes both. Files are zlib streams
(RFC 1950): their checksum shows a truncated file, and hosts that compress nothing send no more than those that do.
"""

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

VERSION = 1
"""Of the format; a reader refuses any other."""

MAGIC = b"DS\x01"

LEVELS = 8
"""Number of steps that a posting's weight is rounded to."""

_LEVEL_RATIO = 1.5
_LEVEL_BASE = 0.35

LEVEL_WEIGHTS = tuple([_LEVEL_BASE * _LEVEL_RATIO**level for level in range(LEVELS)])
"""Weight of each level, in occurrences in a commentary of average length."""

ONE_BYTE = 192
"""Numbers below this take one byte."""

TWO_BYTES = ONE_BYTE + 62 * 256
"""Numbers below this take two bytes."""

_TWO_BYTES_FROM = 256 * ONE_BYTE - ONE_BYTE


class IndexFile(Struct, frozen=True):
    """A file of the index: its path below `search/` and its bytes."""

    path: str
    content: bytes


MOST_WEIGHT = 255
"""A byte, and beyond where the last level begins for the unit in use."""


def level_table(unit: int) -> bytes:
    """List the level of every weight in `unit`s up to `MOST_WEIGHT`."""
    bounds = [_LEVEL_BASE * _LEVEL_RATIO ** (level - 0.5) * unit for level in range(1, LEVELS)]
    return bytes(sum(weight >= bound for bound in bounds) for weight in range(MOST_WEIGHT + 1))


def number(value: int) -> bytes:
    """Write a number below 2³² in one to five bytes, the commonest (below 192) in one."""
    if value < ONE_BYTE:
        return _BYTES[value]
    if value < TWO_BYTES:
        return (value + _TWO_BYTES_FROM).to_bytes(2, "big")
    return b"\xff" + value.to_bytes(4, "big")


_BYTES = [bytes((value,)) for value in range(ONE_BYTE)]


def text(value: str) -> bytes:
    """Write a string: its length in bytes, then UTF-8."""
    encoded = value.encode()
    return number(len(encoded)) + encoded


def numbers(values: Sequence[int]) -> bytes:
    """Write numbers one after the other."""
    if values and max(values) < ONE_BYTE:
        return bytes(values)
    return b"".join(map(number, values))


def postings(entries: Sequence[int]) -> bytes:
    """Write ascending `document * LEVELS + level` as gaps; a gap and its level share one number."""
    out = bytearray()
    append = out.append
    top = LEVELS - 1
    least = 0
    for entry in entries:
        value = entry - least
        least = (entry | top) + 1
        if value < ONE_BYTE:
            append(value)
        else:
            out += number(value)
    return bytes(out)


def gaps(values: Sequence[int]) -> bytes:
    """Write ascending numbers: how many, then their gaps."""
    return number(len(values)) + numbers([value - before - 1 for before, value in pairwise((-1, *values))])


_PREFIX_CHARACTERS = 40
_END = "\0"
"""Behind a term, where no term has a character of its own."""


def term_list(terms: Sequence[str]) -> bytes:
    """Write sorted, distinct terms: how many, a byte each for what it shares with the one before, then the rests by lines."""
    shared = bytearray()
    rests = []
    before = _END
    for term in terms:
        count = 0
        # Ends at the latest where one of them does: the one before isn't longer and the same so far, it would sort behind.
        while before[count] == term[count]:
            count += 1
        if count > _PREFIX_CHARACTERS:
            count = _PREFIX_CHARACTERS
        shared.append(count)
        rests.append(term[count:])
        before = term + _END
    return number(len(terms)) + bytes(shared) + text("\n".join(rests))


@lru_cache(maxsize=1 << 14)
def checksum(value: str) -> int:
    """Hash a string by CRC-32 over its UTF-16 code units, low byte first, which both languages do quickly."""
    return zlib.crc32(value.encode("utf-16-le"))


_CLASS_BOUNDS = (2, 4, 16, 128, 768)

LARGE_CLASS = len(_CLASS_BOUNDS)
"""Class of a term whose postings have a shard of their own."""


def frequency_class(documents: int) -> int:
    """Class a term by the documents it occurs in: 1, 2-3, 4-15, 16-127, 128-767, more."""
    return bisect_right(_CLASS_BOUNDS, documents)


def pack(kind: bytes, content: bytes) -> bytes:
    """Compress a file's content behind the magic number and a letter for its kind."""
    return zlib.compress(MAGIC + kind + content, 9)


NAME_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
"""Digits of base 32, in which files are named."""


def content_name(content: bytes, length: int = 6) -> str:
    """Name a content by the low end of its CRC-32 in base 32, five bits a character; the reader checks it again."""
    value = zlib.crc32(content)
    return "".join(NAME_ALPHABET[value >> 5 * place & 31] for place in range(length))
