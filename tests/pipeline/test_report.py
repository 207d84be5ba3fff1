"""What a build reports: how much there is and was done, what was wrong and what became of the site."""

import errno
from pathlib import Path

import pytest

from digest.config import load_config
from digest.diagnostics import Diagnostic
from digest.pipeline.build import Options, Project, Report, build

from ..project import DAY, build_project, read_tree, write_project

SECOND = "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    settings = "title: 기록\nsearch:\n  enabled: false\n"
    return write_project(tmp_path / "project", {"digest.yaml": settings, "notes/2024-03-19.txt": DAY})


@pytest.mark.parametrize(
    ("code", "refused"),
    [("template", True), ("output", True), ("unreadable", True), ("missing-tags", False), ("x", False)],
)
def test_a_site_is_refused_for_problems_of_the_template_the_output_and_the_disk(code: str, refused: bool) -> None:
    problems = (Diagnostic("a", 1, 1, "missing-tags", "x"), Diagnostic("a", 1, 1, code, "x"))
    assert Report(0, 0, 0.0, problems).refused == refused
    assert not Report(0, 0, 0.0, ()).refused


def test_a_first_build_writes_every_file_and_a_second_none_and_both_count_them(project: Path) -> None:
    first = build_project(project)
    files = len(read_tree(project / "site"))
    assert (first.entries, first.files, first.written, first.removed) == (1, files, files, 0)
    assert (first.diagnostics, first.remark, first.refused) == ((), "", False)
    assert first.seconds > 0
    second = build_project(project)
    assert (second.entries, second.files, second.written, second.removed) == (1, files, 0, 0)
    assert (second.reasons, second.remark) == ((), "")
    assert second.seconds > 0


def test_drafts_are_no_entries_unless_they_are_asked_for(project: Path) -> None:
    write_project(project, {"notes/240320 Draft.md": "---\ndraft: true\n---\n아직 씁니다.\n\n#ssm\n"})
    assert build_project(project).entries == 1
    assert not (project / "site" / "2024" / "03" / "20").exists()
    config, _ = load_config(project)
    assert build(Project(project, config), Options(drafts=True), lambda *_: None).entries == 2
    assert (project / "site" / "2024" / "03" / "20").is_dir()
    assert build_project(project).entries == 1
    assert not (project / "site" / "2024" / "03" / "20").exists()


def test_problems_of_notes_are_reported_again_by_a_build_that_has_nothing_to_do(project: Path) -> None:
    write_project(project, {"notes/2024-03-20.txt": SECOND.replace("#ssm\n", "")})
    first, second = build_project(project), build_project(project)
    assert [problem.code for problem in first.diagnostics] == ["missing-tags"]
    assert (second.diagnostics, second.reasons) == (first.diagnostics, ())


def test_problems_between_notes_are_reported_again_by_a_build_that_has_nothing_to_do(project: Path) -> None:
    write_project(project, {"notes/2024-03-20.txt": SECOND.replace("모델입니다.", "모델입니다. [[nowhere at all]]")})
    first, second = build_project(project), build_project(project)
    assert len(first.diagnostics) == 1
    assert (second.diagnostics, second.reasons) == (first.diagnostics, ())


def test_a_missing_site_is_written_again_though_no_note_changed(project: Path) -> None:
    build_project(project)
    before = read_tree(project / "site")
    for path in sorted((project / "site").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (project / "site").rmdir()
    assert build_project(project).written == len(before)
    assert read_tree(project / "site") == before


def test_a_change_of_settings_that_notes_are_read_by_reads_them_again(project: Path) -> None:
    build_project(project)
    write_project(
        project, {"digest.yaml": "title: 기록\nsearch:\n  enabled: false\nkinds:\n  essay:\n    tags: [llm]\n"}
    )
    build_project(project)
    assert (project / "site" / "kinds" / "essay" / "index.html").is_file()
    assert "Grok-1" in (project / "site" / "kinds" / "essay" / "index.html").read_text("utf-8")


def test_a_cache_that_cannot_be_made_is_named_with_its_reason_and_its_file(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "/somewhere/.digest")

    monkeypatch.setattr("digest.pipeline.build.project_lock", refuse)
    (problem,) = build_project(project).diagnostics
    assert (problem.path, problem.line, problem.column, problem.code) == (".digest", 0, 0, "output")
    assert problem.message == "the cache cannot be written: Read-only file system `/somewhere/.digest`"
    assert problem.hint == "the site is as it was"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError("no number"), "the site cannot be written: no number"),
        (OSError(errno.ENOSPC, "No space left"), "the site cannot be written: No space left"),
        (OSError(errno.ENOSPC, "No space left", "a/b"), "the site cannot be written: No space left `a/b`"),
        (ChildProcessError("a process was ended"), "a process was ended"),
    ],
)
def test_a_site_that_cannot_be_written_is_named_with_its_reason(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(project, {"notes/2024-03-20.txt": SECOND})

    def refuse(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("digest.pipeline.publish.update_site", refuse)
        report = build_project(project)
    (problem,) = report.diagnostics
    assert (problem.path, problem.line, problem.column, problem.code) == ("site", 0, 0, "output")
    assert (problem.message, problem.hint) == (message, "the site is as it was")
    assert (report.entries, report.files, report.written, report.refused) == (2, len(before), 0, True)
    assert read_tree(project / "site") == before
    assert build_project(project).written > 0


def test_a_foreign_file_is_named_by_its_place_in_the_output(project: Path) -> None:
    write_project(project, {"site/index.html": "mine"})
    (problem,) = build_project(project).diagnostics
    assert (problem.path, problem.line, problem.column, problem.code) == ("site/index.html", 0, 0, "output")
    assert problem.message == "the site needs this place, but a file is there that no build wrote"
    assert problem.hint.startswith("move it away, or set another `output:`")


def test_stages_are_told_of_as_they_begin(project: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(Project(project, load_config(project)[0]), Options(), lambda *stage: told.append(stage))
    assert told[0] == ("read", 0, 0)
    assert {"read", "render"} <= {stage for stage, _, _ in told}


def test_reasons_are_given_unless_nobody_asks(project: Path) -> None:
    config, _ = load_config(project)
    assert build(Project(project, config), Options(explain=False), lambda *_: None).reasons == ()
    report = build(Project(project, config), Options(clean=True), lambda *_: None)
    assert len(report.reasons) == report.files
