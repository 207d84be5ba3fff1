r"""A note's text -> its lines, each with what it is taken by itself.

A line is cut at `\n` or `\r\n` only, so that numbers agree with every editor. The author's characters stay in `raw`;
structure is read from `text`, which is NFC and has no spaces, visible or not, around it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from typing import Literal

from msgspec import Struct

from ..model import Tag, tag_key
from ..urls import find_urls
from .dates import parse_date_line

Shape = Literal["blank", "date", "tags", "heading", "quote", "link", "rule", "code", "text"]
"""What a line is by itself; whether a `text` line is a title, authors or a paragraph depends on its neighbours."""


class Line(Struct, frozen=True, gc=False):
    """A line of a note: its 1-based number, its characters on disk, and the same for reading structure."""

    number: int
    raw: str
    text: str
    shape: Shape


MARGIN = (
    " \t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\u3164\ufeff"
)
"""Characters that do no harm around structure: white space and what is invisible (U+3164 is a filler of Hangul)."""

_HEADING = re.compile(r"(#{1,6})[ \t\u00a0\u3000]+(?=\S)")
_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r"-{3,}|={3,}|_{3,}|(?:\*\s*){3,}|(?:-\s+){2,}-")
# An address that holds nothing which the rules for URLs look at.
_PLAIN_URL = re.compile(r"https?://\w[\w./=?&%~+#:@-]*[\w/=-]", re.ASCII)
# Tags are set apart by white space, visible or not, or by commas. `#C#` and `#c++` are tags; `#1`, `#!/bin/sh` and
# `#Note:` are none.
_GAP = r"\s\u200b-\u200d\u2060\ufeff,，、"
_LABEL = rf"\w[^#＃{_GAP}]*(?<![:;.!?…])(?:[#＃](?=[{_GAP}]|$))?"
_TAG_LINE = re.compile(rf"(?:[#＃]{_LABEL}[{_GAP}]*)+")
_TAG_LABEL = re.compile(rf"[#＃]({_LABEL})")


def split_lines(text: str) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Cut a text into lines; the second value holds the numbers of lines that open a code fence and never close it."""
    raws = text.split("\n")
    if "\r" in text:
        raws = [raw.removesuffix("\r") for raw in raws]
    # Composing never makes or removes a line feed.
    composed = raws if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text).split("\n")
    fenced, unclosed = _find_code(raws) if "```" in text or "~~~" in text else (frozenset(), ())
    lines = []
    for index, (raw, line) in enumerate(zip(raws, composed, strict=True)):
        trimmed = line.strip(MARGIN)
        lines.append(Line(index + 1, raw, trimmed, "code" if index in fenced else _shape_of(trimmed)))
    return tuple(lines), unclosed


def column_of(line: Line) -> int:
    """Return the column in which a line's text begins, below any white space, visible or not."""
    return len(line.raw) - len(line.raw.lstrip(MARGIN)) + 1


def heading_level(text: str) -> int:
    """Return the level of a Markdown heading (`## title` is 2), 0 for any other line."""
    match = _HEADING.match(text)
    return len(match[1]) if match else 0


def strip_heading(text: str) -> str:
    """Remove the marks of a Markdown heading, also the closing ones."""
    match = _HEADING.match(text)
    if not match:
        return text
    rest = text[match.end() :]
    unclosed = rest.rstrip("#")
    return unclosed.rstrip() if unclosed[-1:].isspace() else rest


def parse_tags(lines: Sequence[Line]) -> tuple[Tag, ...]:
    """Return the tags of tag lines in order, each key once."""
    labels = [label for line in lines for label in _TAG_LABEL.findall(line.text)]
    return unique_tags(labels)


def unique_tags(labels: Sequence[str]) -> tuple[Tag, ...]:
    """Make tags of labels; of those with one key the first stays."""
    tags: dict[str, Tag] = {}
    for label in labels:
        key = tag_key(label)
        tags.setdefault(key, Tag(key, label))
    return tuple(tags.values())


def lone_url(text: str) -> str | None:
    """Return the address of a line that is only a URL, bare or in angle brackets."""
    if _PLAIN_URL.fullmatch(text):
        return text
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if not bare.startswith(("http://", "https://", "HTTP")):
        return None
    found = next(find_urls(bare), None)
    return found[2] if found and found[:2] == (0, len(bare)) else None


def trim_blank(lines: Sequence[Line]) -> Sequence[Line]:
    """Drop the blank lines at both ends."""
    first, last = 0, len(lines)
    while first < last and lines[first].shape == "blank":
        first += 1
    while last > first and lines[last - 1].shape == "blank":
        last -= 1
    return lines[first:last]


def join_raw(lines: Sequence[Line]) -> str:
    """Return the author's lines unchanged, without the blank ones at both ends."""
    return "\n".join([line.raw for line in trim_blank(lines)])


def _shape_of(text: str) -> Shape:
    if not text:
        return "blank"
    first = text[0]
    if first in "#＃":
        if _TAG_LINE.fullmatch(text) and all(_has_letter(label) for label in _TAG_LABEL.findall(text)):
            return "tags"
        if heading_level(text):
            return "date" if parse_date_line(text) else "heading"
        return "text"
    if first == ">":
        return "quote"
    if first in "-=_*" and _RULE.fullmatch(text):
        return "rule"
    if first in "hH<":
        return "link" if lone_url(text) else "text"
    if first.isdigit() and parse_date_line(text):
        return "date"
    return "text"


def _has_letter(label: str) -> bool:
    return any(char.isalpha() for char in label)


def _find_code(raws: Sequence[str]) -> tuple[Set[int], tuple[int, ...]]:
    # A fence that is never closed counts as text: a forgotten mark must not swallow the entries after it.
    fenced: set[int] = set()
    unclosed: list[int] = []
    never_closed = {"`": 1 << 30, "~": 1 << 30}
    end = -1
    for index, mark in _fences(raws):
        if index <= end:
            continue
        # Where a shorter mark found no end, a longer one finds none either.
        close = _find_close(raws, index + 1, mark) if len(mark) < never_closed[mark[0]] else None
        if close is None:
            never_closed[mark[0]] = min(len(mark), never_closed[mark[0]])
            unclosed.append(index + 1)
        else:
            fenced.update(range(index, close + 1))
            end = close
    return fenced, tuple(unclosed)


def _fences(raws: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, raw in enumerate(raws):
        if ("```" in raw or "~~~" in raw) and (match := _FENCE.match(raw)):
            yield index, match[1]


def _find_close(raws: Sequence[str], start: int, mark: str) -> int | None:
    for index in range(start, len(raws)):
        bare = raws[index].strip()
        if len(bare) >= len(mark) and bare.strip(mark[0]) == "":
            return index
    return None
