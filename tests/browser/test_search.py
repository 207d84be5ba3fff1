"""Search in a real browser: the dialog and the page, with an input method, on a phone, by keyboard, under the policy."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from .axe import COLOURS, violations
from .searching import (
    LONGER_THAN_EVERY_TIMER,
    PREFIX,
    ask,
    compose,
    expect_active,
    expect_query,
    hold,
    let_go,
    open_dialog,
    options,
    scroll_to_end,
    spoil,
    wait_for_transitions,
)
from .tabs import Open, Tabs, wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(tabs: Tabs, search_address: str) -> Open:
    """Return a function that opens a page of the site."""
    return tabs.opener(search_address, viewport={"width": 1280, "height": 900})


@pytest.fixture
def page(open_page: Open) -> Page:
    """Return the home page."""
    return open_page()


@pytest.mark.parametrize(
    ("key", "opens"),
    [
        ({"key": "/", "code": "Digit7", "shiftKey": True}, True),  # German
        ({"key": "-", "code": "Slash"}, False),  # German
        ({"key": "ㅏ", "code": "KeyK", "ctrlKey": True}, True),  # Korean
        ({"key": "t", "code": "KeyK", "ctrlKey": True}, False),  # Dvorak
    ],
)
def test_search_keys_work_on_every_keyboard_layout(page: Page, key: dict[str, object], opens: bool) -> None:
    page.evaluate(
        "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {...key, bubbles: true, cancelable: true}))",
        key,
    )
    if opens:
        expect(page.locator("#search-dialog")).to_be_visible()
    else:
        page.wait_for_timeout(300)
        expect(page.locator("#search-dialog")).not_to_be_visible()


@pytest.mark.parametrize(
    ("key", "moves"),
    [
        ({"key": "j", "code": "KeyJ"}, True),
        ({"key": "ㅓ", "code": "KeyJ"}, True),  # Korean
        ({"key": "j", "code": "KeyC"}, True),  # Dvorak
        ({"key": "h", "code": "KeyJ"}, False),  # Dvorak
    ],
)
def test_keys_between_entries_work_on_every_keyboard_layout(page: Page, key: dict[str, object], moves: bool) -> None:
    page.evaluate(
        "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {...key, bubbles: true, cancelable: true}))",
        key,
    )
    assert page.evaluate("document.activeElement.closest('.entry, .row') !== null") == moves


def test_search_loads_nothing_until_a_reader_uses_it(tabs: Tabs, search_address: str) -> None:
    page = tabs.take()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(search_address, wait_until="networkidle")
    assert [path for path in asked if "search" in path and "search-start" not in path] == []
    with page.expect_request("**/search/index.json"):
        open_dialog(page)


@pytest.mark.parametrize("path", ["", "search/"])
def test_the_index_is_fetched_while_the_scripts_are_on_their_way_and_only_once(open_page: Open, path: str) -> None:
    page = open_page(path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    hold(page, r"/js/search-ui\.")
    with page.expect_request(re.compile(r"/search/d0\.")), page.expect_request(re.compile(r"/search/n0\.")):
        page.keyboard.press("/")
    if path:
        page.keyboard.type("번역")
    let_go(page)
    if not path:
        expect(page.locator("#search-dialog [type=search]")).to_be_focused()
        page.keyboard.type("번역")
    expect(page.locator(".search-option").first).to_be_visible()
    opening = [path for path in asked if re.search(r"/js/|/search/(?:index\.json$|[dn]\d\.)", path)]
    assert len(opening) == len(set(opening)) >= 4


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_keys_open_the_dialog_and_escape_returns_the_focus(page: Page, key: str) -> None:
    link = page.locator("main a:visible").first
    link.focus()
    page.keyboard.press(key)
    expect(page.locator("#search-dialog [type=search]")).to_be_focused()
    page.keyboard.type("번역")
    expect(page.locator(".search-option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#search-dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_search_link_opens_the_dialog(page: Page) -> None:
    page.locator("[data-search-open]").click()
    expect(page.locator("#search-dialog [type=search]")).to_be_focused()


def test_results_update_during_composition_and_its_enter_opens_nothing(page: Page) -> None:
    open_dialog(page)
    session = page.context.new_cdp_session(page)
    here = page.url
    page.evaluate(
        """() => {
          window.seen = [];
          const field = document.querySelector("#search-dialog [type=search]");
          for (const type of ["compositionstart", "compositionupdate", "compositionend", "beforeinput"]) {
            field.addEventListener(type, (event) => window.seen.push(event.inputType ?? event.type));
          }
        }"""
    )
    for syllable in ("ㅇ", "야", "양"):
        compose(session, syllable)
    session.send("Input.insertText", {"text": "양"})
    for syllable in ("ㅈ", "자", "장", "자"):
        compose(session, syllable)
    titles = page.locator(".search-option .search-title")
    expect(titles.filter(has_text="Quantizing").first).to_be_visible()
    expect(titles.filter(has_not_text="Quantizing")).to_have_count(0)
    # The Enter that ends a composition reaches the page as key 229 of the input method.
    session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    )
    page.keyboard.press("ArrowDown")
    session.send("Input.insertText", {"text": "자"})
    for syllable in ("ㅎ", "호", "화"):
        compose(session, syllable)
    session.send("Input.insertText", {"text": "화"})
    expect(page.locator("#search-dialog [type=search]")).to_have_value("양자화")
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    assert {"compositionstart", "compositionupdate", "insertCompositionText", "compositionend"} <= set(
        page.evaluate("seen")
    )
    assert page.url == here


def test_the_list_of_results_does_not_flicker_between_syllables(page: Page) -> None:
    ask(page, "번역")
    expect(page.locator(".search-option").first).to_be_visible()
    page.evaluate(
        """() => {
          window.empty = 0;
          const found = document.querySelector(".search-found");
          const look = () => { if (!found.querySelector(".search-option")?.checkVisibility()) window.empty++; };
          new MutationObserver(look).observe(found, { childList: true, subtree: true, attributes: true });
          const tick = () => { look(); requestAnimationFrame(tick); };
          tick();
        }"""
    )
    session = page.context.new_cdp_session(page)
    for text in ("ㅇ", "으", "의", "의 ", "의 ㅍ", "의 품", "의 푸", "의 품질"):
        compose(session, text)
        page.wait_for_timeout(30)
    assert page.evaluate("empty") == 0


def test_arrows_home_end_and_enter_move_through_the_results(page: Page) -> None:
    ask(page, "토크나이저")
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    field = page.locator("#search-dialog [type=search]")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect_active(page, -1)
    page.keyboard.press("ArrowDown")
    expect_active(page, 0)
    page.keyboard.press("ArrowDown")
    expect_active(page, 1)
    page.keyboard.press("End")
    expect_active(page, 7)
    page.keyboard.press("ArrowDown")
    expect_active(page, 0)
    page.keyboard.press("ArrowUp")
    expect_active(page, 7)
    page.keyboard.press("Home")
    expect_active(page, 0)
    wanted = page.locator(".search-option").first.get_attribute("href")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    expect(page.locator("h1")).to_be_visible()


def test_keys_pressed_while_further_results_are_read_come_after_the_key_that_waits(page: Page) -> None:
    ask(page, "토크나이저 sort:date")
    expect(page.locator(".search-option").first).to_contain_text("2024년 12월 12일")
    hold(page, r"/search/f/")
    for key in ("ArrowDown", "End", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    let_go(page)
    # The last but one of eight.
    page.wait_for_url("**/2024/06/06/**")


def test_enter_without_a_selected_result_opens_the_search_page(page: Page) -> None:
    ask(page, "번역")
    expect(page.locator(".search-option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect_query(page, q="번역")
    expect(page.locator("#q")).to_have_value("번역")
    expect(page.locator(".search-status")).to_have_text("결과 12건")


def test_the_address_holds_query_and_filters_through_back_and_forward(open_page: Open) -> None:
    page = open_page("search/?q=번역")
    scroll_to_end(page)
    expect(page.locator(".search-option")).to_have_count(10)
    page.locator(".search-facet", has_text="#llm").click()
    expect(page.locator(".search-chip.filter")).to_have_text(re.compile("#llm"))
    expect_query(page, q="번역", tag="llm")
    page.evaluate(
        "() => { const now = Date.now; Date.now = () => now() + 3000; }"
    )  # a query after a rest begins a new entry
    page.locator("#q").fill("양자화")
    expect(page.locator(".search-option").first).to_contain_text("Quantizing")
    page.locator(".search-option").first.click()
    page.wait_for_url(re.compile("/quantizing-"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("양자화")
    expect(page.locator(".search-option").first).to_contain_text("Quantizing")
    page.go_back()
    expect(page.locator("#q")).to_have_value("번역")
    expect(page.locator(".search-option").first).to_contain_text("Translating")
    page.go_forward()
    expect(page.locator("#q")).to_have_value("양자화")


def test_the_empty_dialog_tells_what_can_be_typed(page: Page) -> None:
    open_dialog(page)
    help_ = page.locator("#search-dialog .search-help")
    expect(help_).to_contain_text("author:park")
    page.keyboard.type("번역")
    expect(help_).to_be_hidden()
    page.locator("#search-dialog [type=search]").fill("")
    expect(help_).to_be_visible()


def test_days_and_order_are_set_by_keyboard_and_held_in_the_address(open_page: Open) -> None:
    page = open_page("search/?q=번역")
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    page.locator("#q").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.search-order')"):
            break
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"sort=newest"))
    expect(page.locator(".search-option time").first).to_have_text("2024년 12월 12일")
    page.keyboard.press("Tab")
    expect(page.locator(".search-day").first).to_be_focused()
    page.keyboard.type("06012024")
    expect(page.locator(".search-status")).to_have_text("결과 7건")
    expect(page.locator(".search-day").first).to_be_focused()
    expect_query(page, q="번역", sort="newest", **{"from": "2024-06-01"})
    page.reload()
    expect(page.locator(".search-status")).to_have_text("결과 7건")
    expect(page.locator(".search-day").first).to_have_value("2024-06-01")
    expect(page.locator(".search-order")).to_have_value("newest")
    page.locator(".search-chip.filter").click()
    expect(page.locator(".search-status")).to_have_text("결과 12건")


def test_an_unknown_field_is_reported_with_what_may_have_been_meant(page: Page) -> None:
    open_dialog(page)
    page.keyboard.type("autor:holm 번역")
    notes = page.locator("#search-dialog .search-notes")
    expect(notes).to_contain_text("‘autor:’")
    button = notes.get_by_role("button", name="author:holm 번역")  # the whole query, not one that was half typed
    button.click()
    expect(page.locator("#search-dialog [type=search]")).to_have_value("author:holm 번역")
    expect(page.locator(".search-authors mark").first).to_have_text("Holm")


def test_a_correction_is_shown_and_can_be_removed(page: Page) -> None:
    ask(page, "quantizzing")
    chip = page.locator(".search-chip.expansion")
    expect(chip).to_contain_text("quantizzing → quantizing")
    expect(page.locator(".search-option").first).to_contain_text("Quantizing")
    chip.click()
    expect(page.locator(".search-status")).to_contain_text("맞는 글이 없습니다")


def test_control_enter_opens_the_chosen_result_in_a_new_tab(page: Page) -> None:
    ask(page, "번역")
    expect(page.locator(".search-option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    wanted = page.locator(".search-option").first.get_attribute("href")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    opened.value.wait_for_url(f"**{wanted}")
    expect(page.locator("#search-dialog")).to_be_visible()


def test_enter_in_an_empty_dialog_opens_the_search_page(page: Page) -> None:
    open_dialog(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")


def test_back_from_an_entry_restores_the_list_and_its_place(open_page: Open) -> None:
    page = open_page("search/?q=llm", viewport={"width": 800, "height": 400})
    for shown in (10, 20):
        scroll_to_end(page)
        expect(page.locator(".search-option")).to_have_count(shown)
        page.locator(".search-more").click()
    expect(page.locator(".search-option")).to_have_count(30)
    page.locator(".search-option").nth(25).scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    page.locator(".search-option").nth(25).click()
    page.wait_for_url(re.compile(r"/2024/\d\d/\d\d/"))
    page.go_back()
    expect(page.locator(".search-option")).to_have_count(30)
    page.wait_for_function("top => Math.abs(scrollY - top) < 40", arg=top)


def test_matches_are_marked_in_title_and_snippet(page: Page) -> None:
    ask(page, "quantizing 양자화")
    first = page.locator(".search-option").first
    expect(first.locator(".search-title mark")).to_have_text("Quantizing")
    expect(first.locator(".search-snippet mark").first).to_have_text("양자화")


def test_an_expansion_is_shown_and_can_be_removed(page: Page) -> None:
    ask(page, "압축")
    chip = page.locator(".search-chip.expansion", has_text="quantization")
    expect(chip).to_contain_text("압축 → ")
    expect(page.locator(".search-option").first).to_contain_text("Quantizing")
    chip.click()
    expect(page.locator(".search-status")).to_contain_text("맞는 글이 없습니다")
    expect(page.locator(".search-option")).to_have_count(0)
    page.locator(".search-chip.off").first.click()
    expect(page.locator(".search-option").first).to_contain_text("Quantizing")


def test_facets_filter_by_tag_kind_and_year(page: Page) -> None:
    ask(page, "mina park")
    expect(page.locator(".search-status")).to_have_text("결과 36건")
    page.locator(".search-facet", has_text="#nmt").click()
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    assert all(title.startswith("Translating") for title in options(page))
    page.locator(".search-chip.filter").click()
    expect(page.locator(".search-status")).to_have_text("결과 36건")


def test_counts_are_announced_politely(page: Page) -> None:
    open_dialog(page)
    spoken = page.locator("#search-dialog .search-panel [role=status]").first
    page.keyboard.type("번역")
    expect(spoken).to_have_text("결과 12건")
    page.locator("#search-dialog [type=search]").fill("쀍쒧쮏")
    expect(spoken).to_have_text("맞는 글이 없습니다. 낱말을 줄이거나 다른 말로 찾아보세요.")


def test_the_count_stays_while_facets_are_on_their_way(page: Page) -> None:
    hold(page, r"/search/g\d+\.")
    with page.expect_request(re.compile(r"/search/g\d+\.")):
        ask(page, "번역")
    status = page.locator("#search-dialog .search-status")
    expect(status).to_have_text("결과 12건")
    page.wait_for_timeout(LONGER_THAN_EVERY_TIMER)
    expect(page.locator(".search-facet")).to_have_count(0)
    expect(status).to_have_text("결과 12건")
    let_go(page)
    expect(page.locator(".search-facet").first).to_be_visible()
    expect(status).to_have_text("결과 12건")


def test_a_search_that_takes_long_says_so_until_its_results_come(page: Page) -> None:
    hold(page, r"/search/p[0-9a-f]+\.")
    ask(page, "번역")
    status = page.locator("#search-dialog .search-status")
    expect(status).to_have_text("찾는 중…")
    let_go(page)
    expect(status).to_have_text("결과 12건")
    page.locator("#search-dialog [type=search]").fill("")
    expect(status).to_have_text("")


def test_results_stay_if_their_facets_cannot_be_read(open_page: Open) -> None:
    page = open_page(may_complain=True)
    spoil(page, r"/search/g\d+\.", None)
    ask(page, "번역")
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    page.wait_for_timeout(LONGER_THAN_EVERY_TIMER)
    scroll_to_end(page)
    expect(page.locator(".search-option")).to_have_count(8)
    expect(page.locator("#search-dialog [role=alert]")).to_be_hidden()
    expect(page.locator(".search-facets")).to_contain_text("받지 못했습니다")
    page.unroute_all()
    page.locator(".search-facets button").click()
    expect(page.locator(".search-facet").first).to_be_visible()


def test_entries_that_are_asked_for_twice_are_shown_once(open_page: Open) -> None:
    page = open_page("search/?q=번역")
    scroll_to_end(page)
    expect(page.locator(".search-more")).to_be_visible()
    hold(page, r"/search/f/")
    with page.expect_request(re.compile(r"/search/f/")):
        page.evaluate("() => { const more = document.querySelector('.search-more'); more.click(); more.click(); }")
    let_go(page)
    expect(page.locator(".search-option")).to_have_count(12)
    page.wait_for_timeout(200)
    assert page.locator(".search-option").count() == 12
    assert page.evaluate("new Set([...document.querySelectorAll('.search-option')].map((o) => o.href)).size") == 12


def test_enter_goes_to_what_the_field_holds_though_no_answer_has_come(page: Page) -> None:
    hold(page, r"/search/p[0-9a-f]+\.")
    ask(page, "번역")
    page.keyboard.press("Enter")
    expect_query(page, q="번역")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_dialog_or_on_the_page(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    ask(page, "압축 번역 #llm")
    expect(page.locator(".search-option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    wait_for_transitions(page)
    assert violations(page, strict=True) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, only=COLOURS) == []
    page = open_page("search/?q=번역&tag=llm", viewport={"width": width, "height": 800})
    expect(page.locator(".search-facet" if width > 800 else ".search-option").first).to_be_visible()
    wait_for_transitions(page)
    assert violations(page, strict=True) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, only=COLOURS) == []


def test_a_phone_shows_the_results_without_sideways_scrolling(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    page.locator("[data-search-open]").tap()
    page.locator("#search-dialog [type=search]").fill("압축 번역")
    expect(page.locator(".search-option").first).to_be_visible()
    for selector in ("html", ".search-body", "#search-dialog"):
        assert (
            page.evaluate(
                "(s) => { const e = document.querySelector(s); return e.scrollWidth - e.clientWidth }", selector
            )
            <= 0
        )
    page.locator(".search-toggle").tap()
    expect(page.locator(".search-facet").first).to_be_visible()
    for target in page.locator(".search-panel button:visible, .search-close").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24
    page.locator(".search-toggle").tap()
    expect(page.locator(".search-facet").first).to_be_hidden()
    page.locator(".search-option").first.tap()
    page.wait_for_url(re.compile(r"/2024/\d\d/\d\d/"))


def test_without_scripts_the_page_leads_to_tags_and_dates(open_page: Open) -> None:
    page = open_page("search/", java_script_enabled=False)
    expect(page.locator(".unscripted")).to_be_visible()
    assert page.locator(f"main a[href^='{PREFIX}tags/']").count() > 0
    assert page.locator(f"main a[href^='{PREFIX}2024/']").count() > 0


def test_entries_out_of_view_are_read_when_the_reader_scrolls(tabs: Tabs, search_address: str) -> None:
    page = tabs.take(viewport={"width": 390, "height": 480})
    texts: list[str] = []
    page.on("request", lambda request: texts.append(request.url) if "/search/f/" in request.url else None)
    page.goto(f"{search_address}search/?q=llm")
    expect(page.locator(".search-facet").first).to_be_attached()
    page.wait_for_timeout(LONGER_THAN_EVERY_TIMER)
    wait_until(page, lambda: 4 <= page.locator(".search-option").count() == len(texts))
    assert len(texts) < 10
    expect(page.locator(".search-more")).to_be_hidden()
    scroll_to_end(page)
    expect(page.locator(".search-option")).to_have_count(10)
    expect(page.locator(".search-more")).to_be_visible()
    assert len(texts) == len(set(texts)) == 10


def test_entries_fill_a_tall_window(open_page: Open) -> None:
    page = open_page("search/?q=llm", viewport={"width": 1280, "height": 2400})
    expect(page.locator(".search-option")).to_have_count(10)


def test_the_more_button_appears_only_if_there_are_more_results(open_page: Open) -> None:
    page = open_page("search/?q=llm")
    scroll_to_end(page)
    for shown in (10, 20, 30):
        expect(page.locator(".search-option")).to_have_count(shown)
        page.locator(".search-more").click()
    expect(page.locator(".search-option")).to_have_count(36)
    expect(page.locator(".search-more")).to_be_hidden()
    page.locator("#q").fill("zzqqxxzzqq")
    expect(page.locator(".search-option")).to_have_count(0)
    expect(page.locator(".search-more")).to_be_hidden()


def test_with_scripts_the_page_does_not_ask_to_enable_them(open_page: Open) -> None:
    page = open_page("search/")
    expect(page.locator(".search-fallback")).to_be_visible()
    expect(page.locator(".unscripted")).to_be_hidden()


@pytest.mark.parametrize("pattern", [r"/search/d0\.", r"/search/p[0-9a-f]+\.", r"/search/f/", r"/search/index\.json"])
def test_damaged_files_show_a_message_and_no_results(page: Page, pattern: str) -> None:
    spoil(page, pattern, b"x\x9cdamaged")
    ask(page, "번역")
    expect(page.locator("#search-dialog [role=alert]")).to_contain_text("검색 색인을 읽을 수 없습니다")
    expect(page.locator(".search-option")).to_have_count(0)


def test_a_lost_connection_shows_a_message_and_the_next_letter_retries(open_page: Open) -> None:
    page = open_page(may_complain=True)
    spoil(page, r"/search/index\.json", None)
    ask(page, "번")
    expect(page.locator("#search-dialog [role=alert]")).to_contain_text("연결")
    page.unroute_all()
    page.keyboard.type("역")
    expect(page.locator(".search-option").first).to_be_visible()
    expect(page.locator("#search-dialog [role=alert]")).to_be_hidden()


def test_an_open_page_reloads_the_index_if_the_site_changes(
    tabs: Tabs, search_address: str, search_folder: Path
) -> None:
    manifest = json.loads((search_folder / "search" / "index.json").read_text())
    manifest["shards"]["names"] = "gonego" * (len(manifest["shards"]["names"]) // 6)
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(body=json.dumps(manifest), content_type="application/json")
        else:
            route.continue_()

    page = tabs.take(may_complain=True)
    page.route(re.compile(r"/search/index\.json"), answer)
    page.goto(search_address)
    ask(page, "번역")
    expect(page.locator(".search-status")).to_have_text("결과 12건")
    assert len(asked) >= 2


def test_an_address_of_filters_alone_shows_its_entries(open_page: Open) -> None:
    page = open_page("search/?tag=nmt&to=2024-03-31")
    expect(page.locator(".search-status")).to_have_text("결과 3건")
