"""Whole builds with failing calls of the file system: the site is the old one or the new one, and the message says which."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.config import Config
from digest.parallel.workers import Workers
from digest.pipeline.build import Options, Project, Report, build
from digest.store.staging import STAGING

from ..faults import Disk, Ending, run_and_die
from ..files.images import png
from ..project import DAY, read_tree, write_project

FILES: dict[str, str | bytes] = {
    "notes/2023-12-31.txt": "2023-12-31\n끝\n한 해의 끝입니다. ![[a.png]]\n#year\n",
    "notes/2024-03-19.txt": DAY,
    "notes/a.png": png(2, 3),
    "public/CNAME": "digest.example\n",
    "templates/404.html": "<p>없습니다</p>",
}
CHANGES: dict[str, Callable[[Path], object]] = {
    "from nothing": lambda project: list(map(shutil.rmtree, (project / "site", project / ".digest"))),
    "a new note": lambda project: write_project(project, {"notes/2025-01-01.txt": "2025-01-01\n새해\n첫 글.\n#year\n"}),
    "a removed note": lambda project: (project / "notes/2023-12-31.txt").unlink(),
    "a changed template": lambda project: write_project(
        project, {"templates/day.html": '{% extends "theme:day.html" %}{% block layout %}mine{% endblock %}'}
    ),
}
STEPS = {"once": 211, "for good": 389, "kill": 397}
"""Every so many calls one fails: `tests/store/test_faults.py` tries each call of publishing."""
WITHOUT_A_FILE = ("missing-file", "unreadable-file")
"""If an image cannot be read, that is a warning, and the site shows the others."""


def copy(original: Path, project: Path) -> None:
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(original, project)


def read_site(project: Path) -> dict[str, bytes]:
    """Return the site without a staging directory, which may be left if removing fails."""
    return {path: content for path, content in read_tree(project / "site").items() if not path.startswith(STAGING)}


def sequential(project: Path) -> Report:
    return build(Project(project, Config(title="기록")), Options(Workers(1)), lambda *_: None)


@pytest.fixture(scope="module", params=CHANGES)
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a project that was built and then changed, and a place to copy it to."""
    folder = tmp_path_factory.mktemp("faults")
    project = write_project(folder / "original", FILES)
    sequential(project)
    CHANGES[request.param](project)
    return project, folder / "project"


@pytest.fixture(scope="module")
def sites(changed: tuple[Path, Path]) -> tuple[dict[str, bytes], dict[str, bytes], int]:
    """Return the site before the change and after it, and the number of calls between the two."""
    original, project = changed
    copy(original, project)
    before, disk = read_tree(project / "site"), Disk(project)
    with disk.in_place():
        sequential(project)
    after = read_tree(project / "site")
    return before, after, disk.calls


@pytest.mark.parametrize("ending", ["once", "for good"])
def test_if_a_call_fails_the_site_is_what_the_report_says(
    changed: tuple[Path, Path], sites: tuple[dict[str, bytes], dict[str, bytes], int], ending: Ending
) -> None:
    original, project = changed
    before, after, calls = sites
    for number in range(1, calls, STEPS[ending]):
        copy(original, project)
        with Disk(project, number, ending).in_place():
            report = sequential(project)
        site = read_site(project)
        if report.half_published:
            assert ending == "for good"
            assert "some files of the site are new and some are old" in report.summary
        elif report.refused:
            assert site == before
            assert "nothing was published and the site is unchanged" in report.summary
        elif not any(problem.code in WITHOUT_A_FILE for problem in report.diagnostics):
            assert site == after
        assert sequential(project).refused is False
        assert read_tree(project / "site") == after


def test_a_build_after_a_kill_gives_the_same_site(
    changed: tuple[Path, Path], sites: tuple[dict[str, bytes], dict[str, bytes], int]
) -> None:
    original, project = changed
    before, after, calls = sites
    for number in range(1, calls, STEPS["kill"]):
        copy(original, project)
        run_and_die(Disk(project, number, "kill"), lambda: sequential(project))
        site = read_site(project)
        assert all(content in (before.get(path), after.get(path)) for path, content in site.items())
        assert sequential(project).refused is False
        assert read_tree(project / "site") == after
