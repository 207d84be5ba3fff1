"""Tabs of a browser that tests use one after another: to open a new one takes longer than most tests."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Error, Page

# A busy machine takes its time; what never comes still fails.
PATIENCE_MILLISECONDS = 60_000

Open = Callable[..., Page]
"""A function that opens a path of a site, with the options of `Tabs.take`."""

LOOK = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
    "media": "null",
    "reduced_motion": "reduce",  # a page that is left while it fades in would complain
}
SIZE = {"width": 1280, "height": 720}
FORGET = """if (origin !== "null" && window === top && !name) {
  localStorage.clear();
  sessionStorage.clear();
  name = "begun";
}"""
"""A script that runs before those of a page: the first page of a test finds nothing that an earlier test has stored."""


class Tabs:
    """The tabs of a browser. Each has a context of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[tuple[object, ...], Page] = {}
        self._taken: set[tuple[object, ...]] = set()
        self._new: list[Page] = []
        self._complaints: list[str] = []

    def take(self, *, is_new: bool = False, may_complain: bool = False, viewport: Any = SIZE, **options: Any) -> Page:
        """Return an empty tab whose context has these options, or the same one if this test has taken it before.

        Earlier tests have used it: it has their history, their files in its cache, and their listeners. One that `is_new` has
        not, and is for tests that add scripts to pages or need an empty cache. Errors on the console fail the test unless the tab
        `may_complain`, as of requests that the test fails.
        """
        look = LOOK | {name: options.pop(name) for name in LOOK if name in options}
        kind = (may_complain, *sorted(options.items()))
        page = None if is_new else self._kept.get(kind)
        if page is None:
            page = self._make(options)
            if not may_complain:
                self._listen(page)
            if is_new:
                self._new.append(page)
            else:
                page.add_init_script(FORGET)
                self._kept[kind] = page
        if not is_new:
            self._taken.add(kind)
        page.set_viewport_size(viewport)
        page.emulate_media(**look)
        return page

    def opener(self, address: str, **options: Any) -> Open:
        """Return a function that opens a path below an address in a tab that has these options of `take`, and its own."""

        def open_(path: str = "", **more: Any) -> Page:
            page = self.take(**options | more)
            page.goto(address + path)
            return page

        return open_

    def _make(self, options: dict[str, Any]) -> Page:
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        return context.new_page()

    def _listen(self, page: Page) -> None:
        page.on("console", lambda message: self._complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def leave(self) -> list[str]:
        """Leave all pages. Return what was written to the console as an error, and the errors of scripts, since the last call."""
        complaints = list(self._complaints)
        for page in self._new:
            page.context.close()
        self._new.clear()
        for kind in self._taken:
            if not _empty(self._kept[kind]):
                self._kept.pop(kind).context.close()
        self._taken.clear()
        self._complaints.clear()
        return complaints


def _empty(page: Page) -> bool:
    """Leave a page and close those that it has opened. Return False if its tab can't be used again."""
    try:
        for other in page.context.pages:
            if other != page:
                other.close()
        page.unroute_all()
        page.goto("about:blank")
        page.evaluate("name = ''")
        page.mouse.move(0, 0)
    except Error:  # as of a page that is on its way to another one
        return False
    return True


def resize(page: Page, width: int, height: int) -> None:
    """Give a page's window another size, and wait until the page has it."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("async (width) => { while (innerWidth !== width) await new Promise(requestAnimationFrame); }", width)


def settle(page: Page) -> None:
    """Wait until a page that has loaded is painted with its fonts, and the browser has told its observers what moved."""
    page.evaluate(
        """async () => {
          await document.fonts.ready;
          for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }"""
    )


def wait_until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait until a condition is true that no locator can express, as of requests: their events arrive meanwhile."""
    end = time.monotonic() + PATIENCE_MILLISECONDS / 1000
    while not condition():
        assert time.monotonic() < end, "it never came true"
        page.wait_for_timeout(50)
