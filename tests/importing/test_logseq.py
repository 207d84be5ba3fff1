"""Logseq graphs -> day files and notes without a date."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing import Source, SourceError
from digest.importing.imported import Imported, ImportedNote
from digest.importing.logseq import read, recognises

from ..project import run, write_project

BLOCK = "64b9a6c0-1111-4222-8333-444455556666"


def read_graph(folder: Path, **pages: str) -> Imported:
    files = {f"journals/{name}.md" if name[0] == "2" else f"pages/{name}.md": text for name, text in pages.items()}
    return read(Source(write_project(folder, {"journals/2020_01_01.md": "-", **files})))


def read_journal(folder: Path, text: str, **pages: str) -> ImportedNote:
    return read_graph(folder, **{"2024_03_19": text}, **pages).notes[0]


LINES = [
    ("- TODO trim the wick", "- [ ] trim the wick"),
    ("- DONE trim", "- [x] trim"),
    ("- LATER trim", "- [ ] LATER trim"),
    ("- CANCELED trim", "- [x] CANCELED trim"),
    ("- a\n  id:: x\n  collapsed:: true\n  colour:: red", "- a\n  colour: red"),
    ("- a\n\t- b\n\t\t- c", "- a\n  - b\n    - c"),
    ("- a\n  :LOGBOOK:\n  CLOCK: [2024-03-19 Tue 10:00:00]\n  :END:\n-", "- a"),
    ("- SCHEDULED: <2024-03-20 Wed>", "- SCHEDULED: 2024-03-20 Wed"),
    ("- ^^bright^^", "- ==bright=="),
    (f"- see (({BLOCK}))", "- see the wick burns"),
    (f"- see [that]((({BLOCK})))", "- see that"),
    (f"- {{{{embed (({BLOCK}))}}}}", "- the wick burns"),
    ("- {{video https://e.example/v}}", "- https://e.example/v"),
    ("- {{query (todo TODO)}}", "- `query (todo TODO)`"),
    (
        "- on [[Lamp]], [[lamp]], [[Nowhere]] and [so]([[Lamp]])",
        "- on [[Lamp]], [[Lamp|lamp]], Nowhere and [[Lamp|so]]",
    ),
    ("- on [[Mar 20th, 2024]] and [[Mar 21st, 2024]]", "- on [[2024-03-20|Mar 20th, 2024]] and Mar 21st, 2024"),
    ("- `[[Lamp]] #oil`", "- `[[Lamp]] #oil`"),
    ("- ```\n  - [[Lamp]]\n  id:: x\n  ```", "- ```\n  - [[Lamp]]\n  id:: x\n  ```"),
    ("- #+BEGIN_QUOTE\n  said\n  #+END_QUOTE", "- >\n  > said"),
    ("- # Fog\n\t- rolls\n- last", "- last\n\n## Fog\n\n- rolls"),
]


@pytest.mark.parametrize(("written", "text"), LINES)
def test_marks_of_logseq_become_those_of_markdown(tmp_path: Path, written: str, text: str) -> None:
    other = {"2024_03_20": f"- the wick burns\n  id:: {BLOCK}", "Lamp": "- glows"}
    assert read_journal(tmp_path, written, **other).body == text


def test_a_journal_is_a_day_file_with_its_tags(tmp_path: Path) -> None:
    note = read_journal(tmp_path, "- a #oil #[[sea weather]] #1\n  tags:: fog")
    assert (note.path, note.date, note.title, note.tags) == ("2024-03-19.md", "", "", ("sea-weather", "oil", "fog"))


def test_a_page_is_a_note_without_a_date(tmp_path: Path) -> None:
    text = "alias:: Lantern\ntags:: light, old things\ncolour:: red\n\n- glows"
    (note,) = read_graph(tmp_path, **{"Tools___Lamp%3F": text}).notes
    assert (note.path, note.title) == ("pages/Tools___Lamp%3F.md", "Tools/Lamp?")
    assert (note.aliases, note.tags, note.body) == (("Lantern",), ("light", "old-things"), "colour: red\n\n- glows")


@pytest.mark.parametrize("property_", ["public:: false", "private:: true"])
def test_a_private_page_is_a_draft_and_no_public_one_shows_its_words(tmp_path: Path, property_: str) -> None:
    page = f"{property_}\n\n- the wick burns\n  id:: {BLOCK}"
    journal, lamp = read_graph(tmp_path, **{"2024_03_19": f"- (({BLOCK})) [[Lamp]] x", "Lamp": page}).notes
    assert (lamp.draft, journal.draft) == (True, False)
    assert journal.body == "-  Lamp x"


def test_what_comes_into_no_note_is_reported(tmp_path: Path) -> None:
    write_project(tmp_path, {"pages/old.org": "* old"})
    imported = read_graph(tmp_path, **{"2024_03_19": f"- a\n- (({BLOCK})) ![](../assets/a.png)", "Empty": "-"})
    assert [(each.path, each.line, each.reason.partition(":")[0]) for each in imported.left_out] == [
        ("pages/old.org", 0, "a page in Org's format"),
        ("journals/2020_01_01.md", 0, "a page without text"),
        ("journals/2024_03_19.md", 2, "a reference to a block that is nowhere"),
        ("journals/2024_03_19.md", 0, "a file that is not there"),
        ("pages/Empty.md", 0, "a page without text"),
    ]


def test_a_folder_without_journals_is_refused(tmp_path: Path) -> None:
    assert not recognises(Source(tmp_path))
    with pytest.raises(SourceError, match="a folder with `journals`"):
        read(Source(tmp_path))


PIECES = st.sampled_from(
    ["- lamp", "\t- wick #oil", "  below [[fog]]", "- TODO trim", "- `code`", "```", "- # head", "- {{cloze word}}", "",
     "- ![alt](x.png){:height 2}", "key:: value", "- #tag start", "#+BEGIN_NOTE", "#+END_NOTE"]
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(PIECES, max_size=10))
def test_no_word_of_a_journal_is_lost(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    note = read_journal(tmp_path_factory.mktemp("graph"), "\n".join(["- start", *lines]))
    written = " ".join([note.body, *note.tags])
    for word in re.findall(r"(?<![A-Z+_{:])\b[a-z]{3,}\b(?! 2)", "\n".join(lines).replace("{{cloze", "")):
        assert word in written


def test_an_imported_graph_has_no_problems(tmp_path: Path) -> None:
    text = "\n".join(written for written, _ in LINES)
    pages = {
        "2024_03_19": text,
        "2024_03_20": f"- the wick burns\n  id:: {BLOCK}",
        "Lamp": "- glows on [[Mar 19th, 2024]]",
    }
    read_graph(tmp_path / "graph", **pages)
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    assert run(project, "import", str(tmp_path / "graph")).exit_code == 0
    assert run(project, "check", "--strict").output.endswith("0 errors, 0 warnings\n")
