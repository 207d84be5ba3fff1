r"""TeX -> MathML, when the site is built. What can't be set is shown as its source.

The result holds the allowed elements and attributes only: no style, no id and no link, whatever the TeX asks for. TeX that
nests too deep is shown as source, because the converter is native code with a finite stack.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

from ..limits import MATH_LENGTH, MATH_NESTING
from .tex import KNOWN_MACROS, Macro, expand_macros, rewrite_tex

if TYPE_CHECKING:
    from math_core import LatexToMathML

_REFUSED = re.compile(r"\\(?:def|gdef|edef|let|newcommand|renewcommand|providecommand)\b")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}\[\]^_&]|[^\\{}\[\]^_&\s]+", re.DOTALL)
_OPENING = ("{", "[", "\\begin", "\\left")
_CLOSING = ("}", "]", "\\end", "\\right")
_NO_MACROS: Mapping[str, Macro] = {}

_TAG = re.compile(r"<([a-z]+)((?: [a-z-]+=\"[^\"]*\")*)(/?)>")
_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_HUGE = re.compile(r"[-+]?(?:(?:[2-9]\d|\d{3,})(?:\.\d*)?r?em|\d{3,}(?:\.\d*)?[a-z]*)")
"""Lengths that no page has room for: they could push it apart."""
_ALIGNED = re.compile(r"text-align: (left|right)")
_FORMULA = re.compile(
    r'(<div class="math" tabindex="0">)?'
    r'(?:<math( display="block")? alttext="([^"]*)">.*?</math>|<code class="math-source">(.*?)</code>)',
    re.DOTALL,
)
LONGEST_NARROW = 24
"""Characters of a formula that fit a line of the narrowest phone. No browser breaks a formula, so a longer one scrolls by itself."""
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


class Formula(Struct, frozen=True):
    """A formula as HTML and as a line of plain text; its source stands for both if it isn't set."""

    html: str
    plain: str
    is_set: bool = True


def set_math(tex: str, *, display: bool, macros: Mapping[str, Macro] = _NO_MACROS) -> Formula:
    """Set TeX as MathML with its source in `alttext`; as `code.math-source` where that can't be done."""
    return _set_expanded(tex.strip(), expand_macros(tex, macros), display=display)


@lru_cache(maxsize=4096)
def _set_expanded(source: str, tex: str, *, display: bool) -> Formula:
    written = escape(source)
    tex = rewrite_tex(tex)
    mathml = _convert(tex, display=display)
    if mathml is None:
        return Formula(f'<code class="math-source">{written}</code>', source, is_set=False)
    if not mathml:
        return Formula("", "")  # it only defines macros
    from .linear import linearize

    line = linearize(_convert(tex, display=False) or "" if display else mathml)
    plain = source if line is None else line
    start = '<math display="block"' if display else "<math"
    html = f'{start} alttext="{written}">{mathml}</math>'
    if not display and len(plain) > LONGEST_NARROW:
        html = f'<span class="wide">{html}</span>'
    return Formula(html, plain)


def math_as_tex(html: str) -> str:
    r"""Return HTML with each formula as its TeX: between `\(` and `\)`, on a line of its own between `\[` and `\]`.

    These are the marks by which MathJax and KaTeX find math in a text. They look for none in `code`.
    """
    return _FORMULA.sub(_write_tex, html) if "<math" in html or "math-source" in html else html


def _write_tex(match: re.Match[str]) -> str:
    is_display, tex = match[1] or match[2], match[3] or match[4]
    return f"{match[1] or ''}\\[{tex}\\]" if is_display else f"\\({tex}\\)"


def _convert(tex: str, *, display: bool) -> str | None:
    """Return the content of a `math` element: empty if the TeX only defined macros, None if it can't be set."""
    if not tex.strip():
        return ""
    if len(tex) > MATH_LENGTH.most or _REFUSED.search(tex) or _nests_deeper_than(tex, MATH_NESTING.most):
        return None
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
        if name in _KEPT and not _HUGE.fullmatch(value):
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

    return LatexToMathML(macros=KNOWN_MACROS, fancy_error=False)
