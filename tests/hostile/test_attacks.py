"""Attacks in notes, each on a page in Chromium: no script runs, nothing is requested elsewhere, and the layout holds.

The pages are served without their Content-Security-Policy, so that it can't hide a hole.
"""

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

from digest.config import Config
from digest.parallel.workers import Workers
from digest.pipeline.build import Options, Project, build
from digest.slugs import is_portable

from ..browser.conftest import chromium, playwright  # noqa: F401 - fixtures
from ..browser.tabs import PATIENCE_MILLISECONDS
from ..files.images import png
from ..project import read_tree, write_project
from .cases import Attack, read_attacks

ATTACKS = read_attacks()
LISTS = ["", "notes/", "tags/", "archive/", "kinds/note/", "search/?q=alert"]
PREFIX = "/repo/"
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')

FIND_HOLES = """() => {
  const found = [];
  const addresses = ["href", "src", "action", "formaction", "poster", "data", "xlink:href", "cite", "background"];
  for (const element of document.querySelectorAll("*")) {
    const name = element.tagName.toLowerCase();
    if (/^(iframe|object|embed|base|style|form|portal|template|noscript|svg:.*)$/.test(name) && element.closest("article"))
      found.push(`element ${name}`);
    if (name === "script" && !element.src && element.type !== "application/ld+json") found.push("an inline script");
    for (const { name: key, value } of element.attributes) {
      // The line about results keeps its width while they change; its script sets that, and no note.
      if (key === "style" && element.matches(".search-status") && /^(min-inline-size: \\d+px;)?$/.test(value)) continue;
      if (/^(on.*|style|srcset|srcdoc|ping|background|formaction)$/.test(key)) found.push(`${name}[${key}]`);
      if (addresses.includes(key)) {
        const protocol = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI).protocol : "http:";
        if (!["http:", "https:", "mailto:"].includes(protocol)) found.push(`${key}=${value}`);
      }
    }
    if (element.closest("main") && ["fixed", "sticky"].includes(getComputedStyle(element).position)) {
      if (element.closest(".said, .row, .title")) found.push(`a fixed ${name}`);
    }
  }
  const reordering = /[\\u0591-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u200f\\u202a-\\u202e\\u2066-\\u2069]/;
  for (const link of document.links) {
    if (link.closest(".text, .quoted") && (link.querySelector("bdi") || !reordering.test(link.textContent))) continue;
    if (!getComputedStyle(link).unicodeBidi.startsWith("isolate")) found.push(`no isolate: ${link.outerHTML}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  if (new Set(ids).size < ids.length) found.push(`an id twice: ${ids.filter((id, at) => ids.indexOf(id) !== at)}`);
  if (document.documentElement.scrollWidth > innerWidth) found.push(`${document.documentElement.scrollWidth} px wide`);
  return found;
}"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site under `/repo/` without the policy of its pages."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path.removeprefix(PREFIX.rstrip("/"))))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        content = POLICY.sub(b"", file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Log nothing."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of all attacks at once."""
    folder = write_project(
        tmp_path_factory.mktemp("attacks"),
        {**{attack.path: attack.note for attack in ATTACKS}, "notes/a.png": png(40, 30)},
    )
    config = Config(
        title="</title><script>alert(1)</script>",
        author='"><script>alert(1)</script>',
        base_url=f"https://a.example{PREFIX}",
    )
    report = build(Project(folder, config), Options(Workers(1)), lambda *_: None)
    assert not report.refused
    assert report.entries == len(ATTACKS)
    return folder


@pytest.fixture(scope="module")
def addresses(project: Path) -> dict[str, str]:
    """Return the path of each note's page below the site's root."""
    exported = json.loads((project / "site/data/entries.json").read_bytes())["entries"]
    return {entry["source"]["path"]: entry["url"].partition(PREFIX)[2] for entry in exported}


@pytest.fixture(scope="module")
def noticed() -> list[str]:
    """Return the list of what the browser noticed."""
    return []


@pytest.fixture(scope="module")
def page(project: Path, chromium: Browser, noticed: list[str]) -> Iterator[Page]:  # noqa: F811 - the fixture
    """Open one page for all attacks, which notices dialogs and requests to other places."""
    handler = functools.partial(Handler, directory=str(project / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        context = chromium.new_context(base_url=address + PREFIX, viewport={"width": 390, "height": 800})

        def look(route: Route) -> None:
            if route.request.url.startswith(address + PREFIX):
                route.continue_()
            else:
                noticed.append(f"a request for {route.request.url}")
                route.abort()

        def dismiss(dialog: Dialog) -> None:
            noticed.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        context.route("**/*", look)
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE_MILLISECONDS)
        opened.on("dialog", dismiss)
        opened.on("pageerror", lambda error: noticed.append(f"an error: {error}"))
        yield opened
        context.close()
        server.shutdown()


@pytest.mark.browser
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_does_nothing_and_its_words_are_shown(
    attack: Attack, page: Page, addresses: dict[str, str], noticed: list[str]
) -> None:
    noticed.clear()
    page.goto(addresses[attack.path])
    assert page.evaluate(FIND_HOLES) == []
    assert noticed == []
    text = page.locator("main").text_content() or ""
    assert [words for words in attack.shown if words not in text] == []
    assert page.locator("header.top .brand").text_content() == "</title><script>alert(1)</script>"
    assert page.title().endswith("</title><script>alert(1)</script>")


@pytest.mark.browser
@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_all_attacks_is_as_harmless(path: str, page: Page, noticed: list[str]) -> None:
    noticed.clear()
    page.goto(path)
    if "?q=" in path:
        page.locator(".search-option").first.wait_for()
    assert page.evaluate(FIND_HOLES) == []
    assert noticed == []


def test_every_file_of_the_site_has_a_name_that_every_system_can_store(project: Path) -> None:
    names = list(read_tree(project / "site"))
    assert len(names) > len(ATTACKS)
    assert [name for name in names if not is_portable(name)] == []
    assert len({name.casefold() for name in names}) == len(names)
    assert {path.name for path in project.iterdir()} == {"notes", "site", ".digest", "digest.lock"}


EMBEDDINGS, ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"


def test_no_title_or_tag_leaves_a_direction_open_for_what_follows(project: Path) -> None:
    entries = json.loads((project / "site/data/entries.json").read_bytes())["entries"]
    names = [name for entry in entries for name in (entry["title"], *entry["authors"], *entry["tags"])]
    assert any(char in name for name in names for char in EMBEDDINGS)
    assert [name for name in names if _depth(name) != 0] == []


def _depth(text: str) -> int:
    """Return how many directions a text leaves open (UAX #9); -1 if it closes one that it did not open."""
    opened: list[str] = []
    for char in text:
        if char in EMBEDDINGS + ISOLATES:
            opened.append(char)
        elif char == "\u202c":
            if not opened or opened[-1] not in EMBEDDINGS:
                return -1
            opened.pop()
        elif char == "\u2069":
            while opened and opened[-1] in EMBEDDINGS:
                opened.pop()
            if not opened:
                return -1
            opened.pop()
    return len(opened)
