"""Text -> the same text without the characters that no page and no feed can hold. Texts pasted from PDF files have them.

Line breaks of other systems (VT, FF, NEL) become spaces, so that words stay apart. All other control characters go, and so do
surrogates, U+FFFE and U+FFFF: XML 1.0 (section 2.2) forbids or discourages them, and for HTML they are errors.
"""

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = "\x0b\x0c\x85"
_C0 = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D})
_BREAKS_AS_SPACES = bytes.maketrans(b"\x0b\x0c", b"  ")
_C1 = re.compile(b"\xc2[\x80-\x9f]")  # the literal first byte makes this six times as fast as a search in the text
_NONCHARACTERS = ("\ufffe", "\uffff")


def printable(text: str) -> str:
    """Return a text without unprintable characters."""
    return _UNPRINTABLE.sub(lambda match: " " if match[0] in _BREAKS else "", text)


def encode_printable(text: str) -> bytes:
    """Return a text without unprintable characters in UTF-8. For whole pages, this is faster than `printable`."""
    for character in _NONCHARACTERS:
        if character in text:
            text = text.replace(character, "")
    content = text.encode(errors="ignore").translate(_BREAKS_AS_SPACES, _C0)
    return _C1.sub(lambda match: b" " if match[0] == b"\xc2\x85" else b"", content) if _C1.search(content) else content
