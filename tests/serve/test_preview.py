"""The preview shows the very bytes that a build would write, after any change."""

import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.config import load_config
from digest.diagnostics import Diagnostic
from digest.pipeline.build import Project
from digest.pipeline.check import check_project
from digest.serve.preview import Preview, open_preview
from digest.store.cache import Cache

from ..pipeline import walk
from ..project import DAY, build_project, read_tree, write_project

CHANGES = [change for change in walk.CHANGES if "output" not in change.__name__ and "cache" not in change.__name__]


def shown(preview: Preview, names: list[str]) -> dict[str, object]:
    """Ask a preview for files by their name in the output folder, and read those that it gives by their path."""
    paths = {name: name.removesuffix("index.html") if name.endswith("index.html") else name for name in names}
    contents = {name: preview.content(path) for name, path in paths.items()}
    return {name: file.read_bytes() if isinstance(file, Path) else file for name, file in contents.items()}


def read_sources(project: Path) -> dict[str, bytes]:
    """Read all that a site is made of, by its path."""
    return {path: content for path, content in read_tree(project).items() if not path.startswith((".digest", "site"))}


@settings(max_examples=15)
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=6), st.integers(0, 2**32))
@example([walk.write_note, walk.write_note, walk.write_image], 544)  # an image under the name of a document
def test_a_preview_shows_what_a_build_writes_after_any_changes(changes: list[walk.Change], seed: int) -> None:
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        project = write_project(Path(folder), {"notes/2024-03-19.txt": DAY, "digest.yaml": "title: 기록\n"})
        with open_preview(project, drafts=False, base_url=None) as preview:
            for change in changes:
                before = read_sources(project)
                change(project, chance)
                changed = {path for path, _ in before.items() ^ read_sources(project).items()}
                # What the server does where the watcher names notes and nothing else.
                preview.refresh(changed if all(path.startswith(("notes/", "pages/")) for path in changed) else None)
            build_project(project)
            site = read_tree(project / "site")
            del site["sw.js"]  # a preview has one that keeps nothing
            assert shown(preview, list(site)) == site


def test_a_preview_finds_the_problems_that_a_check_finds(tmp_path: Path) -> None:
    entries = "".join(f"글 {n}\n[[아무 데도]] 없는 곳.\n#moe\n\n" for n in range(3))
    notes = {"notes/a.txt": f"2024-03-19\n{entries}같은 주소\n글입니다.\n#moe/page/1\n", "digest.yaml": "per_page: 1\n"}
    project = write_project(tmp_path, notes)
    found = check_project(Project(project, load_config(project)[0]), lambda *_: None).diagnostics
    with open_preview(project, drafts=False, base_url=None) as preview:
        assert sorted(preview.problems) == sorted(found)
        assert {"broken-wikilink", "tag-collision"} <= {problem.code for problem in found}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"notes/2024-03-19.txt": DAY + "\n덧붙인 글\n한 줄을 더 썼습니다.\n#노트\n"},
        {"digest.yaml": "title: 기록\nlanguage: en\n"},
    ],
    ids=["nothing", "a note", "settings"],
)
def test_an_index_that_was_begun_ahead_is_the_one_that_a_build_writes(tmp_path: Path, change: dict[str, str]) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "title: 기록\n"})
    with open_preview(project, drafts=False, base_url=None) as preview:
        preview.index_ahead()
        write_project(project, change)
        preview.refresh()
        build_project(project)
        site = {name: file for name, file in read_tree(project / "site").items() if name.startswith("search/")}
        assert shown(preview, list(site)) == site


def test_the_index_of_no_entries_follows_the_settings(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"digest.yaml": "title: 기록\n"})
    with open_preview(project, drafts=False, base_url=None) as preview:
        former = preview.content("search/index.json")
        write_project(project, {"digest.yaml": "title: 기록\nlanguage: en\n"})
        preview.refresh()
        build_project(project)
        assert preview.content("search/index.json") == (project / "site/search/index.json").read_bytes() != former


def test_what_a_full_disk_kept_out_of_the_cache_is_taken_up_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY})

    def refuse(cache: Cache) -> None:
        cache.rollback()  # as SQLite itself does
        raise sqlite3.OperationalError("database or disk is full")

    with open_preview(project, drafts=False, base_url=None) as preview:
        write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})
        with monkeypatch.context() as patched:
            patched.setattr("digest.store.cache.Cache.commit", refuse)
            for _ in range(2):  # the server looks once more when all is quiet
                assert preview.refresh()
                assert [problem.message for problem in preview.problems] == ["database or disk is full"]
        preview.refresh()
        build_project(project)
        assert preview.problems == ()
        assert preview.content("2024/03/20/") == (project / "site/2024/03/20/index.html").read_bytes()


def test_a_mistake_in_the_template_of_days_is_found_with_the_first_day(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"templates/day.html": "{% if %}"})
    with open_preview(project, drafts=False, base_url=None) as preview:
        assert not preview.refresh()
        write_project(project, {"notes/2024-03-19.txt": DAY})
        assert preview.refresh({"notes/2024-03-19.txt"})
        assert [problem.path for problem in preview.problems] == ["templates/day.html"]
        assert isinstance(preview.content("2024/03/19/"), bytes)


