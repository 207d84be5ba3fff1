"""The parser's settings: the tags that decide kinds, and the language of the notes."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .kinds import Rule


class NoteRules(Struct, frozen=True):
    """Settings of the parser.

    `kind_tags` are pairs of a kind and the tags that make an entry this kind, before any rule of the parser; `aliases`
    are pairs of a tag and the tag that it stands for. Both name tags by key or by any spelling. `language` is the BCP 47
    tag of the language in which the notes are written. `kind_rules` come before the parser's own rules for kinds. Files in the
    folder `pages` are pages of the author's own. Links that begin with `base_url` lead into the site. With
    `typography`, rendered texts have typographic quotes, dashes and arrows.
    """

    kind_tags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    language: str = "ko"
    kind_rules: "tuple[Rule, ...]" = ()
    pages: str = ""
    base_url: str = ""
    typography: bool = True
