"""What becomes of addresses and ids when an author edits notes: the table in `tests/cases/addresses-edits.md`.

A case has the notes before and after an edit, each below a line `== ` with the name of its file, with a line of `=` between
both. The expected part has a line for each entry, with its id and its address, and one for each old address of an entry or a
list, and then the warnings of the build.
"""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from digest.pipeline.arrange import ProjectArrangement

from .history import History, outline

CASES = Path(__file__).parent.parent / "cases" / "addresses-edits.md"
_BESIDE = re.compile(r"/index\.md >|/feed\.xml >|^/\d{4}/(\d\d/)?(\d\d/)? >")
"""Old addresses that follow from others: of Markdown and feeds, and of days, months and years."""


def cases() -> list[object]:
    return [
        pytest.param(*text.split("=====\n"), expected, id=title)
        for _, title, text, expected in read_fixture_file(CASES)
    ]


def read_notes(text: str) -> dict[str, str]:
    """Return the notes of a text by path."""
    parts = re.split(r"^== (.*)\n", text, flags=re.MULTILINE)[1:]
    names, texts = parts[::2], parts[1::2]
    return {name if "/" in name else f"notes/{name}": text for name, text in zip(names, texts, strict=True)}


def describe(made: ProjectArrangement) -> str:
    lines = [line for line in outline(made) if not _BESIDE.search(line)]
    warnings = [f"{problem.code}: {problem.message}" for problem in (*made.changes, *made.collisions)]
    return "".join(f"{line}\n" for line in (*lines, *warnings))


@pytest.mark.parametrize(("before", "after", "expected"), cases())
def test_an_edit_changes_addresses_and_ids_as_written_down(before: str, after: str, expected: str) -> None:
    history = History()
    history.build(read_notes(before))
    would = describe(history.look(read_notes(after)))
    made = history.build(read_notes(after))
    assert would == expected
    assert history.silent(made) == set()


@pytest.mark.parametrize(("before", "after", "_expected"), cases())
def test_an_edit_that_is_undone_leaves_every_address_and_id_as_it_was(before: str, after: str, _expected: str) -> None:
    history = History()
    first = history.build(read_notes(before))
    history.build(read_notes(after))
    third = history.build(read_notes(before))
    ids = [line for line in outline(first) if " at /" in line]
    assert [line for line in outline(third) if " at /" in line] == ids
    assert history.silent(third) == set()
