"""Entries per month -> a matrix of years and months."""

import datetime as dt
from collections.abc import Callable, Iterable
from math import ceil

from .chart_views import Matrix, MatrixYear

LEVELS = 4
ALL_MONTHS = tuple(range(1, 13))

MonthCounts = Iterable[tuple[dt.date, int]]


def make_matrix(counts: MonthCounts, to_year: Callable[[int], str], to_month: Callable[[dt.date], str]) -> Matrix:
    """Lay out months, given by their first dates, in one row for each year. Months without entries may be absent.

    A single year has only the columns from its first to its last month with entries: a young site has no use for empty ones.
    """
    by_year: dict[int, dict[int, int]] = {}
    for month, count in counts:
        if count:
            by_year.setdefault(month.year, {})[month.month] = count
    written = [month for months in by_year.values() for month in months]
    numbers = ALL_MONTHS if len(by_year) != 1 else tuple(range(min(written), max(written) + 1))
    most = max((count for months in by_year.values() for count in months.values()), default=0)

    def cell(year: int, month: int) -> tuple[int, int, str]:
        count = by_year[year].get(month, 0)
        return count, ceil(LEVELS * count / most), to_month(dt.date(year, month, 1)) if count else ""

    return Matrix(
        numbers=numbers,
        years=tuple(
            MatrixYear(year, to_year(year), tuple(cell(year, month) for month in numbers), sum(by_year[year].values()))
            for year in sorted(by_year, reverse=True)
        ),
        levels=_explain_levels(most),
    )


def _explain_levels(most: int) -> tuple[tuple[int, int, int], ...]:
    """Return each level with its least and greatest count. If `most` is small, some levels have none and are left out."""
    bounds = [(level, most * (level - 1) // LEVELS + 1, most * level // LEVELS) for level in range(1, LEVELS + 1)]
    return tuple((level, low, high) for level, low, high in bounds if low <= high)
