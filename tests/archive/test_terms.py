"""The words by which related entries are found."""

import pytest

from digest.archive.terms import MOST_TERMS, find_terms


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Kestrel: Nesting Habits of Falcons", "", "kestrel nesting habits falcons"),
        ("KestrelNet for GPUs", "", "Kestrelnet Gpus"),
        ("Falcon-7B and T5", "", "falcon T5"),
        ("", "매의 둥지를 Kestrel 모델로 찾는다. 결과는 sparse attention과 같다.", "Kestrel sparse attention"),
        ("", "sparse nests are built by Kestrel", "Kestrel sparse nests built"),
        ("Kestrel", "Kestrel과 Osprey", "Kestrel Osprey"),
        ("", "코드는 https://example.org/Kestrel/Osprey 에 있다.", ""),
        ("강화학습을 정리하며", "모두 한글이다.", "강화학 정리하"),
        ("강화학습", "", "강화학"),
        ("Étude über Größe", "", "étude über größe"),
        ("We propose a new method", "The results are better than in other papers", ""),
        ("", "", ""),
    ],
)
def test_words_of_a_title_come_first_then_names_then_other_words_of_the_text(title: str, text: str, words: str) -> None:
    assert find_terms(title, text) == words


def test_a_long_text_gives_its_names_before_its_other_words() -> None:
    text = " ".join(f"word{n}" for n in range(50)) + " Kestrel"
    words = find_terms("Osprey", text).split()
    assert words[:2] == ["osprey", "Kestrel"]
    assert len(words) == MOST_TERMS
