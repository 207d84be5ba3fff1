"""How titles are broken into the lines of a card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pictures.breaking import ELLIPSIS, Setting, fit


def measure(text: str, size: int) -> float:
    """Measure a text whose letters are as wide as their size, and half as wide if they are ASCII."""
    return sum(size / 2 if char.isascii() else size for char in text)


def lines(text: str, width: float, *settings: Setting, balanced: bool = False) -> tuple[str, ...]:
    return fit(text, width, settings or (Setting(10, 9),), measure, balanced=balanced).lines


def test_korean_breaks_between_words_only() -> None:
    assert lines("작은 모델을 고르는 기준", 50) == ("작은", "모델을", "고르는", "기준")
    assert lines("작은 모델을 고르는 기준", 70) == ("작은 모델을", "고르는 기준")


def test_english_breaks_between_words_only() -> None:
    assert lines("Reading Long Documents", 45) == ("Reading", "Long", "Documents")
    assert lines("GPT-4 via long-context", 60) == ("GPT-4 via", "long-context")


def test_chinese_and_japanese_break_between_characters_but_not_before_a_mark() -> None:
    assert lines("大規模言語模型", 30) == ("大規模", "言語模", "型")
    assert lines("言語。模型", 30) == ("言語。", "模型")
    assert lines("「言語」模型", 40) == ("「言語」", "模型")


def test_the_largest_size_in_which_a_text_fits_is_taken() -> None:
    settings = (Setting(20, 1), Setting(10, 2), Setting(5, 3))
    assert fit("가나", 40, settings, measure).size == 20
    assert fit("가나 다라", 40, settings, measure).size == 10
    assert fit("가나다라마", 40, settings, measure).size == 5


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    assert lines("Reading Long Documents, with Care", 60, Setting(10, 2)) == ("Reading Long", "Documents…")
    assert lines("가나다라마바사", 50, Setting(10, 1)) == ("가나다라…",)


def test_lines_of_a_title_are_about_as_long() -> None:
    title = "Attention Is All You Need Today"
    assert lines(title, 140) == ("Attention Is All You Need", "Today")
    assert lines(title, 140, balanced=True) == ("Attention Is All", "You Need Today")


def test_a_text_without_letters_has_no_lines() -> None:
    assert lines("", 100) == ()


@given(st.text(st.sampled_from("가나다 abc漢字。…“”-"), max_size=60), st.integers(20, 200), st.booleans())
def test_no_line_is_wider_than_the_card(text: str, width: int, balanced: bool) -> None:
    fitted = fit(" ".join(text.split()), width, (Setting(16, 2), Setting(8, 3)), measure, balanced=balanced)
    assert all(measure(line, fitted.size) <= width for line in fitted.lines)
    assert len(fitted.lines) <= 3
    if not fitted.lines or not fitted.lines[-1].endswith(ELLIPSIS):
        assert "".join(fitted.lines).replace(" ", "") == "".join(text.split())


def test_a_word_that_is_wider_than_the_card_goes_on_in_the_next_line() -> None:
    assert lines("모델 가나다라마바사 하나", 50) == ("모델", "가나다라마", "바사 하나")


@pytest.mark.parametrize("text", ["가" * 400, "a" * 400, "漢" * 400, "a b " * 200])
def test_any_long_text_is_cut(text: str) -> None:
    assert lines(text, 100, Setting(10, 3))[-1].endswith(ELLIPSIS)
