"""Rules for footnotes: `[^1]: …` defines one, `[^1]` refers to it, and `^[…]` does both in its place.

A definition goes on in the indented lines below it. A reference to nothing stays text.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .line import begins_with, line_text

# Names have a limit, so that a line of open brackets is not read to its end for each of them.
_DEFINITION = re.compile(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,200})\]")
_INLINE = re.compile(r"\^\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])+)\]")
_INDENTED = 2


def footnote_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the definition that begins at this line; its blocks are kept apart from the text's."""
    if not begins_with(state, start, "[^"):
        return False
    text = line_text(state, start)
    match = _DEFINITION.match(text)
    if match is None:
        return False
    if silent:
        return True
    after = start + 1
    for number in range(start + 1, end):
        if state.isEmpty(number):
            continue
        if state.sCount[number] - state.blkIndent < _INDENTED:
            break
        after = number + 1
    lines = [text[match.end() :]]
    if after > start + 1:
        lines.append(state.getLines(start + 1, after, state.blkIndent + _INDENTED, False))
    tokens: list[Token] = []
    inner = StateBlock("\n".join(lines), state.md, state.env, tokens)
    inner.level = state.level + 1
    state.md.block.tokenize(inner, 0, inner.lineMax)
    for token in tokens:
        token.map = [start + token.map[0], start + token.map[1]] if token.map else None
    state.env.setdefault("footnotes", {}).setdefault(match[1], tokens)
    state.line = after
    return True


def footnote_reference(state: StateInline, silent: bool) -> bool:
    """Take the reference, or the footnote written in its place, that begins here."""
    if state.src[state.pos] not in "[^" or state.linkLevel > 0:
        return False
    notes = state.env.setdefault("footnotes", {})
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match:
        name = match[1]
        if name not in notes:
            return False
    else:
        match = _INLINE.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        name = f"^{len(notes)}"
    if not silent:
        if name not in notes:
            notes[name] = _paragraph(match[1].strip())
        state.push("footnote_reference", "", 0).meta = {"name": name}
    state.pos = match.end()
    return True


def _paragraph(text: str) -> list[Token]:
    inline = Token("inline", "", 0, content=text, children=[])
    return [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]
