"""Marks that only kramdown has -> Markdown: attributes, notices, comments, tables of contents and formulas."""

import re

from .imported import LeftOut
from .pages import Page
from .prose import outside_code, split_code, write_callout

_LIST = re.compile(r"\{:[^{}\n]*\}")
_BLOCK_LIST = re.compile(r"[ \t>]*\{:(?P<inside>[^{}\n]*)\}[ \t]*")
_SPAN_LIST = re.compile(r"(?:(?<=[)*_`\]>])|\A)\{:[^{}\n]*\}")
_NOTICE = re.compile(
    r"\.(?:prompt-|notice--?|alert-|callout-|admonition-)?(?P<kind>tip|info|warning|danger|note|notice|success|primary)\b"
)
_TOC = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[^\n]*\n[ \t]*\{:\s*toc[^{}\n]*\}[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"\{::comment\}(.*?)\{:/(?:comment)?\}", re.DOTALL)
_EXTENSION = re.compile(r"\{::[^{}\n]*\}|\{:/\w*\}")
_INLINE_MATH = re.compile(r"(?<!\\)\$\$(?=\S)([^\n$]+?)(?<=\S)\$\$")


def convert_kramdown(page: Page, text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """Return a text without the marks of kramdown, and a report of the attributes that have no meaning here."""
    text = outside_code(text, lambda piece: _COMMENT.sub(r"<!--\1-->", piece))
    text = _TOC.sub("", text)
    # A span of a list inside code is no list.
    dropped = sum(len(_LIST.findall(piece)) for piece, is_code in split_code(text) if not is_code)
    lines = text.split("\n")
    written: list[str] = []
    for line, is_code in _mark_code(lines):
        found = None if is_code else _BLOCK_LIST.fullmatch(line)
        if found is None:
            written.append(line)
        elif notice := _NOTICE.search(found["inside"]):
            _make_notice(written, notice["kind"])
    text = outside_code("\n".join(written), lambda piece: _EXTENSION.sub("", _SPAN_LIST.sub("", piece)))
    reports = (LeftOut(page.path, page.line_of("{:"), "attributes of kramdown"),) if dropped else ()
    return _settle_math(text), reports


def _mark_code(lines: list[str]) -> list[tuple[str, bool]]:
    """Return the lines of a text, and for each whether it is code."""
    marked: list[tuple[str, bool]] = []
    number, inside = 0, False
    for piece, is_code in split_code("\n".join(lines)):
        for _ in range(piece.count("\n")):
            marked.append((lines[number], inside or is_code))
            number, inside = number + 1, is_code
        inside = is_code
    return [*marked, *((line, inside) for line in lines[number:])]


def _make_notice(written: list[str], kind: str) -> None:
    """Make a callout of the paragraph or the quotation at the end of some lines."""
    start = len(written)
    while start and written[start - 1].strip():
        start -= 1
    block = written[start:]
    if not block:
        return
    if all(line.lstrip().startswith(">") for line in block):
        block = [re.sub(r"^[ \t]*> ?", "", line) for line in block]
    written[start:] = write_callout(kind, "", "\n".join(block)).split("\n")


def _settle_math(text: str) -> str:
    """Return a text in which formulas within a line have single marks, as kramdown sets them within the line."""

    def settle(piece: str) -> str:
        return "\n".join(
            line if line.strip().startswith("$$") and line.strip().endswith("$$") and line.count("$$") == 2
            else _INLINE_MATH.sub(r"$\1$", line)
            for line in piece.split("\n")
        )  # fmt: skip

    return outside_code(text, settle)
