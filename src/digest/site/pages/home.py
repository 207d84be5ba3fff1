"""The home page: the newest days, and beside them the year by weeks, tags on the rise, the month, new models and all years."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from ...archive.archive import Day, Record
from ...archive.figures import fact_of
from ...archive.trends import LEAST_RISING, Rising
from .. import routes
from ..arrangement import Arrangement, start_of_year
from ..calendars import end_of_month, make_calendar
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..periods import start_of_week
from ..plots import Column, Tick, stack
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, DayRows, Head, Row, TagLink

WEEKS = 53
WEEK = dt.timedelta(days=7)
STRIP = 30.0
"""The height of the strip of weeks."""
LEAST_WEEKS = 6
"""Weeks since the first entry that a strip needs: a young site has no year to show yet."""
WHOLE_WEEKS = 40
"""Weeks that fill the width of the page. The strip of a younger site is narrower, so that its bars are bars and not blocks."""
MODELS = 5
LEAST_MODELS = 2
BUSY = 8
FIGURE = "parameters"
"""The figure that stands beside a new model."""


class HomeRecipe(Recipe, frozen=True):
    """The newest days, newest first, and the parts beside them.

    `weeks` are the entries of each kind in the weeks before `last`, oldest first. `rising` are tags on the rise or, if these are
    few, `tags` the busy ones. `month` counts the entries of each date of the newest month, and `years` those of each year, newest first.
    Without any day, `notes` are the first notes without a date, of `note_count` in all.
    """

    days: tuple[Day, ...]
    last: dt.date | None
    weeks: tuple[tuple[int, ...], ...]
    rising: tuple[Rising, ...]
    tags: TagCounts
    month: Counts
    models: tuple[Record, ...]
    years: tuple[tuple[int, int], ...]
    notes: tuple[Record, ...]
    note_count: int


class Week(Struct, frozen=True):
    """A week in the strip of the year: the parts of its column by the class of their kind, and its page."""

    title: str
    url: str
    columns: tuple[tuple[str, Column], ...]


class TagOnRise(Struct, frozen=True):
    """A tag on the rise, with its entries in each of the last twelve months."""

    tag: TagLink
    trend: tuple[int, ...]
    count: int


class NewModel(Struct, frozen=True):
    """An entry about a model, with the number of parameters that it names, or an empty text."""

    row: Row
    figure: str


class HomeView(Struct, frozen=True):
    """`home.html`: the newest days and, beside them, the last year by weeks, tags on the rise, the newest month, new models, years.

    What has too little to say is empty: `weeks` with their `ticks`, `rising`, `models`. `width` is the part of the page's width
    that the weeks take, such as `50%`. `tags` are busy tags if `rising` is empty.
    On a site without days, `notes` are notes without a date, and `note_count` counts all of them.
    """

    head: Head
    days: tuple[DayRows, ...]
    weeks: tuple[Week, ...]
    ticks: tuple[Tick, ...]
    width: str
    rising: tuple[TagOnRise, ...]
    tags: tuple[TagLink, ...]
    month: Calendar | None
    models: tuple[NewModel, ...]
    models_url: str
    years: tuple[Count, ...]
    entries: int
    first: dt.date | None
    feed: str
    more: str
    notes: tuple[Row, ...]
    note_count: int
    notes_url: str


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the home page, unless the author has a page of their own in its place."""
    if any(routes.path_of(record) == routes.HOME for record in arrangement.archive.pages):
        return
    days = arrangement.archive.days
    newest = days[: -arrangement.limits.home_days - 1 : -1]
    undated = () if newest else arrangement.by_title(arrangement.archive.undated)
    last = days[-1].date if days else None
    year = _since(days, start_of_year(last)) if last else ()
    rising = arrangement.rising
    models = tuple(islice(arrangement.archive.kinds.get("model", ()), MODELS))
    recipe = HomeRecipe(
        days=newest,
        last=last,
        weeks=_weeks(arrangement, year, last) if last else (),
        rising=rising if len(rising) >= LEAST_RISING else (),
        tags=() if len(rising) >= LEAST_RISING else arrangement.busy_tags[:BUSY],
        month=tuple((day.date, len(day.records)) for day in _since(year, last.replace(day=1))) if last else (),
        models=models if len(models) >= LEAST_MODELS else (),
        years=arrangement.years,
        notes=undated[: arrangement.limits.per_page],
        note_count=len(undated),
    )
    yield Page(routes.HOME, recipe)


