"""The formats, the order and the severity of problems."""

import json
import re
from pathlib import Path

import pytest

import digest
from digest.diagnostics import CODES, Diagnostic, has_errors
from digest.problem_list import default_format, format_diagnostics, summarise

LATER = Diagnostic("notes/b.txt", 12, 1, "missing-tags", 'entry "Yi-9B" has no tag line', "end it with `#tag`")
SOONER = Diagnostic("notes/a.txt", 2, 0, "impossible-date", "there is no such day")
WHOLE = Diagnostic("notes/a.txt", 0, 0, "undecodable", "byte 3 is not UTF-8")


def test_problems_are_printed_once_each_sorted_by_place() -> None:
    assert format_diagnostics([LATER, SOONER, WHOLE, LATER], "text") == (
        "notes/a.txt: error[undecodable] byte 3 is not UTF-8\n"
        "notes/a.txt:2: error[impossible-date] there is no such day\n"
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
        "::warning file=notes/a%3Ab%2Cc.txt,line=1,col=2,title=stray-tags::100%25\\n::error::%0Ahint: x\n"
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


def many(count: int, code: str = "broken-wikilink", *, message: str = "", subject: str = "") -> list[Diagnostic]:
    return [
        Diagnostic(f"notes/{n:03}.md", 1, 1, code, message or f"`[[{n}]]` leads to no note", subject=subject)
        for n in range(1, count + 1)
    ]


def test_problems_about_one_thing_are_listed_once_with_a_count_and_three_places() -> None:
    unknown = many(5, "front-matter-key", message="front matter has no key `via`", subject="via")
    assert format_diagnostics(unknown, "text") == (
        "notes/001.md:1:1: warning[front-matter-key] front matter has no key `via` "
        "(in 5 places; also notes/002.md:1:1, notes/003.md:1:1, …)\n"
    )
    assert "(in 2 places; also notes/002.md:1:1)\n" in format_diagnostics(unknown[:2], "text")
    assert format_diagnostics(unknown[:1], "text").endswith("`via`\n")


def test_equal_messages_without_a_subject_are_listed_once_if_there_are_more_than_three() -> None:
    assert format_diagnostics(many(3, message="the same"), "text").count("\n") == 3
    assert format_diagnostics(many(4, message="the same"), "text").count("\n") == 1


def test_of_each_code_ten_problems_are_listed_and_the_rest_is_counted() -> None:
    text = format_diagnostics([*many(147), LATER], "text").splitlines()
    assert sum("leads to no note" in line for line in text) == 10
    assert text[-1] == "warning[broken-wikilink] and 137 more; --all shows each"
    assert any("missing-tags" in line for line in text)
    on_github = format_diagnostics(many(147), "github").splitlines()
    assert len(on_github) == 10
    assert on_github[-1] == "::warning title=digest::and 138 broken-wikilink more; --all shows each"


def test_github_gets_errors_first_and_at_most_ten_annotations_of_a_severity() -> None:
    found = [*many(9), *many(9, "missing-tags"), *many(2, "undecodable")]
    lines = format_diagnostics(found, "github").splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error"] * 2 + ["::warning"] * 10
    assert lines[-1].endswith("::and 4 broken-wikilink, 5 missing-tags more; --all shows each")


def test_all_problems_are_listed_on_request_and_always_as_json() -> None:
    found = [*many(147), *many(20, "front-matter-key", subject="via")]
    for form in ("text", "github"):
        assert format_diagnostics(found, form, every=True).count("\n") == 167
    assert len(json.loads(format_diagnostics(found, "json"))) == 167


def test_a_hint_is_given_once_in_a_row() -> None:
    found = [Diagnostic("notes/a.md", n, 0, "odd-tag", f"`{n}` is no tag", "use letters") for n in (1, 2)]
    assert format_diagnostics(found, "text").count("hint: use letters") == 1
    assert format_diagnostics(found, "text", every=True).count("hint: use letters") == 1


def test_the_reason_for_an_empty_site_comes_first() -> None:
    empty = Diagnostic("zettel", 0, 0, "no-entries", "no entry came of 3 notes")
    assert format_diagnostics([WHOLE, empty], "text").startswith("zettel: error[no-entries] ")


def test_the_summary_counts_problems_by_code_worst_first() -> None:
    found = [*many(30), *many(3, "undecodable"), LATER, LATER, *many(9, "front-matter-key")]
    assert (
        summarise(found)
        == "3 errors, 40 warnings: 3 undecodable, 30 broken-wikilink, 9 front-matter-key, 1 missing-tags"
    )
    assert summarise([]) == "0 errors, 0 warnings"
