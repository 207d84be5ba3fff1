"""A site to search, and what the tests of search do in a browser."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import CDPSession, Page, Route, expect

from ..project import build_project, write_project

PREFIX = "/repo/"
SUBJECTS = (
    (
        "Quantizing {} Layers Twice",
        "양자화",
        "가중치 양자화로 메모리를 아낍니다. 양자화된 모델이 잘 버티네요.",
        "quantization",
    ),
    (
        "Tokenizers for {} Scripts",
        "토크나이저",
        "토크나이저를 다시 학습했습니다. 숫자를 한 글자씩 나누네요.",
        "tokenizer",
    ),
    ("Translating {} Letters", "번역", "문서 단위 번역을 다룹니다. 번역의 품질을 사람이 평가했군요.", "nmt"),
)


def day(number: int) -> str:
    lines = [f"2024년 {number % 12 + 1}월 {number + 1}일"]
    for title, word, text, tag in SUBJECTS:
        lines += [
            title.format(number + 10),
            "(Mina Park, Ada Holm)",
            f"We study {word and tag} at length.",
            text,
            f"#{tag} #llm",
        ]
    return "\n".join(lines) + "\n"


def scroll_to_end(page: Page) -> None:
    """Scroll to the end of the results, so that all that are out of view are read."""
    expect(page.locator(".search-option").first).to_be_visible()
    page.locator(".search-option").first.hover()
    page.mouse.wheel(0, 20_000)


def build_site(folder: Path) -> Path:
    """Build a site with 36 entries and return its folder."""
    files = {f"notes/2024-{n % 12 + 1:02}-{n + 1:02}.txt": day(n) for n in range(12)}
    settings = "base_url: https://digest.example/repo/\nsearch:\n  glossary:\n    압축: quantization\n"
    project = write_project(folder, {**files, "digest.yaml": settings})
    report = build_project(project)
    assert report.entries == 36
    return project / "site"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site under `/repo/`."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(PREFIX) if path.startswith(PREFIX) else "/outside")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Log nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a site's folder and yield the address of its home page."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()


def open_dialog(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#search-dialog")).to_be_visible()
    expect(page.locator("#search-dialog [type=search]")).to_be_focused()


def ask(page: Page, query: str) -> None:
    """Open the dialog and put a query into its field at once: letter by letter, each could have an answer of its own."""
    open_dialog(page)
    page.locator("#search-dialog [type=search]").fill(query)


def options(page: Page) -> list[str]:
    return page.locator(".search-option .search-title").all_inner_texts()


def expect_active(page: Page, place: int) -> None:
    """Wait until the option at a place is the active one; -1 stands for none. A key may have to read further results first."""
    page.wait_for_function(
        """(place) => place === [...document.querySelectorAll('.search-option')].findIndex((option) =>
          option.getAttribute('aria-selected') === 'true'
          && document.activeElement.getAttribute('aria-activedescendant') === option.id)""",
        arg=place,
    )


def compose(session: CDPSession, text: str) -> None:
    """Show a syllable that is still being composed, as an input method does."""
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def hold(page: Page, pattern: str) -> None:
    """Let requests for these files wait until they are let go."""
    page.route(re.compile(pattern), lambda route: None)


def let_go(page: Page) -> None:
    """Let the requests that were held go on, and hold no others: without a route, the browser continues them."""
    page.unroute_all()


def expect_query(page: Page, **parts: str) -> None:
    """Wait until the address of the page has this query."""
    wanted = {name: [value] for name, value in parts.items()}
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == wanted, wait_until="commit")


LONGER_THAN_EVERY_TIMER = 900


def wait_for_transitions(page: Page) -> None:
    """Wait until nothing on the page fades or moves: in between, colours have less contrast."""
    page.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")


def spoil(page: Page, pattern: str, body: bytes | None) -> None:
    """Answer requests for matching files with `body`, or fail them if it is None."""

    def answer(route: Route) -> None:
        if body is None:
            route.abort()
        else:
            route.fulfill(body=body)

    page.route(re.compile(pattern), answer)
