"""Text -> the part of an address: readable, lower case, Hangul kept, NFC, at most 120 bytes.

Ours rather than python-slugify's, which romanises Hangul or, told not to, turns `ㅋㅋ` into conjoining jamo, and makes one
slug of C, C++ and C#.
"""

import hashlib
import re
import unicodedata

MAX_BYTES = 120
"""Most file systems allow 255 bytes a name; half of it leaves room for what a build puts beside a file."""

_SPELLED = (
    (re.compile(r"(?<=\w)\+\+"), "-plus-plus"),
    # Not between letters, as in `A+B`; a Korean particle may follow, as in `F#과`.
    (re.compile(r"(?<=\w)\+(?![0-9a-z])"), "-plus"),
    (re.compile(r"(?<=\w)#(?![0-9a-z])"), "-sharp"),
)
_BETWEEN = re.compile(r"[\W_]+")


def slugify(text: str) -> str:
    """Return the slug of a title or a tag; never empty.

    Letters and digits of any script stay, anything between them becomes one hyphen; `C++` is `c-plus-plus`, `C#` is
    `c-sharp`. What is longer than 120 bytes is cut at a word and ends in a hash of the whole, so it stays unique. Text
    without a letter or digit becomes a hash.
    """
    text = unicodedata.normalize("NFC", text).casefold()
    if "+" in text or "#" in text:
        for pattern, words in _SPELLED:
            text = pattern.sub(words, text)
    slug = unicodedata.normalize("NFC", _BETWEEN.sub("-" if text.isascii() else _joint, text).strip("-"))
    if not slug:
        return _hash(text)
    if len(slug.encode()) <= MAX_BYTES:
        return slug
    kept = slug.encode()[: MAX_BYTES - 9].decode(errors="ignore")
    return f"{kept.rpartition('-')[0] or kept}-{_hash(slug)}"


def _joint(between: re.Match[str]) -> str:
    """Keep combining marks, which a word pattern leaves out though Indic and decomposed letters need them."""
    return "".join(char for char in between[0] if unicodedata.category(char)[0] == "M") or "-"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
