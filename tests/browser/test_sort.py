"""The table of figures in a real browser: sorted by a column, with the mouse and with keys, and readable without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from ..project import build_project, write_project
from .axe import COLOURS, violations
from .serving import served_at_root
from .tabs import Open, Tabs, resize

pytestmark = pytest.mark.browser

NOTE = """\
2024년 3월 {day}일
{title}
{text}
#llm
"""
TEXTS = {
    "Tern-9B": "9B 모델입니다. 32K context를 지원하고 어휘는 64K, 라이선스는 MIT입니다.",
    "Wren 2": "일단 8B와 70B이고, 2T 토큰으로 학습했습니다.",
    "Owl 1": "1M context를 지원합니다.",
    "Lark 10": "3B 모델이 나왔습니다. 800B 토큰으로 학습했습니다.",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    notes = {
        f"notes/2024-03-{day}.txt": NOTE.format(day=day, title=title, text=text)
        for day, (title, text) in enumerate(TEXTS.items(), 11)
    }
    folder = write_project(tmp_path_factory.mktemp("sorted"), {"digest.yaml": "title: 새\nlanguage: ko\n", **notes})
    build_project(folder)
    with served_at_root(folder / "site") as served:
        yield f"{served}kinds/model/"


@pytest.fixture
def open_table(tabs: Tabs, address: str) -> Open:
    """Return a function that opens the page of models."""
    return tabs.opener(address)


def column(page: Page, number: int = 1) -> list[str]:
    """Return the texts of a column, the first of which is 1."""
    cells = page.locator(f".facts-table tbody tr > :nth-child({number})").all()
    return [
        (cell.locator("a").first.text_content() if cell.locator("a").count() else cell.text_content()) or ""
        for cell in cells
    ]


def sorted_by(page: Page) -> list[tuple[str, str]]:
    headings = page.locator(".facts-table th[aria-sort]").all()
    return [((heading.text_content() or "").strip(), heading.get_attribute("aria-sort") or "") for heading in headings]


def test_a_click_on_a_heading_sorts_by_its_numbers_and_the_unknown_stay_last(open_table: Open) -> None:
    page = open_table()
    assert column(page) == ["Lark 10", "Owl 1", "Wren 2", "Tern-9B"]
    assert sorted_by(page) == [("날짜", "descending")]
    page.click("th:has-text('파라미터') button")
    assert column(page, 3) == ["8B/70B", "9B", "3B", "–"]
    assert sorted_by(page) == [("파라미터", "descending")]
    page.click("th:has-text('파라미터') button")
    assert column(page, 3) == ["3B", "9B", "8B/70B", "–"]
    page.click("th:has-text('학습 토큰') button")
    assert column(page) == ["Wren 2", "Lark 10", "Owl 1", "Tern-9B"]


def test_titles_are_sorted_as_words_with_their_numbers_and_dates_again_by_time(open_table: Open) -> None:
    page = open_table()
    page.click("th:has-text('제목') button")
    assert column(page) == ["Lark 10", "Owl 1", "Tern-9B", "Wren 2"]
    page.click("th:has-text('제목') button")
    assert column(page) == ["Wren 2", "Tern-9B", "Owl 1", "Lark 10"]
    page.click("th:has-text('날짜') button")
    assert (column(page)[0], sorted_by(page)) == ("Tern-9B", [("날짜", "ascending")])


def test_keys_sort_too_and_the_focus_stays(open_table: Open) -> None:
    page = open_table()
    page.focus("th:has-text('문맥 길이') button")
    page.keyboard.press("Enter")
    assert column(page)[:2] == ["Owl 1", "Tern-9B"]
    page.keyboard.press("Space")
    assert column(page)[:2] == ["Tern-9B", "Owl 1"]
    assert page.evaluate("document.activeElement.textContent") == "문맥 길이"


def test_without_scripts_the_table_is_sorted_by_date_and_has_no_buttons(open_table: Open) -> None:
    page = open_table(java_script_enabled=False)
    assert column(page) == ["Lark 10", "Owl 1", "Wren 2", "Tern-9B"]
    assert page.locator(".facts-table button").count() == 0


def test_the_table_is_accessible_and_only_it_scrolls_sideways(open_table: Open) -> None:
    page = open_table()
    for width in (390, 1280):
        resize(page, width, 800)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.emulate_media(color_scheme="light")
        assert violations(page) == [], width
        page.emulate_media(color_scheme="dark")
        assert violations(page, only=COLOURS) == [], width


def test_a_value_leads_to_its_sentence_which_is_marked(open_table: Open) -> None:
    page = open_table()
    page.click("td >> text='8B/70B'")
    marked = page.locator(":target")
    expect(marked).to_have_text("일단 8B와 70B이고, 2T 토큰으로 학습했습니다.")
    expect(marked).to_have_css("background-color", "rgb(255, 239, 176)")
