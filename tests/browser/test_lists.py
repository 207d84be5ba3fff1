"""Pages of lists in a real browser: the bar above them, calendars, matrices, names, sizes of targets, and no layout shift."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import expect

from ..project import build_project, write_project
from .axe import NAMES_AND_SIZES, violations
from .serving import served_at_root
from .tabs import Open, Tabs, resize, settle

pytestmark = pytest.mark.browser

FIRST = dt.date(2022, 2, 1)
YEAR = "2023/"
NEWEST_YEAR = "2024/"
BUSY_MONTH = "2023/05/"
TAG = "tags/sparrows/"
LISTS = ["", "kinds/", "kinds/model/", TAG, f"{TAG}page/1/", BUSY_MONTH, "2023/w20/", YEAR, "notes/"]
PAGES = [*LISTS, "archive/", "tags/", NEWEST_YEAR, "trends/"]
RICH = ["", "kinds/", TAG, BUSY_MONTH, YEAR, "trends/"]
"""Pages with parts that pages of the golden site lack. On those, `test_golden_site.py` runs all rules of axe."""
PHONE = {"width": 390, "height": 844}

NAMES = """() => [...document.querySelectorAll("a[aria-label], button[aria-label], summary[aria-label]")]
  .filter((element) => element.innerText.trim())
  .filter((element) => {
    const words = (text) => text.toLowerCase().split(/[^\\p{L}\\p{N}]+/u).filter(Boolean);
    const name = words(element.ariaLabel);
    return words(element.innerText).some((word) => !name.includes(word));
  })
  .map((element) => element.outerHTML)"""
"""A script that returns the elements whose name lacks a word that is seen. axe compares characters, so it takes 4 for a part of 14."""

WATCH = """window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def notes() -> Iterator[tuple[str, str]]:
    """Yield notes of 29 months, half of them about one bird, with figures, references and notes without a date."""
    for n in range(59):
        date = FIRST + dt.timedelta(days=n * 15)
        size = f"Sparrow-{n} {n % 7 + 1}B" if n % 3 else f"How Sparrows Sleep, Part {n}"
        about = (
            f"A model of {n % 7 + 1}B parameters, released today." if n % 3 else "We watch sparrows sleep and count."
        )
        if n == 0:
            about = "(Mina Park)\nWe watch sparrows sleep and count them.\n참새가 자는 모습을 센 논문."
        text = f"{date}\n{size}\n{about} See [[How Sparrows Sleep, Part 0]].\n#{'sparrows' if n % 2 else 'owls'} #b{n % 9}\n"
        yield f"notes/{date}.txt", text
    for n in range(30):
        date = dt.date(2023, 5, 1 + n)
        yield (
            f"notes/more-{date}.txt",
            f"{date}\nA Note on Nests {n}\nNests are small. This one is no exception.\n#sparrows\n",
        )
    for n in range(30):
        yield f"notes/{chr(97 + n % 26)}-topic-{n}.md", f"Notes on topic {n}.\n\n#sparrows\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a site with long lists, serve it, and yield its address."""
    folder = tmp_path_factory.mktemp("lists")
    write_project(folder, {"digest.yaml": "language: ko\nper_page: 20\n", **dict(notes())})
    build_project(folder)
    with served_at_root(folder / "site") as served:
        yield served


@pytest.fixture
def open_page(tabs: Tabs, address: str) -> Open:
    """Return a function that opens a page of the site in the window of a phone."""
    return tabs.opener(address, viewport=PHONE)


def test_names_contain_what_is_seen_and_targets_are_large_enough(open_page: Open) -> None:
    found = []
    for path in PAGES:
        page = open_page(path)
        for width in (1280, 390, 360):
            resize(page, width, 844)
            only = () if width == 1280 and path in RICH else NAMES_AND_SIZES
            found += [(path, width, *broken) for broken in violations(page, only=only, strict=True)]
            found += [(path, width, "words", element) for element in page.evaluate(NAMES)]
    assert found == []


