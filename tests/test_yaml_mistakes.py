"""Mistakes in settings in their authors' words: the table in `tests/cases/settings-mistakes.md`, and that nothing else is changed."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.config import parse_config
from digest.model import NoteFile
from digest.notes import parse
from digest.yaml_mistakes import explain_yaml, quote
from digest.yaml_nodes import YamlError, compose_yaml

TABLE = (Path(__file__).parent / "cases/settings-mistakes.md").read_text("utf-8")
CASES = re.findall(r"^(.+)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.$", TABLE, re.MULTILINE)


def test_the_table_is_read_whole() -> None:
    assert len(CASES) == TABLE.count("\n.\n") // 3 > 30


@pytest.mark.parametrize(("settings", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_is_named_where_it_was_made_and_in_words_of_its_author(settings: str, wanted: str) -> None:
    _, found = parse_config(settings.encode())
    lines = [f"{d.line}:{d.column} {d.message}\n" + (f"  {d.hint}\n" if d.hint else "") for d in found]
    assert "".join(lines) == wanted


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [case[1:] for case in CASES if "`title`" in case[2] and not re.search("twice|loses", case[2])],
    ids=lambda text: text[:20],
)
def test_the_front_matter_of_a_note_has_the_same_words(settings: str, wanted: str) -> None:
    (problem,) = parse(NoteFile("notes/a.md", f"---\n{settings}---\ntext\n", "")).diagnostics
    line, column, message = re.match(r"(\d+):(\d+) (.+)", wanted).groups()  # type: ignore[union-attr]
    assert (problem.code, problem.line, problem.column) == ("front-matter-syntax", int(line) + 1, int(column))
    assert problem.message == message
    assert problem.hint.endswith("the note stays out")


@given(st.text(alphabet="ab :'\"#-[]{}*&!%@`\\>|?,가："))
def test_what_a_hint_says_to_write_is_read_as_the_text_itself(value: str) -> None:
    assert yaml.safe_load(f"title: {quote(value)}") == {"title": value}


@given(st.text(alphabet="ab :'\"#-[]{}*&!%@`\\>|?,\t\n가："))
def test_every_error_has_an_explanation_at_a_place_in_the_text(text: str) -> None:
    try:
        compose_yaml(text)
    except YamlError as error:
        mistake = explain_yaml(text, error)
        assert mistake.message
        if mistake.line is not None:
            assert 0 <= mistake.line <= text.count("\n") + 1
            assert mistake.column >= 0
