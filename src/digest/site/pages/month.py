"""A page for each month."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from ...archive.archive import Day
from .. import routes
from ..arrangement import Arrangement, busy_tags
from ..page_types import PageType, Template
from ..parts import Parts
from ..periods import Mentioned, link_period, link_weeks, period_head, plan_periods, show_mentioned, start_of_month
from ..recipes import Page, Recipe
from ..timelines import jump_to_days
from ..views import Crumb, DayRows, Head, Jump, Kind, Link, Mention, TagLink

TAGS = 12
"""The busiest tags that the page of a month shows."""


class MonthRecipe(Recipe, frozen=True):
    """A month's days, oldest first, and the works that they mention. Months are given by their first date."""

    month: dt.date
    days: tuple[Day, ...]
    mentioned: tuple[Mentioned, ...]
    previous: dt.date | None
    next: dt.date | None


class MonthView(Struct, frozen=True):
    """`month.html`: a month's days, newest first, with their entries as rows.

    `jumps` lead to the days of a busy month.     `kinds` are (kind, count) present that month, `tags` its busiest tags, `mentioned` the works that several of its entries
    mention, and `weeks` its weeks with entries. `bibtex` is the
    address of its works in BibTeX, or empty without any.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    month: dt.date
    jumps: tuple[Jump, ...]
    kinds: tuple[tuple[Kind, int], ...]
    tags: tuple[TagLink, ...]
    weeks: tuple[Link, ...]
    mentioned: tuple[Mention, ...]
    days: tuple[DayRows, ...]
    entries: int
    previous: Link | None
    next: Link | None
    bibtex: str


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every month."""
    for period in plan_periods(arrangement, start_of_month):
        recipe = MonthRecipe(period.first, period.days, period.mentioned, period.previous, period.next)
        yield Page(routes.month(period.first), recipe)


def compose(parts: Parts, path: str, recipe: MonthRecipe) -> Template:
    """Compose the page of a month."""
    month = recipe.month
    records = [record for day in recipe.days for record in day.records]
    previous, next_ = (
        link_period(parts, date, parts.ui.month, routes.month) for date in (recipe.previous, recipe.next)
    )
    crumbs = (*parts.crumbs(month)[:-1], Crumb(parts.ui.month_name(month)))
    names = (record.card.title for record in records)
    view = MonthView(
        head=period_head(parts, path, parts.ui.month(month), (previous, next_), crumbs, description=" · ".join(names)),
        crumbs=crumbs,
        month=month,
        jumps=jump_to_days(recipe.days),
        kinds=parts.count_kinds(records),
        tags=parts.tags(busy_tags(records)[:TAGS]),
        weeks=link_weeks(parts, (day.date for day in recipe.days)),
        mentioned=show_mentioned(parts, recipe.mentioned),
        days=tuple(parts.day_rows(day) for day in reversed(recipe.days)),
        entries=len(records),
        previous=previous,
        next=next_,
        bibtex=parts.works_of(records, path),
    )
    return Template("month.html", view)


MONTH = PageType(recipe=MonthRecipe, paths=r"\d{4}/\d\d/", plan=plan, compose=compose, in_sitemap=True)
