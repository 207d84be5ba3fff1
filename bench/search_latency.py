"""Measure the search of a built site in Chromium: the time of a warm query, the time to open the index, and memory.

python bench/search_latency.py SITE QUERIES.jsonl [--browser /usr/bin/chromium]
"""

import argparse
import functools
import http.server
import json
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

MEASURE = """
async ([module, queries]) => {
  const { warm: openIndex } = await import(module);
  const started = performance.now();
  const search = (globalThis.search = await openIndex());
  const opened = performance.now() - started;
  search.prepare();
  const run = async (query) => {
    const before = performance.now();
    const ranking = await search.rank(query);
    const ranked = performance.now();
    await search.show(ranking, 0, 10);
    return [ranked - before, performance.now() - before];
  };
  const cold = [];
  for (const query of queries) cold.push(await run(query));
  const warm = [];
  for (let round = 0; round < 3; round++) for (const query of queries) warm.push(await run(query));
  return { opened, cold, warm };
}
"""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def quantile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def measure(site: Path, queries: list[str], browser: str) -> dict[str, Any]:
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    module = next((site / "static/js").glob("search-ui*.js"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"],
        )
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/404.html")
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        before = session.send("Runtime.getHeapUsage")
        times = page.evaluate(MEASURE, [f"/static/js/{module.name}", queries])
        session.send("HeapProfiler.collectGarbage")
        after = session.send("Runtime.getHeapUsage")
        chromium.close()
    server.shutdown()
    ranked = [pair[0] for pair in times["warm"]]
    shown = [pair[1] for pair in times["warm"]]
    return {
        "queries": len(queries),
        "open_ms": round(times["opened"], 1),
        "warm_rank_ms": {
            "p50": round(quantile(ranked, 0.5), 2),
            "p95": round(quantile(ranked, 0.95), 2),
            "max": round(max(ranked), 2),
        },
        "warm_shown_ms": {"p50": round(quantile(shown, 0.5), 2), "p95": round(quantile(shown, 0.95), 2)},
        "cold_shown_ms": {"p50": round(quantile([pair[1] for pair in times["cold"]], 0.5), 1)},
        "heap_mb_after_all": round(
            sum(after[part] - before[part] for part in ("usedSize", "backingStorageSize")) / 1e6, 1
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    lines = options.queries.read_text("utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines if line]
    print(json.dumps(measure(options.site, queries, options.browser), indent=1))


if __name__ == "__main__":
    main()
