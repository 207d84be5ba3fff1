"""The entries of a tag or a kind by month -> a timeline, and jumps to the years of their list.

A timeline ends with the last month of its own entries: the first entry of a new month or year changes only the pages of its own
tags and its kind. For the same reason, a tag's shares leave out its last quarter, in which others may still write.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from ..archive.archive import Day, Record
from ..archive.trends import months_of, smooth_shares, start_of_charts
from .arrangement import quarter_of
from .chart_views import Bar, Shares, Timeline
from .matrices import make_matrix
from .pagination import page_at
from .parts import Parts
from .plots import STEP, Column, area, curve, stack, year_ticks
from .recipes import MonthKinds
from .views import Jump, YearRows

LEAST_ENTRIES, LEAST_MONTHS = 6, 3
"""Entries, and months with any, that a timeline needs; periods that a sparkline needs."""
LEAST_JUMPED = 20
"""Entries that a list needs for jumps to its years."""
MONTHS, YEARS = 120, 60
"""Months that a chart shows at most. Of more, it shows years: the last ones of these."""
SPARK_MONTHS, SPARK_QUARTERS = 24, 40
"""Months that a sparkline shows at most and, if there are more, quarters. If there are more of these too, it shows years."""
COLUMNS, CURVE = 56.0, 30.0
"""The height of the columns, and that of the curve of shares."""
LEAST_SHARED, LEAST_QUARTERS, LEAST_SHARE = 12, 5, 0.04
"""Entries, quarters and the highest share that a curve of shares needs."""
LEAST_IN_QUARTER = 10
"""Entries of all tags in a quarter that shares of it need."""
UNKNOWN = -1
SHARE_STEPS = 200
"""Shares are kept as multiples of half a per cent, so that one entry more in a quarter changes few other tags."""


def count_months(records: Iterable[Record], kinds: Sequence[str]) -> MonthKinds:
    """Count the entries of each kind in each month that has any, oldest first. `records` are newest first."""
    places = {kind: place for place, kind in enumerate(kinds)}
    months: list[tuple[dt.date, list[int]]] = []
    year = month = 0
    counts: list[int] = []
    for record in records:
        date = record.date
        if date.month != month or date.year != year:
            year, month = date.year, date.month
            counts = [0] * len(places)
            months.append((date.replace(day=1), counts))
        counts[places[record.card.kind]] += 1
    return tuple((first, tuple(counts)) for first, counts in reversed(months))


def first_of_quarter(quarter: int) -> dt.date:
    """Return the first date of a quarter."""
    return dt.date(quarter // 4, quarter % 4 * 3 + 1, 1)


class Periods:
    """The months from one date to another as the columns of a sparkline or, of many, the quarters or the years."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        for number, most in ((_month_of, SPARK_MONTHS), (quarter_of, SPARK_QUARTERS)):
            self._number, self._all = number, range(number(first), number(last) + 1)
            if len(self._all) <= most:
                return
        self._number, self._all = _year_of, range(max(first.year, last.year - SPARK_QUARTERS + 1), last.year + 1)

    def count(self, dates: Iterable[dt.date]) -> tuple[int, ...]:
        """Count dates in each period. Too few periods are no course."""
        counts = Counter(map(self._number, dates))
        trend = tuple(counts[period] for period in self._all)
        return trend if len(trend) >= LEAST_MONTHS and any(trend) else ()


def _month_of(date: dt.date) -> int:
    return date.year * 12 + date.month


def _year_of(date: dt.date) -> int:
    return date.year


def find_shares(months: MonthKinds, totals: Mapping[int, int]) -> tuple[int, ...]:
    """Return a tag's share of all entries in each quarter of its chart before its last one, in half per cents.

    `totals` counts all entries by quarter. A share counts the neighbouring quarters half. A quarter with few entries has the share
    `UNKNOWN`. Without enough to say, return nothing.
    """
    if sum(sum(counts) for _, counts in months) < LEAST_SHARED:
        return ()
    own: Counter[int] = Counter()
    for month, counts in months:
        own[quarter_of(month)] += sum(counts)
    start = start_of_charts([(month, sum(counts)) for month, counts in months])
    quarters = range(quarter_of(start), quarter_of(months[-1][0]))
    if not LEAST_QUARTERS <= len(quarters) <= MONTHS // 3:
        return ()
    counted = [total if (total := totals.get(quarter, 0)) >= LEAST_IN_QUARTER else 0 for quarter in quarters]
    having = [own[quarter] if total else 0 for quarter, total in zip(quarters, counted, strict=True)]
    shares = smooth_shares(having, counted)
    if max(shares) < LEAST_SHARE:
        return ()
    return tuple(round(share * SHARE_STEPS) if total else UNKNOWN for share, total in zip(shares, counted, strict=True))


def last_months(first: dt.date, last: dt.date) -> Sequence[dt.date]:
    """Return the first dates of the months from one date to another, of more than `MONTHS` the last ones."""
    years = (MONTHS - 1) // 12
    start = max(first, dt.date(last.year - years, 1, 1)) if last.year > years else first
    return months_of(start, last)


