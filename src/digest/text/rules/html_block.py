"""Block rule: an element of the safe set that begins a line, up to its end tag.

What is inside `details`, `div`, `center`, `p` and `blockquote` is read as Markdown, tables and lists are taken as they are.
A tag without its other one is left out. An element of a line (`<a …>`) whose end tag stands in a later line makes one
paragraph of these lines.
"""

import re
from textwrap import dedent

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

from ..html import CONTAINERS, PHRASING, RAW, TAG, VOID, block_tokens, tag_token
from .line import add_paragraph, begins_with, line_text

_BLOCKS = CONTAINERS | RAW
_SUMMARY = re.compile(r"\s*<summary(?:\s[^<>]*)?>(.*?)</summary\s*>", re.DOTALL | re.IGNORECASE)
_BEGINS = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>]|$)")
_DETAILS = re.compile(r"<details(?=[\s>])(?:[^<>]*)>\s*(?=<summary)", re.IGNORECASE)
_FENCE = re.compile(r"[ >]*(```|~~~)")
_MOST_JOINED = 20


class _Element(Struct, frozen=True):
    """An element in a text: the start tag, and where its inside and the whole of it end."""

    tag: Token
    start: int
    inside: int
    inside_end: int
    end: int


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the element that begins at this line."""
    if silent:
        return False
    if not begins_with(state, start, "<"):
        return _split_line(state, start, end)
    match = _BEGINS.match(line_text(state, start))
    name = match[1].lower() if match else ""
    if name == "iframe" or (name in PHRASING and name not in RAW):
        return _join_lines(state, start, end, name)
    if name not in _BLOCKS:
        return False
    after = _end_line(state, start, end, name)
    if after is None:
        return _leave_out(state, start, end, name)
    source = state.getLines(start, after, state.blkIndent, False)
    element = _element_at(source, len(source) - len(source.lstrip()))
    if element is None:
        return _leave_out(state, start, end, name)
    base = len(state.tokens)
    _push_element(state, element, source)
    _place(state.tokens[base:], start)
    state.line = after
    rest = source[element.end :].strip()
    if rest:
        add_paragraph(state, after - 1, rest)
    return True


def _split_line(state: StateBlock, start: int, end: int) -> bool:
    """Take a line in which `details` begins behind other words: a paragraph and the element."""
    text = line_text(state, start)
    match = _DETAILS.search(text) if "<" in text else None
    if match is None or text.count("`", 0, match.start()) % 2:
        return False
    before = state.tShift[start], state.sCount[start], state.bMarks[start]
    state.bMarks[start] += state.tShift[start] + match.start()
    state.tShift[start], state.sCount[start] = 0, state.blkIndent
    base = len(state.tokens)
    add_paragraph(state, start, text[: match.start()].rstrip())
    # Only the element's own lines are read from here.
    taken = html_block(state, start, end, False)
    if not taken:
        del state.tokens[base:]
    state.tShift[start], state.sCount[start], state.bMarks[start] = before
    return taken


def _push_element(state: StateBlock, element: _Element, source: str) -> None:
    tag, inside = element.tag, source[element.inside : element.inside_end]
    name = tag.tag
    if name in RAW:
        token = state.push("html_raw", "", 0)
        token.children = block_tokens(source[element.start : element.end])
        return
    if name[0] == "h":
        state.push("heading_open", name, 1)
        _push_inline(state, inside)
        state.push("heading_close", name, -1)
        return
    state.push("element_open", name, 1).attrs = tag.attrs
    if name == "p":
        for paragraph in re.split(r"\n[ \t]*\n", inside):
            if paragraph.strip():
                state.push("paragraph_open", "p", 1)
                _push_inline(state, paragraph)
                state.push("paragraph_close", "p", -1)
    else:
        summary = _SUMMARY.match(inside) if name == "details" else None
        if summary:
            state.push("summary_open", "summary", 1)
            _push_inline(state, summary[1])
            state.push("summary_close", "summary", -1)
        _parse_inside(state, inside[summary.end() if summary else 0 :])
    state.push("element_close", name, -1).attrs = tag.attrs


def _push_inline(state: StateBlock, text: str) -> None:
    inline = state.push("inline", "", 0)
    inline.content = "\n".join(line.strip() for line in text.strip().split("\n"))
    inline.children = []
    inline.map = [0, 1]


def _parse_inside(state: StateBlock, text: str) -> None:
    lines = text.lstrip("\n")
    skipped = text.count("\n") - lines.count("\n")
    base = len(state.tokens)
    inner = StateBlock(dedent(lines), state.md, state.env, state.tokens)
    inner.level = state.level + 1
    state.md.block.tokenize(inner, 0, inner.lineMax)
    _place(state.tokens[base:], skipped)


def _place(tokens: list[Token], line: int) -> None:
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + line, token.map[1] + line]


def _leave_out(state: StateBlock, start: int, end: int, name: str) -> bool:
    """Leave out a tag that has no other one; a table goes on to the next blank line, where the sanitiser ends it."""
    text = line_text(state, start)
    match = TAG.match(text)
    if match is None:
        return False
    if name in VOID or (name in RAW and not match["slash"]):
        is_single = name in VOID or name in ("video", "audio")
        after = start + 1
        while not is_single and after < end and not state.isEmpty(after):
            after += 1
        source = match[0] if is_single else state.getLines(start, after, state.blkIndent, False)
        state.push("html_raw", "", 0).children = block_tokens(source)
        state.line = after
        if is_single and (rest := text[match.end() :].strip()):
            add_paragraph(state, start, rest)
        return True
    rest = text[match.end() :].strip()
    state.line = start + 1
    if rest:
        add_paragraph(state, start, rest)
    return True


def _join_lines(state: StateBlock, start: int, end: int, name: str) -> bool:
    """Take lines as one paragraph if the first begins an element, or a tag, that a later one ends."""
    lines: list[str] = []
    unread, opened, seen = "", 0, False
    for number in range(start, min(end, start + _MOST_JOINED)):
        text = line_text(state, number)
        if not text:
            return False
        lines.append(text)
        unread = f"{unread}\n{text}" if unread else text
        tags = [match["slash"] for match in TAG.finditer(unread) if match["name"].lower() == name]
        opened += sum(-1 if slash else 1 for slash in tags)
        seen = seen or bool(tags)
        if seen and (name in VOID or opened <= 0):
            break
        last = unread.rfind("<")
        unread = unread[last:] if ">" not in unread[last:] else ""
    else:
        return False
    if len(lines) == 1:
        return False
    add_paragraph(state, start, "\n".join(lines))
    state.line = start + len(lines)
    return True


def _element_at(source: str, start: int) -> _Element | None:
    match = TAG.match(source, start)
    tag = tag_token(match) if match else None
    if match is None or tag is None or tag.type != "html_open":
        return None
    end = _ends(source).get(start)
    return _Element(tag, start, match.end(), end[0], end[1]) if end else None


def _end_line(state: StateBlock, start: int, end: int, name: str) -> int | None:
    """Return the line after the one that ends the element of this line, or None if there is none."""
    known: tuple[str, dict[int, tuple[int, int]]] = state.env.get("html_ends", ("", {}))
    if known[0] is not state.src:
        known = state.env["html_ends"] = (state.src, _ends(state.src))
    found = known[1].get(state.bMarks[start] + state.tShift[start])
    if found is None:
        return None
    after = start + 1
    while after < end and state.eMarks[after - 1] < found[1]:
        after += 1
    return after if state.eMarks[after - 1] >= found[1] else None


def _ends(source: str) -> dict[int, tuple[int, int]]:
    """Map the start of every block element to where its end tag begins and ends; tags inside fences are code."""
    ends: dict[int, tuple[int, int]] = {}
    opened: list[tuple[str, int]] = []
    counts: dict[str, int] = {}
    position = 0
    fence = ""
    for line in source.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or fence == mark[1]):
            fence = "" if fence else mark[1]
        if not fence and "<" in line:
            for match in TAG.finditer(source, position):
                if match.start() >= position + len(line):
                    break
                name = match["name"].lower()
                if name not in _BLOCKS or name in VOID:
                    continue
                if not match["slash"]:
                    opened.append((name, match.start()))
                    counts[name] = counts.get(name, 0) + 1
                elif counts.get(name):
                    while True:
                        other, start = opened.pop()
                        counts[other] -= 1
                        if other == name:
                            ends[start] = (match.start(), match.end())
                            break
        position += len(line) + 1
    return ends
