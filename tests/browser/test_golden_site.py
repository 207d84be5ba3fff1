"""Every page of the golden site in a real browser, under a sub-path: no errors, and no requests to other servers."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from .axe import violations_in_both_schemes
from .conftest import PATIENCE_MILLISECONDS

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
    """Return what a page's elements and their parents are, without their texts: tags, classes and names of attributes."""

    def shape(element: html.HtmlElement | None) -> Shape:
        return () if element is None else (element.tag, element.get("class"), *element.keys())

    return {(shape(element.getparent()), shape(element)) for element in page.iter()}


@pytest.fixture(scope="module")
def different(golden_project: Path, paths: list[str]) -> list[str]:
    """Return the pages each of which has an element that no page before it has, or has it in another one."""
    found: list[str] = []
    known: set[Shape] = set()
    for path in paths:
        file = golden_project / "site" / path
        new = shapes(html.document_fromstring((file / "index.html" if file.is_dir() else file).read_bytes())) - known
        if new:
            found.append(path)
            known |= new
    assert len(found) > 30
    return found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    yield context.new_page()
    context.close()


def test_no_page_logs_errors_breaks_its_policy_or_contacts_another_server(
    page: Page, address: str, paths: list[str]
) -> None:
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


def test_axe_finds_nothing_on_any_page_in_either_scheme(chromium: Browser, address: str, different: list[str]) -> None:
    """On a wide screen: `test_theme.py` runs axe on a narrow one."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    found = [broken for path in different for broken in violations_in_both_schemes(page, address + path)]
    context.close()
    assert found == []


def test_every_page_is_readable_without_scripts(chromium: Browser, address: str, different: list[str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in different:
        page.goto(address + path)
        assert page.locator("h1").is_visible(), path
        assert page.locator("main").inner_text().strip(), path
        assert page.locator("main a:visible").count(), path
    context.close()


def test_links_lead_from_the_home_page_to_an_entry(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(address)
    page.locator(f"a[href='{PREFIX}tags/']:visible").first.click()
    page.locator(f"main a[href='{PREFIX}tags/nmt/']:visible").first.click()
    page.get_by_role("link", name="Wren: Small Models").first.click()
    page.wait_for_url(f"{address}2024/05/01/wren/")
    page.locator("main").get_by_role("link", name="Magpie", exact=True).click()
    page.wait_for_url(f"{address}2024/04/02/magpie-*/")
    assert page.locator("h1").is_visible()
    context.close()


def test_the_404_page_links_to_the_site(page: Page, address: str) -> None:
    response = page.goto(f"{address}2024/13/99/nothing/")
    assert response is not None
    assert response.status == 404
    assert page.locator("h1").is_visible()
    page.locator("header a").first.click()
    page.wait_for_url(address)


def test_hostile_text_is_shown_as_it_was_typed(page: Page, address: str) -> None:
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    page.goto(f"{address}2024/05/02/")
    assert "제목에도 <script>alert(1)</script>" in page.locator("main").inner_text()
    assert "<img src=x onerror=alert(1)>" in page.locator("main").inner_text()
    assert page.locator("main img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_without_a_choice_the_theme_follows_the_system(page: Page, address: str) -> None:
    page.goto(address)
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) != light
