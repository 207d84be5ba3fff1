"""`digest export`: what each format holds, where it is written, and what never is."""

import csv
import io
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from digest.config import CACHE_FOLDER, Config
from digest.export.database import further_words
from digest.export.datasette import write_metadata
from digest.export.lines import CSV_COLUMNS
from digest.pipeline.arrange import describe_site
from digest.store.lock import project_lock

from .project import build_project, read_tree, run, write_project

NOTES = {
    "digest.yaml": """\
title: 새 이야기
base_url: https://digest.example/
aliases: {birds: [fowl]}
tags:
  lm: {label: Language models, description: Models of text, parent: nlp}
  nlp: {}
""",
    "notes/2024-03-19-wren.md": """\
---
title: "Wren: A Model of Small Birds"
authors: [Ada Finch, 김참새]
link: https://arxiv.org/abs/2403.01234
tags: [lm, fowl]
---
> We show that wrens are small.

환각을 줄인 모델입니다. LLM의 크기도 **작습니다**, "quoted", and a comma.
""",
    "notes/2024-03-19.txt": """\
2024년 3월 19일
올빼미
arXiv:2403.01234 를 다시 읽었습니다. arXiv:1706.03762 도요.
#birds
""",
    "notes/2024-03-20.txt": "2024-03-20\nHeron\nIt stands.\n#hardware\n",
    "notes/undated.md": "# Garden\n\nNo date here.\n",
    "notes/hidden.md": "---\ndate: 2024-03-21\ndraft: true\ntags: [secret]\n---\n# Hidden\n\nNot yet.\n",
    "pages/about.md": "# About\n\nMe.\n",
}
TITLES = ["Heron", "Wren: A Model of Small Birds", "올빼미", "Garden"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", NOTES)


def export(folder: Path, *arguments: str) -> bytes:
    done = run(folder, "export", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout_bytes


def lines(folder: Path, *arguments: str) -> list[dict[str, object]]:
    content = export(folder, *arguments)
    assert content.endswith(b"\n")
    return [json.loads(line) for line in content.split(b"\n")[:-1]]


@pytest.fixture
def database(project: Path) -> Iterator[sqlite3.Connection]:
    file = project / "digest.sqlite"
    assert run(project, "export", "sqlite", "-o", str(file)).stderr == f"{file} has 4 entries\n"
    with closing(sqlite3.connect(file)) as connection:
        yield connection


def test_ndjson_has_an_entry_of_the_published_json_on_each_line(project: Path) -> None:
    build_project(project)
    site = read_tree(project / "site")
    assert lines(project, "ndjson") == json.loads(site["data/entries.json"])["entries"]
    schema = json.loads(site["data/entries.schema.json"])
    one = {"$ref": "#/$defs/ExportedEntry", "$defs": schema["$defs"]}
    for entry in lines(project, "ndjson"):
        jsonschema.validate(entry, one)


def test_opensearch_gets_an_action_with_the_id_before_each_document(project: Path) -> None:
    found = lines(project, "opensearch")
    actions, documents = found[::2], found[1::2]
    assert actions == [{"index": {"_id": document["entry"]}} for document in documents]
    assert [document["title"] for document in documents] == TITLES
    assert documents[1]["date"] == "2024-03-19"
    assert documents[1]["text"] == '환각을 줄인 모델입니다. LLM의 크기도 작습니다, "quoted", and a comma.'


def test_what_is_unknown_is_null_so_that_dates_stay_dates(project: Path) -> None:
    """OpenSearch takes the type of a field from the first value that is not null, and an empty text is no date."""
    for document in lines(project, "opensearch")[1::2]:
        assert "" not in document.values()
    assert lines(project, "meilisearch")[3]["date"] is None


def test_meilisearch_finds_one_primary_key_and_valid_ids(project: Path) -> None:
    documents = lines(project, "meilisearch")
    assert [document["id"] for document in documents] == [
        "2024-03-20_2fheron",
        "2024-03-19_2fwren-a-model-of-small-birds",
        "2024-03-19_2f_ec_98_ac_eb_b9_bc_eb_af_b8",
        "notes_2fgarden",
    ]
    assert [name for name in documents[0] if name.lower().endswith("id")] == ["id"]


def test_csv_is_a_table_that_spreadsheets_open(project: Path) -> None:
    content = export(project, "csv")
    assert content.startswith(b"\xef\xbb\xbfid,url,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == TITLES
    assert tuple(rows[0]) == CSV_COLUMNS
    assert (rows[1]["authors"], rows[1]["tags"]) == ("Ada Finch; 김참새", "Language models; birds")
    assert rows[1]["commentary"].endswith('**작습니다**, "quoted", and a comma.')


@pytest.mark.parametrize("form", ["ndjson", "opensearch", "meilisearch", "csv", "sqlite"])
def test_a_draft_is_in_no_export(project: Path, form: str) -> None:
    file = project / "out"
    run(project, "export", form, "-o", str(file))
    content = file.read_bytes()
    assert "올빼미".encode() in content
    assert b"Hidden" not in content
    assert b"secret" not in content


def test_the_database_has_a_row_for_each_thing(database: sqlite3.Connection) -> None:
    def rows(query: str) -> list[tuple[object, ...]]:
        return database.execute(query).fetchall()

    assert rows("SELECT number, title, date FROM entries ORDER BY number") == [
        (1, "Wren: A Model of Small Birds", "2024-03-19"),
        (2, "올빼미", "2024-03-19"),
        (3, "Heron", "2024-03-20"),
        (4, "Garden", None),
    ]
    assert rows("SELECT key, label, description, parent, entries FROM tags ORDER BY key") == [
        ("birds", "birds", None, None, 2),
        ("hardware", "hardware", None, None, 1),
        ("lm", "Language models", "Models of text", "nlp", 1),
        ("nlp", "nlp", None, None, 0),
    ]
    assert rows("SELECT * FROM entry_tags ORDER BY entry, tag") == [
        (1, "birds"),
        (1, "lm"),
        (2, "birds"),
        (3, "hardware"),
    ]
    assert rows("SELECT entry, position, name FROM authors ORDER BY position") == [
        (1, 1, "Ada Finch"),
        (1, 2, "김참새"),
    ]
    assert rows("SELECT entry, type, arxiv, abstract FROM works WHERE entry = 1") == [
        (1, "article", "2403.01234", "We show that wrens are small.")
    ]
    assert rows("SELECT entry, arxiv, mentioned FROM mentions WHERE entry = 2") == [
        (2, "2403.01234", 1),
        (2, "1706.03762", None),
    ]


def test_the_database_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA user_version").fetchall() == [(1,)]


@pytest.mark.parametrize("query", ["환각", "모델", "크기", "LLM", "llm", "wrens", "김참새", "language models", "birds"])
def test_full_text_search_finds_words_with_and_without_their_endings(database: sqlite3.Connection, query: str) -> None:
    asked = " ".join(f'"{word}"' for word in query.split())  # as Datasette quotes what is typed
    found = database.execute(
        "SELECT rowid FROM entries_fts WHERE entries_fts MATCH ? ORDER BY rowid", (asked,)
    ).fetchall()
    assert (1,) in found
    assert (4,) not in found


def test_datasette_recognises_the_full_text_index(database: sqlite3.Connection) -> None:
    """It looks for a virtual table with these very characters, and joins by the row id."""
    query = """
        SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content="entries"%'
    """
    assert database.execute(query).fetchall() == [("entries_fts",)]
    joined = "SELECT title FROM entries WHERE rowid IN (SELECT rowid FROM entries_fts WHERE entries_fts MATCH 'heron')"
    assert database.execute(joined).fetchall() == [("Heron",)]


def test_the_metadata_for_datasette_names_tables_and_columns_that_exist(
    project: Path, database: sqlite3.Connection
) -> None:
    metadata = json.loads(export(project, "datasette"))
    assert (metadata["title"], metadata["source_url"]) == ("새 이야기", "https://digest.example/")
    tables = metadata["databases"]["digest"]["tables"]
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables.keys() == {name for name in names if not name.startswith(("entries_fts", "sqlite_"))}
    for name, about in tables.items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info ({name})")}
        named = {*about.get("columns", ()), *about.get("facets", ()), about.get("label_column"), about.get("sort_desc")}
        assert named - {None} <= columns
    assert "source_url" not in json.loads(write_metadata(describe_site(Config())))


@pytest.mark.parametrize("form", ["ndjson", "opensearch", "meilisearch", "csv", "sqlite"])
def test_the_same_notes_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    contents = []
    for name, files in (("one", NOTES), ("two", dict(reversed(NOTES.items())))):
        folder = write_project(tmp_path / name, files)
        run(folder, "export", form, "-o", str(folder / "out"))
        contents.append((folder / "out").read_bytes())
    assert contents[0] == contents[1]


def test_text_goes_to_standard_output_and_to_a_file_alike(project: Path) -> None:
    printed = export(project, "ndjson")
    assert export(project, "ndjson", "-o", "-") == printed
    assert run(project, "export", "ndjson", "-o", str(project / "out")).stdout == ""
    assert (project / "out").read_bytes() == printed


def test_an_export_writes_nothing_but_its_file_and_the_cache(project: Path) -> None:
    before = read_tree(project)
    export(project, "csv")
    after = read_tree(project)
    assert {name for name in after.keys() - before.keys() if not name.startswith(f"{CACHE_FOLDER}/")} == set()
    assert before.items() <= after.items()


def test_a_file_is_replaced_as_a_whole_or_not_at_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = project / "out"
    file.write_text("old", "utf-8")
    file.chmod(0o640)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        done = run(project, "export", "sqlite", "-o", str(file))
    assert (done.exit_code, done.stderr) == (2, f"digest: {file} cannot be written: No space left on device\n")
    assert file.read_text("utf-8") == "old"
    assert run(project, "export", "csv", "-o", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid")
    assert file.stat().st_mode & 0o777 == 0o640
    assert not list(project.glob(".out*"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sqlite"], "a database needs a file: digest export sqlite --output digest.sqlite"),
        (["sqlite", "-o", "-"], "a database needs a file: digest export sqlite --output digest.sqlite"),
        (["csv", "-o", "{}/notes/new.md"], "{}/notes/new.md belongs to the notes; name another file"),
        (["csv", "-o", "{}/digest.yaml"], "{}/digest.yaml belongs to the notes; name another file"),
        (["csv", "-o", "{}/none/out.csv"], "there is no folder {}/none"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(project: Path, arguments: list[str], message: str) -> None:
    before = read_tree(project)
    done = run(project, "export", *(argument.format(project) for argument in arguments))
    assert (done.exit_code, done.stderr) == (2, f"digest: {message.format(project)}\n")
    assert read_tree(project) == before


def test_a_link_and_a_pipe_are_not_replaced(project: Path) -> None:
    link = project / "link"
    link.symlink_to("digest.yaml")
    done = run(project, "export", "csv", "-o", str(link))
    assert (done.exit_code, done.stderr) == (2, f"digest: {link} cannot be written: a link is in its place\n")
    assert (project / "digest.yaml").read_text("utf-8") == NOTES["digest.yaml"]


def test_notes_that_cannot_be_read_stop_the_export(project: Path) -> None:
    run(project, "export", "csv", "-o", str(project / "out"))
    before = (project / "out").read_bytes()
    (project / "notes/2024-03-20.txt").write_text("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", "utf-8")
    done = run(project, "export", "csv", "-o", str(project / "out"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "error[merge-conflict]" in done.stderr
    assert (project / "out").read_bytes() == before


def test_entries_are_exported_while_a_build_is_at_work(project: Path) -> None:
    with project_lock(project, CACHE_FOLDER):
        assert len(lines(project, "meilisearch")) == 4


def test_words_are_found_inside_others() -> None:
    assert list(further_words("환각을 LLM의 GPT-4")) == ["환각", "llm", "gpt4"]
    assert list(further_words("plain words only")) == []
