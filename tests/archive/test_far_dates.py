import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.archive.archive import Day
from digest.archive.far_dates import find_far_days


def far(*years: int) -> list[tuple[int, int]]:
    """Return the years that are far, each with the years between it and the others."""
    days = [Day(dt.date(year, 3, 19), ()) for year in sorted(years)]
    return [(found.day.date.year, found.years) for found in find_far_days(days)]


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ((2022, 2023, 2024, 2062), [(2062, 38)]),
        ((2023, 2024, 2029), [(2029, 5)]),
        ((2024, 2099), [(2099, 75)]),
        ((1924, 2023, 2024), [(1924, 99)]),
        ((1924, 2023, 2024, 2062), [(1924, 99), (2062, 38)]),
    ],
)
def test_a_year_that_is_mistyped_is_far_from_the_others(years: tuple[int, ...], found: list[tuple[int, int]]) -> None:
    assert far(*years) == found


@pytest.mark.parametrize(
    "years", [(), (2024,), (2018, 2024), (2012, 2023, 2024), (2009, 2017, 2018), (2001, 2005, 2009)]
)
def test_pauses_of_some_years_are_usual(years: tuple[int, ...]) -> None:
    assert far(*years) == []


@given(st.sets(st.integers(1990, 2100), max_size=30))
def test_never_more_than_a_few_days_are_far(years: set[int]) -> None:
    assert len(far(*years)) <= 6
