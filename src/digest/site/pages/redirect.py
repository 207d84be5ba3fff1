"""The page at an old address, which leads on to the present one."""

from collections.abc import Iterator

from msgspec import Struct, structs

from ...addresses.old import OldAddress
from ...redirects import can_be_page, is_web_address, path_of_target
from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe
from ..views import Head, Link


class RedirectRecipe(Recipe, frozen=True):
    """Where an old address leads: a site path, perhaps with a fragment, or a web address; and the title of what is there."""

    target: str
    title: str


class RedirectView(Struct, frozen=True):
    """`redirect.html`: leads on at once, and has a link for browsers that don't. The link's label may be its address."""

    head: Head
    target: Link


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan a page for every old address that leads on, unless the host does that or no page can lie there."""
    for old in arrangement.old_addresses:
        yield from _plan_redirect(arrangement, old)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page at an old address."""
    if old := arrangement.old_by_path.get(path):
        yield from _plan_redirect(arrangement, old)


def _plan_redirect(arrangement: Arrangement, old: OldAddress) -> Iterator[Page]:
    if old.target is not None and can_be_page(old.path) and old.path not in arrangement.led_by_host:
        yield Page(old.path, RedirectRecipe(old.target, old.title))


def compose(parts: Parts, path: str, recipe: RedirectRecipe) -> Template:
    """Compose the page. Search engines take the target for the page, and index none at the old address."""
    target = recipe.target
    url = target if is_web_address(target) else parts.to(target)
    head = page_head(parts.site, path, parts.ui.moved, noindex=True)
    view = RedirectView(
        head=structs.replace(head, canonical=_canonical(parts, target, url)),
        target=parts.link(recipe.title, url) if recipe.title else Link(url, url),
    )
    return Template("redirect.html", view)


def _canonical(parts: Parts, target: str, url: str) -> str:
    """Return the address of the page that a target is on: absolute if the site's address is known."""
    if is_web_address(target) or not parts.site.url:
        return url.partition("#")[0]
    path = path_of_target(target)
    return routes.absolute(parts.site.url, path)


REDIRECT = PageType(recipe=RedirectRecipe, paths=None, plan=plan, find=find, compose=compose, gives_way=True)
