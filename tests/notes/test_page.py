"""Pages of the author's own: title, address and menu."""

import pytest

from digest.model import Entry, NoteFile, PagePlace
from digest.notes import NoteRules, ParsedNote, parse

RULES = NoteRules(pages="pages")


def read(text: str, path: str = "pages/about.md") -> ParsedNote:
    return parse(NoteFile(path, text, ""), RULES)


def page(text: str, path: str = "pages/about.md") -> tuple[Entry, PagePlace]:
    parsed = read(text, path)
    assert parsed.diagnostics == ()
    (entry,) = parsed.entries
    assert entry.page
    return entry, entry.page


@pytest.mark.parametrize(
    ("text", "title", "commentary"),
    [
        ("# 소개\n\n글입니다.\n", "소개", "글입니다."),
        ("---\ntitle: 소개\n---\n# 소개\n글입니다.\n", "소개", "글입니다."),
        ("---\ntitle: 소개\n---\n## 연락\n글입니다.\n", "소개", "## 연락\n글입니다."),
        ("글입니다.\n\n# 소개\n", "소개", "글입니다.\n\n# 소개"),
        ("글입니다.\n", "about", "글입니다."),
        ("2024-03-19\n글입니다.\n#llm\n", "about", "2024-03-19\n글입니다.\n#llm"),
        ("글 %%숨긴 말%%입니다.\n", "about", "글 입니다."),
    ],
)
def test_a_page_has_its_title_from_front_matter_a_heading_or_its_name(text: str, title: str, commentary: str) -> None:
    entry, _ = page(text)
    assert (entry.title, entry.commentary.strip(), entry.date, entry.tags) == (title, commentary, None, ())


@pytest.mark.parametrize(
    ("path", "text", "address"),
    [
        ("pages/about.md", "글", "about/"),
        ("pages/About Us.markdown", "글", "about-us/"),
        ("pages/프로젝트/둘째 일.txt", "글", "프로젝트/둘째-일/"),
        ("pages/projects/index.md", "글", "projects/"),
        ("pages/index.md", "글", ""),
        ("pages/projects/x.md", "---\nslug: y\n---\n글", "projects/y/"),
    ],
)
def test_a_page_lies_where_its_file_does(path: str, text: str, address: str) -> None:
    assert page(text, path)[1].path == address


@pytest.mark.parametrize(
    ("settings", "menu", "label"),
    [
        ("menu: true", "masthead", "소개"),
        ("menu: Yes", "masthead", "소개"),
        ("menu: 이 사이트", "masthead", "이 사이트"),
        ("menu: footer", "footer", "소개"),
        ("menu: false", "", ""),
        ("menu:", "", ""),
        ("order: 1", "", ""),
    ],
)
def test_front_matter_puts_a_page_into_a_menu(settings: str, menu: str, label: str) -> None:
    _, place = page(f"---\n{settings}\n---\n# 소개\n글\n")
    assert (place.menu, place.label) == (menu, label)


def test_a_page_without_a_title_has_the_words_of_its_files_name() -> None:
    assert page("글\n", "pages/reading-list.md")[0].title == "reading list"


def test_order_is_a_number() -> None:
    assert page("---\nmenu: true\norder: -1.5\n---\n글\n")[1].order == -1.5
    parsed = read("---\nmenu: true\norder: 첫째\n---\n글\n")
    assert [(d.line, d.column, d.code) for d in parsed.diagnostics] == [(3, 8, "front-matter-value")]


def test_a_menu_cannot_be_a_list() -> None:
    parsed = read("---\nmenu: [main]\n---\n글\n")
    assert [(d.line, d.code) for d in parsed.diagnostics] == [(2, "front-matter-value")]


def test_a_page_whose_front_matter_cannot_be_read_stays_out() -> None:
    parsed = read("---\nmenu: true\ndraft: true\n글\n")
    assert (parsed.entries, [d.code for d in parsed.diagnostics]) == ((), ["front-matter-syntax"])


def test_a_note_is_no_page() -> None:
    (entry,) = read("글\n", "pages2/about.md").entries
    assert entry.page is None


def test_the_index_of_a_folder_may_be_its_table_of_contents() -> None:
    assert page("---\ncontents: true\n---\n- [[둥지]]\n", "pages/birds/index.md")[1].is_contents
    assert not page("---\ncontents: false\n---\n- [[둥지]]\n", "pages/birds/index.md")[1].is_contents
    assert not page("- [[둥지]]\n", "pages/birds/index.md")[1].is_contents


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("pages/about.md", "true", "`contents` is for the `index.md` of a folder"),
        ("pages/index.md", "maybe", "`contents` wants true or false"),
        ("pages/index.md", "[a, b]", "`contents` wants true or false"),
    ],
)
def test_contents_that_mean_nothing_are_reported(path: str, value: str, message: str) -> None:
    parsed = read(f"---\ncontents: {value}\n---\n글입니다.\n", path)
    assert [(each.code, each.message, each.line) for each in parsed.diagnostics] == [("front-matter-value", message, 2)]
    (entry,) = parsed.entries
    assert entry.page
    assert not entry.page.is_contents
