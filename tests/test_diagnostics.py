"""The formats, the order and the severity of problems."""

import json
import re
from pathlib import Path

import pytest

import digest
from digest.diagnostics import CODES, Diagnostic, default_format, format_diagnostics, has_errors

LATER = Diagnostic("notes/b.txt", 12, 1, "missing-tags", 'entry "Yi-9B" has no tag line', "end it with `#tag`")
SOONER = Diagnostic("notes/a.txt", 2, 0, "stray-tags", "a tag line without an entry")
WHOLE = Diagnostic("notes/a.txt", 0, 0, "undecodable", "byte 3 is not UTF-8")


def test_problems_are_printed_once_each_sorted_by_place() -> None:
    assert format_diagnostics([LATER, SOONER, WHOLE, LATER], "text") == (
        "notes/a.txt: error[undecodable] byte 3 is not UTF-8\n"
        "notes/a.txt:2: error[stray-tags] a tag line without an entry\n"
        'notes/b.txt:12:1: warning[missing-tags] entry "Yi-9B" has no tag line\n'
        "  hint: end it with `#tag`\n"
    )
    assert format_diagnostics([], "text") == ""


def test_the_json_format_is_a_list_with_severities() -> None:
    assert json.loads(format_diagnostics([LATER], "json")) == [
        {
            "path": "notes/b.txt",
            "line": 12,
            "column": 1,
            "code": "missing-tags",
            "message": 'entry "Yi-9B" has no tag line',
            "hint": "end it with `#tag`",
            "subject": "",
            "severity": "warning",
        }
    ]
    assert json.loads(format_diagnostics([], "json")) == []


def test_the_github_format_is_a_workflow_command_that_no_text_can_break_out_of() -> None:
    hostile = Diagnostic("notes/a:b,c.txt", 1, 2, "stray-tags", "100%\n::error::", "x")
    assert format_diagnostics([hostile], "github") == (
        "::error file=notes/a%3Ab%2Cc.txt,line=1,col=2,title=stray-tags::100%25%0A::error::%0Ahint: x\n"
    )
    assert format_diagnostics([WHOLE], "github").startswith("::error file=notes/a.txt,title=undecodable::")


def test_github_actions_gets_its_own_format_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert default_format() == "text"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert default_format() == "github"


def test_warnings_count_only_when_strict() -> None:
    assert not has_errors([LATER])
    assert has_errors([LATER], strict=True)
    assert has_errors([LATER, SOONER])
    assert not has_errors([], strict=True)


def test_the_table_has_exactly_the_codes_in_use() -> None:
    sources = "\n".join(
        path.read_text("utf-8") for path in Path(digest.__file__).parent.rglob("*.py") if path.name != "diagnostics.py"
    )
    assert [code for code in CODES if f'"{code}"' not in sources] == []
    used = set(re.findall(r'Diagnostic\(\s*[^"()]*(?:\([^()]*\)[^"()]*)*,\s*"([a-z-]+)"', sources))
    assert used
    assert used <= CODES.keys()
