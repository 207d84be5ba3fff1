"""Text that is written from right to left in a real browser: its punctuation stands at its end, and names keep their order."""

from collections.abc import Iterator

import pytest

from ..project import build_project, write_project
from ..site.test_directions import NOTES
from .serving import served_at_root
from .tabs import Open, Tabs

pytestmark = pytest.mark.browser

IS_RIGHT_TO_LEFT = """(element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
    const place = (node, at) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().left;
    };
    const last = nodes.at(-1);
    return place(nodes[0], 0) > place(last, last.data.trimEnd().length - 1);
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_project(tmp_path_factory.mktemp("directions"), {"digest.yaml": "title: 새\n", **NOTES})
    build_project(folder)
    with served_at_root(folder / "site") as served:
        yield served


@pytest.fixture
def open_wide(tabs: Tabs, address: str) -> Open:
    """Return a function that opens a page in a wide window, where each title has one line."""
    return tabs.opener(address, viewport={"width": 1600, "height": 900})


@pytest.mark.parametrize("path", ["", "tags/llm/", "2024/03/11/"])
@pytest.mark.parametrize("words", ["מודל", "نموذج"])
def test_the_last_mark_of_a_title_stands_at_its_left_end(open_wide: Open, path: str, words: str) -> None:
    title = open_wide(path).locator(f"main .title:has-text('{words}')").first
    assert title.evaluate(IS_RIGHT_TO_LEFT)


def test_names_from_right_to_left_stand_in_the_order_of_the_list(open_wide: Open) -> None:
    names = open_wide("").locator(".by:has-text('כהן') span")
    first, second = (names.nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first["x"] < second["x"]


def test_a_search_result_has_the_direction_of_its_words(open_wide: Open) -> None:
    page = open_wide("search/?q=GPT-4")
    title = page.locator(".search-title:has-text('מודל')").first
    title.wait_for()
    assert title.evaluate(IS_RIGHT_TO_LEFT)
