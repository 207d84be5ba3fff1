"""Every real text renders, within the allow-list, and about as fast as markdown-it-py alone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic
from digest.model import Entry
from digest.notes import parse
from digest.notes.discover import read_note
from digest.scripts import has_hangul
from digest.text.markdown import render_abstract, render_commentary, render_title
from digest.text.opening import opening

CORPUS = Path(os.environ.get("DIGEST_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "vault").is_dir(), reason="no corpus at DIGEST_CORPUS"),
]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(_entries())


def _entries() -> Iterator[Entry]:
    for path in sorted((CORPUS / "vault").rglob("*.md")):
        note = read_note(CORPUS, path.relative_to(CORPUS).as_posix())
        if not isinstance(note, Diagnostic):
            yield from parse(note).entries


def test_every_text_renders_to_safe_html(entries: list[Entry], violations: Callable[[str], list[str]]) -> None:
    for entry in entries:
        found = [
            *violations(render_commentary(entry.commentary).html),
            *violations(render_abstract(entry.abstract).html),
            *violations(str(render_title(entry.title))),
        ]
        assert not found, entry.source


def test_no_word_of_a_commentary_is_lost(entries: list[Entry]) -> None:
    for entry in entries:
        plain = render_commentary(entry.commentary).plain
        hangul = [char for char in plain if "가" <= char <= "힣"]
        # A link's title and a code fence's language are no words of the text; nothing else may be missing.
        assert len(hangul) >= 0.98 * sum("가" <= char <= "힣" for char in entry.commentary), entry.source


def test_every_commentary_with_prose_has_an_opening(entries: list[Entry]) -> None:
    for entry in entries:
        fragment = render_commentary(entry.commentary)
        first = opening(fragment.html, 180).plain
        assert len(first) <= 180
        assert first or not has_hangul(fragment.plain), entry.source
