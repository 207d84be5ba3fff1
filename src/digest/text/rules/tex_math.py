r"""Inline rule: `\(…\)` and `\[…\]` in a line are math if they look like it, and escaped brackets otherwise."""

import re

from markdown_it.rules_inline import StateInline

from .dollar_math import is_math

_ROUND = re.compile(r"\\\(((?:[^\\]|\\(?![()]))+?)\\\)", re.DOTALL)
_SQUARE = re.compile(r"\\\[((?:[^\\]|\\(?![\[\]]))+?)\\\]", re.DOTALL)
_PROSE = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
_TEX = re.compile(r"[\\^_={}<>+]")


def tex_math(state: StateInline, silent: bool) -> bool:
    r"""Take the math that begins at this backslash, or a backslash that ends the line, which marks a line break."""
    pos = state.pos
    if state.src[pos] != "\\":
        return False
    if pos + 1 == len(state.src):
        state.pos += 1
        return True
    mark = state.src[pos + 1]
    if mark not in "([":
        return False
    match = (_ROUND if mark == "(" else _SQUARE).match(state.src, pos, state.posMax)
    if match is None or not _looks_like_math(match[1], square=mark == "["):
        return False
    if not silent:
        token = state.push("math_display" if mark == "[" else "math_inline", "math", 0)
        token.content = match[1]
        token.markup = match[0][:2]
    state.pos = match.end()
    return True


def _looks_like_math(tex: str, *, square: bool) -> bool:
    # Exported notes escape the brackets of `\[1\]`.
    return is_math(tex) and ("\\" in tex or not _PROSE.search(tex)) and (not square or _TEX.search(tex) is not None)
