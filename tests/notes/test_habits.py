"""Day files as different people write them, in `tests/cases/day-habits/`: each `.txt` with its outline beside it.

Together they hold the thresholds of the parser in place: how many blank lines a habit may have, how long a title may be,
how far its authors may stand from it. Nothing in a file's name tells its date.
"""

from pathlib import Path

import pytest

from digest.model import NoteFile
from digest.notes import parse

from .outline import outline

HABITS = sorted((Path(__file__).parents[1] / "cases" / "day-habits").glob("*.txt"))


@pytest.mark.parametrize("path", HABITS, ids=[path.stem for path in HABITS])
def test_a_day_file_is_read_whatever_its_authors_habits(path: Path) -> None:
    text = path.read_bytes().decode()
    assert outline(parse(NoteFile("notes/days.txt", text, ""))) == path.with_suffix(".outline").read_text("utf-8")


def test_the_file_with_carriage_returns_still_has_them() -> None:
    (path,) = [path for path in HABITS if path.stem == "carriage-returns"]
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") > 0
