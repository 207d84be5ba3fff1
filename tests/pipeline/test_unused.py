"""Settings and templates without an effect are named, and those that have one are not."""

from pathlib import Path

import pytest

from digest.config import load_config
from digest.diagnostics import Diagnostic, has_errors
from digest.pipeline.build import Project
from digest.pipeline.check import check_project
from digest.problem_list import format_diagnostics, summarise
from digest.serve.live import describe_change

from ..project import run, write_project

NOTES = {
    "notes/2024-03-19.txt": "2024-03-19\nWren\nA small bird that sings.\n#songbirds #birds/wrens\n",
    "notes/2024-03-20 later.md": "---\ndraft: true\ntags: [reading]\n---\nNot yet.\n",
}


def unused(folder: Path, settings: str) -> list[str]:
    write_project(folder, {"digest.yaml": settings, **NOTES})
    config, mistakes = load_config(folder)
    assert mistakes == ()
    found = sorted(check_project(Project(folder, config), lambda *_: None).diagnostics)
    assert {d.code for d in found} <= {"unused-setting"}
    return [f"{d.line}:{d.column} {d.message}" for d in found]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("aliases:\n  wren: [songbirds]\n", []),
        ("aliases:\n  wren: [Song Birds, SONGBIRDS]\n", ["2:10 no entry has the tag `Song Birds`, an alias of `wren`"]),
        ("aliases:\n  fowl: [birds]\n", []),
        ("aliases:\n  book: [Reading]\n", []),  # a draft has it
        ("aliases:\n  birds: [fowl]\ntags:\n  songbirds: {parent: Fowl}\n", []),
        ("kinds:\n  talk: {tags: [songbirds]}\n", []),
        ("kinds:\n  talk: {tags: [talks]}\n", ["2:3 no entry is of the kind `talk`"]),
        ("kinds:\n  hardware:\n    tags: [chips]\n", ["2:3 no entry is of the kind `hardware`"]),
        ("tags:\n  songbirds: {label: Birds that sing}\n", []),
        ("tags:\n  zebra: {label: Z}\n", ["2:3 no entry has the tag `zebra`"]),
    ],
)
def test_an_alias_a_kind_and_a_tag_that_no_entry_has_are_notices_at_their_places(
    tmp_path: Path, settings: str, found: list[str]
) -> None:
    assert unused(tmp_path, settings) == found


def test_a_notice_is_printed_and_annotated_and_changes_no_exit_code(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "aliases:\n  fowl: [geese]\n", **NOTES})
    result = run(tmp_path, "build", "--strict")
    assert result.exit_code == 0
    assert result.stdout == (
        "digest.yaml:2:10: notice[unused-setting] no entry has the tag `geese`, an alias of `fowl`\n"
        "  hint: take it out if no entry is to have it\n"
    )
    assert "0 errors, 0 warnings, 1 notice: 1 unused-setting\n" in result.stderr
    annotated = run(tmp_path, "check", "--strict", "--format", "github")
    assert annotated.exit_code == 0
    assert annotated.stdout.startswith("::notice file=digest.yaml,line=2,col=10,title=unused-setting::")


def test_notices_come_last_and_are_not_shown_while_the_author_writes() -> None:
    found = [
        Diagnostic("digest.yaml", 1, 1, "unused-setting", "a"),
        Diagnostic("notes/a.md", 1, 1, "missing-tags", "b"),
        Diagnostic("notes/b.md", 1, 1, "undecodable", "c"),
    ]
    assert summarise(found) == "1 error, 1 warning, 1 notice: 1 undecodable, 1 missing-tags, 1 unused-setting"
    annotations = format_diagnostics(found, "github").splitlines()
    assert [line.partition(" ")[0] for line in annotations] == ["::error", "::warning", "::notice"]
    shown = describe_change("tag", tuple(found))
    assert "unused-setting" not in shown
    assert '"errors":1,"warnings":1' in shown
    assert not has_errors(found[:1], strict=True)
