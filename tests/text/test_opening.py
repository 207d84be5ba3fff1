"""How much of a text its opening is: limits to the letter, and what is left out."""

import pytest

from digest.text.markdown import render_commentary
from digest.text.opening import opening

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
    assert opening(f"살펴보면{end}\n12B\n64K") == f"살펴보면{end}"
    assert opening(f"하나. 둘. 살펴보면{end}") == "하나. 둘."


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
    assert opening("https://example.org/a 참조\n본문") == "https://example.org/a 참조"


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
    assert opening("흥미롭네요 (자세히는 https://example.org/a)") == "흥미롭네요 (자세히는 https://example.org/a)"


def test_spaces_are_single_and_a_fragment_is_read_by_its_plain_text() -> None:
    assert opening("  하나   둘\t셋  ") == "하나 둘 셋"
    assert opening(render_commentary("**굵은** 글입니다.")) == "굵은 글입니다."
    assert opening("") == ""
