"""Counts per date -> calendars of whole weeks, and strips of years."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping, Sequence

from ..languages.strings import Strings
from . import routes
from .chart_views import Strip
from .plots import Tick
from .recipes import Counts
from .views import Calendar, CalendarMonth, Cell

WEEK = dt.timedelta(days=7)
_LEVELS = (1, 2, 4, 7)
"""The lowest number of entries for each of the levels 1 to 4. It is fixed, so that a busy day changes no other calendar."""

_STEP = 12
"""The distance between two dates of a strip."""
STRIP_WIDTH = 54 * _STEP - 2
"""The width of a strip: a year has dates in up to 54 weeks."""


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


def make_strip(counts: Counts, year: int, alive: tuple[dt.date, dt.date], ui: Strings) -> Strip:
    """Draw the dates of a year as one small picture, with the months between the dates of `alive`, both included.

    All years have one scale, so that their months stand below one another.
    """
    start = dt.date(year, 1, 1)
    offset = start.weekday()
    by_date = dict(counts)
    levels: list[list[str]] = [[] for _ in range(len(_LEVELS) + 1)]
    first, last = alive
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        week, weekday = divmod(ordinal - start.toordinal() + offset, 7)
        count = by_date.get(dt.date.fromordinal(ordinal), 0)
        levels[_level(count)].append(f"M{week * _STEP} {weekday * _STEP}h10v10h-10z")
    return Strip(
        paths=tuple((level, "".join(path)) for level, path in enumerate(levels) if path),
        ticks=tuple(
            Tick(round(100 * ((date - start).days + offset) // 7 * _STEP / STRIP_WIDTH, 2), ui.month_name(date))
            for date in (dt.date(year, month, 1) for month in range(first.month, last.month + 1))
        ),
    )


def months_alive(dates: Sequence[dt.date], *, before: bool, after: bool) -> tuple[dt.date, dt.date]:
    """Return the first and the last date of the months of a year that its pages show.

    `dates` are those with entries, in order. A year whose neighbours have entries (`before`, `after`) is whole. Otherwise it begins or
    ends with its first or last month that has entries: a young site has no use for empty months.
    """
    year = dates[0].year
    first = dt.date(year, 1, 1) if before else dates[0].replace(day=1)
    return first, dt.date(year, 12, 31) if after else end_of_month(dates[-1])


def end_of_month(date: dt.date) -> dt.date:
    """Return the last date of a date's month."""
    return date.replace(day=monthrange(date.year, date.month)[1])


def _level(count: int) -> int:
    return sum(count >= least for least in _LEVELS)


def _cell(date: dt.date, counts: Mapping[dt.date, int], root: str) -> Cell:
    count = counts.get(date, 0)
    return Cell(date, count, _level(count), routes.address(root, routes.day(date)) if count else "")


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
