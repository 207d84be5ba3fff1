"""Pages at old addresses in a real browser: they lead on under the policy of the site, with and without scripts."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from ..project import build_project, write_project
from .conftest import PATIENCE_MILLISECONDS
from .serving import served_at_root

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
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open a page that has the policy of the site. What the browser complains of fails the test."""
    context = chromium.new_context(java_script_enabled=request.param)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def scrolls(page: Page) -> bool:
    """Return True as soon as the page is scrolled down, which a browser may do a moment after the page has loaded."""
    for _ in range(PATIENCE_MILLISECONDS // 50):
        if page.evaluate("scrollY") > 0:
            return True
        page.wait_for_timeout(50)
    return False


@pytest.mark.parametrize("path", ["2024/05/02/올빼미/", "옛 글/", "old.html"])
def test_an_old_address_leads_to_the_present_page(page: Page, address: str, path: str) -> None:
    page.goto(address + quote(path))
    page.wait_for_url(f"{address}2024/05/02/owl/**", timeout=PATIENCE_MILLISECONDS)
    assert page.locator("h1").inner_text() == "Owl"
    if path != "2024/05/02/올빼미/":
        assert page.evaluate("decodeURI(location.hash)") == "#밤"
        assert scrolls(page)
    page.go_back()
    assert page.url == "about:blank"  # the old address is no step that a reader has to go back over


def test_the_page_at_an_old_address_can_be_followed_by_hand(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    # Without its refresh, the page stays.
    page.route(
        "**/repo/old.html",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('http-equiv="refresh"', ""), content_type="text/html"
        ),
    )
    page.goto(f"{address}old.html")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.locator("main a").click()
    page.wait_for_url(f"{address}2024/05/02/owl/**", timeout=PATIENCE_MILLISECONDS)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_a_removed_entry_leads_to_its_day_and_to_the_search(
    chromium: Browser, address: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}2024/05/03/magpie/")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("main input[type=search]").fill("wren")
    page.locator("main form button").click()
    page.wait_for_url(f"{address}search/?q=wren", timeout=PATIENCE_MILLISECONDS)
    page.go_back()
    page.locator("main .crumbs a").click()
    page.wait_for_url(f"{address}2024/05/03/", timeout=PATIENCE_MILLISECONDS)
    context.close()
