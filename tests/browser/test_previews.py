"""Previews of links in a real browser: by the pointer and by the keyboard, for which links, and without moving the page."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .axe import COLOURS, violations
from .tabs import Open, Tabs, settle

pytestmark = pytest.mark.browser

NOTE = "notes/느리게-읽기/"
MODEL = "2025/02/28/parrot-3b/"
LANTERN = "2025/02/28/lantern-reading-long-documents-with-a-short-attention-span/"

WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
PLACES = "[...document.querySelectorAll('main :not(#preview, #preview *)')].map((e) => JSON.stringify(e.getBoundingClientRect()))"


def preview(page: Page) -> Locator:
    return page.locator("#preview")


def prose_link(page: Page) -> Locator:
    return page.locator(".said a.ref").first


def rest(page: Page) -> None:
    """Wait longer than a preview takes to come or to go. A timer of the page's own runs after those that were set before."""
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 500))")


def test_a_link_that_is_pointed_at_shows_what_its_page_is_about(open_page: Open) -> None:
    page = open_page(NOTE)
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    assert preview(page).locator(".title").inner_text() == "Parrot-3B"
    assert preview(page).locator(".kind").inner_text() == "모델 · 2025년 2월 28일"
    assert preview(page).locator(".excerpt").inner_text().startswith("앵무새 연구소가 Parrot-3B를 공개했습니다.")
    assert preview(page).locator("a, button").count() == 0


def test_a_link_in_the_margin_has_a_preview_that_leaves_its_list_in_view(open_page: Open) -> None:
    page = open_page(MODEL, viewport={"width": 1280, "height": 900})
    link = page.get_by_role("complementary").get_by_role("link", name="느리게 읽기")
    link.hover()
    expect(preview(page)).to_be_visible()
    box, anchor = preview(page).bounding_box(), link.bounding_box()
    assert box is not None
    assert anchor is not None
    assert box["x"] + box["width"] < anchor["x"]


def test_a_day_is_previewed_by_the_titles_of_its_entries(open_page: Open) -> None:
    page = open_page(NOTE)
    page.evaluate("""() => {
      const link = document.querySelector(".said a.ref");
      link.setAttribute("href", link.getAttribute("href").replace(/[^/]+\\/$/, ""));
    }""")
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    titles = preview(page).locator("li").all_inner_texts()
    assert titles[0] == "Parrot-3B"
    assert len(titles) == 3


def test_a_preview_moves_nothing_on_the_page(open_page: Open) -> None:
    page = open_page(NOTE)
    page.evaluate(WATCH_SHIFTS)
    before = page.evaluate(PLACES)
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    assert page.evaluate(PLACES) == before
    settle(page)
    assert page.evaluate("window.shifted") == 0


def test_the_focus_of_the_keyboard_shows_a_preview_that_describes_its_link(open_page: Open) -> None:
    page = open_page(NOTE)
    for _ in range(40):
        page.keyboard.press("Tab")
        if prose_link(page).evaluate("link => link === document.activeElement"):
            break
    expect(preview(page)).to_be_visible()
    assert prose_link(page).get_attribute("aria-describedby") == "preview"
    assert preview(page).get_attribute("role") == "tooltip"
    page.keyboard.press("Tab")
    expect(preview(page)).to_be_hidden()
    assert prose_link(page).get_attribute("aria-describedby") is None


def test_escape_closes_a_preview_and_leaves_the_focus_where_it_is(open_page: Open) -> None:
    page = open_page(NOTE)
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview(page)).to_be_hidden()
    rest(page)
    assert preview(page).is_hidden()
    page.mouse.move(0, 0)
    rest(page)
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()


def test_the_pointer_can_move_into_a_preview_and_closes_it_by_leaving(open_page: Open) -> None:
    page = open_page(NOTE)
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    preview(page).locator(".title").hover()
    rest(page)
    assert preview(page).is_visible()
    page.mouse.move(0, 0)
    expect(preview(page)).to_be_hidden()


def test_a_preview_stays_within_the_window(open_page: Open) -> None:
    page = open_page(NOTE, viewport={"width": 320, "height": 500})
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    box = preview(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_links_to_other_sites_and_of_the_navigation_have_no_preview(open_page: Open, site: str) -> None:
    page = open_page(LANTERN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    outside = page.locator(".said a[href*='arxiv.org']").first
    for link in (
        outside,
        page.locator(".crumbs a").last,
        page.locator(".turn a").first,
        page.locator(".brand"),
    ):
        link.hover()
        rest(page)
    assert preview(page).count() == 0 or preview(page).is_hidden()
    assert [url for url in asked if not url.startswith(f"{site}static/")] == []


def test_a_page_is_fetched_once_unless_its_link_is_left_before(open_page: Open) -> None:
    page = open_page(NOTE)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()

    page.route(f"**/{MODEL}", answer)
    with page.expect_request(f"**/{MODEL}"):
        prose_link(page).hover()
    with page.expect_event("requestfailed"):
        page.mouse.move(0, 0)
    for _ in range(2):
        prose_link(page).hover()
        expect(preview(page)).to_be_visible()
        page.mouse.move(0, 0)
        expect(preview(page)).to_be_hidden()
    assert len(asked) == 2


def test_a_page_that_is_gone_has_no_preview(open_page: Open) -> None:
    page = open_page(NOTE)
    page.route(f"**/{MODEL}", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Moved</h1>"))
    with page.expect_response(f"**/{MODEL}"):
        prose_link(page).hover()
    rest(page)
    assert preview(page).is_hidden()


@pytest.mark.parametrize("connection", ["{ saveData: true }", "{ effectiveType: '2g' }", "{ effectiveType: '3g' }"])
def test_nothing_is_loaded_for_previews_on_a_connection_that_is_slow_or_saved(
    tabs: Tabs, site: str, connection: str
) -> None:
    page = tabs.take(is_new=True)
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{ value: {connection} }})")
    page.goto(site + NOTE)
    prose_link(page).hover()
    rest(page)
    assert preview(page).count() == 0


def test_a_page_that_nobody_points_at_loads_no_script_for_previews(open_page: Open) -> None:
    page = open_page(NOTE)
    loaded = "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/preview.')).length"
    assert page.evaluate(loaded) == 0
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    assert page.evaluate(loaded) == 1


def test_axe_finds_nothing_with_an_open_preview(open_page: Open) -> None:
    page = open_page(NOTE)
    prose_link(page).hover()
    expect(preview(page)).to_be_visible()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, only=COLOURS) == []
