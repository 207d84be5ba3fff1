"""The published day that the project began with."""

from pathlib import Path

import pytest

from digest.model import Entry, NoteFile
from digest.notes import parse
from digest.notes.discover import read_note

ROOT = Path(__file__).parent.parent.parent
PATH = "notes/2024-03-19.txt"


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    if not (ROOT / PATH).is_file():
        pytest.skip("the demo digest is not in this checkout")
    note = read_note(ROOT, PATH)
    assert isinstance(note, NoteFile)
    parsed = parse(note)
    assert parsed.diagnostics == ()
    return parsed.entries


def test_the_seed_holds_five_entries_of_three_kinds(entries: tuple[Entry, ...]) -> None:
    assert [(entry.title.split(":")[0], entry.kind) for entry in entries] == [
        ("NVIDIA Blackwell", "hardware"),
        ("Grok-1", "model"),
        ("Yi-9B", "model"),
        ("A Novel Paradigm Boosting Translation Capabilities of Large Language Models", "paper"),
        ("LLaVA-UHD", "paper"),
    ]


def test_the_seeds_papers_have_their_authors_abstracts_and_tags(entries: tuple[Entry, ...]) -> None:
    paper = entries[3]
    assert paper.authors[0] == "Jiaxin Guo"
    assert len(paper.authors) == 6
    assert paper.abstract.startswith("This paper presents a study")
    assert "\n" not in paper.abstract
    assert [tag.key for tag in paper.tags] == ["nmt", "pretraining"]
    assert paper.arxiv == ("2305.10403",)


def test_every_line_of_the_seeds_comments_is_kept(entries: tuple[Entry, ...]) -> None:
    assert [len(entry.commentary.split("\n")) for entry in entries] == [6, 9, 2, 1, 1]
    assert [(entry.source.first_line, entry.source.last_line) for entry in entries] == [
        (2, 9),
        (10, 20),
        (21, 24),
        (25, 29),
        (30, 34),
    ]
