"""papers.yaml is read record by record, and every mistake is told with its place."""

from hypothesis import given
from hypothesis import strategies as st

from digest.papers.parsing import is_date, parse_papers
from digest.papers.record import Paper
from digest.papers.writing import add_papers

from . import papers as made

FULL = """\
# Birds
"2401.00001v2":
  title: "Kestrels"
  authors: ["Ada Kim", "Ben Cho"]
  published: 2024-01-02
  categories: [cs.CL, q-bio]
  doi: "10.1000/birds"
  found: 2026-11-26
  abstract: "One.\\nTwo."
"""


def problems(text: str) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.message) for problem in parse_papers(text)[1]]


def test_a_record_has_all_its_fields() -> None:
    paper = Paper(
        id="2401.00001",
        title="Kestrels",
        authors=("Ada Kim", "Ben Cho"),
        published="2024-01-02",
        categories=("cs.CL", "q-bio"),
        doi="10.1000/birds",
        version=2,
        found="2026-11-26",
        abstract="One.\nTwo.",
    )
    assert parse_papers(FULL) == ((paper,), ())


def test_a_record_may_be_written_in_any_way_that_yaml_has() -> None:
    text = """\
---
2401.00010: {title: 'Kestrels', authors: [Ada Kim]}
"hep-ex/0307015":   # an old id
    title: >-
      Owls
      at night
    authors:
      - Ben Cho
      # who else?
      - Cara Lee
"""
    assert parse_papers(text) == (
        (
            Paper("2401.00010", "Kestrels", authors=("Ada Kim",)),
            Paper("hep-ex/0307015", "Owls at night", authors=("Ben Cho", "Cara Lee")),
        ),
        (),
    )


def test_every_mistake_has_its_line_and_column_and_costs_no_other_record() -> None:
    text = """\
"2401.00001":
  title: Kestrels
  author: Ada Kim
  published: 2024-13-01
  doi: birds
  version: 2
  authors: Ada Kim
  title: Owls
"2401.00009v":
  title: Kestrels
"2401.00002":
  title: [unclosed
"2401.00003": text
- a list
"2401.00004":
  title: Kites
"2401.00004":
  title: Red Kites
"""
    papers, _ = parse_papers(text)
    assert papers == (Paper("2401.00001", "Kestrels"), Paper("2401.00004", "Kites"))
    assert problems(text) == [
        (3, 3, "`author` is no field of a paper"),
        (4, 14, "`published` must be a date such as 2024-03-19 or 2024-03"),
        (5, 8, "`doi` must be a DOI such as 10.1000/182"),
        (6, 3, "`version` is no field of a paper"),
        (7, 12, "`authors` must be a list"),
        (8, 3, "`title` stands here twice"),
        (9, 1, "`2401.00009v` is no arXiv id"),
        (12, 10, "the `[` here is never closed, or a comma is missing"),
        (13, 15, "`2401.00003` must contain lines such as `title: …`"),
        (14, 1, "a record must begin with an arXiv id and a colon"),
        (17, 1, "`2401.00004` has another record above"),
    ]


def test_equal_records_that_a_merge_left_twice_are_no_mistake() -> None:
    assert parse_papers(FULL + FULL) == (parse_papers(FULL)[0], ())


def test_what_nobody_can_see_is_taken_out() -> None:
    text = '"2401.00001":\n  title: "Kes\\u202etrels\\u200b \\u0007of  old"\n'
    assert parse_papers(text)[0][0].title == "Kestrels of old"


def test_yaml_that_grows_or_nests_without_end_is_one_mistake() -> None:
    deep = '"2401.00001":\n  title: ' + "[" * 1000 + "]" * 1000 + "\n"
    bomb = '"2401.00001":\n  authors: [&a [x, x], *a, *a, !!python/object:os.system x]\n'
    assert [problem.code for problem in parse_papers(deep)[1]] == ["papers"]
    assert parse_papers(bomb)[1][0].message == "`authors` must be a list of texts"


def test_dates_that_do_not_exist_are_no_dates() -> None:
    assert [is_date(text) for text in ("2024", "2024-02", "2024-02-29", "2023-02-29", "2024-2-1", "20240201", "")] == [
        *[True] * 3,
        *[False] * 4,
    ]


@given(st.lists(made.papers(), max_size=6, unique_by=lambda paper: paper.id))
def test_what_is_written_is_read_again(papers: list[Paper]) -> None:
    written = add_papers("", papers)
    assert parse_papers(written) == (tuple(sorted(papers, key=lambda paper: paper.id)), ())
    assert add_papers(written, papers) == written


@given(st.lists(made.papers(), max_size=3, unique_by=lambda paper: paper.id))
def test_the_quick_way_of_reading_gives_what_yaml_gives(papers: list[Paper]) -> None:
    written = add_papers("", papers)
    by_yaml = written.replace("\n  title: ", "\n  title:  ")
    assert parse_papers(by_yaml) == parse_papers(written)


@given(st.text(alphabet="\"2401.0:[]{}-#&*!|>\n titleauhors'", max_size=80))
def test_no_text_raises_an_error(text: str) -> None:
    papers, found = parse_papers(text)
    assert all(problem.line <= text.count("\n") + 1 for problem in found)
    assert len({paper.id for paper in papers}) == len(papers)
