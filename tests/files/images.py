"""Small images of every format, with metadata that must not be published."""

import struct
import zlib

SECRET = b"37.5665N 126.9780E"
ICC = b"ICC_PROFILE\0\1\1" + b"profile"


def tiff(orientation: int = 1, order: str = "<") -> bytes:
    """Return Exif data with an orientation and a secret."""
    mark = b"II" if order == "<" else b"MM"
    head = struct.pack(f"{order}2sHL", mark, 42, 8)
    entry = struct.pack(f"{order}HHLHH", 0x0112, 3, 1, orientation, 0)
    return head + struct.pack(f"{order}H", 1) + entry + struct.pack(f"{order}L", 0) + SECRET


def png(width: int = 4, height: int = 3, *, shade: int = 200, orientation: int = 1) -> bytes:
    """Return a PNG with text and Exif."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">L4s", len(content), kind) + content + struct.pack(">L", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + bytes((shade, 100, 50)) * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"eXIf", tiff(orientation))
        + chunk(b"tEXt", b"Comment\0" + SECRET)
        + chunk(b"gAMA", struct.pack(">L", 45455))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
        + SECRET
    )


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(
    width: int = 4, height: int = 3, *, orientation: int = 1, order: str = "<", scan: bytes = b"\x12\xff\0\x34"
) -> bytes:
    """Return the structure of a progressive JPEG with Exif, XMP, IPTC, a comment, and a film behind its end."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    start = segment(0xDA, b"\1\1\0\0\x3f\0")
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + b"thu")
        + segment(0xE1, b"Exif\0\0" + tiff(orientation, order))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + SECRET)
        + segment(0xE2, ICC)
        + segment(0xE2, b"MPF\0" + SECRET)
        + segment(0xED, b"Photoshop 3.0\0" + SECRET)
        + segment(0xFE, SECRET)
        + segment(0xC2, frame)
        + start
        + scan
        + b"\xff\xd1"
        + scan
        + segment(0xC4, b"\0" * 17)
        + start
        + scan
        + b"\xff\xd9"
        + SECRET
    )


def webp(width: int = 4, height: int = 3, *, orientation: int = 1) -> bytes:
    """Return an extended WebP with Exif and XMP."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return kind + struct.pack("<L", len(content)) + content + b"\0" * (len(content) % 2)

    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    content = (
        chunk(b"VP8X", bytes((0x2C, 0, 0, 0)) + size)
        + chunk(b"ICCP", b"profile")
        + chunk(b"VP8L", b"\x2f" + b"\1" * 8)
        + chunk(b"EXIF", tiff(orientation))
        + chunk(b"XMP ", b"<x>" + SECRET)
    )
    return b"RIFF" + struct.pack("<L", len(content) + 4) + b"WEBP" + content
