"""Timelines of tags and kinds: their months, their shares, and jumps to the years of a list."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.archive.archive import Archive
from digest.languages import strings_for
from digest.model import Body
from digest.site.arrangement import Limits, quarter_of
from digest.site.chart_views import Timeline
from digest.site.page_types import PageTypes
from digest.site.pages import PAGE_TYPES
from digest.site.pagination import cut_pages, page_at
from digest.site.parts import Parts
from digest.site.recipes import MonthKinds, fingerprint
from digest.site.timelines import (
    UNKNOWN,
    Periods,
    Places,
    count_months,
    find_shares,
    jumps_within,
    last_months,
    make_timeline,
)

from ..archive.cards import make_archive, make_card
from ..project import build_project, write_project
from .arrangements import make_arrangement


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def counted(*counts: tuple[str, int]) -> MonthKinds:
    return tuple((month(text), (count,)) for text, count in counts)


def no_text(_: object) -> Body:
    raise AssertionError("a list shows no text")


def draw(months: MonthKinds, shares: tuple[int, ...] = ()) -> Timeline | None:
    parts = Parts(make_arrangement(make_archive()).site, strings_for("en"), "+00:00", no_text)
    total = sum(sum(counts) for _, counts in months)
    return make_timeline(parts, months, Places(months, total, 1, str), ["paper"], shares)


def test_months_are_counted_by_kind_from_the_oldest() -> None:
    archive = make_archive(
        make_card("A", "llm", date=dt.date(2023, 1, 5), kind="paper"),
        make_card("B", "llm", date=dt.date(2023, 1, 9), kind="model"),
        make_card("C", "llm", date=dt.date(2023, 4, 1), kind="paper"),
    )
    assert count_months(archive.tags["llm"].records, ["paper", "model"]) == (
        (month("2023-01"), (1, 1)),
        (month("2023-04"), (1, 0)),
    )


def test_a_timeline_has_a_column_for_every_month_and_addresses_for_those_with_entries() -> None:
    timeline = draw(counted(("2023-01", 3), ("2023-02", 2), ("2023-04", 1)))
    assert timeline is not None
    assert [(bar.label, bar.url, bar.counts) for bar in timeline.bars] == [
        ("January 2023", "#m2023-01-01", (3,)),
        ("February 2023", "#m2023-02-01", (2,)),
        ("March 2023", "", (0,)),
        ("April 2023", "#m2023-04-01", (1,)),
    ]
    assert [(year.url, year.total) for year in timeline.matrix.years] == [("#y2023", 6)]


def test_a_timeline_of_more_than_ten_years_shows_years() -> None:
    timeline = draw(counted(("2010-05", 3), ("2010-06", 2), ("2023-04", 1)))
    assert timeline is not None
    assert not timeline.monthly
    assert len(timeline.bars) == 14
    assert [(bar.label, bar.url, bar.counts) for bar in timeline.bars if bar.url] == [
        ("2010", "#y2010", (5,)),
        ("2023", "#y2023", (1,)),
    ]


def test_a_wrong_date_in_the_far_past_makes_no_chart_of_centuries() -> None:
    timeline = draw(counted(("0203-05", 3), ("2023-04", 9), ("2023-05", 1)))
    assert timeline is not None
    assert len(timeline.bars) == 60


@pytest.mark.parametrize(
    "months", [(), (("2023-01", 9), ("2023-02", 9)), (("2023-01", 2), ("2023-02", 2), ("2023-03", 1))]
)
def test_few_months_or_entries_make_no_timeline(months: tuple[tuple[str, int], ...]) -> None:
    assert draw(counted(*months)) is None


@pytest.mark.parametrize("total", [1, 19, 20, 39, 40, 174])
def test_the_place_of_each_entry_is_on_the_page_that_has_it(total: int) -> None:
    cards = (make_card(f"T{n}", date=dt.date(2020, 1, 1) + dt.timedelta(days=n)) for n in range(total))
    records = make_archive(*cards).kinds["note"]
    pages = {number: listed for number, _, listed in cut_pages(records, 20)}
    newest = len(pages[max(pages)])
    for place, record in enumerate(records):
        assert record in pages[page_at(place, newest, len(pages), 20)]


def quarters(*totals: int) -> dict[int, int]:
    first = quarter_of(dt.date(2020, 1, 1))
    return {first + n: total for n, total in enumerate(totals)}


def by_quarters(*counts: int) -> MonthKinds:
    return counted(*((f"{2020 + n // 4}-{n % 4 * 3 + 1:02}", count) for n, count in enumerate(counts) if count))


def test_shares_leave_out_the_last_quarter_in_which_others_may_still_write() -> None:
    shares = find_shares(by_quarters(5, 5, 5, 5, 5, 1), quarters(50, 50, 50, 50, 50, 1))
    assert shares == (20, 20, 20, 20, 20)  # half per cents


def test_a_quarter_with_few_entries_of_all_has_no_share() -> None:
    shares = find_shares(by_quarters(2, 5, 5, 5, 5, 1), quarters(3, 50, 50, 50, 50, 1))
    assert shares[0] == UNKNOWN
    assert shares[1:] == (20, 20, 20, 20)
    timeline = draw(by_quarters(2, 5, 5, 5, 5, 1), shares)
    assert timeline is not None
    assert timeline.shares is not None
    assert timeline.shares.rows[:2] == (("2020 Q1", 2, "–"), ("2020 Q2", 5, "10.0%"))
    assert timeline.shares.highest == ("2020 Q2", 5, "10.0%")


@pytest.mark.parametrize(
    ("counts", "totals"),
    [
        ((1, 1, 1, 1, 1, 1), (50, 50, 50, 50, 50, 50)),  # few entries
        ((5, 5, 5, 5), (50, 50, 50, 50)),  # few quarters
        ((5, 5, 5, 5, 5, 5), (500, 500, 500, 500, 500, 500)),  # a small share
    ],
)
def test_shares_that_say_too_little_are_not_shown(counts: tuple[int, ...], totals: tuple[int, ...]) -> None:
    assert find_shares(by_quarters(*counts), quarters(*totals)) == ()


def test_one_entry_more_in_a_quarter_changes_few_shares_of_other_tags() -> None:
    before = [find_shares(by_quarters(n, n, n, n, n, 1), quarters(*(100,) * 6)) for n in range(5, 45)]
    after = [find_shares(by_quarters(n, n, n, n, n, 1), quarters(100, 100, 101, *(100,) * 3)) for n in range(5, 45)]
    assert sum(one != other for one, other in zip(before, after, strict=True)) <= 20


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [("2023-01-31", "2023-03-01", 3), ("2021-01-01", "2023-03-01", 9), ("2003-01-01", "2023-03-01", 21)],
)
def test_a_sparkline_shows_months_quarters_or_years(first: str, last: str, periods: int) -> None:
    dates = [dt.date.fromisoformat(first), dt.date.fromisoformat(last)]
    assert Periods(*dates).count(dates) == (1, *(0,) * (periods - 2), 1)


def test_two_periods_are_no_course() -> None:
    dates = [dt.date(2023, 1, 1), dt.date(2023, 2, 1)]
    assert Periods(*dates).count(dates) == ()


def test_charts_of_all_kinds_have_at_most_ten_years() -> None:
    months = last_months(dt.date(1950, 5, 1), dt.date(2024, 3, 1))
    assert (months[0], months[-1]) == (dt.date(2015, 1, 1), dt.date(2024, 3, 1))
    assert last_months(dt.date(2023, 5, 1), dt.date(2023, 7, 1)) == [dt.date(2023, n, 1) for n in (5, 6, 7)]


def test_an_older_page_leads_to_its_own_years_alone() -> None:
    cards = (make_card(f"T{n}", date=dt.date(2020, 1, 1) + n * dt.timedelta(days=30)) for n in range(24))
    records = make_archive(*cards).kinds["note"]
    assert [(jump.label, jump.url, jump.count) for jump in jumps_within(records)] == [
        ("2021", "#y2021", 11),
        ("2020", "#y2020", 13),
    ]
    assert jumps_within(records[:12]) == ()


def spread_notes() -> dict[str, str]:
    """Return 75 entries of one tag in five years."""
    dates = (dt.date(2020, 1, 7) + n * dt.timedelta(days=24) for n in range(75))
    return {f"notes/{date}.txt": f"{date}\nSparrow {date}\nA short note on a small bird.\n#birds\n" for date in dates}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timelines")
    write_project(folder, {"digest.yaml": "language: en\nper_page: 20\n", **spread_notes()})
    build_project(folder)
    return folder / "site"


def anchors_and_links(site: Path, path: str) -> tuple[str, list[tuple[str, str]]]:
    page = (site / path / "index.html").read_text("utf-8")
    links = re.findall(r'href="([^"#]*)#([ym]\d[^"]*)"', page)
    return page, links


@pytest.mark.parametrize("path", ["tags/birds/", "kinds/note/", "tags/birds/page/1/"])
def test_every_jump_leads_to_the_first_entry_of_its_year_or_month(site: Path, path: str) -> None:
    page, links = anchors_and_links(site, path)
    assert len({year for _, year in links if year.startswith("y")}) == len(set(re.findall(r'id="(y\d+)"', page)))
    for address, anchor in links:
        target = (site / address.strip("/") / "index.html").read_text("utf-8") if address else page
        section = target.partition(f'id="{anchor}"')[2]
        assert section, anchor
        first = re.search(r'data-date="([\d-]+)"', section)
        assert first is not None
        assert first[1].startswith(anchor[1:].removesuffix("-01") if anchor[0] == "m" else anchor[1:])
        dates = [date for date in all_dates(site, path) if date.startswith(first[1][: 7 if anchor[0] == "m" else 4])]
        assert first[1] == max(dates)


def all_dates(site: Path, path: str) -> Iterator[str]:
    """Yield the dates of a list on all of its pages, or of one older page."""
    folder = site / path
    pages = [folder / "index.html", *folder.glob("page/*/index.html")]
    for page in pages:
        yield from re.findall(r'data-date="([\d-]+)"', page.read_text("utf-8"))


def test_the_address_of_a_year_on_the_newest_page_always_leads_on(site: Path) -> None:
    page, _ = anchors_and_links(site, "tags/birds/")
    for year in range(2020, 2025):
        assert page.count(f'id="y{year}"') == 1
    assert '<a id="y2020" href="/tags/birds/page/1/#y2020">' in page


def changed_pages(tags: int) -> set[str]:
    """Return the paths of pages that the first entry of a new year, with one tag, changes or adds. Every tag has entries of 2022 to 2024."""
    dates = [dt.date(2022, 1, 3) + n * dt.timedelta(days=7) for n in range(157)]
    cards = [
        make_card(f"T{n}-{tag}", f"t{tag}", date=date, kind="paper", path=f"notes/{date}.txt", line=tag + 1)
        for n, date in enumerate(dates)
        for tag in range(tags)
        if (n + tag) % 4 == 0
    ]
    before = fingerprints(make_archive(*cards))
    after = fingerprints(make_archive(*cards, make_card("New", "t0", date=dt.date(2025, 1, 2), kind="paper")))
    return {path for path in after if before.get(path) != after[path]}


def fingerprints(archive: Archive) -> dict[str, bytes]:
    pages = PageTypes(PAGE_TYPES).plan(make_arrangement(archive, Limits(per_page=20)))
    return {page.path: fingerprint(page, b"epoch") for page in pages}


def test_the_first_entry_of_a_new_year_changes_the_pages_of_its_own_tag_and_a_constant_number_of_others() -> None:
    few, many = changed_pages(8), changed_pages(24)
    assert {path for path in many if path.startswith("tags/")} == {"tags/", *tag_pages(many)}
    assert len(tag_pages(few)) == len(tag_pages(many)) > 0
    assert len(few) == len(many) < 50


def tag_pages(paths: set[str]) -> set[str]:
    return {path for path in paths if path.startswith("tags/t0/")}
