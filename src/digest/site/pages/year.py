"""A page for each year."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement, busy_tags
from ..calendars import end_of_month, make_calendar
from ..page_types import PageType, Template
from ..parts import Parts
from ..periods import Mentioned, link_weeks, period_head, plan_periods, show_mentioned, start_of_year
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, Crumb, Head, Kind, Link, Mention, TagLink


class YearRecipe(Recipe, frozen=True):
    """A year's counts per date, busy tags, kinds and most mentioned works, and the years before and after it with entries."""

    year: int
    counts: Counts
    tags: TagCounts
    kinds: tuple[tuple[str, int], ...]
    mentioned: tuple[Mentioned, ...]
    previous: int | None
    next: int | None


class YearView(Struct, frozen=True):
    """`year.html`: a year's calendar, its months with counts, its weeks, its busy tags and its most mentioned works."""

    head: Head
    crumbs: tuple[Crumb, ...]
    year: int
    calendar: Calendar
    months: tuple[tuple[dt.date, Count], ...]
    weeks: tuple[Link, ...]
    mentioned: tuple[Mention, ...]
    tags: tuple[TagLink, ...]
    kinds: tuple[tuple[Kind, int], ...]
    entries: int
    previous: Link | None
    next: Link | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every year."""
    for period in plan_periods(arrangement, start_of_year):
        records = [record for day in period.days for record in day.records]
        kinds = Counter(record.card.kind for record in records)
        recipe = YearRecipe(
            year=period.first.year,
            counts=tuple((day.date, len(day.records)) for day in period.days),
            tags=busy_tags(records),
            kinds=tuple((kind, kinds[kind]) for kind in arrangement.archive.kinds if kinds[kind]),
            mentioned=period.mentioned,
            previous=period.previous.year if period.previous else None,
            next=period.next.year if period.next else None,
        )
        yield Page(routes.year(recipe.year), recipe)


def compose(parts: Parts, path: str, recipe: YearRecipe) -> Template:
    """Compose the page of a year."""
    year = recipe.year
    previous, next_ = (
        Link(parts.ui.year(other), parts.to(routes.year(other))) if other else None
        for other in (recipe.previous, recipe.next)
    )
    # The newest year ends with its last month that has entries: on a phone, the empty months after it would fill the screen.
    last = dt.date(year, 12, 31) if recipe.next else end_of_month(recipe.counts[-1][0])
    crumbs = (parts.archive_crumb(), Crumb(parts.ui.year(year)))
    view = YearView(
        head=period_head(parts, path, parts.ui.year(year), (previous, next_), crumbs),
        crumbs=crumbs,
        year=year,
        calendar=make_calendar(recipe.counts, dt.date(year, 1, 1), last, parts.site.root),
        months=parts.months(recipe.counts),
        weeks=link_weeks(parts, (date for date, _ in recipe.counts)),
        mentioned=show_mentioned(parts, recipe.mentioned),
        tags=parts.tags(recipe.tags),
        kinds=tuple((parts.site.kind(kind), count) for kind, count in recipe.kinds),
        entries=sum(count for _, count in recipe.counts),
        previous=previous,
        next=next_,
    )
    return Template("year.html", view)


YEAR = PageType(recipe=YearRecipe, paths=r"\d{4}/", plan=plan, compose=compose, in_sitemap=True)
