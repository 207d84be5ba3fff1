"""The page of a day: its head, the days before and after it, and its entries in the author's order."""

import datetime as dt

import pytest

from digest.archive.archive import Record, build_archive
from digest.languages import strings_for
from digest.model import KINDS, Body, Entry, Fragment
from digest.site.page_types import Template
from digest.site.pages.day import DAY, DayRecipe, DayView
from digest.site.parts import Parts

from ..archive.cards import make_card
from .arrangements import make_arrangement

CARDS = [
    make_card("Heron", date=dt.date(2024, 3, 1), path="notes/a.txt"),
    make_card("Kestrel", date=dt.date(2024, 3, 19), path="notes/b.txt", line=2, kind="model"),
    make_card("Wren", date=dt.date(2024, 3, 19), path="notes/b.txt", line=9, kind="paper"),
    make_card("Owl", date=dt.date(2024, 4, 2), path="notes/c.txt"),
]


def text_of(record: Record) -> Body:
    entry = Entry(record.card.date, record.card.title, record.card.source)
    return Body(entry, Fragment(f"<p>{entry.title} sings.</p>", f"{entry.title} sings.", lang="en"))


@pytest.fixture
def views() -> dict[dt.date, DayView]:
    arrangement = make_arrangement(build_archive(CARDS, {}, KINDS)[0])
    parts = Parts(arrangement.site, strings_for("en"), "+09:00", text_of)
    found: dict[dt.date, DayView] = {}
    for page in DAY.plan(arrangement):
        assert isinstance(page.recipe, DayRecipe)
        composed = DAY.compose(parts, page.path, page.recipe)
        assert isinstance(composed, Template)
        assert isinstance(composed.view, DayView)
        found[composed.view.date] = composed.view
        assert DAY.texts(page.recipe) == page.recipe.day.records
        assert DAY.changed(page.recipe) == composed.view.date
    return found


def test_a_day_leads_to_the_days_before_and_after_it_in_its_head_and_on_the_page(
    views: dict[dt.date, DayView],
) -> None:
    first, middle, last = (views[date] for date in sorted(views))
    assert (first.previous, first.previous_url, first.next, first.next_url) == (
        None, "", dt.date(2024, 3, 19), "/2024/03/19/",
    )  # fmt: skip
    assert (last.previous, last.previous_url, last.next, last.next_url) == (
        dt.date(2024, 3, 19), "/2024/03/19/", None, "",
    )  # fmt: skip
    assert [(view.head.previous, view.head.next) for view in (first, middle, last)] == [
        ("", "/2024/03/19/"),
        ("/2024/03/01/", "/2024/04/02/"),
        ("/2024/03/19/", ""),
    ]


def test_a_day_is_described_by_the_titles_of_its_entries(views: dict[dt.date, DayView]) -> None:
    head = views[dt.date(2024, 3, 19)].head
    assert (head.title, head.description) == ("March 19, 2024", "Kestrel · Wren")
    assert head.canonical == "https://digest.example/2024/03/19/"


def test_a_day_shows_its_entries_in_full_and_in_order(views: dict[dt.date, DayView]) -> None:
    view = views[dt.date(2024, 3, 19)]
    assert [(entry.row.title.text, entry.anchor) for entry in view.entries] == [
        ("Kestrel", "kestrel"),
        ("Wren", "wren"),
    ]
    assert [str(entry.commentary) for entry in view.entries] == ["<p>Kestrel sings.</p>", "<p>Wren sings.</p>"]
    assert [(kind.name, count) for kind, count in view.kinds] == [("paper", 1), ("model", 1)]


def test_a_day_is_below_its_month_its_year_and_all_dates(views: dict[dt.date, DayView]) -> None:
    crumbs = views[dt.date(2024, 3, 19)].crumbs
    assert [(crumb.label, crumb.url) for crumb in crumbs] == [
        ("Dates", "/archive/"),
        ("2024", "/2024/"),
        ("Mar", "/2024/03/"),
        ("March 19", ""),
    ]
