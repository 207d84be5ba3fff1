"""Slugs: readable, Hangul kept, never colliding silently, short enough for a file name."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.slugs import MAX_BYTES, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Grok-1", "grok-1"),
        ("LLaVA-UHD: an LMM Perceiving Any Aspect Ratio", "llava-uhd-an-lmm-perceiving-any-aspect-ratio"),
        ("모델 병합에 대하여", "모델-병합에-대하여"),
        ("ㅋㅋ", "ㅋㅋ"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("A+", "a-plus"),
        ("A+B", "a-b"),
        ("F#과 C++와 A+를", "f-sharp과-c-plus-plus와-a-plus를"),
        ("#1 #2", "1-2"),
        ("Straße", "strasse"),
        ("  --x_y--  ", "x-y"),
        ("don't", "don-t"),
        ("हिन्दी", "हिन्दी"),
        ("2024년 3월", "2024년-3월"),
    ],
)
def test_a_slug_reads_like_its_text(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_decomposed_text_has_the_slug_of_the_composed() -> None:
    assert slugify(unicodedata.normalize("NFD", "각주 달기")) == slugify("각주 달기") == "각주-달기"


def test_text_without_letters_becomes_a_hash_of_its_own() -> None:
    assert re.fullmatch("[0-9a-f]{8}", slugify(""))
    assert slugify("!!!") != slugify("???")


def test_a_long_text_is_cut_at_a_word_and_stays_unique() -> None:
    one, other = slugify("가나다 " * 40 + "하나"), slugify("가나다 " * 40 + "둘")
    assert one != other
    assert len(one.encode()) <= MAX_BYTES
    assert re.fullmatch(r"(가나다-)+[0-9a-f]{8}", one)
    assert len(slugify("가" * 200).encode()) <= MAX_BYTES


@given(st.text())
def test_any_text_gives_a_safe_part_of_an_address(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert len(slug.encode()) <= MAX_BYTES
    assert unicodedata.is_normalized("NFC", slug)
    assert slug == slug.strip("-")
    assert not re.search(r"[\s/\\.?#%:&<>\"'*|]|--", slug)
    assert slugify(text) == slug
