"""Measure how long a reader on a slow line waits for the first results, and how many files a query takes, in Chromium.

python bench/search_cold.py SITE... QUERIES.jsonl [--pagefind PROGRAM] [--queries 20] [--latency 400] [--rate 50000]

Each query is asked in a fresh context, whose cache is empty: the home page is open, `/` is pressed, and the query is typed when
the dialog is there. Files are sent as hosts send them, text compressed, over HTTP/1.1 with connections that stay open.

With `--pagefind`, Pagefind indexes the pages of entries of the first site. The page with its own interface is open, scripts included,
then its field is clicked and the query is typed. Sites and Pagefind take turns at each query.
"""

import argparse
import json
import re
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from hosting import hosted

Ask = Callable[[Page, str], float]

KINDS = (
    ("scripts", re.compile(r"\.js$")),
    ("texts", re.compile(r"/search/f/|\.pf_fragment$")),
    ("words", re.compile(r"/search/w\d")),
    ("terms", re.compile(r"/search/[pt][0-9a-f]|\.pf_index$")),
    ("groups", re.compile(r"/search/g\d")),
    ("opening", re.compile(r"/search/(?:index\.json|[dn]\d)|/pagefind/(?:pagefind-entry|.*\.pf_meta|wasm\.)")),
    ("page and style", re.compile(r"")),
)
"""What a request is for, by the first pattern that its path has."""

PAGEFIND = """<!doctype html><html lang="ko"><title>Pagefind</title>
<link rel="stylesheet" href="/pagefind/pagefind-ui.css"><script src="/pagefind/pagefind-ui.js"></script><div id="search"></div>
<script>new PagefindUI({ element: "#search", showImages: false, translations: { zero_results: "none" } })</script></html>
"""
ENTRIES = "[0-9]*/*/*/*/index.html"
"""The pages of entries, with the site's own layout of addresses."""


def ask_digest(page: Page, query: str) -> float:
    """Ask a query in the dialog and wait for the first result. Return when the dialog was there, in milliseconds."""
    page.keyboard.press("/")
    page.wait_for_selector("#search-dialog[open]", timeout=60_000)
    opened: float = page.evaluate("performance.now() - began")
    page.locator("#search-dialog [type=search]").fill(query)
    page.wait_for_selector(".search-option, .search-notes p", timeout=60_000)
    return opened


def ask_pagefind(page: Page, query: str) -> float:
    """Ask a query in Pagefind's interface, whose field is there from the start, and wait for the first result."""
    field = page.locator(".pagefind-ui__search-input")
    field.click()
    field.fill(query)
    page.wait_for_selector(".pagefind-ui__result-link, .pagefind-ui__message:text-is('none')", timeout=60_000)
    return 0


def measure(browser: Browser, address: str, query: str, ask: Ask, line: tuple[int, int]) -> dict[str, Any]:
    """Ask one query with an empty cache. Return milliseconds to the dialog and to the first result, and requests.

    `line` is the milliseconds before each answer, and the bytes a second.
    """
    latency, rate = line
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    requests: list[str] = []
    sizes: list[int] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda response: sizes.append(int(response.headers.get("content-length", 0))))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    begin = "() => (window.began ??= performance.now())"
    page.evaluate(f"for (const sign of ['keydown', 'pointerdown']) addEventListener(sign, {begin}, true)")
    opened = ask(page, query)
    found = page.evaluate("performance.now() - began")
    first = len(requests)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    kinds = Counter(next(kind for kind, pattern in KINDS if pattern.search(url.partition("?")[0])) for url in requests)
    context.close()
    return {"dialog": opened, "first": found, "requests": first, "bytes": sum(sizes), "kinds": kinds}


@contextmanager
def pagefind(program: str, site: Path) -> Iterator[str]:
    """Yield the address of a page with Pagefind's interface, and its index of the site's entries."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = [f"--site={site}", f"--output-path={folder}/pagefind", f"--glob={ENTRIES}", "--root-selector=main"]
        subprocess.run([program, *chosen], check=True, stdout=subprocess.DEVNULL)
        Path(folder, "index.html").write_text(PAGEFIND, "utf-8")
        with hosted(Path(folder)) as (address, _):
            yield address


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", type=Path, nargs="+", metavar="SITE")
    parser.add_argument("queries", type=Path)
    parser.add_argument("--pagefind", metavar="PROGRAM")
    parser.add_argument("--queries", dest="most", type=int, default=20)
    parser.add_argument("--latency", type=int, default=400, help="milliseconds before each answer")
    parser.add_argument("--rate", type=int, default=50_000, help="bytes a second")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    lines = options.queries.read_text("utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines if line]
    step = max(1, len(queries) // options.most)
    with ExitStack() as stack:
        engines: dict[str, tuple[str, Ask]] = {
            str(site): (stack.enter_context(hosted(site))[0], ask_digest) for site in options.sites
        }
        if options.pagefind:
            engines["Pagefind"] = (stack.enter_context(pagefind(options.pagefind, options.sites[0])), ask_pagefind)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox", "--disable-gpu"])
        runs: dict[str, list[dict[str, Any]]] = {name: [] for name in engines}
        for query in queries[::step][: options.most]:
            for name, (address, ask) in engines.items():
                runs[name].append(measure(browser, address, query, ask, (options.latency, options.rate)))
        browser.close()
    print(json.dumps({name: medians(each) for name, each in runs.items()}, indent=1, ensure_ascii=False))


def medians(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the median of each figure, and of the requests of each kind."""
    figures: dict[str, Any] = {
        name: round(statistics.median(run[name] for run in runs)) for name in runs[0] if name != "kinds"
    }
    figures["by kind"] = {kind: statistics.median(run["kinds"][kind] for run in runs) for kind, _ in KINDS}
    return figures


if __name__ == "__main__":
    main()
