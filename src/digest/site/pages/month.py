"""A page for each month."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from ...archive.archive import Day
from .. import routes
from ..arrangement import Arrangement, busy_tags, neighbours
from ..heads import page_head
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, TagCounts
from ..views import Crumb, DayRows, Head, Link, TagLink


class MonthRecipe(Recipe, frozen=True):
    """A month's days, oldest first, and its busy tags. Months are given by their first date."""

    month: dt.date
    days: tuple[Day, ...]
    tags: TagCounts
    previous: dt.date | None
    next: dt.date | None


class MonthView(Struct, frozen=True):
    """`month.html`: a month's days, newest first, with their entries as rows.

    `bibtex` is the address of its works in BibTeX, or empty without any.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    month: dt.date
    days: tuple[DayRows, ...]
    tags: tuple[TagLink, ...]
    entries: int
    previous: Link | None
    next: Link | None
    bibtex: str


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every month."""
    by_month = groupby(arrangement.archive.days, key=lambda day: day.date.replace(day=1))
    months = [(month, tuple(days)) for month, days in by_month]
    for before, (month, days), after in neighbours(months):
        recipe = MonthRecipe(
            month=month,
            days=days,
            tags=busy_tags(record for day in days for record in day.records),
            previous=before[0] if before else None,
            next=after[0] if after else None,
        )
        yield Page(routes.month(month), recipe)


def compose(parts: Parts, path: str, recipe: MonthRecipe) -> Template:
    """Compose the page of a month."""
    month = recipe.month
    previous, next_ = (
        Link(parts.ui.month(other), parts.to(routes.month(other))) if other else None
        for other in (recipe.previous, recipe.next)
    )
    crumbs = (*parts.crumbs(month)[:-1], Crumb(parts.ui.month_name(month)))
    view = MonthView(
        head=page_head(
            parts.site,
            path,
            parts.ui.month(month),
            previous=previous.url if previous else "",
            next_=next_.url if next_ else "",
            crumbs=crumbs,
        ),
        crumbs=crumbs,
        month=month,
        days=tuple(parts.day_rows(day) for day in reversed(recipe.days)),
        tags=parts.tags(recipe.tags),
        entries=sum(len(day.records) for day in recipe.days),
        previous=previous,
        next=next_,
        bibtex=parts.works_of((record for day in recipe.days for record in day.records), path),
    )
    return Template("month.html", view)


MONTH = PageType(recipe=MonthRecipe, paths=r"\d{4}/\d\d/", plan=plan, compose=compose, in_sitemap=True)
