"""Calendars of whole weeks."""

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.site.calendars import end_of_month, make_calendar

from ..project import build_project, write_project


def test_a_calendar_starts_on_a_monday_and_links_to_days_with_entries() -> None:
    first, last = dt.date(2024, 2, 28), dt.date(2024, 3, 6)
    counts = ((dt.date(2024, 2, 29), 1), (dt.date(2024, 3, 4), 7), (dt.date(2024, 3, 7), 3))
    calendar = make_calendar(counts, first, last, "/repo/")
    assert [
        [cell and (cell.date.day, cell.count, cell.level, cell.url) for cell in week] for week in calendar.weeks
    ] == [
        [None, None, (28, 0, 0, ""), (29, 1, 1, "/repo/2024/02/29/"), (1, 0, 0, ""), (2, 0, 0, ""), (3, 0, 0, "")],
        [(4, 7, 4, "/repo/2024/03/04/"), (5, 0, 0, ""), (6, 0, 0, ""), None, None, None, None],
    ]
    assert (calendar.entries, calendar.days) == (8, 2)
    assert [(month.week, month.first.month, month.url) for month in calendar.months] == [
        (0, 2, "/repo/2024/02/"),
        (0, 3, "/repo/2024/03/"),
    ]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 800))
def test_every_date_of_the_period_is_in_one_cell_at_its_weekday(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    calendar = make_calendar(((first, 2),), first, last, "/")
    dates = [cell.date for week in calendar.weeks for cell in week if cell]
    assert dates == [first + dt.timedelta(days=n) for n in range(length + 1)]
    assert all(len(week) == 7 for week in calendar.weeks)
    assert all(cell.date.weekday() == n for week in calendar.weeks for n, cell in enumerate(week) if cell)
    for month in calendar.months:
        week = calendar.weeks[month.week]
        assert any(cell and cell.date == max(month.first, first) for cell in week)


def test_a_month_ends_where_the_next_begins() -> None:
    assert end_of_month(dt.date(2024, 2, 1)) == dt.date(2024, 2, 29)
    assert end_of_month(dt.date(9999, 12, 5)) == dt.date(9999, 12, 31)


def test_a_young_site_shows_no_months_before_its_first_entry_or_after_its_newest(tmp_path: Path) -> None:
    notes = {f"notes/{date}.txt": f"{date}\nGrok-1\n공개했습니다.\n#llm\n" for date in ("2023-03-19", "2024-03-19")}
    build_project(write_project(tmp_path, notes))
    pages = {year: (tmp_path / f"site/{year}/index.html").read_text("utf-8") for year in (2023, 2024)}
    assert {year: page.count('class="sheet"') for year, page in pages.items()} == {2023: 10, 2024: 3}
