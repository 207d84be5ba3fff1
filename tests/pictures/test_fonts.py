"""The fonts of card images, and the characters that they have."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.languages import LANGUAGES, strings_for
from digest.pictures.fonts import PACKAGED, Fonts
from digest.pictures.glyphs import FontError, characters_of

FONT = PACKAGED.read_bytes()


def font_of(table: bytes) -> bytes:
    """Return a font with nothing but a table of characters."""
    header = b"OTTO" + struct.pack(">HHHH", 1, 0, 0, 0) + struct.pack(">4sLLL", b"cmap", 0, 28, len(table))
    return header + table


def test_the_packaged_font_has_all_syllables_of_ks_x_1001() -> None:
    syllables = [bytes((row, cell)).decode("euc_kr") for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF)]
    assert len(syllables) == 2350
    assert set(map(ord, syllables)) <= characters_of(FONT)


def test_the_packaged_font_has_what_titles_are_made_of() -> None:
    assert list(Fonts().lacks(["Grok-1 “quoted” — α→β ≤ ∑ √ ∞ × · … ² ₂ é ß Ж ㎞ ① ● ☆ かな カナ"])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_packaged_font_has_all_words_that_cards_show(language: str) -> None:
    words = strings_for(language)
    shown = (words.site_title, *words.kind_names.values(), *words.weekdays, *words.months_long, *words.months_short)
    assert list(Fonts().lacks(shown)) == []


def test_characters_that_a_font_lacks_are_named_once() -> None:
    assert list(Fonts().lacks(["漢字와 漢", "🎉 🎉"])) == ["漢", "字", "🎉"]


def test_characters_that_show_nothing_are_not_missed() -> None:
    assert list(Fonts().lacks(["a\u200d\ufe0f\u2028b\u0301"])) == []


def test_a_decomposed_syllable_is_looked_up_as_one_character() -> None:
    assert list(Fonts().lacks(["\u1112\u1161\u11ab"])) == []


def test_a_font_of_the_project_comes_first_and_the_packaged_one_helps_out() -> None:
    groups = struct.pack(">HHLLL", 12, 0, 28, 0, 1) + struct.pack(">LLL", ord("漢"), ord("漢"), 5)
    own = font_of(struct.pack(">HHHHL", 0, 1, 3, 10, 12) + groups)
    fonts = Fonts((("fonts/own.otf", own),))
    fonts.check()
    assert (fonts.places()["漢"], fonts.places()["가"], fonts.places()["字"]) == (0, 1, None)
    assert fonts.digest != Fonts().digest


@pytest.mark.parametrize("content", [b"", b"OTTO", b"wOF2" + FONT[4:], b"<svg/>", FONT[:300]])
def test_a_file_that_is_no_font_is_a_mistake_with_its_path(content: bytes) -> None:
    with pytest.raises(FontError, match=r"`fonts/own\.otf`: "):
        Fonts((("fonts/own.otf", content),)).check()


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_a_damaged_font_is_read_or_refused(bytes_: bytes, place: int) -> None:
    damaged = FONT[:place] + bytes_ + FONT[place + len(bytes_) :]
    try:
        found = characters_of(damaged)
    except FontError:
        return
    assert all(0 <= code <= 0x10FFFF for code in found)


def test_the_licence_of_the_font_ships_with_it() -> None:
    text = PACKAGED.with_name("OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert b"Pretendard" not in FONT[: len(FONT) // 4].split(b"Digest Cards")[0][:200]
