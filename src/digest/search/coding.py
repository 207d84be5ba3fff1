"""Encode numbers, terms and postings as bytes, and name the files that hold them.

`templates/static/js/search-format.js` decodes them; `docs/search.md` describes the format. Files are zlib streams (RFC 1950):
a checksum reveals a truncated file, and the size on the wire does not depend on whether the host compresses.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

VERSION = 4
"""Version of the format; a reader refuses any other."""

MAGIC = b"DS\x04"

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


_RUN = 64
"""How many numbers are encoded at a time: a run without a large one is encoded far faster."""


def numbers(values: Sequence[int]) -> bytes:
    """Encode numbers one after the other."""
    if not values or max(values) < ONE_BYTE:
        return bytes(values)
    if len(values) <= _RUN:
        return b"".join(map(number, values))
    return b"".join([numbers(values[at : at + _RUN]) for at in range(0, len(values), _RUN)])


_ENCODED = re.compile(rb"([\x00-\xbf]+)|([\xc0-\xfd].)|\xff(.{4})", re.DOTALL)


def decode_numbers(encoded: bytes) -> Sequence[int]:
    """Decode numbers until the end."""
    if not encoded or max(encoded) < ONE_BYTE:
        return encoded
    values: list[int] = []
    for small, two_bytes, large in _ENCODED.findall(encoded):
        values += small or (int.from_bytes(large or two_bytes, "big") - (0 if large else _TWO_BYTES_FROM),)
    return values


def gaps(values: Sequence[int]) -> bytes:
    """Encode ascending numbers: their count, then the gaps between them."""
    return number(len(values)) + numbers([value - before - 1 for before, value in pairwise((-1, *values))])


_PREFIX_CHARACTERS = 40
_END = "\0"
"""Stands after a term; no term has this character."""


def term_list(terms: Sequence[str]) -> tuple[bytes, bytes]:
    """Encode sorted, distinct terms in two columns: their count and the length that each shares with the term before, a byte each; the rests by lines."""
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
    return number(len(terms)) + bytes(shared), text("\n".join(rests))


@lru_cache(maxsize=1 << 14)
def checksum(value: str) -> int:
    """Return the CRC-32 of a string's UTF-16 code units, low byte first: both languages compute it quickly."""
    return zlib.crc32(value.encode("utf-16-le"))


_CLASS_BOUNDS = (2, 4, 16, 128, 768)

LARGE_CLASS = len(_CLASS_BOUNDS)
"""Class of the terms whose postings are not together with those of words that begin alike."""


def frequency_class(documents: int) -> int:
    """Return the class of a term by its number of documents: 1, 2-3, 4-15, 16-127, 128-767 or more."""
    return bisect_right(_CLASS_BOUNDS, documents)


def pack(kind: bytes, columns: Sequence[bytes]) -> bytes:
    """Return a file of the index: magic number, letter of its kind and content, compressed.

    Each column has a block of its own with its own code (RFC 1951), since columns of numbers and of letters have little in common.
    """
    stream = zlib.compressobj(9)
    head, *rest = columns
    parts = [stream.compress(MAGIC + kind + head)]
    for column in rest:
        parts += (stream.flush(zlib.Z_BLOCK), stream.compress(column))
    parts.append(stream.flush())
    return b"".join(parts)


NAME_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
"""Digits of base 32 in the names of files."""


NAME_LENGTH = 6
"""Number of digits in the name of a content."""


def content_name(content: bytes, length: int = NAME_LENGTH) -> str:
    """Return the name of a content: the low bits of its CRC-32 in base 32, which the reader checks."""
    value = zlib.crc32(content)
    return "".join(NAME_ALPHABET[value >> 5 * place & 31] for place in range(length))


NamedFile = tuple[str, str, IndexFile]
"""The beginning of a file's path, the name of its content, and the file."""


def name_file(stem: str, kind: bytes, columns: Sequence[bytes]) -> NamedFile:
    """Return a file with the name of its content in its path."""
    name = content_name(b"".join(columns))
    return stem, name, IndexFile(path_of(stem, name), pack(kind, columns))


def path_of(stem: str, name: str) -> str:
    """Return the path of a file."""
    return f"{stem}.{name}.bin"
