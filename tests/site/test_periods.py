"""The pages of months and weeks: their bounds, their neighbours, and what they sum up."""

import datetime as dt
from typing import Any

import pytest

from digest.archive.archive import Archive
from digest.languages import strings_for
from digest.model import Body, Card, Reference
from digest.site.arrangement import Arrangement
from digest.site.page_types import Template
from digest.site.pages.month import MONTH, MonthView
from digest.site.pages.week import WEEK, WeekView
from digest.site.pages.year import YEAR, YearView
from digest.site.parts import Parts
from digest.site.periods import MOST_MENTIONED, most_mentioned
from digest.site.recipes import fingerprint

from ..archive.cards import make_archive, make_card
from .arrangements import make_arrangement

PAPERS = [f"2403.{number:05}" for number in range(20)]


def no_text(_: object) -> Body:
    raise AssertionError("the page of a period shows no text")


def compose(page_type: Any, arrangement: Arrangement) -> dict[str, Any]:
    """Return the views of all pages of a type, by path."""
    parts = Parts(arrangement.site, strings_for("en"), "+09:00", no_text)
    found = {}
    for page in page_type.plan(arrangement):
        composed = page_type.compose(parts, page.path, page.recipe)
        assert isinstance(composed, Template)
        found[page.path] = composed.view
    return found


def weeks(archive: Archive) -> dict[str, WeekView]:
    return compose(WEEK, make_arrangement(archive))


def months(archive: Archive) -> dict[str, MonthView]:
    return compose(MONTH, make_arrangement(archive))


def at(date: str, title: str = "", *tags: str, mentions: tuple[str, ...] = (), **fields: Any) -> Card:
    """Make a card on a date whose text mentions some papers."""
    references = tuple(Reference("arxiv", paper) for paper in mentions)
    day = dt.date.fromisoformat(date)
    return make_card(
        title or f"Bird {date}", *tags, date=day, path=f"notes/{date}.txt", references=references, **fields
    )


def test_a_week_goes_from_monday_to_sunday() -> None:
    found = weeks(make_archive(at("2024-03-17"), at("2024-03-18"), at("2024-03-24"), at("2024-03-25")))
    assert {path: [day.date.day for day in view.days] for path, view in found.items()} == {
        "2024/w11/": [17],
        "2024/w12/": [24, 18],
        "2024/w13/": [25],
    }
    view = found["2024/w12/"]
    assert (view.first, view.last) == (dt.date(2024, 3, 18), dt.date(2024, 3, 24))
    assert view.entries == 2


def test_a_week_leads_to_the_weeks_with_entries_beside_it_in_its_head_and_on_the_page() -> None:
    found = weeks(make_archive(at("2023-05-01"), at("2024-03-18"), at("2024-12-30")))
    links = [(view.previous and view.previous.url, view.next and view.next.url) for view in found.values()]
    assert links == [(None, "/2024/w12/"), ("/2023/w18/", "/2025/w01/"), ("/2024/w12/", None)]
    assert [(view.head.previous, view.head.next) for view in found.values()] == [
        tuple(url or "" for url in pair) for pair in links
    ]
    assert found["2024/w12/"].next is not None
    assert found["2024/w12/"].next.label == "Week 1, 2025"


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        (["2024-12-30"], "/2024/"),
        (["2024-12-30", "2025-01-02"], "/2025/"),
        (["2021-01-01"], "/2021/"),
        (["2020-12-31", "2021-01-01"], "/2020/"),
    ],
)
def test_a_week_is_below_its_own_year_or_else_a_year_that_has_entries(dates: list[str], year: str) -> None:
    (view,) = weeks(make_archive(*map(at, dates))).values()
    assert [crumb.url for crumb in view.crumbs] == ["/archive/", year, ""]


def test_the_last_week_of_all_dates_ends_with_them() -> None:
    (view,) = weeks(make_archive(at("9999-12-31"))).values()
    assert (view.first, view.last) == (dt.date(9999, 12, 27), dt.date(9999, 12, 31))
    (view,) = weeks(make_archive(at("0001-01-01"))).values()
    assert view.first == dt.date(1, 1, 1)


