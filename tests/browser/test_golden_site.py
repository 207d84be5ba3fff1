"""Every page of the golden site in a real browser, under a sub-path: no errors, and no requests to other servers."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Dialog, Page, expect

from .axe import violations_in_both_schemes
from .tabs import Tabs

pytestmark = pytest.mark.browser

PREFIX = "/repo/"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site under `/repo/`, and its 404 page for missing files, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(PREFIX) if path.startswith(PREFIX) else "/outside")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's 404 page."""
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Log nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server that ignores errors, since a browser may close a connection before it has the response."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def address(golden_project: Path) -> Iterator[str]:
    """Serve the golden site and yield the address of its home page."""
    handler = functools.partial(Handler, directory=str(golden_project / "site"))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()


@pytest.fixture(scope="module")
def paths(golden_project: Path) -> list[str]:
    site = golden_project / "site"
    files = [path for path in sorted(site.rglob("*.html")) if 'http-equiv="refresh"' not in path.read_text("utf-8")]
    found = [path.relative_to(site).as_posix().removesuffix("index.html") for path in files]
    assert len(found) > 40
    return found


Shape = tuple[object, ...]


def shapes(page: html.HtmlElement) -> set[Shape]:
    """Return what a page's elements and their parents are, without their texts, and the kinds of its entries."""

    def shape(element: html.HtmlElement | None) -> Shape:
        if element is None:
            return ()
        return (element.tag, *sorted(name for name in element.classes if not name.startswith("k-")), *element.keys())

    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    kinds = {(name,) for element in elements for name in element.classes if name.startswith("k-")}
    return {(shape(element.getparent()), shape(element)) for element in elements} | kinds


@pytest.fixture(scope="module")
def different(golden_project: Path, paths: list[str]) -> list[str]:
    """Return few pages that together have every element that any page has, each in every other one that it is in."""
    left: dict[str, set[Shape]] = {}
    for path in paths:
        file = golden_project / "site" / path
        left[path] = shapes(html.document_fromstring((file / "index.html" if file.is_dir() else file).read_bytes()))
    found: list[str] = []
    while any(left.values()):
        path = max(left, key=lambda path: len(left[path]))
        found.append(path)
        known = left[path]
        left = {other: new - known for other, new in left.items()}
    assert len(found) > 20
    return found


@pytest.fixture
def page(tabs: Tabs) -> Page:
    """Return an empty page."""
    return tabs.take(viewport={"width": 1280, "height": 900})


def test_no_page_logs_errors_breaks_its_policy_or_contacts_another_server(
    tabs: Tabs, address: str, paths: list[str]
) -> None:
    page = tabs.take(is_new=True, reduced_motion="no-preference", viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    # Opening the next page aborts requests that are still running.
    page.on("requestfailed", lambda r: None if "ABORTED" in (r.failure or "") else complaints.append(f"failed {r.url}"))
    page.on("response", lambda r: complaints.append(f"{page.url}: {r.status} {r.url}") if r.status >= 400 else None)
    page.on("request", lambda request: asked.add(request.url))
    for path in paths:
        page.goto(address + path, wait_until="load")
    assert complaints == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_axe_finds_nothing_on_any_page_in_either_scheme(page: Page, address: str, different: list[str]) -> None:
    """On a wide screen: `test_theme.py` runs axe on a narrow one."""
    assert [broken for path in different for broken in violations_in_both_schemes(page, address + path)] == []


def test_every_page_is_readable_without_scripts(tabs: Tabs, address: str, different: list[str]) -> None:
    page = tabs.take(java_script_enabled=False)
    for path in different:
        page.goto(address + path)
        assert page.locator("h1").is_visible(), path
        assert page.locator("main").inner_text().strip(), path
        assert page.locator("main a:visible").count(), path


def test_links_lead_from_the_home_page_to_an_entry(tabs: Tabs, address: str) -> None:
    page = tabs.take(java_script_enabled=False)
    page.goto(address)
    page.locator(f"a[href='{PREFIX}tags/']:visible").first.click()
    page.locator(f"main a[href='{PREFIX}tags/nmt/']:visible").first.click()
    page.get_by_role("link", name="Wren: Small Models").first.click()
    page.wait_for_url(f"{address}2024/05/01/wren/")
    page.locator("main").get_by_role("link", name="Magpie", exact=True).click()
    page.wait_for_url(f"{address}2024/04/02/magpie-*/")
    expect(page.locator("h1")).to_be_visible()


def test_the_404_page_links_to_the_site(tabs: Tabs, address: str) -> None:
    page = tabs.take(may_complain=True)
    response = page.goto(f"{address}2024/13/99/nothing/")
    assert response is not None
    assert response.status == 404
    assert page.locator("h1").is_visible()
    page.locator("header a").first.click()
    page.wait_for_url(address)


def test_hostile_text_is_shown_as_it_was_typed(page: Page, address: str) -> None:
    alerts: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(f"{address}2024/05/02/")
    assert "제목에도 <script>alert(1)</script>" in page.locator("main").inner_text()
    assert "<img src=x onerror=alert(1)>" in page.locator("main").inner_text()
    assert page.locator("main img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert alerts == []


def test_without_a_choice_the_theme_follows_the_system(page: Page, address: str) -> None:
    page.goto(address)
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) != light
