"""Pairs of a note and what it becomes in `tests/cases/notes-*.md`, in the form of markdown-it's own fixtures.

A case's title begins with the name of its file, and the expected part is the note's outline.
"""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from digest.model import NoteFile
from digest.notes import parse

from .outline import outline

CASES = Path(__file__).parent.parent / "cases"


def cases() -> list[object]:
    return [
        pytest.param(*title.split(": ", 1), text, expected, id=f"{file.stem}: {title}")
        for file in sorted(CASES.glob("notes-*.md"))
        for _, title, text, expected in read_fixture_file(file)
    ]


@pytest.mark.parametrize(("name", "_title", "text", "expected"), cases())
def test_a_note_is_read_as_written_down(name: str, _title: str, text: str, expected: str) -> None:
    assert outline(parse(NoteFile(f"notes/{name}", text, ""))) == expected


@pytest.mark.parametrize(("name", "_title", "text", "expected"), cases())
def test_line_ends_decide_nothing(name: str, _title: str, text: str, expected: str) -> None:
    assert outline(parse(NoteFile(f"notes/{name}", text.replace("\n", "\r\n"), ""))) == expected
