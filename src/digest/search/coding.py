"""Encode numbers, terms and postings as bytes, and name the files that hold them.

`templates/static/js/search-format.js` decodes them; `docs/search.md` describes the format. Files are zlib streams (RFC 1950):
a checksum reveals a truncated file, and the size on the wire does not depend on whether the host compresses.
"""

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

VERSION = 1
"""Version of the format; a reader refuses any other."""

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
"""Largest stored weight: it fits a byte, and lies above the lower bound of the last level for the unit in use."""


def level_table(unit: int) -> bytes:
    """Return the level of every weight from 0 to `MOST_WEIGHT`, a byte each; `unit` is the weight of one occurrence."""
    bounds = [_LEVEL_BASE * _LEVEL_RATIO ** (level - 0.5) * unit for level in range(1, LEVELS)]
    return bytes(sum(weight >= bound for bound in bounds) for weight in range(MOST_WEIGHT + 1))


def number(value: int) -> bytes:
    """Encode a number below 2³² in one, two or five bytes."""
    if value < ONE_BYTE:
        return _BYTES[value]
    if value < TWO_BYTES:
        return (value + _TWO_BYTES_FROM).to_bytes(2, "big")
    return b"\xff" + value.to_bytes(4, "big")


_BYTES = [bytes((value,)) for value in range(ONE_BYTE)]


def text(value: str) -> bytes:
    """Encode a string: its length in bytes, then UTF-8."""
    encoded = value.encode()
    return number(len(encoded)) + encoded


def numbers(values: Sequence[int]) -> bytes:
    """Encode numbers one after the other."""
    if values and max(values) < ONE_BYTE:
        return bytes(values)
    return b"".join(map(number, values))


def postings(entries: Sequence[int]) -> bytes:
    """Encode ascending `document * LEVELS + level` as gaps; a gap and its level share one number."""
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
    """Encode ascending numbers: their count, then the gaps between them."""
    return number(len(values)) + numbers([value - before - 1 for before, value in pairwise((-1, *values))])


_PREFIX_CHARACTERS = 40
_END = "\0"
"""Stands after a term; no term has this character."""


def term_list(terms: Sequence[str]) -> bytes:
    """Encode sorted, distinct terms: their count, the length that each shares with the term before (a byte), the rests by lines."""
    shared = bytearray()
    rests = []
    before = _END
    for term in terms:
        count = 0
        # This ends at the end of either term at the latest: a longer term before with the same beginning would sort after.
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
    """Return the CRC-32 of a string's UTF-16 code units, low byte first: both languages compute it quickly."""
    return zlib.crc32(value.encode("utf-16-le"))


_CLASS_BOUNDS = (2, 4, 16, 128, 768)

LARGE_CLASS = len(_CLASS_BOUNDS)
"""Class of the terms whose postings have a shard of their own."""


def frequency_class(documents: int) -> int:
    """Return the class of a term by its number of documents: 1, 2-3, 4-15, 16-127, 128-767 or more."""
    return bisect_right(_CLASS_BOUNDS, documents)


def pack(kind: bytes, content: bytes) -> bytes:
    """Return a file of the index: magic number, letter of its kind and content, compressed."""
    return zlib.compress(MAGIC + kind + content, 9)


NAME_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
"""Digits of base 32 in the names of files."""


def content_name(content: bytes, length: int = 6) -> str:
    """Return the name of a content: the low bits of its CRC-32 in base 32, which the reader checks."""
    value = zlib.crc32(content)
    return "".join(NAME_ALPHABET[value >> 5 * place & 31] for place in range(length))
