"""Escaping in templates: the same as MarkupSafe's, except for Markup from the text stage."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from digest.site.templating import escaped


class Shown:
    """A value with its own HTML."""

    def __html__(self) -> str:
        return "<i>shown</i>"


@given(st.text())
@example("<script>alert('1 & \"2\"')</script>")
@example("&amp;")
def test_any_text_is_escaped_as_by_markupsafe(text: str) -> None:
    assert escaped(text) == str(escape(text))


@pytest.mark.parametrize("value", [Markup("<b>bold</b>"), Shown(), 12, 0.5, None, ["<", "'"]])
def test_values_other_than_text_are_escaped_as_by_markupsafe(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_a_subclass_of_str_is_escaped_like_text() -> None:
    class Name(str):
        __slots__ = ()

    assert escaped(Name("<b>")) == "&lt;b&gt;"
