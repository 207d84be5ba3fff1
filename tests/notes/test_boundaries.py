"""Where an entry of a day file begins and ends if no tag line says so, one piece of evidence at a time."""

import datetime as dt

import pytest

from digest.model import NoteFile
from digest.notes import ParsedNote, parse


def read(*lines: str, name: str = "2024-03-19.txt") -> ParsedNote:
    return parse(NoteFile(f"notes/{name}", "\n".join(lines) + "\n", ""))


def titles(*lines: str) -> list[str]:
    """Return the titles of the entries below a date line."""
    return [entry.title for entry in read("2024년 3월 19일", *lines).entries]


def codes(*lines: str, name: str = "2024-03-19.txt") -> list[str]:
    return [problem.code for problem in read(*lines, name=name).diagnostics]


FIRST = ("첫 제목", "첫 글입니다.", "#tag")


def test_a_heading_of_the_level_of_titles_begins_an_entry_and_a_deeper_one_is_a_section() -> None:
    day = [
        "## 하나",
        "글입니다.",
        "#tag",
        "### 둘",
        "글입니다.",
        "#tag",
        "## 셋",
        "글입니다.",
        "### 소제목",
        "글입니다.",
    ]
    assert titles(*day) == ["하나", "둘", "셋"]
    assert titles(*day, "## 넷", "글입니다.") == ["하나", "둘", "셋", "넷"]
    assert titles("# 하나", "글입니다.", "#tag", "# 둘", "글입니다.", "# 셋") == ["하나", "둘", "셋"]


def test_a_heading_begins_no_entry_where_titles_are_no_headings() -> None:
    assert titles(*FIRST, "둘째 제목", "글입니다.", "# 소제목", "글입니다.") == ["첫 제목", "둘째 제목"]


def test_authors_on_the_next_line_begin_an_entry_whatever_stands_between_but_text() -> None:
    assert titles("하나", "글입니다.", "A Study of Ends", "(Ada Kim, Ben Cho)", "글.") == ["하나", "A Study of Ends"]
    between = ("", "https://example.org/a", "")
    assert titles("하나", "글입니다.", "A Study of Ends", *between, "(Ada Kim, Ben Cho)") == ["하나", "A Study of Ends"]
    assert titles("하나", "글입니다.", "A Study of Ends", "글.", "(Ada Kim, Ben Cho)") == ["하나"]


def test_a_list_a_parenthesis_and_a_sentence_are_no_titles_though_authors_follow() -> None:
    for line in ("- A Study of Ends", "(A Study of Ends)", "이 글을 쓴 사람은 다음과 같습니다."):
        assert titles("하나", "글입니다.", line, "(Ada Kim, Ben Cho)") == ["하나"]


def test_what_only_may_be_names_is_evidence_of_a_title_behind_a_sentence_alone() -> None:
    assert titles("하나", "글입니다.", "둘", "(팀)", "글입니다.") == ["하나", "둘"]
    assert titles("하나", "글이 끝나지 않아", "둘", "(팀)", "글입니다.") == ["하나"]
    assert titles("하나", "글입니다.", "둘", "(어제 이어서 씁니다)", "글입니다.") == ["하나"]


def test_an_indented_line_below_the_title_goes_on_with_it() -> None:
    assert titles("A Long Title That", "  Goes on Below", "(Ada Kim, Ben Cho)") == ["A Long Title That Goes on Below"]
    assert titles("하나", "글입니다.", "  A Study of Ends", "(Ada Kim, Ben Cho)") == ["하나", "A Study of Ends"]
    assert titles("A Long Title That", "Goes on Below", "(Ada Kim, Ben Cho)") == ["A Long Title That", "Goes on Below"]


def test_titles_with_authors_on_one_line_are_followed_where_the_file_has_them() -> None:
    other = ("Beads (Ada Kim, Ben Cho)", "글입니다.", "#tag")
    assert titles(*other, "하나", "글입니다.", "Knots (Cho Min, Dan Ode)", "글.") == ["Beads", "하나", "Knots"]
    assert titles(*FIRST, "하나", "글입니다.", "Knots (Cho Min, Dan Ode)", "글.") == ["첫 제목", "하나"]
    assert titles(*other, *FIRST, "하나", "글.", "Knots", "글.") == ["Beads", "첫 제목", "하나"]


