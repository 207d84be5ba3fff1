"""The digest as data: JSON that matches its schema, and Markdown that parses to the same entry."""

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import structs

from digest.archive.archive import build_archive
from digest.model import KINDS, Body, Entry, Fragment, NoteFile
from digest.notes import NoteRules, parse
from digest.site.export import export_markdown, export_schema, yaml_scalar

from ..archive.cards import make_card
from ..conftest import GOLDEN

RULES = NoteRules()


def test_the_json_matches_its_schema(golden_project: Path) -> None:
    folder = golden_project / "site/data"
    schema = json.loads((folder / "entries.schema.json").read_bytes())
    document = json.loads((folder / "entries.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(document)] == []
    first = document["entries"][0]
    changes: list[dict[str, object]] = [{"version": 1}, {"entries": [{}]}, {"entries": [{**first, "tags": "llm"}]}]
    assert [change for change in changes if validator.is_valid({**document, **change})] == []


def test_the_schema_describes_every_struct_on_one_line_or_in_paragraphs() -> None:
    schema = json.loads(export_schema())
    described = [schema["description"], *(definition["description"] for definition in schema["$defs"].values())]
    assert len(described) == 6
    for text in described:
        assert text == "\n\n".join(line.strip() for line in text.split("\n\n"))
        assert text.endswith(".")


def test_an_entry_has_all_fields_and_the_authors_own_text(golden_project: Path) -> None:
    document = json.loads((golden_project / "site/data/entries.json").read_bytes())
    assert document["version"] == 2
    by_id = {entry["id"]: entry for entry in document["entries"]}
    assert next(iter(by_id)) == "2024-05-31/owl-7b"  # the id of its first title
    lantern = by_id["2024-03-19/lantern-reading-long-documents-with-a-short-attention-span"]
    assert lantern == {
        "id": "2024-03-19/lantern-reading-long-documents-with-a-short-attention-span",
        "url": "https://digest.example/repo/2024/03/19/lantern-reading-long-documents-with-a-short-attention-span/",
        "date": "2024-03-19",
        "kind": "paper",
        "title": "Lantern: Reading Long Documents with a Short Attention Span",
        "authors": ["Mina Park", "Tom Alder"],
        "abstract": "We present Lantern, a reader that keeps a short window of a long document. The loss falls as "
        "$N^{-\\alpha}$.",
        "commentary": "긴 문서를 짧은 창으로 읽자는 이야기입니다. **창(window)**을 옮기는 방법이 재미있네요.",
        "translations": {},
        "tags": ["llm", "추론/양자화"],
        "link": "https://arxiv.org/abs/2403.00001",
        "arxiv": ["2403.00001"],
        "works": [],
        "files": [],
        "facts": [],
        "source": {"path": "notes/2024-03-19.txt", "first_line": 12, "last_line": 17},
        "published": None,
        "doi": None,
        "categories": [],
    }
    assert by_id["2024-05-01/wren"]["translations"].keys() == {"en"}
    assert by_id["2024-05-01/wren"]["works"][0]["title"] == "Wren 2"


def exported(note: NoteFile) -> list[tuple[Entry, Entry]]:
    """Export the entries of a note and parse the result. Return a pair of entries, before and after, for each."""
    entries = {entry.source: entry for entry in parse(note, RULES).entries}
    cards = [
        make_card(e.title, *(tag.label for tag in e.tags), date=e.date, line=e.source.first_line, slug=e.slug)
        for e in entries.values()
    ]
    archive, _ = build_archive(cards, {}, KINDS)
    pairs = []
    for record, before in zip((*archive.records, *archive.undated), entries.values(), strict=True):
        text = export_markdown(record, Body(before, Fragment("", ""))).decode()
        again = parse(NoteFile(f"notes/{record.slug}.md", text, ""), RULES)
        assert {problem.code for problem in again.diagnostics} <= {"missing-tags", "empty-entry"}
        assert len(again.entries) == 1, text
        pairs.append((structs.replace(before, slug=record.slug), again.entries[0]))
    return pairs


def same(entry: Entry) -> Entry:
    """Return an entry without its place in a file."""
    return structs.replace(entry, source=structs.replace(entry.source, path="", first_line=0, last_line=0))


@pytest.mark.parametrize("path", sorted((GOLDEN / "notes").rglob("*.*")), ids=lambda path: path.name)
def test_parsing_an_exported_entry_gives_the_same_entry(path: Path) -> None:
    note = NoteFile(path.relative_to(GOLDEN).as_posix(), path.read_text("utf-8"), "")
    pairs = exported(note)
    assert pairs
    for before, after in pairs:
        assert same(after) == same(before)


@pytest.mark.parametrize("date", ["date: 2024-03-19\n", ""], ids=["dated", "undated"])
@pytest.mark.parametrize("link", ["link: https://example.org/otters\n", ""], ids=["link", "no link"])
@pytest.mark.parametrize("issued", ["2023", "2023-11", "2023-11-02"])
def test_the_data_of_a_work_come_back_from_its_export(date: str, link: str, issued: str) -> None:
    front = f"title: Otters\n{date}{link}issued: {issued}\ndoi: 10.1000/182\narxiv_categories: [cs.CL, math-ph]"
    [(before, after)] = exported(NoteFile("notes/otters.md", f"---\n{front}\n---\n본문.\n", ""))
    assert same(after) == same(before)
    assert (after.published, after.doi, after.categories) == (issued, "10.1000/182", ("cs.CL", "math-ph"))


words = st.sampled_from(
    [
        "모델입니다.",
        "The loss falls.",
        "- 하나",
        "- 둘",
        "> 인용",
        "https://a.example/b",
        "$x$",
        "# 제목",
        "*강조*",
        "그리고,",
        "[[Grok-1]]입니다.",
    ]
)
TITLES = [
    "Grok-1",
    "모델: 하나",
    "*별*",
    "A 'quoted' \"title\"",
    "yes",
    "Null",
    "2024",
    "- 줄",
    "C# and F #1",
    "C:\\ in [brackets] {and} braces",
    "100% @ & !",
    "0x1F",
    "A\x07bell and\ufeffmarks",
    "웃음 😀, é",
]
lines = st.lists(words, min_size=1, max_size=6)


@given(
    st.sampled_from(TITLES),
    st.sampled_from(["", "(Mina Park, Tom Alder)\n", "(Team)\n"]),
    st.sampled_from(["", "We present a thing.\n", "> Quoted.\n"]),
    st.sampled_from(["", "https://arxiv.org/abs/2403.00001\n"]),
    lines,
    st.sampled_from(["#llm", "#추론/양자화 #nmt"]),
)
def test_parsing_any_exported_entry_gives_the_same_entry(
    title: str, authors: str, abstract: str, link: str, commentary: list[str], tags: str
) -> None:
    text = f"2024-03-19\n{title}\n{authors}{link}{abstract}" + "\n".join(["본문.", *commentary]) + f"\n{tags}\n"
    for before, after in exported(NoteFile("notes/2024-03-19.txt", text, "")):
        assert same(after) == same(before)
        assert before.date == dt.date(2024, 3, 19)


@pytest.mark.parametrize("text", ["Grok-1", "한글 제목: 없음", "Attention, again (2023)"])
def test_ordinary_text_needs_no_quotes_in_front_matter(text: str) -> None:
    assert text in yaml_scalar(text)


@given(st.text())
@example("a: b")
@example("a #b")
@example("12:30:45")
@example("~")
@example("\x85\u2028\ufffe\U0010ffff")
def test_yaml_reads_any_scalar_as_the_same_text(text: str) -> None:
    written = yaml_scalar(text)
    assert "\n" not in written
    assert yaml.safe_load(f"one: {written}\ntwo:\n- {written}\n- x\n") == {"one": text, "two": [text, "x"]}
