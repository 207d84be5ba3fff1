"""A parsed text, as the parser hands it to the writer."""

from collections.abc import Mapping, Sequence

from markdown_it.token import Token
from msgspec import Struct

from ..model import Finding
from .tex import Macro


class Document(Struct, frozen=True):
    """The tokens of a text, those of its footnotes by their names, its TeX macros, and the problems that parsing met.

    `template_tags` is the number of tags of Liquid and shortcodes that were left out.
    """

    tokens: Sequence[Token]
    footnotes: Mapping[str, Sequence[Token]] = {}
    macros: Mapping[str, Macro] = {}
    findings: tuple[Finding, ...] = ()
    template_tags: int = 0
