"""What a line is by itself, how its marks are taken off, and which fences hold code."""

import datetime as dt

import pytest

from digest.notes.dates import parse_date_line
from digest.notes.file_names import read_file_name
from digest.notes.lines import (
    Line,
    column_of,
    heading_level,
    join_raw,
    lone_url,
    split_lines,
    strip_heading,
    trim_blank,
)
from digest.notes.tag_lines import parse_tags


def lines(*raws: str) -> tuple[Line, ...]:
    return split_lines("\n".join(raws))[0]


def shape(raw: str) -> str:
    (line,) = lines(raw)
    return line.shape


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", "blank"),
        (" \t\u3000\u200b", "blank"),
        ("글", "text"),
        ("2024-03-19", "date"),
        ("# 2024-03-19", "date"),
        ("2024-03-19에", "text"),
        ("# 제목", "heading"),
        ("###### 제목", "heading"),
        ("####### 제목", "text"),
        ("#", "text"),
        ("# ", "text"),
        ("#\u3000제목", "heading"),
        ("> 인용", "quote"),
        (">", "quote"),
        ("https://example.org/a", "link"),
        ("<https://example.org/a>", "link"),
        ("HTTP://example.org/a", "link"),
        ("https://example.org/a 글", "text"),
        ("http", "text"),
        ("https://", "text"),
        ("<b>", "text"),
        ("<https://example.org/a", "text"),
        ("#tag", "tags"),
        ("＃tag", "tags"),
        ("#하나 #둘", "tags"),
        ("#하나,#둘、#셋，#넷", "tags"),
        ("#C#", "tags"),
        ("#C# #c++", "tags"),
        ("#1", "text"),
        ("#a #1", "tags"),
        ("#a1", "tags"),
        ("#a 글", "text"),
        ("#a: 글", "text"),
        ("#Note:", "text"),
        ("#a;", "text"),
        ("#a.", "text"),
        ("#a!", "text"),
        ("#a?", "text"),
        ("#a…", "text"),
        ("#!/bin/sh", "text"),
        ("---", "rule"),
        ("--", "text"),
        ("===", "rule"),
        ("==", "text"),
        ("___", "rule"),
        ("__", "text"),
        ("***", "rule"),
        ("* * *", "rule"),
        ("* *", "text"),
        ("- - -", "rule"),
        ("- -", "text"),
        ("-=-", "text"),
        ("--- a", "text"),
    ],
)
def test_a_line_has_the_shape_that_its_characters_give_it(raw: str, expected: str) -> None:
    assert shape(raw) == expected


def test_lines_are_numbered_from_one_and_keep_their_characters() -> None:
    first, second = lines("  하나 ", "\u200b둘")
    assert (first.number, first.raw, first.text) == (1, "  하나 ", "하나")
    assert (second.number, second.raw, second.text) == (2, "\u200b둘", "둘")
    assert (column_of(first), column_of(second)) == (3, 2)
    assert [line.raw for line in lines("a\r", "b\rc", "d\r\r")] == ["a", "b\rc", "d\r"]


def test_decomposed_hangul_is_composed_for_reading_alone() -> None:
    (line,) = lines("\u1100\u1161")
    assert (line.raw, line.text) == ("\u1100\u1161", "가")


@pytest.mark.parametrize(
    ("text", "level"), [("# a", 1), ("###### a", 6), ("####### a", 0), ("#a", 0), ("#  a", 1), ("a # b", 0)]
)
def test_a_heading_has_one_to_six_marks_and_a_space(text: str, level: int) -> None:
    assert heading_level(text) == level


@pytest.mark.parametrize(
    ("text", "title"),
    [("## a", "a"), ("## a ##", "a"), ("## a #", "a"), ("## a#", "a#"), ("# C#", "C#"), ("## a  ###", "a"), ("a ##", "a ##")],
)  # fmt: skip
def test_the_marks_of_a_heading_are_taken_off_at_both_ends(text: str, title: str) -> None:
    assert strip_heading(text) == title


def test_tags_keep_their_order_and_the_first_spelling_of_a_key() -> None:
    found = parse_tags(("#Pre_Training, ＃둘", "#pre-training #C# #셋"))
    assert [tag.label for tag in found] == ["Pre_Training", "둘", "C#", "셋"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("https://example.org/딥러닝", "https://example.org/딥러닝"),
        ("https://example.org/a.", None),
        ("https://example.org/a b", None),
        ("(https://example.org/a)", None),
        ("<https://example.org/a", None),
        ("https://example.org/a>", None),
        ("example.org/a", None),
    ],
)
def test_a_lone_address_is_the_whole_line(text: str, url: str | None) -> None:
    assert lone_url(text) == url


def test_blank_lines_are_trimmed_at_both_ends_alone() -> None:
    found = lines("", " ", "하나", "", " 둘 ", "", "")
    assert [line.number for line in trim_blank(found)] == [3, 4, 5]
    assert join_raw(found) == "하나\n\n 둘 "
    assert trim_blank(lines("", "")) == ()
    assert join_raw(lines("")) == ""


