"""Block rule: a block quote, or a callout if its first line is `[!note] title`, as in Obsidian and on GitHub.

`[!note]-` is folded and `[!note]+` can be folded. A kind that nobody knows looks like a note, under its own name.
"""

import re

from markdown_it.rules_block import StateBlock, blockquote

_FIRST_LINE = re.compile(r"\[!\s*([^\]|\s]+)\s*(?:\|[^\]]*)?\]([+-]?)\s*")
_KINDS = {
    "note": "note",
    "info": "note",
    "todo": "note",
    "abstract": "note",
    "summary": "note",
    "tldr": "note",
    "tip": "tip",
    "hint": "tip",
    "success": "tip",
    "check": "tip",
    "done": "tip",
    "example": "tip",
    "important": "important",
    "question": "important",
    "help": "important",
    "faq": "important",
    "warning": "warning",
    "caution": "warning",
    "attention": "warning",
    "danger": "danger",
    "error": "danger",
    "bug": "danger",
    "failure": "danger",
    "fail": "danger",
    "missing": "danger",
    "quote": "quote",
    "cite": "quote",
}
"""The types people write, each with the one of six looks that it gets."""


def callout(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the block quote that begins at this line, and make a callout of it if it is one."""
    first = len(state.tokens)
    if not blockquote(state, start, end, silent):
        return False
    if silent or len(state.tokens) < first + 4 or state.tokens[first + 1].type != "paragraph_open":
        return True
    title = state.tokens[first + 2]
    match = _FIRST_LINE.match(title.content)
    if match is None:
        return True
    name = match[1].lower()
    meta = {"kind": _KINDS.get(name, "note"), "name": name, "foldable": bool(match[2]), "open": match[2] != "-"}
    title.content = title.content[match.end() :]
    for index, end_of in (
        (first, "callout_open"),
        (first + 1, "callout_title_open"),
        (first + 3, "callout_title_close"),
        (-1, "callout_close"),
    ):
        state.tokens[index].type = end_of
        state.tokens[index].meta = meta
    return True
