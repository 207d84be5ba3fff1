"""Matrices of years and months."""

import datetime as dt

import pytest

from digest.site.chart_views import Matrix
from digest.site.matrices import make_matrix


def matrix(*counts: tuple[str, int]) -> Matrix:
    months = [(dt.date.fromisoformat(f"{month}-01"), count) for month, count in counts]
    return make_matrix(months, lambda year: f"/{year}/", lambda month: f"/{month:%Y/%m}/")


def test_years_stand_newest_first_and_leave_out_those_without_entries() -> None:
    found = matrix(("2021-12", 8), ("2022-01", 0), ("2023-02", 2))
    assert [(year.year, year.url, year.total) for year in found.years] == [(2023, "/2023/", 2), (2021, "/2021/", 8)]
    assert found.numbers == tuple(range(1, 13))
    assert found.years[0].months[:3] == ((0, 0, ""), (2, 1, "/2023/02/"), (0, 0, ""))


def test_a_single_year_has_the_columns_from_its_first_to_its_last_month() -> None:
    found = matrix(("2024-03", 1), ("2024-06", 4))
    assert found.numbers == (3, 4, 5, 6)
    assert found.years[0].months == ((1, 1, "/2024/03/"), (0, 0, ""), (0, 0, ""), (4, 4, "/2024/06/"))


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 9, 126])
def test_the_levels_explain_every_count(most: int) -> None:
    counts = [(f"{2000 + count // 12}-{count % 12 + 1:02}", count) for count in range(1, most + 1)]
    found = matrix(*counts)
    bounds = {level: (low, high) for level, low, high in found.levels}
    cells = [(count, level) for year in found.years for count, level, _ in year.months if count]
    assert len(cells) == most
    assert all(bounds[level][0] <= count <= bounds[level][1] for count, level in cells)
    assert max(high for _, high in bounds.values()) == most


def test_without_entries_a_matrix_is_empty() -> None:
    assert matrix(("2024-03", 0)) == Matrix(tuple(range(1, 13)), (), ())
