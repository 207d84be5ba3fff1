"""What surrounds the results of search: their place and form, what narrows them, kept searches, tags, and lost files."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..project import build_project, write_project
from .axe import violations
from .searching import ask, hold, let_go, open_dialog, options, scroll_to_end, served, spoil, wait_for_transitions
from .tabs import Open, Tabs, resize

pytestmark = pytest.mark.browser

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    window.shifts.push([value, ...sources.map(({ node }) => node?.className || node?.nodeName)].join(" "));
  }
}).observe({ type: "layout-shift", buffered: true });
"""
KEPT = "() => [localStorage.getItem('digest:searches'), localStorage.getItem('digest:saved-searches')]"
# Chromium counts no shift in the half second after an input.
AFTER_INPUT = 700


@pytest.fixture
def open_page(tabs: Tabs, search_address: str) -> Open:
    """Return a function that opens a page of the site."""
    return tabs.opener(search_address, viewport={"width": 1280, "height": 900})


@pytest.fixture
def page(open_page: Open) -> Page:
    """Return the home page."""
    return open_page()


@pytest.fixture
def failing_page(open_page: Open) -> Page:
    """Return the home page, of which tests let requests fail."""
    return open_page(may_complain=True)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("place", ["dialog", "page"])
def test_nothing_moves_while_results_and_groups_arrive(tabs: Tabs, search_address: str, width: int, place: str) -> None:
    page = tabs.take(is_new=True, viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)
    if place == "page":
        page.goto(f"{search_address}search/?q=번역")
        field = page.locator("#q")
    else:
        page.goto(search_address)
        page.wait_for_timeout(AFTER_INPUT)
        page.evaluate("shifts.length = 0")
        hold(page, r"/search/(?:p|f|g|w)")
        open_dialog(page)
        field = page.locator("#search-dialog [type=search]")
        field.fill("번역")
        page.wait_for_timeout(AFTER_INPUT)
        let_go(page)
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    expect(page.locator(".search-facet").first).to_be_attached()
    # Chips, notes, a suggestion, fewer results and none: each comes when no input excuses it.
    for query, count in (
        ("압축 #llm", "결과 12건"),
        ("autor:holm 번역", "결과 12건"),
        ("쀍쒧쮏", "없습니다"),
        ("양자화", "12건"),
    ):
        hold(page, r"/search/")
        field.fill(query)
        page.wait_for_timeout(AFTER_INPUT)
        let_go(page)
        expect(page.locator(".search-status")).to_contain_text(count)
        page.wait_for_timeout(300)
    assert page.evaluate("shifts") == []


def test_the_search_page_of_a_query_does_not_show_what_leads_on_first(tabs: Tabs, search_address: str) -> None:
    page = tabs.take(viewport={"width": 1280, "height": 900})
    hold(page, r"/js/search")
    page.goto(f"{search_address}search/?q=번역", wait_until="commit")
    expect(page.locator(".search-form")).to_be_visible()
    expect(page.locator(".search-help")).to_be_hidden()


def test_a_result_has_the_form_of_an_entry_in_a_list(page: Page) -> None:
    ask(page, "양자화 아낍니다")
    first = page.locator(".search-result").first
    parts = first.locator(".search-option > *")
    expect(parts).to_have_count(3)
    assert [part.get_attribute("class") for part in parts.all()] == [
        "search-title title",
        "opening search-snippet",
        "meta search-meta",
    ]
    expect(first.locator("time")).to_have_text(re.compile(r"^2024년 \d+월 \d+일$"))
    expect(first.locator(".by")).to_have_text("Park, Holm")


def test_a_word_with_hyphens_in_a_title_goes_to_the_next_line_whole(tabs: Tabs, tmp_path: Path) -> None:
    note = "2024-03-19\nFaithful Wren-of-Winter Nest Building\nWrens sing in winter.\n#wren\n"
    settings = "base_url: https://digest.example/repo/\nlanguage: en\n"
    project = write_project(tmp_path, {"notes/2024-03-19.txt": note, "digest.yaml": settings})
    build_project(project)
    with served(project / "site") as address:
        page = tabs.opener(address)("search/?q=wren")
        word = page.locator(".search-title .whole")
        expect(word).to_have_text("Wren-of-Winter")
        for width in range(320, 480, 10):
            resize(page, width, 700)
            lines = word.evaluate(
                "it => it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight)"
            )
            assert lines < 1.5, width


