"""A rendered text -> its lines, each with the kind of its block, as far as an opening needs them.

In a line, a formula is a run of one character, as long as its plain text, and an address is a name between two marks. So a line
is a string that can be measured, split and cut, and its formulas and addresses can be found in it afterwards. None of these
characters can be in a text: `characters` removes them.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal

from msgspec import Struct

from .linear import linearize

Kind = Literal["paragraph", "item", "heading", "display", "other"]

_FORMULA_MARKS = "\ufffe\uffff"
"""Two formulas side by side have different ones."""
FORMULA = re.compile("\ufffe+|\uffff+")
ADDRESS = re.compile("\x01([^\x02]*)\x02")

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+")
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "input", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"]
)  # fmt: skip
_VOID = frozenset(["br", "hr", "img", "input", "wbr"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary"])
_OTHER = frozenset(["pre", "table", "figure"])
_HOST = re.compile(r"https?://(?:www\.)?([^/?#\s]+)")
_PAPER = re.compile(r"arXiv:\S+")
_PAPER_LINK = re.compile(r'href="ref:arxiv:([^"#]+)')


class Formula(Struct, frozen=True):
    """A formula as a line of plain text, and as an element that stands in a line."""

    plain: str
    html: str


class Line(Struct, frozen=True):
    """The text of a block, with marks for its formulas, which are in the order of the text."""

    kind: Kind
    text: str
    formulas: tuple[Formula, ...] = ()


def read_lines(html: str) -> Iterator[Line]:
    """Yield the lines of a rendered text up to its footnotes, without its images."""
    reader = _Reader(html)
    at = 0
    while match := _TOKEN.match(html, at):
        at = match.end()
        if match[2] is None:
            reader.words.append(unescape(match[0]))
        elif match[2] in _INLINE or match[2] == "math":
            at = reader.pass_inline(match)
        else:
            if line := reader.take_line():
                yield line
            if match[2] == "section":
                return
            reader.pass_block(match)
    if line := reader.take_line():
        yield line


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.words: list[str] = []
        self.formulas: list[Formula] = []
        self.blocks: list[str] = []

    def take_line(self) -> Line | None:
        """Return what was read since the last line, unless it is empty."""
        text = " ".join("".join(self.words).split())
        line = Line(self._kind(), text, tuple(self.formulas)) if text else None
        self.words.clear()
        self.formulas.clear()
        return line

    def _kind(self) -> Kind:
        blocks = self.blocks
        if not _OTHER.isdisjoint(blocks):
            return "other"
        if blocks and blocks[-1] == "display":
            return "display"
        if blocks and blocks[-1] in _HEADINGS:
            return "heading"
        return "item" if "li" in blocks else "paragraph"

    def pass_block(self, tag: re.Match[str]) -> None:
        """Note that a block begins or ends here."""
        closing, name, attributes = tag.groups()
        if name in _VOID:
            return
        if closing:
            if self.blocks:
                self.blocks.pop()
        elif "callout-title" in attributes:
            self.blocks.append("summary")
        else:
            self.blocks.append("display" if 'class="math"' in attributes else name)

    def pass_inline(self, tag: re.Match[str]) -> int:
        """Return the place behind a tag of a line or, if it stands for other words, behind its element."""
        closing, name, attributes = tag.groups()
        if closing:
            return tag.end()
        if name == "math":
            return self._pass_formula(tag)
        if name == "a" or (name == "sup" and 'class="fn"' in attributes):
            end = self.html.index(f"</{name}>", tag.end())
            words = "" if name == "sup" else _name(attributes, unescape(self.html[tag.end() : end]))
            if name == "sup" or words:
                self.words.append(words)
                return end + len(name) + 3
        return tag.end()

    def _pass_formula(self, tag: re.Match[str]) -> int:
        end = self.html.index("</math>", tag.end())
        plain = linearize(self.html[tag.end() : end])
        if plain is None:
            plain = unescape(tag[3].partition('alttext="')[2].rpartition('"')[0])
        element = tag[0].replace(' display="block"', "", 1) + self.html[tag.end() : end] + "</math>"
        self.words.append(_FORMULA_MARKS[len(self.formulas) % 2] * max(1, len(plain)))
        self.formulas.append(Formula(plain, element))
        return end + len("</math>")


def _name(attributes: str, label: str) -> str:
    """Return an address between its marks, by its host or as a paper's id; nothing for a link with words of its own."""
    if paper := _PAPER_LINK.search(attributes):
        return f"\x01arXiv:{paper[1]}\x02" if _PAPER.fullmatch(label) or "://" in label else ""
    host = _HOST.match(label)
    return f"\x01{host[1]}\x02" if host else ""
