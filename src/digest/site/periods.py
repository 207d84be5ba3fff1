"""The days of the archive -> years, months and weeks with entries, and what their pages share.

A week is that of ISO 8601: it begins on a Monday and belongs to the year of its Thursday.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby

from msgspec import Struct

from ..archive.archive import Day, Record
from . import routes
from .arrangement import Arrangement, neighbours
from .heads import page_head
from .parts import Parts
from .views import Crumb, Head, Link, Mention

MOST_MENTIONED = 10
"""Works that the page of a period lists."""
FEWEST_MENTIONS = 2


class Mentioned(Struct, frozen=True):
    """A work that several entries of a period mention: the entry about it or, without one, its arXiv id."""

    count: int
    record: Record | None
    paper: str


class Period(Struct, frozen=True):
    """A period by its first date, its days, oldest first, and the periods with entries before and after it."""

    first: dt.date
    days: tuple[Day, ...]
    mentioned: tuple[Mentioned, ...]
    previous: dt.date | None
    next: dt.date | None


def start_of_year(date: dt.date) -> dt.date:
    """Return the first date of a date's year."""
    return date.replace(month=1, day=1)


def start_of_month(date: dt.date) -> dt.date:
    """Return the first date of a date's month."""
    return date.replace(day=1)


def start_of_week(date: dt.date) -> dt.date:
    """Return the Monday of a date's week."""
    return date - dt.timedelta(days=date.weekday())


def plan_periods(arrangement: Arrangement, start_of: Callable[[dt.date], dt.date]) -> Iterator[Period]:
    """Yield every period that has entries, oldest first. `start_of` returns the first date of a date's period."""
    grouped = groupby(arrangement.archive.days, key=lambda day: start_of(day.date))
    periods = [(first, tuple(days)) for first, days in grouped]
    for before, (first, days), after in neighbours(periods):
        mentioned = most_mentioned(arrangement, (record for day in days for record in day.records))
        yield Period(first, days, mentioned, before[0] if before else None, after[0] if after else None)


def most_mentioned(arrangement: Arrangement, records: Iterable[Record]) -> tuple[Mentioned, ...]:
    """Return the works that most of the entries mention, if several do. An entry doesn't mention the work that it is about."""
    works = arrangement.mentioned_works
    counts = Counter(chain.from_iterable([works[record.id] for record in records if record.id in works]))
    found = [
        Mentioned(count, work, "") if isinstance(work, Record) else Mentioned(count, None, work)
        for work, count in counts.items()
        if count >= FEWEST_MENTIONS
    ]
    return tuple(sorted(found, key=_rank)[:MOST_MENTIONED])


def _rank(mentioned: Mentioned) -> tuple[bool, int, str, str]:
    """Order works: the ones with an entry first, then by their mentions."""
    record = mentioned.record
    return (
        record is None,
        -mentioned.count,
        record.card.title.casefold() if record else "",
        record.id if record else mentioned.paper,
    )


def show_mentioned(parts: Parts, mentioned: Iterable[Mentioned]) -> tuple[Mention, ...]:
    """Return the works that a period mentions as its page shows them."""
    return tuple(
        Mention(
            row=parts.row(each.record) if each.record else None,
            label=each.record.card.title if each.record else f"arXiv:{each.paper}",
            url=parts.to(routes.path_of(each.record)) if each.record else f"https://arxiv.org/abs/{each.paper}",
            count=each.count,
        )
        for each in mentioned
    )


def link_weeks(parts: Parts, dates: Iterable[dt.date]) -> tuple[Link, ...]:
    """Return links to the weeks of some dates, which are in order."""
    mondays = dict.fromkeys(map(start_of_week, dates))
    return tuple(Link(parts.ui.week_name(monday), parts.to(routes.week(monday))) for monday in mondays)


def period_head(
    parts: Parts,
    path: str,
    title: str,
    beside: tuple[Link | None, Link | None],
    crumbs: tuple[Crumb, ...],
    *,
    description: str = "",
) -> Head:
    """Return the head of a period's page, which leads to those `beside` it: the page before and the page after."""
    previous, next_ = (link.url if link else "" for link in beside)
    return page_head(parts.site, path, title, description=description, previous=previous, next_=next_, crumbs=crumbs)


def link_period(
    parts: Parts, first: dt.date | None, name: Callable[[dt.date], str], path: Callable[[dt.date], str]
) -> Link | None:
    """Return a link to the period that begins on a date, or None without one."""
    return Link(name(first), parts.to(path(first))) if first else None
