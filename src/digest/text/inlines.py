"""The tokens of a line -> HTML, plain text and references.

Only the elements and attributes written here and in `writer` ever come out, and all text between them is escaped.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Never

from markdown_it.token import Token

from ..model import Finding, Reference
from ..scripts import has_right_to_left, may_reorder
from ..urls import arxiv_id, arxiv_version
from .fragment import file_tag, reference_tag
from .html import TRANSPARENT, schemed
from .labels import table_label
from .language import foreign_language
from .math import set_math
from .targets import OUTSIDE, local_reference, media_of, own_address, split_size
from .tex import Macro
from .typography import ESCAPED

_FIXED = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "del_open": "<del>",
    "del_close": "</del>",
    "mark_open": "<mark>",
    "mark_close": "</mark>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}
_RENAMED = {"strike": "s", "tt": "code"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_NUMBER = re.compile(r"\d{1,5}")
_LONGEST_QUOTED = 60
# Elements whose end is the end of a line of plain text.
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "caption",
        "figcaption",
        "summary",
        "pre",
        "blockquote",
    ]
)


_NONE: Mapping[str, Never] = {}


def direction_of(text: str) -> str:
    """Return the attribute `dir` of a block, if its text has letters that are written from right to left."""
    return ' dir="auto"' if has_right_to_left(text) else ""


class InlineWriter:
    """Writes lines; what they refer to and what is wrong in them gathers as they are written."""

    def __init__(
        self, lang: str, macros: Mapping[str, Macro] = _NONE, headings: Mapping[str, int] = _NONE, *, base_url: str = ""
    ) -> None:
        self.lang = lang
        self.base_url = base_url
        self.macros = macros
        self.headings = headings
        self.html: list[str] = []
        self.plain: list[str] = []
        self.references: dict[Reference, None] = {}
        self.findings: list[Finding] = []
        self.line = 0
        self._links: list[bool] = []
        self._link_words = 0  # where the words of the open link begin in `html`
        self._ends: list[str] = []
        self._media: list[str] = []
        self._in_block = False

    def attributes_for(self, text: str) -> str:
        """Return the attributes `lang` and `dir` of a block with this text, if it needs them."""
        lang = foreign_language(text, self.lang)
        return (f' lang="{lang}"' if lang else "") + direction_of(text)

    def write_line(self, tokens: Sequence[Token]) -> None:
        """Write the tokens of a line, and the line as plain text."""
        plain: list[str] = []
        for child in tokens:
            self.write_inline(child, plain)
        self._end_line(plain)

    def write_html(self, tokens: Sequence[Token]) -> None:
        """Write the tokens of a piece of HTML, in which blocks may stand."""
        plain: list[str] = []
        self._in_block = True
        for token in tokens:
            self.write_inline(token, plain)
            if token.type != "text" and token.tag in _BLOCKS:
                self._end_line(plain)
                plain = []
            elif token.type == "html_close" and token.tag in ("td", "th"):
                plain.append(" ")
        self._in_block = False
        self._end_line(plain)

    def _end_line(self, plain: list[str]) -> None:
        line = "".join(plain).strip()
        if line:
            self.plain.append(" ".join(line.split()) if "\n" in line else line)

    def write_inline(self, token: Token, plain: list[str]) -> None:
        """Write one token; its words go to `plain`."""
        html = self.html
        match token.type:
            case "text":
                if not self._media:
                    html.append(escape(token.content, quote=False))
                    plain.append(token.content)
            case kind if kind in _FIXED:
                html.append(_FIXED[kind])
            case "code_inline":
                html.append(f"<code>{escape(token.content, quote=False)}</code>")
                plain.append(token.content)
            case "math_inline":
                plain.append(self.write_math(token.content, display=False))
            case "reference_open":
                meta = token.meta
                self._open_reference(meta["reference"], version=meta.get("version", ""), embed=meta.get("embed", False))
            case "link_open":
                self._open_link(str(token.attrs["href"]), str(token.attrs.get("title", "")), bare=token.info == "auto")
            case "link_close" | "reference_close":
                self._close_link()
            case _:
                self.write_rarer(token, plain)

    def write_rarer(self, token: Token, plain: list[str]) -> None:
        """Write a token of a kind that few lines have."""
        match token.type:
            case "text_special":
                if not self._media:
                    self.html.append(ESCAPED.get(token.content) or escape(token.content, quote=False))
                    plain.append(token.content)
            case "math_display":
                self._write_display(token.content, plain)
            case "image":
                self._write_image(str(token.attrs["src"]), token.content, plain)
            case "file":
                meta = token.meta
                self._write_file(meta["reference"], token.content, meta["width"], meta["height"], plain)
            case "html_void":
                self._write_void(token, plain)
            case "html_open":
                self._ends.append(self._open_element(token, plain))
            case "html_close":
                self._close_element(token.tag)
            case unknown:
                raise AssertionError(f"no rule of ours makes a token {unknown}")

    def _write_display(self, tex: str, plain: list[str]) -> None:
        start = len(self.html)
        self.html.append('<span class="math">')
        plain.append(self.write_math(tex, display=True))
        if self.html[-1]:
            self.html.append("</span>")
        else:
            del self.html[start:]  # it only defines macros

    def write_math(self, tex: str, *, display: bool) -> str:
        """Write math, report it if it can't be set, and return it as plain text."""
        formula = set_math(tex, display=display, macros=self.macros)
        self.html.append(formula.html)
        if not formula.is_set:
            source = " ".join(tex.split())
            quoted = source if len(source) <= _LONGEST_QUOTED else source[: _LONGEST_QUOTED - 1] + "…"
            self.findings.append(
                Finding("unset-math", self.line, f"`{quoted}` can't be set as math: its source is shown")
            )
        return formula.plain

    # Links and references

    def _open_reference(self, reference: Reference, *, version: str = "", embed: bool = False) -> None:
        if self.inside_link:
            self._links.append(False)
            return
        self._links.append(True)
        self.references[reference] = None
        self.html.append(reference_tag(reference, version=version, embed=embed))
        self._link_words = len(self.html)

    @property
    def inside_link(self) -> bool:
        """Whether the next words stand in a link."""
        return True in self._links

    def _open_link(self, href: str, title: str, *, bare: bool = False) -> None:
        if self.inside_link or not href:
            self._links.append(False)
            return
        if identifier := arxiv_id(href):
            self._open_reference(Reference("arxiv", identifier), version=arxiv_version(href))
            return
        if href.startswith(("http:", "https:")):
            own = own_address(href, self.base_url) if self.base_url else None
        else:
            own = local_reference(href)
        if own:
            self._open_reference(own)
            return
        self._links.append(True)
        attribute = f' title="{escape(title)}"' if title else ""
        # On paper an address stands after the words that lead to it, unless they are the address.
        name = ' class="bare"' if bare else ""
        self.html.append(f'<a{name} href="{escape(href)}"{attribute}>')
        self._link_words = len(self.html)

    def _close_link(self) -> None:
        """Close a link. Its words must not change the order of the words around it.

        Only those that could are isolated: a line may break on both sides of an isolate, even before a Korean particle.
        """
        if not self._links or not self._links.pop():
            return
        if may_reorder("".join(self.html[self._link_words :])):
            self.html.insert(self._link_words, "<bdi>")
            self.html.append("</bdi>")
        self.html.append("</a>")

    # Images and files

    def _write_image(self, source: str, words: str, plain: list[str], width: str = "", height: str = "") -> None:
        reference = local_reference(source)
        alt, given_width, given_height = split_size(words) if "|" in words else (words.strip(), "", "")
        if reference is not None:
            self._write_file(reference, alt, width or given_width, height or given_height, plain)
            return
        text = alt or source.rpartition("/")[2] or source
        written = escape(text, quote=False)
        if own := own_address(source, self.base_url):
            self._open_reference(own)
            self.html.append(written)
            self._close_link()
            plain.append(text)
            return
        linked = source.startswith(("http://", "https://")) and not self.inside_link
        self.html.append(f'<a class="image" href="{escape(source)}">{written}</a>' if linked else written)
        plain.append(text)

    def _write_file(self, reference: Reference, alt: str, width: str, height: str, plain: list[str]) -> None:
        name = alt or reference.target.rpartition("/")[2] or reference.part
        if reference.kind == "file" and media_of(reference.target) != "document":
            plain.append(alt)
            reference = Reference("file", reference.target)
            self.references[reference] = None
            self.html.append(file_tag(reference, alt, width=width, height=height))
            return
        plain.append(name)
        self._open_reference(reference, embed=reference.kind == "note" and bool(reference.target))
        self.html.append(escape(name, quote=False))
        self._close_link()

    # Elements of HTML

    def _write_void(self, token: Token, plain: list[str]) -> None:
        attributes = token.attrs
        match token.tag:
            case "img":
                size = [
                    value if _NUMBER.fullmatch(value) else ""
                    for value in (_text(token, "width"), _text(token, "height"))
                ]
                if source := _text(token, "src"):
                    words = _text(token, "alt") or _text(token, "title")
                    self._write_image(schemed(source), words.replace("|", " "), plain, *size)
            case "source":
                if self._media and not self._media[-1] and "src" in attributes:
                    self._write_media(_text(token, "src"), plain)
            case "br":
                self.html.append("<br>\n")
                plain.append(" ")
            case "":
                pass  # the end tag of a frame
            case name:
                self.html.append(f"<{name}>")

    def _write_media(self, source: str, plain: list[str]) -> None:
        self._media[-1] = source
        self._write_image(schemed(source), "", plain)

    def _open_element(self, token: Token, plain: list[str]) -> str:
        """Write a start tag and return the end tag that belongs to it."""
        name = _RENAMED.get(token.tag, token.tag)
        if name == "a":
            href = schemed(_text(token, "href"))
            is_address = OUTSIDE.match(href) or local_reference(href)
            self._open_link(href if is_address else "", _text(token, "title"))
            return ""
        if name in ("video", "audio"):
            self._media.append("")
            if source := _text(token, "src"):
                self._write_media(source, plain)
            return ""
        attributes = _language(token)
        if name == "center" or (_text(token, "align") == "center" and name in ("p", "div")):
            name, attributes = ("div", f' class="center"{attributes}') if self._in_block else ("span", attributes)
        if name in TRANSPARENT and (not self._in_block or name in ("span", "font", "big")):
            if not attributes:
                return ""
            self.html.append(f"<span{attributes}>")
            return "</span>"
        start, end = self._tags(token, name, attributes)
        self.html.append(start)
        return end

    def _tags(self, token: Token, name: str, attributes: str) -> tuple[str, str]:
        if name == "table":
            region = f'<div class="table" role="region" aria-label="{table_label(self.lang)}" tabindex="0">'
            return f"{region}<table{attributes}>", "</table></div>"
        if name in ("td", "th"):
            side = _text(token, "align")
            attributes += f' class="{side}"' if side in ("left", "right", "center") else ""
            for span in ("colspan", "rowspan"):
                value = _text(token, span)
                attributes += f' {span}="{value}"' if _NUMBER.fullmatch(value) else ""
        elif name == "ol" and _NUMBER.fullmatch(start := _text(token, "start")):
            attributes += f' start="{int(start)}"'
        elif name == "details" and "open" in token.attrs:
            attributes += " open"
        elif name == "pre":
            attributes += ' class="code" tabindex="0"'
        elif name[0] == "h" and name in self.headings:
            name = f"h{self.headings[name]}"
        return f"<{name}{attributes}>", f"</{name}>"

    def _close_element(self, tag: str) -> None:
        end = self._ends.pop()
        if tag == "a":
            self._close_link()
        elif tag in ("video", "audio"):
            self._media.pop()
        elif end:
            self.html.append(end)


def _text(token: Token, attribute: str) -> str:
    return str(token.attrs.get(attribute, "")).strip()


def _language(token: Token) -> str:
    lang, direction = _text(token, "lang"), _text(token, "dir").lower()
    written = f' lang="{lang}"' if _LANGUAGE.fullmatch(lang) else ""
    return written + (f' dir="{direction}"' if direction in ("ltr", "rtl", "auto") else "")
