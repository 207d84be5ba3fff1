"""The page that a browser shows for a page that it did not keep, while there is no connection."""

from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe
from ..views import Head


class OfflineRecipe(Recipe, frozen=True):
    """The page depends on nothing but the settings."""


class OfflineView(Struct, frozen=True):
    """`offline.html`: says that there is no connection; a script lists the pages that the browser has kept."""

    head: Head


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page, unless the site keeps nothing in browsers."""
    if arrangement.site.offline:
        yield Page(routes.OFFLINE, OfflineRecipe())


def compose(parts: Parts, path: str, _recipe: OfflineRecipe) -> Template:
    """Compose the page."""
    return Template("offline.html", OfflineView(page_head(parts.site, path, parts.ui.offline, noindex=True)))


OFFLINE = PageType(recipe=OfflineRecipe, paths=r"offline\.html", plan=plan, compose=compose)
