"""What the pairs in `tests/cases/` cannot say: settings, and properties of the result as a whole."""

import math
from collections.abc import Callable

import pytest

from digest.model import KINDS, Entry, NoteFile
from digest.notes import NoteRules, parse
from digest.notes.kinds import RULES, Evidence, decide_kind

from ..linear import is_linear


def entry(text: str, rules: NoteRules = NoteRules()) -> Entry:  # noqa: B008 - frozen
    (found,) = parse(NoteFile("notes/2024-03-19.txt", text, ""), rules).entries
    return found


def test_a_configured_tag_decides_the_kind_before_any_rule() -> None:
    rules = NoteRules(kind_tags=(("essay", ("생각", "thoughts")),))
    assert entry("Title\n(Ada Kim, Ben Cho)\n글.\n#Thoughts", rules).kind == "essay"
    assert entry("Title\n(Ada Kim, Ben Cho)\n글.\n#other", rules).kind == "paper"


def test_an_alias_of_a_configured_tag_decides_too() -> None:
    rules = NoteRules(kind_tags=(("hardware", ("chips",)),), aliases=(("반도체", "chips"),))
    assert entry("제목\n글.\n#반도체", rules).kind == "hardware"


def test_front_matter_decides_the_kind_before_a_configured_tag() -> None:
    rules = NoteRules(kind_tags=(("essay", ("a",)),))
    text = "---\nkind: model\n---\n제목\n글.\n#a"
    assert entry(text, rules).kind == "model"
    assert entry(text.replace("model", "essay"), rules).kind == "essay"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Tern-1", "model"),
        ("Tern 2.1", "model"),
        ("Tern-9B", "model"),
        ("Heron 180B", "model"),
        ("Egret-4-Turbo-2024-04-09", "model"),
        ("Tern-3.1-405B-Instruct", "model"),
        ("Plover 8x7B", "model"),
        ("Tern3", "model"),
        ("A Survey of Tern 2", "note"),
        ("Tern 2 Considered Harmful", "note"),
        ("Thoughts on recent papers 2", "note"),
        ("새 모델 2", "note"),
    ],
)
def test_a_name_with_a_version_or_a_size_is_a_model_and_a_sentence_is_none(title: str, kind: str) -> None:
    evidence = Evidence(title, (), "", "가중치를 공개했습니다.", None, ("llm",))
    assert decide_kind(evidence, NoteRules()) == kind


def test_a_versioned_name_without_a_word_of_a_release_is_no_model() -> None:
    assert decide_kind(Evidence("Tern 2", (), "", "벤치마크를 다시 돌려 봤습니다.", None, ()), NoteRules()) == "note"
    assert decide_kind(Evidence("Tern 2", (), "", "나왔군요.", None, ("dataset",)), NoteRules()) == "note"


def test_every_rule_says_why() -> None:
    assert all(rule.reason and rule.kind in KINDS for rule in RULES)


@pytest.mark.parametrize(
    ("text", "rules", "lang"),
    [
        ("Title\n한글입니다.\n#a", NoteRules(), "ko"),
        ("Title\nEnglish prose here.\n#a", NoteRules(), "en"),
        ("Title\n한글입니다.\n#a", NoteRules(language="en"), "ko"),
        ("Title\n日本語です。\n#a", NoteRules(language="ja"), "ja"),
        ("Title\n日本語です。\n#a", NoteRules(), "ja"),
        ("Title\n中文笔记\n#a", NoteRules(language="zh-TW"), "zh-TW"),
        ("Title\n中文笔记\n#a", NoteRules(language="en"), "zh"),
        ("Title\n論語\n#a", NoteRules(), "ko"),
        ("Title\nEnglish prose here.\n#a", NoteRules(language="ja"), "en"),
        ("Title\nDu texte ici.\n#a", NoteRules(language="fr"), "fr"),
        ("Title\nhttps://example.org/\n#a", NoteRules(), "ko"),
        ("---\nlang: fr\n---\nTitle\nDu texte ici.\n#a", NoteRules(), "fr"),
    ],
)
def test_the_language_is_the_front_matters_or_seen_in_the_text(text: str, rules: NoteRules, lang: str) -> None:
    assert entry(text, rules).lang == lang


def test_arxiv_ids_come_once_in_the_order_of_mention_and_the_links_first() -> None:
    found = entry(
        "Title\nhttps://arxiv.org/abs/2103.00003v2\n"
        "먼저 arXiv:2101.00001, 그리고 https://arxiv.org/pdf/2102.00002.pdf에서 본 것과 (https://arxiv.org/abs/cs/0112017).\n"
        "다시 arXiv:2103.00003v1 이야기.\n#a"
    )
    assert found.link == "https://arxiv.org/abs/2103.00003v2"
    assert found.arxiv == ("2103.00003", "2101.00001", "2102.00002", "cs/0112017")


HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "제목\n" + "1" * size,
    "letters": lambda size: "제목\n" + "a" * size,
    "spaces": lambda size: "2024년 3월 19일" + " " * size + "x",
    "heading": lambda size: "# a" + " " * size + "b",
    "tags": lambda size: "제목\n" + "#a " * (size // 3) + ":",
    "entries": lambda size: "제목\n글.\n#a\n" * (size // 9),
    "no tags": lambda size: "Title Here\n글입니다.\n" * (size // 17),
    "fences": lambda size: "\n".join("`" * length for length in range(3, math.isqrt(2 * size))),
    "brackets": lambda size: "제목\n" + "(" * (size // 2) + ")" * (size // 2),
    "links": lambda size: "[[a]]\n" * (size // 6),
    "hidden elements": lambda size: "제목\n" + "<p hidden>\n" * (size // 11),
    "hidden elements on a line": lambda size: "제목\n" + "<p hidden>" * (size // 10),
    "definitions": lambda size: "제목\n" + "[a]: # (\n" * (size // 9),
    "percentages": lambda size: "제목\n" + "1%% " * (size // 4),
    "template comments": lambda size: "제목\n" + "{# " * (size // 3),
    "states": lambda size: "---\n" + "draft: {" * (size // 8),
    "names": lambda size: "제목\n(" + "Ada Kim (x" * (size // 10) + ")",
}
"""Texts of about as many characters as are asked for, each of which some pattern could go over again and again."""


@pytest.mark.linear
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_time_to_parse_a_text_grows_with_its_length_alone(text: Callable[[int], str]) -> None:
    def read(size: int) -> None:
        parse(NoteFile("notes/2024-03-19.md", text(size), ""))
        parse(NoteFile("notes/240319 Title.md", text(size), ""))

    assert is_linear(read, 50_000)
