"""What templates write: escaped as MarkupSafe escapes it, unless the text stage made it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from digest.site.templating import escaped


class Shown:
    """A value that knows how it looks in HTML."""

    def __html__(self) -> str:
        return "<i>shown</i>"


@given(st.text())
@example("<script>alert('1 & \"2\"')</script>")
@example("&amp;")
def test_any_text_is_escaped_as_markupsafe_does(text: str) -> None:
    assert escaped(text) == str(escape(text))


@pytest.mark.parametrize("value", [Markup("<b>bold</b>"), Shown(), 12, 0.5, None, ["<", "'"]])
def test_what_is_no_text_is_written_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_a_kind_of_text_is_escaped_like_text() -> None:
    class Name(str):
        __slots__ = ()

    assert escaped(Name("<b>")) == "&lt;b&gt;"
