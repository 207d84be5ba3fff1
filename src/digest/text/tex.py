r"""TeX as people write it -> TeX that the converter knows: an author's macros expanded, and missing commands rewritten.

`\newcommand`, `\def` and `\DeclareMathOperator` hold for the whole entry that defines them. Expansion has a limit, so that
no definition can grow without end.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from ..limits import MATH_LENGTH

_MOST_EXPANSIONS = 500

_DEFINING = ("\\newcommand", "\\renewcommand", "\\providecommand", "\\def", "\\gdef", "\\DeclareMathOperator")
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|(?P<operator>DeclareMathOperator))(?P<star>\*?)\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))\s*(?:\[(?P<count>\d)\])?\s*(?=\{)"
    r"|\\g?def\s*\\(?P<plain>[A-Za-z]+)(?P<parameters>(?:#\d)*)\s*(?=\{)"
)
_PARAMETER = re.compile(r"#(\d)")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\.", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]+)\*?\}(\{\d+\})?")
_WRITTEN_AS = {
    "align": "aligned",
    "alignat": "aligned",
    "alignedat": "aligned",
    "eqnarray": "aligned",
    "equation": "gathered",
    "flalign": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "smallmatrix": "matrix",
    "split": "aligned",
    "subequations": "gathered",
}
"""Environments, each with the unnumbered one it is written as: a formula has no number unless its author gives one."""
_UNICODE = re.compile(r"\\unicode\{x([0-9A-Fa-f]{2,5})\}")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")
_SUBSTACK = re.compile(r"\\substack\s*\{")
_TEXT = re.compile(r"\\(?:text|mbox|textup|textnormal)\s*\{((?:[^{}\\]|\\.)*)\}")
# Kramdown wants brackets escaped even in math (`\[0, 1\]`).
_ESCAPED_BRACKET = re.compile(r"(?<!\\)\\([\[\]])")
_UNDERSCORE = re.compile(r"(?<!\\)_")
_ESCAPED = r"\\_"
_SIZES = re.compile(
    r"\\(?:tiny|small|normalsize|large|Large|huge|Huge|smash|ensuremath|limits(?=\s*_)(?<=\}\\limits))(?![A-Za-z])"
)

KNOWN_MACROS = {
    "abs": r"\left\lvert #1\right\rvert",
    "hdots": r"\ldots",
    "hfill": r"\quad",
    "mathbbm": r"\mathbb",
    "mathds": r"\mathbb",
    "norm": r"\left\lVert #1\right\rVert",
    "pmb": r"\boldsymbol",
    "textbackslash": r"\backslash",
    "vcenter": "#1",
    "widetilde": r"\tilde",
}
"""Commands that the converter lacks, as macros in its notation."""


class Macro(Struct, frozen=True):
    """What a command stands for: its body, with `#1` where the first of `count` arguments goes."""

    body: str
    count: int = 0


def find_macros(text: str) -> dict[str, Macro]:
    """Return the macros that a text defines, by their names; a later definition replaces an earlier one."""
    if not any(word in text for word in _DEFINING):
        return {}
    return _cut_definitions(text)[1]


def expand_macros(tex: str, macros: Mapping[str, Macro]) -> str:
    """Expand an author's macros, and those that the formula itself defines."""
    if any(word in tex for word in _DEFINING):
        tex, own = _cut_definitions(tex)
        macros = {**macros, **own}
    return _expand(tex, macros) if macros and "\\" in tex else tex


def _cut_definitions(text: str) -> tuple[str, dict[str, Macro]]:
    """Return a text without its definitions, and the macros they define."""
    macros: dict[str, Macro] = {}
    kept: list[str] = []
    position = 0
    while match := _DEFINITION.search(text, position):
        body, end = _argument(text, match.end())
        if end == match.end():
            kept.append(text[position : match.end()])
            position = match.end()
            continue
        name = match["braced"] or match["bare"] or match["plain"]
        count = int(match["count"] or 0) or len(match["parameters"] or "") // 2
        operator = f"\\operatorname{match['star']}{{{body}}}"
        macros[name] = Macro(operator if match["operator"] else body, count)
        kept.append(text[position : match.start()])
        position = end
    return "".join(kept) + text[position:], macros


