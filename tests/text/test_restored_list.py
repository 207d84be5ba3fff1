"""Which lines are a pasted list that lost its bullets, and where it ends."""

import re

import pytest

from digest.text.markdown import render_abstract, render_commentary
from digest.text.syntax import commentary_parser

INTRO = "살펴보면,"


def items(*lines: str) -> list[str]:
    """Return the items of the lists that were restored in a commentary."""
    html = render_commentary("\n".join(lines)).html
    lists = re.findall(r'<ul class="restored">(.*?)</ul>', html, re.DOTALL)
    return [item for each in lists for item in re.findall(r"<li[^>]*>(.*?)</li>", each, re.DOTALL)]


@pytest.mark.parametrize("end", [",", ":", "，", "："])
def test_two_lines_after_a_comma_or_a_colon_are_a_list(end: str) -> None:
    assert items(f"살펴보면{end}", "하나", "둘") == ["하나", "둘"]


@pytest.mark.parametrize("end", [";", "…", "-", "이"])
def test_a_line_that_ends_otherwise_introduces_nothing(end: str) -> None:
    assert items(f"살펴보면{end}", "하나", "둘") == []


def test_one_line_is_no_list() -> None:
    assert items(INTRO, "하나") == []
    assert items(INTRO, "하나", "끝입니다.") == []
    assert items(INTRO, "하나", "둘", "끝입니다.") == ["하나", "둘"]


def test_the_lines_around_a_list_stay_paragraphs() -> None:
    html = render_commentary(f"앞\n{INTRO}\n하나\n둘\n끝입니다.\n셋").html
    assert html == (
        f"<p>앞</p>\n<p>{INTRO}</p>\n"
        '<ul class="restored">\n<li>하나</li>\n<li>둘</li>\n</ul>\n<p>끝입니다.</p>\n<p>셋</p>\n'
    )


def test_blank_lines_between_items_part_nothing_and_behind_the_last_end_nothing() -> None:
    assert items(INTRO, "", "하나", "", "", "둘", "", "셋") == ["하나", "둘", "셋"]
    assert items(INTRO, "하나", "둘", "", "끝입니다.", "셋") == ["하나", "둘"]


@pytest.mark.parametrize("indent", ["", " "])
def test_an_item_may_be_indented_by_one_space(indent: str) -> None:
    assert items(INTRO, "하나", f"{indent}둘") == ["하나", "둘"]


@pytest.mark.parametrize("indent", ["  ", "   ", "\t"])
def test_a_line_indented_by_more_ends_the_list(indent: str) -> None:
    assert items(INTRO, "하나", f"{indent}둘") == []
    assert items(INTRO, "하나", "둘", f"{indent}셋", "넷") == ["하나", "둘"]


@pytest.mark.parametrize(
    "line",
    [
        "- 셋",
        "* 셋",
        "+ 셋",
        "1. 셋",
        "12) 셋",
        "123456789. 셋",
        "> 셋",
        "# 셋",
        "###### 셋",
        "```",
        "~~~",
        "$$",
        "| a |",
    ],
)
def test_a_block_of_markdowns_own_ends_the_list(line: str) -> None:
    assert items(INTRO, "하나", "둘", line, "넷") == ["하나", "둘"]


@pytest.mark.parametrize("line", ["-셋", "*셋*", "1.5배", "1번", "#셋", "7B"])
def test_a_line_that_only_looks_like_such_a_block_is_an_item(line: str) -> None:
    assert items(INTRO, "하나", line)[:1] == ["하나"]
    assert len(items(INTRO, "하나", line)) == 2


@pytest.mark.parametrize(
    "line",
    ["@decorator", "x = nn.Linear(", "loss = model(batch", "print(", "values = [", "def f(x):", "for x in y:",
     "import os, sys:", "return f(x", "while True:", "class A:", "if a == b:", "from a import (", "call({", "a;"],
)  # fmt: skip
def test_a_line_of_code_ends_the_list_and_introduces_none(line: str) -> None:
    assert items(INTRO, "하나", "둘", line, "넷") == ["하나", "둘"]
    assert items(line if line.endswith((":", ",")) else f"{line}:", "하나", "둘") == []


def test_code_within_a_line_of_prose_is_prose() -> None:
    assert items("모델은 x = nn.ReLU 등이고,", "하나", "값은 y = nn.GELU 정도") == ["하나", "값은 y = nn.GELU 정도"]


@pytest.mark.parametrize("intro", ["The model has:", "Parts, sizes and names:", "In short,", "Two well-known cases，"])
def test_english_words_introduce_a_list(intro: str) -> None:
    assert items(intro, "one thing", "another thing") == ["one thing", "another thing"]


@pytest.mark.parametrize(
    "intro", ["http://a.example/x:", "f(x), g(x):", "note:", "x + y:", "The model, x + y:", "$$ a:", "a | b:"]
)
def test_a_line_that_is_no_phrase_introduces_none(intro: str) -> None:
    assert items(intro, "one thing", "another thing") == []


def test_inside_a_list_of_markdowns_own_nothing_is_restored() -> None:
    assert items(f"- {INTRO}", "  하나", "  둘") == []


def test_in_a_quotation_a_list_is_restored() -> None:
    assert items(f"> {INTRO}", "> 하나", "> 둘") == ["하나", "둘"]


def test_two_lists_stay_two() -> None:
    html = render_commentary(f"{INTRO}\n하나\n둘\n그렇습니다.\n{INTRO}\n셋\n넷").html
    assert html.count('<ul class="restored">') == 2


def test_a_line_with_a_comma_among_the_items_is_an_item_too() -> None:
    assert items(INTRO, "하나,", "둘", "셋") == ["하나,", "둘", "셋"]


def test_the_spaces_at_the_end_of_lines_do_not_matter() -> None:
    assert items(f"{INTRO}  ", "하나  ", "둘\t") == ["하나", "둘"]


def test_an_abstract_has_no_restored_list() -> None:
    assert "<ul" not in render_abstract("The parts are:\none thing\nanother thing").html


def test_a_restored_list_has_the_tokens_of_a_bullet_list() -> None:
    def shape(text: str) -> list[tuple[str, str, int, int, bool, list[int] | None, str]]:
        return [
            (token.type, token.tag, token.nesting, token.level, token.hidden, token.map, token.content)
            for token in commentary_parser().parse(text)
        ]

    def without_lines(text: str) -> list[tuple[str, str, int, int, bool, str]]:
        return [(*token[:5], token[6]) for token in shape(text)]

    restored = f"{INTRO}\n하나\n\n둘\n끝입니다."
    assert without_lines(restored) == without_lines(f"{INTRO}\n- 하나\n- 둘\n\n끝입니다.")
    lines = [(token[0], token[5]) for token in shape(restored) if token[2] == 1]
    assert lines == [
        ("paragraph_open", [0, 1]),
        ("bullet_list_open", [1, 4]),
        ("list_item_open", [1, 2]),
        ("paragraph_open", [1, 2]),
        ("list_item_open", [3, 4]),
        ("paragraph_open", [3, 4]),
        ("paragraph_open", [4, 5]),
    ]
