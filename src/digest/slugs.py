"""Text -> slug: the part of an address. Readable, case-folded, NFC, at most 120 bytes, a valid file name on every system.

This module replaces python-slugify, which romanises Hangul or, with `allow_unicode=True`, turns `ㅋㅋ` into conjoining
jamo, and gives C, C++ and C# the same slug.

Slugs are case-folded and NFC, so file systems that ignore case or normalisation (NTFS, APFS) keep different slugs apart.
Texts that differ only in those share one slug, and the archive reports them as a collision.
"""

import hashlib
import re
import unicodedata

from .limits import SLUG_BYTES

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(port + number for port in ("com", "lpt") for number in "123456789¹²³")}
)
"""Windows opens a device instead of a file of one of these names. `CONIN$`, `nul.txt` and `nul .txt` are never slugs.

Source: "Naming Files, Paths, and Namespaces" in the documentation of Win32.
"""

_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"\\|?*]')
_NAME_BYTES = 255
_SPELLED = (
    (re.compile(r"(?<=\w)\+\+"), "-plus-plus"),
    # Not between two letters, as in `A+B`. A Korean particle may follow, as in `F#과`.
    (re.compile(r"(?<=\w)\+(?![0-9a-z])"), "-plus"),
    (re.compile(r"(?<=\w)#(?![0-9a-z])"), "-sharp"),
)
_BETWEEN = re.compile(r"[\W_]+")


def slugify(text: str) -> str:
    """Return the slug of a title or a tag; never empty.

    Letters and digits of any script stay. Any run of other characters becomes one hyphen, except that `C++` is
    `c-plus-plus` and `C#` is `c-sharp`. A slug longer than 120 bytes is cut at a word and ends in a hash of the whole, so
    it stays unique. Text without a letter or digit becomes a hash. A name that Windows reserves gets a `_`, which no other
    slug has: `CON` is `con_`.
    """
    text = unicodedata.normalize("NFC", text).casefold()
    if "+" in text or "#" in text:
        for pattern, words in _SPELLED:
            text = pattern.sub(words, text)
    slug = unicodedata.normalize("NFC", _BETWEEN.sub("-" if text.isascii() else _joint, text).strip("-"))
    if not slug:
        return _hash(text)
    if len(slug.encode()) <= SLUG_BYTES.most:
        return avoid_device(slug)
    kept = slug.encode()[: SLUG_BYTES.most - 9].decode(errors="ignore")
    return f"{kept.rpartition('-')[0] or kept}-{_hash(slug)}"


def is_portable(path: str) -> bool:
    """Return True if every system can store a file at a path, with `/` between its parts.

    Windows reserves the names of devices with any ending (`nul.txt`), forbids some characters, and drops dots and spaces from
    the end of a name.
    """
    return all(
        not _FORBIDDEN.search(name)
        and name[-1:] not in (".", " ")
        and name.partition(".")[0].rstrip(" ").casefold() not in _DEVICES
        and len(name.encode(errors="surrogateescape")) <= _NAME_BYTES
        for name in path.split("/")
    )


def avoid_device(name: str) -> str:
    """Return a lower-case name, followed by `_` if Windows reserves it for a device."""
    return f"{name}_" if name in _DEVICES else name


def _joint(between: re.Match[str]) -> str:
    """Return the combining marks of a run, which Indic and decomposed letters need, or a hyphen if it has none."""
    return "".join(char for char in between[0] if unicodedata.category(char)[0] == "M") or "-"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