@pytest.mark.skipif(sys.platform != "linux", reason="only there another process makes the first index")
def test_what_was_begun_ahead_ends_with_the_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    begun = note_forks(monkeypatch)
    for _ in range(2):  # the second would find the project in use
        with open_preview(project, drafts=False, base_url=None) as preview:
            del begun[:]
            preview.index_ahead()
        assert len(begun) == 1
        assert not any(map(is_there, begun))


def test_a_tag_changes_exactly_when_the_bytes_do(golden_project: Path) -> None:
    names = [name for name in read_tree(golden_project / "site") if not name.startswith("search/")]
    note = golden_project / "notes" / "2024-03-20.txt"
    before = note.read_text("utf-8")
    with open_preview(golden_project, drafts=False, base_url=None) as preview:
        paths = [name.removesuffix("index.html") if name.endswith("index.html") else name for name in names]
        tags, contents = [preview.tag(path) for path in paths], [preview.content(path) for path in paths]
        assert not any(isinstance(content, Diagnostic) for content in contents)
        note.write_text(before + "\n덧붙인 글\n한 줄을 더 썼습니다.\n#노트\n", "utf-8")
        try:
            assert preview.refresh()
            for path, tag, content in zip(paths, tags, contents, strict=True):
                if preview.content(path) != content:
                    assert preview.tag(path) != tag
        finally:
            note.write_text(before, "utf-8")
        assert preview.refresh()
        assert [preview.tag(path) for path in paths] == tags
        assert not preview.refresh()


@pytest.mark.skipif(sys.platform != "linux", reason="only there another process makes the first index")
def test_an_interrupt_while_the_first_index_is_begun_comes_when_it_has_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    with open_preview(project, drafts=False, base_url=None) as preview:
        with monkeypatch.context() as patched:
            begun = note_forks(patched, before=lambda: signal.raise_signal(signal.SIGINT))
            # A suite that a shell started in the background inherits SIGINT as ignored.
            former = signal.signal(signal.SIGINT, signal.default_int_handler)
            try:
                with pytest.raises(KeyboardInterrupt):
                    preview.index_ahead()
            finally:
                signal.signal(signal.SIGINT, former)
        assert len(begun) == 1
    assert not is_there(begun[0])


def note_forks(monkeypatch: pytest.MonkeyPatch, before: Callable[[], object] = lambda: None) -> list[int]:
    """Return a list that the processes which are forked from now on come into, each after a call."""
    fork = os.fork
    begun: list[int] = []

    def note() -> int:
        before()
        child = fork()
        begun.append(child)
        return child

    monkeypatch.setattr(os, "fork", note)
    return begun


def is_there(child: int) -> bool:
    """Tell whether a process that was forked here still is to be waited for."""
    try:
        os.waitpid(child, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_a_preview_with_drafts_marks_them_in_lists_and_on_their_pages(tmp_path: Path) -> None:
    notes = {
        "notes/240319 Secret.md": "---\ndraft: true\n---\nA secret text.\n",
        "notes/240320 Public.md": "A public text.\n",
        "pages/about.md": "---\ndraft: true\n---\n# About\n\nText.\n",
    }
    project = write_project(tmp_path, {"digest.yaml": "language: en\n", **notes})
    mark = b'<span class="draft">Draft</span>'
    with open_preview(project, drafts=True, base_url=None) as preview:
        for path in ("", "2024/03/19/", "2024/03/19/secret/", "about/"):
            page = preview.content(path)
            assert isinstance(page, bytes)
            assert page.count(mark) == 1, path
        public = preview.content("2024/03/20/public/")
        assert isinstance(public, bytes)
        assert mark not in public


def test_a_note_and_an_image_that_came_together_are_shown_together(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"notes/240319 Plan.md": "![](old.png)\n", "notes/old.png": b"old"})
    with open_preview(project, drafts=False, base_url=None) as preview:
        assert b'src="/files/old.' in cast("bytes", preview.content("2024/03/19/"))
        write_project(project, {"notes/240319 Plan.md": "![](new.png)\n", "notes/new.png": b"new"})
        preview.refresh()
        assert b'src="/files/new.' in cast("bytes", preview.content("2024/03/19/"))


def test_a_home_page_and_contents_of_the_author_are_shown_as_a_build_would_write_them(tmp_path: Path) -> None:
    notes = {
        "notes/240319 Plan.md": "A text.\n",
        "pages/a.md": "# First\n\nText.\n",
        "pages/b.md": "# Second\n\nText.\n",
    }
    project = write_project(tmp_path, {"digest.yaml": "language: en\n", **notes})
    names = ["index.html", "a/index.html", "b/index.html"]
    index = "---\ncontents: true\n---\n# Welcome\n\n- [One](a.md)\n"
    with open_preview(project, drafts=False, base_url=None) as preview:
        assert b"Welcome" not in cast("bytes", preview.content(""))
        for text in (index, f"{index}- [Two](b.md)\n"):
            write_project(project, {"pages/index.md": text})
            preview.refresh()
            build_project(project)
            assert shown(preview, names) == {name: (project / "site" / name).read_bytes() for name in names}
        assert b"Welcome" in cast("bytes", preview.content(""))
        (project / "pages/index.md").unlink()
        preview.refresh()
        assert b"Welcome" not in cast("bytes", preview.content(""))
