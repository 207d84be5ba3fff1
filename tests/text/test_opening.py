"""How much of a text its opening is: limits to the letter, and what is left out."""

import pytest

from digest.text import opening as openings
from digest.text.markdown import render_commentary


def opening(text: str, limit: int = 160) -> str:
    return openings.opening(render_commentary(text).html, limit).plain


SENTENCE = "가나다라마바사아자차."  # eleven characters


def test_a_text_as_long_as_the_limit_is_its_own_opening() -> None:
    assert opening("가" * 160) == "가" * 160
    assert opening("가" * 161) == "가" * 159 + "…"
    assert opening("가나 다라", limit=5) == "가나 다라"


def test_sentences_are_taken_as_long_as_they_fit_with_the_space_between_them() -> None:
    text = f"{SENTENCE} {SENTENCE} {SENTENCE}"
    assert opening(text, limit=35) == text
    assert opening(text, limit=34) == f"{SENTENCE} {SENTENCE}"
    assert opening(text, limit=23) == f"{SENTENCE} {SENTENCE}"
    assert opening(text, limit=22) == SENTENCE
    assert opening(text, limit=11) == SENTENCE


@pytest.mark.parametrize(
    ("limit", "cut"),
    [
        (13, "하나 둘셋 넷다섯…"),
        (12, "하나 둘셋 넷다섯…"),
        (11, "하나 둘셋 넷다섯…"),
        (10, "하나 둘셋 넷다섯…"),
        (9, "하나 둘셋…"),
    ],
)
def test_a_sentence_that_does_not_fit_is_cut_at_a_space(limit: int, cut: str) -> None:
    assert opening("하나 둘셋 넷다섯 여섯일곱여덟", limit=limit) == cut


def test_a_cut_right_before_a_space_keeps_the_word() -> None:
    assert opening("하나 둘셋 넷", limit=6) == "하나 둘셋…"


def test_a_word_longer_than_half_of_the_room_is_cut_within() -> None:
    assert opening("하나 " + "둘" * 40, limit=11) == "하나 " + "둘" * 7 + "…"
    assert opening("하나둘셋넷 " + "여" * 40, limit=11) == "하나둘셋넷 " + "여" * 4 + "…"
    assert opening("하나둘셋넷다 " + "여" * 40, limit=11) == "하나둘셋넷다…"


@pytest.mark.parametrize("mark", [",", ";", ":", "("])
def test_no_mark_stands_before_the_ellipsis(mark: str) -> None:
    assert opening(f"하나 둘셋{mark} 넷다섯여섯일곱", limit=9) == "하나 둘셋…"


def test_marks_at_the_front_and_letters_at_the_end_stay() -> None:
    assert opening("(하나 둘셋 넷다섯여섯일곱", limit=9) == "(하나 둘셋…"
    assert opening("하나 둘셋X 넷다섯여섯일곱", limit=9) == "하나 둘셋X…"


def test_the_opening_is_never_longer_than_its_limit() -> None:
    for limit in range(2, 60):
        assert (
            len(
                opening("이 문장은 길고 https://example.org/too/long/to/fit 주소도 있으며 끝나지 않습니다", limit=limit)
            )
            <= limit
        )


@pytest.mark.parametrize("end", [",", ":"])
def test_a_lead_in_to_a_list_is_left_out_if_a_sentence_stands_before_it(end: str) -> None:
    assert opening(f"모델이 나왔습니다. 살펴보면{end}\n12B\n64K") == "모델이 나왔습니다."
    assert opening(f"하나. 둘. 살펴보면{end}") == "하나. 둘."


@pytest.mark.parametrize("end", [",", ":"])
def test_a_lead_in_with_nothing_before_it_is_followed_by_the_items(end: str) -> None:
    assert opening(f"살펴보면{end}\n12B\n64K") == f"살펴보면{end} 12B, 64K"
    assert opening(f"살펴보면{end}\n\n- 하나는 크다.\n- 둘은 작다.\n\n끝.") == f"살펴보면{end} 하나는 크다. 둘은 작다."
    assert opening(f"살펴보면{end}\n\n- {'가나 ' * 9}\n- 끝", limit=20) == f"살펴보면{end} 가나 가나 가나 가나…"


@pytest.mark.parametrize(
    "lead_in", ["결과는 다음과 같다.", "순서는 아래와 같습니다.", "차례는 다음과 같네요", "The steps are as follows."]
)
def test_a_sentence_that_announces_a_list_is_a_lead_in_whatever_its_mark(lead_in: str) -> None:
    assert opening(f"모델이 나왔습니다. {lead_in}\n\n- 하나\n- 둘") == "모델이 나왔습니다."
    assert opening(f"{lead_in}\n\n- 하나\n- 둘") == f"{lead_in} 하나, 둘"


