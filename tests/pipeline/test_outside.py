"""Links to other sites: which are asked for, what is remembered, and what is reported."""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from digest.config import LinkSettings, load_config
from digest.diagnostics import Diagnostic
from digest.pipeline import outside
from digest.pipeline.build import Project
from digest.pipeline.check import check_project
from digest.pipeline.outside import Outcome, OutsideLinks, check_outside
from digest.web import memory
from digest.web.answers import Answer

from ..project import run, write_project

NOTE = """\
2024-03-19
Winter wren
It sings: https://birds.example/wren#song, and [so](<https://birds.example/굴뚝새>) does
arXiv:2403.00001. `https://code.example/` is code. <https://tits.example/a?b=1&c=2>
#birds
Great tit
The wren is at https://birds.example/wren too. [own](https://me.example/tags/birds/) [mail](mailto:a@b.example)
#birds
"""
FILES = {"digest.yaml": "base_url: https://me.example/\n", "notes/2024-03-19.md": NOTE}
WREN, HANGUL, PAPER, QUERY = (
    "https://birds.example/wren",
    "https://birds.example/%EA%B5%B4%EB%9A%9D%EC%83%88",
    "https://arxiv.org/abs/2403.00001",
    "https://tits.example/a?b=1&c=2",
)


class Web:
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.dies_after = 1000

    def __call__(self, urls: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        for url in urls:
            if len(self.asked) == self.dies_after:
                raise KeyboardInterrupt
            self.asked.append(url)
            yield url, self.answers.get(url.rpartition("/")[2], Answer("good"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path, FILES)


def links_of(project: Path) -> OutsideLinks:
    return check_project(Project(project, load_config(project)[0]), lambda *_: None, outside=True).outside


def check(project: Path, web: Web, settings: LinkSettings = LinkSettings()) -> Outcome:  # noqa: B008 - frozen
    return check_outside(project, links_of(project), settings, lambda *_: None, web)


def test_the_links_that_lead_out_of_the_site_are_found_once_each(project: Path) -> None:
    links = links_of(project)
    assert set(links) == {WREN, HANGUL, PAPER, QUERY}
    assert [span.first_line for span in links[WREN]] == [2, 6]


def test_the_link_of_an_entry_is_one_of_them_and_a_draft_has_none(tmp_path: Path) -> None:
    front = "---\ntitle: A\nlink: https://a.example/\n---\n글.\n#a\n"
    write_project(tmp_path, {"notes/a.md": front, "notes/b.md": "---\ndraft: true\n---\nhttps://b.example/\n"})
    assert set(links_of(tmp_path)) == {"https://a.example/"}


def test_a_dead_link_is_an_error_at_each_of_its_places(project: Path) -> None:
    found = check(
        project, Web(wren=Answer("broken", "answers 404"), **{HANGUL.rpartition("/")[2]: Answer("broken", "x")})
    )
    assert [(d.code, d.severity, d.line, d.column, d.message) for d in found.diagnostics] == [
        ("dead-link", "error", 3, 11, f"`{WREN}` answers 404"),
        ("dead-link", "error", 3, 54, f"`{HANGUL}` x"),
        ("dead-link", "error", 7, 16, f"`{WREN}` answers 404"),
    ]


def test_a_page_that_moved_is_a_warning_with_the_new_address(project: Path) -> None:
    answers = {
        "2403.00001": Answer("moved", "moved for good", "https://new.example/"),
        "a?b=1&c=2": Answer("moved", "", "x"),
    }
    found = check(project, Web(**answers)).diagnostics
    assert [(d.code, d.severity, d.line, d.column, d.hint) for d in found] == [
        ("moved-link", "warning", 4, 1, "write `https://new.example/`"),
        ("moved-link", "warning", 4, 53, "write `x`"),
    ]


def test_a_link_of_which_nobody_knows_is_listed_apart(project: Path) -> None:
    found = check(project, Web(wren=Answer("unsure", "answers 403: it refuses programs")))
    assert found.diagnostics == ()
    assert list(found.describe(every=False)) == [
        "links to other sites: 4 checked, 4 asked",
        "1 could not be checked:",
        f"  {WREN} answers 403: it refuses programs",
    ]


def test_a_good_answer_is_believed_for_days_and_a_bad_one_for_an_hour(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web(wren=Answer("broken", "answers 404"))
    links = links_of(project)

    def check_at(seconds: float, settings: LinkSettings) -> tuple[Diagnostic, ...]:
        monkeypatch.setattr(time, "time", lambda: 1_700_000_000 + seconds)
        return check_outside(project, links, settings, lambda *_: None, web).diagnostics

    first = check_at(0, LinkSettings())
    assert len(web.asked) == 4
    assert check_at(memory.SHORT - 1, LinkSettings()) == first
    assert len(web.asked) == 4
    check_at(memory.SHORT + 1, LinkSettings())
    assert web.asked[4:] == [WREN]
    check_at(3 * 86_400, LinkSettings(days=2))
    assert sorted(web.asked[5:]) == sorted([WREN, HANGUL, PAPER, QUERY])


def test_a_run_that_is_stopped_keeps_its_answers(project: Path) -> None:
    web = Web()
    web.dies_after = 2
    with pytest.raises(KeyboardInterrupt):
        check(project, web)
    web.dies_after = 1000
    kept = project / ".digest/links/answers.jsonl"
    kept.write_bytes(kept.read_bytes() + b'{"url":"https://torn')
    check(project, web)
    assert sorted(web.asked) == sorted([WREN, HANGUL, PAPER, QUERY])


def test_answers_of_links_that_are_gone_are_forgotten(project: Path) -> None:
    check(project, Web())
    write_project(project, {"notes/2024-03-19.md": "2024-03-19\nA\nhttps://birds.example/wren\n#a\n"})
    check(project, Web())
    lines = (project / ".digest/links/answers.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["url"] for line in lines] == [WREN]


def test_a_host_gets_only_so_many_requests_a_run_and_the_rest_comes_next_time(project: Path) -> None:
    web = Web()
    assert check(project, web, LinkSettings(per_host=1)).remark == (
        "links to other sites: 3 checked, 3 asked, 1 left for the next run"
    )
    assert HANGUL in web.asked
    check(project, web, LinkSettings(per_host=1))
    assert web.asked[3:] == [WREN]


@pytest.mark.parametrize("pattern", ["birds.example", "*.example", "https://birds.example/*"])
def test_hosts_and_addresses_that_are_ignored_are_not_asked(project: Path, pattern: str) -> None:
    web = Web()
    assert "ignored" in check(project, web, LinkSettings(ignore=(pattern,))).remark
    assert not any("birds" in url for url in web.asked)


def test_private_addresses_are_counted_and_not_asked(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.md": "2024-03-19\nA\nhttp://localhost:8888/ http://10.0.0.1/x\n#a\n"})
    web = Web()
    assert check(tmp_path, web).remark == "links to other sites: 0 checked, 2 private"
    assert web.asked == []


def test_the_command_exits_with_1_if_a_link_is_dead_and_asks_no_one_twice(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"notes/2024-03-19.md": "2024-03-19\nA\nhttp://no-such-host.invalid/ http://localhost/\n#a\n"}
    )
    result = run(tmp_path, "check", "--external", "--format", "json")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)
    assert (found["code"], found["line"], found["column"]) == ("dead-link", 3, 1)
    assert "links to other sites: 1 checked, 1 asked, 1 private" in result.stderr
    again = run(tmp_path, "check", "--external")
    assert again.exit_code == 1
    assert "links to other sites: 1 checked, 1 private" in again.stderr
    assert run(tmp_path, "check").exit_code == 0


def test_without_urllib3_the_command_says_what_to_install(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "find_spec", lambda _: None)
    result = run(project, "check", "--external")
    assert result.exit_code == 2
    assert "[links]" in result.stderr


def test_two_checks_at_once_do_not_ask_the_same_sites(project: Path) -> None:
    from digest.store.lock import project_lock

    with project_lock(project, outside.MEMORY_FOLDER, "another check is at work here"):
        result = run(project, "check", "--external")
    assert result.exit_code == 2
    assert "another check" in result.stderr


def test_a_link_in_the_place_of_the_answers_is_refused_or_replaced_and_never_written_through(project: Path) -> None:
    outer = project.parent / "outer.txt"
    outer.write_text("mine\n", "utf-8")
    (project / ".digest/links").mkdir(parents=True)
    (project / ".digest/links/answers.jsonl").symlink_to(outer)
    assert run(project, "check", "--external").exit_code == 2
    assert outer.read_text("utf-8") == "mine\n"
