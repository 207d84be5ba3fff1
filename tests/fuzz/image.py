"""An image file: its bytes -> the bytes that are published."""

import io
import struct

from digest.files.facts import read_facts
from digest.files.metadata import MalformedError, clean_chunks

from ..files.images import SECRET, jpeg, png, webp
from .target import Target, make_folder

FOLDER = make_folder()
GIF = b"GIF89a\x04\0\x03\0\0\0\0,\0\0\0\0\x04\0\x03\0\0\x02\x02D\x01\0;"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
WORDS = (
    b"\xff\xd8", b"\xff\xd9", b"\xff\xe0", b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xfe", b"\xff\xda", b"\xff\xc0", b"\xff\0", b"\xff\xd0",
    b"Exif\0\0", b"JFIF\0", b"ICC_PROFILE\0", b"Adobe", b"http://ns.adobe.com/xap/1.0/\0", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08",
    b"\x89PNG\r\n\x1a\n", b"IHDR", b"IDAT", b"IEND", b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caBX", b"gAMA", b"RIFF", b"WEBP",
    b"VP8 ", b"VP8L", b"VP8X", b"EXIF", b"XMP ", b"ICCP", b"ANIM", b"ANMF", b"\x12\x01\x03\0\x01\0\0\0\x06\0", b"<svg ", b'width="4"', SECRET,
)  # fmt: skip
_PNG_KINDS = b"acTL bKGD cHRM cICP cLLI eXIf fcTL fdAT gAMA hIST iCCP mDCV pHYs sBIT sPLT sRGB tRNS".split()
_WEBP_KINDS = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF")
_ORIENTED = 26
"""The length of Exif data that holds an orientation and nothing else."""


def check(content: bytes) -> None:
    """Check that an image is published without metadata or not at all, that it stays as it is, and that its size is found."""
    path = FOLDER / "image.jpg"
    path.write_bytes(content)
    facts = read_facts(str(path))
    assert facts.width >= 0
    assert facts.height >= 0
    try:
        cleaned = _clean(content)
    except MalformedError:
        assert facts.hash == b""
        return
    assert len(cleaned) <= len(content) + _ORIENTED + 12
    assert _clean(cleaned) == cleaned, "an image that is cleaned again changes"
    if cleaned.startswith(b"\x89PNG\r\n\x1a\n"):
        check_png(cleaned)
    elif cleaned.startswith(b"\xff\xd8\xff"):
        check_jpeg(cleaned)
    elif cleaned.startswith(b"RIFF") and cleaned[8:12] == b"WEBP":
        check_webp(cleaned)


def describe(content: bytes) -> str:
    """Return the bytes that are published, as Python writes them, or that nothing is."""
    try:
        return f"{_clean(content)!r}\n"
    except MalformedError as error:
        return f"not published: {error}\n"


def _clean(content: bytes) -> bytes:
    return b"".join(clean_chunks(io.BytesIO(content)))


def check_png(image: bytes) -> None:
    """Check the chunks of a PNG by a reader of its own."""
    place = 8
    while len(head := image[place : place + 8]) == 8:
        size, kind = struct.unpack(">L4s", head)
        assert kind in _PNG_KINDS or kind[:1].isupper(), f"{kind!r} is published"
        assert kind != b"eXIf" or size == _ORIENTED
        place += 12 + size
        assert kind != b"IEND" or place >= len(image), "something stands behind the end"


def check_jpeg(image: bytes) -> None:
    """Check the segments of a JPEG by a reader of its own."""
    place = 2
    while place + 4 <= len(image):
        if image[place] != 0xFF or image[place + 1] in (0, *range(0xD0, 0xD8)):
            place += 1  # coded data
            continue
        marker = image[place + 1]
        if marker in (0xFF, 0x01):
            place += 1
            continue
        if marker == 0xD9:
            assert place + 2 == len(image), "something stands behind the end"
            return
        (size,) = struct.unpack_from(">H", image, place + 2)
        payload = image[place + 4 : place + 2 + size]
        assert marker != 0xFE, "a comment is published"
        assert marker != 0xE1 or (payload.startswith(b"Exif\0\0") and len(payload) == _ORIENTED + 6)
        assert marker != 0xE2 or payload.startswith(b"ICC_PROFILE\0")
        assert marker not in (*range(0xE3, 0xEE), *range(0xEF, 0xFF)), f"a segment {marker:x} is published"
        place += 2 + size


def check_webp(image: bytes) -> None:
    """Check the chunks of a WebP by a reader of its own."""
    place = 12
    while len(head := image[place : place + 8]) == 8:
        kind, size = struct.unpack("<4sL", head)
        assert kind in _WEBP_KINDS, f"{kind!r} is published"
        assert kind != b"EXIF" or size == _ORIENTED
        place += 8 + size + size % 2


_SEEDS = (
    *(make(orientation=orientation) for make in (jpeg, png, webp) for orientation in (1, 6)),
    jpeg(orientation=6, order=">"),
    GIF,
    SVG,
)

TARGET = Target(check, describe, _SEEDS, WORDS, ("imagesize",))
