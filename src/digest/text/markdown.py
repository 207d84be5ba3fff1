"""An entry's commentary, abstract and title -> HTML and plain text.

The text is what its author typed or pasted, Korean with English in it and no markup meant for us. Every text renders; no
input raises. The HTML is safe: only elements and attributes named in `writer`, `inlines` and `math`, links only to http,
https and mailto.
"""

import re
import unicodedata
from html import escape

from markupsafe import Markup
from msgspec import structs

from ..model import Finding, Fragment
from .characters import printable
from .document import Document
from .markup import isolated, trusted
from .rules.inline_rule import InlineRule
from .rules.line import is_plain, split_paragraphs
from .syntax import abstract_parser, commentary_parser, title_parser
from .writer import write_fragment, write_paragraphs

_LOWEST_HEADING = 6
# Marks that need the whole text: footnotes, ids of blocks, template tags, TeX macros. Nearly all have one of three
# characters that are rare in prose.
_WHOLE_TEXT_MARK = re.compile(r"\[\^|\^\[|[ \t]\^|\{[%{:]|\\(?:(?:re)?newcommand|def|Declare)")
LONGEST_COMPOUND = 20
"""Characters of a compound that a title doesn't break at its hyphens. They fit a line of the narrowest phone."""
_COMPOUND = re.compile(r"(?<![\w&#;-])\w[\w.+]*(?:-\w[\w.+]*)+(?![\w;-])")
_TEMPLATE_TAG = re.compile(r"\{[{%:]")


def render_commentary(
    text: str,
    *,
    heading_level: int = 3,
    lang: str = "ko",
    inline_rules: tuple[InlineRule, ...] = (),
    base_url: str = "",
) -> Fragment:
    """Render Markdown as these notes use it: CommonMark, but for the rules in `syntax` and `rules`.

    Headings begin at `heading_level`. A block in a language other than `lang` is marked with its own. `inline_rules` come from
    plugins. A link that begins with `base_url` leads into the site.
    """
    text, parser = _normalise(text), commentary_parser(inline_rules)
    if not ("^" in text or "{" in text or "\\" in text) or not _WHOLE_TEXT_MARK.search(text):
        lines = split_paragraphs(text)
        if all(map(is_plain, lines)):
            paragraphs = [(line, parser.parse_line(line)) for line in lines]
            fragment = write_paragraphs(paragraphs, lang=lang, base_url=base_url)
            return _place_findings(fragment, text) if fragment.findings else fragment
    document = parser.parse_document(text)
    fragment = write_fragment(document, heading_level=heading_level, lang=lang, base_url=base_url)
    found = (*document.findings, *_count_template_tags(document, text))
    return structs.replace(fragment, findings=(*found, *fragment.findings)) if found else fragment


def render_abstract(text: str, *, lang: str = "en", base_url: str = "") -> Fragment:
    """Render a pasted abstract: a line is a paragraph, with its math and its addresses; the rest is as typed."""
    text, parser = _normalise(text), abstract_parser()
    lines = split_paragraphs(text)
    paragraphs = [(line, parser.parse_line(line)) for line in lines]
    fragment = write_paragraphs(paragraphs, lang=lang, base_url=base_url)
    return _place_findings(fragment, text) if fragment.findings else fragment


def render_title(text: str) -> Markup:
    """Render a title: its math is set, the rest is as typed."""
    return trusted(isolated(_render_title(text)))


def _render_title(text: str) -> Markup:
    if "$" not in text and "\\" not in text:
        return trusted(_COMPOUND.sub(_keep_together, escape(_normalise(text), quote=False)))
    tokens = title_parser().parseInline(_normalise(text))
    return trusted(write_fragment(Document(tokens), heading_level=_LOWEST_HEADING, lang="").html)


def _keep_together(compound: re.Match[str]) -> str:
    """Return a short compound as an element that no line breaks, such as `State-of-the-Art`; a long one stays as it is."""
    return f'<span class="nb">{compound[0]}</span>' if len(compound[0]) <= LONGEST_COMPOUND else compound[0]


def _normalise(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    return printable(text)


def _place_findings(fragment: Fragment, text: str) -> Fragment:
    """Give findings the line of the text in place of the number of the paragraph."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [number for number, line in enumerate(lines) if line.strip(" \t")]
    found = [structs.replace(finding, line=places[finding.line]) for finding in fragment.findings]
    return structs.replace(fragment, findings=tuple(found))


def _count_template_tags(document: Document, text: str) -> tuple[Finding, ...]:
    if not document.template_tags:
        return ()
    first = _TEMPLATE_TAG.search(text)
    line = text.count("\n", 0, first.start()) if first else 0
    return (Finding("template-tags", line, "tags of Liquid or shortcodes are left out", document.template_tags),)