class Places:
    """Where the entries of a list, newest first, lie on its pages: the address of the first one of each month and each year."""

    def __init__(self, months: MonthKinds, newest: int, pages: int, to: Callable[[int], str]) -> None:
        """Find the places. `newest` is the number of entries on the newest page of `pages`, and `to` returns the address of another."""
        total = sum(sum(counts) for _, counts in months)
        size = (total - newest) // (pages - 1) if pages > 1 else total
        self.months: dict[dt.date, str] = {}
        self.years: dict[int, str] = {}
        self.counts: Counter[int] = Counter()
        place = 0
        for month, counts in reversed(months):
            page = page_at(place, newest, pages, size)
            before = "" if page == pages else to(page)
            self.months[month] = f"{before}#m{month.isoformat()}"
            self.years.setdefault(month.year, f"{before}#y{month.year}")
            self.counts[month.year] += sum(counts)
            place += sum(counts)

    def jumps(self) -> tuple[Jump, ...]:
        """Return a link to each year of the list, newest first, if the list is long and has several years."""
        if len(self.years) < 2 or self.counts.total() < LEAST_JUMPED:
            return ()
        return tuple(
            Jump(str(year), url, self.counts[year], "" if url.startswith("#") else f"y{year}")
            for year, url in self.years.items()
        )


def jumps_within(records: Sequence[Record]) -> tuple[Jump, ...]:
    """Return links to the years of a page of a list other than the newest, whose entries stay the same for good."""
    kinds = sorted({record.card.kind for record in records})
    return Places(count_months(records, kinds), len(records), 1, str).jumps()


def jump_to_days(days: Sequence[Day]) -> tuple[Jump, ...]:
    """Return links to the days of a busy month, newest first. `days` are oldest first."""
    if len(days) < 2 or sum(len(day.records) for day in days) < LEAST_JUMPED:
        return ()
    return tuple(Jump(str(day.date.day), f"#d{day.date.isoformat()}", 0) for day in reversed(days))


def by_year(parts: Parts, records: Iterable[Record]) -> tuple[YearRows, ...]:
    """Group a list of entries by year and month."""
    years = groupby(parts.by_month(records), key=lambda month: month.date.year)
    return tuple(YearRows(year, tuple(months)) for year, months in years)


def make_timeline(
    parts: Parts, months: MonthKinds, places: Places, kinds: Sequence[str], shares: Sequence[int] = ()
) -> Timeline | None:
    """Draw the timeline of a list. `kinds` are the classes of the counts in `months`. Without enough to say, return None."""
    totals = [(month, sum(counts)) for month, counts in months]
    if len(months) < LEAST_MONTHS or sum(count for _, count in totals) < LEAST_ENTRIES:
        return None
    first, last = start_of_charts(totals), months[-1][0]
    months = tuple(pair for pair in months if pair[0] >= first)
    monthly = (last.year - first.year) * 12 + last.month - first.month < MONTHS
    every = months_of(first, last) if monthly else []
    if monthly:
        bars = month_bars(parts, months, every, kinds, lambda month: places.months[month])
    else:
        bars = _years(parts, months, places, kinds)
    return Timeline(
        bars=bars,
        ticks=year_ticks(every if monthly else [dt.date(int(bar.label), 1, 1) for bar in bars]),
        monthly=monthly,
        matrix=make_matrix(totals, lambda year: places.years[year], lambda month: places.months[month]),
        shares=_shares(parts, months, every, shares) if shares and monthly else None,
    )


def month_bars(
    parts: Parts,
    months: MonthKinds,
    every: Sequence[dt.date],
    kinds: Sequence[str],
    to: Callable[[dt.date], str],
    height: float = COLUMNS,
) -> tuple[Bar, ...]:
    """Return a column for each of the months `every`. `to` returns the address of a month with entries."""
    counts, none = dict(months), (0,) * len(kinds)
    rows = [counts.get(month, none) for month in every]
    return tuple(
        _bar(to(month) if month in counts else "", parts.ui.month(month), row, columns, kinds)
        for month, row, columns in zip(every, rows, stack(rows, height), strict=True)
    )


def _years(parts: Parts, months: MonthKinds, places: Places, kinds: Sequence[str]) -> tuple[Bar, ...]:
    last = months[-1][0].year
    years = {year: [0] * len(kinds) for year in range(max(months[0][0].year, last - YEARS + 1), last + 1)}
    for month, counts in months:
        if month.year in years:
            years[month.year] = [sum(pair) for pair in zip(years[month.year], counts, strict=True)]
    rows = list(years.values())
    return tuple(
        _bar(places.years.get(year, ""), str(year), row, columns, kinds)
        for year, row, columns in zip(years, rows, stack(rows, COLUMNS), strict=True)
    )


def _bar(url: str, label: str, counts: Sequence[int], columns: Iterable[Column], kinds: Sequence[str]) -> Bar:
    parts = tuple((kinds[column.part], column) for column in columns)
    return Bar(url, label, f"{label}: {sum(counts):,}", parts, tuple(counts))


def _shares(parts: Parts, months: MonthKinds, every: Sequence[dt.date], shares: Sequence[int]) -> Shares:
    """Place the curve of shares under the columns of months: each quarter's point under the middle of the quarter."""
    first = quarter_of(every[0])
    own: Counter[int] = Counter()
    for month, counts in months:
        own[quarter_of(month)] += sum(counts)
    heights = [max(share, 0) / max(shares) for share in shares]
    rows = tuple(
        (
            parts.ui.quarter(first_of_quarter(first + place)),
            own[first + place],
            "–" if share == UNKNOWN else f"{share / SHARE_STEPS:.1%}",
        )
        for place, share in enumerate(shares)
    )
    start = 1.5 - (every[0].month - 1) % 3
    return Shares(
        line=curve(heights, CURVE),
        area=area(heights, CURVE),
        length=(len(shares) - 1) * STEP,
        x=round(100 * start / len(every), 2),
        width=round(100 * 3 * (len(shares) - 1) / len(every), 2),
        rows=rows,
        highest=rows[shares.index(max(shares))],
    )
