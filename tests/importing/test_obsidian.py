"""Daily notes of Obsidian -> day files."""

import json
import re
from pathlib import Path

import pytest

from digest.importing import Source, SourceError
from digest.importing.obsidian import compile_format, read, read_day, recognises

from ..project import run, write_project

FORMATS = [
    ("YYYY-MM-DD", "2024-03-19", "2024-03-19"),
    ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2024/03-March/2024-03-19-Tuesday", "2024-03-19"),
    ("DD-MM-YYYY", "19-03-2024", "2024-03-19"),
    ("dddd, MMMM Do, YYYY", "Tuesday, March 19th, 2024", "2024-03-19"),
    ("YYMMDD", "240319", "2024-03-19"),
    ("YYYY년 M월 D일", "2024년 3월 19일", "2024-03-19"),
    ("YYYY MMM D", "2024 3월 19", "2024-03-19"),
    ("[Day] YYYY.MM.DD", "Day 2024.03.19", "2024-03-19"),
    ("YYYY-[W]ww-DD-MM", "2024-W12-19-03", "2024-03-19"),
    ("YYYY-MM-DD", "2024-02-31", None),
    ("YYYY-MM", "2024-03", None),
]


@pytest.mark.parametrize(("form", "name", "day"), FORMATS)
def test_names_are_read_in_the_vaults_format(form: str, name: str, day: str | None) -> None:
    found = re.fullmatch(compile_format(form), name)
    assert found
    read_date = read_day(found.groupdict())
    assert (read_date and read_date.isoformat()) == day


def vault(folder: Path, settings: object = None, **notes: str) -> Source:
    files = {f"{name.replace('__', '/')}.md": text for name, text in notes.items()}
    return Source(write_project(folder, {".obsidian/daily-notes.json": json.dumps(settings or {}), **files}))


def test_a_daily_note_keeps_its_text_and_front_matter(tmp_path: Path) -> None:
    text = "---\nprivate: true\ntags: [fog]\n---\n# Fog\n\n> [!note] %%x%%\n"
    source = vault(tmp_path, {"folder": "Daily", "format": "DD-MM-YYYY"}, **{"Daily__19-03-2024": text})
    assert recognises(source)
    (note,) = read(source).notes
    assert (note.path, note.body) == ("2024-03-19.md", text)


LINKS = [
    ("[[2024-03-20]]", "[[2024-03-20|2024-03-20]]"),
    ("[[2024-03-20#Wick|so]]", "[[2024-03-20#Wick|so]]"),
    ("[[#Fog]]", "[[#Fog|Fog]]"),
    ("[[Lamp]] and [[Lamp|the lamp]]", "Lamp and the lamp"),
    ("`[[Lamp]]`", "`[[Lamp]]`"),
    ("```\n[[Lamp]]\n```", "```\n[[Lamp]]\n```"),
    ("![[p.png|300]]", "![[files/att/p.png|300]]"),
    ("![a](att/p.png)", "![a](files/att/p.png)"),
    ("![[gone.png]]", "gone.png"),
]


@pytest.mark.parametrize(("written", "text"), LINKS)
def test_links_and_files_lead_somewhere(tmp_path: Path, written: str, text: str) -> None:
    write_project(tmp_path, {"att/p.png": b"p"})
    source = vault(tmp_path, **{"2024-03-19": f"# Fog\n\nx\n\n{written}\n", "2024-03-20": "# Day\n\nx\n", "Lamp": "x"})
    note = read(source).notes[0]
    assert note.body == f"# Fog\n\nx\n\n{text}\n"
    assert {each.source for each in note.attachments} == ({"att/p.png"} if "files/" in text else set())


def test_other_notes_and_missing_files_are_reported(tmp_path: Path) -> None:
    source = vault(tmp_path, **{"2024-03-19": "# A\n\n![[gone.png]] ![](gone.jpg)", "Lamp": "x"})
    assert [(each.path, each.reason.partition(":")[0]) for each in read(source).left_out] == [
        ("Lamp.md", "no daily note; in the vault's own folder, `digest init . --from .` makes a site of all its notes"),
        ("2024-03-19.md", "a file that is not in the vault"),
        ("2024-03-19.md", "a file that is not in the vault"),
    ]


def test_a_folder_without_daily_notes_is_refused(tmp_path: Path) -> None:
    source = vault(tmp_path, Lamp="x")
    assert not recognises(source)
    with pytest.raises(SourceError, match="is named after a day"):
        read(source)


def test_imported_daily_notes_have_no_problems(tmp_path: Path) -> None:
    write_project(tmp_path / "vault", {"att/p.png": b"p"})
    links = "\n\n".join(written for written, _ in LINKS if not written.startswith("[[#"))  # titles are no headings
    notes = {"2024-03-19": f"# Fog\n\n{links}\n\n## Wick\n\nx\n", "2024-03-20": "# Day\n\n## Wick\n\nx\n", "Lamp": "x"}
    vault(tmp_path / "vault", **notes)
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    assert run(project, "import", str(tmp_path / "vault")).exit_code == 0
    assert run(project, "check", "--strict").output.endswith("0 errors, 0 warnings\n")
