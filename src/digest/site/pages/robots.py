"""The rules for crawlers."""

from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe


class RobotsRecipe(Recipe, frozen=True):
    """The rules depend on nothing but the settings."""


class RobotsView(Struct, frozen=True):
    """`robots.txt`: allows all, and names the sitemap if the site's address is known."""

    sitemap: str


def plan(_arrangement: Arrangement) -> Iterator[Page]:
    """Plan the file."""
    yield Page("robots.txt", RobotsRecipe())


def compose(parts: Parts, _path: str, _recipe: RobotsRecipe) -> Template:
    """Compose the file."""
    sitemap = routes.absolute(parts.site.url, routes.SITEMAP) if parts.site.url else ""
    return Template("robots.txt", RobotsView(sitemap))


ROBOTS = PageType(recipe=RobotsRecipe, paths=r"robots\.txt", plan=plan, compose=compose)