def shapes(*raws: str) -> str:
    """Return the first letter of each line's shape."""
    return "".join(line.shape[0] for line in lines(*raws))


def unclosed(*raws: str) -> tuple[int, ...]:
    return split_lines("\n".join(raws))[1]


def test_a_fence_holds_code_from_its_first_line_to_its_last() -> None:
    assert shapes("글", "```py", "#a", "", "```", "글") == "tcccct"
    assert shapes("~~~", "```", "~~~", "글") == "ccct"
    assert unclosed("```", "a", "```") == ()


def test_a_fence_is_closed_by_as_many_of_its_own_marks_or_more() -> None:
    assert shapes("````", "```", "````", "글") == "ccct"
    assert shapes("```", "a", "`````", "글") == "ccct"
    assert shapes("```", "a", "``` b", "```", "글") == "cccct"
    assert shapes("```", "a", "  ```  ", "글") == "ccct"


def test_a_fence_that_is_never_closed_holds_no_code_and_is_named() -> None:
    assert shapes("```", "#a", "글") == "ttt"
    assert unclosed("글", "```", "#a") == (2,)
    assert unclosed("````", "```", "a", "```") == (1,)
    assert shapes("````", "```", "a", "```") == "tccc"
    assert unclosed("~~~", "```", "a", "```") == (1,)


def test_after_a_fence_without_an_end_a_shorter_one_may_have_one() -> None:
    raws = ("`````", "````", "a", "```", "b", "```")
    assert unclosed(*raws) == (1, 2)
    assert shapes(*raws) == "tttccc"


def test_backticks_with_a_backtick_behind_open_no_fence() -> None:
    assert shapes("```a`b", "#a", "```", "글") == "tttt"
    assert unclosed("``` `a", "#a") == ()
    assert shapes("~~~ `a", "#a", "~~~") == "ccc"


@pytest.mark.parametrize(
    ("word", "number"),
    [(name, number) for number, names in enumerate(
        (("mon", "monday"), ("tue", "tues", "tuesday"), ("wed", "wednesday"), ("thu", "thurs", "thursday"), ("fri", "friday"),
         ("sat", "saturday"), ("sun", "sunday"))
    ) for name in names],
)  # fmt: skip
def test_every_english_weekday_has_its_number(word: str, number: int) -> None:
    for text in (
        f"2024-03-19 ({word})",
        f"2024-03-19 {word.title()}",
        f"2024-03-19, {word.upper()}",
        f"2024-03-19（{word}）",
    ):
        found = parse_date_line(text)
        assert found is not None
        assert found.weekday == number


@pytest.mark.parametrize(("letter", "number"), [(letter, number) for number, letter in enumerate("월화수목금토일")])
def test_every_korean_weekday_has_its_number(letter: str, number: int) -> None:
    for text in (f"2024-03-19 ({letter})", f"2024-03-19 {letter}요일", f"2024-03-19（{letter}요일）"):
        found = parse_date_line(text)
        assert found is not None
        assert found.weekday == number


def test_a_date_knows_its_form_its_place_and_its_heading() -> None:
    found = [parse_date_line(text) for text in ("2024년 3월 19일", "# 2024-03-19", "##  2024.3.19.", "2024/3/19")]
    assert [(date.form, date.heading, date.offset, date.written) for date in found if date] == [
        ("korean", False, 0, "2024년 3월 19일"),
        ("dash", True, 2, "2024-03-19"),
        ("dot", True, 4, "2024.3.19."),
        ("slash", False, 0, "2024/3/19"),
    ]


@pytest.mark.parametrize(
    ("text", "exists"), [("0001-01-01", False), ("0002-01-01", True), ("9998-12-31", True), ("9999-12-31", False)]
)
def test_the_first_and_the_last_year_of_the_calendar_are_no_days(text: str, exists: bool) -> None:
    found = parse_date_line(text)
    assert found is not None
    assert (found.date is not None) == exists


@pytest.mark.parametrize(
    ("stem", "year"), [("000101", 2000), ("010101", 2001), ("240319", 2024), ("991231", 2099), ("00010101", None)]
)
def test_a_year_of_two_digits_is_of_this_century(stem: str, year: int | None) -> None:
    found = read_file_name(stem)
    assert (found.date.year if found.date else None) == year


@pytest.mark.parametrize(
    ("stem", "title"), [("  240319  Title  ", "Title"), ("240319", ""), ("2024-03-19  두 번 ", "두 번")]
)
def test_spaces_around_a_file_name_and_its_title_do_not_matter(stem: str, title: str) -> None:
    found = read_file_name(stem)
    assert (found.date, found.title) == (dt.date(2024, 3, 19), title)


def test_a_file_name_says_its_date_as_it_is_written() -> None:
    assert [found.written for stem in ("240319 a", "20240319", "2024.03.19") if (found := read_file_name(stem))] == [
        "240319",
        "20240319",
        "2024.03.19",
    ]


@pytest.mark.parametrize("stem", ["00010101", "99991231", "0001-01-01"])
def test_a_file_named_after_the_first_or_the_last_year_has_no_date(stem: str) -> None:
    found = read_file_name(stem)
    assert found.date is None
