"""Publishing is tested with every single call of the file system failing: the site is then the old one or the new one."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from digest.store.journal import UndoError
from digest.store.manifest import FILE_NAME as MANIFEST
from digest.store.output import Output
from digest.store.staging import STAGING

from ..faults import Disk, Ending, run_and_die
from ..project import read_tree, write_project

Site = Mapping[str, str]
KILLED_EVERY = 5
"""A process is killed at every fifth call, since each kill takes a new one."""

OLD = {"index.html": "old", "2024/03/index.html": "old", "a/b.html": "old", "same.css": "x"}
CHANGES: dict[str, tuple[Site, Site]] = {
    "a first build": ({}, OLD),
    "a changed entry": (OLD, {**OLD, "index.html": "new", "2024/03/index.html": "new"}),
    "a new entry": (OLD, {**OLD, "index.html": "new", "2025/index.html": "new", "2024/03/x/index.html": "new"}),
    "removed entries": (OLD, {"index.html": "new", "same.css": "x"}),
    "a changed template": (OLD, dict.fromkeys(OLD, "new")),
    "a file that becomes a folder": ({**OLD, "tags": "old"}, {**OLD, "tags/index.html": "new"}),
    "a folder that becomes a file": ({**OLD, "d/tags/a": "old", "d/tags/b": "old"}, {**OLD, "d/tags": "new"}),
    "nothing": (OLD, OLD),
}


def publish(project: Path, site: Site) -> None:
    """Publish a site as a build does."""
    output = Output(project, "site")
    output.recover()
    output.open_stage()
    try:
        for path, content in site.items():
            output.staged += output.stage.put(path, content.encode()).staged
        output.publish(site)
    finally:
        output.discard()


def recover(project: Path) -> None:
    Output(project, "site").recover()


def read_site(project: Path) -> dict[str, str]:
    return {path: content.decode() for path, content in read_tree(project / "site").items() if STAGING not in path}


def assert_published(project: Path, site: Site) -> None:
    """Check that the site is there, and nothing else."""
    assert read_site(project) == site
    assert sorted((project / "site" / MANIFEST).read_text("utf-8").splitlines()) == sorted(site)
    assert not (project / "site" / STAGING).exists()
    folders = {path.relative_to(project / "site").as_posix() for path in (project / "site").rglob("*") if path.is_dir()}
    assert folders == {parent.as_posix() for path in site for parent in Path(path).parents if parent != Path()}


def copies(tmp_path: Path, old: Site) -> Iterator[Path]:
    """Yield a folder with the old site again and again, always at the same path."""
    original, project = tmp_path / "original", tmp_path / "project"
    write_project(original, {"site/mine/CNAME": "of somebody else"} if old else {})
    original.mkdir(exist_ok=True)
    if old:
        publish(original, old)
    while True:
        shutil.copytree(original, project, symlinks=True)
        yield project
        shutil.rmtree(project)


def theirs(old: Site) -> Site:
    """Return the file in the old site that no build wrote."""
    return {"mine/CNAME": "of somebody else"} if old else {}


@pytest.mark.parametrize("ending", ["once", "for good"])
@pytest.mark.parametrize("change", CHANGES)
def test_if_any_call_fails_the_site_is_old_or_new_or_the_error_says_that_it_is_neither(
    tmp_path: Path, change: str, ending: Ending
) -> None:
    old, new = CHANGES[change]
    before, after = {**old, **theirs(old)}, {**new, **theirs(old)}
    outcomes = set()
    for number, project in enumerate(copies(tmp_path, old), start=1):
        disk = Disk(project, number, ending)
        try:
            with disk.in_place():
                publish(project, new)
        except UndoError:
            outcome = "between"
            assert ending == "for good"
            assert set(read_site(project)) >= old.keys() & new.keys()
        except OSError:
            outcome = "old"
            assert read_site(project) == before
        else:
            outcome = "new"
            assert read_site(project) == after
        outcomes.add(outcome)
        recover(project)
        assert read_site(project) == (after if outcome == "new" else before)
        publish(project, new)
        assert read_site(project) == after
        assert sorted((project / "site" / MANIFEST).read_text("utf-8").splitlines()) == sorted(new)
        assert not (project / "site" / STAGING).exists()
        if not disk.failed:
            break
    assert number > 20
    assert outcomes >= {"old", "new"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed")
@pytest.mark.parametrize("change", CHANGES)
def test_a_build_killed_at_any_call_leaves_whole_files_and_the_next_takes_it_back_or_finds_it_done(
    tmp_path: Path, change: str
) -> None:
    old, new = CHANGES[change]
    before, after = {**old, **theirs(old)}, {**new, **theirs(old)}
    outcomes = set()
    for number, project in enumerate(copies(tmp_path, old)):
        died = run_and_die(Disk(project, number * KILLED_EVERY + 1, "kill"), partial(publish, project, new))
        found = read_site(project)
        assert all(content in (before.get(path), after.get(path)) for path, content in found.items())
        assert found.keys() >= before.keys() & after.keys()
        recover(project)
        outcomes.add("old" if read_site(project) == before else "new")
        assert read_site(project) in (before, after)
        publish(project, new)
        assert read_site(project) == after
        assert not (project / "site" / STAGING).exists()
        if not died:
            break
    assert outcomes == ({"old", "new"} if before != after else {"old"})


def test_a_site_has_no_empty_folders_and_lists_all_its_files(tmp_path: Path) -> None:
    for old, new in CHANGES.values():
        publish(tmp_path, old)
        publish(tmp_path, new)
        assert_published(tmp_path, new)


def test_at_no_moment_a_page_names_a_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the site after each move: each page names the style sheet of its time."""
    publish(tmp_path, {"index.html": "1.css", "b.html": "1.css", "1.css": ""})
    replace, looks = os.replace, 0

    def replace_and_look(source: str, target: str) -> None:
        nonlocal looks
        replace(source, target)
        site = read_site(tmp_path)
        assert all(content in site for path, content in site.items() if path.endswith(".html"))
        looks += 1

    monkeypatch.setattr(os, "replace", replace_and_look)
    publish(tmp_path, {"index.html": "2.css", "b.html": "2.css", "2.css": ""})
    assert looks > 4
    assert_published(tmp_path, {"index.html": "2.css", "b.html": "2.css", "2.css": ""})


