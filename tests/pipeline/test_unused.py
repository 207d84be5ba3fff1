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
        ("exclude: [notes/2024-03-20 later.md, notes/*.bak]\n", []),
        ("exclude: [notes, gone.md]\nnotes: .\n", ["1:18 there is no file or folder `gone.md` to leave out"]),
        ("exclude: [2024-03-19.txt]\n", ["1:11 there is no file or folder `2024-03-19.txt` to leave out"]),
        ("tags:\n  zebra: {label: Z}\n", ["2:3 no entry has the tag `zebra`"]),
    ],
)
def test_settings_that_fit_nothing_are_notices_at_their_places(tmp_path: Path, settings: str, found: list[str]) -> None:
    assert unused(tmp_path, settings) == found


def test_the_hint_for_an_excluded_path_names_the_file_in_the_notes_folder(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "exclude: [2024-03-19.txt]\n", **NOTES})
    hint = "  hint: paths begin at the project's folder: `notes/2024-03-19.txt`\n"
    assert hint in run(tmp_path, "check").stdout


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


def unused_templates(folder: Path, files: dict[str, str]) -> list[str]:
    write_project(folder, {**NOTES, **{f"templates/{name}": text for name, text in files.items()}})
    config, _ = load_config(folder)
    found = check_project(Project(folder, config), lambda *_: None).diagnostics
    return [f"{d.path} ({d.hint})" for d in sorted(found) if d.code == "unused-template"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("foooter.html", "partials/footer.html"),
        ("footer.html", "partials/footer.html"),
        ("partials/footers.html", "partials/footer.html"),
        ("entri.html", "entry.html"),
        ("partials/day.html", "day.html"),
        ("static/css/digst.css", "static/css/digest.css"),
        ("static/favicon2.svg", "static/favicon.svg"),
    ],
)
def test_a_file_that_replaces_nothing_is_a_warning_with_the_nearest_name(tmp_path: Path, name: str, meant: str) -> None:
    assert unused_templates(tmp_path, {name: "a"}) == [f"templates/{name} (did you mean `{meant}`?)"]


def test_a_template_like_no_other_is_a_warning_unless_another_uses_it(tmp_path: Path) -> None:
    files = {"zebra.html": "<p>Zebra</p>"}
    hint = 'remove it, or use it in a template: `{% include "zebra.html" %}`'
    assert unused_templates(tmp_path, files) == [f"templates/zebra.html ({hint})"]
    by_name = '{% extends "theme:partials/footer.html" %}{% include "zebra.html" %}'
    assert unused_templates(tmp_path, {**files, "partials/footer.html": by_name}) == []
    by_expression = '{% include "zeb" ~ "ra.html" %}'
    assert unused_templates(tmp_path, {**files, "partials/footer.html": by_expression}) == []


def test_files_that_replace_or_are_named_or_are_no_templates_are_no_warning(tmp_path: Path) -> None:
    files = {
        "day.html": '{% extends "theme:day.html" %}',
        "partials/footer.html": "<link rel=stylesheet href=\"{{ asset('css/digests.css') }}\">",
        "static/css/digests.css": "p { color: red }",
        "static/css/digest.css": "p { color: red }",
        "static/owl.png": "x",
        "README.md": "My templates.",
        ".foooter.html.swp": "x",
    }
    assert unused_templates(tmp_path, files) == []


def test_a_misspelt_template_is_named_by_builds_until_it_is_renamed(tmp_path: Path) -> None:
    write_project(tmp_path, {**NOTES, "templates/foooter.html": "x"})
    for _ in range(2):
        result = run(tmp_path, "build")
        assert result.stdout == (
            "templates/foooter.html: warning[unused-template] the theme has no file `foooter.html`, and no other template uses it\n"
            "  hint: did you mean `partials/footer.html`?\n"
        )
    (tmp_path / "templates/foooter.html").unlink()
    assert run(tmp_path, "build").stdout == ""
