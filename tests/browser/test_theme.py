"""The theme in a real browser: what scripts add, what works without them, and accessibility."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .axe import COLOURS, violations, violations_in_both_schemes
from .tabs import Open, resize

pytestmark = pytest.mark.browser

DAY = "2025/02/28/"
ENTRY = "2025/02/28/lantern-reading-long-documents-with-a-short-attention-span/"
PAGES = [
    "",
    DAY,
    ENTRY,
    "2025/02/28/parrot-3b/",
    "2025/",
    "2025/02/",
    "archive/",
    "tags/",
    "tags/llm/",
    "kinds/",
    "kinds/model/",
    "trends/",
    "notes/",
    "notes/느리게-읽기/",
    "about/",
    "search/",
    "404.html",
]


@pytest.fixture(scope="session")
def paths(site_folder: Path) -> list[str]:
    """Return the path of one page of each type."""
    files = {path: path if path.endswith(".html") else f"{path}index.html" for path in PAGES}
    return [path for path, file in files.items() if (site_folder / "repo" / file).is_file()]


def theme(page: Page) -> str:
    return str(page.evaluate("document.documentElement.dataset.theme ?? 'auto'"))


def press_in_turn(page: Page, *keys: tuple[str, str]) -> None:
    """Press keys, each given by its character and its place, one after another in no time."""
    page.evaluate(
        """(keys) => {
          for (const [key, code] of keys) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true }));
        }""",
        keys,
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_the_chosen_theme_is_set_before_the_next_page_is_painted(open_page: Open, site: str) -> None:
    page = open_page(is_new=True)
    page.click("[data-theme-button]")
    page.click("[data-theme-button]")
    assert theme(page) == "dark"
    page.add_init_script(
        "window.painted = new Promise(resolve => new PerformanceObserver(() =>"
        " resolve(document.documentElement.dataset.theme)).observe({type: 'paint', buffered: true}))"
    )
    page.goto(site + DAY)
    assert page.evaluate("window.painted") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(22, 21, 18)"


def test_t_switches_the_theme_and_announces_it(open_page: Open) -> None:
    page = open_page()
    seen = []
    for _ in range(3):
        page.keyboard.press("t")
        seen.append((theme(page), page.text_content("[data-theme-button] .vh")))
    assert seen == [("light", "화면 테마: 밝게"), ("dark", "화면 테마: 어둡게"), ("auto", "화면 테마: 자동")]


def test_j_and_k_move_the_focus_between_entries(open_page: Open) -> None:
    page = open_page(DAY)
    titles = []
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        titles.append(focused(page)[:7])
    assert titles == ["Parrot-", "Lantern", "Kestrel", "Lantern"]


def test_keys_work_with_a_korean_layout_and_not_in_fields(open_page: Open) -> None:
    page = open_page()
    press_in_turn(page, ("ㅅ", "KeyT"))
    assert theme(page) == "light"
    field = page.locator("#q")
    if field.count():
        field.press("t")
        assert theme(page) == "light"


def test_a_question_mark_opens_the_list_of_keys_and_escape_closes_it(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Shift+?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_g_and_a_letter_lead_to_a_part_of_the_site_and_brackets_turn_pages(open_page: Open, site: str) -> None:
    page = open_page(DAY)
    for letter, path in (("t", "tags/"), ("k", "kinds/"), ("r", "trends/"), ("d", "archive/"), ("h", "")):
        press_in_turn(page, ("g", "KeyG"), (letter, f"Key{letter.upper()}"))
        page.wait_for_url(site + path)
    assert theme(page) == "auto"
    page.goto(site + DAY)
    page.keyboard.press("[")
    page.wait_for_url(site + "2025/02/24/")
    page.keyboard.press("]")
    page.wait_for_url(site + DAY)


def test_g_and_a_letter_work_with_a_korean_layout(open_page: Open, site: str) -> None:
    page = open_page(DAY)
    press_in_turn(page, ("ㅎ", "KeyG"), ("ㅅ", "KeyT"))
    page.wait_for_url(site + "tags/")


def test_titles_alone_are_shown_without_scripts_and_remembered_with_them(open_page: Open) -> None:
    page = open_page("", java_script_enabled=False)
    expect(page.locator(".home .opening").first).to_be_visible()
    page.check("#titles")
    expect(page.locator(".home .opening").first).to_be_hidden()
    page = open_page()
    page.check("#titles")
    page.reload()
    expect(page.locator("#titles")).to_be_checked()
    expect(page.locator(".home .opening").first).to_be_hidden()


def test_an_entry_that_was_read_is_marked_in_lists(open_page: Open, site: str) -> None:
    page = open_page(ENTRY)
    page.goto(site)
    titles = page.eval_on_selector_all(".row.is-read h3", "rows => rows.map(row => row.textContent.trim())")
    assert titles == ["Lantern: Reading Long Documents with a Short Attention Span"]


def test_the_bar_of_the_browser_takes_the_colour_of_the_chosen_theme(open_page: Open) -> None:
    page = open_page()
    media = "[...document.querySelectorAll('meta[name=theme-color]')].map(meta => meta.media)"
    system = page.evaluate(media)
    page.click("[data-theme-button]")
    assert page.evaluate(media) == ["all", "not all"]
    page.click("[data-theme-button]")
    assert page.evaluate(media) == ["not all", "all"]
    page.click("[data-theme-button]")
    assert page.evaluate(media) == system


def test_days_of_a_calendar_share_one_tab_stop_and_arrows_move_between_them(open_page: Open) -> None:
    page = open_page("2025/")
    stops = page.locator("[data-calendar] li a:not([tabindex='-1'])")
    assert stops.count() == 1
    stops.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.title") == "2월 28일, 3편"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.title") == "2월 24일, 1편"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.title") == "2월 24일, 1편"
    assert stops.count() == 1


def test_every_day_of_the_calendar_can_be_reached_without_scripts(open_page: Open) -> None:
    page = open_page("2025/", java_script_enabled=False)
    months = page.locator("[data-calendar] h3 a")
    assert [months.nth(n).get_attribute("href") for n in range(months.count())] == ["/repo/2025/02/", "/repo/2025/03/"]


def open_to_copy(open_page: Open) -> Page:
    """Open an entry whose buttons keep saying that they have copied; on other pages they do for two seconds."""
    page = open_page(ENTRY, permissions=("clipboard-read", "clipboard-write"))
    page.evaluate("setTimeout = () => 0")
    return page


def test_an_entrys_address_can_be_copied(open_page: Open) -> None:
    page = open_to_copy(open_page)
    page.click("[data-copy]")
    page.get_by_text("복사했습니다").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"https://digest.example/repo/{ENTRY}"


def test_a_citation_and_its_bibtex_can_be_copied(open_page: Open) -> None:
    page = open_to_copy(open_page)
    for selector, begins in (("[data-copy-text]", page.inner_text(".address b")), ("[data-copy-file]", "@")):
        page.click(selector)
        page.locator(selector, has_text="복사했습니다").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins)


def test_entries_newer_than_the_last_visit_are_marked_until_the_visit_ends(open_page: Open, site: str) -> None:
    page = open_page()
    assert page.locator(".is-new").count() == 0
    page.evaluate("localStorage.setItem('digest:seen', '2025-02-28'); sessionStorage.clear()")
    for _ in range(2):
        page.goto(site)
        assert page.locator(".is-new").count() == 1
    page.evaluate("sessionStorage.clear()")
    page.goto(site)
    assert page.locator(".is-new").count() == 0


def test_the_contents_of_a_day_mark_the_current_entry(open_page: Open) -> None:
    page = open_page(DAY, viewport={"width": 390, "height": 700})
    page.evaluate("document.getElementById('kestrel-k2').scrollIntoView()")
    page.locator("[data-contents] [aria-current]", has_text="Kestrel K2").wait_for()


def test_all_text_is_readable_without_scripts(open_page: Open) -> None:
    page = open_page(ENTRY, java_script_enabled=False)
    assert page.locator("article").get_by_text("긴 문서를 짧은 창으로").is_visible()
    assert page.locator("section.abstract").get_by_text("We present Lantern").is_visible()
    assert page.locator("math").count() == 2
    assert page.locator("button:visible").count() == 0


def test_the_abstract_is_folded_on_the_day_and_opens_without_scripts(open_page: Open) -> None:
    page = open_page(DAY, java_script_enabled=False)
    abstract = page.get_by_text("We present Lantern")
    expect(abstract).to_be_hidden()
    page.locator("summary").first.click()
    expect(abstract).to_be_visible()


def test_the_page_of_a_day_shortens_authors_and_the_page_of_an_entry_lists_all(open_page: Open) -> None:
    day = open_page(DAY).locator(".authors")
    assert day.text_content() == "저자: Mina Park, Tom Alder, Ines Duarte, Jo Brandt 외 3명"
    assert day.locator("[lang=en]").text_content() == "Mina Park, Tom Alder, Ines Duarte, Jo Brandt"
    assert "Ada Holm" in (open_page(ENTRY).locator(".authors").text_content() or "")


def test_no_page_is_wider_than_the_screen(open_page: Open, site: str, paths: list[str]) -> None:
    page = open_page()
    wide = []
    for path in paths:
        page.goto(site + path)
        for width in (360, 390, 768, 1280, 2560):
            resize(page, width, 800)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((path, width))
    assert wide == []


def test_a_masthead_of_two_lines_on_a_phone_is_as_wide_as_every_window(open_page: Open) -> None:
    page = open_page()
    masthead = page.locator("header.top.two-lines")
    for width in (360, 390, 768, 1280):
        resize(page, width, 800)
        assert masthead.evaluate("top => top.getBoundingClientRect().width") == width


def test_wide_tables_and_code_scroll_in_a_box_that_takes_the_focus(open_page: Open) -> None:
    page = open_page(ENTRY, viewport={"width": 390, "height": 800})
    boxes = page.locator("div.table, pre.code")
    assert boxes.count() == 2
    for n in range(2):
        assert boxes.nth(n).evaluate("box => box.scrollWidth > box.clientWidth && box.tabIndex === 0")


def test_axe_finds_nothing_on_any_page_in_either_scheme(open_page: Open, site: str, paths: list[str]) -> None:
    """On a narrow screen: `test_golden_site.py` runs axe on a wide one."""
    page = open_page(viewport={"width": 390, "height": 800}, bypass_csp=True)
    assert [broken for path in paths for broken in violations_in_both_schemes(page, site + path)] == []


def test_axe_sees_too_little_contrast_in_the_dark_scheme(open_page: Open) -> None:
    page = open_page(DAY, bypass_csp=True, reduced_motion="reduce", color_scheme="dark")
    page.evaluate("document.querySelector('h1').style.color = '#222'")
    assert [rule for rule, _ in violations(page, only=COLOURS)] == ["color-contrast"]


def test_a_printed_day_shows_abstracts_and_no_controls(open_page: Open) -> None:
    page = open_page(DAY)
    page.emulate_media(media="print")
    assert page.get_by_text("We present Lantern").bounding_box()
    for control in (".menu", ".toc", ".turn", ".bottom"):
        assert not page.locator(control).is_visible()


def test_a_printed_page_names_the_address_of_a_link_once(open_page: Open) -> None:
    page = open_page(DAY)
    page.emulate_media(media="print")
    page.evaluate(
        """() => {
          document.querySelector(".said").innerHTML = '<a href="https://a.example/1">One</a> <a href="https://a.example/1">One</a>';
          dispatchEvent(new Event("beforeprint"));
        }"""
    )
    after = "(link) => getComputedStyle(link, '::after').content"
    first, again = page.locator(".said a").all()[:2]
    assert ("https://a.example/1" in first.evaluate(after), again.evaluate(after)) == (True, "none")


def test_printed_kinds_keep_the_colour_of_their_marks(open_page: Open) -> None:
    page = open_page(DAY)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.kind .mark')).printColorAdjust") == "exact"


def test_more_contrast_leaves_no_letter_grey(open_page: Open) -> None:
    page = open_page(DAY, color_scheme="light")
    page.emulate_media(contrast="more")
    colours = "(selector) => getComputedStyle(document.querySelector(selector)).color"
    assert page.evaluate(colours, ".authors") == page.evaluate(colours, "h1") == "rgb(0, 0, 0)"


def test_reduced_motion_turns_off_smooth_scrolling(open_page: Open) -> None:
    page = open_page(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize(
    ("lang", "breaks", "font"),
    [
        ("ko", ["keep-all", "auto"], "Noto Sans KR"),
        ("ko-KR", ["keep-all", "auto"], "Noto Sans KR"),
        ("en", ["normal", "auto"], "Noto Sans KR"),
        ("ja", ["normal", "strict"], "Noto Sans JP"),
        ("zh", ["normal", "strict"], "Noto Sans SC"),
        ("zh-TW", ["normal", "strict"], "Noto Sans TC"),
    ],
)
def test_line_breaks_and_fonts_follow_the_language_of_a_text(
    open_page: Open, lang: str, breaks: list[str], font: str
) -> None:
    style = open_page().evaluate(
        """(lang) => {
          const block = document.createElement("p");
          block.lang = lang;
          const word = block.appendChild(document.createElement("b"));
          document.querySelector("main").append(block);
          const { wordBreak, lineBreak, fontFamily } = getComputedStyle(word);
          return { breaks: [wordBreak, lineBreak], fontFamily };
        }""",
        lang,
    )
    assert style["breaks"] == breaks
    assert font in style["fontFamily"]
