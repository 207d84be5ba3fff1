"""The limits of planned pages: the numbers of items, and the previous and next pages."""

import datetime as dt
from typing import Any

import pytest

from digest.archive.archive import Archive
from digest.model import KINDS
from digest.site.arrangement import Limits

from ..archive.cards import FIRST, make_archive, make_card
from .test_plan import days, plan

ONE_DAY = dt.timedelta(days=1)


def recipe(archive: Archive, path: str, limits: Limits | None = None) -> Any:
    """Return the recipe of a page."""
    return plan(archive, limits)[path].recipe


def titles(records: Any) -> list[str]:
    return [record.card.title for record in records]


def names(tags: Any) -> list[tuple[str, int]]:
    return [(name.key, count) for name, count in tags]


def many_tags(count: int) -> Archive:
    """Return an archive with an entry that has all tags, and one more entry for each tag except the last two."""
    labels = [f"t{n:02}" for n in range(count)]
    cards = [make_card("All", *labels, "hub", line=1)]
    cards += [make_card(f"One {label}", label, "hub", line=3 + 2 * n) for n, label in enumerate(labels[:-2])]
    return make_archive(*cards)


@pytest.mark.parametrize(("path", "shown"), [("", 8), ("2024/", 24), ("404.html", 24), ("search/", 24)])
def test_a_page_shows_the_busiest_tags_and_breaks_ties_by_name(path: str, shown: int) -> None:
    tags = names(recipe(many_tags(30), path).tags)
    assert len(tags) == shown
    assert tags[0] == ("hub", 29)
    assert tags[1:] == [(f"t{n:02}", 2) for n in range(shown - 1)]


def test_a_tag_lists_the_12_tags_that_share_most_entries_with_it() -> None:
    archive = make_archive(
        *(make_card(f"A{n}", "hub", f"t{n:02}", line=2 * n + 1) for n in range(20)),
        make_card("B", "hub", "t19", line=51),
        make_card("C", "t00", "t01", line=53),
    )
    assert names(recipe(archive, "tags/hub/").related) == [("t19", 2), *((f"t{n:02}", 1) for n in range(11))]
    assert names(recipe(archive, "tags/t00/").related) == [("hub", 1), ("t01", 1)]


def test_the_page_of_kinds_shows_the_three_newest_of_each_kind_that_has_any() -> None:
    kinds = {kind: (count, titles(records)) for kind, count, records, _ in recipe(days(8), "kinds/").kinds}
    assert kinds == {"note": (8, ["T7", "T6", "T5"])}


def test_the_strip_of_the_home_page_covers_exactly_53_weeks() -> None:
    last = dt.date(2024, 12, 31)  # a Tuesday
    first = last - ONE_DAY - 52 * 7 * ONE_DAY
    archive = make_archive(
        make_card("Too old", "gone", date=first - 8 * ONE_DAY, kind="paper"),
        make_card("Oldest", "kept", date=first, kind="paper"),
        make_card("Newest", "kept", date=last),
    )
    home = recipe(archive, "")
    assert len(home.weeks) == 53
    assert [sum(week) for week in home.weeks] == [1, *(0 for _ in range(51)), 1]
    assert home.weeks[0][KINDS.index("paper")] == home.weeks[-1][KINDS.index("note")] == 1
    assert names(home.tags) == [("kept", 2)]
    assert home.years == ((2024, 2), (2023, 1))


def test_a_young_site_has_no_strip_of_empty_weeks() -> None:
    assert recipe(days(30), "").weeks == ()
    assert len(recipe(days(40), "").weeks) == 6


def test_a_year_links_to_the_nearest_years_with_entries() -> None:
    dates = [dt.date(2019, 12, 31), dt.date(2021, 1, 1), dt.date(2021, 12, 31), dt.date(2024, 1, 1)]
    pages = plan(make_archive(*(make_card(f"T{n}", date=date) for n, date in enumerate(dates))))
    years: dict[str, Any] = {path: page.recipe for path, page in pages.items() if path in ("2019/", "2021/", "2024/")}
    assert sorted(path for path in pages if len(path) == 5 and path.startswith("20")) == ["2019/", "2021/", "2024/"]
    assert {path: (year.previous, year.next) for path, year in years.items()} == {
        "2019/": (None, 2021),
        "2021/": (2019, 2024),
        "2024/": (2021, None),
    }
    assert years["2021/"].counts == ((dates[1], 1), (dates[2], 1))


