"""A page for each week."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from ...archive.archive import Day
from .. import routes
from ..arrangement import Arrangement, busy_tags
from ..page_types import PageType, Template
from ..parts import Parts
from ..periods import Mentioned, link_period, period_head, plan_periods, show_mentioned, start_of_week
from ..recipes import Page, Recipe
from ..views import Crumb, DayRows, Head, Kind, Link, Mention, TagLink

TAGS = 8
"""The busiest tags that the page of a week shows."""


class WeekRecipe(Recipe, frozen=True):
    """A week's days, oldest first, and the works that they mention. Weeks are given by their Mondays."""

    monday: dt.date
    days: tuple[Day, ...]
    mentioned: tuple[Mentioned, ...]
    previous: dt.date | None
    next: dt.date | None


class WeekView(Struct, frozen=True):
    """`week.html`: a week's days, newest first, with their entries as rows.

    `first` and `last` are its Monday and its Sunday. `kinds` are (kind, count) present that week, `tags` its busiest tags and
    `mentioned` the works that several of its entries mention.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    first: dt.date
    last: dt.date
    kinds: tuple[tuple[Kind, int], ...]
    tags: tuple[TagLink, ...]
    mentioned: tuple[Mention, ...]
    days: tuple[DayRows, ...]
    entries: int
    previous: Link | None
    next: Link | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every week that has entries."""
    for period in plan_periods(arrangement, start_of_week):
        recipe = WeekRecipe(period.first, period.days, period.mentioned, period.previous, period.next)
        yield Page(routes.week(period.first), recipe)


def compose(parts: Parts, path: str, recipe: WeekRecipe) -> Template:
    """Compose the page of a week."""
    monday, ui = recipe.monday, parts.ui
    records = [record for day in recipe.days for record in day.records]
    previous, next_ = (link_period(parts, date, ui.week, routes.week) for date in (recipe.previous, recipe.next))
    names = (record.card.title for record in records)
    # The week belongs to the year of its Thursday, which may have no entry.
    year = min({day.date.year for day in recipe.days}, key=lambda year: year != monday.isocalendar()[0])
    crumbs = (
        parts.archive_crumb(),
        Crumb(ui.year(year), parts.to(routes.year(year))),
        Crumb(ui.week_name(monday)),
    )
    view = WeekView(
        head=period_head(parts, path, ui.week(monday), (previous, next_), crumbs, description=" · ".join(names)),
        crumbs=crumbs,
        first=monday,
        last=dt.date.fromordinal(min(monday.toordinal() + 6, dt.date.max.toordinal())),
        kinds=parts.count_kinds(records),
        tags=parts.tags(busy_tags(records)[:TAGS]),
        mentioned=show_mentioned(parts, recipe.mentioned),
        days=tuple(parts.day_rows(day) for day in reversed(recipe.days)),
        entries=len(records),
        previous=previous,
        next=next_,
    )
    return Template("week.html", view)


WEEK = PageType(recipe=WeekRecipe, paths=r"\d{4}/w\d\d/", plan=plan, compose=compose, in_sitemap=True)
