"""Tokens -> a fragment: HTML, plain text and references in one walk.

Only elements and attributes written here can appear in the HTML. All text between them is escaped; no token is HTML.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from markdown_it.token import Token

from ..languages import nearest_language, strings_for
from ..model import Fragment, Reference
from ..urls import arxiv_id
from .fragment import reference_tag
from .highlight import highlight
from .language import foreign_language
from .math import read_math, render_math

_FIXED = {
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "<hr>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "th_close": "</th>",
    "td_close": "</td>",
}
_INLINE_FIXED = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}
_LANGUAGE_NAME = re.compile(r"[A-Za-z0-9_+#.-]{1,32}")
_LOWEST_HEADING = 6


def write_fragment(tokens: Sequence[Token], *, heading_level: int, lang: str) -> Fragment:
    """Write tokens of a parser as a fragment; the highest heading in them becomes one of `heading_level`."""
    return _Writer(tokens, heading_level, lang).fragment()


def write_paragraphs(paragraphs: Iterable[tuple[str, Sequence[Token]]], *, lang: str) -> Fragment:
    """Write paragraphs of one line, each with its tokens."""
    writer = _Writer((), _LOWEST_HEADING, lang)
    for text, tokens in paragraphs:
        writer.html.append(f"<p{writer.language_of(text)}>")
        writer.write_line(tokens)
        writer.html.append("</p>\n")
    return writer.fragment()


class _Writer:
    def __init__(self, tokens: Sequence[Token], heading_level: int, lang: str) -> None:
        self.tokens = tokens
        self.lang = lang
        self.html: list[str] = []
        self.plain: list[str] = []
        self.references: dict[Reference, None] = {}
        written = sorted({token.tag for token in tokens if token.type == "heading_open"})
        self.inside_link = False
        self.headings = {tag: min(_LOWEST_HEADING, heading_level + rank) for rank, tag in enumerate(written)}

    def fragment(self) -> Fragment:
        html = self.html
        for index, token in enumerate(self.tokens):
            match token.type:
                case "paragraph_open":
                    if not token.hidden:
                        html.append(f"<p{self.language_of(self.tokens[index + 1].content)}>")
                case "inline":
                    self.write_line(token.children or ())
                case "paragraph_close":
                    if not token.hidden:
                        html.append("</p>\n")
                    elif self.tokens[index + 1].type == "paragraph_open":
                        html.append("<br>\n")
                case kind if kind in _FIXED:
                    html.append(_FIXED[kind])
                case _:
                    self.write_block(index, token)
        return Fragment("".join(html), "\n".join(self.plain), tuple(self.references), self.lang)

    def write_block(self, index: int, token: Token) -> None:
        html = self.html
        match token.type:
            case "heading_open":
                html.append(f"<h{self.headings[token.tag]}{self.language_of(self.tokens[index + 1].content)}>")
            case "heading_close":
                html.append(f"</h{self.headings[token.tag]}>\n")
            case "bullet_list_open":
                html.append('<ul class="restored">\n' if token.meta.get("restored") else "<ul>\n")
            case "ordered_list_open":
                start = token.attrs.get("start")
                html.append("<ol>\n" if start is None else f'<ol start="{int(start)}">\n')
            case "list_item_open":
                is_tight = self.is_tight_item(index)
                html.append(f"<li{self.language_of(self.tokens[index + 2].content) if is_tight else ''}>")
            case "table_open":
                label = strings_for(nearest_language(self.lang)).table
                html.append(f'<div class="table" role="region" aria-label="{label}" tabindex="0"><table>\n')
            case "th_open" | "td_open":
                side = str(token.attrs.get("style", "")).removeprefix("text-align:")
                html.append(f'<{token.tag} class="{side}">' if side else f"<{token.tag}>")
            case "fence":
                self.write_code(token)
            case "math_block":
                html.append(f'<div class="math" tabindex="0">{render_math(token.content, display=True)}</div>\n')
                self.plain.append(read_math(token.content))
            case unknown:
                raise AssertionError(f"no rule of ours makes a token {unknown}")

    def is_tight_item(self, index: int) -> bool:
        following = self.tokens[index + 1]
        return following.type == "paragraph_open" and following.hidden

    def language_of(self, text: str) -> str:
        """Return the `lang` attribute of a block with this text, or an empty string if it needs none."""
        lang = foreign_language(text, self.lang)
        return f' lang="{lang}"' if lang else ""

    def write_code(self, token: Token) -> None:
        name = token.info.strip().partition(" ")[0]
        known = _LANGUAGE_NAME.fullmatch(name) is not None
        attribute = f' data-lang="{escape(name)}"' if known else ""
        code = highlight(token.content, name if known else "")
        self.html.append(f'<pre class="code"{attribute} tabindex="0"><code>{code}</code></pre>\n')
        self.plain.append(token.content.rstrip("\n"))

    def write_line(self, tokens: Sequence[Token]) -> None:
        plain: list[str] = []
        for child in tokens:
            self.write_inline(child, plain)
        line = "".join(plain).strip()
        if line:
            self.plain.append(line)

    def write_inline(self, token: Token, plain: list[str]) -> None:
        html = self.html
        match token.type:
            case "text" | "text_special":
                html.append(escape(token.content, quote=False))
                plain.append(token.content)
            case kind if kind in _INLINE_FIXED:
                html.append(_INLINE_FIXED[kind])
            case "code_inline":
                html.append(f"<code>{escape(token.content, quote=False)}</code>")
                plain.append(token.content)
            case "math_inline" | "math_display":
                html.append(render_math(token.content, display=token.type == "math_display"))
                plain.append(read_math(token.content))
            case "reference_open":
                self.write_reference(token.meta["reference"])
            case "link_open":
                self.write_link(token)
            case "link_close" | "reference_close":
                html.append("</a>" if self.inside_link else "")
                self.inside_link = False
            case "image":
                self.write_image(token, plain)
            case unknown:
                raise AssertionError(f"no rule of ours makes a token {unknown}")

    def write_reference(self, reference: Reference) -> None:
        self.inside_link = True
        self.references[reference] = None
        self.html.append(reference_tag(reference))

    def write_image(self, token: Token, plain: list[str]) -> None:
        source = str(token.attrs["src"])
        label = token.content.strip() or source.rpartition("/")[2] or source
        text = escape(label, quote=False)
        linked = source and not self.inside_link
        self.html.append(f'<a class="image" href="{escape(source)}">{text}</a>' if linked else text)
        plain.append(label)

    def write_link(self, token: Token) -> None:
        href = str(token.attrs["href"])
        if not href:
            return
        identifier = arxiv_id(href)
        if identifier:
            self.write_reference(Reference("arxiv", identifier))
            return
        self.inside_link = True
        title = token.attrs.get("title")
        attribute = f' title="{escape(str(title))}"' if title else ""
        # On paper an address stands behind what leads to it, unless that is the address.
        bare = ' class="bare"' if token.info == "auto" else ""
        self.html.append(f'<a{bare} href="{escape(href)}"{attribute}>')
