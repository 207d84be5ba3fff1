"""The language of a block inside a text of another one."""

import pytest

from digest.text.language import foreign_language
from digest.text.markdown import render_commentary


@pytest.mark.parametrize(
    ("text", "around", "language"),
    [
        ("The model is trained.", "ko", "en"),
        ("The model is trained.", "ja", "en"),
        ("The model is trained.", "zh-TW", "en"),
        ("The model is trained.", "fr", ""),
        ("Transformer", "ko", ""),
        ("https://a.example/some/path-to-it", "ja", ""),
        ("모델을 학습했다.", "en", "ko"),
        ("모델을 학습했다.", "ja", "ko"),
        ("Transformer 모델", "en", ""),
        ("Transformer 모델", "ko", ""),
        ("モデルを学習した。", "ko", "ja"),
        ("モデルを学習した。", "en", "ja"),
        ("モデルを学習した。", "ja", ""),
        ("训练了一个模型。", "en", "zh"),
        ("训练了一个模型。", "zh-CN", ""),
        ("論語", "ko", ""),
        ("論語", "ja", ""),
        ("The word 論語 in a sentence", "en", ""),
    ],
)
def test_a_block_in_another_language_is_marked(text: str, around: str, language: str) -> None:
    assert foreign_language(text, around) == language


@pytest.mark.parametrize(("lang", "label"), [("ko", "표"), ("en", "Table"), ("en-GB", "Table"), ("fr", "Table")])
def test_a_table_is_named_in_the_language_of_its_text(lang: str, label: str) -> None:
    assert f'aria-label="{label}"' in render_commentary("| a | b |\n|---|---|\n| 1 | 2 |", lang=lang).html
