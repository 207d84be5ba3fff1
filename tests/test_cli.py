"""The command line: options, output and exit codes."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

import digest
from digest.languages import LANGUAGES

from .conftest import GOLDEN, copy_golden
from .project import DAY, build_project, read_tree, run, write_project

UNTAGGED = "2024-03-20\n태그가 없는 글\n본문입니다.\n"
BROKEN_LINK = "2024-03-20\n링크\n[[없는 노트]]를 보세요.\n#a\n"


def test_a_build_without_problems_prints_nothing_to_standard_output(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    result = run(tmp_path, "build")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(r"1 entry, \d+ files, \d+ written in \d+\.\d\d s\n", result.stderr)
    result = run(tmp_path, "build")
    assert re.fullmatch(r"1 entry, \d+ files, nothing to write in \d+\.\d\d s\n", result.stderr)


def test_warnings_fail_only_with_strict(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": UNTAGGED})
    for command in ("build", "check"):
        assert run(tmp_path, command).exit_code == 0
        strict = run(tmp_path, command, "--strict")
        assert strict.exit_code == 1
        assert strict.stdout.startswith("notes/2024-03-20.txt:3:1: warning[missing-tags] ")


def test_problems_are_printed_in_the_requested_format(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": UNTAGGED})
    assert json.loads(run(tmp_path, "check", "--format", "json").stdout)[0]["code"] == "missing-tags"
    assert run(tmp_path, "check", "--format", "github").stdout.startswith("::warning file=notes/2024-03-20.txt,line=3")
    on_github = run(tmp_path, "check", env={"GITHUB_ACTIONS": "true"})
    assert on_github.stdout.startswith("::warning ")


def test_check_writes_nothing(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": UNTAGGED})
    before = read_tree(tmp_path)
    result = run(tmp_path, "check", "--links")
    remark = "a build would write digest.lock, which remembers the site's addresses\n"
    assert (result.exit_code, result.stderr) == (0, remark + "0 errors, 1 warning: 1 missing-tags\n")
    assert read_tree(tmp_path) == before
    assert not (tmp_path / ".digest").exists()


def test_check_reports_links_to_missing_notes_with_their_place(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": BROKEN_LINK})
    assert run(tmp_path, "check").stdout.startswith(
        "notes/2024-03-20.txt:3:1: warning[broken-wikilink] `[[없는 노트]]`"
    )


def test_check_with_links_follows_links_in_templates(tmp_path: Path) -> None:
    footer = '<a href="/nowhere/">a</a> <a href="#nothing">b</a> <a href="/tags/#none">c</a> <a href="https://a.example/">d</a>'
    write_project(
        tmp_path,
        {
            "notes/2024-03-19.txt": DAY,
            "templates/404.html": '{% extends "theme:404.html" %}{% block main %}' + footer + "{% endblock %}",
        },
    )
    assert run(tmp_path, "check").exit_code == 0
    result = run(tmp_path, "check", "--links")
    assert result.exit_code == 1
    assert re.findall(r"broken-link\] the link `(.*?)`", result.stdout) == ["#nothing", "/nowhere/", "/tags/#none"]


def test_the_golden_project_has_no_broken_link(tmp_path: Path) -> None:
    copy_golden(tmp_path)
    result = run(tmp_path, "check", "--links", "--strict")
    assert (result.exit_code, result.stdout) == (0, "")


def test_base_url_and_output_override_the_settings(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "base_url: https://a.example/\n"})
    result = run(tmp_path, "build", "--base-url", "https://b.example/repo", "--output", "public")
    assert result.exit_code == 0
    home = (tmp_path / "public/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://b.example/repo/">' in home
    assert 'href="/repo/2024/03/19/' in home
    assert not (tmp_path / "site").exists()


def test_explain_prints_why_each_file_was_rebuilt(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    first = run(tmp_path, "build", "--explain", "--all").stdout
    assert first.startswith("it is new: ")
    assert "\n  2024/03/19/index.html\n" in first
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY.replace("314B", "315B")})
    (tmp_path / "site/robots.txt").unlink()
    (tmp_path / "site/404.html").write_text("altered", "utf-8")
    reasons = run(tmp_path, "build", "--explain", "--all").stdout
    changed = reasons.partition("its content changed: ")[2].partition("\nit is new")[0].splitlines()
    assert changed[0] == f"{len(changed) - 1} files"
    assert "  2024/03/19/index.html" in changed
    assert "the file is gone: 1 file\n  robots.txt\n" in reasons
    assert "the file was altered: 1 file\n  404.html\n" in reasons
    assert run(tmp_path, "build", "--explain").stdout == ""
    write_project(tmp_path, {"digest.yaml": "title: 새 이름\n"})
    reasons = run(tmp_path, "build", "--explain").stdout
    assert reasons.startswith("`title` changed in digest.yaml or on the command line: ")
    assert re.search(r"\n  and \d+ more; --all shows each\n", reasons)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"digest.yaml": "title: A\nper_page: 3\n"},
            "`per_page` and `title` changed in digest.yaml or on the command line",
        ),
        (
            {"digest.yaml": "title: A\nper_page: 3\nauthor: B\nhome_days: 3\nexports: false\n"},
            "`author`, `exports`, `home_days` and 2 more changed in digest.yaml or on the command line",
        ),
        ({"templates/partials/footer.html": "Owl"}, "the theme changed: `partials/footer.html`"),
        ({"pages/about.md": "---\nmenu: true\n---\n# About\n\nMe.\n"}, "the links of the menu changed"),
    ],
)
def test_explain_names_the_setting_or_the_file_that_all_pages_depend_on(
    tmp_path: Path, files: dict[str, str], reason: str
) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    run(tmp_path, "build")
    write_project(tmp_path, files)
    assert any(line.startswith(f"{reason}: ") for line in run(tmp_path, "build", "--explain").stdout.splitlines())
    assert run(tmp_path, "build", "--explain").stdout == ""


def test_drafts_are_not_built(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {"notes/2024-03-19.txt": DAY, "notes/2024-03-20 초안.md": "---\ndraft: true\n---\n쓰는 중입니다. #아직\n"},
    )
    build_project(tmp_path)
    assert [name for name, content in read_tree(tmp_path / "site").items() if "쓰는 중".encode() in content] == []


def test_the_english_interface_contains_no_korean(tmp_path: Path) -> None:
    note = "2024-03-19\nGrok-1\nxAI has released the weights of Grok-1, a model of 314B parameters.\n#llm\n"
    write_project(tmp_path, {"notes/2024-03-19.txt": note, "digest.yaml": "language: en\ntitle: Research digest\n"})
    assert run(tmp_path, "build", "--strict").exit_code == 0
    pages = {name: text.decode() for name, text in read_tree(tmp_path / "site").items() if name.endswith(".html")}
    assert pages
    assert [name for name, text in pages.items() if '<html lang="en">' not in text] == []
    assert [(name, found) for name, text in pages.items() if (found := re.findall("[가-힣]+", text))] == []


def test_the_same_notes_give_the_same_bytes_in_any_folder_order_and_number_of_workers(tmp_path: Path) -> None:
    files = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes()
        for path in [GOLDEN / "digest.yaml", *sorted((GOLDEN / "notes").rglob("*"))]
        if path.is_file()
    }
    shuffled = list(files.items())
    random.Random(3).shuffle(shuffled)
    build_project(write_project(tmp_path / "one", files), workers=1)
    build_project(write_project(tmp_path / "another place", dict(shuffled)), workers=2)
    one, other = read_tree(tmp_path / "one/site"), read_tree(tmp_path / "another place/site")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_new_creates_a_day_with_its_date_line_and_never_overwrites(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    result = run(tmp_path, "new", "2024/3/20", "--no-edit")
    assert (result.exit_code, result.stdout) == (0, "notes/2024-03-20.txt\n")
    assert (tmp_path / "notes/2024-03-20.txt").read_bytes() == "2024년 3월 20일\n".encode()
    again = run(tmp_path, "new", "2024년 3월 19일")
    assert (again.exit_code, again.stdout) == (0, "notes/2024-03-19.txt\n")
    assert again.stderr == "the file already exists; it was not changed\n"
    assert (tmp_path / "notes/2024-03-19.txt").read_text("utf-8") == DAY
    today = run(tmp_path, "new", "--no-edit")
    assert (tmp_path / today.stdout.strip()).is_file()


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("language: en\n", "2024-03-20"),
        ("language: en\nnotes_language: ko\n", "2024년 3월 20일"),
        ("notes_language: fr\n", "2024-03-20"),
    ],
)
def test_new_writes_the_date_in_the_format_of_the_notes(tmp_path: Path, settings: str, line: str) -> None:
    write_project(tmp_path, {"digest.yaml": settings, "notes/.keep": ""})
    run(tmp_path, "new", "2024-03-20", "--no-edit")
    assert (tmp_path / "notes/2024-03-20.txt").read_text("utf-8") == f"{line}\n"


def test_init_offers_every_language_of_the_interface(tmp_path: Path) -> None:
    result = run(tmp_path, "init", "--language", "xx")
    assert result.exit_code == 2
    assert all(f"'{code}'" in result.stderr for code in LANGUAGES)


def test_new_names_the_file_that_it_cannot_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, {"notes/.keep": ""})

    def refuse(_project: Path, path: Path, _content: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("digest.scaffold._write", refuse)
    result = run(tmp_path, "new", "2024-03-20")
    path = tmp_path / "notes" / "2024-03-20.txt"
    assert (result.exit_code, result.stderr) == (2, f"digest: {path} cannot be written: Permission denied\n")


@pytest.mark.parametrize("date", ["someday", "2024"])
def test_new_refuses_an_argument_that_is_not_a_date(tmp_path: Path, date: str) -> None:
    write_project(tmp_path, {"notes/.keep": ""})
    result = run(tmp_path, "new", date)
    refusal = (
        f"digest: `{date}` is not a date; write it like 2024-03-19, 3/19, 19, `friday`, `yesterday` or `tomorrow`\n"
    )
    assert (result.exit_code, result.stderr) == (2, refusal)


@pytest.mark.parametrize("date", ["2024-02-30", "2월 30일", "13/1", "32"])
def test_new_says_that_a_day_does_not_exist(tmp_path: Path, date: str) -> None:
    write_project(tmp_path, {"notes/.keep": ""})
    result = run(tmp_path, "new", date)
    assert (result.exit_code, result.stderr) == (2, f"digest: there is no day `{date}`\n")


def test_a_new_day_that_is_still_empty_is_no_problem(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    run(tmp_path, "new", "2024-03-20", "--no-edit")
    assert run(tmp_path, "check", "--strict").exit_code == 0
    write_project(tmp_path, {"notes/2024-03-21.txt": "2024-03-22\n"})
    assert "empty-day" in run(tmp_path, "check").stdout


@pytest.mark.parametrize(
    "arguments",
    [["bulid"], ["build", "--wrokers", "2"], ["build", "--workers", "0"], ["check", "--format", "xml"], ["build", "x"]],
)
def test_wrong_usage_exits_with_2(tmp_path: Path, arguments: list[str]) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    result = run(tmp_path, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")


def test_a_folder_without_notes_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path, "build")
    assert result.exit_code == 2
    assert "there is no folder `notes`" in result.stderr
    assert "digest init" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_only_drafts_are_the_first_line_and_no_error(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20 초안.md": "---\ndraft: true\nvia: x\n---\n쓰는 중입니다.\n"})
    for command in ("build", "check", "build"):
        result = run(tmp_path, command)
        assert result.exit_code == 0
        assert result.stdout.startswith("notes: warning[only-drafts] 1 note is a draft")
    assert "left out: drafts 1\n" in run(tmp_path, "build").stderr
    assert "only-drafts" not in run(tmp_path, "check", "--drafts").stdout


def test_notes_that_give_no_entry_are_the_first_line_with_the_reason(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/a.md": "---\ntitle: [a\n---\n본문.\n", "notes/b.md": b"\xff\xfe\x00a"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert result.stdout.startswith("notes: error[no-entries] no entry came of 2 notes in `notes`: none can be read\n")


def test_a_folder_with_nothing_but_templates_says_that_they_were_left_out(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/README.md": "# a\n", "notes/templates/day.md": "a\n"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "all of its files were left out (READMEs and licences 1, templates 1)" in result.stdout.splitlines()[0]


def test_notes_in_another_folder_are_named(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/.keep": "", "zettel/a.md": DAY, "zettel/b.md": "b\n", "c.md": "c\n"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "notes: error[no-entries] `notes` has no note, but `zettel` has 2\n  hint: write `notes: zettel` into digest.yaml"
    )


def test_all_lists_every_problem(tmp_path: Path) -> None:
    links = "".join(f"[[없는 노트 {n}]]를 보세요.\n" for n in range(14))
    write_project(tmp_path, {"notes/2024-03-20.txt": f"2024-03-20\n링크\n{links}#a\n"})
    for command in ("build", "check"):
        assert run(tmp_path, command).stdout.splitlines()[-1] == "warning[broken-wikilink] and 4 more; --all shows each"
        assert run(tmp_path, command, "--all").stdout.count("warning[broken-wikilink]") == 14
    assert "0 errors, 14 warnings: 14 broken-wikilink\n" in run(tmp_path, "build").stderr


def test_help_lists_every_command(tmp_path: Path) -> None:
    text = run(tmp_path, "--help").stdout
    assert {"build", "check", "init", "new", "serve"} <= set(re.findall(r"^  (\w+) ", text, re.MULTILINE))
    for name in ("build", "check", "init", "new", "serve"):
        assert run(tmp_path, name, "-h").stdout.startswith("Usage: ")


def test_the_help_names_what_each_command_does_in_a_whole_sentence(tmp_path: Path) -> None:
    assert "..." not in run(tmp_path, "--help").stdout.partition("Commands:")[2]


def test_the_version_names_the_distribution_and_the_folder_it_runs_from(tmp_path: Path) -> None:
    package = re.escape(str(Path(digest.__file__).parent))
    wanted = rf"research-digest \d+\.\d+\.\d+ \({package}, Python \d+\.\d+\.\d+\S*\)\n"
    assert re.fullmatch(wanted, run(tmp_path, "--version").stdout)
    done = subprocess.run([sys.executable, "-m", "digest", "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(wanted, done.stdout)


def test_all_output_is_flushed_before_the_program_exits(tmp_path: Path) -> None:
    write_project(tmp_path, {f"notes/2024-03-{day:02}.txt": BROKEN_LINK for day in range(1, 20)})
    command = [sys.executable, "-m", "digest", "-C", str(tmp_path), "build", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert sum(problem["code"] == "broken-wikilink" for problem in json.loads(done.stdout)) == 19
    assert re.search(r"19 entries, \d+ files", done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_build_works_with_closed_standard_streams(tmp_path: Path, closed: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "digest", "-C", str(tmp_path), "build"]
    assert subprocess.run(command, check=False).returncode == 0
    assert (tmp_path / "site" / "index.html").exists()
