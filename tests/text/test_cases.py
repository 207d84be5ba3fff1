"""Pairs of text and expected rendering in `tests/cases/text-*.md`, in the form of markdown-it's own fixtures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from digest.text.markdown import render_abstract, render_commentary, render_title
from digest.text.opening import opening
from digest.text.typography import typeset

CASES = Path(__file__).parent.parent / "cases"
RENDERERS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(
        ("commentary", "marks", "html", "math", "tables", "files"), lambda text: render_commentary(text).html
    ),
    "abstract": lambda text: render_abstract(text).html,
    "title": lambda text: str(render_title(text.removesuffix("\n"))) + "\n",
    "plain": lambda text: render_commentary(text).plain + "\n",
    "typography": lambda text: typeset(render_commentary(text).html, "ko"),
    "opening": lambda text: opening(render_commentary(text).html, limit=60).plain + "\n",
}


def cases() -> list[object]:
    return [
        pytest.param(name, text, expected, id=f"{name}: {title}")
        for name in RENDERERS
        for _, title, text, expected in read_fixture_file(CASES / f"text-{name}.md")
    ]


@pytest.mark.parametrize(("name", "text", "expected"), cases())
def test_a_text_renders_as_written_down(name: str, text: str, expected: str) -> None:
    assert RENDERERS[name](text) == expected
