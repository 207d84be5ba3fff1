"""Block rule: a line is a paragraph, since nobody hard-wraps these notes.

Runs first for lines that can't begin anything else, which are nearly all, and last for all that no other rule took. A text
that has only such lines needs no block rules.
"""

import re

from markdown_it.rules_block import StateBlock

ENDS_OF_INTRODUCTIONS = (",", ":", "，", "：")
"""What a line ends in that may introduce a pasted list."""

_MAY_BEGIN_A_BLOCK = re.compile(r"[-+*>#`~$]|\d{1,9}[.)]")


def split_paragraphs(text: str) -> list[str]:
    """Return the lines that aren't blank, as their paragraphs hold them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    unindented = (line.lstrip(" \t") for line in lines)
    return [line.rstrip() for line in unindented if line]


def is_plain(text: str) -> bool:
    """Tell whether a trimmed line can begin nothing but a paragraph."""
    return not (_MAY_BEGIN_A_BLOCK.match(text) or text[-1:] in ENDS_OF_INTRODUCTIONS or "|" in text)


def line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the line as a paragraph.

    Asked in silence whether it ends the block above it, it ends a quotation (no lazy continuation) and, unless it has a
    cell, a table.
    """
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if silent:
        return state.parentType == "blockquote" or "|" not in text
    state.line = start + 1
    add_paragraph(state, start, text.rstrip())
    return True


def plain_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the line as a paragraph if nothing in it can begin another block."""
    if silent:
        return False
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if not is_plain(text):
        return False
    state.line = start + 1
    add_paragraph(state, start, text)
    return True


def add_paragraph(state: StateBlock, line_number: int, text: str) -> None:
    """Push a paragraph of one line."""
    state.push("paragraph_open", "p", 1).map = [line_number, line_number + 1]
    inline = state.push("inline", "", 0)
    inline.content = text
    inline.map = [line_number, line_number + 1]
    inline.children = []
    state.push("paragraph_close", "p", -1)
