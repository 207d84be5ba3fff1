"""Numbers, terms and postings into bytes, and the names of the files that hold them.

`templates/static/js/search-format.js` reads what this writes; `docs/search.md` describes both. Files are zlib streams
(RFC 1950): their checksum shows a truncated file, and hosts that compress nothing send no more than those that do.
"""

import zlib
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

VERSION = 1
"""Of the format; a reader refuses any other."""

MAGIC = b"DS\x01"

LEVELS = 8
"""Steps of a posting's weight."""

_LEVEL_RATIO = 1.5
_LEVEL_BASE = 0.35
"""A level stands for `_LEVEL_BASE * _LEVEL_RATIO ** level` occurrences in a commentary of common length."""

_ONE_BYTE = 192
_TWO_BYTES = _ONE_BYTE + 62 * 256


class IndexFile(Struct, frozen=True):
    """A file of the index: its path below `search/` and its bytes."""

    path: str
    content: bytes


def level_table(unit: int) -> list[int]:
    """List the level of every weight in `unit`s up to where the last level begins."""
    bounds = [_LEVEL_BASE * _LEVEL_RATIO ** (level - 0.5) * unit for level in range(1, LEVELS)]
    return [sum(weight >= bound for bound in bounds) for weight in range(int(bounds[-1]) + 2)]


def number(value: int) -> bytes:
    """Write a number below 2³² in one to five bytes, the commonest (below 192) in one."""
    if value < _ONE_BYTE:
        return _BYTES[value]
    if value < _TWO_BYTES:
        high, low = divmod(value - _ONE_BYTE, 256)
        return bytes((_ONE_BYTE + high, low))
    return b"\xff" + value.to_bytes(4, "big")


_BYTES = [bytes((value,)) for value in range(_ONE_BYTE)]


def text(value: str) -> bytes:
    """Write a string: its length in bytes, then UTF-8."""
    encoded = value.encode()
    return number(len(encoded)) + encoded


def postings(entries: Sequence[int]) -> bytes:
    """Write ascending `document * LEVELS + level` as gaps; a gap and its level share one number."""
    if len(entries) == 1:
        return number(entries[0])
    out = bytearray()
    last = -1
    for entry in entries:
        document = entry // LEVELS
        value = (document - last - 1) * LEVELS + entry % LEVELS
        last = document
        if value < _ONE_BYTE:
            out.append(value)
        else:
            out += number(value)
    return bytes(out)


def gaps(values: Sequence[int]) -> bytes:
    """Write ascending numbers: how many, then their gaps."""
    out = bytearray(number(len(values)))
    last = -1
    for value in values:
        out += number(value - last - 1)
        last = value
    return bytes(out)


_PREFIX_CHARACTERS = 40


def term_list(terms: Sequence[str]) -> bytes:
    """Write sorted terms: how many, a byte each for what it shares with the one before, then the rests by lines."""
    shared = bytearray()
    rests = []
    before = ""
    for term in terms:
        count = 0
        limit = min(len(before), len(term), _PREFIX_CHARACTERS)
        while count < limit and before[count] == term[count]:
            count += 1
        shared.append(count)
        rests.append(term[count:])
        before = term
    return number(len(terms)) + bytes(shared) + text("\n".join(rests))


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


_ALPHABET = "0123456789abcdefghijklmnopqrstuv"


def content_name(content: bytes, length: int = 6) -> str:
    """Name a content by the low end of its CRC-32 in base 32, five bits a character; the reader checks it again."""
    value = zlib.crc32(content)
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in range(length))
