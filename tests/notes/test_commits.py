import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from digest.notes.commits import HistoryError, first_commits

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(folder: Path, *arguments: str, date: str = "2024-01-01T12:00:00+0900") -> None:
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    environment = {**os.environ, **names, **dates, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path, date: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "notes", date=date)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "project"
    (folder / "notes").mkdir(parents=True)
    git(folder.parent, "init")
    return folder


def test_a_file_has_the_day_of_its_first_commit_as_its_author_saw_it(repository: Path) -> None:
    (repository / "notes/한글 이름.md").write_text("하나\n" * 9)
    (repository / "notes/b.md").write_text("b")
    (repository / "outside.md").write_text("c")
    commit(repository, "2024-03-19T23:30:00-0700")
    (repository / "notes/b.md").write_text("changed")
    (repository / "notes/한글 이름.md").rename(repository / "notes/새 이름.md")
    commit(repository, "2024-05-01T12:00:00+0900")
    (repository / "notes/later.md").write_text("d")
    commit(repository, "2024-06-01T00:10:00+0900")
    (repository / "notes/never.md").write_text("e")
    dates = first_commits(repository, "notes")
    assert dates["notes/b.md"] == dates["notes/새 이름.md"] == dt.date(2024, 3, 19)
    assert dates["notes/later.md"] == dt.date(2024, 6, 1)
    assert "notes/never.md" not in dates
    assert "outside.md" not in dates


def test_a_repository_without_commits_gives_no_dates(repository: Path) -> None:
    assert first_commits(repository, "notes") == {}


def test_a_shallow_clone_is_an_error_that_says_what_to_change(repository: Path, tmp_path: Path) -> None:
    for day in (1, 2):
        (repository / "notes/a.md").write_text(str(day))
        commit(repository, f"2024-03-0{day}T12:00:00+0900")
    git(tmp_path, "clone", "--depth=1", f"file://{repository.parent}", "shallow")
    with pytest.raises(HistoryError, match="shallow") as caught:
        first_commits(tmp_path / "shallow/project", "notes")
    assert "fetch-depth: 0" in caught.value.hint


def test_a_folder_outside_any_repository_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(HistoryError, match="not a git repository"):
        first_commits(tmp_path, "notes")
