"""A page for each year."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ...archive.archive import Record, TagName
from .. import routes
from ..arrangement import Arrangement, busy_tags
from ..calendars import end_of_month, make_calendar, months_alive
from ..page_types import PageType, Template
from ..parts import Parts
from ..periods import Mentioned, link_weeks, period_head, plan_periods, show_mentioned, start_of_year
from ..plots import spikes
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, Crumb, Head, Kind, Link, Mention, TagLink

COURSES = 12
"""Tags that stand with their entries per month."""
LEAST_MONTHS = 3
"""Months of a year that these need."""
MONTH_HEIGHT = 24.0
"""The height of a month's columns of days."""


class TagCourse(Struct, frozen=True):
    """A tag with its entries in a year, and those in each of the months that the year's page shows."""

    name: TagName
    count: int
    months: tuple[int, ...]


class YearRecipe(Recipe, frozen=True):
    """A year's counts per date, busy tags, kinds and most mentioned works, and the years before and after it with entries.

    The busiest tags are `courses`. The pages of the year show the months of the dates `alive`, from the first to the last.
    """

    year: int
    counts: Counts
    alive: tuple[dt.date, dt.date]
    courses: tuple[TagCourse, ...]
    tags: TagCounts
    kinds: tuple[tuple[str, int], ...]
    mentioned: tuple[Mentioned, ...]
    previous: int | None
    next: int | None


class MonthRow(Struct, frozen=True):
    """A month with its number of entries and, as one path in 310 by 24 units, a column for each of its days."""

    month: Count
    days: str


class TagRow(Struct, frozen=True):
    """A busy tag of a year, with its entries per month."""

    tag: TagLink
    trend: tuple[int, ...]


class YearView(Struct, frozen=True):
    """`year.html`: a year's months with their days, its calendar, its weeks, its most mentioned works and its busy tags.

    A year that `is_over` has entries after it; its calendar is read from January. `courses` are the busiest tags, and `tags` the
    next ones. The calendar of a year without a neighbour begins or ends with its first or last month that has entries.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    year: int
    calendar: Calendar
    is_over: bool
    months: tuple[MonthRow, ...]
    weeks: tuple[Link, ...]
    mentioned: tuple[Mention, ...]
    courses: tuple[TagRow, ...]
    tags: tuple[TagLink, ...]
    kinds: tuple[tuple[Kind, int], ...]
    entries: int
    previous: Link | None
    next: Link | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every year."""
    for period in plan_periods(arrangement, start_of_year):
        year = period.first.year
        previous, next_ = (other.year if other else None for other in (period.previous, period.next))
        records = [record for day in period.days for record in day.records]
        kinds = Counter(record.card.kind for record in records)
        dates = [day.date for day in period.days]
        alive = months_alive(dates, before=previous == year - 1, after=next_ == year + 1)
        tags = busy_tags(records)
        courses = _find_courses(records, tags[:COURSES], alive)
        recipe = YearRecipe(
            year=year,
            counts=tuple((day.date, len(day.records)) for day in period.days),
            alive=alive,
            courses=courses,
            tags=tags[len(courses) :],
            kinds=tuple((kind, kinds[kind]) for kind in arrangement.archive.kinds if kinds[kind]),
            mentioned=period.mentioned,
            previous=previous,
            next=next_,
        )
        yield Page(routes.year(year), recipe)


def _find_courses(records: Sequence[Record], tags: TagCounts, alive: tuple[dt.date, dt.date]) -> tuple[TagCourse, ...]:
    """Return tags with their entries per month, unless the year has too few months."""
    first, last = (date.month for date in alive)
    if last - first + 1 < LEAST_MONTHS:
        return ()
    names = {name for name, _ in tags}
    months = Counter((tag, record.date.month) for record in records for tag in record.tags if tag in names)
    return tuple(
        TagCourse(name, count, tuple(months[name, month] for month in range(first, last + 1))) for name, count in tags
    )


def compose(parts: Parts, path: str, recipe: YearRecipe) -> Template:
    """Compose the page of a year."""
    year = recipe.year
    previous, next_ = (
        Link(parts.ui.year(other), parts.to(routes.year(other))) if other else None
        for other in (recipe.previous, recipe.next)
    )
    crumbs = (parts.archive_crumb(), Crumb(parts.ui.year(year)))
    names = (f"#{tag.label}" for tag in parts.tags(recipe.tags))
    view = YearView(
        head=period_head(parts, path, parts.ui.year(year), (previous, next_), crumbs, description=" · ".join(names)),
        crumbs=crumbs,
        year=year,
        calendar=make_calendar(recipe.counts, *recipe.alive, parts.site.root),
        is_over=recipe.next is not None,
        months=tuple(_months(parts, recipe.counts)),
        weeks=link_weeks(parts, (date for date, _ in recipe.counts)),
        mentioned=show_mentioned(parts, recipe.mentioned),
        courses=tuple(TagRow(parts.tag(tag.name, tag.count), tag.months) for tag in recipe.courses),
        tags=parts.tags(recipe.tags),
        kinds=tuple((parts.site.kind(kind), count) for kind, count in recipe.kinds),
        entries=sum(count for _, count in recipe.counts),
        previous=previous,
        next=next_,
    )
    return Template("year.html", view)


def _months(parts: Parts, counts: Counts) -> Iterator[MonthRow]:
    """Yield the months with entries. The columns of all days have one scale."""
    most = max(count for _, count in counts)
    by_date = dict(counts)
    for first, month in parts.months(counts):
        days = [by_date.get(first + dt.timedelta(days=n), 0) for n in range(end_of_month(first).day)]
        yield MonthRow(month, spikes([count / most for count in days], MONTH_HEIGHT))


YEAR = PageType(recipe=YearRecipe, paths=r"\d{4}/", plan=plan, compose=compose, in_sitemap=True)
