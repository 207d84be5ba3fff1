"""The page of all kinds."""

from collections.abc import Iterator

from msgspec import Struct

from ...archive.archive import Record
from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe
from ..views import Crumb, Head, Kind, Row

NEWEST = 5
"""Entries that the page shows of each kind."""


class KindsRecipe(Recipe, frozen=True):
    """Each kind with its count and its newest entries; notes without a date come after all others."""

    kinds: tuple[tuple[str, int, tuple[Record, ...]], ...]


class KindsView(Struct, frozen=True):
    """`kinds.html`: every kind with its count and its newest entries."""

    head: Head
    crumbs: tuple[Crumb, ...]
    kinds: tuple[tuple[Kind, int, tuple[Row, ...]], ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of all kinds."""
    kinds = []
    for kind, records in arrangement.archive.kinds.items():
        undated = arrangement.undated_kinds.get(kind, ())
        kinds.append((kind, len(records) + len(undated), (*records[:NEWEST], *undated)[:NEWEST]))
    yield Page(routes.KINDS, KindsRecipe(tuple(kinds)))


def compose(parts: Parts, path: str, recipe: KindsRecipe) -> Template:
    """Compose the page of all kinds."""
    crumbs = (Crumb(parts.ui.kinds),)
    view = KindsView(
        head=page_head(parts.site, path, parts.ui.kinds, crumbs=crumbs),
        crumbs=crumbs,
        kinds=tuple((parts.site.kind(kind), count, parts.rows_of(rows)) for kind, count, rows in recipe.kinds),
    )
    return Template("kinds.html", view)


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.kinds


KINDS = PageType(
    recipe=KindsRecipe,
    paths=routes.KINDS,
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "kinds", routes.KINDS, label),
)
