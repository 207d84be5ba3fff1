"""The language of the interface and the language of the notes, on the pages of a site."""

import json
from pathlib import Path

import pytest
from lxml import html

from ..project import build_project, read_tree, write_project

NOTE = """2024-03-19
深層学習の手引
この手引は長い文書を読む方法を説明する。

The second paragraph is in English.

한국어로 쓴 문단입니다.
#学習 #llm
Reading Notes
論語と深層学習について書いた。
#llm
"""


@pytest.fixture
def site(tmp_path: Path) -> dict[str, bytes]:
    settings = "language: en\nnotes_language: ja\nbase_url: https://digest.example/\n"
    write_project(tmp_path, {"digest.yaml": settings, "notes/2024-03-19.txt": NOTE})
    build_project(tmp_path)
    return read_tree(tmp_path / "site")


def only(page: html.HtmlElement, path: str) -> html.HtmlElement:
    (found,) = page.xpath(path)
    assert isinstance(found, html.HtmlElement)
    return found


def page_of(site: dict[str, bytes], name: str) -> html.HtmlElement:
    return html.document_fromstring(site[name])


def test_pages_have_the_language_of_the_interface_and_texts_their_own(site: dict[str, bytes]) -> None:
    page = page_of(site, "2024/03/19/深層学習の手引/index.html")
    assert page.get("lang") == "en"
    assert only(page, "//h1").get("lang") == "ja"
    assert only(page, "//div[@class='said text']").get("lang") == "ja"
    paragraphs = [paragraph.get("lang") for paragraph in page.xpath("//div[@class='said text']//p")]
    assert paragraphs == [None, "en", "ko"]


def test_lists_mark_titles_and_excerpts_in_the_language_of_the_notes(site: dict[str, bytes]) -> None:
    page = page_of(site, "index.html")
    titles = {heading.text_content().strip(): heading.get("lang") for heading in page.xpath("//h3[@class='title']")}
    assert titles == {"深層学習の手引": "ja", "Reading Notes": None}
    assert {excerpt.get("lang") for excerpt in page.xpath("//p[@class='opening']")} == {"ja"}
    tags = {tag.text_content(): tag.get("lang") for tag in page.xpath("//main//a[@class='tag']")}
    assert tags == {"学習": "ja", "llm": None}


def test_feeds_and_the_search_index_use_the_language_of_the_notes(site: dict[str, bytes]) -> None:
    assert json.loads(site["search/index.json"])["language"] == "ja"
    feed = json.loads(site["feed.json"])
    assert feed["language"] == "en"
    assert {item["language"] for item in feed["items"]} == {"ja"}


def test_changing_the_language_of_the_notes_parses_them_again(tmp_path: Path) -> None:
    note = {"notes/2024-03-19.txt": "2024-03-19\n論語\n深度学習\n#a\n"}
    write_project(tmp_path, {**note, "digest.yaml": "language: en\nnotes_language: ja\n"})
    build_project(tmp_path)
    entry = "2024/03/19/論語/index.html"
    assert only(page_of(read_tree(tmp_path / "site"), entry), "//h1").get("lang") == "ja"
    write_project(tmp_path, {"digest.yaml": "language: en\nnotes_language: zh-TW\n"})
    build_project(tmp_path)
    assert only(page_of(read_tree(tmp_path / "site"), entry), "//h1").get("lang") == "zh-TW"
