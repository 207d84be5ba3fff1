"""A parsed text -> a fragment: HTML, plain text and references in one walk over its tokens."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain

from markdown_it.token import Token

from ..model import Fragment
from .anchors import Anchors
from .document import Document
from .fragment import place
from .highlight import highlight
from .inlines import InlineWriter, direction_of
from .labels import label, table_label
from .targets import local_reference, media_of

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
    "summary_open": "<summary>",
    "summary_close": "</summary>\n",
}
_LANGUAGE_NAME = re.compile(r"[A-Za-z0-9_+#.-]{1,32}")
_HEADING = re.compile(r"h[1-6]")
_LOWEST_HEADING = 6


def write_fragment(document: Document, *, heading_level: int, lang: str, base_url: str = "") -> Fragment:
    """Write a parsed text as a fragment; the highest heading in it becomes one of `heading_level`."""
    writer = _Writer(document, heading_level, lang, base_url)
    writer.write_blocks(document.tokens)
    writer.write_footnotes()
    return writer.fragment()


def write_paragraphs(paragraphs: Iterable[tuple[str, Sequence[Token]]], *, lang: str, base_url: str = "") -> Fragment:
    """Write paragraphs of one line, each with its tokens. A finding's line is the number of the paragraph."""
    writer = InlineWriter(lang, base_url=base_url)
    for number, (text, tokens) in enumerate(paragraphs):
        writer.line = number
        writer.html.append(f"<p{writer.attributes_for(text)}>")
        writer.write_line(tokens)
        writer.html.append("</p>\n")
    return Fragment(
        "".join(writer.html), "\n".join(writer.plain), tuple(writer.references), lang, (), tuple(writer.findings)
    )


