"""Links by the former title of an entry, which `digest.lock` remembers."""

from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic

from ..project import build_project, write_project

TEXT = "새의 부리가 단단해지는 까닭을 {} 저녁에 다시 읽었습니다. 부리 끝의 층이 두꺼워집니다.\n"
OLD, NEW = "새의 부리는 왜 단단한가", "부리가 단단해지는 까닭"


def write_days(folder: Path, title: str, link: str) -> None:
    write_project(
        folder,
        {
            "notes/2024-03-19.txt": f"{title}\n{TEXT.format('어제')}#새\n",
            "notes/2024-03-20.txt": f"둥지 일기\n오늘은 {link} 생각이 났습니다.\n#새\n",
        },
    )


def read_link(folder: Path, title: str, link: str) -> tuple[list[Diagnostic], str]:
    """Build a site, give its first entry another title and build again; return the problems with links, and the page."""
    if not (folder / "digest.lock").exists():
        write_days(folder, OLD, link)
        build_project(folder)
    write_days(folder, title, link)
    report = build_project(folder)
    page = (folder / "site/2024/03/20/둥지-일기/index.html").read_text("utf-8")
    return [problem for problem in report.diagnostics if problem.path.startswith("notes/")], page


@pytest.mark.parametrize(
    "link",
    [
        f"[[{OLD}]]",
        "[[새의-부리는-왜-단단한가]]",
        "[[2024/03/19/새의-부리는-왜-단단한가]]",
        f"[[2024-03-19 {OLD}]]",
        f"[[{OLD}|그 글]]",
        f"[그 글](<{OLD}.md>)",
    ],
)
def test_a_link_by_a_former_title_leads_to_the_entry_and_a_notice_says_the_new_one(tmp_path: Path, link: str) -> None:
    (problem,), page = read_link(tmp_path, NEW, link)
    assert (problem.code, problem.severity, problem.line) == ("former-name", "notice", 2)
    assert f"is a former name of `{NEW}`" in problem.message
    assert 'href="/2024/03/19/' in page


def test_every_former_title_leads_on(tmp_path: Path) -> None:
    read_link(tmp_path, "까닭", "부리")
    problems, _ = read_link(tmp_path, NEW, f"[[까닭]]와 [[{OLD}]]")
    assert [problem.code for problem in problems] == ["former-name", "former-name"]


def test_a_title_of_today_comes_before_a_former_one(tmp_path: Path) -> None:
    read_link(tmp_path, NEW, "부리")
    write_project(
        tmp_path, {"notes/2024-03-21.txt": f"{OLD}\n전혀 다른 글이 이제 이 제목을 씁니다. 물고기 이야기입니다.\n#물\n"}
    )
    write_days(tmp_path, NEW, f"[[{OLD}]]")
    assert [p.code for p in build_project(tmp_path).diagnostics if p.path.startswith("notes/")] == []
    assert 'href="/2024/03/21/' in (tmp_path / "site/2024/03/20/둥지-일기/index.html").read_text("utf-8")


def test_a_former_title_tells_nothing_of_a_note_that_is_hidden_now(tmp_path: Path) -> None:
    read_link(tmp_path, NEW, "부리")
    write_days(tmp_path, NEW, f"[[{OLD}]]")
    note = tmp_path / "notes/2024-03-19.txt"
    note.write_text(f"---\n비공개: true\n---\n숨은 제목\n{TEXT.format('어제')}#새\n", "utf-8")
    problems = [p for p in build_project(tmp_path).diagnostics if p.path.startswith("notes/2024-03-20")]
    assert [p.code for p in problems] == ["broken-wikilink"]
    assert "숨은 제목" not in f"{problems[0].message} {problems[0].hint}"
