"""Inline rule: `[[240312 Branch-Train-MiX.md]]` and `[[Title|label]]` are references to notes.

A file ending and a heading inside the note (`#…`) are no part of the target. Inside another link it is text.
"""

import re

from markdown_it.rules_inline import StateInline

from ...model import Reference

_WIKILINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_ENDING = re.compile(r"\.(?:md|markdown|txt)$", re.IGNORECASE)


def wikilink(state: StateInline, silent: bool) -> bool:
    """Take the wikilink that begins here."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = _WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    target = _ENDING.sub("", match[1].partition("#")[0].strip())
    label = (match[2] or "").strip() or target
    if not target or state.linkLevel > 0:
        return False
    if not silent:
        opening = state.push("reference_open", "a", 1)
        opening.meta = {"reference": Reference("note", target)}
        state.push("text", "", 0).content = label
        state.push("reference_close", "a", -1)
    state.pos = match.end()
    return True
