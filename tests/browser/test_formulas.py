"""Formulas in a real browser: what copying them gives, and where they scroll."""

from collections.abc import Iterator

import pytest

from ..project import build_project, write_project
from .axe import violations
from .serving import served_at_root
from .tabs import Open, Tabs

pytestmark = pytest.mark.browser

WIDE = " + ".join(f"x_{{{number}}}" for number in range(13))
NOTE = f"""\
2024년 3월 11일
수식의 날
하나의 값 $x^2 < y$는 [여기](/archive/)에 있다.

$$
L = \\frac{{a}}{{b}}
$$

넓은 합 ${WIDE}$는 줄보다 넓다. 또 $$ {WIDE} $$ 도 그렇다.

수식이 없는 문단이다.
#llm
"""
PATH = "2024/03/11/수식의-날/"
WIDTH = 360


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files = {"digest.yaml": "title: 수식\n", "notes/2024-03-11.txt": NOTE}
    folder = write_project(tmp_path_factory.mktemp("formulas"), files)
    build_project(folder)
    with served_at_root(folder / "site") as served:
        yield served


@pytest.fixture
def open_page(tabs: Tabs, address: str) -> Open:
    """Return a function that opens a page in a narrow window."""
    return tabs.opener(address, viewport={"width": WIDTH, "height": 800})


WIDE_WINDOW = {"width": 1600, "height": 800}


COPY = """([first, last]) => {
    const paragraphs = [...document.querySelectorAll(".said > *")];
    const range = document.createRange();
    range.setStart(first < 0 ? paragraphs[0].querySelector("mi").firstChild : paragraphs[first], 0);
    range.setEnd(paragraphs[last], paragraphs[last].childNodes.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return [event.defaultPrevented, clipboardData.getData("text/plain"), clipboardData.getData("text/html")];
}"""


def test_copying_a_formula_gives_its_tex_in_the_lines_of_the_text(open_page: Open) -> None:
    was_changed, text, html = open_page(PATH).evaluate(COPY, [0, 1])
    assert was_changed
    assert text == "하나의 값 $x^2 < y$는 여기에 있다.\n\n$$L = \\frac{a}{b}$$"
    assert '<math alttext="x^2 &lt; y"><msup>' in html


def test_copied_links_lead_to_the_site(open_page: Open, address: str) -> None:
    _, _, html = open_page(PATH).evaluate(COPY, [0, 0])
    assert f'href="{address}archive/"' in html


def test_a_selection_that_begins_in_a_formula_holds_all_of_it(open_page: Open) -> None:
    _, text, _ = open_page(PATH).evaluate(COPY, [-1, 0])
    assert text == "$x^2 < y$는 여기에 있다."


def test_a_selection_without_formulas_is_copied_by_the_browser(open_page: Open) -> None:
    page = open_page(PATH)
    count = page.evaluate("document.querySelectorAll('.said > *').length")
    assert page.evaluate(COPY, [count - 1, count - 1]) == [False, "", ""]


def test_copying_leaves_the_page_as_it_was(open_page: Open) -> None:
    page = open_page(PATH)
    before = page.evaluate("document.body.innerHTML")
    page.evaluate(COPY, [0, 1])
    assert page.evaluate("document.body.innerHTML") == before


def test_a_wide_formula_scrolls_and_the_page_does_not(open_page: Open) -> None:
    for path in (PATH, "2024/03/11/", ""):
        page = open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    page = open_page(PATH)
    for kind in (".wide", "span.math"):
        formula = page.locator(f".said {kind}")
        assert formula.evaluate("it => it.scrollWidth > it.clientWidth")
        assert formula.evaluate("it => it.scrollHeight - it.clientHeight") <= 1, f"{kind} is cut"


def test_keys_reach_a_formula_that_scrolls_and_pass_over_one_that_fits(open_page: Open) -> None:
    assert open_page(PATH).locator(".said .wide").get_attribute("tabindex") == "0"
    assert open_page(PATH, viewport=WIDE_WINDOW).locator(".said .wide").get_attribute("tabindex") is None


def test_a_wide_formula_stands_on_the_baseline_of_its_line(open_page: Open) -> None:
    page = open_page(PATH, viewport=WIDE_WINDOW)
    letter = "() => document.querySelector('.said .wide mi').getBoundingClientRect().bottom"
    scrolling = page.evaluate(letter)
    page.evaluate("() => { document.querySelector('.said .wide').style.display = 'inline' }")
    assert abs(page.evaluate(letter) - scrolling) < 0.6


def test_formulas_that_scroll_are_accessible(open_page: Open) -> None:
    assert violations(open_page(PATH)) == []
