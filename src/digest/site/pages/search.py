"""The search page. Without scripts, it leads to tags and dates."""

from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, TagCounts
from ..views import Count, Crumb, Head, TagLink


class SearchRecipe(Recipe, frozen=True):
    """The busy tags of the last year, and entries per year."""

    tags: TagCounts
    years: tuple[tuple[int, int], ...]


class SearchView(Struct, frozen=True):
    """`search.html`: the search page; without scripts it leads to tags and dates.

    `index` is the address of the search index's manifest.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    index: str
    tags: tuple[TagLink, ...]
    years: tuple[Count, ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the search page, unless the site has no search."""
    if arrangement.site.search:
        yield Page(routes.SEARCH, SearchRecipe(arrangement.busy_tags, arrangement.years))


def compose(parts: Parts, path: str, recipe: SearchRecipe) -> Template:
    """Compose the search page."""
    view = SearchView(
        head=page_head(parts.site, path, parts.ui.search, noindex=True),
        crumbs=(Crumb(parts.ui.search),),
        index=parts.to(routes.SEARCH_INDEX),
        tags=parts.tags(recipe.tags),
        years=parts.years(recipe.years),
    )
    return Template("search.html", view)


SEARCH = PageType(recipe=SearchRecipe, paths=routes.SEARCH, plan=plan, compose=compose)