def test_titles_between_asterisks_are_followed_where_the_file_has_them() -> None:
    other = ("*구슬*", "글입니다.", "#tag")
    assert titles(*other, "*하나*", "글입니다.", "*둘*", "글.") == ["구슬", "하나", "둘"]
    assert titles(*FIRST, "하나", "글입니다.", "*둘*", "글.") == ["첫 제목", "하나"]
    assert titles(*other, *FIRST, "*하나*", "글입니다.", "둘 *셋*", "글.") == ["구슬", "첫 제목", "하나"]


def test_under_an_address_such_a_title_is_one_of_a_reading_list() -> None:
    day = (
        "2024년 3월 19일",
        "Beads (Ada Kim, Ben Cho)",
        "글입니다.",
        "https://example.org",
        "Knots (Cho Min, Dan Ode)",
        "글.",
        "#tag",
    )
    assert [entry.title for entry in read(*day).entries] == ["Beads"]
    assert codes(*day) == ["ambiguous-entry"]


def test_the_last_line_of_a_file_is_no_title() -> None:
    assert titles("하나", "글입니다.", "*둘*") == ["하나"]
    assert titles("*하나*", "글입니다.", "*둘*", "", "https://example.org") == ["하나"]


HABIT = ("하나", "글입니다.", "글입니다.", "글입니다.", "글입니다.", "#tag", "")


def test_a_lone_title_between_blank_lines_begins_an_entry_where_that_is_the_habit() -> None:
    assert titles(*HABIT, "둘", "글입니다.", "", "셋", "글입니다.") == ["하나", "둘", "셋"]


@pytest.mark.parametrize(
    "line",
    ["둘은 이렇습니다.", "- 셋", "1. 셋", "셋,", "셋:", "three", "https://example.org 셋", "«셋»", "가" * 121],
    ids=["sentence", "item", "number", "comma", "colon", "small", "address", "quoted", "long"],
)
def test_what_reads_like_no_title_begins_none(line: str) -> None:
    assert titles(*HABIT, "둘", "글입니다.", "", line, "글입니다.") == ["하나", "둘"]


def test_a_lone_title_needs_a_sentence_before_it_and_one_after_it() -> None:
    assert titles(*HABIT, "둘", "글이 끝나지 않아", "", "셋", "글입니다.") == ["하나", "둘"]
    assert titles(*HABIT, "둘", "글입니다.", "", "셋", "글이 끝나지 않아") == ["하나", "둘"]
    assert titles(*HABIT, "둘", "- 글입니다.", "", "셋", "글입니다.") == ["하나", "둘"]
    assert titles(*HABIT, "둘", "글입니다.", "셋", "글입니다.") == ["하나", "둘"]
    assert titles(*HABIT, "둘", "글입니다.", "", "셋", "> 글입니다.") == ["하나", "둘"]


@pytest.mark.parametrize("end", ["입니다.", "입니다!", "입니까?", "그렇다。", "…", "ㅎㅎ", "ㅋ", "ㅠ", "네요~", "합니다", "하죠", "했군", "했음", "됨", "(합니다.)", "‘합니다.’"])  # fmt: skip
def test_a_paragraph_may_end_like_this(end: str) -> None:
    assert titles(*HABIT, "둘", f"글이 {end}", "", "셋", "글입니다.") == ["하나", "둘", "셋"]


def test_blank_lines_are_no_habit_if_one_entry_has_none_before_it() -> None:
    day = (*HABIT, "둘", "글입니다.", "#tag", "셋", "글입니다.")
    assert titles(*day, "", "넷", "글입니다.") == ["하나", "둘", "셋"]
    assert titles("하나", "글입니다.", "", "셋", "글입니다.") == ["하나"]


@pytest.mark.parametrize(("lines", "more"), [(5, ["셋"]), (4, [])])
def test_within_entries_one_line_of_four_may_have_a_blank_one_before_it(lines: int, more: list[str]) -> None:
    first = ["하나", *["글입니다."] * (lines - 1), "", "글입니다.", "#tag", ""]
    # Of these lines and three more, the last and `셋` have a blank one before them.
    assert titles(*first, "둘", "글입니다.", "", "셋", "글입니다.") == ["하나", "둘", *more]


