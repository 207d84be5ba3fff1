"""The characters that neither a page nor a feed can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.characters import encode_printable, printable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가\tb\r\nc\u00a0·\u2028\u200b\ufdd0", "가\tb\r\nc\u00a0·\u2028\u200b\ufdd0"),
        ("a\x00\x01\x08\x0e\x1b\x1fb", "ab"),
        ("a\x7f\x80\x84\x86\x93\x9fb", "ab"),
        ("a\x0bb\x0cc\x85d", "a b c d"),
        ("a\ud800\udfff\ufffe\uffffb", "ab"),
        ("\xc2\x80\xc3\x81", "\xc2\xc3"),
    ],
)
def test_control_characters_go_and_old_line_breaks_become_spaces(text: str, expected: str) -> None:
    assert printable(text) == expected
    assert encode_printable(text) == expected.encode()


@given(st.text(st.characters()))
def test_a_page_and_a_text_lose_the_same_characters(text: str) -> None:
    assert encode_printable(text) == printable(text).encode()
    assert printable(printable(text)) == printable(text)
