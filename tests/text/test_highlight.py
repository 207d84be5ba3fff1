"""Highlighted code."""

import subprocess
import sys

import pytest

from digest.text.highlight import TOKEN_CLASSES, highlight


def test_highlighting_changes_no_character_of_the_code() -> None:
    code = "\n\n  class A(B):\n\tx = '<&>' # 주석\n\n"
    plain = highlight(code, "nosuchlanguage")
    coloured = highlight(code, "python")
    assert plain == code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for name in {*TOKEN_CLASSES.values()}:
        coloured = coloured.replace(f'<span class="{name}">', "")
    assert coloured.replace("</span>", "") == plain


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("+가\n", "diff", '<span class="tok-inserted">+가</span>\n'),
        ("-가\n", "diff", '<span class="tok-deleted">-가</span>\n'),
        ("SELECT 1", "SQL", '<span class="tok-keyword">SELECT</span> <span class="tok-number">1</span>'),
        ("x is None", "python", 'x <span class="tok-keyword">is</span> <span class="tok-constant">None</span>'),
    ],
)
def test_tokens_carry_the_classes_of_the_theme(code: str, language: str, expected: str) -> None:
    assert highlight(code, language).replace("\n</span>", "</span>\n") == expected


def test_pygments_and_the_math_converter_are_imported_only_when_something_needs_them() -> None:
    code = (
        "import sys; from digest.text.markdown import render_commentary; render_commentary('가 **나** https://a.example');"
        "assert not {'pygments', 'math_core', 'nh3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
