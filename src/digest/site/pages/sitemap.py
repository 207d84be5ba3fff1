"""The sitemap, which lists the site's pages for crawlers."""

from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement
from ..page_types import Listed, PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe


class SitemapRecipe(Recipe, frozen=True):
    """The listed pages, sorted by path."""

    pages: tuple[Listed, ...]


class SitemapView(Struct, frozen=True):
    """`sitemap.xml`: (absolute address, last change as a date or empty) of every page, sorted."""

    urls: tuple[tuple[str, str], ...]


def plan_listing(arrangement: Arrangement, listed: Iterator[Listed]) -> Iterator[Page]:
    """Plan the sitemap.

    A site whose address is unknown has none: a sitemap must hold absolute addresses (sitemaps.org/protocol.html).
    """
    if arrangement.site.url:
        yield Page(routes.SITEMAP, SitemapRecipe(tuple(listed)))


def compose(parts: Parts, _path: str, recipe: SitemapRecipe) -> Template:
    """Compose the sitemap."""
    urls = tuple(
        (routes.absolute(parts.site.url, path), date.isoformat() if date else "") for path, date in recipe.pages
    )
    return Template("sitemap.xml", SitemapView(urls))


SITEMAP = PageType(recipe=SitemapRecipe, paths=r"sitemap\.xml", plan_listing=plan_listing, compose=compose)
