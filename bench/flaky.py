"""Run the tests many times on one busy core, and list the tests that fail at least once.

    python bench/flaky.py                        # the whole suite, ten times
    python bench/flaky.py --times 3 tests/serve  # all other arguments are pytest's

A test that fails only here waits for a fixed time instead of an event. This needs Linux, which can pin processes to a core.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
CORE = 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Run the tests many times on one busy core, and list the tests that fail."
    )
    parser.add_argument("--times", type=int, default=10, help="how often to run them; default: 10")
    options, arguments = parser.parse_known_args()
    if not hasattr(os, "sched_setaffinity"):
        parser.error("this system cannot pin a process to a core")
    os.sched_setaffinity(0, {CORE})  # child processes inherit it
    failed: Counter[str] = Counter()
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        try:
            for number in range(1, options.times + 1):
                started = time.monotonic()
                names = run_tests(arguments)
                failed.update(names)
                print(
                    f"{number}: {len(names)} failed, {time.monotonic() - started:.0f} s",
                    *names,
                    sep="\n   ",
                    flush=True,
                )
        finally:
            busy.kill()
    for name, count in failed.most_common():
        print(f"{name} failed {count} of {options.times} times")
    sys.exit(bool(failed))


def run_tests(arguments: list[str]) -> list[str]:
    """Run pytest once and return the names of the tests that failed."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "--quiet", f"--junit-xml={report}", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if not report.exists():
            sys.exit(done.stdout + done.stderr)
        cases = ElementTree.parse(report).iter("testcase")
        return [
            f"{case.get('classname')}::{case.get('name')}"
            for case in cases
            if case.find("failure") is not None or case.find("error") is not None
        ]


if __name__ == "__main__":
    main()
