import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.notes.dates import WEEKDAYS, parse_date_line, read_written_date

FORMS = (
    "{d.year}년 {d.month}월 {d.day}일",
    "{d.year}년{d.month:02}월{d.day:02}일",
    "{d.year}년 {d.month}월 {d.day}일 {w}",
    "{d.year}년 {d.month}월 {d.day}일({w})",
    "{d.year}년 {d.month}월 {d.day}일 {w}요일",
    "{d.year}년 {d.month}월 {d.day}일 （{w}）",
    "{d:%Y-%m-%d}",
    "{d:%Y-%m-%d} ({w}요일)",
    "{d:%Y.%m.%d}.",
    "{d:%Y.%m.%d}",
    "{d.year}. {d.month}. {d.day}.",
    "{d.year}/{d.month}/{d.day}",
    "# {d:%Y-%m-%d}",
    "### {d.year}년 {d.month}월 {d.day}일",
)
DATES = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))


@given(date=DATES, form=st.sampled_from(FORMS))
def test_every_form_of_a_date_line_gives_the_date_back(date: dt.date, form: str) -> None:
    found = parse_date_line(form.format(d=date, w=WEEKDAYS[date.weekday()]))
    assert found is not None
    assert found.date == date
    assert found.heading == form.startswith("#")
    assert found.weekday in (None, date.weekday())
    assert ("{w}" in form) == (found.weekday is not None)


@pytest.mark.parametrize(
    "text",
    [
        "2024년 3월 19일에",
        "2024년 3월 19일, 날씨 맑음",
        "2024-03-19 오후",
        "어제 2024-03-19",
        "2024년 3월",
        "24년 3월 19일",
        "2024-03/19",
        "2024년 3월 19일 (휴일)",
        "2024년 3월 19일 (화",
        "12024-03-19",
        "20240319",
    ],
)
def test_a_line_that_holds_more_or_less_than_a_date_is_none(text: str) -> None:
    assert parse_date_line(text) is None


@pytest.mark.parametrize("text", ["2024년 2월 30일", "2023-02-29", "2024.13.01.", "2024/0/1", "0000-01-01"])
def test_a_day_that_does_not_exist_is_a_date_line_without_a_date(text: str) -> None:
    found = parse_date_line(text)
    assert found is not None
    assert found.date is None
    assert found.written == text


@pytest.mark.parametrize("weekday", ["Tue", "tuesday", "TUES"])
def test_weekdays_may_be_english(weekday: str) -> None:
    found = parse_date_line(f"2024-03-19 ({weekday})")
    assert found is not None
    assert found.weekday == 1


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-19",
        '"2024-03-19"',
        "[[2024-03-19]]",
        "2024-03-19T23:30:00+09:00",
        "2024-03-19T20:00-07:00",
        "2024-03-19 11:30 PM",
        "2024년 3월 19일 화요일",
        "2024년 3월 19일 오후 3시",
        "20240319",
        "20240319T1530",
        "March 19, 2024",
        "Mar 19th 2024",
        "19 March 2024",
        "Tue, 19 Mar 2024 10:00:00 +0000",
        "3/19/2024",
        "19.03.2024",
    ],
)
def test_a_date_in_a_value_is_the_day_as_written(written: str) -> None:
    found = read_written_date(written)
    assert found is not None
    assert found.date == dt.date(2024, 3, 19)


@pytest.mark.parametrize("written", ["someday", "05/04/2024", "2024", "true", ""])
def test_a_value_that_names_no_day_for_certain_is_no_date(written: str) -> None:
    assert read_written_date(written) is None
