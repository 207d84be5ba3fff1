r"""Inline rule: `$…$` and `$$…$$` in a line are math, under Pandoc's rule, so that money stays money.

The opening `$` has no space to its right. The closing one has no space to its left and no digit to its right. Between them
there is no other `$`, no Hangul outside `\text{…}`, and no prose if it begins like a price (`$0.1 million, …`). See
`tex_math_dollars` in Pandoc's manual.
"""

import re

from markdown_it.rules_inline import StateInline

from ...scripts import has_hangul

_INLINE = re.compile(r"\$(?![\s$])((?:[^$\\]|\\.)*?(?:[^\s$\\]|\\.))\$(?!\d)", re.DOTALL)
_DISPLAY = re.compile(r"\$\$((?:[^$\\]|\\.)+)\$\$", re.DOTALL)
_PRICE_IN_PROSE = re.compile(r"\d[\d.,]*[KMBkmb]?\b[^\\]*?[\s,][A-Za-z가-힣]{2,}")


def dollar_math(state: StateInline, silent: bool) -> bool:
    """Take the math that begins here."""
    if state.src[state.pos] != "$":
        return False
    display = _DISPLAY.match(state.src, state.pos, state.posMax)
    match = display or _INLINE.match(state.src, state.pos, state.posMax)
    if match is None or not (display or is_math(match[1])):
        return False
    if not silent:
        token = state.push("math_display" if display else "math_inline", "math", 0)
        token.content = match[1]
        token.markup = "$$" if display else "$"
    state.pos = match.end()
    return True


def is_math(tex: str) -> bool:
    r"""Return True if what stands between marks of math is neither a price in prose nor Hangul outside `\text{…}`."""
    return _PRICE_IN_PROSE.match(tex) is None and ("\\text" in tex or not has_hangul(tex))
