"""After a small change, another process renews the search index while this one plans the pages."""

from pathlib import Path

import pytest

from digest.parallel.workers import Workers
from digest.pipeline.indexing import MOST_TERMS

from ..project import DAY, build_project, read_tree, write_project
from .test_incremental import build_from_nothing


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write and build a project with one note."""
    write_project(tmp_path, {"digest.yaml": "title: 기록\n", "notes/2024-03-19.txt": DAY})
    build_project(tmp_path)
    return tmp_path


@pytest.mark.parametrize("way", ["fork", "none"])
@pytest.mark.parametrize("count", [1, MOST_TERMS, MOST_TERMS + 1])
def test_the_index_is_that_of_a_build_from_nothing_however_many_notes_come(
    project: Path, monkeypatch: pytest.MonkeyPatch, way: str, count: int
) -> None:
    monkeypatch.setenv("DIGEST_START_METHOD", way)
    entries = "\n".join(f"\n글 {n}\n{n}번째 모델의 weight{n}입니다.\n#llm" for n in range(count))
    write_project(project, {"notes/2024-03-20.txt": f"2024-03-20\n{entries}\n"})
    report = build_project(project)
    assert report.entries == count + 1
    assert read_tree(project / "site") == build_from_nothing(project)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_note_that_goes_leaves_the_index(project: Path, workers: int) -> None:
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\n새 글\n오로라를 봤습니다.\n"})
    build_project(project, workers=Workers(workers))
    with_note = read_tree(project / "site" / "search")
    (project / "notes" / "2024-03-20.txt").unlink()
    build_project(project, workers=Workers(workers))
    assert read_tree(project / "site" / "search") != with_note
    assert read_tree(project / "site") == build_from_nothing(project)


def test_a_file_of_the_index_that_is_gone_is_written_again(project: Path) -> None:
    gone = next((project / "site" / "search").glob("t*.bin"))
    gone.unlink()
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\n새 글\n오로라를 봤습니다.\n"})
    build_project(project)
    assert read_tree(project / "site") == build_from_nothing(project)
