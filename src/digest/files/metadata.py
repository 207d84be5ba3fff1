"""An image file -> its bytes without the metadata: no location, no camera, no comments, no thumbnails.

Nothing is encoded again. What changes how the image looks stays: its orientation and its colour profile. Anything behind the image's
end goes, since phones keep films and further images there. Of JPEG, PNG and WebP only; other files are left as they are.

Sources: ITU-T T.81 annex B and Exif 3.0 (JPEG), the PNG specification, and Google's WebP container specification.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from os import SEEK_END
from typing import BinaryIO

from ..disk import open_file, unreadable

CHUNK = 1 << 18

_HEAD = 12
"""The first bytes of a file, by which images are told from other files."""
_JPEG, _PNG, _RIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"
_RIFF_LIMIT = 0xFFFF_FFFF
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_LEAST_MARKER = 0xC0
_SOS, _EOI, _APP0, _APP1, _APP2, _APP14 = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""A marker that ends the coded data of a scan: zero is a stuffed byte, and D0 to D7 restart within it."""
_PNG_LOOK = frozenset(b"acTL bKGD cHRM cICP cLLI fcTL fdAT gAMA hIST iCCP mDCV pHYs sBIT sPLT sRGB tRNS".split())
"""The chunks beside the critical ones that decide how a PNG looks. Programs hide previews and sources in chunks of their own."""
_WEBP_LOOK = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_ORIENTATION = 0x0112
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


class MalformedError(Exception):
    """An image whose structure can't be followed, so that its metadata can't be told from the rest."""


class _EndError(Exception):
    """An image that ends too early. Browsers show it as far as it goes, so it is published as far as it goes."""


