"""The figures of an archive's trends."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.archive.archive import Archive
from digest.archive.trends import MONTHS, Trends, find_rising, find_trends, smooth_shares
from digest.model import KINDS

from .cards import make_archive, make_card


def trends_of(archive: Archive) -> Trends:
    return find_trends(archive, {})


def written(*dates: str, kind: str = "note", tags: tuple[str, ...] = (), words: int = 0) -> Archive:
    return make_archive(
        *(
            make_card(f"T{n}", *tags, date=dt.date.fromisoformat(date), path=f"notes/{n}.txt", kind=kind, words=words)
            for n, date in enumerate(dates)
        )
    )


def test_entries_days_words_and_the_longest_run_are_counted() -> None:
    trends = trends_of(written("2024-02-28", "2024-02-29", "2024-02-29", "2024-03-01", "2024-03-03", words=7))
    assert (trends.entries, trends.days, trends.streak, trends.words) == (5, 4, 3, 35)


def test_months_without_entries_between_the_first_and_the_last_are_counted_as_empty() -> None:
    trends = trends_of(written("2023-11-30", "2024-02-01"))
    assert [(month.first.isoformat()[:7], month.entries) for month in trends.months] == [
        ("2023-11", 1),
        ("2023-12", 0),
        ("2024-01", 0),
        ("2024-02", 1),
    ]


def test_first_years_that_hold_hardly_anything_are_left_out_of_charts_over_time_and_not_of_the_months() -> None:
    dates = ["2016-05-01", *(f"2023-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 20))]
    trends = trends_of(written(*dates))
    assert trends.periods[0] == trends.stretches[0].first == dt.date(2023, 1, 1)
    assert trends.months[0].first == dt.date(2016, 5, 1)


def test_the_quarters_of_a_tag_are_those_of_its_entries() -> None:
    dates = ["2023-01-31", "2023-04-01", "2023-06-30", "2023-07-01", "2023-12-31"]
    cards = [
        make_card(f"{tag}{n}", tag, date=dt.date.fromisoformat(date), path=f"notes/{tag}{n}.txt")
        for tag in ("moe", "mamba", "rag")
        for n, date in enumerate(dates)
    ]
    trends = trends_of(make_archive(*cards))
    assert trends.quarterly
    assert [course.counts for course in trends.courses] == [(1, 2, 1, 1)] * 3
    assert trends.totals == (3, 6, 3, 3)


def test_tags_stand_in_the_order_of_their_centres_of_gravity() -> None:
    early, late = ["2022-01-10"] * 4 + ["2023-01-10"], ["2022-02-10"] + ["2023-11-10"] * 4
    even = ["2022-01-01", "2022-05-01", "2022-10-01", "2023-03-01", "2023-10-01"]
    cards = [
        make_card(f"{tag}{n}", tag, date=dt.date.fromisoformat(date), path=f"notes/{tag}{n}.txt")
        for tag, dates in (("a-late", late), ("even", even), ("z-early", early))
        for n, date in enumerate(dates)
    ]
    assert [course.tag.key for course in trends_of(make_archive(*cards)).courses] == ["z-early", "even", "a-late"]


def test_a_few_tags_or_a_few_quarters_make_no_courses() -> None:
    assert trends_of(written(*["2024-01-01", "2024-12-01"] * 3, tags=("moe", "rag"))).courses == ()
    assert trends_of(written(*["2024-01-01", "2024-04-01"] * 3, tags=("moe", "rag", "mamba"))).courses == ()


def test_a_long_archive_is_charted_by_years() -> None:
    dates = [dt.date(1980 + n // 12, n % 12 + 1, 1).isoformat() for n in range(MONTHS * 4)]
    trends = trends_of(written(*dates))
    assert (trends.monthly, trends.quarterly) == (False, False)
    assert {stretch.entries for stretch in trends.stretches} == {12}


def test_a_share_counts_half_of_each_neighbour_and_bridges_an_empty_period() -> None:
    assert smooth_shares((1, 0, 1), (2, 0, 2)) == (0.5, 0.5, 0.5)
    assert smooth_shares((4, 0, 0), (4, 4, 4)) == pytest.approx((2 / 3, 1 / 4, 0))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30))
def test_shares_lie_between_nothing_and_all(pairs: list[tuple[int, int]]) -> None:
    shares = smooth_shares([min(pair) for pair in pairs], [max(pair) for pair in pairs])
    assert len(shares) == len(pairs)
    assert all(0 <= share <= 1 for share in shares)


@given(
    st.lists(
        st.tuples(st.dates(dt.date(2015, 1, 1), dt.date(2024, 12, 31)), st.sampled_from(KINDS)), min_size=1, max_size=40
    )
)
def test_every_entry_is_counted_once_in_the_months(entries: list[tuple[dt.date, str]]) -> None:
    cards = [make_card(f"T{n}", date=date, kind=kind, path=f"notes/{n}.txt") for n, (date, kind) in enumerate(entries)]
    trends = trends_of(make_archive(*cards))
    by_kind = [sum(month.kinds[place] for month in trends.months) for place in range(len(KINDS))]
    assert by_kind == [sum(kind == each for _, kind in entries) for each in KINDS]
    assert sum(trends.totals) == sum(stretch.entries for stretch in trends.stretches)


def test_the_busiest_tag_stands_for_a_year() -> None:
    cards = [
        make_card(f"{year}{tag}{n}", tag, date=dt.date(year, 3, n + 1), path=f"notes/{year}{tag}{n}.txt")
        for year, tag, count in ((2023, "gan", 4), (2023, "nerf", 3), (2024, "llm", 3), (2025, "agents", 2))
        for n in range(count)
    ]
    assert [(year.year, year.tag.key, year.count) for year in trends_of(make_archive(*cards)).years] == [
        (2023, "gan", 4),
        (2024, "llm", 3),
    ]


def test_sizes_of_models_are_those_that_entries_name_and_a_product_is_none() -> None:
    values = ["7B/13B", "8×7B", "0.5B", ""]
    cards = [
        make_card(
            f"M{n}",
            kind="model",
            date=dt.date(2024, 1, n + 1),
            path=f"notes/{n}.txt",
            facts=(("parameters", value),) if value else (),
        )
        for n, value in enumerate(values)
    ]
    sizes = trends_of(make_archive(*cards)).sizes
    assert [(record.card.title, numbers) for record, numbers in sizes] == [("M0", (7e9, 13e9)), ("M2", (0.5e9,))]


def test_the_most_mentioned_entries_come_first_and_a_few_make_no_list() -> None:
    archive = written("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04")
    records = archive.records
    mentions = {record.id: records[:count] for record, count in zip(records, (2, 4, 1, 3), strict=True)}
    found = find_trends(archive, mentions).mentioned
    assert [(record.card.title, count) for record, count in found] == [("T1", 4), ("T3", 3), ("T0", 2)]
    assert find_trends(archive, {records[0].id: records}).mentioned == ()


def test_a_tag_rises_if_the_newest_quarter_has_more_of_it_than_the_others_let_expect() -> None:
    last = dt.date(2024, 12, 31)
    ages = {
        "steady": range(1, 360, 30),
        "rising": [5, 10, 20, 30, 40, 200],
        "new": [1, 2, 3],
        "rare": [1, 2],
        "gone": [200, 220, 240],
    }
    cards = [
        make_card(f"{tag}{age}", tag, date=last - dt.timedelta(days=age), path=f"notes/{tag}{age}.txt")
        for tag, several in ages.items()
        for age in several
    ]
    rising = find_rising(make_archive(*cards).records, last)
    assert [(tag.tag.key, tag.total) for tag in rising] == [("rising", 6), ("new", 3)]
    assert rising[1].months == (0,) * 11 + (3,)
