"""Nothing that goes wrong in a build leaves a broken site: what can't be done is reported, and the site is as it was."""

import contextlib
import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic
from digest.disk import read_inside
from digest.model import NoteFile
from digest.notes.discover import read_note
from digest.pipeline.build import Report
from digest.store.cache import Cache
from digest.store.staging import Put, Stage

from ..project import DAY, build_project, read_tree, run, write_project
from .test_incremental import build_from_nothing

KILLS = 50
BUILD = "import sys; from digest.cli import main; main(['-C', sys.argv[1], 'build', '--workers', sys.argv[2]])"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project without search, so that builds are quick."""
    settings = "title: 기록\nsearch:\n  enabled: false\n"
    return write_project(tmp_path / "project", {"digest.yaml": settings, "notes/2024-03-19.txt": DAY})


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.diagnostics]


def test_a_build_killed_at_any_moment_is_made_good_by_the_next(project: Path) -> None:
    """Kill a forked build fifty times, somewhere between its start and its end, after changing what it builds."""
    chance = random.Random(19)
    for number in range(KILLS):
        note = f"2024-04-{number % 28 + 1:02d}\n{number}번째 글\n글 {number}의 본문입니다.\n#tag{number % 7}\n"
        write_project(project, {f"notes/{number % 10}.txt": note})
        if not (child := os.fork()):
            try:
                build_project(project)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if number % 10 == 9:
            assert [problem for problem in build_project(project).diagnostics if problem.severity == "error"] == []
            assert read_tree(project / "site") == build_from_nothing(project)
            assert not list((project / "site").glob(".digest-staging*"))


@pytest.mark.parametrize("seconds", [0.2, 0.3, 0.4, 0.6])
def test_a_killed_command_leaves_no_workers_and_no_lock(project: Path, seconds: float) -> None:
    write_project(project, {f"notes/{n:03}.txt": DAY.replace("19일", f"{n % 28 + 1}일") for n in range(60)})
    command = [sys.executable, "-c", BUILD, str(project), "2"]
    with subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    ) as build:
        time.sleep(seconds)
        build.kill()
    end = time.monotonic() + 120
    while is_group_alive(build.pid):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert "output" not in codes(build_project(project))
    assert read_tree(project / "site") == build_from_nothing(project)


def is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_no_more_leaves_the_site_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})
    put, done = Stage.put, []

    def put_until_full(self: Stage, path: str, content: bytes | Iterable[bytes]) -> Put:
        done.append(path)
        if len(done) > 5:
            raise OSError(number, os.strerror(number), path)
        return put(self, path, content)

    with monkeypatch.context() as patched:
        patched.setattr(Stage, "put", put_until_full)
        report = build_project(project)
    assert codes(report) == ["output"]
    assert os.strerror(number) in report.diagnostics[0].message
    assert read_tree(project / "site") == before
    assert sorted(path.name for path in (project / "site").glob(".digest-*")) == [".digest-manifest"]
    build_project(project)
    assert read_tree(project / "site") == build_from_nothing(project)


def test_a_disk_that_fills_up_while_files_are_moved_is_made_good_by_the_next_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_project(project)
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})
    replace, moved = os.replace, []

    def replace_until_full(source: str, target: str) -> None:
        moved.append(target)
        if len(moved) > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("digest.store.output.os.replace", replace_until_full)
        assert codes(build_project(project)) == ["half-published"]
    build_project(project)
    assert read_tree(project / "site") == build_from_nothing(project)


def test_a_change_taken_back_after_a_build_was_stopped_leaves_nothing_of_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop a build before its first move, when all is on the stage, and after more and more of them."""
    build_project(project)
    replace, left = os.replace, 0

    def replace_until_stopped(source: str, target: str) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            raise KeyboardInterrupt
        replace(source, target)

    for stop in range(0, 100, 4):
        left = stop
        write_project(project, {"notes/2025-03-20.txt": "2025-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})
        with monkeypatch.context() as patched:
            patched.setattr("digest.store.output.os.replace", replace_until_stopped)
            with contextlib.suppress(KeyboardInterrupt):
                build_project(project)
                break  # all was moved
        assert not (project / "site" / ".digest-staging").exists()
        (project / "notes" / "2025-03-20.txt").unlink()
        build_project(project)
        assert read_tree(project / "site") == build_from_nothing(project)
        assert sorted(path.name for path in (project / "site").glob(".digest-*")) == [".digest-manifest"]
    assert stop > 5


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (sqlite3.SQLITE_FULL, "database or disk is full"),
        (sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
    ],
)
def test_a_cache_that_cannot_be_written_is_reported(
    project: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str
) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})

    def refuse(*_: object) -> None:
        error = sqlite3.OperationalError(message)
        error.sqlite_errorcode = code
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("digest.store.cache.Cache.save_note", refuse)
        report = build_project(project)
    assert [(problem.path, problem.code) for problem in report.diagnostics] == [(".digest", "output")]
    assert message in report.diagnostics[0].message
    assert read_tree(project / "site") == before


