"""Inline rule: `[[240312 Branch-Train-MiX.md]]` and `[[Title#Heading|label]]` are references to notes.

`[[#Heading]]` leads to a place in the same note, `![[Title]]` shows another note's excerpt, `![[plot.png|300]]` a file. Inside
another link they are text.
"""

import re

from markdown_it.rules_inline import StateInline

from ...model import Reference
from ..targets import media_of, split_size, wikilink_reference

_WIKILINK = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


def wikilink(state: StateInline, silent: bool) -> bool:
    """Take the wikilink or the embed that begins here."""
    if not state.src.startswith(("[[", "![["), state.pos):
        return False
    match = _WIKILINK.match(state.src, state.pos, state.posMax)
    reference = wikilink_reference(match[2]) if match else None
    if match is None or reference is None or state.linkLevel > 0:
        return False
    if not silent:
        label = (match[3] or "").strip()
        media = media_of(reference.target) if reference.kind == "file" else None
        if match[1] and media and media != "document":
            _push_file(state, reference, label)
        else:
            _push_link(state, reference, label, embed=bool(match[1]) and reference.kind == "note")
    state.pos = match.end()
    return True


def _push_file(state: StateInline, reference: Reference, label: str) -> None:
    words, width, height = split_size(label)
    token = state.push("file", "img", 0)
    token.content = words
    token.meta = {"reference": reference, "width": width, "height": height}


def _push_link(state: StateInline, reference: Reference, label: str, *, embed: bool) -> None:
    opening = state.push("reference_open", "a", 1)
    opening.meta = {"reference": reference, "embed": embed}
    state.push("text", "", 0).content = label or reference.target or reference.part.lstrip("^")
    state.push("reference_close", "a", -1)
