r"""Block rule: math between `$$` and `$$`, between `\[` and `\]`, or in `\begin{…}` and `\end{…}`, over several lines.

Blank lines may stand within, so the end may be far below. Prose doesn't: a line with Hangul or with `$…$` outside `\text{…}`, a
heading or a fence says that the block was never closed, and then only its first line is text.
"""

import re

from markdown_it.rules_block import StateBlock

from ...model import Finding
from ...scripts import has_hangul
from .line import add_paragraph, begins_with, line_text

_ENVIRONMENT = re.compile(
    r"\\begin\{((?:equation|align|alignat|aligned|gather|gathered|multline|split|eqnarray|flalign|cases|array|[pbvBV]?matrix)\*?)\}"
)
_TEXT = re.compile(r"\\(?:text|mbox|textrm|textbf|textnormal)\s*\{[^{}]*\}|%.*")
_OTHER_BLOCK = re.compile(r"#{1,6} |```|~~~|\[\^[^\]]+\]:")
_MOST_LINES = 200


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the math that begins at this line; what follows its end in the same line is a paragraph."""
    if silent or not begins_with(state, start, ("$$", "\\")):
        return False
    text = line_text(state, start)
    opening, closing = _marks(text)
    if not opening:
        return False
    kept = 0 if closing.startswith("\\end") else len(opening)
    lines = [text[kept:]]
    number = start
    at = _find(lines[0], closing, after=0 if kept else len(opening))
    while at < 0:
        number += 1
        if number >= end or number - start > _MOST_LINES:
            return _leave(state, start, opening)
        lines.append(line_text(state, number))
        at = _find(lines[-1], closing, after=0)
        if _is_prose(lines[-1] if at < 0 else lines[-1][:at]):
            return _leave(state, start, opening)
    last = lines.pop()
    rest = last[at + len(closing) :].strip()
    if number == start and rest:
        return False  # math within a line
    lines.append(last[: at + len(closing)] if kept == 0 else last[:at])
    token = state.push("math_block", "math", 0)
    token.block = True
    token.content = "\n".join(line for line in lines if line.strip())
    token.map = [start, number + 1]
    state.line = number + 1
    if rest:
        add_paragraph(state, number, rest)
    return True


def _marks(text: str) -> tuple[str, str]:
    if text.startswith("$$"):
        return "$$", "$$"
    if text.startswith("\\["):
        return ("\\[", "\\]") if not text.startswith("\\[[") else ("", "")
    environment = _ENVIRONMENT.match(text)
    return (environment[0], f"\\end{{{environment[1]}}}") if environment else ("", "")


def _find(text: str, mark: str, *, after: int) -> int:
    at = text.find(mark, after)
    while at > 0 and text[at - 1] == "\\" and mark == "$$":
        at = text.find(mark, at + 1)
    return at


def _is_prose(text: str) -> bool:
    if has_hangul(text) or "$" in text:
        bare = _TEXT.sub("", text)
        if has_hangul(bare) or bare.count("$") > 1:
            return True
    return _OTHER_BLOCK.match(text) is not None


def _leave(state: StateBlock, start: int, opening: str) -> bool:
    # One dollar sign too many in a line of prose, or an escaped bracket, begins no math.
    if line_text(state, start) == opening or opening.startswith("\\begin"):
        message = f"`{opening}` is never closed, so it is shown as text"
        state.env.setdefault("findings", []).append(Finding("unclosed-math", start, message))
    return False