def _since(days: tuple[Day, ...], first: dt.date) -> tuple[Day, ...]:
    """Return the days from a date on; they are the last ones."""
    start = len(days)
    while start and days[start - 1].date >= first:
        start -= 1
    return days[start:]


def _weeks(arrangement: Arrangement, year: tuple[Day, ...], last: dt.date) -> tuple[tuple[int, ...], ...]:
    """Count the entries of each kind in each week of the year that ends with `last`'s week, Monday first.

    A site that is younger than a year has as many weeks as it is old, and none if these are few.
    """
    places = {kind.name: place for place, kind in enumerate(arrangement.site.kinds)}
    end = start_of_week(last)
    first = max(arrangement.archive.days[0].date, end - WEEK * (WEEKS - 1))
    weeks = [[0] * len(places) for _ in range((end - start_of_week(first)).days // 7 + 1)]
    if len(weeks) < LEAST_WEEKS:
        return ()
    for day in year:
        before = (end - start_of_week(day.date)).days // 7
        if before < len(weeks):
            for record in day.records:
                weeks[-1 - before][places[record.card.kind]] += 1
    return tuple(map(tuple, weeks))


def _describe(parts: Parts, recipe: HomeRecipe) -> str:
    """Return what search engines show of the site if its author says nothing about it."""
    if parts.site.description or not recipe.years:
        return ""
    return parts.ui.tally(dt.date(recipe.years[-1][0], 1, 1), sum(count for _, count in recipe.years))


def compose(parts: Parts, path: str, recipe: HomeRecipe) -> Template:
    """Compose the home page."""
    first = recipe.years[-1][0] if recipe.years else None
    weeks, ticks = _strip(parts, recipe)
    view = HomeView(
        head=page_head(parts.site, path, parts.site.title, description=_describe(parts, recipe)),
        days=tuple(parts.day_rows(day) for day in recipe.days),
        weeks=weeks,
        ticks=ticks,
        width=f"{100 * min(1, len(weeks) / WHOLE_WEEKS):g}%",
        rising=tuple(TagOnRise(parts.tag(tag.tag), tag.months, tag.total) for tag in recipe.rising),
        tags=parts.tags(recipe.tags),
        month=_month(parts, recipe),
        models=tuple(
            NewModel(parts.row(record), fact.value if (fact := fact_of(record.card, FIGURE)) else "")
            for record in recipe.models
        ),
        models_url=parts.to(routes.kind("model")),
        years=parts.years(recipe.years),
        entries=sum(count for _, count in recipe.years),
        first=dt.date(first, 1, 1) if first else None,
        feed=parts.to(routes.FEED),
        more=parts.to(routes.ARCHIVE),
        notes=parts.rows_of(recipe.notes),
        note_count=recipe.note_count,
        notes_url=parts.to(routes.NOTES),
    )
    return Template("home.html", view)


def _month(parts: Parts, recipe: HomeRecipe) -> Calendar | None:
    if recipe.last is None:
        return None
    return make_calendar(recipe.month, recipe.last.replace(day=1), end_of_month(recipe.last), parts.site.root)


def _strip(parts: Parts, recipe: HomeRecipe) -> tuple[tuple[Week, ...], tuple[Tick, ...]]:
    """Return the columns of weeks, and a mark at the first week of every second month."""
    if recipe.last is None or not recipe.weeks:
        return (), ()
    names = [kind.name for kind in parts.site.kinds]
    mondays = [start_of_week(recipe.last) - WEEK * n for n in reversed(range(len(recipe.weeks)))]
    weeks, ticks = [], []
    for place, (monday, counts, columns) in enumerate(
        zip(mondays, recipe.weeks, stack(recipe.weeks, STRIP), strict=True)
    ):
        sunday = min(monday + dt.timedelta(days=6), recipe.last)
        title = f"{parts.ui.month_day(monday)} – {parts.ui.month_day(sunday)}: {parts.ui.count_entries(sum(counts))}"
        url = parts.to(routes.week(monday)) if sum(counts) else ""
        weeks.append(Week(title, url, tuple((names[column.part], column) for column in columns)))
        if sunday.day <= 7 and sunday.month % 2 == 0:
            ticks.append(Tick(round(100 * place / len(mondays), 2), parts.ui.month_name(sunday)))
    return tuple(weeks), tuple(ticks)


HOME = PageType(recipe=HomeRecipe, paths=routes.HOME, plan=plan, compose=compose, in_sitemap=True)
