"""A note's lines -> the same lines without comments: `%%…%%`, `<!-- … -->`, and lines of template tags.

Comments go before anything else reads the text, so that no page, feed, export or index can hold one. Inside fenced code and
inline code they stay. Each line keeps its number and remembers its gaps, so that columns count in the file as it is on disk.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from .fences import fence_mark, find_fence_end

MARKS = ("%%", "<!--", "{%", "{{")
"""A text without any of these holds nothing to remove."""

_TOKEN = re.compile(r"`+|%%|<!--")
_TEMPLATE_LINE = re.compile(r"\s*(?:\{%.*?%\}|\{\{[<%].*?[%>]\}\})(?:\s*(?:\{%.*?%\}|\{\{[<%].*?[%>]\}\}))*\s*")
_EMPTY_COMMENT = re.compile("<!--(?:-?>)")
_PERCENT = re.compile(r"\d%%")


class Comment(Struct, frozen=True):
    """A removed piece of text; lines and columns are 1-based, `last_column` is that behind its end.

    `is_template` is True for a line of template tags, `is_open` for a comment that is never closed.
    """

    first_line: int
    first_column: int
    last_line: int
    last_column: int
    is_template: bool = False
    is_open: bool = False


class Visible(Struct, frozen=True):
    """Lines without comments; `gaps` are the (start, length) of the pieces removed from a line, by its index."""

    raws: tuple[str, ...]
    gaps: dict[int, tuple[tuple[int, int], ...]]
    comments: tuple[Comment, ...]


def hide_comments(raws: Sequence[str], start: int = 0) -> Visible:
    """Remove comments and lines of template tags from the lines at and below an index."""
    cutter = _Cutter(raws)
    comments = tuple(cutter.cut(start))
    gaps = {index: tuple(found) for index, found in cutter.gaps.items()}
    visible = tuple(without_gaps(raw, gaps[index]) if index in gaps else raw for index, raw in enumerate(raws))
    return Visible(visible, gaps, comments)


def without_gaps(raw: str, gaps: Sequence[tuple[int, int]]) -> str:
    """Return a line without the pieces that were removed from it; if only white space is left, it is empty."""
    pieces, place = [], 0
    for start, length in gaps:
        pieces.append(raw[place:start])
        place = start + length
    kept = "".join([*pieces, raw[place:]])
    return kept if kept.strip() else ""


class _Cutter:
    """Goes through the lines once and notes the gaps."""

    def __init__(self, raws: Sequence[str]) -> None:
        self.raws = raws
        self.gaps: dict[int, list[tuple[int, int]]] = {}
        self.unclosed: dict[str, int] = {}

    def cut(self, start: int) -> Iterator[Comment]:
        index = start
        while index < len(self.raws):
            end = self._fence_end(index, self.raws[index])
            if end is not None:
                index = end + 1
                continue
            yield from self._cut_line(index)
            last = self.at
            if index in self.gaps and last == index:
                # What stood before a fence on its line was a comment.
                end = self._fence_end(index, without_gaps(self.raws[index], self.gaps[index]))
                last = end if end is not None else last
            index = last + 1

    def _fence_end(self, index: int, raw: str) -> int | None:
        mark = fence_mark(raw)
        return find_fence_end(self.raws, index + 1, mark, self.unclosed) if mark else None

    def _cut_line(self, index: int) -> Iterator[Comment]:
        """Cut the comments that begin in a line; afterwards `at` is the index of the line where the last one ends."""
        self.at, place = index, 0
        if _is_template_line(self.raws[index]):
            self._gap(index, 0, len(self.raws[index]))
            yield Comment(index + 1, 1, index + 1, len(self.raws[index]) + 1, is_template=True)
            return
        while True:
            raw = self.raws[self.at]
            token = _TOKEN.search(raw, place)
            if token is None:
                return
            if token[0][0] == "`":
                code = re.compile(rf"(?<!`){token[0]}(?!`)").search(raw, token.end())
                place = code.end() if code else token.end()
                continue
            first, begin = self.at, token.start()
            end = self._find_end(token)
            if end is None:
                place = token.end()
                continue
            last, stop = end
            is_open = last == len(self.raws)
            if is_open:
                last, stop = len(self.raws) - 1, len(self.raws[-1])
            self._gap_lines(first, begin, last, stop)
            yield Comment(first + 1, begin + 1, last + 1, stop + 1, is_open=is_open)
            self.at, place = last, stop

    def _find_end(self, token: re.Match[str]) -> tuple[int, int] | None:
        """Return the index of the line and the place in it behind a comment; the number of lines if it is never closed.

        `100%%` is a percentage unless a comment ends on its line.
        """
        raw, mark = token.string, token[0]
        if mark == "<!--" and (empty := _EMPTY_COMMENT.match(raw, token.start())):
            return self.at, empty.end()
        close = "-->" if mark == "<!--" else "%%"
        is_figure = mark == "%%" and raw[token.start() - 1 : token.start()].isdigit()
        place = raw.find(close, token.end())
        if place >= 0:
            both_figures = is_figure and _PERCENT.match(raw, place - 1)
            return None if both_figures else (self.at, place + len(close))
        if is_figure:
            return None
        for index in range(self.at + 1, len(self.raws)):
            if (place := self.raws[index].find(close)) >= 0:
                return index, place + len(close)
        return len(self.raws), 0

    def _gap_lines(self, first: int, begin: int, last: int, stop: int) -> None:
        for index in range(first, last + 1):
            start = begin if index == first else 0
            end = stop if index == last else len(self.raws[index])
            self._gap(index, start, end)

    def _gap(self, index: int, start: int, end: int) -> None:
        raw = self.raws[index]
        # Of the two spaces around a comment one stays.
        if raw[start - 1 : start] == " " and raw[end : end + 1] == " ":
            end += 1
        if end > start:
            self.gaps.setdefault(index, []).append((start, end - start))


def _is_template_line(raw: str) -> bool:
    return "{" in raw and "}" in raw and _TEMPLATE_LINE.fullmatch(raw) is not None
