"""The web app manifest, by which browsers install the site as an app."""

from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe

SHORT_NAME = 12
"""Characters of a name that a home screen has room for."""


class ManifestRecipe(Recipe, frozen=True):
    """The manifest depends on nothing but the settings."""


class ManifestView(Struct, frozen=True):
    """`site.webmanifest`: the name, the icons and the colours of the site as an installed app.

    `short_name` is the site's title cut to the length of a label below an icon.
    """

    short_name: str


def plan(_arrangement: Arrangement) -> Iterator[Page]:
    """Plan the file."""
    yield Page(routes.MANIFEST, ManifestRecipe())


def compose(parts: Parts, _path: str, _recipe: ManifestRecipe) -> Template:
    """Compose the file."""
    return Template("site.webmanifest", ManifestView(shorten_name(parts.site.title)))


def shorten_name(title: str) -> str:
    """Return as many whole words of a title as fit below an icon, or the beginning of its first word."""
    name = ""
    for word in title.split():
        if len(longer := f"{name} {word}".strip()) > SHORT_NAME:
            break
        name = longer
    return name or title[:SHORT_NAME]


MANIFEST = PageType(recipe=ManifestRecipe, paths=r"site\.webmanifest", plan=plan, compose=compose)
