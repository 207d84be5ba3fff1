"""Tokens, stems and jamo, in Python and in the browser's module alike."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.search.coding import checksum
from digest.search.endings import ENDINGS
from digest.search.stemming import Stemmer, count_documents
from digest.search.tokens import chosung, jamo, noun_pairs, stems, tokenize

from .notes import HERE, run_node

VECTORS = Path(__file__).parents[1] / "cases" / "search-tokens.json"
EXPECTED: dict[str, Any] = json.loads(VECTORS.read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), EXPECTED["tokenize"])
def test_text_becomes_the_tokens_of_the_shared_vectors(text: str, expected: list[str]) -> None:
    assert tokenize(text) == expected


def test_stems_jamo_initials_and_checksums_are_those_of_the_shared_vectors() -> None:
    for token, expected in EXPECTED["stems"]:
        assert [list(pair) for pair in stems(token)] == expected
    for token, expected in EXPECTED["jamo"]:
        assert jamo(token) == expected
    for token, expected in EXPECTED["chosung"]:
        assert chosung(token) == expected
    for text, expected in EXPECTED["checksum"]:
        assert checksum(text) == expected
    assert sorted(ENDINGS) == EXPECTED["endings"]


def test_the_browser_module_agrees_with_the_shared_vectors(modules: Path) -> None:
    assert json.loads(run_node(HERE / "vectors.mjs", modules, VECTORS)) == []


@given(st.text(alphabet=st.sampled_from("가각힣ㄱㅏ는을abcZÉ019-_.'()#+ \n強ーαß\u200b\u1100\u1161"), max_size=60))
def test_tokens_of_tokens_are_themselves(text: str) -> None:
    for token in tokenize(text):
        assert token
        assert token in tokenize(token)


@given(st.text(max_size=80))
def test_any_text_has_tokens_without_spaces(text: str) -> None:
    assert all(token == token.strip() and len(token) <= 40 for token in tokenize(text))


def test_an_ending_is_stripped_where_the_stem_is_attested() -> None:
    stemmer = Stemmer(count_documents([["데이터셋을", "데이터셋"], ["모델이", "모델의"], ["고양이"]]))
    assert stemmer.stem("데이터셋을") == "데이터셋"
    assert stemmer.stem("모델이") == "모델"
    assert stemmer.stem("고양이") == "고양이"


def test_a_stem_that_only_looks_like_another_with_an_ending_stays_whole() -> None:
    notes = [["이미"], ["이미지"], ["이미지를"], ["이미지의"], ["이미지가"], ["이미지로"]]
    stemmer = Stemmer(count_documents(notes))
    assert stemmer.stem("이미지") == "이미지"
    assert stemmer.stem("이미지를") == "이미지"


def test_words_after_modifiers_and_particles_are_no_compounds() -> None:
    assert noun_pairs("작은 모델") == []
    assert ("코드", "생성을") in noun_pairs("코드 생성을")
