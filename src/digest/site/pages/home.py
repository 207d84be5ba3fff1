"""The home page: the newest days, a calendar of the last year, its busy tags, and the years of the archive."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from ...archive.archive import Day, Record
from .. import routes
from ..arrangement import Arrangement, start_of_year
from ..calendars import make_calendar
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, DayRows, Head, Row, TagLink


class HomeRecipe(Recipe, frozen=True):
    """The newest days, newest first; the last year's counts and busy tags; entries per year, newest first.

    Without any day, `notes` are the first notes without a date, of `note_count` in all.
    """

    days: tuple[Day, ...]
    counts: Counts
    tags: TagCounts
    years: tuple[tuple[int, int], ...]
    notes: tuple[Record, ...]
    note_count: int


class HomeView(Struct, frozen=True):
    """`home.html`: the newest days, a calendar of the last year, busy tags of that year.

    On a site without days, `notes` are notes without a date, and `note_count` counts all of them.
    """

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
    notes: tuple[Row, ...]
    note_count: int
    notes_url: str


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the home page."""
    newest = arrangement.archive.days[: -arrangement.limits.home_days - 1 : -1]
    undated = () if newest else arrangement.by_title(arrangement.archive.undated)
    recipe = HomeRecipe(
        days=newest,
        counts=_last_year(arrangement.counts),
        tags=arrangement.busy_tags,
        years=arrangement.years,
        notes=undated[: arrangement.limits.per_page],
        note_count=len(undated),
    )
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
        notes=parts.rows_of(recipe.notes),
        note_count=recipe.note_count,
        notes_url=parts.to(routes.NOTES),
    )
    return Template("home.html", view)


HOME = PageType(recipe=HomeRecipe, paths=routes.HOME, plan=plan, compose=compose, in_sitemap=True)