def test_months_and_years_lead_to_their_weeks() -> None:
    archive = make_archive(at("2024-02-29"), at("2024-03-01"), at("2024-03-19"), at("2024-03-20"), at("2024-12-31"))
    wanted = [("Week 9", "/2024/w09/"), ("Week 12", "/2024/w12/")]
    assert [(link.label, link.url) for link in months(archive)["2024/03/"].weeks] == wanted
    year: YearView = compose(YEAR, make_arrangement(archive))["2024/"]
    assert [(link.label, link.url) for link in year.weeks] == [*wanted, ("Week 1", "/2025/w01/")]


def test_a_month_and_a_week_count_kinds_and_tags() -> None:
    archive = make_archive(
        at("2024-03-18", "A", "birds", "nests", kind="paper"),
        at("2024-03-19", "B", "birds"),
        at("2024-03-19", "C", kind="paper", line=3),
    )
    for view in (months(archive)["2024/03/"], weeks(archive)["2024/w12/"]):
        assert [(kind.name, count) for kind, count in view.kinds] == [("paper", 2), ("note", 1)]
        assert [(tag.label, tag.count) for tag in view.tags] == [("birds", 2), ("nests", 1)]
        assert [[row.title.text for row in day.rows] for day in view.days] == [["B", "C"], ["A"]]


def test_a_work_that_two_entries_of_a_month_mention_leads_to_the_entry_about_it_or_to_arxiv() -> None:
    about, unknown = PAPERS[:2]
    archive = make_archive(
        at("2023-01-01", "Kestrels", link=f"https://arxiv.org/abs/{about}"),
        at("2024-03-18", "A", mentions=(about, unknown)),
        at("2024-03-19", "B", mentions=(unknown, about)),
        at("2024-03-27", "C", mentions=(unknown, PAPERS[3])),
    )
    mentioned = months(archive)["2024/03/"].mentioned
    assert [(each.label, each.url, each.count) for each in mentioned] == [
        ("Kestrels", "/2023/01/01/kestrels/", 2),
        (f"arXiv:{unknown}", f"https://arxiv.org/abs/{unknown}", 3),
    ]
    assert [each.row is not None for each in mentioned] == [True, False]
    assert [each.count for each in weeks(archive)["2024/w12/"].mentioned] == [2, 2]
    assert weeks(archive)["2024/w13/"].mentioned == ()


def test_an_entry_does_not_mention_the_work_that_it_is_about() -> None:
    link = f"https://arxiv.org/abs/{PAPERS[0]}"
    first, again = (at(f"2024-03-1{n}", link=link, mentions=(PAPERS[0],)) for n in (8, 9))
    assert months(make_archive(first, again))["2024/03/"].mentioned == ()


def test_ten_works_are_listed_at_most() -> None:
    archive = make_archive(at("2024-03-18", mentions=tuple(PAPERS)), at("2024-03-19", mentions=tuple(PAPERS)))
    arrangement = make_arrangement(archive)
    assert [each.paper for each in most_mentioned(arrangement, archive.records)] == PAPERS[:MOST_MENTIONED]


def test_a_new_note_changes_the_pages_of_its_own_month_and_week_and_of_those_beside_them() -> None:
    dates = ["2024-01-15", "2024-02-12", "2024-03-04", "2024-03-11", "2024-03-18", "2024-03-25"]
    cards = [at(date, mentions=tuple(PAPERS[:2])) for date in dates]
    before, after = (
        {page.path: fingerprint(page, b"") for page_type in (MONTH, WEEK) for page in page_type.plan(arrangement)}
        for arrangement in map(make_arrangement, (make_archive(*cards), make_archive(*cards, at("2024-04-02"))))
    )
    assert {path for path in after if before.get(path) != after[path]} == {
        "2024/03/", "2024/04/", "2024/w13/", "2024/w14/",
    }  # fmt: skip
