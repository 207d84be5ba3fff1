"""The language of messages: what decides it, where it shows, and that it changes no byte of a site."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic
from digest.message_language import choose_message_language
from digest.problem_list import format_diagnostics
from digest.serve.live import describe_change

from .project import DAY, read_tree, run, write_project

KOREAN = {"DIGEST_LANG": "ko"}
NO_LOCALE: dict[str, str | None] = {"DIGEST_LANG": None, "LC_ALL": None, "LC_MESSAGES": None, "LANG": "C.UTF-8"}
PROBLEM = Diagnostic("notes/a.md", 3, 1, "missing-tags", 'entry "A" has no tag line', "shorten it")


@pytest.mark.parametrize(
    ("environment", "settings", "language"),
    [
        ({}, "", "en"),
        ({}, "language: en\n", "en"),
        # A Korean author on a machine that came in English, and a build on a server
        ({"LANG": "en_US.UTF-8"}, "language: ko\n", "ko"),
        ({"LANG": "C.UTF-8"}, "title: a\nlanguage: 'ko'  # 한국어\n", "ko"),
        # A Korean author who writes a site in English
        ({"LANG": "ko_KR.UTF-8"}, "language: en\n", "ko"),
        ({"LANG": "ko_KR.UTF-8"}, "", "ko"),
        ({"LANG": "ko_KR.EUC-KR"}, "", "ko"),
        ({"LANG": "ko"}, "", "ko"),
        # The order of POSIX
        ({"LC_ALL": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, "", "ko"),
        ({"LC_MESSAGES": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, "", "ko"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "", "en"),
        ({"LC_ALL": "", "LANG": "ko_KR.UTF-8"}, "", "ko"),
        ({"LC_CTYPE": "ko_KR.UTF-8"}, "", "en"),
        # Who works on a Korean site and reads English, and the other way round
        ({"DIGEST_LANG": "en", "LANG": "ko_KR.UTF-8"}, "language: ko\n", "en"),
        ({"DIGEST_LANG": "ko", "LANG": "en_US.UTF-8"}, "language: en\n", "ko"),
        ({"DIGEST_LANG": "ko_KR.UTF-8"}, "", "ko"),
        ({"DIGEST_LANG": "", "LANG": "C"}, "language: ko\n", "ko"),
        ({"DIGEST_LANG": "fr"}, "language: ko\n", "en"),
        # Only the setting of that name counts
        ({}, "notes_language: ko\n", "en"),
        ({}, "cards:\n  language: ko\n", "en"),
        ({}, "# language: ko\n", "en"),
        # Mistakes elsewhere in the settings are told in the language of the author
        ({}, "title: [\nlanguage: ko\n", "ko"),
        ({}, "\ufefflanguage: ko\n", "ko"),
    ],
)
def test_the_language_of_messages_is_chosen(
    tmp_path: Path, environment: dict[str, str], settings: str, language: str
) -> None:
    (tmp_path / "digest.yaml").write_text(settings, "utf-8")
    assert choose_message_language(environment, tmp_path, "digest.yaml") == language


def test_settings_that_cannot_be_read_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "cp949.yaml").write_bytes("title: 오늘\nlanguage: ko\n".encode("cp949"))
    found = [choose_message_language({}, tmp_path, name) for name in ("absent.yaml", "folder", "cp949.yaml")]
    assert found == ["en", "en", "ko"]


def test_the_setting_decides_without_a_korean_locale(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "language: ko\nttle: a\n"})
    result = run(tmp_path, "check", env=NO_LOCALE)
    assert "digest.yaml:2:1: error[config] 모르는 키 `ttle`\n" in result.stdout
    assert "unknown key `ttle`" in run(tmp_path, "check").stdout


def test_the_settings_of_the_site_that_is_named_decide(tmp_path: Path) -> None:
    files = {"digest.yaml": "language: ko\n", "digest.en.yaml": "language: en\n", "notes/2024-03-19.txt": DAY}
    write_project(tmp_path, files)
    assert "오류 0개, 경고 0개\n" in run(tmp_path, "check", env=NO_LOCALE).stderr
    assert "0 errors, 0 warnings\n" in run(tmp_path, "check", "--config", "digest.en.yaml", env=NO_LOCALE).stderr


def test_init_speaks_the_language_of_the_project_that_it_made(tmp_path: Path) -> None:
    shown = {
        code: run(tmp_path, "init", code, "--language", code, env=NO_LOCALE).stderr.splitlines()[-1]
        for code in ("en", "ko")
    }
    assert shown["en"].startswith("next: ")
    assert shown["ko"].startswith("다음: ")
    wanted = run(tmp_path, "init", "other", "--language", "ko", env={**NO_LOCALE, "DIGEST_LANG": "en"})
    assert wanted.stderr.splitlines()[-1].startswith("next: ")


def test_help_is_in_korean_and_keeps_the_names_of_options(tmp_path: Path) -> None:
    shown = run(tmp_path, "build", "--help", env=KOREAN).stdout
    assert shown.startswith("사용법: ")
    assert "  사이트를 만듭니다.\n" in shown
    assert "모든 명령의 옵션:\n" in shown
    assert "--base-url URL" in shown
    assert "[환경 변수: DIGEST_BASE_URL]" in " ".join(shown.split())
    assert "  build      사이트를 만듭니다.\n" in run(tmp_path, "--help", env=KOREAN).stdout


def test_no_line_of_korean_help_is_wider_than_a_terminal(tmp_path: Path) -> None:
    from unicodedata import east_asian_width

    commands = (
        [],
        *([name] for name in ("build", "check", "enrich", "export", "init", "new", "redirects", "serve", "tags")),
    )
    for command in commands:
        for line in run(tmp_path, *command, "--help", env=KOREAN).stdout.splitlines():
            assert sum(1 + (east_asian_width(char) in "WF") for char in line) <= 80, line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bild"], "오류: 'bild'라는 명령은 없습니다."),
        (["build", "--workers", "x"], "오류: '--workers'의 값을 쓸 수 없습니다: 'x'는 정수가 아닙니다."),
        (["redirects"], "오류: 옵션 '--format'을 쓰지 않았습니다."),
        (["new", "owl"], "digest: `owl`은 날짜가 아닙니다."),
    ],
)
def test_wrong_usage_is_refused_in_korean_with_the_same_exit_code(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    result = run(tmp_path, *arguments, env=KOREAN)
    assert result.exit_code == run(tmp_path, *arguments).exit_code == 2
    assert message in result.stderr


def test_annotations_have_korean_messages_and_the_same_codes() -> None:
    assert format_diagnostics([PROBLEM], "github", language="ko") == (
        '::warning file=notes/a.md,line=3,col=1,title=missing-tags::글 "A"에 태그 줄이 없습니다%0A힌트: 줄이세요\n'
    )


def test_json_has_korean_messages_and_the_same_codes() -> None:
    (row,) = json.loads(format_diagnostics([PROBLEM], "json", language="ko"))
    assert row["message"] == '글 "A"에 태그 줄이 없습니다'
    assert (row["code"], row["severity"]) == ("missing-tags", "warning")


def test_the_panel_of_a_served_page_is_in_korean() -> None:
    change = json.loads(describe_change("tag", (PROBLEM,), language="ko"))
    assert (change["lang"], change["summary"], change["more"]) == ("ko", "경고 1개", "")
    assert change["shown"][0]["hint"] == "줄이세요"
    many = tuple(Diagnostic(f"notes/{n}.md", 1, 1, "missing-tags", "a") for n in range(60))
    assert (
        json.loads(describe_change("tag", many, language="ko"))["more"] == "외 10개. digest check로 모두 볼 수 있습니다"
    )


def test_texts_of_the_author_are_never_translated(tmp_path: Path) -> None:
    note = "2024-03-19\nnothing to write\nsave the file as UTF-8\n#drafts #stopped\n"
    write_project(tmp_path, {"notes/2024-03-19.txt": note})
    result = run(tmp_path, "tags", "list", env=KOREAN)
    assert result.stdout == "1 drafts\n1 stopped\n"


def test_the_language_of_messages_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    notes = {
        "notes/2024-03-19.txt": DAY,
        "notes/b.txt": "2024-02-30\nA\nb\n",
        "notes/c.md": "2024-03-20\n제목\n글 $x\n",
    }
    sites = []
    for language in ("en", "ko"):
        folder = write_project(tmp_path / language, {**notes, "digest.yaml": "title: a\nlanguage: ko\n"})
        run(folder, "build", env={"DIGEST_LANG": language})
        sites.append(read_tree(folder / "site"))
    assert sites[0] == sites[1] != {}


def test_english_messages_load_no_table() -> None:
    script = "import sys, digest.cli\ntry: digest.cli.main(['check', '--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_") and name != "LANG"}
    for language, is_loaded in (("en", False), ("ko", True)):
        own = {**environment, "DIGEST_LANG": language, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, env=own
        )
        assert ("digest.languages.messages" in done.stdout.split()) is is_loaded
