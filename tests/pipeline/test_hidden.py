"""Whatever an author hides is in no byte of any output file, built or served."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic
from digest.serve.preview import open_preview

from ..notes.test_front_matter import HIDDEN, HIDDEN_IN_KOREAN
from ..project import build_project, read_tree, run, write_project

WORD = "숨긴말"
BODY = f"{WORD} 본문입니다.\n"
COMMENTS = {
    "line": f"%%{WORD}%%\n공개합니다.\n",
    "inline": f"보이는 %%{WORD}%% 말 <!-- {WORD} --> 끝.\n",
    "block": f"앞.\n%%\n{WORD}\n```\n{WORD}\n```\n%%\n뒤.\n",
    "html": f"앞.\n<!--\n# {WORD}\n#{WORD}\n-->\n뒤.\n",
    "open": f"앞.\n%% {WORD}\n{WORD}\n",
    "title": f"*제목 %%{WORD}%%* (Ada Kim, Ben <!--{WORD}--> Cho)\n> 초록 %%{WORD}%%.\n\n글.\n#tag %%#{WORD}%%\n",
}


MISTAKES = f"""제목: {WORD}: 계획
{WORD}: {WORD}
태그: [1, "#{WORD}", 2]
설명: #{WORD}
"""
BAD_BODIES = (
    f"{WORD}\n",
    f"{WORD}\n\n```\n{WORD}\n#{WORD} 또 {WORD}\n",
    f"2024-02-30\n{WORD}\n#{WORD}\n2024-03-01\n{WORD}\n",
)
"""An entry that is only a title, and an open fence; days without entries or that don't exist."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    notes = {f"notes/2024-03-19 {WORD} {n}.md": front + BODY for n, front in enumerate(HIDDEN.values())}
    notes |= {f"notes/{WORD} {n}.md": front + BODY for n, front in enumerate(HIDDEN.values())}
    notes |= {f"notes/{WORD} ko {n}.md": front + BODY for n, front in enumerate(HIDDEN_IN_KOREAN.values())}
    notes |= {f"notes/2024-03-20 공개 {n}.md": text for n, text in enumerate(COMMENTS.values())}
    notes["notes/2024-03-21.md"] = f"---\ndraft: true\n---\n제목\n{BODY}#a\n"
    notes["notes/2024-03-22.md"] = "공개\n코드 `%%보이는 코드%%`입니다.\n#a\n"
    return write_project(tmp_path, notes)


def test_what_is_hidden_is_in_no_byte_of_the_site(project: Path) -> None:
    report = build_project(project)
    assert report.entries == len(COMMENTS) + 1
    site = read_tree(project / "site")
    assert [path for path, content in site.items() if WORD in path or WORD.encode() in content] == []
    with open_preview(project, drafts=False, base_url=None) as preview:
        for path in site:
            content = preview.content(path.removesuffix("index.html"))
            assert not isinstance(content, bytes) or WORD.encode() not in content, path
    assert any("보이는 코드".encode() in content for content in site.values())


FORMS = (
    "---\n{}\n---\n",
    "---\n{}\n" + MISTAKES + "---\n",
    "{}\n" + MISTAKES + "\n",
    "---\n{}\n제목：" + WORD + "\n---\n",
    '{{\n"제목": "' + WORD + '",\n"draft": true\n}} ' + WORD + "\n",
)


def test_no_problem_of_a_hidden_note_tells_its_words_unless_drafts_are_shown(tmp_path: Path) -> None:
    keys = ("draft: true", "비공개: 예", "초안: 아마도")
    texts = [form.format(key) + body for form in FORMS for key in keys for body in BAD_BODIES]
    files = {f"notes/{n}/2024-03-21.txt": text for n, text in enumerate(texts)}
    project = write_project(tmp_path, files | {"notes/2024-03-22.txt": "공개\n글.\n#a\n"})
    report = build_project(project)
    assert report.entries == 1
    assert [problem for problem in report.diagnostics if tells(problem)] == []
    with open_preview(project, drafts=False, base_url=None) as preview:
        assert [problem for problem in preview.problems if tells(problem)] == []


def tells(problem: Diagnostic) -> bool:
    return WORD in f"{problem.message} {problem.hint} {problem.subject}"


def test_with_drafts_the_problems_of_hidden_notes_are_told(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-21.txt": f"---\nprivate: true\n---\n{WORD}\n", "notes/a.md": "글.\n"})
    assert WORD not in run(tmp_path, "check").stdout
    assert f'entry "{WORD}" has a title and nothing else' in run(tmp_path, "check", "--drafts").stdout


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_note_that_is_committed_gets_its_date_without_a_change_of_its_bytes(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/grok.md": "글.\n#a\n", "digest.yaml": "dates: git\n"})
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_AUTHOR_DATE": "2024-03-19T12:00:00+0900"}
    for command in (["init"], ["add", "notes"]):
        subprocess.run(["git", *command], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert build_project(tmp_path).diagnostics == ()
    assert not (tmp_path / "site/2024/03/19").exists()
    subprocess.run(["git", "commit", "-m", "a"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    build_project(tmp_path)
    assert (tmp_path / "site/2024/03/19/grok/index.html").is_file()
