"""The home page: the newest days, a calendar of the last year, its busy tags, and the years of the archive."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from ...archive.archive import Day
from .. import routes
from ..arrangement import Arrangement, start_of_year
from ..calendars import make_calendar
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, DayRows, Head, TagLink


class HomeRecipe(Recipe, frozen=True):
    """The newest days, newest first; the last year's counts and busy tags; entries per year, newest first."""

    days: tuple[Day, ...]
    counts: Counts
    tags: TagCounts
    years: tuple[tuple[int, int], ...]


class HomeView(Struct, frozen=True):
    """`home.html`: the newest days, a calendar of the last year, busy tags of that year."""

    head: Head
    days: tuple[DayRows, ...]
    calendar: Calendar | None
    tags: tuple[TagLink, ...]
    years: tuple[Count, ...]
    entries: int
    first: dt.date | None
    last: dt.date | None
    feed: str
    more: str


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the home page."""
    newest = arrangement.archive.days[: -arrangement.limits.home_days - 1 : -1]
    recipe = HomeRecipe(newest, _last_year(arrangement.counts), arrangement.busy_tags, arrangement.years)
    yield Page(routes.HOME, recipe)


def _last_year(counts: Counts) -> Counts:
    if not counts:
        return ()
    start = start_of_year(counts[-1][0])
    return tuple((date, count) for date, count in counts if date >= start)


def compose(parts: Parts, path: str, recipe: HomeRecipe) -> Template:
    """Compose the home page."""
    first = recipe.years[-1][0] if recipe.years else None
    calendar = None
    if recipe.counts:
        last = recipe.counts[-1][0]
        calendar = make_calendar(recipe.counts, start_of_year(last), last, parts.site.root)
    view = HomeView(
        head=page_head(parts.site, path, parts.site.title),
        days=tuple(parts.day_rows(day) for day in recipe.days),
        calendar=calendar,
        tags=parts.tags(recipe.tags),
        years=parts.years(recipe.years),
        entries=sum(count for _, count in recipe.years),
        first=dt.date(first, 1, 1) if first else None,
        last=recipe.counts[-1][0] if recipe.counts else None,
        feed=parts.to(routes.FEED),
        more=parts.to(routes.ARCHIVE),
    )
    return Template("home.html", view)


HOME = PageType(recipe=HomeRecipe, paths=routes.HOME, plan=plan, compose=compose, in_sitemap=True)
