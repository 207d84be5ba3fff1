"""The file that a note names, and no other."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.files.lookup import Located, Shelf

from ..project import write_project

FILES = [
    "notes/a/one.png", "notes/b/one.png", "notes/a/c/two.png", "notes/top.png", "notes/A Photo.JPG", "notes/b/그림.png",
    "assets/logo.png", "static/img/s.png", "public/p.png", "notes/page.html", "site/out.png", "notes/.hidden/h.png",
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", dict.fromkeys(FILES, "x"))


def find(project: Path, folder: str, target: str) -> Located:
    return Shelf(project, "notes", ["site", ".digest"]).find(folder, target)


@pytest.mark.parametrize(
    ("folder", "target", "path"),
    [
        ("notes/a", "one.png", "notes/a/one.png"),
        ("notes/a", "./one.png", "notes/a/one.png"),
        ("notes/a", "../b/one.png", "notes/b/one.png"),
        ("notes/a", "c/two.png", "notes/a/c/two.png"),
        ("notes/b", "two.png", "notes/a/c/two.png"),
        ("notes/b", "c/two.png", "notes/a/c/two.png"),
        ("notes/b", "vault/notes/a/c/two.png", "notes/a/c/two.png"),
        ("notes/b", "top.png", "notes/top.png"),
        ("notes/a", "a photo.jpg", "notes/A Photo.JPG"),
        ("notes/a", "/assets/logo.png", "assets/logo.png"),
        ("notes/a", "assets/logo.png", "assets/logo.png"),
        ("notes/a", "/img/s.png", "static/img/s.png"),
        ("notes/a", "/p.png", "public/p.png"),
        ("notes/a", "/one.png", "notes/a/one.png"),
        ("notes", unicodedata.normalize("NFD", "b/그림.png"), "notes/b/그림.png"),
    ],
)
def test_a_file_is_found(project: Path, folder: str, target: str, path: str) -> None:
    assert find(project, folder, target) == Located(path)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/assets/a.png", "blog/assets/a.png"),
        ("assets/a.png", "blog/assets/a.png"),
        ("/b.png", "blog/static/b.png"),
        ("/assets/c.png", "assets/c.png"),
    ],
)
def test_a_file_is_found_in_the_folders_that_hold_the_notes_folder(tmp_path: Path, target: str, path: str) -> None:
    files = ["blog/assets/a.png", "blog/static/b.png", "assets/c.png", "blog/assets/c.png", "blog/_posts/n.md"]
    write_project(tmp_path, dict.fromkeys(files, "x"))
    assert Shelf(tmp_path, "blog/_posts").find("blog/_posts", target) == Located(path)


def test_decomposed_names_on_disk_are_found(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "그림.png")
    write_project(tmp_path, {f"notes/{name}": "x"})
    assert find(tmp_path, "notes", "그림.png") == Located(f"notes/{name}")


def test_a_name_that_several_files_have_is_ambiguous_unless_one_lies_beside_the_note(project: Path) -> None:
    both = ("notes/a/one.png", "notes/b/one.png")
    assert find(project, "notes", "one.png") == Located("notes/a/one.png", "ambiguous-link", both)
    assert find(project, "notes/a/c", "one.png") == Located("notes/a/one.png", "ambiguous-link", both)
    assert find(project, "notes/b", "one.png") == Located("notes/b/one.png")


def test_names_that_differ_in_case_alone_are_ambiguous(project: Path) -> None:
    write_project(project, {"notes/X.png": "1", "notes/x.PNG": "2"})
    if (project / "notes/x.png").exists():
        pytest.skip("this file system ignores case")
    assert find(project, "notes", "X.png") == Located("notes/X.png")
    assert find(project, "notes", "x.png").code == "ambiguous-link"


@pytest.mark.parametrize(
    "target", ["none.png", "out.png", "site/out.png", ".hidden/h.png", "h.png", "a", "b", "nul\0.png"]
)
def test_what_is_not_there_hidden_or_output_is_missing(project: Path, target: str) -> None:
    assert find(project, "notes", target) == Located(None, "missing-file")


def test_a_file_that_a_browser_would_run_is_refused(project: Path) -> None:
    assert find(project, "notes", "page.html") == Located(None, "refused-file")
    assert find(project, "notes", "none.html") == Located(None, "missing-file")


def test_no_path_leads_out_of_the_project(project: Path) -> None:
    outside = write_project(project.parent, {"secret.png": "x", "more/s.png": "x"})
    (project / "notes/link.png").symlink_to(outside / "secret.png")
    (project / "notes/folder").symlink_to(outside / "more")
    for target in ("../../secret.png", "link.png", "folder/s.png", "../../../../etc/passwd"):
        assert find(project, "notes", target) == Located(None, "outside-file"), target
    assert find(project, "notes/b", "s.png") == Located(None, "missing-file")


def test_a_link_within_the_project_is_followed_and_one_that_goes_round_is_not(project: Path) -> None:
    (project / "notes/near").symlink_to(project / "assets")
    (project / "notes/round").symlink_to(project / "notes")
    assert find(project, "notes", "near/logo.png") == Located("notes/near/logo.png")
    assert find(project, "notes", "none.png").code == "missing-file"


def test_only_regular_files_count(project: Path) -> None:
    os.mkfifo(project / "notes/pipe.png")
    assert find(project, "notes", "pipe.png") == Located(None, "missing-file")


_STEPS = st.sampled_from(
    ["..", ".", "", "notes", "a", "secret.png", "folder", "s.png", "one.png", "~", "C:", "/etc", "project", "\\"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEPS, min_size=1, max_size=7).map("/".join), st.sampled_from(["", "notes", "notes/a", "notes/none"]))
def test_whatever_a_note_writes_only_files_of_the_project_are_found(project: Path, target: str, folder: str) -> None:
    outside = project.parent
    if not (outside / "secret.png").exists():
        write_project(outside, {"secret.png": "x", "more/s.png": "x"})
        (project / "notes/folder").symlink_to(outside / "more")
    shelf = Shelf(project, "notes")
    found = shelf.find(folder, target)
    assert found.path is None or Path(shelf.real_path(found.path)).is_relative_to(project.resolve())
