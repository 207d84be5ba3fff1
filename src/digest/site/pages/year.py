"""A page for each year."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from .. import routes
from ..arrangement import Arrangement, busy_tags, neighbours
from ..calendars import end_of_month, make_calendar
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, Crumb, Head, Kind, Link, TagLink


class YearRecipe(Recipe, frozen=True):
    """A year's counts per date, busy tags and kinds, and the years before and after it that have entries."""

    year: int
    counts: Counts
    tags: TagCounts
    kinds: tuple[tuple[str, int], ...]
    previous: int | None
    next: int | None


class YearView(Struct, frozen=True):
    """`year.html`: a year's calendar, its months with counts, its busy tags."""

    head: Head
    crumbs: tuple[Crumb, ...]
    year: int
    calendar: Calendar
    months: tuple[tuple[dt.date, Count], ...]
    tags: tuple[TagLink, ...]
    kinds: tuple[tuple[Kind, int], ...]
    entries: int
    previous: Link | None
    next: Link | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every year."""
    archive = arrangement.archive
    years = [(year, tuple(days)) for year, days in groupby(archive.days, key=lambda day: day.date.year)]
    for before, (year, days), after in neighbours(years):
        records = [record for day in days for record in day.records]
        kinds = Counter(record.card.kind for record in records)
        recipe = YearRecipe(
            year=year,
            counts=tuple((day.date, len(day.records)) for day in days),
            tags=busy_tags(records),
            kinds=tuple((kind, kinds[kind]) for kind in archive.kinds if kinds[kind]),
            previous=before[0] if before else None,
            next=after[0] if after else None,
        )
        yield Page(routes.year(year), recipe)


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
        head=page_head(
            parts.site,
            path,
            parts.ui.year(year),
            previous=previous.url if previous else "",
            next_=next_.url if next_ else "",
            crumbs=crumbs,
        ),
        crumbs=crumbs,
        year=year,
        calendar=make_calendar(recipe.counts, dt.date(year, 1, 1), last, parts.site.root),
        months=parts.months(recipe.counts),
        tags=parts.tags(recipe.tags),
        kinds=tuple((parts.site.kind(kind), count) for kind, count in recipe.kinds),
        entries=sum(count for _, count in recipe.counts),
        previous=previous,
        next=next_,
    )
    return Template("year.html", view)


YEAR = PageType(recipe=YearRecipe, paths=r"\d{4}/", plan=plan, compose=compose, in_sitemap=True)
