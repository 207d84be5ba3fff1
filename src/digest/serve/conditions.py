"""Conditional requests and requests for a part of a file (RFC 9110, sections 13 and 14). Only GET and HEAD are answered."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from msgspec import Struct

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_RANGE = re.compile(r"bytes=[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.ASCII | re.IGNORECASE)


class Version(Struct, frozen=True):
    """A version of a file: its entity tag in quotes, which is strong, and if known the second of its last change since 1970."""

    tag: str
    changed: int | None = None


class Part(Struct, frozen=True):
    """The bytes of a file from `start` up to `end`, which is not in it."""

    start: int
    end: int


def failed_condition(headers: Mapping[str, str], version: Version) -> int | None:
    """Return 304 or 412 if a condition of the request keeps the file from being sent, or None.

    Conditions are looked at in the order of RFC 9110, section 13.2.2. `headers` finds names in small letters.
    """
    if (wanted := headers.get("if-match")) is not None:
        if wanted.strip() != "*" and version.tag not in _tags(wanted, strong=True):
            return 412
    elif _is_later(version, headers.get("if-unmodified-since")):
        return 412
    if (known := headers.get("if-none-match")) is not None:
        return 304 if known.strip() == "*" or version.tag in _tags(known, strong=False) else None
    since = _seconds(headers.get("if-modified-since"))
    return 304 if since is not None and version.changed is not None and version.changed <= since else None


def wanted_part(headers: Mapping[str, str], version: Version, size: int) -> Part | None:
    """Return the part of a file that a GET request wants, or None for all of it; raises ValueError if the file has no such part.

    A request for several parts gets the whole file, as section 14.2 allows, and so does one that cannot be understood. So does one
    with an `If-Range` of another version. A date in it must be that of the last change exactly, as for a strong comparison.
    """
    if_range = headers.get("if-range")
    if if_range is not None and if_range.strip() != version.tag:
        changed = _seconds(if_range)
        if changed is None or changed != version.changed:
            return None
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        part = Part(max(size - int(suffix), 0), size)
    elif last and int(last) < int(first):
        return None  # section 14.1.1 calls it invalid, and section 14.2 lets a server ignore it
    else:
        part = Part(int(first), min(int(last) + 1, size) if last else size)
    if part.start >= part.end:
        raise ValueError(f"no byte of {size} is in {found[0]}")
    return part


def _tags(header: str, *, strong: bool) -> set[str]:
    """Return the entity tags of a list, each with its quotes; if `strong`, without the weak ones, which equal nothing."""
    return {tag for weak, tag in _TAG.findall(header) if not (weak and strong)}


def _is_later(version: Version, date: str | None) -> bool:
    seconds = _seconds(date)
    return seconds is not None and version.changed is not None and version.changed > seconds


def _seconds(date: str | None) -> int | None:
    """Return an HTTP date in seconds since 1970; None for anything else, which a server ignores."""
    if date is None or '"' in date:
        return None
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
