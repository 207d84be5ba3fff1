"""The demo and an example -> the pictures of the README and of docs/, taken in Chromium.

Run this with `make images`, which builds the demo first. The example is built here.
"""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSERS = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DAY = "2024/03/19/"
ENTRY = "2024/03/19/grok-1/"
QUERY = "번역 병렬 코퍼스"


def search(page: Page) -> None:
    """Open the search over a page, and find something in both languages."""
    page.keyboard.press("/")
    page.fill("#search-dialog input[type=search]", QUERY)
    page.wait_for_selector("#search-dialog [role=option]")
    page.wait_for_timeout(500)  # the texts under the titles come last


def _nothing(_page: Page) -> None:
    return


# name, path, width, height, pixels to a point, scheme, what to do first
Picture = tuple[str, str, int, int, int, str, Callable[[Page], None]]
PICTURES: tuple[Picture, ...] = (
    ("home", "", 1280, 900, 1, "light", _nothing),
    ("entry-phone", ENTRY, 390, 844, 2, "light", _nothing),
    ("day-dark", DAY, 1180, 760, 1, "dark", _nothing),
    ("trends", "trends/", 1180, 760, 1, "light", _nothing),
    ("search-desktop", "", 1180, 760, 1, "light", search),
    ("search-phone", "", 390, 760, 2, "light", search),
)
OTHER_PICTURES: tuple[Picture, ...] = (("own-colours", "", 1080, 480, 1, "light", _nothing),)
"""Pictures of the example of a laboratory, which has colours of its own."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


def take(browser: Browser, base: str, picture: Picture) -> None:
    """Take one picture."""
    name, path, width, height, scale, scheme, prepare = picture
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="ko-KR",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(base + path, wait_until="networkidle")
    prepare(page)
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def take_all(browser: Browser, site: Path, pictures: tuple[Picture, ...]) -> None:
    """Serve a built site and take pictures of it."""
    handler = functools.partial(_Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for picture in pictures:
            take(browser, f"http://127.0.0.1:{server.server_address[1]}/", picture)
        server.shutdown()


def main() -> None:
    """Take the pictures that are named, or all."""
    executable = next((path for path in map(shutil.which, filter(None, BROWSERS)) if path), None)
    if executable is None:
        sys.exit("Chromium is needed for pictures: install it, or name it in CHROMIUM")
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        example = Path(folder) / "laboratory"
        shutil.copytree(ROOT / "examples" / "laboratory", example)
        subprocess.run([sys.executable, "-m", "digest", "-C", example, "build"], check=True)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for site, pictures in ((ROOT / "site", PICTURES), (example / "site", OTHER_PICTURES)):
            take_all(browser, site, tuple(each for each in pictures if not wanted or each[0] in wanted))
        browser.close()


if __name__ == "__main__":
    main()
