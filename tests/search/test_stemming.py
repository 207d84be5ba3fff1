"""When an ending is stripped: what attests a stem, and what makes a word whole."""

import pytest

from digest.search.stemming import Stemmer, count_documents


def stemmer(*documents: str) -> Stemmer:
    """Learn from documents, each a text of tokens."""
    return Stemmer(count_documents(text.split() for text in documents))


def test_documents_are_counted_and_not_occurrences_across_them() -> None:
    assert count_documents([["등불", "창문"], ["등불"], []]) == {"등불": 2, "창문": 1}


def test_a_stem_is_attested_by_standing_alone_once() -> None:
    assert stemmer("등불을", "등불").stem("등불을") == "등불"
    assert stemmer("등불을").stem("등불을") == "등불을"


def test_a_stem_is_attested_by_two_endings() -> None:
    assert stemmer("등불을", "등불이").stem("등불을") == "등불"
    assert stemmer("등불을", "등불이").stem("등불의") == "등불"


@pytest.mark.parametrize(("documents", "stem"), [(2, "물을"), (3, "물"), (4, "물")])
def test_a_stem_of_one_syllable_is_attested_by_three_documents(documents: int, stem: str) -> None:
    assert stemmer("물을", *["물"] * documents).stem("물을") == stem


def test_endings_alone_attest_no_stem_of_one_syllable() -> None:
    assert stemmer("물을", "물이", "물의", "물은").stem("물을") == "물을"


def test_the_longest_ending_that_leaves_an_attested_stem_is_stripped() -> None:
    assert stemmer("등불에서는", "등불").stem("등불에서는") == "등불"


@pytest.mark.parametrize(("endings", "stem"), [(2, "이미"), (3, "이미지")])
def test_a_token_that_carries_three_endings_itself_is_whole(endings: int, stem: str) -> None:
    carried = [f"이미지{ending}" for ending in ("를", "의", "가")][:endings]
    assert stemmer("이미", "이미지", *carried).stem("이미지") == stem


def test_a_token_with_less_than_half_of_its_stems_endings_is_not_whole() -> None:
    own = [f"이미지{ending}" for ending in ("를", "의", "가")]
    few = [f"이미{ending}" for ending in ("는", "도", "를")]
    many = [f"이미{ending}" for ending in ("는", "도", "를", "의", "가", "만", "로")]
    assert stemmer("이미", "이미지", *own, *few).stem("이미지") == "이미지"
    assert stemmer("이미", "이미지", *own, *many).stem("이미지") == "이미"


def test_a_word_that_was_never_met_is_stemmed_by_the_same_rule() -> None:
    learned = stemmer("등불", "등불이")
    assert learned.stem("등불에게") == "등불"
    assert learned.stem("산책에게") == "산책에게"
    assert learned.stem("등불에게") == "등불"
