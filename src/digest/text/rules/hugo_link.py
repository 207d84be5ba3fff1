"""Inline rule: `[words]({{< ref "b.md#part" >}})`, as Hugo writes a link to another page, is a reference to a note."""

import re

from markdown_it.rules_inline import StateInline

from ...model import Reference

_LINK = re.compile(
    r"""\[(?P<words>[^\[\]\n]{1,400})\]\(\{\{[<%]\s*(?:rel)?ref\s+(?:\.\s+)?(?:path\s*=\s*)?"""
    r"""(?P<quote>["'`]?)(?P<path>[^"'`\s#<>]*)(?P<part>\#[^"'`<>{}]*)?(?P=quote)[^<>{}\n]*[>%]\}\}(?P<outer>\#[^\s()]*)?\)"""
)


def hugo_link(state: StateInline, silent: bool) -> bool:
    """Take the link that begins here."""
    if state.linkLevel:
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    part = (match["part"] or match["outer"] or "").removeprefix("#").strip() if match else ""
    if match is None or not (match["path"] or part):
        return False
    if not silent:
        opening = state.push("reference_open", "a", 1)
        opening.meta = {"reference": Reference("note", match["path"], part), "embed": False}
        end = state.posMax
        state.pos, state.posMax = match.start("words"), match.end("words")
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = end
        state.push("reference_close", "a", -1)
    state.pos = match.end()
    return True
