"""The file that tells the host where old addresses lead, so that it makes real redirects."""

from collections.abc import Iterator

from ..arrangement import Arrangement
from ..host_redirects import HostRedirect, write_netlify
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe
from ..routes import REDIRECTS_FILE as PATH


class RedirectsFileRecipe(Recipe, frozen=True):
    """The redirects, in the order of the file, and the lines that the author has written."""

    redirects: tuple[HostRedirect, ...]
    own: bytes


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the file, if the settings ask for it."""
    if arrangement.redirects_file:
        yield Page(PATH, RedirectsFileRecipe(arrangement.host_redirects, arrangement.own_redirects))


def compose(_parts: Parts, _path: str, recipe: RedirectsFileRecipe) -> bytes:
    """Write the file. The author's lines come last: Cloudflare takes few lines below the first one with a `*`."""
    return write_netlify(recipe.redirects).encode() + recipe.own


REDIRECTS_FILE = PageType(recipe=RedirectsFileRecipe, paths=PATH, plan=plan, compose=compose)