@pytest.mark.parametrize(
    ("following", "warned"),
    [
        ("글입니다.", True),
        ("끝나지 않는 한국어 글이지만 제목보다는 긴 글", True),
        ("짧은", False),
        ("An English line that does not end", False),
        ("(An aside)", False),
    ],
)
def test_a_line_that_may_be_a_title_is_kept_with_a_warning(following: str, warned: bool) -> None:
    lines = ("2024년 3월 19일", "하나", "글입니다.", "둘째 줄", following, "#tag")
    assert codes(*lines) == (["ambiguous-entry"] if warned else [])


def test_a_line_as_long_as_the_possible_title_is_no_reason_to_warn() -> None:
    assert codes("2024년 3월 19일", "하나", "글입니다.", "둘째 줄은", "같은 길이", "#tag") == []
    assert codes("2024년 3월 19일", "하나", "글입니다.", "둘째 줄은", "같은 길이로", "#tag") == ["ambiguous-entry"]


def test_an_entry_is_warned_of_once_and_the_next_one_again() -> None:
    doubt = ("하나", "글입니다.", "둘", "글입니다.", "셋", "글입니다.", "#tag")
    assert codes("2024년 3월 19일", *doubt) == ["ambiguous-entry"]
    assert codes("2024년 3월 19일", *doubt, *doubt) == ["ambiguous-entry"] * 2


def test_a_rule_parts_entries_only_where_a_title_follows_one_after_tags() -> None:
    habit = (*FIRST, "---", "둘", "글입니다.", "#tag")
    assert titles(*habit, "---", "셋", "글입니다.", "---", "넷", "글입니다.") == ["첫 제목", "둘", "셋", "넷"]
    assert titles(*FIRST, "셋", "글입니다.", "---", "넷", "글입니다.") == ["첫 제목", "셋"]


def test_a_date_within_an_entry_begins_a_day_if_it_is_written_like_the_others() -> None:
    alike = read("2024년 3월 19일", "하나", "글입니다.", "2024년 3월 20일", "둘", "글입니다.")
    assert [(entry.title, entry.date and entry.date.day) for entry in alike.entries] == [("하나", 19), ("둘", 20)]
    other = read("2024년 3월 19일", "하나", "글입니다.", "2024-03-20", "둘", "글입니다.")
    assert [entry.title for entry in other.entries] == ["하나"]
    assert [problem.code for problem in other.diagnostics if problem.code != "missing-tags"] == ["foreign-date-line"]
    heading = read("# 2024-03-19", "하나", "글입니다.", "2024-03-20", "둘", "글입니다.")
    assert [entry.title for entry in heading.entries] == ["하나"]


def test_in_a_file_of_two_forms_of_dates_every_date_begins_a_day() -> None:
    lines = ("2024년 3월 19일", *FIRST, "2024-03-20", "둘", "글입니다.", "2024/03/21", "셋", "글입니다.")
    assert [(entry.title, entry.date and entry.date.day) for entry in read(*lines).entries] == [
        ("첫 제목", 19),
        ("둘", 20),
        ("셋", 21),
    ]


def test_a_first_date_that_does_not_exist_gives_way_to_that_of_the_file_and_a_second_to_none() -> None:
    first = read("2024년 2월 30일", "하나", "글입니다.", "#tag", name="2024-02-29.txt")
    assert [(entry.title, entry.date) for entry in first.entries] == [("하나", dt.date(2024, 2, 29))]
    second = read("2024년 2월 29일", *FIRST, "2024년 2월 30일", "둘", "글입니다.", "#tag", name="2024-02-29.txt")
    assert [entry.title for entry in second.entries] == ["첫 제목"]
    assert [block.role for block in second.blocks][-2:] == ["date", "undated"]
    assert (second.blocks[-1].first_line, second.blocks[-1].last_line) == (6, 8)