def test_the_line_after_a_lead_in_is_taken_if_no_list_follows() -> None:
    assert opening("코드는 다음과 같다:\n\n```\nx = 1\n```\n\n짧지요.") == "짧지요."
    assert opening("코드는 다음과 같다:\n\n```\nx = 1\n```") == "코드는 다음과 같다:"


def test_the_items_of_a_list_that_comes_first_are_one_text() -> None:
    assert opening("- 하나\n- 둘\n\n끝.") == "하나, 둘"


def test_a_table_and_code_are_passed_over() -> None:
    assert opening("| a | b |\n|---|---|\n| 1 | 2 |\n\n표입니다.") == "표입니다."
    assert opening("```\nx\n```\n\n코드입니다.") == "코드입니다."


def test_formulas_are_set_in_html_and_written_as_a_line_in_plain_text() -> None:
    found = openings.opening(render_commentary("비용은 $x^2$와 <b>$\\frac{a}{b}$</b>$c$다. $d < 1$.").html)
    assert found.plain == "비용은 x²와 a/bc다. d<1."
    assert found.html.startswith(
        '비용은 <math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>와 <math alttext="\\frac{a}{b}">'
    )
    assert found.html.endswith('<math alttext="d &lt; 1"><mi>d</mi><mo>&lt;</mo><mn>1</mn></math>.')


def test_a_formula_of_its_own_line_follows_its_lead_in_in_the_line() -> None:
    found = openings.opening(render_commentary("손실은 다음과 같다:\n\n$$\nL = x\n$$\n\n끝.").html)
    assert found.plain == "손실은 다음과 같다: L=x"
    assert 'display="block"' not in found.html


def test_a_formula_is_never_cut_in_two() -> None:
    html = render_commentary("하나 $a+b+c+d+e+f+g+h+i+j+k+l+m+n$ 끝").html
    for limit in range(4, 40):
        found = openings.opening(html, limit)
        assert len(found.plain) <= limit
        assert ("a+b" in found.plain) == ("<math" in found.html)
        assert "\ufffe" not in found.plain + found.html


def test_html_holds_the_escaped_text() -> None:
    assert openings.opening(render_commentary("a < b & **c**").html).html == "a &lt; b &amp; c"


def test_tags_at_the_end_are_left_out() -> None:
    assert opening("좋은 모델. #gan #vae") == "좋은 모델."
    assert opening("좋은 #gan 모델.") == "좋은 #gan 모델."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.example.org/a 새 모델이다.", "새 모델이다."),
        ("https://www.example.org/a 에 대한 설명이다.", "example.org에 대한 설명이다."),
        ("모델이다. https://example.org/a 코드도 있다.", "모델이다. 코드도 있다."),
        ("모델이다. https://example.org/a", "모델이다."),
        ("코드는 https://example.org/a 참고.", "코드는 example.org 참고."),
        ("[모델](https://example.org/a)이다.", "모델이다."),
        ("[https://example.org/a](https://example.org/a) 새 모델이다.", "새 모델이다."),
        ("arXiv:2101.00001 새 모델이다.", "새 모델이다."),
        ("https://arxiv.org/abs/2101.00001 를 고쳤다.", "arXiv:2101.00001를 고쳤다."),
        ("2101.00001v2\n본문", "본문"),
        ("놀랍다 (https://example.org/a...).", "놀랍다."),
    ],
)
def test_no_opening_holds_a_raw_address(text: str, expected: str) -> None:
    assert opening(text) == expected


def test_a_line_that_ends_otherwise_is_no_lead_in() -> None:
    assert opening("모델이 나왔습니다. 살펴보면;") == "모델이 나왔습니다. 살펴보면;"


@pytest.mark.parametrize(
    "line",
    [
        "https://example.org/a",
        "(https://example.org/a)",
        "arXiv:2101.00001",
        "https://example.org/a https://example.org/b",
    ],
)
def test_lines_of_nothing_but_addresses_are_passed_over(line: str) -> None:
    assert opening(f"\n{line}\n\n본문입니다.\n다음 줄입니다.") == "본문입니다."
    assert opening(line) == ""


def test_a_line_with_more_than_an_address_is_taken() -> None:
    assert opening("https://example.org/a 참조\n본문") == "참조"


@pytest.mark.parametrize(
    "source",
    [
        " (https://example.org/a)",
        "(https://example.org/a, https://example.org/b)",
        " (arXiv:2101.00001; arXiv:2101.00002)",
    ],
)
def test_sources_in_parentheses_are_left_out(source: str) -> None:
    assert opening(f"흥미롭네요.{source}") == "흥미롭네요."


def test_parentheses_that_hold_more_than_sources_stay() -> None:
    assert opening("흥미롭네요 (자세히는 https://example.org/a)") == "흥미롭네요 (자세히는 example.org)"


def test_spaces_are_single_and_marks_are_gone() -> None:
    assert opening("  하나   둘\t셋  ") == "하나 둘 셋"
    assert opening("**굵은** 글입니다.") == "굵은 글입니다."
    assert opening("") == ""
