"""Measure how long a reader on a slow line waits for the first results, and how many files a query takes, in Chromium.

python bench/search_cold.py SITE QUERIES.jsonl [--queries 20] [--latency 400] [--rate 50000] [--browser /usr/bin/chromium]

Each query is asked in a fresh context, whose cache is empty: the home page is open, `/` is pressed, and the query is typed when
the dialog is there. Files are sent as hosts send them, text compressed, over HTTP/1.1 with connections that stay open.
"""

import argparse
import json
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from hosting import hosted

KINDS = (
    ("scripts", re.compile(r"\.js$")),
    ("texts", re.compile(r"/search/f/")),
    ("words", re.compile(r"/search/w\d")),
    ("terms", re.compile(r"/search/[pt][0-9a-f]")),
    ("groups", re.compile(r"/search/g\d")),
    ("opening", re.compile(r"/search/(?:index\.json|[dn]\d)")),
    ("page and style", re.compile(r"")),
)
"""What a request is for, by the first pattern that its path has."""


def measure(browser: Browser, address: str, query: str, latency: int, rate: int) -> dict[str, Any]:
    """Ask one query with an empty cache. Return milliseconds from the key to the dialog and to the first result, and requests."""
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
    page.evaluate("addEventListener('keydown', () => (window.pressed ??= performance.now()))")
    page.keyboard.press("/")
    page.wait_for_selector("#search-dialog[open]", timeout=60_000)
    opened = page.evaluate("performance.now() - pressed")
    page.locator("#search-dialog [type=search]").fill(query)
    page.wait_for_selector(".search-option, .search-notes p", timeout=60_000)
    found = page.evaluate("performance.now() - pressed")
    first = len(requests)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    kinds = Counter(next(kind for kind, pattern in KINDS if pattern.search(url.partition("?")[0])) for url in requests)
    context.close()
    return {"dialog": opened, "first": found, "requests": first, "bytes": sum(sizes), "kinds": kinds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--queries", dest="most", type=int, default=20)
    parser.add_argument("--latency", type=int, default=400, help="milliseconds before each answer")
    parser.add_argument("--rate", type=int, default=50_000, help="bytes a second")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    lines = options.queries.read_text("utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines if line]
    step = max(1, len(queries) // options.most)
    with hosted(options.site) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox", "--disable-gpu"])
        runs = [
            measure(browser, address, query, options.latency, options.rate) for query in queries[::step][: options.most]
        ]
        browser.close()
    medians: dict[str, Any] = {
        name: round(statistics.median(run[name] for run in runs)) for name in ("dialog", "first", "requests", "bytes")
    }
    medians["by_kind"] = {kind: statistics.median(run["kinds"][kind] for run in runs) for kind, _ in KINDS}
    print(json.dumps({"queries": len(runs), "median": medians}, indent=1))


if __name__ == "__main__":
    main()
