"""A note that lost its text to a merge or an encoding is an error at its line, and the site stays as it was."""

import shutil
from pathlib import Path

import pytest

from digest.conflicts import find_conflict

from ..project import DAY, read_tree, run, write_project

CONFLICT = "2024-03-20\nA\n<<<<<<< HEAD\nleft\n#a\n=======\nright\n#b\n>>>>>>> theirs\n"
GOOD = {"notes/2024-03-19.txt": DAY, "notes/2024-03-20.txt": "2024-03-20\nA\nb\n#a\n"}


@pytest.mark.parametrize("name", ["notes/2024-03-20.txt", "notes/2024-03-21.md", "pages/about.md"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_merge_conflict_is_an_error_at_its_marker_and_the_site_stays_as_it_was(
    tmp_path: Path, name: str, end: str
) -> None:
    write_project(tmp_path, GOOD)
    assert run(tmp_path, "build").exit_code == 0
    before = read_tree(tmp_path / "site")
    write_project(tmp_path, {name: CONFLICT.replace("\n", end)})
    for _ in range(2):
        result = run(tmp_path, "build")
        assert result.exit_code == 1
        assert f"{name}:3:1: error[merge-conflict] a merge conflict begins here and ends in line 9\n" in result.stdout
        assert "nothing was published and the site is unchanged" in result.stderr
        assert read_tree(tmp_path / "site") == before
    assert run(tmp_path, "check").exit_code == 1
    write_project(tmp_path, {name: "2024-03-20\nA\nb\n#a\n"})
    assert run(tmp_path, "build").exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "제목\n=======\n본문.\n#a\n",
        "제목\n<<<<<<< 이런 표시를 봤습니다.\n본문.\n#a\n",
        "제목\n>>>>>>> a\n=======\n<<<<<<< b\n#a\n",
        "제목\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n```\n#a\n",
        "제목\n<<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n#a\n",
        "제목\n    <<<<<<< HEAD\n    a\n    =======\n    b\n    >>>>>>> theirs\n#a\n",
    ],
    ids=["underline", "one marker", "wrong order", "code", "eight signs", "indented"],
)
def test_markers_that_are_no_conflict_are_text(tmp_path: Path, text: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\n{text}"})
    result = run(tmp_path, "build")
    assert "merge-conflict" not in result.stdout
    assert (tmp_path / "site/index.html").exists()


def test_a_conflict_with_the_lines_of_the_common_ancestor_is_found() -> None:
    lines = ["<<<<<<< HEAD", "a", "||||||| base", "b", "=======", "c", ">>>>>>> theirs"]
    found = find_conflict(["x", *lines])
    assert found
    assert (found.first_line, found.last_line) == (2, 8)
    assert find_conflict(lines[:-1]) is None


CP949 = "2024년 3월 20일\n한글 제목\n본문입니다.\n#a\n".encode("cp949")


def test_a_published_note_that_stops_being_utf8_keeps_its_pages(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD)
    assert run(tmp_path, "build").exit_code == 0
    before = read_tree(tmp_path / "site")
    write_project(tmp_path, {"notes/2024-03-20.txt": CP949, "notes/2024-03-21.txt": "2024-03-21\nC\nd\n#a\n"})
    # Also if nothing is reused, and if the settings change how notes are read.
    for command, settings in (
        (["build"], ""),
        (["build", "--clean"], ""),
        (["build"], "notes_language: en\n"),
        (["build"], ""),
    ):
        write_project(tmp_path, {"digest.yaml": settings})
        result = run(tmp_path, *command)
        assert result.exit_code == 1
        assert "error[undecodable]" in result.stdout
        assert "nothing was published and the site is unchanged" in result.stderr
        assert read_tree(tmp_path / "site") == before
    write_project(tmp_path, {"notes/2024-03-20.txt": CP949.decode("cp949").encode()})
    assert run(tmp_path, "build").exit_code == 0
    assert "2024/03/21/c/index.html" in read_tree(tmp_path / "site")


def test_a_file_that_never_was_utf8_is_left_out_and_the_others_are_built(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "notes/2024-03-20.txt": CP949})
    for _ in range(2):
        result = run(tmp_path, "build")
        assert result.exit_code == 1
        assert "error[undecodable]" in result.stdout
        assert (tmp_path / "site/2024/03/19/grok-1/index.html").exists()
    write_project(tmp_path, {"notes/2024-03-21.txt": "2024-03-21\nC\nd\n#a\n"})
    run(tmp_path, "build")
    assert (tmp_path / "site/2024/03/21/c/index.html").exists()


def test_a_published_note_that_is_no_longer_utf_8_keeps_its_pages_if_only_the_lock_knows_it(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD)
    run(tmp_path, "build")
    before = read_tree(tmp_path / "site")
    shutil.rmtree(tmp_path / ".digest")
    write_project(tmp_path, {"notes/2024-03-20.txt": CP949})
    for _ in range(2):
        result = run(tmp_path, "build")
        assert result.exit_code == 1
        assert "error[undecodable]" in result.stdout
        assert read_tree(tmp_path / "site") == before
    write_project(tmp_path, {"notes/2024-03-20.txt": GOOD["notes/2024-03-20.txt"], "notes/2024-03-21.txt": CP949})
    assert "error[undecodable]" in run(tmp_path, "build").stdout
    assert (tmp_path / "site/2024/03/20/a/index.html").exists()


def test_check_says_no_more_of_a_published_note_that_is_no_longer_text_than_a_build(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD)
    run(tmp_path, "build")
    write_project(tmp_path, {"notes/2024-03-20.txt": CP949})
    checked = run(tmp_path, "check")
    assert checked.exit_code == 1
    assert "error[undecodable]" in checked.stdout
    assert checked.stdout == run(tmp_path, "build").stdout
    assert "digest.lock" not in checked.stdout + checked.stderr
    (tmp_path / "notes/2024-03-20.txt").unlink()
    assert "digest.lock" in run(tmp_path, "check").stderr


def test_a_published_note_that_is_removed_loses_its_pages_even_if_it_was_no_text_before(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD)
    run(tmp_path, "build")
    write_project(tmp_path, {"notes/2024-03-20.txt": CP949})
    run(tmp_path, "build")
    (tmp_path / "notes/2024-03-20.txt").unlink()
    assert run(tmp_path, "build").exit_code == 0
    assert "noindex" in (tmp_path / "site/2024/03/20/a/index.html").read_text("utf-8")
    assert not (tmp_path / "site/2024/03/20/a/index.md").exists()


def test_a_file_whose_lines_end_in_cr_alone_is_read_like_any_other(tmp_path: Path) -> None:
    text = "2024-03-19\nKestrel\nA bird.\n\n- one\n- two\n#birds #2024\nWren\nSmall. [[nowhere]]\n#birds\n"
    sites = []
    for name, end in (("lf", "\n"), ("cr", "\r"), ("crlf", "\r\n")):
        project = write_project(tmp_path / name, {"notes/2024-03-19.txt": text.replace("\n", end)})
        result = run(project, "build")
        assert "notes/2024-03-19.txt:7:8: warning[odd-tag]" in result.stdout
        assert "notes/2024-03-19.txt:9:8: warning[broken-wikilink]" in result.stdout
        sites.append(read_tree(project / "site"))
    assert sites[0] == sites[1] == sites[2]
