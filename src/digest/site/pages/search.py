"""The search page. Without scripts, it leads to tags and dates."""

from collections.abc import Iterator

from msgspec import Struct, json

from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, TagCounts
from ..search_examples import Examples, find_examples
from ..views import Count, Crumb, Head, TagLink


class SearchRecipe(Recipe, frozen=True):
    """The busy tags of the last year, entries per year, the slugs of tags that are not their keys (key, slug), and examples."""

    tags: TagCounts
    years: tuple[tuple[int, int], ...]
    slugs: tuple[tuple[str, str], ...]
    examples: Examples


class SearchView(Struct, frozen=True):
    """`search.html`: the search page, which has the words of the search scripts; without scripts it leads to tags and dates.

    `slugs` are the addresses of tags below the page of tags, by key, in JSON; a tag that is not among them is at its key.
    `examples` are pairs of a name in `ui.search_help` and a query with words, names and tags of the site's entries.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    slugs: str
    tags: tuple[TagLink, ...]
    years: tuple[Count, ...]
    examples: Examples


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the search page, unless the site has no search."""
    if arrangement.site.search:
        names = (tag.name for tag in arrangement.archive.tags.values())
        slugs = tuple(sorted((name.key, name.slug) for name in names if name.slug != name.key))
        yield Page(
            routes.SEARCH, SearchRecipe(arrangement.busy_tags, arrangement.years, slugs, find_examples(arrangement))
        )


def compose(parts: Parts, path: str, recipe: SearchRecipe) -> Template:
    """Compose the search page."""
    view = SearchView(
        head=page_head(parts.site, path, parts.ui.search, noindex=True),
        crumbs=(Crumb(parts.ui.search),),
        slugs=json.encode(dict(recipe.slugs)).decode(),
        tags=parts.tags(recipe.tags),
        years=parts.years(recipe.years),
        examples=recipe.examples,
    )
    return Template("search.html", view)


SEARCH = PageType(recipe=SearchRecipe, paths=routes.SEARCH, plan=plan, compose=compose)
