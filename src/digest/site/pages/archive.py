"""The page of all dates: the months of all years in one table, and every year with its days and its busiest tags."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement, busy_tags
from ..calendars import make_calendar, make_strip, months_alive
from ..chart_views import Matrix, Strip
from ..heads import page_head
from ..matrices import make_matrix
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..recipes import Counts, Page, Recipe, TagCounts
from ..views import Calendar, Count, Crumb, Head, Link, TagLink

LEAST_MONTHS = 3
"""Months with entries that a matrix needs."""
SHEETS = 3
"""Months of a calendar that the page shows of a young site."""
TAGS = 5
"""The busiest tags of a year that the page shows."""


class ArchiveRecipe(Recipe, frozen=True):
    """Entries per date, and the busiest tags of each year, oldest first."""

    counts: Counts
    tags: tuple[TagCounts, ...]


class ArchiveYear(Struct, frozen=True):
    """A year with its page, its days as a strip, its months with entries, and its busiest tags.

    The year of a young site with few months has a `calendar`, and is shown by it instead of the strip.
    """

    number: int
    year: Count
    days: int
    strip: Strip
    calendar: Calendar | None
    months: tuple[Link, ...]
    tags: tuple[TagLink, ...]


class ArchiveView(Struct, frozen=True):
    """`archive.html`: the months of all years as a matrix, and every year, newest first.

    `matrix` is None for a young site with entries in few months. `first` is None without entries.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    matrix: Matrix | None
    years: tuple[ArchiveYear, ...]
    entries: int
    days: int
    first: dt.date | None
    last: dt.date | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of all dates."""
    years = groupby(arrangement.archive.records, key=lambda record: record.date.year)
    tags = tuple(busy_tags(records)[:TAGS] for _, records in years)
    yield Page(routes.ARCHIVE, ArchiveRecipe(arrangement.counts, tags))


def compose(parts: Parts, path: str, recipe: ArchiveRecipe) -> Template:
    """Compose the page of all dates."""
    by_year = {year: tuple(counts) for year, counts in groupby(recipe.counts, key=lambda pair: pair[0].year)}
    tags = dict(zip(by_year, recipe.tags, strict=True))
    totals = tuple((year, sum(count for _, count in by_year[year])) for year in sorted(by_year, reverse=True))
    months = [
        (month, sum(count for _, count in group))
        for month, group in groupby(recipe.counts, key=lambda pair: pair[0].replace(day=1))
    ]
    alive = {
        year: months_alive([date for date, _ in counts], before=year - 1 in by_year, after=year + 1 in by_year)
        for year, counts in by_year.items()
    }
    months_of_years = {
        year: [month for month, _ in group] for year, group in groupby(months, key=lambda pair: pair[0].year)
    }
    years = tuple(
        ArchiveYear(
            number=year,
            year=count,
            days=len(by_year[year]),
            strip=make_strip(by_year[year], year, alive[year], parts.ui),
            calendar=_calendar(parts, by_year[year], alive[year]) if len(months) < LEAST_MONTHS else None,
            months=tuple(_month(parts, month) for month in months_of_years[year]),
            tags=parts.tags(tags[year]),
        )
        for (year, _), count in zip(totals, parts.years(totals), strict=True)
    )
    crumbs = (Crumb(parts.ui.archive),)
    view = ArchiveView(
        head=page_head(parts.site, path, parts.ui.archive, description=_describe(parts, recipe.counts), crumbs=crumbs),
        crumbs=crumbs,
        matrix=make_matrix(
            months, lambda year: parts.to(routes.year(year)), lambda month: parts.to(routes.month(month))
        )
        if len(months) >= LEAST_MONTHS
        else None,
        years=years,
        entries=sum(count for _, count in totals),
        days=len(recipe.counts),
        first=recipe.counts[0][0] if recipe.counts else None,
        last=recipe.counts[-1][0] if recipe.counts else None,
    )
    return Template("archive.html", view)


def _describe(parts: Parts, counts: Counts) -> str:
    return parts.ui.tally(counts[0][0], sum(count for _, count in counts)) if counts else ""


def _calendar(parts: Parts, counts: Counts, alive: tuple[dt.date, dt.date]) -> Calendar | None:
    first, last = alive
    return make_calendar(counts, first, last, parts.site.root) if last.month - first.month < SHEETS else None


def _month(parts: Parts, first: dt.date) -> Link:
    return Link(parts.ui.month_name(first), parts.to(routes.month(first)))


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.archive


ARCHIVE = PageType(
    recipe=ArchiveRecipe,
    paths=routes.ARCHIVE,
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "archive", routes.ARCHIVE, label, lists_notes=True),
)
