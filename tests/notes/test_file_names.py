import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.notes.file_names import date_of_folders, read_file_name, split_dated

DAY = dt.date(2024, 3, 19)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2024-03-19", ""),
        ("20240319", ""),
        ("240319", ""),
        ("2024_03_19", ""),
        ("2024.03.19", ""),
        ("2024년 3월 19일", ""),
        ("2024년 3월 19일 (화)", ""),
        ("2024-03-19T15-30-00", ""),
        ("240319 Grok-1", "Grok-1"),
        ("2024-03-19 Grok-1", "Grok-1"),
        ("2024년 3월 19일 그록", "그록"),
        ("240319 2024 in Review", "2024 in Review"),
        ("2024-03-19-하이픈-제목", "하이픈 제목"),
        ("2024-03-19_밑줄 제목", "밑줄 제목"),
        ("20240319T1530 제텔", "제텔"),
        ("202403191530 제텔", "제텔"),
        ("2024-03-19 10-30 회의", "회의"),
        ("2024-03-19 화 대시 제목", "대시 제목"),
        ("2024-03-19 일 잘하는 법", "일 잘하는 법"),
        ("News_2024-03-19_report", "News report"),
        ("회의 (2024-03-19)", "회의"),
    ],
)
def test_a_name_may_hold_a_date_anywhere(name: str, title: str) -> None:
    for form in ("NFC", "NFD"):
        found = read_file_name(unicodedata.normalize(form, name))
        assert (found.date, found.title) == (DAY, title)


@pytest.mark.parametrize(
    "name",
    ["notes", "09", "202403", "2024", "2024-03", "2024-W12", "240319Grok", "1234567", "123456 notes", "Tool 2024.1.2"],
)
def test_a_name_of_another_form_has_no_date(name: str) -> None:
    found = read_file_name(name)
    assert (found.date, found.written, found.title) == (None, "", name)


def test_a_day_that_does_not_exist_counts_at_the_front_of_a_name_only() -> None:
    assert read_file_name("240230 Title").written == "240230"
    assert read_file_name("Title 2024-02-30").written == ""


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("notes/2024/03/19", ""),
        ("notes/2024/03/19 제목", "제목"),
        ("notes/2024/03/19/report", "report"),
        ("notes/2024/2024-03/19", ""),
        ("2024-03-19/report", "report"),
        ("notes/20240319/report", "report"),
        ("notes/2024-03-19 회의/안건", "안건"),
    ],
)
def test_folders_may_hold_the_date(path: str, title: str) -> None:
    found = date_of_folders(path)
    assert found is not None
    assert (found.date, found.title) == (DAY, title)


@pytest.mark.parametrize("path", ["notes/2024/ideas", "notes/03/19", "notes/2024/13/40", "a/b"])
def test_other_folders_hold_none(path: str) -> None:
    assert date_of_folders(path) is None


@pytest.mark.parametrize("text", ["2024-03-19 회의 메모", "회의 메모 - 2024-03-19", "회의 메모 (2024년 3월 19일)"])
def test_a_heading_may_be_dated_at_either_end(text: str) -> None:
    found = split_dated(text)
    assert found is not None
    assert (found.date, found.title) == (DAY, "회의 메모")


def test_a_date_within_a_heading_is_a_part_of_its_words() -> None:
    assert split_dated("메모 2024-03-19 회의") is None


@given(st.text(max_size=40))
def test_every_name_gives_an_answer(name: str) -> None:
    read_file_name(name)
    date_of_folders(f"{name}/{name}")
    split_dated(name)