def test_groups_have_headings_and_chosen_ones_can_be_taken_off(open_page: Open) -> None:
    page = open_page("search/?q=mina park")
    for heading in ("순서", "기간", "태그"):
        expect(page.get_by_role("group", name=heading, exact=True)).to_be_visible()
    page.get_by_role("group", name="태그").get_by_role("button", name="#nmt").click()
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    expect(page.locator("#q")).to_be_focused()
    page.locator(".search-chip.filter").click()
    expect(page.locator(".search-status")).to_have_text("결과 36건")


def test_the_tab_key_goes_from_the_field_to_the_results_and_to_what_narrows_them(open_page: Open) -> None:
    page = open_page("search/?q=번역")
    expect(page.locator(".search-facet").first).to_be_visible()
    scroll_to_end(page)
    expect(page.locator(".search-more")).to_be_visible()
    page.locator("#q").focus()
    passed = []
    for _ in range(50):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.className"))
        if "search-facet" in passed:
            break
    for name in ("search-save", "search-option", "search-similar", "button search-more", "search-order", "search-day"):
        assert name in passed
    assert passed.index("search-option") < passed.index("search-similar") < passed.index("search-order")
    page.keyboard.press("Enter")
    expect(page.locator(".search-chip.filter")).to_be_visible()


def test_on_a_phone_what_narrows_opens_over_the_results(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    ask(page, "번역")
    expect(page.locator(".search-facet").first).to_be_attached()
    place = page.locator(".search-result").first.bounding_box()
    toggle = page.locator(".search-toggle")
    expect(page.locator(".search-side")).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-facet").first).to_be_visible()
    assert page.locator(".search-result").first.bounding_box() == place
    wait_for_transitions(page)
    assert violations(page, strict=True, within="#search-dialog") == []
    page.locator(".search-order").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".search-side")).to_be_hidden()
    expect(toggle).to_be_focused()
    expect(page.locator("#search-dialog")).to_be_visible()
    toggle.click()
    page.locator(".search-facet", has_text="#nmt").click()
    expect(page.locator(".search-side")).to_be_hidden()
    expect(page.locator(".search-chip.filter")).to_be_visible()


@pytest.mark.parametrize("colours", ["none", "active"])
def test_neither_words_nor_names_are_cut_at_360_pixels(open_page: Open, colours: str) -> None:
    page = open_page("search/?q=압축 번역", viewport={"width": 360, "height": 740}, forced_colors=colours)
    expect(page.locator(".search-facet").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".search-toggle").click()
    lines = page.evaluate(
        "[...document.querySelectorAll('.search-chip, .search-facet, .search-toggle')].map((button) => "
        "[...button.querySelectorAll('span:not(.vh)')].map((span) => span.getClientRects().length))"
    )
    assert {count for counts in lines for count in counts} <= {1}
    if colours == "none":
        assert violations(page, strict=True, within="main") == []


def test_searches_are_kept_only_when_they_were_made(page: Page) -> None:
    ask(page, "번역")
    expect(page.locator(".search-option").first).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate(KEPT) == [None, None]
    open_dialog(page)
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate(KEPT) == ["?q=%EB%B2%88%EC%97%AD", None]
    ask(page, "llm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=llm")
    assert page.evaluate(KEPT) == ["?q=llm\n?q=%EB%B2%88%EC%97%AD", None]


def test_kept_searches_can_be_made_again_and_removed(page: Page) -> None:
    page.evaluate("localStorage.setItem('digest:searches', '?q=llm\\n?q=번역&tag=nmt\\n?q=양자화')")
    open_dialog(page)
    kept = page.locator(".search-kept")
    expect(kept.locator(".search-again")).to_have_text(["llm", "번역 · #nmt", "양자화"])
    kept.get_by_role("button", name="llm 지우기").click()
    expect(kept.locator(".search-again")).to_have_text(["번역 · #nmt", "양자화"])
    assert page.evaluate("document.activeElement.classList.contains('search-forget')")
    kept.get_by_role("button", name="번역 · #nmt", exact=True).click()
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    expect(page.locator(".search-chip.filter")).to_have_text(re.compile("#nmt"))
    save = page.locator(".search-save")
    save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.locator(".search-chip.filter").click()
    page.locator("#search-dialog [type=search]").fill("")
    expect(kept.get_by_role("heading")).to_have_text(["저장한 검색", "최근 검색"])
    page.get_by_role("region", name="최근 검색").get_by_role("button", name="모두 지우기").click()
    expect(kept.get_by_role("heading")).to_have_text(["저장한 검색"])
    assert page.evaluate("localStorage.getItem('digest:searches')") is None
    kept.get_by_role("button", name="모두 지우기").click()
    expect(kept).to_be_hidden()