def test_a_name_without_what_is_seen_is_found(open_page: Open) -> None:
    page = open_page(YEAR)
    page.evaluate("document.querySelector('.sheet li a').ariaLabel = 'a day'")
    assert [rule for rule, _ in violations(page, only=NAMES_AND_SIZES, strict=True)] == ["label-content-name-mismatch"]
    page.evaluate("document.querySelector('.sheet li a').ariaLabel = '100th to 131st of January'")
    assert len(page.evaluate(NAMES)) == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(tabs: Tabs, address: str, width: int) -> None:
    page = tabs.take(is_new=True, viewport={"width": width, "height": 844})
    page.add_init_script(WATCH)
    moved = {}
    for path in PAGES:
        page.goto(address + path)
        settle(page)
        moved[path] = page.evaluate("window.shift")
    assert {path: shift for path, shift in moved.items() if shift} == {}


@pytest.mark.parametrize("path", LISTS)
def test_titles_alone_are_shown_on_every_list_without_scripts(open_page: Open, path: str) -> None:
    page = open_page(path, java_script_enabled=False)
    expect(page.locator("main .opening").first).to_be_visible()
    page.check("#titles")
    expect(page.locator("main .opening:visible")).to_have_count(0)


def test_titles_alone_are_remembered_from_list_to_list_and_shown_before_the_first_paint(
    tabs: Tabs, address: str
) -> None:
    page = tabs.take(is_new=True, viewport=PHONE)
    page.add_init_script(WATCH)
    page.goto(address + TAG)
    page.check("#titles")
    page.goto(address + BUSY_MONTH)
    settle(page)
    expect(page.locator("#titles")).to_be_checked()
    expect(page.locator("main .opening").first).to_be_hidden()
    assert page.evaluate("window.shift") == 0
    page.uncheck("#titles")
    expect(page.locator("main .opening").first).to_be_visible()
    page.reload()
    expect(page.locator("#titles")).not_to_be_checked()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_jump_shows_the_first_entry_of_its_year_below_the_bar(open_page: Open, width: int) -> None:
    page = open_page(TAG, viewport={"width": width, "height": 844})
    jumps = page.locator(".jumps a")
    labels = [label.split()[0] for label in jumps.all_inner_texts()]
    assert labels == ["2024", "2023", "2022"]
    jumps.last.click()
    page.wait_for_url(re.compile(f"/{TAG}page/[12]/#y2022$"))
    expect(page.locator("#y2022 .row").first).to_have_attribute("data-date", re.compile("^2022-"))
    page.wait_for_function(
        """() => {
          const [bar, first] = [".tools", "#y2022"].map((part) => document.querySelector(part).getBoundingClientRect());
          return bar.bottom <= first.top + 1 && first.top < 399;
        }"""
    )


def test_the_bar_stays_in_view_and_marks_the_year(open_page: Open) -> None:
    page = open_page(TAG, viewport={"width": 1280, "height": 844})
    page.evaluate("document.querySelectorAll('#y2023 .row')[8].scrollIntoView()")
    expect(page.locator(".jumps [aria-current]")).to_contain_text("2023")
    page.wait_for_function("() => document.querySelector('.tools').getBoundingClientRect().top === 0")


def test_the_calendar_of_a_finished_year_begins_with_january_and_shows_that_it_scrolls(open_page: Open) -> None:
    page = open_page(YEAR)
    calendar = page.locator(".calendar")
    assert calendar.evaluate("box => [box.scrollLeft, box.scrollWidth > box.clientWidth, box.tabIndex]") == [0, True, 0]
    expect(calendar).to_have_attribute("aria-label", "달력")
    expect(page.locator(".sheet")).to_have_count(12)
    second = page.locator(".sheet").nth(1).bounding_box()
    assert second is not None
    assert second["x"] < 390 - 48 < 390 < second["x"] + second["width"]  # the window cuts the second month
    page.locator(".calendar").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.calendar').scrollLeft > 0")


