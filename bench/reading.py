"""Measure what a reader of a built site waits for: bytes, requests, first paint on a slow line and layout shift by page type.

    python bench/reading.py SITE [--latency 400] [--kilobytes 50] [--browser PATH]

The site is served with files compressed by gzip, as hosts serve them, to a new Chromium without a cache. Bytes and requests are
those of a page until it is idle, before any search. A layout shift counts whether or not input came before it, while the page
loads and is scrolled to its end. Each page is measured at 390 × 844 pixels, and its shift also at 1280 × 800.
"""

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct
from playwright.sync_api import Browser, Page, sync_playwright

from hosting import hosted

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = (390, 844)
DESKTOP = (1280, 800)
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
SCROLL = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}"""


class Reading(Struct, frozen=True):
    """What one page costs: compressed bytes of the page, its styles and its scripts, files, milliseconds, and layout shift."""

    html: int
    styles: int
    scripts: int
    files: int
    painted: float
    shift: float


def pages_of(site: Path) -> Iterator[tuple[str, str]]:
    """Yield a name and the path of one page of each type that the site has; of entries, days and tags, small and large ones."""
    for path in ("", "archive/", "tags/", "kinds/", "trends/", "notes/", "search/?q=language%20model"):
        if (site / path.partition("?")[0] / "index.html").is_file():
            yield path.partition("?")[0] or "home", path
    for name, pattern in (
        ("year", "[0-9]*/"),
        ("month", "[0-9]*/[0-9][0-9]/"),
        ("week", "[0-9]*/w[0-9]*/"),
        ("day", "[0-9]*/[0-9][0-9]/[0-9][0-9]/"),
        ("entry", "[0-9]*/[0-9][0-9]/[0-9][0-9]/*/"),
        ("tag", "tags/*/"),
        ("kind", "kinds/*/"),
    ):
        found = sorted(
            (page for page in site.glob(pattern + "index.html")), key=lambda page: (page.stat().st_size, page)
        )
        if found:
            for part, place in (("median", len(found) // 2), ("largest", -1)):
                yield f"{name}, {part}", quote(found[place].parent.relative_to(site).as_posix()) + "/"


def measure(page: Page, address: str, sent: dict[str, int]) -> Reading:
    """Read a page to its end."""
    sent.clear()
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    answers = dict(sent)
    painted = page.evaluate(PAINT)
    page.evaluate(SCROLL)
    shift = page.evaluate("window.shift")
    total = {end: sum(size for path, size in answers.items() if path.endswith(end)) for end in (".css", ".js")}
    html = answers[unquote(urlsplit(address).path)]
    return Reading(html, total[".css"], total[".js"], len(answers), painted, shift)


def read(browser: Browser, address: str, sent: dict[str, int], size: tuple[int, int], line: tuple[int, int]) -> Reading:
    """Read a page in a new context on a line with a latency in milliseconds and a width in kilobytes a second."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, service_workers="block")
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    latency, kilobytes = line
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": kilobytes * 1000,
            "uploadThroughput": kilobytes * 1000,
        },
    )
    try:
        return measure(page, address, sent)
    finally:
        context.close()


def main() -> None:
    """Print a line for each page type."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--latency", type=int, default=400, help="milliseconds")
    parser.add_argument("--kilobytes", type=int, default=50, help="a second")
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None))
    options = parser.parse_args()
    line = (options.latency, options.kilobytes)
    print(
        f"{'page':18}{'html':>8}{'styles':>8}{'scripts':>8}{'files':>6}{'painted ms':>11}{'shift 390':>10}{'1280':>7}"
    )
    with hosted(options.site) as (address, sent), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser, args=ARGUMENTS)
        for name, path in pages_of(options.site):
            phone = read(browser, address + path, sent, PHONE, line)
            desktop = read(browser, address + path, sent, DESKTOP, line)
            print(
                f"{name:18}{phone.html:8,}{phone.styles:8,}{phone.scripts:8,}{phone.files:6}"
                f"{phone.painted:11,.0f}{phone.shift:10.4f}{desktop.shift:7.4f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
