"""The bytes of a font -> the characters that it has.

The table `cmap` of OpenType says it, in format 4 for the characters of the Basic Multilingual Plane and in format 12 for all. A font
draws a box for a character that it lacks, so each is looked up before it is drawn.
"""

import struct
from collections.abc import Iterator

_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the subtables for Unicode, the largest first."""
_SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true")


class FontError(ValueError):
    """The file is no font that can be read; the message says why."""


def characters_of(font: bytes) -> frozenset[int]:
    """Return the code points of an OpenType or TrueType font; raises FontError."""
    if font[:4] not in _SIGNATURES:
        raise FontError("it is no TrueType or OpenType font (.ttf, .otf)")
    try:
        return frozenset(_read(font))
    except (struct.error, IndexError, OverflowError) as error:
        raise FontError("the font is damaged") from error


def _read(font: bytes) -> Iterator[int]:
    table = _find_table(font, b"cmap")
    count = struct.unpack_from(">H", font, table + 2)[0]
    records = (struct.unpack_from(">HHL", font, table + 4 + 8 * place) for place in range(count))
    places = {(platform, encoding): table + offset for platform, encoding, offset in records}
    for key in _UNICODE:
        if key in places:
            form = struct.unpack_from(">H", font, places[key])[0]
            if form in (4, 12):
                return _read_segments(font, places[key]) if form == 4 else _read_groups(font, places[key])
    raise FontError("the font has no table of Unicode characters")


def _find_table(font: bytes, name: bytes) -> int:
    for place in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == name:
            return int(offset)
    raise FontError("the font has no table of characters")


def _read_groups(font: bytes, start: int) -> Iterator[int]:
    """Yield the characters of a subtable of format 12: groups of a first, a last and a first glyph."""
    for place in range(min(struct.unpack_from(">L", font, start + 12)[0], len(font))):
        first, last, glyph = struct.unpack_from(">LLL", font, start + 16 + 12 * place)
        yield from range(first if glyph else first + 1, min(last, 0x10FFFF) + 1)


def _read_segments(font: bytes, start: int) -> Iterator[int]:
    """Yield the characters of a subtable of format 4: segments whose glyphs are at a distance or in a list."""
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    form = f">{count}H"
    ends = struct.unpack_from(form, font, start + 14)
    starts = struct.unpack_from(form, font, start + 16 + 2 * count)
    deltas = struct.unpack_from(form, font, start + 16 + 4 * count)
    offsets_at = start + 16 + 6 * count
    offsets = struct.unpack_from(form, font, offsets_at)
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for char in range(first, min(last, 0xFFFE) + 1):
            glyph = char
            if offset:
                glyph = struct.unpack_from(">H", font, offsets_at + 2 * place + offset + 2 * (char - first))[0]
            if (glyph + delta) & 0xFFFF if glyph or not offset else 0:
                yield char