def test_a_month_links_to_the_nearest_months_with_entries() -> None:
    dates = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 1, 31), dt.date(2024, 3, 1)]
    pages = plan(make_archive(*(make_card(f"T{n}", date=date) for n, date in enumerate(dates))))
    january: Any = pages["2024/01/"].recipe
    assert (january.previous, january.next) == (dt.date(2023, 12, 1), dt.date(2024, 3, 1))
    assert [day.date for day in january.days] == dates[1:3]
    first: Any = pages["2023/12/"].recipe
    last: Any = pages["2024/03/"].recipe
    assert (first.previous, last.next) == (None, None)


def test_a_day_links_to_the_nearest_days_with_entries() -> None:
    pages = plan(make_archive(*(make_card(f"T{n}", date=FIRST + n * 3 * ONE_DAY) for n in range(3))))
    around: list[Any] = [pages[f"2024/03/{day}/"].recipe for day in (19, 22, 25)]
    assert [(day.previous, day.next) for day in around] == [
        (None, FIRST + 3 * ONE_DAY),
        (FIRST, FIRST + 6 * ONE_DAY),
        (FIRST + 3 * ONE_DAY, None),
    ]


def test_a_year_counts_only_its_own_kinds_in_their_order() -> None:
    archive = make_archive(
        make_card("A", line=1),
        make_card("B", kind="paper", line=3),
        make_card("C", line=5),
        make_card("D", kind="model", date=dt.date(2025, 1, 1)),
    )
    assert sorted(recipe(archive, "2024/").kinds) == [("note", 2), ("paper", 1)]
    order = list(archive.kinds)
    assert [kind for kind, _ in recipe(archive, "2024/").kinds] == [kind for kind in order if kind in ("note", "paper")]


@pytest.mark.parametrize(("place", "first"), [(3, 0), (4, 0), (5, 1), (56, 52), (57, 53), (58, 53), (61, 53)])
def test_an_entry_lists_the_8_entries_around_it_within_its_day(place: int, first: int) -> None:
    archive = make_archive(*(make_card(f"T{n}", line=n + 1) for n in range(62)))
    siblings = recipe(archive, f"2024/03/19/t{place}/").siblings
    assert titles(siblings) == [f"T{n}" for n in range(first, first + 9)]


def test_an_entry_lists_its_whole_day_up_to_9_entries() -> None:
    for count, shown in ((9, 9), (10, 9)):
        archive = make_archive(*(make_card(f"T{n}", line=n + 1) for n in range(count)))
        assert len(recipe(archive, "2024/03/19/t0/").siblings) == shown


@pytest.mark.parametrize(("count", "sizes"), [(9, [9]), (10, [10]), (19, [19]), (20, [10, 10]), (29, [19, 10])])
def test_a_list_gets_another_page_when_two_are_full(count: int, sizes: list[int]) -> None:
    pages = plan(days(count, "llm"), Limits(per_page=10))
    paths = ["tags/llm/", *(f"tags/llm/page/{number}/" for number in range(len(sizes) - 1, 0, -1))]
    found: list[Any] = [pages[path].recipe for path in paths]
    assert [len(page.records) for page in found] == sizes
    assert sorted(path for path in pages if path.startswith("tags/llm/page/")) == sorted(paths[1:])
    assert [page.page for page in found] == list(range(len(sizes), 0, -1))


def test_only_the_newest_page_of_a_tag_describes_all_of_its_entries() -> None:
    archive = make_archive(
        *(make_card(f"T{n}", "llm", "moe", date=FIRST + n * ONE_DAY) for n in range(25)),
        make_card("Child", "llm/tiny", date=FIRST),
    )
    newest = recipe(archive, "tags/llm/", Limits(per_page=10))
    older = recipe(archive, "tags/llm/page/1/", Limits(per_page=10))
    assert (newest.count, newest.first, newest.last) == (26, FIRST, FIRST + 24 * ONE_DAY)
    assert older.count == 10
    assert older.first == FIRST
    assert older.last == older.records[0].card.date
    assert (older.timeline, older.related, older.children, older.aliases) == ((), (), (), ())
    assert (older.neighbours, older.shares) == ((), ())
    assert [(month, sum(counts)) for month, counts in newest.timeline] == [
        (dt.date(2024, 3, 1), 14),
        (dt.date(2024, 4, 1), 12),
    ]
    assert [(each.name.key, each.count) for each in newest.neighbours] == [("moe", 25)]
    assert names(newest.related) == [("llm/tiny", 1)]
    assert names(newest.children) == [("llm/tiny", 1)]


