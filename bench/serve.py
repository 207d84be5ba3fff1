"""Measure the time from saving a note to the first paint of its page in a browser, while `digest serve` runs.

    python bench/serve.py [--times 1,10] [--rounds 15]

It needs Chromium and the notes in `DIGEST_CORPUS`. The time ends at the first contentful paint that the browser records for the
page with the saved text.
"""

import argparse
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from corpus import default_corpus, multiply

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NOTE = "notes/2199-12-31 Saved.md"
PAINTED = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  const [paint] = list.getEntriesByName("first-contentful-paint");
  if (paint) resolve(performance.timeOrigin + paint.startTime);
}).observe({ type: "paint", buffered: true }))"""


def measure(project: Path, rounds: int) -> list[float]:
    """Serve a project and save a note `rounds` times. Return the milliseconds of each round."""
    command = [sys.executable, "-m", "digest", "-C", str(project), "serve"]
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://\S+", server.stderr.readline())
        assert address is not None
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                page = browser.new_page()
                page.goto(address[0])
                return [save(page, project / NOTE, number) for number in range(rounds)]
        finally:
            (project / NOTE).unlink(missing_ok=True)
            server.send_signal(signal.SIGINT)
            server.wait()


def save(page: Page, note: Path, number: int) -> float:
    """Save a note and return the milliseconds until its page is painted."""
    title = f"Saved {number} {time.time_ns()}"
    page.wait_for_timeout(700)  # authors pause between saves
    saved = time.time()
    note.write_text(
        f"---\ntitle: {title}\n---\nA note of a line or two, saved for the {number}th time.\n\n#speed\n", "utf-8"
    )
    page.get_by_text(title).first.wait_for()
    return float(page.evaluate(PAINTED)) - saved * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", default="1,10", help="how many times over to take the notes")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    for times in map(int, options.times.split(",")):
        with TemporaryDirectory() as folder:
            notes = multiply(default_corpus(), Path(folder) / "notes", times)
            taken = sorted(measure(Path(folder), options.rounds))
            print(f"{notes:,} notes: median {statistics.median(taken):.0f} ms, {taken[0]:.0f} to {taken[-1]:.0f} ms")


if __name__ == "__main__":
    main()
