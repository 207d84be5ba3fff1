"""`digest.lock` in whole builds: when it is written, by which commands, and what a bad one does."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.addresses.lock import FILE_NAME, HEADER
from digest.config import load_config
from digest.parallel.workers import Workers
from digest.pipeline import memory
from digest.pipeline.build import Options, Project, Report, build
from digest.serve.preview import open_preview
from digest.store.output import Output

from ..project import DAY, build_project, read_tree, run, write_project

MAMBA = "Mamba\n상태 공간 모델이 긴 글을 읽습니다. 선택하는 스캔이 핵심입니다.\n#ssm\n"
SETTINGS = "title: 기록\nbase_url: https://user.github.io/repo/\n"
SECRET = "draft: true\n---\n# 숨은 계획\n아직 아무도 모릅니다.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write and build a project of two entries."""
    write_project(tmp_path, {"digest.yaml": SETTINGS, "notes/2024-03-19.txt": f"{DAY}\n{MAMBA}"})
    build_project(tmp_path)
    return tmp_path


def retitle(project: Path) -> None:
    note = project / "notes" / "2024-03-19.txt"
    note.write_text(note.read_text("utf-8").replace("Grok-1\n", "Grok-1 공개\n", 1), "utf-8")


def build_with(project: Path, options: Options) -> Report:
    return build(Project(project, load_config(project)[0]), options, lambda *_: None)


def lock_of(project: Path) -> str:
    return (project / FILE_NAME).read_text("utf-8")


def written_at(project: Path) -> tuple[int, int]:
    """Return the inode and the time of the lock, both of which change if it is written."""
    status = (project / FILE_NAME).stat()
    return status.st_ino, status.st_mtime_ns


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.diagnostics]


def test_the_lock_has_a_sorted_line_for_each_address(project: Path) -> None:
    lines = lock_of(project).splitlines()
    assert lines[:2] == [HEADER, "# site user.github.io/repo"]
    assert lines[2:] == sorted(lines[2:])
    entries = [line for line in lines if line.startswith("2024/")]
    assert [line.split()[0] for line in entries] == ["2024/03/19/grok-1", "2024/03/19/mamba"]
    assert all(len(line.encode()) < 60 for line in entries)


def test_a_build_writes_the_lock_only_when_something_is_new(project: Path) -> None:
    before = written_at(project)
    assert build_project(project).written == 0
    write_project(project, {"templates/404.html": "<p>없습니다</p>"})
    assert build_project(project).written == 1
    assert written_at(project) == before
    retitle(project)
    build_project(project)
    assert "2024/03/19/grok-1 >2024-03-19/grok-1\n" in lock_of(project)
    assert "2024/03/19/grok-1-공개 " in lock_of(project)


def test_the_lock_alone_makes_a_build_from_nothing_the_same(project: Path) -> None:
    retitle(project)
    build_project(project)
    site, lock = read_tree(project / "site"), lock_of(project)
    shutil.rmtree(project / "site")
    shutil.rmtree(project / ".digest")
    build_project(project)
    assert (read_tree(project / "site"), lock_of(project)) == (site, lock)
    build_project(project, clean=True)
    assert (read_tree(project / "site"), lock_of(project)) == (site, lock)


def test_ids_without_a_lock_are_those_that_it_would_hold(project: Path) -> None:
    feed = (project / "site" / "feed.xml").read_bytes()
    (project / FILE_NAME).unlink()
    shutil.rmtree(project / "site")
    build_project(project)
    assert (project / "site" / "feed.xml").read_bytes() == feed


def test_an_edited_title_and_another_base_url_change_no_id(project: Path) -> None:
    def ids() -> list[str]:
        feed = (project / "site" / "feed.xml").read_text("utf-8")
        return [part.partition("</id>")[0] for part in feed.split("<id>")[1:]]

    before = ids()
    retitle(project)
    settings = SETTINGS.replace("user.github.io/repo", "notes.example")
    build_project(write_project(project, {"digest.yaml": settings}))
    assert [name for name in ids() if "tag:" in name] == [name for name in before if "tag:" in name]
    assert "# site user.github.io/repo\n" in lock_of(project)


