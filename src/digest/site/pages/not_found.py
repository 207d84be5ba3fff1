"""The page that a server shows for an address that doesn't exist."""

from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, TagCounts
from ..views import Head, TagLink


class NotFoundRecipe(Recipe, frozen=True):
    """The busy tags of the last year."""

    tags: TagCounts


class NotFoundView(Struct, frozen=True):
    """`404.html`: says that there is no such page, and leads on."""

    head: Head
    tags: tuple[TagLink, ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page."""
    yield Page(routes.NOT_FOUND, NotFoundRecipe(arrangement.busy_tags))


def compose(parts: Parts, path: str, recipe: NotFoundRecipe) -> Template:
    """Compose the page."""
    head = page_head(parts.site, path, parts.ui.not_found, noindex=True)
    return Template("404.html", NotFoundView(head, parts.tags(recipe.tags)))


NOT_FOUND = PageType(recipe=NotFoundRecipe, paths=r"404\.html", plan=plan, compose=compose)