def test_on_the_page_kept_searches_lie_below_the_empty_field(page: Page, search_address: str) -> None:
    page.evaluate("localStorage.setItem('digest:saved-searches', '?q=번역')")
    page.goto(f"{search_address}search/")
    place = page.locator(".search-help").bounding_box()
    expect(page.locator(".search-kept")).to_be_hidden()
    page.locator("#q").focus()
    expect(page.locator(".search-again")).to_be_visible()
    assert page.locator(".search-help").bounding_box() == place
    page.locator(".search-again").click()
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    expect(page.locator(".search-kept")).to_be_hidden()


def test_tags_are_offered_while_they_are_typed(page: Page) -> None:
    asked: list[str] = []
    ask(page, "번역 quanti")
    offer = page.locator(".search-chip.offer")
    expect(offer).to_have_text(["#quantization12"])
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("z")
    expect(offer).to_have_text(["#quantization12"])
    offer.click()
    expect(page.locator("#search-dialog [type=search]")).to_have_value("번역")
    expect(page.locator(".search-chip.filter")).to_have_text(re.compile("#quantization"))
    assert [url for url in asked if re.search(r"/(?:g\d|tags)", url)] == []


@pytest.mark.parametrize("query", ["?q=%23nmt", "?q=tag:nmt", "?tag=nmt"])
def test_a_query_that_is_a_tag_leads_to_its_page_and_feed(open_page: Open, search_address: str, query: str) -> None:
    page = open_page(f"search/{query}")
    feed = page.locator(".search-feed")
    address = feed.get_attribute("href")
    assert address == f"{search_address}tags/nmt/feed.xml"
    assert page.request.get(address).ok
    page.goto(f"{search_address}search/{query}{'&q=' if 'q=' not in query else ' '}번역")
    expect(page.locator(".search-facet").first).to_be_visible()
    expect(feed).to_have_count(0)


def test_similar_entries_are_those_of_the_entry_s_own_page(page: Page) -> None:
    ask(page, "번역")
    first = page.locator(".search-result").first
    address = first.locator(".search-option").evaluate("link => link.href")
    first.locator(".search-similar").click()
    expect(first.locator(".search-similar")).to_have_attribute("aria-expanded", "true")
    expect(first.locator(".search-shelf a").first).to_be_visible()
    shown = first.locator(".search-shelf a").all_inner_texts()
    first.locator(".search-similar").click()
    expect(first.locator(".search-shelf")).to_be_hidden()
    page.goto(address)
    heading = page.get_by_role("heading", name="관련 글")
    assert heading.locator("xpath=..").locator("li a").all_inner_texts() == shown


def test_a_lost_text_keeps_its_place_among_the_results(failing_page: Page) -> None:
    page = failing_page
    spoil(page, r"/search/f/20240101", None)
    ask(page, "번역 sort:oldest")
    missing = page.locator(".search-missing")
    expect(missing).to_have_text("2024년 1월 1일 이 글을 받지 못했습니다.")
    expect(page.locator(".search-notes")).to_contain_text("빠진 결과가 있을 수 있습니다")
    scroll_to_end(page)
    expect(page.locator(".search-result")).to_have_count(7)
    page.unroute_all()
    page.locator(".search-retry").click()
    expect(missing).to_have_count(0)


def test_what_was_lost_is_tried_again_when_the_browser_is_online_again(open_page: Open) -> None:
    page = open_page(may_complain=True, is_new=True)
    ask(page, "번역")
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    page.context.set_offline(True)
    page.locator("#search-dialog [type=search]").fill("양자화")
    expect(page.locator("[role=alert]")).to_contain_text("연결")
    page.context.set_offline(False)
    expect(page.locator(".search-option").first).to_contain_text("Quantizing")
    expect(page.locator("[role=alert]")).to_have_count(0)


def test_a_dialog_without_its_words_gives_way_to_the_search_page(failing_page: Page) -> None:
    page = failing_page
    page.route(re.compile(r"/search/$"), lambda route: route.abort(), times=1)
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.locator("#q")).to_be_visible()


def test_filters_that_leave_nothing_can_all_be_taken_off(open_page: Open) -> None:
    page = open_page("search/?q=번역&tag=quantization&tag=nmt")
    expect(page.locator(".search-status")).to_contain_text("맞는 글이 없습니다")
    page.get_by_role("button", name="필터 모두 풀기").click()
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    assert all(title.startswith("Translating") for title in options(page))