def test_a_file_is_kept_by_moving_it_if_the_system_allows_no_second_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for number, project in enumerate(copies(tmp_path, OLD), start=1):
        disk = Disk(project, number)
        try:
            with disk.in_place():
                publish(project, dict.fromkeys(OLD, "new"))
        except OSError:
            assert read_site(project) == {**OLD, **theirs(OLD)}
        if not disk.failed:
            break
    assert read_site(project) == {**dict.fromkeys(OLD, "new"), **theirs(OLD)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed")
def test_what_somebody_puts_into_a_site_after_a_kill_stays(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    new = {**OLD, "2025/index.html": "new", "a/d.html": "new"}
    for number in range(1, 10_000, KILLED_EVERY):
        run_and_die(Disk(tmp_path, number, "kill"), lambda: publish(tmp_path, new))
        if (tmp_path / "site/2025").exists():
            break
        recover(tmp_path)
    write_project(tmp_path, {"site/2025/CNAME": "mine"})
    recover(tmp_path)
    assert read_site(tmp_path) == {**OLD, "2025/CNAME": "mine"}


@pytest.mark.parametrize("journal", [b"\xff\n", b"remove ../mine\n", b"replace /mine\n", b"paint index.html\n"])
def test_a_damaged_journal_is_named_and_leads_nowhere(tmp_path: Path, journal: bytes) -> None:
    publish(tmp_path, OLD)
    write_project(tmp_path, {f"site/{STAGING}/journal": journal, f"site/{STAGING}/old/0": "x"})
    with pytest.raises(UndoError, match="the journal is damaged"):
        recover(tmp_path)
    assert read_site(tmp_path) == OLD
    assert not (tmp_path / "mine").exists()


@pytest.mark.skipif(os.name == "nt", reason="there, links need a privilege")
def test_nothing_is_taken_back_through_a_link(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/link").symlink_to(tmp_path / "elsewhere")
    journal = "replace .digest-manifest\nremove link/a.html\n"
    write_project(tmp_path, {f"site/{STAGING}/journal": journal, f"site/{STAGING}/old/1": "x"})
    with pytest.raises(UndoError, match="a folder of the site is a link"):
        recover(tmp_path)
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="paths there are shorter")
@pytest.mark.parametrize("name", ["a", "n" * 200])
def test_a_staging_directory_with_thousands_of_nested_folders_is_removed(tmp_path: Path, name: str) -> None:
    publish(tmp_path, OLD)
    here = os.open(tmp_path / "site", os.O_RDONLY)
    for step in (STAGING, *[name] * 2100):
        os.mkdir(step, dir_fd=here)
        inner = os.open(step, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    publish(tmp_path, OLD)
    assert_published(tmp_path, OLD)