@pytest.mark.parametrize("rule", ["---", "===", "***", "___", "- - -"])
def test_a_rule_right_below_the_title_underlines_it_and_no_other_does(rule: str) -> None:
    (underlined,) = read("2024년 3월 19일", "제목", rule, "글입니다.", "#tag").entries
    assert underlined.commentary == "글입니다."
    (parted,) = read("2024년 3월 19일", "제목", "", rule, "글입니다.", "#tag").entries
    assert parted.commentary == f"{rule}\n글입니다."
    (authors,) = read("2024년 3월 19일", "Title", "(Ada Kim, Ben Cho)", rule, "글입니다.", "#tag").entries
    assert authors.commentary == f"{rule}\n글입니다."
    (twice,) = read("2024년 3월 19일", "제목", rule, rule, "글입니다.", "#tag").entries
    assert twice.commentary == f"{rule}\n글입니다."


def test_a_tag_line_before_any_entry_is_reported_and_behind_an_entry_belongs_to_it() -> None:
    assert codes("2024년 3월 19일", "#lost", *FIRST) == ["empty-day", "stray-tags"]
    assert codes("2024년 3월 19일", *FIRST, "#more") == []
    (entry,) = read("2024년 3월 19일", *FIRST, "", "#more").entries
    assert [tag.key for tag in entry.tags] == ["tag", "more"]


def test_a_day_without_entries_is_reported_at_its_date() -> None:
    found = read("2024년 3월 18일", "", "  2024년 3월 19일", *FIRST).diagnostics
    assert [(problem.code, problem.line, problem.column) for problem in found] == [("empty-day", 1, 1)]
    assert codes("2024년 3월 20일") == ["empty-day", "wrong-file-date"]
    assert codes("2024년 3월 19일", *FIRST, "2024년 3월 20일") == ["empty-day"]


def test_a_file_of_nothing_but_its_date_waits_for_its_text() -> None:
    assert codes("2024년 3월 19일") == []
    assert codes("2024년 3월 19일", "#lost") == ["empty-day", "stray-tags"]
    assert codes("2024년 3월 19일", name="a.txt") == ["empty-day"]


def test_a_file_named_after_another_day_is_reported_at_its_first_date() -> None:
    found = read("# 2024년 3월 18일", *FIRST).diagnostics
    assert [(problem.code, problem.line, problem.column) for problem in found] == [("wrong-file-date", 1, 3)]
    assert codes("2024년 3월 18일", *FIRST, "2024년 3월 19일", *FIRST) == []
    assert codes("2024년 3월 18일", *FIRST, "2024년 2월 30일", *FIRST) == ["impossible-date"]


def test_a_wrong_weekday_is_reported_and_a_right_one_is_not() -> None:
    assert codes("2024년 3월 19일 (화)", *FIRST) == []
    found = read("2024년 3월 19일 (수)", *FIRST).diagnostics
    assert [(problem.code, problem.message) for problem in found] == [
        ("wrong-weekday", "`2024년 3월 19일` is 화요일, not 수요일")
    ]


def test_every_line_of_a_day_is_in_a_block_of_its_role() -> None:
    lines = ("2024년 3월 19일", "#lost", *FIRST, "#more", "---", "둘", "글입니다.", "#tag")
    found = [(block.role, block.first_line, block.last_line, block.entry) for block in read(*lines).blocks]
    assert found == [
        ("date", 1, 1, None),
        ("tags", 2, 2, None),
        ("entry", 3, 4, 0),
        ("tags", 5, 6, 0),
        ("separator", 7, 7, None),
        ("entry", 8, 9, 1),
        ("tags", 10, 10, 1),
    ]


def test_a_second_line_of_names_is_text() -> None:
    (entry,) = read("2024년 3월 19일", "Title", "(Ada Kim, Ben Cho)", "(Cho Min, Dan Ode)", "글입니다.", "#tag").entries
    assert entry.authors == ("Ada Kim", "Ben Cho")
    assert entry.abstract == "(Cho Min, Dan Ode)"
    (entry,) = read("2024년 3월 19일", "Title (Ada Kim, Ben Cho)", "(Cho Min, Dan Ode)", "글입니다.", "#tag").entries
    assert entry.authors == ("Ada Kim", "Ben Cho")


def test_a_heading_a_quotation_and_a_broken_line_below_an_address_may_be_the_title() -> None:
    address = "https://example.org/a"
    assert titles(address, "## 제목 (Ada Kim, Ben Cho)", "글입니다.", "#tag") == ["제목"]
    assert titles(address, "A Long Title That", " Goes on Below", "(Ada Kim, Ben Cho)", "#tag") == [
        "A Long Title That Goes on Below"
    ]
    assert titles("> > 제목", "(Ada Kim, Ben Cho)", "글입니다.", "#tag") == ["제목"]
    assert titles(address, "> 제목", "글입니다.", "#tag") == ["2024년 3월 19일"]


