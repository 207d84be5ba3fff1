"""Front matter that hides a note, and front matter that is none."""

import re
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import NoteFile
from digest.notes import ParsedNote, parse

HIDDEN = {
    "draft": "---\ndraft: true\n---\n",
    "case": "---\nDraft: TRUE\n---\n",
    "quoted": '---\ndraft: "true"\n---\n',
    "published": "---\npublished: false\n---\n",
    "publish": "---\nPublish: No\n---\n",
    "private": "---\nprivate: true\n---\n",
    "empty": "---\ndraft:\n---\n",
    "number": "---\ndraft: 1\n---\n",
    "list": "---\ndraft: [true]\n---\n",
    "twice": "---\ndraft: false\ndraft: true\n---\n",
    "no space": "---\ndraft:true\n---\n",
    "full-width colon": "---\ndraft： true\n---\n",
    "full-width dashes": "－－－\ndraft: true\n－－－\n",
    "dots": "---\ndraft: true\n...\n",
    "two dashes": "---\ndraft: true\n--\n",
    "never closed": "---\ndraft: true\ntags: [a]\n\n",
    "never opened": "draft: true\n---\n",
    "tab": "---\ndraft: true\ntags:\n\t- a\n---\n",
    "broken": '---\ntitle: "x\ndraft: true\n---\n',
    "blank lines": "\n\n---\ndraft: true\n---\n",
    "mark": "\ufeff---\ndraft: true\n---\n",
    "comment before": "<!-- a -->\n---\ndraft: true\n---\n",
    "toml": "+++\ndraft = true\n+++\n",
    "toml, broken": "+++\ndraft = true\ntitle = x\n+++\n",
    "toml, never closed": "+++\ndraft = true\n",
    "json": '{"draft": true}\n',
    "json, broken": '{\n"draft": true,\n}\n',
    "a list of keys": "---\n- draft: true\n---\n",
    "metadata without marks": "Title: a\nDraft: true\n\n",
    "a directive": "%YAML 1.2\n---\ndraft: true\n---\n",
    "a state": "---\nstatus: Draft\n---\n",
    "logseq": "title:: x\npublic:: false\n\n",
    "logseq, an item": "- draft:: true\n",
    "one dash": "—\ndraft: true\n—\n",
    "a language behind the dashes": "---yaml\ndraft: true\n---\n",
    "other marks": "***\ndraft: true\n***\n",
    "on one line": "--- draft: true ---\n",
    "a second block": "---\ntitle: x\n---\n---\ndraft: true\n---\n",
    "below a heading": "# 제목\n\n---\ndraft: true\n---\n",
    "below a date": "2024-03-19\n---\ndraft: true\n---\n",
    "in a quote": "> ---\n> draft: true\n> ---\n",
    "in a fence": "```yaml\n---\ndraft: true\n---\n```\n",
    "a flow": "{draft: true}\n",
    "carriage returns": "---\rdraft: true\r---\r",
    "a table of settings": "---\nparams:\n  draft: true\n---\n",
    "an anchor": "---\nbase: &b {draft: true}\n<<: *b\n---\n",
    "a page that Hugo never renders": "---\nbuild:\n  render: never\n---\n",
    "no address": "---\npermalink: false\n---\n",
    "an invisible character": "---\ndraft\u200b: true\n---\n",
    "a misspelt key": "---\ndrafts: true\n---\n",
    "Astro": "---\nisDraft: true\n---\n",
    "a digital garden": "---\ndg-publish: false\n---\n",
    "a password": "---\npassword: owl7\n---\n",
    "a password of digits": "---\nPassword: 1234\n---\n",
    "passwords": "---\npasswords: [owl, wren]\n---\n",
    "passwords of readers": "---\npassword: {owl: wren}\n---\n",
    "a password, twice": "---\npassword:\npassword: owl7\n---\n",
    "a password, toml": '+++\npassword = "owl7"\n+++\n',
    "a password, json": '{"password": "owl7"}\n',
    "a password, never closed": "---\npassword: owl7!\ntags: [a]\n\n",
    "a password below a date": "2024-03-19\n---\npassword: owl7\n---\n",
    "a password in a table of settings": "---\nencrypt:\n  password: 'owl7'\n---\n",
    "a password, carriage returns": "---\rpassword: owl7\r---\r",
    "encryption": "---\nencrypt: true\n---\n",
    "encryption without marks": "Title: a\nencrypt: true\n\n",
    "a password without marks": "Title: a\npassword: owl7\n\n",
    "protection": "---\nprotected: true\n---\n",
    "a secret": "---\nsecret: true\n---\n",
    "any of three": "---\ndraft: false\nprivate: false\n비공개: false\n초안: true\n---\n",
    "two states": "---\nstatus: done\n상태: 초안\n---\n",
    "a state without marks": "status: draft\n\n",
}
"""Ways to say that a note is hidden, well and badly."""

