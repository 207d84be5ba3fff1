"""Counts per date -> a calendar of whole weeks."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping

from . import routes
from .recipes import Counts
from .views import Calendar, CalendarMonth, Cell

WEEK = dt.timedelta(days=7)
_LEVELS = (1, 2, 4, 7)
"""The lowest number of entries for each of the levels 1 to 4. It is fixed, so that a busy day changes no other calendar."""


def make_calendar(counts: Counts, first: dt.date, last: dt.date, root: str) -> Calendar:
    """Lay out the dates from `first` to `last`, both included, Monday first."""
    by_date = {date: count for date, count in counts if first <= date <= last}
    weeks = []
    monday = first - dt.timedelta(days=first.weekday())
    while monday <= last:
        dates = [monday + dt.timedelta(days=n) for n in range(7)]
        weeks.append(tuple(_cell(date, by_date, root) if first <= date <= last else None for date in dates))
        monday += WEEK
    return Calendar(
        weeks=tuple(weeks),
        months=_months(by_date, first, last, root),
        first=first,
        last=last,
        entries=sum(by_date.values()),
        days=len(by_date),
    )


def end_of_month(date: dt.date) -> dt.date:
    """Return the last date of a date's month."""
    return date.replace(day=monthrange(date.year, date.month)[1])


def _cell(date: dt.date, counts: Mapping[dt.date, int], root: str) -> Cell:
    count = counts.get(date, 0)
    level = sum(count >= least for least in _LEVELS)
    return Cell(date, count, level, routes.address(root, routes.day(date)) if count else "")


def _months(counts: Mapping[dt.date, int], first: dt.date, last: dt.date, root: str) -> tuple[CalendarMonth, ...]:
    written = {date.replace(day=1) for date in counts}
    start = first - dt.timedelta(days=first.weekday())
    months = []
    month = first.replace(day=1)
    while month <= last:
        week = (max(month, first) - start).days // 7
        months.append(CalendarMonth(week, month, routes.address(root, routes.month(month)) if month in written else ""))
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return tuple(months)
