"""Where a site shows typographic marks, and where it keeps what the author typed."""

import json
import re
from pathlib import Path

import pytest

from ..project import build_project, write_project

NOTE = """\
2024년 3월 11일
It's a "Model" -- Part 1
(Mina Park)
We don't know it -- yet.
"모델"은 크다... 입력 -> 출력, 값은 $x^2$다. <b>`it's`</b>도 있다.
#llm
그 다음 글
앞의 [[It's a "Model" -- Part 1]]과 ![[It's a "Model" -- Part 1]]를 보라.
#llm
"""
TYPED = 'It\'s a "Model" -- Part 1'
SHOWN = "It’s a “Model” – Part 1"
ENTRY = "2024/03/11/it-s-a-model-part-1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = "title: 새\nbase_url: https://example.org/\n"
    folder = write_project(tmp_path_factory.mktemp("marks"), {"digest.yaml": settings, "notes/2024-03-11.txt": NOTE})
    build_project(folder)
    return folder / "site"


def read(file: Path) -> str:
    text = file.read_text("utf-8")
    return text.replace("&#34;", '"').replace("&quot;", '"').replace("&#39;", "'").replace("&#x27;", "'")


@pytest.mark.parametrize(
    "page", ["index.html", "2024/03/11/index.html", f"{ENTRY}/index.html", "tags/llm/index.html", "2024/03/index.html"]
)
def test_pages_show_titles_with_typographic_marks(site: Path, page: str) -> None:
    body = read(site / page).partition("<body")[2]
    assert SHOWN in re.sub(r"</?span[^>]*>", "", body)


def test_lists_show_the_first_sentences_as_the_page_of_the_entry_does(site: Path) -> None:
    sentences = '“모델”은 크다… 입력 → 출력, 값은 <math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>다.'
    assert sentences in read(site / "index.html")
    assert sentences in read(site / f"{ENTRY}/index.html")


def test_a_reference_shows_the_title_and_the_first_sentences_as_lists_do(site: Path) -> None:
    page = read(site / "2024/03/11/그-다음-글/index.html")
    said = page[page.index('<div class="said') :]
    assert f">{SHOWN}</a>" in said
    assert '<span class="excerpt">“모델”은 크다… 입력 → 출력' in said


def test_abstracts_and_commentaries_show_typographic_marks_but_not_in_code(site: Path) -> None:
    page = read(site / f"{ENTRY}/index.html")
    assert "We don’t know it – yet." in page
    assert "<b><code>it's</code></b>도 있다." in page


def test_the_head_of_a_page_has_what_was_typed(site: Path) -> None:
    head = read(site / f"{ENTRY}/index.html").partition("</head>")[0]
    assert f"<title>{TYPED} " in head or f"<title>{TYPED}<" in head
    assert '"모델"은 크다... 입력 -> 출력, 값은 x²다.' in head.replace("&gt;", ">")
    assert SHOWN not in head


def test_files_for_programs_have_what_was_typed(site: Path) -> None:
    for file in (f"{ENTRY}/index.md", f"{ENTRY}/index.bib", "data/entries.json"):
        text = (site / file).read_text("utf-8")
        assert "’" not in text, file
        assert "→" not in text, file
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert any(item["title"] == TYPED for item in feed["items"])
    assert not any(
        re.search("[’…]", file.read_text("utf-8", errors="replace")) for file in (site / "search").glob("*.json")
    )


def test_the_setting_turns_the_marks_off_and_keeps_formulas(tmp_path: Path) -> None:
    folder = write_project(tmp_path, {"digest.yaml": "title: 새\ntypography: false\n", "notes/2024-03-11.txt": NOTE})
    build_project(folder)
    page = read(folder / f"site/{ENTRY}/index.html")
    assert "’" not in page[page.index("<main") : page.index("</main>")]
    assert TYPED in page
    assert '<math alttext="x^2">' in read(folder / "site/index.html")
