"""Slugs are readable, keep Hangul, never collide silently, and are valid file names on every system."""

import ntpath
import re
import sys
import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.limits import SLUG_BYTES
from digest.slugs import avoid_device, slugify


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


def test_the_slug_does_not_depend_on_normalisation() -> None:
    assert slugify(unicodedata.normalize("NFD", "각주 달기")) == slugify("각주 달기") == "각주-달기"


RESERVED = ["con", "prn", "aux", "nul", *(port + number for port in ("com", "lpt") for number in "123456789¹²³")]


@pytest.mark.parametrize("name", RESERVED)
def test_a_name_that_windows_reserves_is_marked_however_it_is_written(name: str) -> None:
    for text in (name, name.upper(), f" {name}. ", f"{name}...", f"#{name}", f"{name}_"):
        assert slugify(text) == f"{name}_", text
    assert slugify(f"{name}_") == slugify(slugify(name))  # exported front matter keeps the address


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("con.txt", "con-txt"),
        ("nul .tar.gz", "nul-tar-gz"),
        ("CONIN$", "conin"),
        ("com0", "com0"),
        ("com10", "com10"),
        ("com⁴", "com⁴"),
        ("Con artists", "con-artists"),
        ("auxiliary", "auxiliary"),
        ("nul과 nil", "nul과-nil"),
        ("trailing dots...", "trailing-dots"),
        ("trailing spaces  ", "trailing-spaces"),
    ],
)
def test_a_name_that_only_resembles_a_reserved_one_keeps_its_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.skipif(sys.version_info < (3, 13), reason="ntpath.isreserved is new in Python 3.13")
def test_windows_reserves_no_slug() -> None:
    isreserved = ntpath.isreserved  # type: ignore[attr-defined, unused-ignore]
    for name in (*RESERVED, "con.txt", "a.", "a ", "CONIN$"):
        assert isreserved(name)
        assert not isreserved(slugify(name)), name


def test_a_kind_name_changes_only_if_windows_reserves_it() -> None:
    assert [avoid_device(name) for name in ("aux", "lpt1", "paper", "a--b", "aux-1")] == [
        "aux_", "lpt1_", "paper", "a--b", "aux-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GROK", "grok"),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("Café", "Cafe\N{COMBINING ACUTE ACCENT}"),
        ("\N{KELVIN SIGN}-means", "k-means"),
        ("İzmir", "I\N{COMBINING DOT ABOVE}zmir"),
        ("\N{ANGSTROM SIGN}", "å"),
    ],
)
def test_texts_that_a_file_system_folds_together_have_one_slug(one: str, other: str) -> None:
    assert slugify(one) == slugify(other)


def test_no_letter_makes_slugs_that_differ_only_in_case_or_normalisation() -> None:
    slugs: dict[str, set[str]] = defaultdict(set)
    for char in map(chr, (*range(0xD800), *range(0xE000, 0x110000))):
        if char == char.upper() == char.casefold() == unicodedata.normalize("NFD", char):
            continue
        slug = slugify(f"a{char}b")
        for form in ("NFC", "NFD"):
            slugs[unicodedata.normalize(form, slug).casefold()].add(slug)
            slugs[unicodedata.normalize(form, slug.lower())].add(slug)
    assert {folded: found for folded, found in slugs.items() if len(found) > 1} == {}


def test_text_without_letters_becomes_a_hash() -> None:
    assert re.fullmatch("[0-9a-f]{8}", slugify(""))
    assert slugify("!!!") != slugify("???")


def test_a_long_text_is_cut_at_a_word_and_stays_unique() -> None:
    one, other = slugify("가나다 " * 40 + "하나"), slugify("가나다 " * 40 + "둘")
    assert one != other
    assert len(one.encode()) <= SLUG_BYTES.most
    assert re.fullmatch(r"(가나다-)+[0-9a-f]{8}", one)
    assert len(slugify("가" * 200).encode()) <= SLUG_BYTES.most


@given(st.text())
def test_any_text_gives_a_safe_part_of_an_address(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert len(slug.encode()) <= SLUG_BYTES.most
    assert unicodedata.is_normalized("NFC", slug)
    assert slug == slug.strip("-")
    assert not re.search(r"[\s/\\.?#%:&<>\"'*|]|--", slug)
    assert unicodedata.normalize("NFC", slug.casefold()) == slug
