"""Where a sentence ends, and that finding out takes time in proportion to a line's length."""

import pytest

from digest.text.sentences import ends_sentence, split_sentences

from ..linear import is_linear


@pytest.mark.parametrize(
    "line",
    [
        "모델을 공개했습니다.",
        "Why?」",
        "A lamp. (a harbour)",
        "A lamp. (a (small) harbour) (1998)  ",
        'He said "so."',
        "등대입니다. (https://lamp.example)",
        "(A lamp.)",
    ],
)
def test_a_line_ends_a_sentence_in_spite_of_what_stands_behind_its_stop(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize(
    "line",
    ["", "()", "살펴보면,", "A lamp (a harbour)", "A lamp. (((deep)))", "A lamp. a)", "A lamp. (open", "A lamp. () x"],
)
def test_a_line_without_a_stop_at_its_end_ends_no_sentence(line: str) -> None:
    assert not ends_sentence(line)


@pytest.mark.linear
@pytest.mark.parametrize("piece", ["()", "(a b) ", "((a)", "))", "(a. ", "a. ", '."', "(http://a "])
def test_the_time_to_find_sentences_grows_with_the_length_of_a_line_alone(piece: str) -> None:
    assert is_linear(lambda size: ends_sentence(piece * size), 5_000)
    assert is_linear(lambda size: split_sentences(piece * size), 5_000)
