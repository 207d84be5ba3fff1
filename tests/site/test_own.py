"""What a project adds to the theme without copying a page: templates in `own/`, a style sheet, and blocks of the frame."""

from pathlib import Path

import pytest
from lxml import html

from digest.site.theme import theme_folder

from ..project import DAY, read_tree, run, write_project

NOTES = {
    "notes/2024-03-19.txt": DAY,
    "notes/birds.md": "A note without a date, about wrens.\n",
    "pages/about.md": "# About\n\nWren watcher.\n",
}
ENTRY, DAY_PAGE, NOTE, OWN_PAGE = "2024/03/19/grok-1/", "2024/03/19/", "notes/birds/", "about/"
PAGES = ("", ENTRY, DAY_PAGE, NOTE, OWN_PAGE, "tags/", "404.html", "offline.html")


def build(folder: Path, files: dict[str, str]) -> dict[str, html.HtmlElement]:
    """Build a project with more files; return its pages by address."""
    write_project(folder, {**NOTES, **files})
    result = run(folder, "build", "--strict")
    assert result.exit_code == 0, result.output
    found = {name: content for name, content in read_tree(folder / "site").items() if name.endswith(".html")}
    return {name.removesuffix("index.html"): html.document_fromstring(text) for name, text in found.items()}


def places(pages: dict[str, html.HtmlElement], xpath: str) -> set[str]:
    return {name for name, page in pages.items() if page.xpath(xpath)}


def test_the_head_of_a_project_ends_the_head_of_every_page(tmp_path: Path) -> None:
    pages = build(tmp_path, {"templates/own/head.html": '<link rel="me" href="https://{{ ui.lang }}.example/">\n'})
    assert set(PAGES) <= pages.keys()
    assert places(pages, '//head/*[last()][@rel="me"][@href="https://ko.example/"]') == pages.keys()


def test_the_footer_of_a_project_is_in_the_footer_of_every_page(tmp_path: Path) -> None:
    pages = build(tmp_path, {"templates/own/footer.html": "<p id=own>{{ site.title }}</p>\n"})
    assert places(pages, '//footer[@class="bottom"]//p[@id="own"]/following-sibling::p[@class="ways"]') == pages.keys()


def test_a_template_after_entries_is_on_the_pages_of_entries_and_notes_alone_and_sees_their_view(
    tmp_path: Path,
) -> None:
    own = '<section id=own data-title="{{ view.entry.row.title.text }}"></section>'
    pages = build(tmp_path, {"templates/own/after-entry.html": own})
    assert places(pages, '//div[@class="body"]/*[last()][@id="own"]') == {ENTRY, NOTE}
    assert pages[ENTRY].xpath('string(//*[@id="own"]/@data-title)') == "Grok-1"
    assert places(pages, '//*[@id="own"]') == {ENTRY, NOTE}


def test_a_template_after_days_follows_their_entries_and_sees_their_view(tmp_path: Path) -> None:
    pages = build(tmp_path, {"templates/own/after-day.html": "<p id=own>{{ ui.date(view.date) }}</p>"})
    assert places(pages, '//*[@id="own"]') == {DAY_PAGE}
    (own,) = pages[DAY_PAGE].xpath('//article/following-sibling::*[@id="own"]')
    assert own.text == "2024년 3월 19일"


def test_a_style_sheet_of_the_project_is_the_last_one_of_every_page(tmp_path: Path) -> None:
    pages = build(tmp_path, {"templates/static/css/own.css": ":root { --accent: #a11; }\n"})
    last = '//head/link[@rel="stylesheet"][last()][starts-with(@href, "/static/css/own.")]'
    assert places(pages, last) == pages.keys()


@pytest.mark.parametrize("name", sorted(path.name for path in (theme_folder() / "own").iterdir()))
def test_a_page_does_not_change_before_a_project_fills_a_template(tmp_path: Path, name: str) -> None:
    build(tmp_path, {})
    before = read_tree(tmp_path / "site")
    build(tmp_path, {f"templates/own/{name}": (theme_folder() / "own" / name).read_text("utf-8") + "{# mine #}\n"})
    assert {path: text for path, text in read_tree(tmp_path / "site").items() if path.endswith(".html")} == {
        path: text for path, text in before.items() if path.endswith(".html")
    }


def test_blocks_of_the_frame_see_the_view_of_each_page(tmp_path: Path) -> None:
    base = (
        '{% extends "theme:base.html" %}'
        '{% block head %}{{ super() }}<meta name="own" content="{{ view.head.title }}">{% endblock %}'
        "{% block foot %}<p id=own>{{ view.head.title }}</p>{% endblock %}"
    )
    pages = build(
        tmp_path,
        {"templates/base.html": base, "templates/own/head.html": '<meta name="both" content="yes">'},
    )
    for page in pages.values():
        (title,) = page.xpath('//head/meta[@name="both"]/following-sibling::meta[@name="own"]/@content')
        assert page.xpath('string(//main/following-sibling::p[@id="own"])') == title
    assert pages[ENTRY].xpath('string(//p[@id="own"])') == "Grok-1"


def test_a_head_that_asks_for_the_view_is_an_error_with_its_place(tmp_path: Path) -> None:
    write_project(tmp_path, {**NOTES, "templates/own/head.html": "\n{{ view.head.title }}"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "templates/own/head.html:2: error[template] there is no variable `view`" in result.output


def test_a_misspelt_name_in_own_is_a_warning_with_the_right_one(tmp_path: Path) -> None:
    write_project(tmp_path, {**NOTES, "templates/own/after_entry.html": "x", "templates/static/css/owns.css": "p {}"})
    output = run(tmp_path, "build").output
    assert "did you mean `own/after-entry.html`?" in output
    assert "templates/own/after_entry.html: warning[unused-template]" in output
