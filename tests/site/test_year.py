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


def test_a_finished_year_has_a_calendar_to_its_last_day(views: dict[int, YearView]) -> None:
    for year in (2022, 2023):
        assert (views[year].calendar.first, views[year].calendar.last) == (dt.date(year, 1, 1), dt.date(year, 12, 31))


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
    assert [(month, count.count, count.url) for month, count in view.months] == [
        (dt.date(2023, 1, 1), 1, "/2023/01/"),
        (dt.date(2023, 2, 1), 1, "/2023/02/"),
    ]
    assert [(kind.name, count) for kind, count in view.kinds] == [("paper", 2)]
    assert [(tag.label, tag.count) for tag in view.tags] == [("birds", 2)]
    assert [crumb.label for crumb in view.crumbs] == ["Dates", "2023"]
