"""A note's lines -> the same lines without comments and without lines of template tags.

Comments are `%%…%%`, `<!-- … -->`, `[//]: # (…)`, those of Liquid, Hugo, Handlebars and Jinja, and elements of HTML that their
attributes hide. They go before anything else reads the text, so that no page, feed, export or index can hold one. Inside
fenced code and inline code they stay. Each line keeps its number and remembers its gaps, so that columns count in the file as
it is on disk.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from .fences import CodeSpans, fence_mark, find_fence_end

MARKS = ("%%", "<!--", "{%", "{{", "{#", "]: #", "]: <", " hidden", "display:", "display :", "visibility")
"""A text without any of these holds nothing to remove."""

_TOKEN = re.compile(
    r"""(?P<escape>\\[`\\])|(?P<code>`+)|(?P<percent>%{2,})|(?P<html><!--)"""
    r"""|(?P<liquid>\{%-?\s*comment\s*-?%\})|(?P<shortcode>\{\{[<%]\s*comment\s*[>%]\}\})"""
    r"""|(?P<hugo>\{\{-?\s*/\*)|(?P<handlebars>\{\{!--)|(?P<jinja>\{\#(?=[\s-])(?=.{0,1000}?\#\}))"""
    r"""|(?P<element><(?P<name>[a-z][a-z0-9]*)(?P<attributes>\s[^<>]{0,400})>)""",
    re.IGNORECASE,
)
_CLOSES = {
    "html": re.compile("-->"),
    "liquid": re.compile(r"\{%-?\s*endcomment\s*-?%\}", re.IGNORECASE),
    "shortcode": re.compile(r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}", re.IGNORECASE),
    "hugo": re.compile(r"\*/\s*-?\}\}"),
    "handlebars": re.compile(r"--\}\}"),
    "jinja": re.compile(r"\#\}"),
    "percent": re.compile("%{2,}"),
}
# No tag reaches beyond its own end, so that there is one way to match a line of many.
_TEMPLATE_LINE = re.compile(r"(?:\s*(?:\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?![%>]\}\}).)*[%>]\}\}))+\s*")
_COMMENT_TAG = re.compile(r"\{[{%][<%-]*\s*/?\s*(?:end)?comment\s*[-%>]*[%}]", re.IGNORECASE)
# A definition of a link to nowhere: CommonMark shows nothing of it, so people comment with it.
_DEFINITION = re.compile(r"""\s*(?:[-*+>]\s+)*\[[^\[\]]+\]:\s*(?:\#|<\#?>)\s*(?:$|(?P<mark>["'(]))""")
_NAMED_DEFINITION = re.compile(r"\s*(?:[-*+>]\s+)*\[(?://|comment|_|\#)\]:\s*(?:\#|<\#?>)", re.IGNORECASE)
_HIDDEN = re.compile(r"\shidden(?=[\s=/]|$)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(
    r"\sstyle\s*=.{0,300}?(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE | re.DOTALL
)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_VOID = frozenset(["br", "hr", "img", "input", "source", "wbr"])
_EMPTY_COMMENT = re.compile("<!--(?:-?>)")
_PERCENT = re.compile(r"\d%%")
_OPENING = re.compile(r"(?:^|(?<=\s))%%(?=[^\s%])")


_Place = tuple[int, int]
"""The index of a line and a place in it."""


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


def without_comments(text: str) -> str:
    """Return a text of one line without the comments in it."""
    return hide_comments([text]).raws[0] if any(mark in text for mark in MARKS) else text


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
        self.element_ends: dict[str, dict[_Place, _Place]] = {}

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
        if (last := self._definition_end(index)) is not None:
            self.at = last
            yield self._cut_out(index, 0, last, len(self.raws[last]))
            return
        spans = None
        while True:
            raw = self.raws[self.at]
            token = _TOKEN.search(raw, place)
            if token is None:
                return
            if token.lastgroup == "escape":
                place = token.end()
                continue
            if token["code"]:
                spans = spans or CodeSpans(raw)
                place = spans.close(token.start(), token.end()) or token.end()
                continue
            first, begin = self.at, token.start()
            end = self._find_end(token)
            if end is None:
                place = token.start() + 1 if token["element"] else token.end()
                continue
            last, stop = end
            is_open = last == len(self.raws)
            if is_open:
                last, stop = len(self.raws) - 1, len(self.raws[-1])
            yield self._cut_out(first, begin, last, stop, is_open=is_open)
            if last != first:
                spans = None
            self.at, place = last, stop

    def _cut_out(self, first: int, begin: int, last: int, stop: int, *, is_open: bool = False) -> Comment:
        self._gap_lines(first, begin, last, stop)
        return Comment(first + 1, begin + 1, last + 1, stop + 1, is_open=is_open)

    def _definition_end(self, index: int) -> int | None:
        """Return the index of the line that ends a comment such as `[//]: # (words)`, which may go on in the next lines."""
        raw = self.raws[index]
        match = _DEFINITION.match(raw) if "]:" in raw else None
        if match is None or not match["mark"]:
            return index if match or ("]:" in raw and _NAMED_DEFINITION.match(raw)) else None
        close = ")" if match["mark"] == "(" else match["mark"]
        for last in range(index, len(self.raws)):
            text = self.raws[last].rstrip()
            if not text or (last > index and _DEFINITION.match(text)):
                break
            if text.endswith(close) and (last > index or len(text) > match.end()):
                return last
        return index

    def _find_end(self, token: re.Match[str]) -> tuple[int, int] | None:
        """Return the index of the line and the place in it behind a comment; the number of lines if it is never closed.

        None if no comment begins here.
        """
        raw = token.string
        if token["html"] and (empty := _EMPTY_COMMENT.match(raw, token.start())):
            return self.at, empty.end()
        if token["element"]:
            return self._find_element_end(token)
        if token["percent"]:
            return self._find_percent_end(token)
        kind = next(name for name in _CLOSES if token[name])
        return self._find_close(_CLOSES[kind], token.end()) or (len(self.raws), 0)

    def _find_close(self, close: re.Pattern[str], place: int) -> tuple[int, int] | None:
        for index in range(self.at, len(self.raws)):
            if found := close.search(self.raws[index], place if index == self.at else 0):
                return index, found.end()
        return None

    def _find_percent_end(self, token: re.Match[str]) -> tuple[int, int] | None:
        """Find the end of `%%`, or of a longer run, which may be a comment without words.

        `100%%` is a percentage unless a comment ends on its line.
        """
        raw = token.string
        if len(token[0]) > 3:
            place = raw.find(token[0], token.end())
            return self.at, place + len(token[0]) if place >= 0 else token.end()
        close = _CLOSES["percent"].search(raw, token.end())
        if raw[token.start() - 1 : token.start()].isdigit():
            rest = raw.count("%%", token.end(), token.end() + 1_000)
            if not close or rest % 2 == 0 or _PERCENT.match(raw, close.start() - 1):
                return None
            # `100%% and %%a comment` that goes on in the next line
            if rest == 1 and raw[token.end() : token.end() + 1].isspace() and _OPENING.match(raw, close.start()):
                return None
        if close:
            return self.at, close.end()
        return self._find_close(_CLOSES["percent"], token.end()) or (len(self.raws), 0)

    def _find_element_end(self, token: re.Match[str]) -> tuple[int, int] | None:
        """Find the end of an element that its attributes hide; a tag that is never closed is text."""
        name = token["name"].lower()
        attributes = token["attributes"]
        if not (_HIDDEN.search(_QUOTED.sub("''", attributes)) or _HIDDEN_STYLE.search(attributes)):
            return None
        if name in _VOID:
            return self.at, token.end()
        if name not in self.element_ends:
            self.element_ends[name] = _match_tags(self.raws, name)
        return self.element_ends[name].get((self.at, token.end()))

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


def _match_tags(raws: Sequence[str], name: str) -> dict[_Place, _Place]:
    """Map the end of every start tag of a name to the end of its end tag."""
    tags = re.compile(rf"<(/?){name}(?=[\s>/])[^<>]*>", re.IGNORECASE)
    opened: list[_Place] = []
    ends: dict[_Place, _Place] = {}
    for index, raw in enumerate(raws):
        for tag in tags.finditer(raw):
            if not tag[1]:
                opened.append((index, tag.end()))
            elif opened:
                ends[opened.pop()] = index, tag.end()
    return ends


def _is_template_line(raw: str) -> bool:
    return (
        "{" in raw
        and "}" in raw
        and _TEMPLATE_LINE.fullmatch(raw) is not None
        and _COMMENT_TAG.search(raw) is None  # its inside is hidden as well
    )