@pytest.mark.parametrize("base_url", ["", "base_url: http://localhost:8000/\n", "base_url: http://127.0.0.1/\n"])
def test_the_name_of_ones_own_machine_is_not_kept(tmp_path: Path, base_url: str) -> None:
    build_project(write_project(tmp_path, {"digest.yaml": base_url, "notes/2024-03-19.txt": DAY}))
    assert "# site" not in lock_of(tmp_path)
    report = build_project(write_project(tmp_path, {"digest.yaml": SETTINGS}))
    assert "# site user.github.io/repo\n" in lock_of(tmp_path)
    assert "feed readers know the site as `user.github.io/repo` from now on" in report.remark
    assert build_project(tmp_path).remark == ""


def test_an_entry_that_is_gone_is_named_once(project: Path) -> None:
    write_project(project, {"notes/2024-03-19.txt": DAY})
    first = build_project(project)
    assert codes(first) == ["removed-entry"]
    assert "`/2024/03/19/mamba/`" in first.diagnostics[0].message
    assert first.diagnostics[0].path == FILE_NAME
    assert first.diagnostics[0].line == 4
    assert codes(build_project(project)) == []
    assert codes(build_project(project, clean=True)) == []


def test_a_copy_in_two_places_is_a_doubtful_entry_and_not_a_removed_one(project: Path) -> None:
    days = {f"notes/2024-03-{day}.txt": f"2024-03-{day}\n{MAMBA}" for day in (20, 21)}
    write_project(project, {"notes/2024-03-19.txt": DAY, **days})
    report = build_project(project)
    assert codes(report) == ["doubtful-entry"]
    assert all(f"notes/2024-03-{day}.txt:2" in report.diagnostics[0].message for day in (20, 21))


BAD = {
    "conflict": (f"{HEADER}\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", 2, 1, "conflict"),
    "later": ("# digest.lock 2\n", 1, 15, "later version"),
    "empty": ("", 1, 1, "does not begin"),
    "other": ("{}\n", 1, 1, "does not begin"),
    "cut": (f"{HEADER}\n2024/03/19/grok-1 xY - P0kPz", 2, 0, "cut off"),
    "no file": (f"{HEADER}\n2024/03/19/grok-1\n", 2, 1, "no line"),
    "bad file": (f"{HEADER}\n2024/03/19/grok-1 xYz - -\n", 2, 19, "no line"),
    "bad link": (f"{HEADER}\n2024/03/19/grok-1 xY abc -\n", 2, 22, "no line"),
    "bad text": (f"{HEADER}\n2024/03/19/grok-1 xY - P0k!\n", 2, 24, "no line"),
    "bad end": (f"{HEADER}\n2024/03/19/grok-1 xY - P0kP lost\n", 2, 29, "no line"),
    "bad count": (f"{HEADER}\ntags/llm 0\n", 2, 10, "no line"),
    "leads out": (f"{HEADER}\n../../x xY - -\n", 2, 1, "no line"),
    "leads out in the end": (f"{HEADER}\na xY - -\nx >../a\n", 3, 4, "no line"),
    "comment": (f"{HEADER}\n# hello\n", 2, 1, "no line"),
}


@pytest.mark.parametrize(("content", "line", "column", "words"), BAD.values(), ids=BAD)
def test_a_bad_lock_is_an_error_at_its_place_and_leaves_the_site_as_it_was(
    project: Path, content: str, line: int, column: int, words: str
) -> None:
    site = read_tree(project / "site")
    retitle(project)
    write_project(project, {FILE_NAME: content})
    report = build_project(project)
    assert report.refused
    assert codes(report) == ["lock"]
    problem = report.diagnostics[0]
    assert (problem.path, problem.line, problem.column) == (FILE_NAME, line, column)
    assert words in problem.message
    assert problem.hint.endswith("; the site is as it was")
    assert read_tree(project / "site") == site
    assert lock_of(project) == content
    found = run(project, "check")
    assert found.exit_code == 1
    assert f"{FILE_NAME}:{line}" in found.stdout


