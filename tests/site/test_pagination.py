"""The links between the pages of a list."""

import pytest

from digest.site.pagination import listed_pages


def test_a_short_list_links_to_all_of_its_pages() -> None:
    assert listed_pages(2, 4) == [4, 3, 2, 1]
    assert listed_pages(1, 1) == [1]


@pytest.mark.parametrize(("number", "total"), [(1, 25), (13, 25), (25, 25), (700, 5000), (5000, 5000)])
def test_a_long_list_links_to_its_ends_its_neighbours_and_some_in_between(number: int, total: int) -> None:
    listed = listed_pages(number, total)
    assert listed == sorted(set(listed), reverse=True)
    assert (listed[0], listed[-1]) == (total, 1)
    assert {number, max(1, number - 1), min(total, number + 1)} <= set(listed)
    assert len(listed) <= 22


def test_any_page_of_a_long_list_is_a_few_clicks_away() -> None:
    step = max(a - b for a, b in zip(listed_pages(2500, 5000), listed_pages(2500, 5000)[1:], strict=False))
    assert step <= 5000 / 12 + 1