def test_the_page_of_a_tag_lists_its_aliases() -> None:
    cards = [make_card(f"T{n}", ("llm", "large")[n % 2], date=FIRST + n * ONE_DAY) for n in range(25)]
    archive = make_archive(*cards, aliases={"llm": ("large",)})
    assert recipe(archive, "tags/llm/", Limits(per_page=10)).aliases == ("large",)
    assert recipe(archive, "tags/llm/page/1/", Limits(per_page=10)).aliases == ()


def test_only_the_newest_page_of_a_kind_describes_all_of_its_entries() -> None:
    archive = days(25)
    newest = recipe(archive, "kinds/note/", Limits(per_page=10))
    older = recipe(archive, "kinds/note/page/1/", Limits(per_page=10))
    assert (newest.count, newest.timeline) == (25, ((dt.date(2024, 3, 1), (13,)), (dt.date(2024, 4, 1), (12,))))
    assert (older.count, older.timeline) == (10, ())


def test_tags_are_listed_busiest_first_with_their_years_and_dates() -> None:
    archive = make_archive(
        make_card("A", "rare", "busy", date=dt.date(2022, 1, 1)),
        make_card("B", "busy", date=dt.date(2024, 1, 1)),
        make_card("C", "also", date=dt.date(2024, 2, 1)),
    )
    tags = recipe(archive, "tags/")
    assert tags.years == (2022, 2024)
    assert [(tag.name.key, tag.count, tag.trend, tag.first.year, tag.last.year) for tag in tags.tags] == [
        ("busy", 2, (1, *(0,) * 7, 1), 2022, 2024),  # nine quarters
        ("also", 1, (*(0,) * 8, 1), 2024, 2024),
        ("rare", 1, (1, *(0,) * 8), 2022, 2022),
    ]


@pytest.mark.parametrize(
    ("limit", "shown"), [(2, ["T4", "T3"]), (3, ["T4", "T3", "T2"]), (9, ["T4", "T3", "T2", "T1", "T0"])]
)
def test_a_feed_has_the_newest_entries_up_to_its_limit(limit: int, shown: list[str]) -> None:
    limits = Limits(feed_entries=limit)
    for path in ("feed.xml", "feed.json", "tags/llm/feed.xml"):
        feed = recipe(days(5, "llm"), path, limits)
        assert titles(feed.records) == shown
        assert len(feed.targets) == len(shown)


def test_a_feed_may_have_only_some_entries_of_a_day() -> None:
    archive = make_archive(*(make_card(f"T{n}", line=n + 1) for n in range(5)))
    assert titles(recipe(archive, "feed.xml", Limits(feed_entries=3)).records) == ["T0", "T1", "T2"]


def test_the_default_limits_are_7_days_50_entries_and_20_in_feeds() -> None:
    archive = days(101, "llm")
    assert len(recipe(archive, "").days) == 7
    assert len(recipe(archive, "feed.xml").records) == 20
    assert len(recipe(archive, "tags/llm/page/1/").records) == 50
    assert len(recipe(archive, "tags/llm/").records) == 51


def test_the_sitemap_dates_days_and_entries_and_leaves_out_the_search_page() -> None:
    listed = dict(recipe(make_archive(make_card("A", "llm")), "sitemap.xml").pages)
    assert {path: date for path, date in listed.items() if date} == {"2024/03/19/": FIRST, "2024/03/19/a/": FIRST}
    assert "search/" not in listed
    assert {"", "2024/", "tags/", "kinds/", "archive/"} < set(listed)


def test_the_file_of_all_texts_is_planned_first_and_entries_follow_their_day() -> None:
    paths = list(plan(days(2)))
    assert paths[0] == "data/entries.json"
    assert [path for path in paths if path.startswith("2024/03/") and path != "2024/03/"] == [
        "2024/03/19/",
        "2024/03/19/t0/",
        "2024/03/19/t0/index.bib",
        "2024/03/19/t0/index.csl.json",
        "2024/03/19/t0/index.md",
        "2024/03/20/",
        "2024/03/20/t1/",
        "2024/03/20/t1/index.bib",
        "2024/03/20/t1/index.csl.json",
        "2024/03/20/t1/index.md",
    ]


def test_all_entries_are_in_one_file_newest_day_first() -> None:
    archive = make_archive(make_card("A", line=1), make_card("B", line=3), make_card("C", date=FIRST + ONE_DAY))
    assert titles(recipe(archive, "data/entries.json").records) == ["C", "A", "B"]
