"""YAML that wants more memory, depth or power than settings need: one clear error at its line and column."""

import tracemalloc
from pathlib import Path

import pytest

from digest.config import parse_config
from digest.limits import SETTINGS_VALUES
from digest.model import NoteFile
from digest.notes import parse
from digest.yaml_nodes import YamlError, compose_yaml

from ..project import DAY, read_tree, run, write_project

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (BOMB, "5:", "it holds more than 50,000 values, counting each alias as a copy"),
        ("title: &a [*a]", "1:12:", "`*a` stands inside the value that it repeats, which has no end"),
        ("aliases: &a\n  b: {c: *a}", "2:10:", "`*a` stands inside the value that it repeats, which has no end"),
        (f"title: {'[' * 500}{']' * 500}", "1:23:", "it nests deeper than 16 levels"),
        ("- " * 500 + "a", "1:33:", "it nests deeper than 16 levels"),
        ("a: &a [[[[[[[[x]]]]]]]]\nb: [[[[[[[[*a]]]]]]]]", "2:12:", "it nests deeper than 16 levels"),
        ("title: [", "2:1:", "did not find expected node content"),
        ("title: *b", "1:8:", "`*b` stands for a value that is nowhere"),
    ],
    ids=[
        "bomb",
        "circle",
        "circle of a mapping",
        "deep",
        "deep blocks",
        "deep by aliases",
        "unclosed",
        "unknown alias",
    ],
)
def test_hostile_settings_are_one_error_at_their_place(text: str, place: str, reason: str) -> None:
    tracemalloc.start()
    _, (mistake,) = parse_config(text.encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert f"{mistake.line}:{mistake.column}:".startswith(place)
    assert mistake.message.endswith(reason)
    assert peak < 50_000_000


@pytest.mark.parametrize("text", [BOMB, f"title: {'[' * 500}", "title: &a [*a]"])
def test_front_matter_is_read_as_safely(text: str) -> None:
    parsed = parse(NoteFile("notes/a.md", f"---\n{text}\n---\n글.\n", ""))
    assert parsed.entries == ()
    (problem,) = parsed.diagnostics
    assert problem.code == "front-matter-syntax"
    assert problem.line > 1


def test_hostile_settings_end_every_command_and_write_nothing(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": BOMB})
    before = read_tree(tmp_path)
    for command in (["build"], ["check"]):
        result = run(tmp_path, *command)
        assert result.exit_code == 2
        assert "error[config] the settings cannot be read: it holds more than" in result.stdout
    assert read_tree(tmp_path) == before


@pytest.mark.parametrize(
    "text", ["? [a]\n: b\n", "aliases:\n  ? [a]\n  : [b]\n", "kinds:\n  ? {a: b}\n  : {tags: [c]}\n"]
)
def test_a_key_that_is_no_text_is_a_mistake(text: str) -> None:
    _, mistakes = parse_config(text.encode())
    assert mistakes
    assert all(mistake.code == "config" and mistake.line for mistake in mistakes)


def test_an_alias_that_repeats_a_value_a_few_times_is_allowed() -> None:
    config, mistakes = parse_config(b"aliases:\n  llm: &names [LLMs, models]\nkinds:\n  talk:\n    tags: *names\n")
    assert mistakes == ()
    assert config.kinds["talk"].tags == ("LLMs", "models")


def test_no_tag_of_yaml_constructs_anything() -> None:
    config, mistakes = parse_config(b'title: !!python/object/apply:os.system ["true"]\n')
    assert config.title == ""
    assert [mistake.line for mistake in mistakes] == [1]


def test_the_size_of_a_document_is_counted_as_a_reader_sees_it() -> None:
    half = ", ".join(["x"] * (SETTINGS_VALUES.most // 2))
    assert compose_yaml(f"[{half}]") is not None
    with pytest.raises(YamlError, match="values"):
        compose_yaml(f"a: &a [{half}]\nb: *a\nc: *a\n")


CONFLICT = "title: A\n<<<<<<< HEAD\nper_page: 2\n=======\nper_page: 3\n>>>>>>> theirs\n"


def test_a_merge_conflict_in_the_settings_is_named(tmp_path: Path) -> None:
    _, (mistake,) = parse_config(CONFLICT.encode())
    assert (mistake.line, mistake.column) == (2, 1)
    assert mistake.message == "a merge conflict begins here and ends in line 6"


@pytest.mark.parametrize("name", ["templates/day.html", "templates/static/css/mine.css", "templates/static/js/mine.js"])
def test_a_merge_conflict_in_a_template_leaves_the_site_as_it_is(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    assert run(tmp_path, "build").exit_code == 0
    before = read_tree(tmp_path / "site")
    write_project(tmp_path, {name: "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "error[template]" in result.stdout
    assert "a merge conflict begins" in result.stdout
    assert read_tree(tmp_path / "site") == before
