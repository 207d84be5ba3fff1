"""An entry's commentary, abstract and title -> HTML and plain text.

The text is what its author typed or pasted, Korean with English in it and no markup meant for us. Every text renders:
there is no input that raises. The HTML is safe: only elements and attributes named in `writer` and `math`, links only to
http, https and mailto.
"""

import re
import unicodedata
from html import escape

from markupsafe import Markup

from ..model import Fragment
from .markup import trusted
from .rules.line import is_plain, split_paragraphs
from .syntax import abstract_parser, commentary_parser, title_parser
from .writer import write_fragment, write_paragraphs

_LOWEST_HEADING = 6
# What XML 1.0 bars, and with it the feeds.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def render_commentary(text: str, *, heading_level: int = 3, lang: str = "ko") -> Fragment:
    """Render Markdown as these notes use it: CommonMark, but for the rules in `syntax` and `rules`.

    Headings begin at `heading_level`. A block in a language other than `lang` is marked with its own.
    """
    text, parser = _normalise(text), commentary_parser()
    lines = split_paragraphs(text)
    if all(map(is_plain, lines)):
        return write_paragraphs([(line, parser.parse_line(line)) for line in lines], lang=lang)
    return write_fragment(parser.parse(text), heading_level=heading_level, lang=lang)


def render_abstract(text: str, *, lang: str = "en") -> Fragment:
    """Render a pasted abstract: a line is a paragraph, with its math and its addresses; all else is as typed."""
    parser = abstract_parser()
    return write_paragraphs([(line, parser.parse_line(line)) for line in split_paragraphs(_normalise(text))], lang=lang)


def render_title(text: str) -> Markup:
    """Render a title: its math is set, all else is as typed."""
    if "$" not in text and "\\" not in text:
        return trusted(escape(_normalise(text), quote=False))
    tokens = title_parser().parseInline(_normalise(text))
    return trusted(write_fragment(tokens, heading_level=_LOWEST_HEADING, lang="").html)


def _normalise(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _UNPRINTABLE.sub("", text)
