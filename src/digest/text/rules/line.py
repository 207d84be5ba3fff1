"""Block rule: a line is a paragraph, because nobody hard-wraps these notes.

The rule runs first for lines that can't begin anything else, which are nearly all, and last for every line that no other
rule took. A text of such lines alone needs no block rules.
"""

import re

from markdown_it.rules_block import StateBlock

ENDS_OF_INTRODUCTIONS = (",", ":", "，", "：")
"""What a line ends in that may introduce a pasted list."""

_MAY_BEGIN_A_BLOCK = re.compile(r"[-+*>#`~$]|\d{1,9}[.)]|<[A-Za-z/]|\\(?:\[|begin)|\[\^|!\[|\{[%{:]")
_BLOCK_ID = re.compile(r"(?:^|(?<=\S)\s+)\^([A-Za-z0-9-]+)$")
_TASK = re.compile(r"\[([ xX/<>!?*-])\][ \t]+(?=\S)")
_TEMPLATE_LINE = re.compile(r"(?:(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|\{:[^{}]*\})\s*)+")


def split_paragraphs(text: str) -> list[str]:
    """Return the lines that aren't blank, as their paragraphs hold them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    unindented = (line.lstrip(" \t") for line in lines)
    return [line.rstrip() for line in unindented if line]


def is_plain(text: str) -> bool:
    """Return True if a trimmed line can begin nothing but a paragraph."""
    is_other = _MAY_BEGIN_A_BLOCK.match(text) or text[-1:] in ENDS_OF_INTRODUCTIONS or "|" in text
    return not (is_other or "<details" in text)


def line_text(state: StateBlock, number: int) -> str:
    """Return a line of the block that is being read, without the space around it."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def begins_with(state: StateBlock, number: int, marks: str | tuple[str, ...]) -> bool:
    """Return True if a line of the block begins with one of some marks."""
    return state.src.startswith(marks, state.bMarks[number] + state.tShift[number])


def line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the line as a paragraph.

    Asked in silence whether the line ends the block above it, answer that it ends a quotation (there is no lazy
    continuation) and, unless it has a cell, a table.
    """
    text = line_text(state, start)
    if silent:
        return state.parentType == "blockquote" or "|" not in text
    state.line = start + 1
    add_paragraph(state, start, text)
    return True


def plain_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the line as a paragraph if nothing in it can begin another block."""
    if silent:
        return False
    text = line_text(state, start)
    if not is_plain(text):
        return False
    state.line = start + 1
    add_paragraph(state, start, text)
    return True


def add_paragraph(state: StateBlock, line_number: int, text: str) -> None:
    """Push a paragraph of one line, without the id of a block at its end and the box of a task at its start.

    A line of template tags alone is counted and left out.
    """
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [line_number, line_number + 1]
    if "^" in text and (block := _BLOCK_ID.search(text)):
        opening.meta["anchor"] = f"^{block[1]}"
        text = text[: block.start()]
    if text[:1] == "[" and state.parentType == "list" and (task := _TASK.match(text)):
        opening.meta["task"] = task[1]
        text = text[task.end() :]
    if text[:1] == "{" and _TEMPLATE_LINE.fullmatch(text):
        state.env["template_tags"] = (
            state.env.get("template_tags", 0) + text.count("{%") + text.count("{{") + text.count("{:")
        )
        text = ""
    inline = state.push("inline", "", 0)
    inline.content = text
    inline.map = [line_number, line_number + 1]
    inline.children = []
    state.push("paragraph_close", "p", -1)