IN_KOREAN = {
    "초안": {"draft": "초안", "Draft": "초안"},
    "비공개": {"draft": "비공개", "Draft": "비공개"},
    "초안 여부": {"draft": "초안 여부", "Draft": "초안 여부"},
    "예": {"draft": "초안", "Draft": "초안", "true": "예", "TRUE": "예"},
    "참": {"draft": "비공개", "Draft": "비공개", "true": "참", "TRUE": "참"},
    "네": {"draft": "임시 저장", "Draft": "임시 저장", "true": "네", "TRUE": "네"},
    "공개": {"draft": "공개", "Draft": "공개", "true": "false", "TRUE": "False"},
    "아니오": {"draft": "공개", "Draft": "공개", "true": "아니오", "TRUE": "아니오"},
    "거짓": {"draft": "공개 여부", "Draft": "공개 여부", "true": "거짓", "TRUE": "거짓"},
    "게시": {"draft": "게시", "Draft": "게시", "true": "아니요", "TRUE": "아니요"},
    "decomposed": {"draft": unicodedata.normalize("NFD", "초안"), "Draft": unicodedata.normalize("NFD", "초안")},
}
_ALONE = re.compile(r"[Dd]raft\b[^\n]*(?:true|TRUE)\b")


def in_korean(front: str, words: Mapping[str, str]) -> str:
    """Put Korean words into the part of front matter that hides the note."""
    return _ALONE.sub(lambda found: re.sub(r"\w+", lambda word: words.get(word[0], word[0]), found[0]), front)


HIDDEN_IN_KOREAN = {
    f"{name}, {korean}": in_korean(front, words)
    for korean, words in IN_KOREAN.items()
    for name, front in HIDDEN.items()
    if _ALONE.search(front) and name not in ("twice", "any of three")
} | {
    "another draft": "---\n초안글: 예\n---\n",
    "another setting": "---\n공개 설정: 아니오\n---\n",
    "an odd value": "---\n초안: 아마도\n---\n",
    "an odd value of 공개": "---\n공개: 친구에게만\n---\n",
    "the state in its own key": "---\n공개: 비공개\n---\n",
    "a state": "---\n상태: 비공개\n---\n",
    "those who may see it": "---\n공개 범위: 나만 보기\n---\n",
    "a state without marks": "상태: 초안\n\n",
    "those who may see it, without marks": "공개 범위: 비공개\n\n",
    "a password": "---\n비밀번호: 부엉이7\n---\n",
    "beside other keys": "---\n제목: 비밀 계획\n태그: [일기]\n비공개: true\n---\n",
    "beside other keys, without marks": "제목: 비밀 계획\n비공개: 예\n\n",
}
"""The same in Korean."""


def read(text: str, name: str = "2024-03-19 a.md") -> ParsedNote:
    return parse(NoteFile(f"notes/{name}", text, ""))


@pytest.mark.parametrize("front", [*HIDDEN.values(), *HIDDEN_IN_KOREAN.values()], ids=[*HIDDEN, *HIDDEN_IN_KOREAN])
@pytest.mark.parametrize("name", ["2024-03-19 a.md", "2024-03-19.txt", "a.md"])
def test_a_hidden_note_is_a_draft_or_withheld_with_an_error_at_its_place(front: str, name: str) -> None:
    parsed = read(front + "본문입니다.\n", name)
    assert all(entry.draft for entry in parsed.entries)
    assert parsed.entries or any(d.severity == "error" and d.line and d.column for d in parsed.diagnostics)


