r"""A note's text -> its lines, each with the shape that it has by itself.

A line is cut at `\n` or `\r\n`, so that numbers agree with every editor. The author's characters stay in `raw`;
structure is read from `text`, which is NFC and has no spaces, visible or not, around it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, structs

from ..urls import find_urls
from .dates import parse_date_line
from .fences import find_code, split_raw
from .tag_lines import is_strict_tag_line, read_tag_line

Shape = Literal["blank", "date", "tags", "heading", "quote", "link", "rule", "code", "text"]
"""The shape of a line by itself; whether a `text` line is a title, authors or a paragraph depends on its neighbours."""


class Line(Struct, frozen=True, gc=False):
    """A line of a note: its 1-based number, its characters as on disk, and the same for reading structure.

    `gaps` are the (start, length) of the comments that `raw` has lost; the starts count in the line on disk.
    """

    number: int
    raw: str
    text: str
    shape: Shape
    gaps: tuple[tuple[int, int], ...] = ()


MARGIN = (
    " \t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\u3164\ufeff"
)
"""Characters that do no harm around structure: white space and what is invisible (U+3164 is a filler of Hangul)."""

_ITEM = re.compile(r"[-*+•]\s")
_HEADING = re.compile(r"(#{1,6})[ \t\u00a0\u3000]+(?=\S)")
_RULE = re.compile(r"-{3,}|={3,}|_{3,}|(?:\*\s*){3,}|(?:-\s+){2,}-")
# An address that holds nothing which the rules for URLs look at.
_PLAIN_URL = re.compile(r"https?://\w[\w./=?&%~+#:@-]*[\w/=-]", re.ASCII)


def split_lines(text: str) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Cut a text into lines; also return the numbers of lines that open a code fence and never close it."""
    raws = split_raw(text)
    return make_lines(raws, {}, is_composed=unicodedata.is_normalized("NFC", text))


def make_lines(
    raws: Sequence[str], gaps: Mapping[int, tuple[tuple[int, int], ...]], *, is_composed: bool
) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Make lines of raw ones; also return the numbers of lines that open a code fence and never close it."""
    # Composing never makes or removes a line feed.
    composed = raws if is_composed else unicodedata.normalize("NFC", "\n".join(raws)).split("\n")
    fenced, unclosed = find_code(raws)
    lines: list[Line] = []
    marked: list[int] = []
    for index, (raw, line) in enumerate(zip(raws, composed, strict=True)):
        trimmed = line.strip(MARGIN)
        shape: Shape = "code" if index in fenced else _shape_of(trimmed)
        if shape == "tags" and trimmed[0] in "-*+•":
            marked.append(index)
        lines.append(Line(index + 1, raw, trimmed, shape, gaps.get(index, ())))
    for index in marked:
        if _is_in_list(lines, index):
            lines[index] = structs.replace(lines[index], shape="text")
    return tuple(lines), unclosed


def column_of(line: Line, offset: int = 0) -> int:
    """Return the column on disk of a place in a line's text, counted from where the text begins."""
    place = len(line.raw) - len(line.raw.lstrip(MARGIN)) + offset
    for start, length in line.gaps:
        if start > place:
            break
        place += length
    return place + 1


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
        if is_strict_tag_line(text):
            return "tags"
        if heading_level(text):
            return "date" if parse_date_line(text) else "heading"
        return "tags" if read_tag_line(text) else "text"
    if first == ">":
        return "quote"
    if first in "-=_*" and _RULE.fullmatch(text):
        return "rule"
    if first in "hH<":
        return "link" if lone_url(text) else "text"
    if first.isdigit() and parse_date_line(text):
        return "date"
    return "tags" if ("#" in text or "＃" in text) and read_tag_line(text) else "text"


def _is_in_list(lines: Sequence[Line], index: int) -> bool:
    """Return True if a tag line with a list mark is an item among others, as outliners have them."""
    around = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return any(_ITEM.match(line.text) and line.shape == "text" for line in around)
