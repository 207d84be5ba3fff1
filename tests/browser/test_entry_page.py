"""The page of an entry in a real browser: what stands in its margin, and where on narrow screens."""

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from .tabs import Open, Tabs, settle

pytestmark = pytest.mark.browser

NOTE = "notes/느리게-읽기/"
MODEL = "2025/02/28/parrot-3b/"
LANTERN = "2025/02/28/lantern-reading-long-documents-with-a-short-attention-span/"
LONG_TITLE = "2025/03/03/"

SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found is not None
    return found


def test_the_margin_stands_beside_the_text_and_begins_where_the_text_does(open_page: Open) -> None:
    for path, first in ((MODEL, ".lead"), (NOTE, ".rest")):
        page = open_page(path, viewport={"width": 1280, "height": 900})
        text, margin = box(page.locator(".body")), box(page.locator(first))
        assert text["x"] + text["width"] < margin["x"]
        assert abs(text["y"] - margin["y"]) < 1
        assert text["width"] <= 41 * 16
        assert margin["width"] <= 17 * 16


def test_the_two_parts_of_the_margin_follow_one_another_whatever_the_length_of_the_text(open_page: Open) -> None:
    page = open_page(MODEL, viewport={"width": 1280, "height": 900})
    lead, rest = page.locator(".lead"), page.locator(".rest")
    for height in ("400px", "4000px"):
        page.evaluate("height => { document.querySelector('.body').style.height = height; }", height)
        assert 0 < box(rest)["y"] - box(lead)["y"] - box(lead)["height"] < 60
        tail, body = box(page.locator(".tail")), box(page.locator(".body"))
        assert 0 <= tail["y"] - body["y"] - body["height"] < 60


@pytest.mark.parametrize("width", [360, 390, 768])
def test_without_a_margin_figures_stand_before_the_text_and_the_rest_behind_it(open_page: Open, width: int) -> None:
    page = open_page(MODEL, viewport={"width": width, "height": 844})
    tops = [box(page.locator(part))["y"] for part in (".facts", ".said", ".rest", ".turn")]
    assert tops == sorted(tops)


def test_the_tail_is_two_links(open_page: Open) -> None:
    page = open_page(LANTERN)
    assert page.locator(".tail a").evaluate_all("links => links.map(link => link.rel)") == ["prev", "next"]
    assert page.locator("main > *").last.get_attribute("class") == "tail"


def test_an_entry_quotes_the_sentence_that_mentions_it(open_page: Open) -> None:
    page = open_page(MODEL)
    passage = page.locator(".rest li", has_text="느리게 읽기").locator(".passage")
    assert passage.inner_text() == "Parrot-3B를 읽을 때도 이렇게 읽었습니다."


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_an_entry_loads(tabs: Tabs, site: str, width: int) -> None:
    page = tabs.take(is_new=True, viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    for path in (MODEL, LANTERN, NOTE):
        page.goto(site + path)
        expect(page.locator("[data-copy]")).to_be_visible()
        settle(page)
        assert page.evaluate("window.shifted") == 0, path


def test_the_margin_has_nothing_that_reader_modes_take_for_text(open_page: Open) -> None:
    for path in (MODEL, LANTERN, NOTE):
        page = open_page(path)
        assert page.locator("aside").locator("p, section, article, pre, td").count() == 0
        assert page.locator(".turn").count() == page.locator("footer.tail .turn").count()
        assert page.locator(".button:not(aside *):visible").count() == 0


def test_ids_of_a_page_are_distinct(open_page: Open) -> None:
    for path in (MODEL, LANTERN, NOTE, LONG_TITLE):
        ids = open_page(path).evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
        assert len(ids) == len(set(ids))
