"""Whatever changed since the last build, the next one gives the bytes of a build from nothing."""

import os
import random
import shutil
import sqlite3
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.pipeline.build import Report

from ..project import DAY, build_project, read_tree, run, write_project
from . import walk

SOURCES = ("notes", "templates", "pages", "public", "쪽", "파일", "digest.yaml", "digest.lock", "papers.yaml")


def build_from_nothing(project: Path) -> dict[str, bytes]:
    """Build a project's sources in a folder of their own, and read the site."""
    with TemporaryDirectory() as empty:
        for name in SOURCES:
            if (project / name).is_dir():
                shutil.copytree(project / name, Path(empty) / name)
            elif (project / name).exists():
                shutil.copy(project / name, empty)
        build_project(Path(empty))
        return read_tree(Path(empty) / "site")


@settings(max_examples=25)
@given(st.lists(st.sampled_from(walk.CHANGES), min_size=1, max_size=8), st.integers(0, 2**32))
@example([walk.change_settings, walk.damage_cache, walk.write_note], 25421)  # hits a compiled template
@example([walk.write_papers, walk.write_note, walk.write_papers, walk.remove_papers, walk.write_papers], 3)
def test_a_warm_build_is_a_cold_one_after_any_changes(changes: list[walk.Change], seed: int) -> None:
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        project = write_project(Path(folder), {"notes/2024-03-19.txt": DAY, "digest.yaml": "title: 기록\n"})
        build_project(project)
        for change in changes:
            change(project, chance)
            if chance.random() < 0.6:
                build_project(project)
        build_project(project)
        assert read_tree(project / "site") == build_from_nothing(project)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write and build a project of two days far apart."""
    notes = {
        "notes/2023-01-01.txt": "2023-01-01\n옛 글\n오래전 글입니다.\n#ssm\n",
        "notes/2024-03-19.txt": DAY,
    }
    write_project(tmp_path, {"digest.yaml": "title: 기록\n", **notes})
    build_project(tmp_path)
    return tmp_path


def reasons(report: Report) -> dict[str, str]:
    return dict(report.reasons)


def test_a_build_with_nothing_to_do_writes_nothing(project: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")}
    report = build_project(project)
    assert (report.written, report.removed, report.reasons) == (0, 0, ())
    assert {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")} == before


def test_an_edited_note_makes_no_page_again_that_does_not_show_it(project: Path) -> None:
    note = project / "notes" / "2024-03-19.txt"
    note.write_text(note.read_text("utf-8").replace("314B", "삼천억"), "utf-8")
    made = reasons(build_project(project))
    assert made["2024/03/19/index.html"] == "its content changed"
    assert "2023/01/01/index.html" not in made
    assert "tags/ssm/index.html" not in made


def test_the_page_of_an_entry_follows_the_sentence_that_mentions_it(project: Path) -> None:
    page = project / "site/2023/01/01/옛-글/index.html"
    note = project / "notes/2024-03-21.txt"
    for sentence in ("옛 글이 생각납니다.", "옛 글과는 다릅니다."):
        note.write_text(f"2024-03-21\n새 글\n먼저 한 문장. [[{sentence[:3]}]]{sentence[3:]}\n#ssm\n", "utf-8")
        made = reasons(build_project(project))
        assert made["2023/01/01/옛-글/index.html"] == "its content changed"
        assert f">{sentence}<" in page.read_text("utf-8")
    note.unlink()
    build_project(project)
    assert sentence not in page.read_text("utf-8")
    assert read_tree(project / "site") == build_from_nothing(project)


def test_the_cache_keeps_the_texts_of_the_notes_there_are_drafts_among_them(project: Path) -> None:
    note = project / "notes" / "2024-03-19.txt"
    write_project(project, {"notes/draft.md": "---\ndate: 2024-03-21\ndraft: true\n---\n아직 씁니다.\n#ssm\n"})
    build_project(project)
    with sqlite3.connect(project / ".digest" / "cache.sqlite") as cache:
        count = "SELECT count(*) FROM bodies"
        before = cache.execute(count).fetchone()
        for words in ("하나", "둘", "셋"):
            note.write_text(note.read_text("utf-8").replace("모델이네요", f"모델이네요 {words}"), "utf-8")
            build_project(project)
        assert cache.execute(count).fetchone() == before
    cache.close()
    shown = run(project, "check", "--drafts", "--links")
    assert "damaged" not in shown.stderr


def test_a_note_that_was_only_touched_makes_nothing_again(project: Path) -> None:
    (project / "notes" / "2024-03-19.txt").touch()
    assert build_project(project).reasons == ()


def test_every_reason_for_making_a_file_again_is_told(project: Path) -> None:
    site = project / "site"
    (site / "robots.txt").unlink()
    (site / "2023" / "index.html").write_text("<p>altered</p>", "utf-8")
    assert reasons(build_project(project)) == {
        "robots.txt": "the file is gone",
        "2023/index.html": "the file was altered",
    }
    write_project(project, {"templates/404.html": "<p>없습니다</p>"})
    assert set(reasons(build_project(project)).values()) == {"the theme changed: `404.html`"}
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"})
    assert reasons(build_project(project))["2024/03/20/index.html"] == "it is new"


def test_changed_settings_and_templates_write_only_what_they_change(project: Path) -> None:
    write_project(project, {"templates/404.html": "<p>없습니다</p>"})
    assert build_project(project).written == 1


def test_pages_that_are_gone_are_removed_with_their_folders(project: Path) -> None:
    (project / "notes" / "2023-01-01.txt").unlink()
    (project / "digest.lock").unlink()  # an address that is remembered keeps a page
    assert build_project(project).removed > 0
    assert not (project / "site" / "2023").exists()
    assert not (project / "site" / "tags" / "ssm").exists()


def test_a_static_file_that_is_gone_is_removed_though_its_name_holds_what_ends_a_line(project: Path) -> None:
    static = project / "templates" / "static" / "두\u2028줄.txt"
    write_project(project, {f"templates/static/{static.name}": "글"})
    build_project(project)
    static.unlink()
    assert build_project(project).removed == 1
    assert read_tree(project / "site") == build_from_nothing(project)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can list its open files")
def test_a_manifest_is_replaced_while_it_is_not_open(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file, replaced = os.replace, []

    def replace(source: str | Path, target: str | Path) -> None:
        opened = [os.path.realpath(file) for file in Path("/proc/self/fd").iterdir()]
        if os.fspath(target).endswith(".digest-manifest"):
            replaced.append(os.path.realpath(target) in opened)
        replace_file(source, target)

    (project / "notes" / "2023-01-01.txt").unlink()
    monkeypatch.setattr(os, "replace", replace)
    assert build_project(project).removed > 0
    assert replaced == [False, False]


def test_clean_makes_everything_again_and_changes_nothing(project: Path) -> None:
    before = read_tree(project / "site")
    report = build_project(project, clean=True)
    assert (len(report.reasons), report.written) == (report.files, 0)
    assert read_tree(project / "site") == before


def test_another_version_of_the_program_makes_everything_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.pipeline.build.program_hash", lambda: bytes(16))
    report = build_project(project)
    assert report.remark == "the cache was made by another version and is made anew"
    assert len(report.reasons) == report.files
    assert report.written == 0


@pytest.mark.parametrize("workers", [0, 3])
def test_the_number_of_workers_and_the_order_of_files_change_no_byte(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("digest.parallel.workers.available_processors", lambda: 2)  # one process built `project`
    other = tmp_path / "other"
    names = sorted((project / "notes").iterdir(), reverse=True)
    write_project(other, {f"notes/{path.name}": path.read_bytes() for path in names})
    write_project(other, {"digest.yaml": "title: 기록\n"})
    build_project(other, workers=workers)
    assert read_tree(other / "site") == read_tree(project / "site")