def test_a_title_goes_on_in_the_next_line_only_if_that_is_indented_and_authors_follow() -> None:
    assert titles("A Long Title That", "  Goes on Below", "글입니다.", "#tag") == ["A Long Title That"]
    assert titles("A Long Title (Ada Kim, Ben Cho)", "  Goes on Below", "(Cho Min, Dan Ode)", "#tag") == [
        "A Long Title"
    ]
    assert titles("A Long Title That", "  (Ada Kim, Ben Cho)", "(Cho Min, Dan Ode)", "#tag") == ["A Long Title That"]
    between = ("", "https://example.org/a", "(Ada Kim, Ben Cho)")
    assert titles("A Long Title That", "  Goes on Below", *between, "#tag") == ["A Long Title That Goes on Below"]


def test_the_first_address_is_the_link_and_the_others_stay_in_the_text() -> None:
    one, two, three = (f"https://example.org/{n}" for n in range(3))
    (entry,) = read(
        "2024년 3월 19일", one, "Title", two, "(Ada Kim, Ben Cho)", "An abstract.", three, "글입니다."
    ).entries
    assert (entry.link, entry.abstract, entry.commentary) == (one, "An abstract.", f"{two}\n{three}\n글입니다.")
    (entry,) = read("2024년 3월 19일", f"[Title]({one})", two, "글입니다.").entries
    assert (entry.title, entry.link, entry.commentary) == ("Title", one, f"{two}\n글입니다.")


def test_an_abstract_ends_at_hangul_at_a_rule_and_at_code() -> None:
    head = ("2024년 3월 19일", "Title", "(Ada Kim, Ben Cho)", "An abstract.", "", "It goes on.")
    for end in ("글입니다.", "---", "```\ncode\n```"):
        (entry,) = read(*head, end, "", "글입니다.", "#tag").entries
        assert entry.abstract == "An abstract.\n\nIt goes on."
        assert entry.commentary.startswith(end)


def test_without_authors_english_before_hangul_is_no_abstract() -> None:
    (entry,) = read("2024년 3월 19일", "Title", "An English line.", "글입니다.", "#tag").entries
    assert (entry.abstract, entry.commentary) == ("", "An English line.\n글입니다.")


def test_in_english_the_first_paragraph_is_the_abstract_if_more_than_addresses_follow() -> None:
    head = ("2024-03-19", "Title", "(Ada Kim, Ben Cho)", "First.")
    assert read(*head, "Second.", "#tag").entries[0].abstract == "First."
    assert read(*head, "", "https://example.org/a", "#tag").entries[0].abstract == ""
    assert read(*head, "#tag").entries[0].abstract == ""
    assert read(*head[:3], "- First.", "Second.", "#tag").entries[0].abstract == "- First."
    assert read(*head[:3], "## First", "Second.", "#tag").entries[0].abstract == ""


def test_an_entry_that_begins_with_code_is_named_after_its_day() -> None:
    (entry,) = read("2024년 3월 19일", "```py", "", "x = 1", "```", "글입니다.", "#tag").entries
    assert (entry.title, entry.commentary) == ("2024년 3월 19일", "```py\n\nx = 1\n```\n글입니다.")


@pytest.mark.parametrize(
    "line",
    ["Tags: llm, nlp", "태그: llm", "tags:: llm", "[#llm] [#nlp]", "(#llm)", "==#llm==", "##llm", "\\#llm", "<br>#llm", "...#llm",
     "#", "| #llm | #nlp |", "# llm # nlp", "<span>#llm</span>"],
)  # fmt: skip
def test_a_line_that_is_nearly_one_of_tags_joins_no_entries_in_silence(line: str) -> None:
    note = f"첫째\n글입니다.\n{line}\n둘째\n글입니다.\n#a\n"
    parsed = parse(NoteFile("notes/2024-03-19.txt", note, ""))
    assert len(parsed.entries) == 2 or [d.code for d in parsed.diagnostics if d.line == 3] == ["near-tag-line"]
