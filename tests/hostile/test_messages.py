"""What authors and file names say reaches a terminal, a log or a browser with nothing hidden in it."""

import json
import os
import sys
from pathlib import Path

import pytest

from digest.diagnostics import LONGEST, Diagnostic, visible
from digest.problem_list import format_diagnostics
from digest.serve.live import describe_change

from ..project import run, write_project


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\nb\r\nc\td", r"a\nb\r\nc\td"),
        ("a\x00\x08\x7f", r"a\x00\x08\x7f"),
        (
            "\u202egpj.exe\u202c \u2066x\u2069 \u200e\u200f\u061c",
            r"\u202egpj.exe\u202c \u2066x\u2069 \u200e\u200f\u061c",
        ),
        ("a\u200bb\ufeffc\u2028d\u2029e\x85f", r"a\u200bb\ufeffc\u2028d\u2029e\x85f"),
        ("\udce9.txt", r"\xe9.txt"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("한글 é 👩‍👩‍👧 \\x1b שלום", "한글 é 👩‍👩‍👧 \\x1b שלום"),
    ],
)
def test_hidden_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_of_a_very_long_message_the_beginning_and_the_end_are_shown() -> None:
    shown = visible(f"`{'a' * 10_000_000}` is no tag line")
    assert len(shown) < LONGEST + 10
    assert shown.startswith("`aaaa")
    assert shown.endswith("` is no tag line")


HOSTILE = Diagnostic(
    "notes/a\n::error::forged\x1b[2J.txt", 1, 2, "stray-tags", "x\r\n::error::\x1b]0;y\x07", "z\n::set-env::\u202e"
)


def test_no_message_can_write_a_line_of_its_own_or_move_the_cursor() -> None:
    for form in ("text", "github"):
        for every in (False, True):
            printed = format_diagnostics([HOSTILE], form, every=every)
            assert not any(char in printed for char in "\x1b\x07\r\u202e")
            assert not any(line.startswith("::") for line in printed.splitlines()[form == "github" :])
    assert format_diagnostics([HOSTILE], "github") == (
        r"::warning file=notes/a\n%3A%3Aerror%3A%3Aforged\x1b[2J.txt,line=1,col=2,title=stray-tags::"
        r"x\r\n::error::\x1b]0;y\x07%0Ahint: z\n::set-env::\u202e" + "\n"
    )


def test_the_places_of_alike_problems_are_escaped_too() -> None:
    alike = [Diagnostic(f"notes/{n}\x1b.txt", 1, 1, "missing-tags", "same") for n in range(5)]
    for form in ("text", "github"):
        printed = format_diagnostics(alike, form)
        assert "\x1b" not in printed
        assert r"notes/1\x1b.txt:1:1" in printed


def test_the_json_format_keeps_every_character_and_is_ascii() -> None:
    printed = format_diagnostics([HOSTILE], "json")
    assert printed.isascii()
    assert "\x1b" not in printed
    assert json.loads(printed)[0]["path"] == HOSTILE.path


def test_the_panel_of_problems_gets_visible_texts() -> None:
    (shown,) = json.loads(describe_change("tag", (HOSTILE,)))["shown"]
    assert shown["place"] == r"notes/a\n::error::forged\x1b[2J.txt:1:2"
    assert shown["message"] == r"x\r\n::error::\x1b]0;y\x07"
    assert shown["hint"] == r"z\n::set-env::\u202e"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems forbid such names")
@pytest.mark.parametrize("arguments", [["build", "--explain"], ["check"], ["check", "--format", "github"]])
def test_no_command_prints_a_hidden_character_of_a_note_or_a_file(tmp_path: Path, arguments: list[str]) -> None:
    title = "\x1b]0;owned\x07\u202eA"
    write_project(
        tmp_path,
        {
            "notes/2024-03-19\n::error::forged.txt": f"2024-03-19\n{title}\nB C\n{title}\nD\n#a #\x1b[2J1\n",
            "public/\x1b[31m\n::error::.txt": "x",
            f"notes/{os.fsdecode(bytes([0xE9]))}.txt": "2024-03-20\nA\nb\n#a\n",
        },
    )
    result = run(tmp_path, *arguments)
    printed = result.stdout + result.stderr
    assert "forged.txt" in printed
    assert not any(char in printed for char in "\x1b\x07\u202e\udce9")
    forged = [
        line for line in printed.splitlines() if line.startswith("::") and "file=" not in line and "title=" not in line
    ]
    assert forged == []
