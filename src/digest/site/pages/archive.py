"""The page of all dates: every year with its calendar."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement
from ..calendars import make_calendar
from ..heads import page_head
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..recipes import Counts, Page, Recipe
from ..views import Calendar, Count, Crumb, Head


class ArchiveRecipe(Recipe, frozen=True):
    """Entries per date."""

    counts: Counts


class ArchiveView(Struct, frozen=True):
    """`archive.html`: every year with its calendar, newest first."""

    head: Head
    crumbs: tuple[Crumb, ...]
    years: tuple[tuple[Count, Calendar], ...]
    entries: int


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of all dates."""
    yield Page(routes.ARCHIVE, ArchiveRecipe(arrangement.counts))


def compose(parts: Parts, path: str, recipe: ArchiveRecipe) -> Template:
    """Compose the page of all dates."""
    by_year = {year: tuple(counts) for year, counts in groupby(recipe.counts, key=lambda pair: pair[0].year)}
    totals = tuple((year, sum(count for _, count in by_year[year])) for year in sorted(by_year, reverse=True))
    calendars = (
        make_calendar(by_year[year], dt.date(year, 1, 1), dt.date(year, 12, 31), parts.site.root) for year, _ in totals
    )
    crumbs = (Crumb(parts.ui.archive),)
    view = ArchiveView(
        head=page_head(parts.site, path, parts.ui.archive, crumbs=crumbs),
        crumbs=crumbs,
        years=tuple(zip(parts.years(totals), calendars, strict=True)),
        entries=sum(count for _, count in totals),
    )
    return Template("archive.html", view)


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.archive


ARCHIVE = PageType(
    recipe=ArchiveRecipe,
    paths=routes.ARCHIVE,
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "archive", routes.ARCHIVE, label),
)
