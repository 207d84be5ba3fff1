"""The page at the address of an entry that was removed."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from ...addresses.old import OldAddress
from ...redirects import can_be_page
from .. import routes
from ..arrangement import Arrangement, days_around
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe
from ..views import Crumb, Head


class RemovedRecipe(Recipe, frozen=True):
    """The day of a removed entry, if it had one, and whether the site has other entries of that day."""

    date: dt.date | None
    has_day: bool


class RemovedView(Struct, frozen=True):
    """`removed.html`: says that there was a page here, and leads on. `day` is the day of the entry that it was about.

    `day` has an address only if there are other entries of that day. It is None if the page was not about an entry of a day.
    """

    head: Head
    day: Crumb | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan a page for every address whose page was removed."""
    for old in arrangement.old_addresses:
        yield from _plan_removed(arrangement, old)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page at an address whose page was removed."""
    if old := arrangement.old_by_path.get(path):
        yield from _plan_removed(arrangement, old)


def _plan_removed(arrangement: Arrangement, old: OldAddress) -> Iterator[Page]:
    if old.target is None and can_be_page(old.path):
        yield Page(old.path, RemovedRecipe(old.date, _has_day(arrangement, old.date)))


def _has_day(arrangement: Arrangement, date: dt.date | None) -> bool:
    if date is None:
        return False
    year, month, day = f"{date.year:04d}", f"{date.month:02d}", f"{date.day:02d}"
    return any(found.date == date for found in days_around(arrangement.archive, year, month, day))


def compose(parts: Parts, path: str, recipe: RemovedRecipe) -> Template:
    """Compose the page."""
    date = recipe.date
    day = Crumb(parts.ui.date(date), parts.to(routes.day(date)) if recipe.has_day else "") if date else None
    return Template("removed.html", RemovedView(page_head(parts.site, path, parts.ui.removed, noindex=True), day))


REMOVED = PageType(recipe=RemovedRecipe, paths=None, plan=plan, find=find, compose=compose, gives_way=True)
