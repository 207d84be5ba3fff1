"""READMEs of papers under dated headings -> day files."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing import Source, SourceError
from digest.importing.heading_dates import find_day
from digest.importing.imported import Imported
from digest.importing.paper_list import read, recognises

from ..project import run, write_project

HEADINGS = [
    ("2024-03-19", None, "2024-03-19"),
    ("2024.03.19 (Tue)", None, "2024-03-19"),
    ("2024년 3월 19일", None, "2024-03-19"),
    ("Week of March 11, 2024", None, "2024-03-11"),
    ("19th of March 2024", None, "2024-03-19"),
    ("Lamps of the Week (March 11 - March 17) - 2024", None, "2024-03-17"),
    ("Lamps of the Week (Dec 30 - Jan 5) - 2025", None, "2025-01-05"),
    ("Mar 11-17, 2024", None, "2024-03-17"),
    ("3월 19일", 2024, "2024-03-19"),
    ("03/19", 2024, "2024-03-19"),
    ("Week 12", 2024, "2024-03-24"),
    ("2024-W12", None, "2024-03-24"),
    ("2024년 12주차", None, "2024-03-24"),
    ("March 2024", None, "2024-03-01"),
    ("2024-03", None, "2024-03-01"),
    ("3월", 2024, "2024-03-01"),
    ("March", 2024, "2024-03-01"),
    ("March 19", None, None),
    ("2024", None, None),
    ("2024-02-31", None, None),
    ("May the light be with you", 2024, None),
    ("Vision", 2024, None),
]


@pytest.mark.parametrize(("heading", "year", "day"), HEADINGS)
def test_headings_have_the_last_of_their_dates(heading: str, year: int | None, day: str | None) -> None:
    assert find_day(heading, year) == (dt.date.fromisoformat(day) if day else None)


def read_list(folder: Path, text: str) -> Imported:
    return read(Source(write_project(folder, {"README.md": text})))


ITEMS = [
    ("- [A Lamp](https://example.org/1)", "## A Lamp\nhttps://example.org/1"),
    ("1. [A Lamp](https://example.org/1): it burns.", "## A Lamp\nhttps://example.org/1\nit burns."),
    (
        "* A Lamp. [[pdf]](https://example.org/1) [[code]](https://example.org/2)",
        "## A Lamp.\nhttps://example.org/1\n[pdf](https://example.org/1) [code](https://example.org/2)",
    ),
    (
        "- **A Lamp** by Ada. [Paper](https://example.org/1)",
        "## A Lamp\nhttps://example.org/1\nby Ada. [Paper](https://example.org/1)",
    ),
    ("- A Lamp: https://example.org/1", "## A Lamp\nhttps://example.org/1"),
    (
        "- [A Lamp](https://example.org/1)\n  - bright\n    - and cheap",
        "## A Lamp\nhttps://example.org/1\n- bright\n  - and cheap",
    ),
    (
        "| Paper | Links |\n|---|---|\n| 1) **A Lamp** - burns | [Paper](https://example.org/1) |",
        "## A Lamp\nhttps://example.org/1\nburns\n[Paper](https://example.org/1)",
    ),
    ("- [A Lamp][l]\n\n[l]: https://example.org/1", "## A Lamp\nhttps://example.org/1"),
]


@pytest.mark.parametrize(("item", "entry"), ITEMS)
def test_each_item_is_an_entry(tmp_path: Path, item: str, entry: str) -> None:
    (note,) = read_list(tmp_path, f"# Lamps\n\n## 2024-03-19\n{item}\n").notes
    assert (note.path, note.body) == ("2024-03-19.md", f"# 2024-03-19\n\n{entry}")


def test_headings_without_a_year_continue_the_order_of_the_list(tmp_path: Path) -> None:
    text = "".join(
        f"## {day}\n- [A](https://example.org/{n})\n" for n, day in enumerate(["Jan 7, 2024", "Dec 31", "Dec 24"])
    )
    assert [note.path for note in read_list(tmp_path, text).notes] == [
        "2023-12-24.md",
        "2023-12-31.md",
        "2024-01-07.md",
    ]


def test_topics_are_tags_if_all_papers_of_a_day_have_one(tmp_path: Path) -> None:
    text = (
        "## 2024-03-19\n### Computer Vision\n- [A](https://example.org/1)\n### Speech\n- [B](https://example.org/2)\n"
    )
    (note,) = read_list(tmp_path, text).notes
    assert re.findall(r"^#[A-Z].*", note.body, re.MULTILINE) == ["#Computer-Vision", "#Speech"]


def test_what_has_no_date_is_reported_at_its_line(tmp_path: Path) -> None:
    left_out = read_list(
        tmp_path, "# Lamps\nI read.\n\n## 2024-03-19\n- [A](https://e.example)\n\n## Licence\nMIT\n"
    ).left_out
    assert [(each.line, each.reason) for each in left_out] == [(1, "`Lamps` has no date"), (7, "`Licence` has no date")]


def test_images_are_copied_and_other_files_are_named(tmp_path: Path) -> None:
    write_project(tmp_path, {"pics/a.png": b"a", "code/a.py": b"a"})
    text = "## 2024-03-19\n- [A](https://e.example) ![](pics/a.png) [code](code/a.py)\n"
    (note,) = read_list(tmp_path, text).notes
    assert "![](files/pics/a.png) code (code/a.py)" in note.body
    assert [(each.source, each.target) for each in note.attachments] == [("pics/a.png", "files/pics/a.png")]


def test_only_lists_with_dates_and_links_are_recognised(tmp_path: Path) -> None:
    for name, text in (
        ("a", "## 2024-03-19\n- [A](https://e.example)\n"),
        ("b", "## Vision\n- [A](https://e.example)\n"),
    ):
        write_project(tmp_path, {f"{name}/README.md": text})
    assert recognises(Source(tmp_path / "a"))
    assert not recognises(Source(tmp_path / "b"))
    with pytest.raises(SourceError, match=r"`README\.md` cannot be read"):
        read(Source(tmp_path))


LINES = st.sampled_from(
    ["- [lamp](https://e.example/lamp) burns", "* **wick** oil", "text of fog", "  - below", "### topic", "| row | cell |", "| --- | --- |",
     "1. numbered https://e.example/plain", "```", "", "---", "> quoted", "- plain"]
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(LINES, max_size=12))
def test_no_word_below_a_date_is_lost(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    imported = read_list(tmp_path_factory.mktemp("list"), "\n".join(["## 2024-03-19", *lines]))
    written = " ".join(note.body for note in imported.notes)
    reported = " ".join(each.reason for each in imported.left_out)
    for word in re.findall(r"[a-z]{3,}", " ".join(lines)):
        assert word in written or word in reported


def test_imported_lists_have_no_problems(tmp_path: Path) -> None:
    text = "\n\n".join(f"## 2024-03-{day}\n{item}" for day, (item, _) in enumerate(ITEMS, 10))
    write_project(tmp_path, {"list/README.md": text, "project/digest.yaml": "language: en\n"})
    project = tmp_path / "project"
    assert run(project, "import", str(tmp_path / "list")).exit_code == 0
    assert run(project, "check", "--strict").output.endswith("0 errors, 0 warnings\n")
