"""The page of a year: where its calendar ends, and the years before and after it."""

import datetime as dt

import pytest

from digest.archive.archive import build_archive
from digest.languages import strings_for
from digest.model import KINDS, Body
from digest.site.page_types import Template
from digest.site.pages.year import YEAR, YearRecipe, YearView
from digest.site.parts import Parts

from ..archive.cards import make_card
from .arrangements import make_arrangement

DATES = [dt.date(2022, 5, 3), dt.date(2023, 1, 31), dt.date(2023, 2, 1), dt.date(2024, 2, 10)]


def no_text(_: object) -> Body:
    raise AssertionError("the page of a year shows no text")


@pytest.fixture
def views() -> dict[int, YearView]:
    cards = [make_card(f"Bird {date}", "birds", date=date, kind="paper", path=f"notes/{date}.txt") for date in DATES]
    archive, _ = build_archive(cards, {}, KINDS)
    arrangement = make_arrangement(archive)
    parts = Parts(arrangement.site, strings_for("en"), "+09:00", no_text)
    found: dict[int, YearView] = {}
    for page in YEAR.plan(arrangement):
        assert isinstance(page.recipe, YearRecipe)
        composed = YEAR.compose(parts, page.path, page.recipe)
        assert isinstance(composed, Template)
        assert isinstance(composed.view, YearView)
        found[composed.view.year] = composed.view
    return found


def test_a_year_between_others_has_a_whole_calendar(views: dict[int, YearView]) -> None:
    assert (views[2023].calendar.first, views[2023].calendar.last) == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def test_the_first_year_begins_with_its_first_month_that_has_entries(views: dict[int, YearView]) -> None:
    assert (views[2022].calendar.first, views[2022].calendar.last) == (dt.date(2022, 5, 1), dt.date(2022, 12, 31))


def test_only_the_newest_year_is_not_over(views: dict[int, YearView]) -> None:
    assert {year: view.is_over for year, view in views.items()} == {2022: True, 2023: True, 2024: False}


def test_the_newest_year_ends_with_its_last_month_that_has_entries(views: dict[int, YearView]) -> None:
    assert (views[2024].calendar.first, views[2024].calendar.last) == (dt.date(2024, 1, 1), dt.date(2024, 2, 29))


def test_a_year_leads_to_the_years_beside_it_in_its_head_and_on_the_page(views: dict[int, YearView]) -> None:
    links = {
        year: [(view.head.previous, view.head.next), (view.previous and view.previous.url, view.next and view.next.url)]
        for year, view in views.items()
    }
    assert links == {
        2022: [("", "/2023/"), (None, "/2023/")],
        2023: [("/2022/", "/2024/"), ("/2022/", "/2024/")],
        2024: [("/2023/", ""), ("/2023/", None)],
    }


def test_a_year_counts_its_months_entries_and_kinds(views: dict[int, YearView]) -> None:
    view = views[2023]
    assert view.entries == 2
    assert [(row.month.label, row.month.count, row.month.url) for row in view.months] == [
        ("Jan", 1, "/2023/01/"),
        ("Feb", 1, "/2023/02/"),
    ]
    assert [(kind.name, count) for kind, count in view.kinds] == [("paper", 2)]
    assert [(row.tag.label, row.tag.count, row.trend) for row in view.courses] == [("birds", 2, (1, 1, *(0,) * 10))]
    assert view.tags == ()
    assert [crumb.label for crumb in view.crumbs] == ["Dates", "2023"]


def test_a_year_of_few_months_lists_its_tags_without_their_course(views: dict[int, YearView]) -> None:
    assert views[2024].courses == ()
    assert [(tag.label, tag.count) for tag in views[2024].tags] == [("birds", 1)]


def test_each_day_of_a_month_has_its_place_in_the_row_of_the_month(views: dict[int, YearView]) -> None:
    assert [row.days for row in views[2023].months] == ["M300 24v-24h8v24z", "M0 24v-24h8v24z"]
