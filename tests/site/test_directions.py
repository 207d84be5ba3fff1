"""Text that is written from right to left, among text that isn't: `dir` stands where such letters are, and nowhere else."""

import re
from pathlib import Path

import pytest

from ..project import build_project, write_project

HEBREW, ARABIC = "מודל GPT-4 (2024)!", "نموذج لغوي جديد (2024)."
NOTES = {
    "notes/a.md": f"""\
---
date: 2024-03-11
title: "{HEBREW}"
authors: [דנה כהן, יוסי לוי]
tags: [llm]
lang: he
---
זה מודל חדש: "קטן" ומהיר!

- פריט ראשון.
- 둘째
""",
    "notes/b.md": f"""\
---
date: 2024-03-11
title: "{ARABIC}"
authors: [كريم علي]
tags: [llm]
---
هذا نموذج: صغير وسريع!
""",
    "notes/c.md": """\
---
date: 2024-03-11
title: 한국어 제목
authors: [김다이]
tags: [llm]
---
한국어 문단입니다.
""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("directions"), {"digest.yaml": "title: 새\n", **NOTES})
    build_project(folder)
    return folder / "site"


def directed(page: Path) -> set[str]:
    """Return the text of every element that has a direction of its own."""
    html = page.read_text("utf-8")
    assert "dir" not in re.findall(r"<(?:html|body)[^>]*>", html)
    texts = re.findall(r'<(\w+)(?: [^>]*)? ?dir="auto"[^>]*>(.*?)</\1>', html, re.DOTALL)
    return {re.sub(r"<[^>]*>", "", text).replace("</span", "") for _, text in texts}


def test_titles_names_and_first_sentences_in_lists_have_their_own_direction(site: Path) -> None:
    for page in ("index.html", "tags/llm/index.html"):
        found = directed(site / page)
        assert any(text.startswith("מודל") for text in found)
        assert any(text.startswith("نموذج") for text in found)
        assert any(text.startswith("זה מודל") for text in found)
        assert {"דנה כהן", "יוסי לוי"} <= found
        assert not any("한국어" in text or "김다이" in text for text in found)


def test_paragraphs_and_items_have_their_own_direction(site: Path) -> None:
    html = (site / "2024/03/11/index.html").read_text("utf-8")
    assert '<p dir="auto">זה מודל חדש: “קטן” ומהיר!</p>' in html
    assert '<li dir="auto">פריט ראשון.</li>' in html
    assert '<li lang="ko">둘째</li>' in html
    assert "<p>한국어 문단입니다.</p>" in html


def test_a_page_without_such_letters_has_no_direction(site: Path) -> None:
    pages = [page for page in site.rglob("index.html") if not re.search("[א-ת]|[ء-ي]", page.read_text("utf-8"))]
    assert pages
    for page in pages:
        assert 'dir="' not in page.read_text("utf-8")