def test_a_lock_that_is_not_utf_8_names_the_place(project: Path) -> None:
    write_project(project, {FILE_NAME: f"{HEADER}\n가나".encode() + b"\xff\n"})
    problem = build_project(project).diagnostics[0]
    assert (problem.line, problem.column) == (2, 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", None)])
def test_a_lock_that_is_no_file_holds_nothing_up(project: Path, make: object) -> None:
    (project / FILE_NAME).unlink()
    assert callable(make)
    make(project / FILE_NAME)
    retitle(project)
    report = build_project(project)
    assert codes(report) == ["lock"]
    assert report.refused


def test_a_build_that_is_mended_goes_on_where_it_stopped(project: Path) -> None:
    before = lock_of(project)
    write_project(project, {FILE_NAME: before + "<<<<<<< HEAD\n"})
    assert build_project(project).refused
    write_project(project, {FILE_NAME: before})
    assert build_project(project).diagnostics == ()
    assert lock_of(project) == before


def test_the_lock_stays_as_it_is_if_the_site_cannot_be_put_in_place(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lock_of(project)
    retitle(project)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Output, "publish", fail)
        assert codes(build_project(project)) == ["output"]
    assert lock_of(project) == before
    assert build_project(project).diagnostics == ()
    assert "grok-1-공개" in lock_of(project)


def test_a_site_is_in_place_before_its_lock_and_the_next_build_writes_what_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lock_of(project)
    retitle(project)
    new = project / "site" / "2024" / "03" / "19" / "grok-1-공개" / "index.html"

    def fail(*_: object) -> None:
        assert new.exists()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(memory, "write_lock_file", fail)
        report = build_project(project)
    assert codes(report) == ["lock-unwritten"]
    assert not report.refused
    assert lock_of(project) == before
    again = build_project(project)
    assert (again.diagnostics, again.written) == ((), 0)
    assert "grok-1-공개" in lock_of(project)


class KilledError(BaseException):
    """The process was killed."""


def test_a_build_that_is_killed_before_it_writes_the_lock_is_completed_by_the_next(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    retitle(project)

    def die(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(memory, "write_lock_file", die)
        with pytest.raises(KilledError):
            build_project(project)
    build_project(project)
    site, lock = read_tree(project / "site"), lock_of(project)
    build_project(project, clean=True)
    assert (read_tree(project / "site"), lock_of(project)) == (site, lock)
    assert "grok-1-공개" in lock


def test_check_says_what_a_build_would_change_and_writes_nothing(project: Path) -> None:
    assert FILE_NAME not in run(project, "check").output
    retitle(project)
    before = read_tree(project)
    found = run(project, "check")
    assert found.exit_code == 0
    assert "a build would change digest.lock: 1 new address (`/2024/03/19/grok-1-공개/`)" in found.stderr
    assert "1 address that leads on (`/2024/03/19/grok-1/`)" in found.stderr
    assert read_tree(project) == before


def test_a_preview_reads_the_lock_and_never_writes_it(project: Path) -> None:
    before = lock_of(project)
    retitle(project)
    with open_preview(project, drafts=False, base_url=None) as preview:
        assert preview.content("2024/03/19/grok-1-공개/")
        entries = preview.content("data/entries.json")
        assert isinstance(entries, bytes)
        assert b'"id":"2024-03-19/grok-1"' in entries
        (project / "notes" / "2024-03-20.txt").write_text(f"2024-03-20\n{MAMBA}", "utf-8")
        preview.refresh({"notes/2024-03-20.txt"})
        assert preview.content("2024/03/20/mamba/")
        write_project(project, {FILE_NAME: before + "=======\n"})
        preview.refresh()
        assert [problem.code for problem in preview.problems] == ["lock"]
        assert preview.content("2024/03/19/grok-1-공개/")
        write_project(project, {FILE_NAME: before})
        preview.refresh()
        assert preview.problems == ()
    assert lock_of(project) == before


def test_a_preview_follows_the_lock_that_a_build_writes(project: Path) -> None:
    with open_preview(project, drafts=False, base_url=None) as preview:
        retitle(project)
        preview.refresh()
        build_project(project)
        preview.refresh()
        retitle_again = (project / "notes" / "2024-03-19.txt").read_text("utf-8").replace("공개", "자유", 1)
        write_project(project, {"notes/2024-03-19.txt": retitle_again})
        preview.refresh({"notes/2024-03-19.txt"})
        entries = preview.content("data/entries.json")
        assert isinstance(entries, bytes)
    build_project(project)
    assert (project / "site" / "data" / "entries.json").read_bytes() == entries


def test_frozen_builds_the_site_that_the_lock_describes(project: Path) -> None:
    lock = lock_of(project)
    shutil.rmtree(project / "site")
    found = run(project, "build", "--frozen")
    assert found.exit_code == 0, found.output
    assert (project / "site" / "index.html").exists()
    assert lock_of(project) == lock


def test_frozen_refuses_a_change_of_the_lock_and_says_which(project: Path) -> None:
    lock, site = lock_of(project), read_tree(project / "site")
    retitle(project)
    found = run(project, "build", "--frozen")
    assert found.exit_code == 1
    assert "digest.lock: error[lock-differs]" in found.stdout
    assert "1 new address (`/2024/03/19/grok-1-공개/`)" in found.stdout
    assert "the site is unchanged" in found.stderr
    assert (lock_of(project), read_tree(project / "site")) == (lock, site)


def test_frozen_without_a_lock_is_a_difference(project: Path) -> None:
    (project / FILE_NAME).unlink()
    found = run(project, "build", "--frozen")
    assert found.exit_code == 1
    assert not (project / FILE_NAME).exists()


def test_a_lock_with_line_ends_of_windows_is_left_alone(project: Path) -> None:
    content = lock_of(project).replace("\n", "\r\n").encode()
    write_project(project, {FILE_NAME: content})
    report = build_project(project)
    assert (report.diagnostics, report.remark) == ((), "")
    assert (project / FILE_NAME).read_bytes() == content
    assert run(project, "build", "--frozen").exit_code == 0


def test_a_hidden_title_is_not_in_the_lock_even_if_a_build_shows_drafts(project: Path) -> None:
    lock = lock_of(project)
    write_project(project, {"notes/plan.md": f"---\ndate: 2024-03-20\n{SECRET}"})
    build_project(project)
    assert lock_of(project) == lock
    build_with(project, Options(Workers(0), drafts=True))
    assert (project / "site" / "2024" / "03" / "20" / "숨은-계획" / "index.html").exists()
    assert lock_of(project) == lock


def test_an_entry_that_becomes_a_draft_and_is_published_again_keeps_id_and_address(project: Path) -> None:
    note = "---\ndate: 2024-03-20\n---\n# 계획\n이제 모두 압니다. 그리고 더 씁니다.\n"
    build_project(write_project(project, {"notes/plan.md": note}))
    lock = lock_of(project)
    hidden = note.replace("\n---\n", "\ndraft: true\n---\n", 1)
    assert codes(build_project(write_project(project, {"notes/plan.md": hidden}))) == ["removed-entry"]
    assert not (project / "site" / "2024" / "03" / "20" / "계획" / "index.md").exists()
    build_project(write_project(project, {"notes/plan.md": note}))
    assert lock_of(project) == lock


def git(project: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Author", "-c", "user.email=author@digest.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def reverse(lines: list[str]) -> list[str]:
    return lines[::-1]


def double_first(lines: list[str]) -> list[str]:
    """Add a line with the first address and the mark of another file."""
    address, mark, rest = lines[0].split(" ", 2)
    return sorted([*lines, f"{address} {mark[::-1]} {rest}"])


@pytest.mark.parametrize("spoil", [reverse, double_first])
def test_a_build_says_that_it_put_addresses_in_order(project: Path, spoil: Callable[[list[str]], list[str]]) -> None:
    header, site, *lines = lock_of(project).splitlines()
    write_project(project, {FILE_NAME: "\n".join([header, site, *spoil(lines), ""])})
    retitle(project)
    assert memory.REMARK in build_project(project).remark
    rest = lock_of(project).splitlines()[2:]
    assert rest == sorted(set(rest))


def test_a_build_that_adds_an_address_has_nothing_to_say_of_the_order(project: Path) -> None:
    retitle(project)
    assert build_project(project).remark == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_branches_that_both_change_addresses_merge_without_a_conflict(project: Path) -> None:
    write_project(project, {".gitattributes": "digest.lock merge=union\n", ".gitignore": "/site/\n/.digest/\n"})
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=First")
    ids = entry_ids(project)

    git(project, "switch", "--quiet", "--create=phone")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nPhone\n길에서 적었습니다. 짧은 글입니다.\n#llm\n"})
    retitle(project)
    build_project(project)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=Phone")

    git(project, "switch", "--quiet", "main")
    write_project(project, {"notes/2024-03-20b.txt": "2024-03-20\nDesk\n책상에서 적었습니다. 다른 글입니다.\n#moe\n"})
    write_project(project, {"notes/2024-03-21.txt": "2024-03-21\nAnother\nA text in English this time.\n#ssm\n"})
    build_project(project)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=Desk")

    git(project, "merge", "--quiet", "--no-edit", "phone")
    merged = lock_of(project)
    report = build_project(project)
    assert report.diagnostics == ()
    lines = lock_of(project).splitlines()
    assert lines[2:] == sorted(set(lines[2:]))
    assert len({line.split()[0] for line in lines[2:]}) == len(lines[2:])
    if merged != lock_of(project):
        assert FILE_NAME in report.remark
    now = entry_ids(project)
    assert ids <= now
    assert now == {f"2024-03-{name}" for name in ("19/grok-1", "19/mamba", "20/desk", "20/phone", "21/another")}
    for path in ("2024/03/19/grok-1-공개", "2024/03/19/mamba", "2024/03/20/phone", "2024/03/20/desk"):
        assert (project / "site" / path / "index.html").exists()
    assert "2024/03/19/grok-1 >2024-03-19/grok-1" in lines
    assert run(project, "build", "--frozen").exit_code == 0


def entry_ids(project: Path) -> set[str]:
    entries = (project / "site" / "data" / "entries.json").read_text("utf-8")
    return {part.partition('"')[0] for part in entries.split('"id":"')[1:]}


PAPER = """\
2024년 3월 20일
On Larks
(Ada Kin, Ben Cho)
Larks read maps.
지도를 읽는 새.
#larks
"""


def test_a_citation_key_survives_corrections_and_new_entries(project: Path) -> None:
    note = project / "notes" / "2024-03-20.txt"
    note.write_text(PAPER, "utf-8")
    build_project(project)
    assert " @kinlarks\n" in lock_of(project)
    note.write_text(PAPER.replace("Kin", "Kim").replace("On Larks", "On Larks and Maps"), "utf-8")
    (project / "notes" / "2024-03-18.txt").write_text(
        PAPER.replace("20일", "18일").replace("On Larks", "Larks Again"), "utf-8"
    )
    build_project(project)
    works = (project / "site" / "data" / "works.bib").read_text("utf-8")
    assert "@misc{kinlarks,\n  title = {On Larks and Maps},\n  author = {Kim, Ada and" in works
    assert "@misc{kinlarks-2,\n  title = {Larks Again}," in works


def test_the_key_of_a_removed_entry_is_given_to_no_other_one(project: Path) -> None:
    note = project / "notes" / "2024-03-20.txt"
    note.write_text(PAPER, "utf-8")
    build_project(project)
    note.unlink()
    (project / "notes" / "2024-04-01.txt").write_text(
        "2024년 4월 1일\nLarks Fly\n(Ada Kin, Eve Lim)\nA sky.\n하늘.\n#sky\n", "utf-8"
    )
    build_project(project)
    assert "@misc{kinlarks-2," in (project / "site" / "data" / "works.bib").read_text("utf-8")


def test_without_exports_a_build_keeps_the_keys_that_it_knows(project: Path) -> None:
    before = lock_of(project)
    assert " @" in before
    (project / "digest.yaml").write_text(SETTINGS + "exports: false\n", "utf-8")
    build_project(project)
    assert lock_of(project) == before
    assert not list((project / "site").rglob("*.bib"))
