"""The struct that holds everything that one plugin adds."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from ..model import Entry
from ..notes.kinds import Rule
from ..site.page_types import PageType
from ..text.rules.inline_rule import InlineRule


class Plugin(Struct, frozen=True, kw_only=True):
    """What one plugin adds. Every field may be left out.

    - `page_types` are more types of pages; see `digest.site.page_types.PageType`.
    - `kind_rules` decide an entry's kind before digest's own rules, and after front matter and configured tags.
    - `inline_rules` read marks in commentary that digest does not know.
    - `transform` takes an entry as the parser read it and returns it changed.
    - `template_globals` are names that every template sees.
    - `words` are texts by language and name, for `ui.word(name)`. If the site's language is missing, the English text is used.
    """

    page_types: tuple[PageType[Any], ...] = ()
    kind_rules: tuple[Rule, ...] = ()
    inline_rules: tuple[InlineRule, ...] = ()
    transform: Callable[[Entry], Entry] | None = None
    template_globals: Mapping[str, object] = {}
    words: Mapping[str, Mapping[str, str]] = {}