@pytest.mark.parametrize(
    "front",
    [
        "---\ndraft: false\n---\n",
        "---\npublished: true\n---\n",
        "---\npublished: 2024-03-19\n---\n",
        "---\nprivate: No\n---\n",
        "+++\ndraft = false\n+++\n",
        '{"draft": false}\n',
        "---\n---\n",
        "---\n첫 문단입니다.\n---\n",
        "---\nhttps://example.org/\n\n",
        "---\n{% raw %}\n# 제목\n\n글.\n\n---\n",
        "+++\n글입니다.\n",
        "{a} 는 글입니다.\n",
        "--\n글입니다.\n",
        "참고: 이 글은 길다.\n",
        "---\nstatus: done\n---\n",
        "Title: A Story\n",
        "# draft: true\n",
        "---\n# draft: true\ntitle: x\n---\n",
        "---\nparams:\n  draft: false\n---\n",
        "<!--\ndraft: true\n-->\n",
        "층: 2, hidden: 1\n",
        "---\npassword: \n---\n",
        "---\npassword: false\nencrypt: false\n---\n",
        "Password: The Story of a Word\n",
        "Secret: The Story of a Word\n",
        "# 설정\n\n```yaml\npassword: owl7\n```\n",
        "앞에 글이 있으면 보기일 뿐이다.\n```yaml\ndraft: true\n```\n",
        "---\n초안: false\n비공개: 아니오\n공개: 예\n---\n",
        "---\n공개: 2024-03-19\n---\n",
        "---\n공개: true\n공개일: 2024-03-19\n---\n",
        "공개: 3월 19일\n",
        "게시: 2024년 봄\n",
        "링크: https://example.org/\n공개: 2024년 3월\n",
        "암호: 양자\n",
        "초안을 읽었다.\n",
        "비공개 모델: true가 아니다.\n",
    ],
)
def test_a_note_that_hides_nothing_is_shown_without_an_error(front: str) -> None:
    parsed = read(front + "본문입니다.\n")
    assert [entry.draft for entry in parsed.entries] == [False]
    assert [d for d in parsed.diagnostics if d.severity == "error"] == []


def test_no_problem_shows_a_password() -> None:
    for front in (text for name, text in HIDDEN.items() if "password" in name):
        shown = [f"{problem.message} {problem.hint}" for problem in read(front + "본문입니다.\n").diagnostics]
        assert [text for text in shown if "owl7" in text or "1234" in text] == []


def test_keys_of_other_tools_are_read_or_passed_over() -> None:
    (entry,) = (
        parsed := read(
            "---\nlayout: post\nAuthor: Ada Kim\ncategories: [논문]\nkeywords: llm\nlastmod: 2024-04-01\n"
            "description: 한 문장.\naliases: [에이, b]\nsource: https://example.org/\ncssclasses: [wide]\nweight: 3\n---\n글.\n"
        )
    ).entries
    assert parsed.diagnostics == ()
    assert entry.authors == ("Ada Kim",)
    assert [tag.label for tag in entry.tags] == ["논문", "llm"]
    assert (str(entry.updated), entry.excerpt, entry.aliases) == ("2024-04-01", "한 문장.", ("에이", "b"))
    assert entry.link == "https://example.org/"


def test_values_lose_their_comments() -> None:
    front = "title: 제목 %%숨김%%\ndescription: 말 <!-- 숨김 --> 끝\nauthors: [Ada %%숨김%%]\naliases: [가 %%숨김%%]\n"
    (entry,) = read(f"---\n{front}tags: [a, '%%숨김%%']\n---\n글.\n").entries
    assert (entry.title, entry.excerpt, entry.authors, entry.aliases) == ("제목", "말 끝", ("Ada",), ("가",))
    assert [tag.label for tag in entry.tags] == ["a"]


def test_an_unknown_key_is_named_so_that_a_command_can_count_it() -> None:
    (diagnostic,) = read("---\nmood: good\n---\n글.\n").diagnostics
    assert (diagnostic.code, diagnostic.subject) == ("front-matter-key", "mood")


@given(
    st.sampled_from(["---", "+++", "{", "—", "--", "a:: b"]),
    st.text(max_size=60),
    st.sampled_from(["---", "+++", "}", ""]),
)
def test_every_block_gives_an_answer(opening: str, inside: str, close: str) -> None:
    read(f"{opening}\n{inside}\n{close}\n글.\n")
