"""Pages at old addresses in a real browser: they lead on under the policy of the site, with and without scripts."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from ..project import build_project, write_project
from .axe import violations, violations_in_both_schemes
from .serving import served_at_root
from .tabs import PATIENCE_MILLISECONDS, Tabs

pytestmark = pytest.mark.browser

SETTINGS = """\
base_url: https://digest.example/repo/
output: served/repo
redirects:
  /옛 글/: /2024/05/02/owl/#밤
  /old.html: /옛 글/
"""
NOTE = "---\ntitle: {}\ndate: 2024-05-02\n---\nOwls see in the dark.\n\n## 밤\n\n{}\n"
DAY = "2024-05-03\nWren\nA wren is small.\n#birds\nMagpie\nIt collects what shines.\n#birds\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site in which an entry was renamed and another one removed, and yield the address of its home page."""
    folder = tmp_path_factory.mktemp("old")
    text = "A long text.\n\n" * 100
    write_project(
        folder, {"digest.yaml": SETTINGS, "notes/owl.md": NOTE.format("올빼미", text), "notes/2024-05-03.txt": DAY}
    )
    build_project(folder)
    write_project(
        folder, {"notes/owl.md": NOTE.format("Owl", text), "notes/2024-05-03.txt": DAY.partition("Magpie")[0]}
    )
    report = build_project(folder)
    assert not any(problem.code == "old-address" for problem in report.diagnostics)
    with served_at_root(folder / "served") as served:
        yield f"{served}repo/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(tabs: Tabs, request: pytest.FixtureRequest) -> Page:
    """Return an empty page."""
    return tabs.take(java_script_enabled=request.param)


def scrolls(page: Page) -> bool:
    """Return True as soon as the page is scrolled down, which a browser may do a moment after the page has loaded."""
    for _ in range(PATIENCE_MILLISECONDS // 50):
        if page.evaluate("scrollY") > 0:
            return True
        page.wait_for_timeout(50)
    return False


@pytest.mark.parametrize("path", ["2024/05/02/올빼미/", "옛 글/", "old.html"])
def test_an_old_address_leads_to_the_present_page(page: Page, address: str, path: str) -> None:
    page.goto(address + quote(path), wait_until="commit")
    page.wait_for_url(f"{address}2024/05/02/owl/**")
    expect(page.locator("h1")).to_have_text("Owl")
    if path != "2024/05/02/올빼미/":
        assert page.evaluate("decodeURI(location.hash)") == "#밤"
        assert scrolls(page)
    page.go_back()
    page.wait_for_url("about:blank")  # the old address is no step that a reader has to go back over


def test_the_page_at_an_old_address_can_be_followed_by_hand(tabs: Tabs, address: str) -> None:
    page = tabs.take()
    # Without its refresh, the page stays.
    page.route(
        "**/repo/old.html",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('http-equiv="refresh"', ""), content_type="text/html"
        ),
    )
    page.goto(f"{address}old.html")
    assert violations(page) == []
    page.locator("main a").click()
    page.wait_for_url(f"{address}2024/05/02/owl/**")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_a_removed_entry_leads_to_its_day_and_to_the_search(tabs: Tabs, address: str, width: int) -> None:
    page = tabs.take(viewport={"width": width, "height": 800})
    removed = f"{address}2024/05/03/magpie/"
    assert violations_in_both_schemes(page, removed) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("main input[type=search]").fill("wren")
    page.locator("main form button").click()
    page.wait_for_url(f"{address}search/?q=wren")
    page.goto(removed)
    page.locator("main .crumbs a").click()
    page.wait_for_url(f"{address}2024/05/03/")
