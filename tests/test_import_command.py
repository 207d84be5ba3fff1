"""`digest import`: what it writes, what it leaves alone, and its report."""

import json
from pathlib import Path

import pytest

from .project import read_tree, run, write_project

MESSAGES = [
    {"id": 1, "type": "message", "date": "2024-03-19T23:30:00", "from_id": "c", "text": "Harbour lights\nOut at ten."},
    {
        "id": 2,
        "type": "message",
        "date": "2024-03-20T08:00:00",
        "from_id": "c",
        "text": "Fog\nIt rolls.",
        "photo": "p/a.jpg",
    },
    {"id": 3, "type": "service", "date": "2024-03-20T08:00:00", "text": ""},
    {"id": 4, "type": "service", "date": "2024-03-20T08:00:00", "text": ""},
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    chat = {"name": "Lanterns", "type": "public_channel", "id": 1, "messages": MESSAGES}
    write_project(tmp_path / "export", {"result.json": json.dumps(chat, indent=1), "p/a.jpg": b"a"})
    return write_project(
        tmp_path / "project", {"digest.yaml": "language: en\n", "notes/2024-01-01.txt": "2024-01-01\nA\nB.\n#c\n"}
    )


NOTES = ["notes/2024-03-19-1.md", "notes/2024-03-20-2.md", "notes/files/p/a.jpg"]


def test_notes_and_their_files_are_written_and_listed(project: Path) -> None:
    result = run(project, "import", str(project.parent / "export"))
    assert (result.exit_code, result.stdout.split()) == (0, NOTES)
    assert result.stderr.splitlines() == [
        "result.json:22: left out: a notice of Telegram's, such as a new member or a pinned message (and 1 more)",
        "2 notes from telegram, 3 files written",
    ]
    expected = '---\ntitle: "Harbour lights"\ndate: 2024-03-19 23:30:00\n---\nOut at ten.\n'
    assert (project / NOTES[0]).read_text("utf-8") == expected


def test_everything_that_was_left_out_is_listed_on_demand(project: Path) -> None:
    result = run(project, "import", str(project.parent / "export"), "--all")
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()[:2]] == ["result.json:22", "result.json:28"]


def test_a_dry_run_prints_the_same_report_and_writes_nothing(project: Path) -> None:
    before = read_tree(project)
    dry = run(project, "import", str(project.parent / "export"), "--dry-run")
    assert read_tree(project) == before
    wet = run(project, "import", str(project.parent / "export"))
    assert dry.stdout == wet.stdout
    assert dry.stderr.replace("would be written", "written") == wet.stderr


def test_what_is_there_already_is_skipped_and_another_file_is_kept(project: Path) -> None:
    write_project(project, {NOTES[1]: "# My own\n"})
    first = run(project, "import", str(project.parent / "export"))
    assert first.exit_code == 1
    assert f"result.json:14: error: {NOTES[1]} was not written: another file of this name is there" in first.stdout
    assert (project / NOTES[1]).read_text("utf-8") == "# My own\n"
    again = run(project, "import", str(project.parent / "export"))
    assert again.stderr.splitlines()[-1] == "2 notes from telegram, 0 files written, 2 there already, 1 not written"


def test_notes_go_into_a_folder_of_the_notes_folder(project: Path) -> None:
    result = run(project, "import", str(project.parent / "export"), "--into", "notes/telegram")
    assert result.stdout.split()[0] == "notes/telegram/2024-03-19-1.md"
    for folder in ("elsewhere", "notes/../elsewhere", "/tmp", "notes/../../x"):
        refused = run(project, "import", str(project.parent / "export"), "--into", folder)
        assert (refused.exit_code, "is not inside the notes folder" in refused.stderr) == (2, True)


def test_nothing_is_written_through_a_link_out_of_the_project(project: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (project / "notes/files").symlink_to(tmp_path / "outside")
    result = run(project, "import", str(project.parent / "export"))
    assert (result.exit_code, list((tmp_path / "outside").iterdir())) == (1, [])
    assert "a link leads out of the project there" in result.stdout


def test_a_blog_is_imported_with_its_drafts_in_the_report(project: Path, tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: x\n",
        "_posts/2024-03-19-a.md": "---\ntitle: Fog\n---\n{{ page.none }}\n",
        "_drafts/b.md": "---\ntitle: Bell\n---\nB\n",
    }
    write_project(tmp_path / "blog", files)
    result = run(project, "import", str(tmp_path / "blog"))
    assert (result.exit_code, result.stdout.split()) == (0, ["notes/drafts/b.md", "notes/2024-03-19-a.md"])
    assert result.stderr.splitlines() == [
        "_drafts/b.md: draft: a file in `_drafts`",
        "_posts/2024-03-19-a.md:4: shown as code: Liquid: `{{ page.none }}`",
        "2 notes from jekyll, 2 files written",
    ]
    again = run(project, "import", str(tmp_path / "blog"), "--from", "jekyll")
    assert again.stderr.splitlines()[-1] == "2 notes from jekyll, 0 files written, 2 there already"


def test_notes_of_a_project_inside_the_source_are_not_imported_again(tmp_path: Path) -> None:
    files = {
        "_config.yml": "",
        "about.md": "---\ntitle: About\n---\nx\n",
        "digest.yaml": "language: en\n",
        "notes/a.md": "# A\n\nb\n",
    }
    blog = write_project(tmp_path / "blog", files)
    assert run(blog, "import", str(blog)).stdout.split() == ["notes/about.md"]
    assert (
        run(blog, "import", str(blog)).stderr.splitlines()[-1] == "1 note from jekyll, 0 files written, 1 there already"
    )


def test_the_report_is_in_korean(project: Path, tmp_path: Path) -> None:
    write_project(tmp_path / "blog", {"_config.yml": "", "_drafts/b.md": "---\ntitle: B\n---\n{% x %}\n"})
    result = run(project, "import", str(tmp_path / "blog"), "--dry-run", env={"DIGEST_LANG": "ko"})
    assert result.stderr.splitlines()[:2] == [
        "_drafts/b.md: 초안: `_drafts`에 있는 파일",
        "_drafts/b.md:4: 코드로 보임: Liquid `x`",
    ]


def test_what_every_page_has_is_reported_once(project: Path, tmp_path: Path) -> None:
    posts = {f"_posts/2024-03-{day}-a.md": "---\nmood: wet\n---\nx\n" for day in (18, 19, 20)}
    write_project(tmp_path / "blog", {"_config.yml": "", **posts})
    result = run(project, "import", str(tmp_path / "blog"))
    assert (
        result.stderr.splitlines()[0]
        == "_posts/2024-03-18-a.md:1: left out: the key `mood` of front matter (and 2 more)"
    )


def test_a_folder_that_is_no_project_gets_no_notes(project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / "empty", "import", str(project.parent / "export"))
    assert (result.exit_code, "run `digest init`" in result.stderr) == (2, True)
    assert read_tree(tmp_path / "empty") == {}


def test_an_unknown_source_is_refused_with_the_formats_that_are_known(project: Path, tmp_path: Path) -> None:
    write_project(tmp_path / "other", {"a.bin": b"a"})
    result = run(project, "import", str(tmp_path / "other"))
    assert result.exit_code == 2
    assert (
        "name it with --from (telegram, substack, hugo, jekyll, quartz, logseq, obsidian, paper-list)" in result.stderr
    )


def test_imported_notes_have_no_problems(project: Path) -> None:
    run(project, "import", str(project.parent / "export"))
    assert run(project, "check", "--strict").output.endswith("0 errors, 0 warnings\n")
