"""The links between the pages of a long list, and the days before and after a date."""

import datetime as dt

import pytest

from digest.site.arrangement import days_around
from digest.site.pagination import listed_pages

from ..archive.cards import FIRST
from .test_plan import days


@pytest.mark.parametrize("total", [1, 2, 24])
def test_a_list_of_up_to_24_pages_links_to_all(total: int) -> None:
    for number in (1, total):
        assert listed_pages(number, total) == list(range(total, 0, -1))


@pytest.mark.parametrize(
    ("number", "total", "listed"),
    [
        (1, 25, [25, 24, 21, 18, 15, 12, 9, 6, 4, 3, 2, 1]),
        (25, 25, [25, 24, 23, 22, 21, 18, 15, 12, 9, 6, 3, 1]),
        (13, 25, [25, 24, 21, 18, 16, 15, 14, 13, 12, 11, 10, 9, 6, 3, 1]),
        (50, 120, [120, 110, 100, 90, 80, 70, 60, 53, 52, 51, 50, 49, 48, 47, 40, 30, 20, 10, 1]),
        (2, 120, [120, 110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 4, 3, 2, 1]),
    ],
)
def test_a_longer_list_links_to_its_ends_to_3_pages_on_either_side_and_to_some_in_between(
    number: int, total: int, listed: list[int]
) -> None:
    assert listed_pages(number, total) == listed


@pytest.mark.parametrize(
    ("offset", "around"), [(0, [0, 1]), (1, [0, 1, 2]), (2, [1, 2, 3]), (3, [2, 3, 4]), (4, [3, 4]), (5, []), (-1, [])]
)
def test_a_date_has_the_day_before_and_the_day_after(offset: int, around: list[int]) -> None:
    date = FIRST + dt.timedelta(days=offset)
    found = days_around(days(5), f"{date.year}", f"{date.month:02}", f"{date.day:02}")
    assert [(day.date - FIRST).days for day in found] == around


@pytest.mark.parametrize("date", [("2024", "02", "30"), ("2024", "13", "01"), ("0000", "01", "01")])
def test_no_day_is_around_a_date_that_does_not_exist(date: tuple[str, str, str]) -> None:
    assert days_around(days(5), *date) == ()
