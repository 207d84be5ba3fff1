"""The sentence in which a text mentions something."""

import time

import pytest

from digest.text.markdown import render_commentary
from digest.text.mentions import LENGTH, find_mentions, name_mentions


def mentions_of(text: str) -> tuple[str, ...]:
    return find_mentions(render_commentary(text, lang="ko"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("앞 문장입니다. [[Wren]]의 날개를 빌렸네요. 뒤 문장입니다.", "[[Wren]]의 날개를 빌렸네요."),
        ("날개를 빌린 논문(arXiv:2403.00001)과 닮았습니다. 끝.", "날개를 빌린 논문과 닮았습니다."),
        ("둥지가 닮았네요. (https://arxiv.org/abs/2403.00001) 끝.", "둥지가 닮았네요."),
        ("- 하나\n- 둘은 [[Wren]]처럼\n- 셋", "둘은 [[Wren]]처럼"),
        ("**[굵은 말](https://arxiv.org/abs/2403.00001v2)** 다음의 말.", "굵은 말 다음의 말."),
        ("https://arxiv.org/abs/2403.00001\n다른 줄입니다.", ""),
    ],
    ids=["sentence", "parentheses", "behind-a-sentence", "item", "label", "only-an-address"],
)
def test_a_mention_is_quoted_by_its_sentence(text: str, sentence: str) -> None:
    assert "".join(mentions_of(text)) == sentence


def test_sentences_stand_in_the_order_of_references_and_the_first_mention_counts() -> None:
    text = "[[Owl]]은 크다. [[Wren]]은 작다. [[Owl]]은 느리다. ![그림](a.png)"
    assert mentions_of(text) == ("[[Owl]]은 크다.", "[[Wren]]은 작다.", "")


def test_names_of_files_give_way_to_titles_and_words_of_the_author_stay() -> None:
    (first, second) = mentions_of("[[240319 Wren]]과 240319, 그리고 [[Owl|큰 새]]를 봅니다.")
    assert first == second
    assert name_mentions(first, {"240319 Wren": "Wren"}) == "Wren과 240319, 그리고 큰 새를 봅니다."
    assert name_mentions(first, {}) == "240319 Wren과 240319, 그리고 큰 새를 봅니다."


def test_a_text_without_references_has_no_mentions() -> None:
    assert mentions_of("아무것도 가리키지 않습니다.") == ()


def test_a_long_sentence_is_cut_to_the_words_around_its_reference() -> None:
    (sentence,) = mentions_of("가나 다라 " * 200 + "[[Wren]] " + "마바 사아 " * 200)
    assert len(sentence) <= LENGTH + 1
    assert "Wren" in sentence
    assert sentence.startswith("…")
    assert sentence.endswith("…")


def test_many_mentions_on_one_line_take_no_longer_each() -> None:
    def seconds(count: int) -> float:
        fragment = render_commentary(" ".join(f"[[Wren {n}]]" for n in range(count)), lang="ko")
        start = time.process_time()
        assert len(find_mentions(fragment)) == count
        return time.process_time() - start

    few = min(seconds(500) for _ in range(3))
    assert min(seconds(4000) for _ in range(3)) < 8 * few * 4