class _Writer(InlineWriter):
    def __init__(self, document: Document, heading_level: int, lang: str, base_url: str) -> None:
        everything = chain(document.tokens, *document.footnotes.values())
        written = sorted(set(_heading_tags(everything)))
        headings = {tag: min(_LOWEST_HEADING, heading_level + rank) for rank, tag in enumerate(written)}
        super().__init__(lang, document.macros, headings, base_url=base_url)
        self.document = document
        self.anchors = Anchors()
        # Footnotes by their numbers, and how often each is referred to.
        self.footnotes: dict[str, int] = {}
        self.mentions: dict[str, int] = {}
        self.tokens: Sequence[Token] = ()
        # Where the paragraph being written begins, and the tag that ends it.
        self._paragraphs: list[tuple[int, str]] = []

    def fragment(self) -> Fragment:
        """Return what was written."""
        return Fragment(
            html="".join(self.html),
            plain="\n".join(self.plain),
            references=tuple(self.references),
            lang=self.lang,
            anchors=tuple(self.anchors.given),
            findings=tuple(self.findings),
        )

    def write_blocks(self, tokens: Sequence[Token]) -> None:
        """Write blocks."""
        outer, self.tokens = self.tokens, tokens
        for index, token in enumerate(tokens):
            match token.type:
                case "paragraph_open":
                    self.open_paragraph(index, token)
                case "inline":
                    if token.map:
                        self.line = token.map[0]
                    self.write_line(token.children or ())
                case "paragraph_close":
                    self.close_paragraph(index, token)
                case kind if kind in _FIXED:
                    self.html.append(_FIXED[kind])
                case _:
                    self.write_block(index, token)
        self.tokens = outer

    def open_paragraph(self, index: int, token: Token) -> None:
        html, inline = self.html, self.tokens[index + 1]
        start = len(html)
        if not token.meta and not inline.content.startswith("!["):
            self._paragraphs.append((start, "" if token.hidden else "</p>\n"))
            if not token.hidden:
                html.append(f"<p{self.attributes_for(inline.content)}>")
            return
        anchor = place(self.anchors.give(token.meta["anchor"]), "id") if "anchor" in token.meta else ""
        if self.is_figure(inline):
            html.append(f"<figure{anchor}>")
            self._paragraphs.append((start, f"{self.caption_of(inline)}</figure>\n"))
            return
        end = ""
        if not token.hidden:
            html.append(f"<p{anchor}{self.attributes_for(inline.content)}>")
            end = "</p>\n"
        elif anchor:
            html.append(f"<span{anchor}>")
            end = "</span>"
        if task := token.meta.get("task"):
            checked = " checked" if task in "xX" else ""
            html.append(f'<label><input type="checkbox" disabled{checked}> ')
            end = f"</label>{end}"
        # An empty paragraph that has an id is kept: a link may lead to it.
        self._paragraphs.append((-1 if anchor else start, end))

    def close_paragraph(self, index: int, token: Token) -> None:
        start, end = self._paragraphs.pop()
        if start >= 0 and not token.hidden and len(self.html) == start + 1:
            del self.html[start:]
            return
        self.html.append(end)
        if token.hidden and self.tokens[index + 1].type == "paragraph_open":
            self.html.append("<br>\n")

    def is_figure(self, inline: Token) -> bool:
        """Return True if a line is an image of the author's own with a title, which is its caption."""
        children = inline.children or ()
        if len(children) != 1 or children[0].type != "image" or not children[0].attrs.get("title"):
            return False
        reference = local_reference(str(children[0].attrs["src"]))
        return reference is not None and reference.kind == "file" and media_of(reference.target) != "document"

    def caption_of(self, inline: Token) -> str:
        """Return the caption of a figure."""
        title = "".join(str(child.attrs["title"]) for child in inline.children or ())
        return f"<figcaption{direction_of(title)}>{escape(title, quote=False)}</figcaption>"

    def write_block(self, index: int, token: Token) -> None:
        html = self.html
        match token.type:
            case "heading_open":
                inline = self.tokens[index + 1]
                anchor = place(self.anchors.give(_words(inline)), "id")
                html.append(f"<h{self.headings[token.tag]}{anchor}{self.attributes_for(inline.content)}>")
            case "heading_close":
                html.append(f"</h{self.headings[token.tag]}>\n")
            case "bullet_list_open":
                html.append('<ul class="restored">\n' if token.meta.get("restored") else "<ul>\n")
            case "ordered_list_open":
                start = token.attrs.get("start")
                html.append("<ol>\n" if start is None else f'<ol start="{int(start)}">\n')
            case "list_item_open":
                self.open_item(index)
            case "table_open":
                name = table_label(self.lang)
                html.append(f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>\n')
            case "th_open" | "td_open":
                side = str(token.attrs.get("style", "")).removeprefix("text-align:")
                direction = direction_of(self.tokens[index + 1].content)
                html.append(f'<{token.tag} class="{side}"{direction}>' if side else f"<{token.tag}{direction}>")
            case "fence":
                self.write_code(token)
            case "math_block":
                self.write_display(token)
            case _:
                self.write_rarer_block(token)

    def write_rarer_block(self, token: Token) -> None:
        html = self.html
        match token.type:
            case "callout_open":
                kind = token.meta["kind"]
                is_open = " open" if token.meta["open"] else ""
                html.append(
                    f'<details class="callout {kind}"{is_open}>\n'
                    if token.meta["foldable"]
                    else f'<div class="callout {kind}" role="note">\n'
                )
            case "callout_title_open":
                html.append("<summary>" if token.meta["foldable"] else '<p class="callout-title">')
                self._paragraphs.append((len(html), "</summary>\n" if token.meta["foldable"] else "</p>\n"))
            case "callout_title_close":
                start, end = self._paragraphs.pop()
                if len(html) == start:
                    title = label(token.meta["name"], self.lang)
                    html.append(escape(title, quote=False))
                    self.plain.append(title)
                html.append(end)
            case "callout_close":
                html.append("</details>\n" if token.meta["foldable"] else "</div>\n")
            case "element_open" | "element_close":
                html.append(_element(token))
            case "html_raw":
                self.write_html(token.children or ())
                html.append("\n")
            case unknown:
                raise AssertionError(f"no rule of ours makes a token {unknown}")

    def open_item(self, index: int) -> None:
        first = self.tokens[index + 1]
        is_paragraph = first.type == "paragraph_open"
        attributes = self.attributes_for(self.tokens[index + 2].content) if is_paragraph and first.hidden else ""
        name = ' class="task"' if is_paragraph and "task" in first.meta else ""
        self.html.append(f"<li{name}{attributes}>")

    def write_code(self, token: Token) -> None:
        name = token.info.strip().partition(" ")[0]
        known = _LANGUAGE_NAME.fullmatch(name) is not None
        attribute = f' data-lang="{escape(name)}"' if known else ""
        code = highlight(token.content, name if known else "")
        self.html.append(f'<pre class="code"{attribute} tabindex="0"><code>{code}</code></pre>\n')
        self.plain.append(token.content.rstrip("\n"))

    def write_display(self, token: Token) -> None:
        self.line = token.map[0] if token.map else self.line
        start = len(self.html)
        self.html.append('<div class="math" tabindex="0">')
        plain = self.write_math(token.content, display=True)
        self.html.append("</div>\n")
        if not self.html[start + 1]:
            del self.html[start:]  # it only defines macros
        elif plain:
            self.plain.append(plain)

    def write_rarer(self, token: Token, plain: list[str]) -> None:
        if token.type == "footnote_reference":
            self.write_mention(token.meta["name"])
        else:
            super().write_rarer(token, plain)

    def write_mention(self, name: str) -> None:
        number = self.footnotes.setdefault(name, len(self.footnotes) + 1)
        mention = self.mentions[name] = self.mentions.get(name, 0) + 1
        anchor = f"fnref-{number}" if mention == 1 else f"fnref-{number}-{mention}"
        self.anchors.given.setdefault(anchor, 1)
        text = f"{label('footnotes', self.lang)} {number}" if self.lang == "ko" else f"Footnote {number}"
        if self.inside_link:
            self.html.append(f"<sup>{number}</sup>")
            return
        self.html.append(
            f'<sup class="fn"{place(anchor, "id")}><a{place(f"fn-{number}", "href")} role="doc-noteref"'
            f' aria-label="{text}">{number}</a></sup>'
        )

    def write_footnotes(self) -> None:
        """Write the footnotes below the text, in the order they are referred to, the others last."""
        footnotes = self.document.footnotes
        if not footnotes:
            return
        self.html.append(
            f'<section class="footnotes" role="doc-endnotes" aria-label="{label("footnotes", self.lang)}">\n<ol>\n'
        )
        # A footnote may refer to another one, so their number may grow.
        written = 0
        while written < len(footnotes):
            if written == len(self.footnotes):
                name = next(name for name in footnotes if name not in self.footnotes)
                self.footnotes[name] = written + 1
            name = list(self.footnotes)[written]
            written += 1
            self.write_footnote(name, written)
        self.html.append("</ol>\n</section>\n")

    def write_footnote(self, name: str, number: int) -> None:
        anchor = f"fn-{number}"
        self.anchors.given.setdefault(anchor, 1)
        tokens = self.document.footnotes[name]
        self.html.append(f"<li{place(anchor, 'id')}>")
        self.write_blocks(tokens)
        back = ""
        if self.mentions.get(name):
            attributes = f'role="doc-backlink" aria-label="{label("back", self.lang)} {number}"'
            back = f' <a class="fn-back"{place(f"fnref-{number}", "href")} {attributes}>↩</a>'
        if back and self.html[-1] == "</p>\n":
            self.html[-1] = f"{back}</p>\n"
        elif back:
            self.html.append(back.lstrip())
        self.html.append("</li>\n")


def _heading_tags(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "heading_open":
            yield token.tag
        elif token.type == "html_raw":
            yield from (child.tag for child in token.children or () if _HEADING.fullmatch(child.tag))


def _words(inline: Token) -> str:
    """Return the words of a heading, as a link to it spells them."""
    return "".join(token.content for token in inline.children or () if not token.type.startswith(("html", "footnote")))


def _element(token: Token) -> str:
    """Return a tag of an element whose inside was read as Markdown; without meaning of its own it has none."""
    closing = token.type == "element_close"
    if token.tag in ("details", "blockquote"):
        is_open = " open" if "open" in token.attrs and not closing else ""
        return f"</{token.tag}>\n" if closing else f"<{token.tag}{is_open}>\n"
    if token.tag == "center" or str(token.attrs.get("align", "")).lower() == "center":
        return "</div>\n" if closing else '<div class="center">\n'
    return ""
