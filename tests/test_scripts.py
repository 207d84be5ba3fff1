"""The language of a text by its scripts: the same rule in Python and in the browser's search."""

import json
import unicodedata

import pytest

from digest.scripts import HANGUL_FILLERS, has_hangul, is_east_asian, language_of

from .search.notes import STATIC, run_node

LANGUAGES_OF = [
    ("트랜스포머를 다시 읽고", "ko", "ko"),
    ("B200이 왔다", "ko", "ko"),
    ("Lantern을 읽고", "en", "ko"),
    ("Attention Is All You Need", "ko", "en"),
    ("Attention Is All You Need", "en", "en"),
    ("L'attention suffit", "fr", "fr"),
    ("Übertragung", "ko", "en"),
    ("ㅋㅋㅋ", "en", "ko"),
    ("大韓民國은", "ko", "ko"),
    ("論語", "ko", "ko"),
    ("深層学習", "ja", "ja"),
    ("深度学习", "en", "zh"),
    ("深度学习", "fr", "zh"),
    ("深度學習", "zh-TW", "zh-TW"),
    ("深層学習のはじめに", "ko", "ja"),
    ("深層学習のはじめに", "en", "ja"),
    ("トークナイザー", "zh", "ja"),
    ("ハングル(한글)のフォントについて", "ko", "ja"),
    ("韩国的한글是什么", "zh", "zh"),
    ("일본어의 の에 대하여", "ko", "ko"),
    ("韓国の地名である서울を調べた", "ja", "ja"),
    ("Transformer を読む", "ko", "ja"),
    ("What の does in a noun phrase", "ko", "en"),
    ("On the 論語 as a corpus", "ko", "en"),
    ("On the 論語 as a corpus", "en", "en"),
    ("論文 https://site.example/a/long/path/to/it", "ja", "ja"),
    ("2024", "ko", "ko"),
    ("2405.00001", "ja", "ja"),
    ("Обучение", "ko", "ko"),
    ("Обучение GPT", "ko", "ko"),
    ("", "en-GB", "en-GB"),
    ("Colour", "en-GB", "en-GB"),
    ("\u3164", "en", "en"),
]


@pytest.mark.parametrize(("text", "default", "language"), LANGUAGES_OF)
def test_the_scripts_of_a_text_show_its_language(text: str, default: str, language: str) -> None:
    assert language_of(text, default) == language


def test_the_browser_finds_the_same_languages() -> None:
    module = (STATIC / "search-language.js").as_uri()
    asked = json.dumps([[text, default] for text, default, _ in LANGUAGES_OF])
    script = f"import {{ languageOf }} from {json.dumps(module)}; console.log(JSON.stringify({asked}.map((each) => languageOf(...each))));"
    assert json.loads(run_node("--input-type=module", "--eval", script)) == [
        language for _, _, language in LANGUAGES_OF
    ]


@pytest.mark.parametrize("text", ["가", "ㄱ", "ㅏ", "\u1100", "\ua960", "\ud7b0", "\uffa1", "㈜", "㉠", "a힣"])
def test_hangul_is_syllables_and_jamo_of_every_block(text: str) -> None:
    assert has_hangul(text)


@pytest.mark.parametrize("text", ["", "a", "é", "漢", "か", "カ", "・", "ー", "，", *HANGUL_FILLERS])
def test_other_scripts_and_invisible_fillers_are_not_hangul(text: str) -> None:
    assert not has_hangul(text)


def test_hangul_is_every_hangul_character_of_unicode_except_fillers() -> None:
    named = [
        char
        for char in map(chr, range(0x10000))
        if "HANGUL" in unicodedata.name(char, "") and unicodedata.category(char)[0] in "LS"
    ]
    assert [char for char in named if has_hangul(char) == (char in HANGUL_FILLERS)] == []


def test_a_tag_of_a_region_means_its_language() -> None:
    assert [is_east_asian(tag) for tag in ("ko", "ko-KR", "zh-Hant", "JA", "en", "kok", "")] == [True] * 4 + [False] * 3