def _expand(tex: str, macros: Mapping[str, Macro]) -> str:
    position = 0
    for _ in range(_MOST_EXPANSIONS):
        match = next((found for found in _COMMAND.finditer(tex, position) if found[1] in macros), None)
        if match is None:
            return tex
        macro = macros[match[1]]
        end = match.end()
        arguments = []
        for _ in range(macro.count):
            argument, end = _argument(tex, end)
            arguments.append(argument)
        body = _fill(macro.body, arguments)
        # A body that ends in a command must not run into the letter that follows.
        gap = " " if tex[end : end + 1].isalpha() else ""
        tex = f"{tex[: match.start()]}{body}{gap}{tex[end:]}"
        position = match.start()
        if len(tex) > MATH_LENGTH.most:
            break
    return tex


def _fill(body: str, arguments: list[str]) -> str:
    """Return a macro's body with its arguments in place; one that isn't given is empty."""
    return _PARAMETER.sub(lambda match: dict(enumerate(arguments, 1)).get(int(match[1]), ""), body)


def _argument(tex: str, start: int) -> tuple[str, int]:
    """Return the argument that begins at or after `start`, without its braces, and where it ends."""
    while tex[start : start + 1].isspace():
        start += 1
    if not tex.startswith("{", start):
        command = _COMMAND.match(tex, start)
        end = command.end() if command else min(start + 1, len(tex))
        return tex[start:end], end
    depth = 0
    for brace in _BRACE.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return tex[start + 1 : brace.start()], brace.end()
    return "", start


def rewrite_tex(tex: str) -> str:
    """Rewrite the environments and commands that the converter lacks."""
    if "\\" not in tex:
        return tex
    if "\\begin" in tex:
        tex = _ENVIRONMENT.sub(_write_environment, tex)
    if "\\substack" in tex:
        tex = _rewrite_substacks(tex)
    if "ref" in tex or "\\label" in tex or "\\tag" in tex:
        tex = _TAG.sub(lambda tag: rf"\qquad\text{{{tag[2] if tag[1] else f'({tag[2]})'}}}", _LABEL.sub("", tex))
        tex = _REFERENCE.sub(lambda label: rf"\text{{{f'({label[2]})' if label[1] else label[2]}}}", tex)
    if "\\unicode" in tex:
        tex = _UNICODE.sub(_write_character, tex)
    if "\\[" in tex or "\\]" in tex:
        tex = _ESCAPED_BRACKET.sub(r"\1", tex)
    tex = _TEXT.sub(_write_text, tex)
    return _SIZES.sub("", tex)


def _write_character(match: re.Match[str]) -> str:
    """Write a character given by its number; a number of nothing visible stays, so that the formula is shown as its source."""
    char = chr(int(match[1], 16))
    return rf"\text{{{char}}}" if char.isprintable() else match[0]


def _write_environment(match: re.Match[str]) -> str:
    name = match[2]
    if name not in _WRITTEN_AS:
        return match[0]
    # Only `alignat` and its kin have a number of columns, and what they are written as has none.
    after = "" if name.endswith(("at", "ated")) else match[3] or ""
    return f"\\{match[1]}{{{_WRITTEN_AS[name]}}}{after}"


def _rewrite_substacks(tex: str) -> str:
    for _ in range(_MOST_EXPANSIONS):
        match = _SUBSTACK.search(tex)
        if match is None:
            break
        lines, end = _argument(tex, match.end() - 1)
        if end == match.end() - 1:
            break
        tex = f"{tex[: match.start()]}{{\\begin{{subarray}}{{c}}{lines}\\end{{subarray}}}}{tex[end:]}"
    return tex


def _write_text(match: re.Match[str]) -> str:
    r"""Write `\text{where $x$}` as text, math, text, and escape the underscores in it."""
    parts = match[1].split("$")
    if len(parts) % 2 == 0:
        return match[0]
    written = []
    for number, part in enumerate(parts):
        if number % 2:
            written.append(f"{{{part}}}")
        elif part or len(parts) == 1:
            written.append(f"\\text{{{_UNDERSCORE.sub(_ESCAPED, part)}}}")
    return "".join(written)
