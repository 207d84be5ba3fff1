"""The command line on terminals and elsewhere: colours, progress, and the editor."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .project import DAY, write_project
from .terminal import CONTROL, STYLE, run_in_pipes, run_in_terminal

PROBLEMS = {
    "notes/2024-03-19.txt": DAY,
    "notes/2024-03-20.txt": "2024-03-20\n없는 날\n본문입니다.\n\n2024-02-30\n제목\n본문입니다.\n#a\n",
}
"""A warning and an error."""
AT_ONCE = "progress.SLOW_SECONDS = 0"
NEVER = "progress.SLOW_SECONDS = 1e9"


def test_severities_places_and_hints_are_coloured_on_a_terminal(tmp_path: Path) -> None:
    write_project(tmp_path, PROBLEMS)
    code, shown = run_in_terminal(tmp_path, "check", before=NEVER)
    assert code == 1
    assert "\x1b[1mnotes/2024-03-20.txt:5:1\x1b[0m: \x1b[1;31merror[impossible-date]\x1b[0m " in shown
    assert "\x1b[33mwarning[missing-tags]\x1b[0m " in shown
    assert "  \x1b[2mhint:\x1b[0m " in shown
    plain = run_in_pipes(tmp_path, "check", before=NEVER)
    assert STYLE.sub("", shown) == plain.stdout + plain.stderr


def test_the_line_that_counts_the_rest_is_coloured_too(tmp_path: Path) -> None:
    links = "".join(f"[[없는 노트 {n}]]를 보세요.\n" for n in range(14))
    write_project(tmp_path, {"notes/2024-03-20.txt": f"2024-03-20\n링크\n{links}#a\n"})
    assert (
        "\x1b[33mwarning[broken-wikilink]\x1b[0m and 4 more; --all shows each\n"
        in run_in_terminal(tmp_path, "check")[1]
    )


@pytest.mark.parametrize(
    ("arguments", "env", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"TERM": "dumb"}, False),
        ((), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ((), {"DIGEST_COLOR": "never"}, False),
        ((), {"DIGEST_COLOR": "always", "NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"DIGEST_COLOR": "never"}, True),
        (("--color", "auto"), {"NO_COLOR": "1"}, False),
        (("--format", "json"), {}, False),
        (("--format", "github"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_options_and_variables_decide_about_colour_on_a_terminal(
    tmp_path: Path, arguments: tuple[str, ...], env: Mapping[str, str], coloured: bool
) -> None:
    write_project(tmp_path, PROBLEMS)
    _, shown = run_in_terminal(tmp_path, "check", *arguments, before=NEVER, env=env)
    assert bool(STYLE.search(shown)) == coloured


@pytest.mark.parametrize(
    ("arguments", "env", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {}, True),
        ((), {"DIGEST_COLOR": "always"}, True),
    ],
)
def test_options_and_variables_decide_about_colour_in_a_pipe(
    tmp_path: Path, arguments: tuple[str, ...], env: Mapping[str, str], coloured: bool
) -> None:
    write_project(tmp_path, PROBLEMS)
    done = run_in_pipes(tmp_path, "check", *arguments, before=NEVER, env=env)
    assert bool(STYLE.search(done.stdout)) == coloured
    assert "\x1b" not in done.stderr


def test_a_refusal_is_coloured_on_a_terminal_only(tmp_path: Path) -> None:
    assert run_in_terminal(tmp_path, "build")[1].startswith("\x1b[31m\x1b[1mdigest:\x1b[0m there is no folder `notes`")
    assert run_in_pipes(tmp_path, "build").stderr.startswith("digest: there is no folder `notes`")


def test_the_text_of_a_note_cannot_colour_a_terminal(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": "2024-03-20\n제목 \x1b[31m빨강\n본문입니다.\n"})
    _, shown = run_in_terminal(tmp_path, "check", before=NEVER)
    assert "\x1b[31m빨강" not in shown
    assert r"\x1b[31m빨강" in shown


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}])
def test_a_slow_build_shows_a_bar_with_counts_and_the_time_left(tmp_path: Path, env: Mapping[str, str]) -> None:
    write_project(tmp_path, {f"notes/2024-03-{day:02}.txt": DAY.replace("19일", f"{day}일") for day in range(1, 29)})
    code, shown = run_in_terminal(tmp_path, "build", before=AT_ONCE, env=env)
    assert code == 0
    plain = STYLE.sub("", shown)
    assert re.search(r"read +[━ ]+ +0/28 ", plain)
    assert re.search(r"render +[━╸╺ ]+ 192/\d{3} +\d:\d\d left", plain)
    assert bool(re.search(r"\x1b\[38;", shown)) == (not env)
    assert re.search(r"\r28 entries, \d+ files, \d+ written in \d+\.\d\d s\n\Z", CONTROL.sub("\r", plain))


@pytest.mark.parametrize("arguments", [("--quiet",), ("-q",)])
def test_a_quiet_build_shows_only_problems(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write_project(tmp_path, PROBLEMS)
    code, shown = run_in_terminal(tmp_path, "build", *arguments, before=AT_ONCE, env={"NO_COLOR": "1"})
    assert code == 1
    assert CONTROL.search(shown) is None
    assert [line.split(" ")[1] for line in shown.splitlines() if not line.startswith("  hint")] == [
        "warning[missing-tags]",
        "error[impossible-date]",
    ]


def test_a_fast_build_shows_no_bar(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    _, shown = run_in_terminal(tmp_path, "build", before=NEVER)
    assert re.fullmatch(r"1 entry, \d+ files, \d+ written in \d+\.\d\d s\n", shown)


def test_a_slow_build_in_a_log_gets_a_plain_line_for_each_stage(tmp_path: Path) -> None:
    write_project(tmp_path, {f"notes/2024-03-{day:02}.txt": DAY.replace("19일", f"{day}일") for day in range(1, 29)})
    done = run_in_pipes(tmp_path, "build", before=AT_ONCE)
    assert done.stdout == ""
    assert CONTROL.search(done.stderr) is None
    assert re.fullmatch(r"read\nindex\nrender \d+\n28 entries, \d+ files, \d+ written in \d+\.\d\d s\n", done.stderr)


def test_a_dumb_terminal_gets_plain_lines_too(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    _, shown = run_in_terminal(tmp_path, "build", before=AT_ONCE, env={"TERM": "dumb"})
    assert "\x1b" not in shown
    assert re.fullmatch(r"read\nindex\nrender \d+\n1 entry, .* s\n", shown)


def test_a_verbose_build_prints_the_settings_and_the_seconds_of_each_stage(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    done = run_in_pipes(tmp_path, "-v", "build", before=AT_ONCE)
    stages = r"read \d+\.\d\d s\nindex \d+\.\d\d s\nrender \d+\.\d\d s\n"
    assert re.fullmatch(rf"settings: {tmp_path}/digest.yaml\n{stages}1 entry, .* s\n", done.stderr)


@pytest.mark.parametrize("there", [False, True])
def test_new_opens_the_editor_on_a_terminal(tmp_path: Path, there: bool) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": "2024-03-20\n"} if there else {"notes/.keep": ""})
    script = write_project(tmp_path, {"editor.sh": '#!/bin/sh\nprintf "제목\\n본문.\\n#a\\n" >> "$1"\n'}) / "editor.sh"
    script.chmod(0o755)
    assert run_in_terminal(tmp_path, "new", "2024-03-20", env={"EDITOR": str(script)})[0] == 0
    assert run_in_pipes(tmp_path, "check", "--strict").returncode == 0
    assert "제목" in (tmp_path / "notes/2024-03-20.txt").read_text("utf-8")


@pytest.mark.parametrize("editor", ["no-such-editor --wait", "'no-such-editor", "false"])
@pytest.mark.parametrize("there", [False, True])
def test_an_editor_that_fails_leaves_no_empty_day_behind(tmp_path: Path, editor: str, there: bool) -> None:
    write_project(tmp_path, {"notes/2024-03-20.txt": "2024년 3월 20일\n"} if there else {"notes/.keep": ""})
    code, shown = run_in_terminal(tmp_path, "new", "2024-03-20", env={"EDITOR": editor, "VISUAL": ""})
    assert code == 2
    expected = "the editor ended with an error" if editor == "false" else f"the editor `{editor}` cannot be run"
    assert expected in shown
    assert (tmp_path / "notes/2024-03-20.txt").exists() == there


def test_new_opens_no_editor_without_a_terminal(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/.keep": ""})
    done = run_in_pipes(tmp_path, "new", "2024-03-20", env={"EDITOR": "false"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "notes/2024-03-20.txt\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("command", ["build", "check"])
def test_ctrl_c_ends_a_command_in_order(tmp_path: Path, command: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    stop = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from digest.pipeline import read; "
        "read.survey_notes = lambda *_: signal.raise_signal(signal.SIGINT)"
    )
    done = run_in_pipes(tmp_path, command, before=f"{NEVER}; {stop}")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped\n")
    assert not (tmp_path / "site/index.html").exists()
