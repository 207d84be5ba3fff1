"""Files while an author's editor saves them: a site never shows a file that is only empty or away for a moment."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.serve.good import MOMENT_SECONDS
from digest.serve.preview import open_preview
from digest.serve.watching import BLANK_SECONDS, SETTLE_SECONDS

from ..program import PATIENCE_SECONDS
from ..project import DAY, write_project
from .conftest import Serve

MOMENT = 0.02
SAVES = 4
PATIENT = (
    "from digest.serve import good, opened, watching; "
    "good.MOMENT_SECONDS = opened.PATIENCE_SECONDS = watching.BLANK_SECONDS = 30; watching.SETTLE_SECONDS = 31"
)
"""On a busy machine, a moment is long."""


def empty_first(path: Path, text: str) -> None:
    path.write_bytes(b"")
    time.sleep(MOMENT)
    path.write_text(text, "utf-8")


def remove_first(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(MOMENT)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("path", "page", "text", "save"),
    [
        ("notes/2024-03-19.txt", "/repo/2024/03/19/", DAY + "{}\n", empty_first),
        ("notes/2024-03-19.txt", "/repo/2024/03/19/", DAY + "{}\n", remove_first),
        ("pages/about.md", "/repo/about/", "# About\n\nText {}.\n", empty_first),
        ("public/list.txt", "/repo/list.txt", "list {}\n", empty_first),
        ("digest.yaml", "/repo/2024/03/19/", "title: Title {}\nbase_url: https://digest.example/repo/\n", empty_first),
        ("templates/404.html", "/repo/nowhere/", "<p>{}</p>\n", empty_first),
    ],
)
def test_a_file_that_an_editor_empties_or_removes_first_shows_no_gap(
    serve: Serve, project: Path, path: str, page: str, text: str, save: Callable[[Path, str], None]
) -> None:
    write_project(project, {path: text.format("first")})
    served = serve(before=PATIENT)
    status, _, _ = served.get(page)
    with served.watching(page) as answers:
        for number in range(SAVES):
            time.sleep(0.1)
            save(project / path, text.format(f"number-{number}."))
            if number % 2 == 0:  # another change makes the server look right now
                write_project(project, {"notes/2024-03-20.txt": DAY.replace("19", "20") + f"{number}\n"})
        served.wait_until(page, f"number-{SAVES - 1}.".encode())
    assert {answer[0] for answer in answers} == {status}
    assert all(b"first" in content or b"number-" in content for _, content in answers)
    assert answers


def test_a_file_is_waited_for_no_longer_than_a_page_can_wait() -> None:
    assert MOMENT_SECONDS < SETTLE_SECONDS  # the last look believes everything
    assert BLANK_SECONDS + SETTLE_SECONDS < 0.5


def test_a_note_that_stays_empty_or_away_is_gone_after_a_moment(serve: Serve, project: Path) -> None:
    write_project(
        project, {"notes/2024-03-20.txt": DAY.replace("19", "20"), "notes/2024-03-21.txt": DAY.replace("19", "21")}
    )
    served = serve()
    (project / "notes/2024-03-19.txt").write_bytes(b"")
    (project / "notes/2024-03-20.txt").unlink()
    end = time.monotonic() + PATIENCE_SECONDS
    while [served.get(f"/repo/2024/03/{day}/")[0] for day in (19, 20, 21)] != [404, 404, 200]:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("paths", [None, {"notes/2024-03-19.txt"}])
def test_a_note_in_doubt_stays_as_it_was_and_can_still_be_rendered(tmp_path: Path, paths: set[str] | None) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    with open_preview(project, drafts=False, base_url=None) as preview:
        before, problems = preview.content("2024/03/19/"), preview.problems
        note = project / "notes/2024-03-19.txt"
        for is_empty in (True, False):
            note.write_bytes(b"")
            if not is_empty:
                note.unlink()
            assert not preview.refresh(paths, lambda _path: True)
            assert (preview.content("2024/03/19/"), preview.problems) == (before, problems)
        assert preview.refresh(paths)
        assert preview.tag("2024/03/19/") == ""


def test_settings_in_doubt_stay_as_they_were(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "title: Owls\nbase_url: https://digest.example/repo/\n"}
    )
    with open_preview(project, drafts=False, base_url=None) as preview:
        before = preview.content("2024/03/19/")
        for is_empty in (True, False):
            (project / "digest.yaml").write_bytes(b"")
            if not is_empty:
                (project / "digest.yaml").unlink()
            assert not preview.refresh(None, lambda _path: True)
            assert preview.content("2024/03/19/") == before
        assert preview.refresh(None)
        assert preview.content("2024/03/19/") != before


def test_a_template_in_doubt_stays_as_it_was(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "templates/404.html": "<p>lost</p>\n"})
    with open_preview(project, drafts=False, base_url=None) as preview:
        (project / "templates/404.html").write_bytes(b"")
        assert not preview.refresh(None, lambda path: path == "templates/404.html")
        assert preview.content("404.html") == b"<p>lost</p>\n"
        assert preview.refresh(None)
        assert preview.content("404.html") == b""