def clean_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of a file, without metadata if it is an image; raises MalformedError and OSError."""
    head = file.read(_HEAD)
    file.seek(0)
    try:
        yield from _cleaner(head)(file)
    except _EndError:
        return


def is_changed(path: str) -> bool:
    """Return True if the file at a path is an image that is published without its metadata, whatever its name; raises OSError."""
    with open_file(path) as file:
        return _cleaner(file.read(_HEAD)) is not _all


def _cleaner(head: bytes) -> Callable[[BinaryIO], Iterator[bytes]]:
    """Return the function that reads a file with these first bytes."""
    if head.startswith(_JPEG):
        return _clean_jpeg
    if head.startswith(_PNG):
        return _clean_png
    return _clean_webp if head.startswith(_RIFF) and head[8:] == b"WEBP" else _all


def _all(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def read_published(path: str) -> Iterator[bytes]:
    """Yield the bytes that are published of the file at a path; raises MalformedError and UnreadableError."""
    try:
        with open_file(path) as file:
            yield from clean_chunks(file)
    except OSError as error:
        raise unreadable(error) from error


def _exact(file: BinaryIO, size: int) -> bytes:
    content = file.read(size)
    if len(content) < size:
        raise _EndError
    return content


def _copy(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        chunk = file.read(min(size, CHUNK))
        if not chunk:
            raise _EndError
        size -= len(chunk)
        yield chunk


# Orientation


def _orientation(tiff: bytes) -> int:
    """Return how an image has to be turned, as Exif counts: 1 to 8, where 1 is upright. Anything unreadable is 1."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHLH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(tiff: bytes) -> bytes:
    """Return Exif data that holds the orientation of other Exif data and nothing else; nothing if the image is upright."""
    orientation = _orientation(tiff)
    if orientation == 1:
        return b""
    return struct.pack("<2sHLHHHLHHL", b"II", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


# JPEG


def _clean_jpeg(file: BinaryIO) -> Iterator[bytes]:
    yield _exact(file, 2)
    while True:
        marker = _next_marker(file)
        if marker == _EOI:
            yield bytes((0xFF, _EOI))
            return
        if marker in _STANDALONE:
            yield bytes((0xFF, marker))
            continue
        (size,) = struct.unpack(">H", _exact(file, 2))
        if size < 2:
            raise MalformedError("a segment has no length")
        yield from _clean_segment(marker, _exact(file, size - 2))
        if marker == _SOS:
            yield from _copy_scan(file)
            if not file.read(1):  # browsers show an image without an end
                return
            file.seek(-1, 1)


def _next_marker(file: BinaryIO) -> int:
    if _exact(file, 1) != b"\xff":
        raise MalformedError("a segment doesn't begin with a marker")
    byte = 0xFF
    while byte == 0xFF:  # any number of these may come before a marker
        (byte,) = _exact(file, 1)
    if byte < _LEAST_MARKER and byte not in _STANDALONE:
        raise MalformedError("a segment has a marker that JPEG doesn't use")  # readers look for the next marker in it
    return byte


def _clean_segment(marker: int, payload: bytes) -> Iterator[bytes]:
    if marker == _APP1 and payload.startswith(b"Exif\0"):
        tiff = _only_orientation(payload[6:])
        payload = b"Exif\0\0" + tiff if tiff else b""
        keep = bool(tiff)
    else:
        keep = (
            marker < _APP0
            or (marker == _APP0 and payload.startswith(b"JFIF\0"))
            or (marker == _APP2 and payload.startswith(b"ICC_PROFILE\0"))
            or (marker == _APP14 and payload.startswith(b"Adobe"))
        )
        if keep and marker == _APP0:
            payload = payload[:12].ljust(14, b"\0")  # without a thumbnail, which may show what was cut off
    if keep:
        yield struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _copy_scan(file: BinaryIO) -> Iterator[bytes]:
    """Yield coded data up to the next marker, and leave the file there. A file that ends in a scan ends the image."""
    rest = b""
    while True:
        start = file.tell() - len(rest)
        chunk = file.read(CHUNK)
        block = rest + chunk
        if match := _MARKER.search(block):
            yield block[: match.start()]
            file.seek(start + match.start())
            return
        if not chunk:
            yield block
            return
        kept = len(block) - len(block.rstrip(b"\xff"))
        yield block[: len(block) - kept]
        rest = block[len(block) - kept :]


# PNG


def _clean_png(file: BinaryIO) -> Iterator[bytes]:
    yield _exact(file, 8)
    kind = b""
    while kind != b"IEND":
        head = _exact(file, 8)
        size, kind = struct.unpack(">L4s", head)
        if kind in _PNG_LOOK or kind[:1].isupper():
            yield head
            yield from _copy(file, size + 4)
            continue
        if kind == b"eXIf" and size < CHUNK:
            if tiff := _only_orientation(_exact(file, size)):
                yield struct.pack(">L4s", len(tiff), kind) + tiff + struct.pack(">L", zlib.crc32(kind + tiff))
            file.seek(4, 1)
        else:
            file.seek(size + 4, 1)


# WebP


def _clean_webp(file: BinaryIO) -> Iterator[bytes]:
    """Yield a RIFF file again, whose head says how long the rest is: the chunks are looked through first."""
    file.seek(4)
    (length,) = struct.unpack("<L", _exact(file, 4))
    file.seek(12)
    chunks: list[tuple[bytes, int, int]] = []
    tiff = b""
    while file.tell() + 8 <= 8 + length and len(head := file.read(8)) == 8:
        kind, size = struct.unpack("<4sL", head)
        if kind == b"EXIF":
            content = _exact(file, min(size, CHUNK))
            tiff = _only_orientation(content.removeprefix(b"Exif\0\0"))
            file.seek(size + size % 2 - len(content), 1)
        elif kind in _WEBP_LOOK:
            chunks.append((kind, file.tell(), size))
            file.seek(size + size % 2, 1)
        else:
            file.seek(size + size % 2, 1)
    if not chunks:
        raise _EndError
    if sum(chunks[-1][1:]) > file.seek(0, SEEK_END):
        tiff = b""  # the file ends within a chunk, so nothing can follow it
    exif = struct.pack("<4sL", b"EXIF", len(tiff)) + tiff if tiff else b""
    total = 4 + sum(8 + size + size % 2 for _, _, size in chunks) + len(exif)
    if total > _RIFF_LIMIT:
        raise MalformedError("the chunks are longer than a file can be")
    yield _RIFF + struct.pack("<L", total) + b"WEBP"
    for kind, start, size in chunks:
        file.seek(start)
        yield struct.pack("<4sL", kind, size)
        rest = size
        if kind == b"VP8X" and size:
            flags = _exact(file, 1)[0] & ~(_WEBP_EXIF | _WEBP_XMP)
            yield bytes((flags | (_WEBP_EXIF if tiff else 0),))
            rest -= 1
        yield from _copy(file, rest)
        if size % 2:
            yield b"\0"
    yield exif