def test_the_calendar_of_the_newest_year_shows_its_last_month(open_page: Open) -> None:
    page = open_page(NEWEST_YEAR)
    last = page.locator(".sheet").last.bounding_box()
    assert last is not None
    assert 0 < last["x"] < last["x"] + last["width"] <= 390


def test_a_matrix_has_a_caption_headings_and_numbers_that_are_links(open_page: Open) -> None:
    for path in ("archive/", "trends/"):
        page = open_page(path)
        table = page.locator("table.matrix")
        assert table.locator("caption").inner_text() == "한 해의 달마다 쓴 글의 수"
        assert table.locator("thead th[scope=col]").count() == 14
        assert table.locator("tbody th[scope=row] a").all_inner_texts() == ["2024", "2023", "2022"]
        cells = table.locator("tbody td a").all_inner_texts()
        assert sum(map(int, cells)) == 89
        assert page.locator(".matrix td a", has_text="32").get_attribute("href") == "/2023/05/"


def test_pages_of_lists_are_not_wider_than_a_small_phone(open_page: Open) -> None:
    wide = []
    for path in PAGES:
        page = open_page(path, viewport={"width": 320, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_a_young_site_shows_no_empty_months(tmp_path: Path) -> None:
    days = ("2026-03-02", "2026-03-09", "2026-04-01", "2026-04-15", "2026-04-16")
    write_project(
        tmp_path, {f"notes/{day}.txt": f"{day}\nSparrow {day}\nA bird.\n#birds\n" for day in days} | {"digest.yaml": ""}
    )
    build_project(tmp_path)
    for path in ("archive", "2026"):
        page = html.document_fromstring((tmp_path / "site" / path / "index.html").read_bytes())
        classes = [name for element in page.iter("section", "table") for name in element.get("class", "").split()]
        assert classes.count("sheet") == 2, path
        assert "matrix" not in classes, path


@pytest.fixture(scope="module")
def young_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a site of one month with a page in its menu, serve it, and yield its address."""
    folder = tmp_path_factory.mktemp("young")
    days = (dt.date(2026, 11, day) for day in (3, 5, 19, 24))
    entries = {f"notes/{day}.txt": f"{day}\nSparrows on day {day.day}\nThey slept.\n#birds\n" for day in days}
    page = {"pages/about.md": "---\nmenu: true\n---\n# 소개\n\n새를 봅니다.\n"}
    write_project(folder, {"digest.yaml": "title: 지은의 참새 노트\nlanguage: ko\n", **entries, **page})
    build_project(folder)
    with served_at_root(folder / "site") as served:
        yield served


@pytest.mark.parametrize("path", ["archive/", "2026/"])
def test_the_calendar_of_the_only_month_is_read_from_left_to_right_with_a_line_for_each_week(
    tabs: Tabs, young_site: str, path: str
) -> None:
    page = tabs.opener(young_site)(path, viewport=PHONE)
    lefts = page.eval_on_selector_all(".sheet .week > *", "days => days.map((day) => day.getBoundingClientRect().left)")
    assert lefts == sorted(lefts)
    heights = page.eval_on_selector_all(".sheet li", "days => days.map((day) => day.getBoundingClientRect().height)")
    assert max(heights) < 1.2 * min(heights)


@pytest.mark.parametrize("width", [360, 390])
def test_a_long_name_and_the_whole_menu_are_seen_on_a_phone(tabs: Tabs, young_site: str, width: int) -> None:
    page = tabs.opener(young_site)(viewport={"width": width, "height": 844})
    cut = page.eval_on_selector_all(
        ".top :is(.brand, .menu)", "all => all.filter((e) => e.scrollWidth > e.clientWidth).length"
    )
    assert cut == 0
    assert page.locator(".menu a").last.inner_text() == "소개"