def test_a_cache_folder_that_cannot_be_made_is_reported(project: Path) -> None:
    (project / ".digest").write_text("in the way", "utf-8")
    report = build_project(project)
    assert codes(report) == ["output"]
    assert not (project / "site").exists()


def test_a_note_that_vanishes_while_it_is_read_leaves_the_site_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})

    def vanish(folder: Path, path: str) -> NoteFile | Diagnostic:
        (project / "notes" / "2024-03-20.txt").unlink(missing_ok=True)
        return read_note(folder, path)

    with monkeypatch.context() as patched:
        patched.setattr("digest.pipeline.read.read_note", vanish)
        report = build_project(project)
    assert [(problem.path, problem.code) for problem in report.diagnostics] == [("notes/2024-03-20.txt", "unreadable")]
    assert read_tree(project / "site") == before
    assert codes(build_project(project)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere this process does all of a small build")
def test_a_process_that_is_killed_leaves_the_site_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patched:
        patched.setattr("digest.parallel.workers.available_processors", lambda: 2)
        patched.setattr("digest.pipeline.read.read_note", die)
        report = build_project(project)
        checked = run(project, "check")
    assert codes(report) == ["output"]
    assert report.diagnostics[0].message.startswith("a process that did a part of the work was ended")
    assert (checked.exit_code, checked.stderr) == (2, f"digest: {report.diagnostics[0].message}\n")
    assert read_tree(project / "site") == before


def test_a_folder_of_notes_that_cannot_be_read_leaves_the_site_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(project, {"notes/2024/a.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})
    build_project(project)
    before = read_tree(project / "site")
    scan = os.scandir

    def refuse(folder: str | int) -> object:
        if folder == os.path.realpath(project / "notes" / "2024"):
            raise PermissionError(13, "Permission denied", folder)
        return scan(folder)

    with monkeypatch.context() as patched:
        patched.setattr("digest.notes.discover.os.scandir", refuse)
        report = build_project(project)
        checked = run(project, "check")
    assert [(problem.path, problem.code) for problem in report.diagnostics] == [("notes/2024", "unreadable")]
    assert read_tree(project / "site") == before
    assert checked.stdout.startswith("notes/2024: error[unreadable] what is here cannot be read: Permission denied")


def test_a_mistake_in_a_template_leaves_the_site_as_it_was(project: Path) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(
        project, {"templates/day.html": "{{ view.nothing }}", "notes/2024-03-20.txt": "2024-03-20\nMamba\n#ssm\n"}
    )
    assert "template" in codes(build_project(project))
    assert read_tree(project / "site") == before


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_template_that_cannot_be_read_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    write_project(project, {"templates/404.html": "<p>없습니다</p>"})

    def refuse(root: Path, path: str) -> bytes:
        if path == "templates/404.html":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root / path))
        return read_inside(root, path)

    monkeypatch.setattr("digest.folders.read_inside", refuse)
    refused = run(project, command)
    assert refused.exit_code == 1
    assert refused.stdout.startswith("templates/404.html: error[template] the file cannot be read: Permission denied\n")


def test_files_that_no_build_wrote_are_neither_replaced_nor_removed(project: Path) -> None:
    write_project(project, {"site/CNAME": "digest.example\n", "site/2024/mine.html": "<p>mine</p>"})
    build_project(project)
    write_project(project, {"site/robots-of-mine.txt": "mine"})
    (project / "notes" / "2024-03-19.txt").unlink()
    build_project(project)
    assert (project / "site" / "CNAME").read_text("utf-8") == "digest.example\n"
    assert (project / "site" / "2024" / "mine.html").exists()
    assert (project / "site" / "robots-of-mine.txt").exists()


def test_a_foreign_file_where_a_page_belongs_is_named_and_nothing_is_written(project: Path) -> None:
    write_project(project, {"site/index.html": "<p>mine</p>"})
    report = build_project(project)
    assert [(problem.path, problem.code) for problem in report.diagnostics] == [("site/index.html", "output")]
    assert read_tree(project / "site") == {"index.html": b"<p>mine</p>"}


@pytest.mark.parametrize(("taken", "mine"), [("2025", "2025"), ("2025/index.html", "2025/index.html/mine.txt")])
def test_a_foreign_file_in_the_way_of_a_folder_and_a_foreign_folder_in_that_of_a_page_stay(
    project: Path, taken: str, mine: str
) -> None:
    note = project / "notes" / "2025-01-01.txt"
    write_project(project, {f"notes/{note.name}": DAY.replace("2024년 3월 19일", "2025년 1월 1일")})
    build_project(project)
    if (project / "site" / taken).is_dir():
        shutil.rmtree(project / "site" / taken)
    else:
        (project / "site" / taken).unlink()
    write_project(project, {f"site/{mine}": "mine"})
    before = read_tree(project / "site")
    report = build_project(project)
    assert [(problem.path, problem.code) for problem in report.diagnostics] == [(f"site/{taken}", "output")]
    assert read_tree(project / "site") == before
    note.unlink()
    (project / "digest.lock").unlink()  # so that no page at the old address is wanted
    assert codes(build_project(project)) == []
    assert read_tree(project / "site") == {**build_from_nothing(project), mine: b"mine"}


def test_a_link_in_the_output_folder_leads_no_file_out_of_it(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    build_project(project)
    write_project(project, {"notes/2025-01-01.txt": DAY.replace("2024년 3월 19일", "2025년 1월 1일")})
    (project / "site" / "2025").symlink_to(outside, target_is_directory=True)
    before = read_tree(project / "site")
    assert codes(build_project(project)) == ["output"]
    assert read_tree(project / "site") == before
    assert list(outside.iterdir()) == []


def test_a_build_names_the_one_that_is_at_work(project: Path) -> None:
    hold = "import sys, time; from pathlib import Path; from digest.store.lock import project_lock\n"
    hold += "with project_lock(Path(sys.argv[1]), '.digest'):\n    print('held', flush=True)\n    time.sleep(600)\n"
    with subprocess.Popen([sys.executable, "-c", hold, str(project)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        refused = run(project, "build")
        other.kill()
    assert refused.exit_code == 2
    assert f"another build is at work here (process {other.pid})" in refused.stderr
    assert run(project, "build").exit_code == 0


def test_a_lock_that_is_no_database_is_made_anew(project: Path) -> None:
    write_project(project, {".digest/lock.sqlite": b"no lock" * 100})
    assert run(project, "build").exit_code == 0


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_lock_that_cannot_be_taken_is_named(project: Path, command: str) -> None:
    for place in (".digest", ".digest/preview"):
        (project / place / "lock.sqlite").mkdir(parents=True)
    refused = run(project, command)
    assert refused.exit_code in (1, 2)
    assert "lock.sqlite: unable to open database file" in refused.output


@pytest.mark.parametrize(
    "damage",
    [b"", b"not a database at all", b"SQLite format 3\0" + bytes(2000)],
)
def test_a_damaged_cache_is_thrown_away_with_a_word(project: Path, damage: bytes) -> None:
    build_project(project)
    for leftover in (project / ".digest").glob("cache.sqlite*"):
        leftover.unlink()
    (project / ".digest" / "cache.sqlite").write_bytes(damage)
    report = build_project(project)
    assert bool(damage) == report.remark.startswith("the cache ")
    assert report.written == 0
    assert len(report.reasons) == report.files


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can list its open files")
@pytest.mark.parametrize("damaged", [slice(0, 100), slice(4096, 4196)], ids=["all of it", "a table"])
def test_a_damaged_cache_is_closed_before_it_is_thrown_away(tmp_path: Path, damaged: slice) -> None:
    with Cache.open(tmp_path, "1") as cache:
        cache.commit()
    content = bytearray((tmp_path / "cache.sqlite").read_bytes())
    content[damaged] = b"x" * 100
    (tmp_path / "cache.sqlite").write_bytes(content)
    with Cache.open(tmp_path, "1") as cache:
        assert cache.remark.startswith("the cache is damaged")
        opened = [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
        assert [name for name in opened if name.startswith(str(tmp_path)) and name.endswith("(deleted)")] == []


def test_a_foreign_database_in_place_of_the_cache_is_thrown_away(project: Path) -> None:
    build_project(project)
    (project / ".digest" / "cache.sqlite").unlink()
    with sqlite3.connect(project / ".digest" / "cache.sqlite") as foreign:
        foreign.execute("CREATE TABLE facts (name TEXT, value BLOB)")
        foreign.execute("CREATE TABLE bookmarks (url TEXT)")
    foreign.close()
    assert build_project(project).remark == "the cache was made by another version and is made anew"
    assert read_tree(project / "site") == build_from_nothing(project)
