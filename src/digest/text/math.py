"""TeX -> MathML, at build time; the source text where it cannot be set.

The result is of the allowed elements and attributes only: no style, no id, no link, whatever the TeX asks for. TeX that
defines commands or nests without end is shown as source, since the converter is native code with a finite stack.
"""

import re
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML

_LONGEST = 4_000
_DEEPEST = 40

_REFUSED = re.compile(r"\\(?:def|gdef|edef|let|newcommand|renewcommand|providecommand|eqref|label|tag)\b")
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|gather)\*?\}")
_UNNUMBERED = {"equation": "gathered", "align": "aligned", "gather": "gathered"}
_UNICODE = re.compile(r"\\unicode\{x([0-9A-Fa-f]{2,5})\}")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}\[\]^_&]|[^\\{}\[\]^_&\s]+", re.DOTALL)
_OPENING = ("{", "[", "\\begin", "\\left")
_CLOSING = ("}", "]", "\\end", "\\right")

_TAG = re.compile(r"<([a-z]+)((?: [a-z-]+=\"[^\"]*\")*)(/?)>")
_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_ALIGNED = re.compile(r"text-align: (left|right)")
_KEPT = frozenset(
    {
        "accent",
        "accentunder",
        "columnalign",
        "columnspan",
        "depth",
        "display",
        "displaystyle",
        "fence",
        "form",
        "height",
        "largeop",
        "linethickness",
        "lspace",
        "mathsize",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "notation",
        "rowspan",
        "rspace",
        "scriptlevel",
        "separator",
        "stretchy",
        "symmetric",
        "voffset",
        "width",
    }
)


@lru_cache(maxsize=4096)
def render_math(tex: str, *, display: bool) -> str:
    """Set TeX as MathML with its source in `alttext`, or as `code.math-source` where it cannot be set."""
    source = escape(tex.strip())
    mathml = _convert(tex, display=display)
    if mathml is None:
        return f'<code class="math-source">{source}</code>'
    start = '<math display="block"' if display else "<math"
    return f'{start} alttext="{source}">{mathml}</math>'


@lru_cache(maxsize=4096)
def read_math(tex: str) -> str:
    """Write TeX as a line of plain text; its source where it cannot be set."""
    mathml = _convert(tex, display=False)
    if mathml is None:
        return tex.strip()
    from .linear import linearize

    line = linearize(mathml)
    return tex.strip() if line is None else line


def _convert(tex: str, *, display: bool) -> str | None:
    if not tex.strip() or len(tex) > _LONGEST or _REFUSED.search(tex) or _nests_deeper_than(tex, _DEEPEST):
        return None
    tex = _NUMBERED.sub(lambda match: f"\\{match[1]}{{{_UNNUMBERED[match[2]]}}}", tex)
    tex = _UNICODE.sub(lambda match: rf"\text{{{chr(int(match[1], 16))}}}", tex)
    from math_core import LatexError

    try:
        mathml = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError:
        return None
    content = mathml[mathml.index(">") + 1 : mathml.rindex("</math>")].replace("&ApplyFunction;", "\u2061")
    return _TAG.sub(_keep_allowed, content)


def _keep_allowed(match: re.Match[str]) -> str:
    kept = []
    for name, value in _ATTRIBUTE.findall(match[2]):
        if name in _KEPT:
            kept.append(f' {name}="{value}"')
        elif name == "style" and (aligned := _ALIGNED.search(value)):
            kept.append(f' class="{aligned[1]}"')
    return f"<{match[1]}{''.join(kept)}{match[3]}>"


def _nests_deeper_than(tex: str, limit: int) -> bool:
    # A command may take the next one as its argument, so a run of commands nests as braces do.
    groups: list[int] = []
    depth = run = 0
    for token in _TOKEN.findall(tex):
        if token in _OPENING:
            groups.append(run + 1)
            depth += run + 1
            run = 0
        elif token in _CLOSING:
            depth -= groups.pop() if groups else 0
            run = 0
        elif token[0] in "\\^_":
            run += 1
        else:
            run = 0
        if depth + run > limit:
            return True
    return False


@cache
def _converter() -> "LatexToMathML":
    from math_core import LatexToMathML

    return LatexToMathML(macros={"textbackslash": r"\backslash"}, fancy_error=False)
