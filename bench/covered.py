"""Print the coverage of each package by lines and branches, from the files that `coverage run` wrote.

make coverage
python bench/covered.py --least 90   # exit with 1 if the coverage of a package is below 90%
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

PACKAGE = "digest"


class Covered(Struct):
    """The numbers of all lines and branches of a package, and of those that ran."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    @property
    def percent(self) -> float:
        """Return the percentage of lines and branches that ran, as coverage.py computes it."""
        return 100 * (self.lines_run + self.branches_run) / max(1, self.lines + self.branches)


def read_report() -> dict[str, Any]:
    """Return the JSON report of coverage.py, parsed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(path)], check=True)
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found


def sum_packages(report: dict[str, Any]) -> dict[str, Covered]:
    """Return the sums of a report by package. Each module of the top package counts as a package."""
    packages: defaultdict[str, Covered] = defaultdict(Covered)
    for path, measured in report["files"].items():
        parts = PurePath(path).parts
        inner = parts[len(parts) - parts[::-1].index(PACKAGE) : -1]
        found, summary = packages["/".join((PACKAGE, *inner))], measured["summary"]
        found.lines += summary["num_statements"]
        found.lines_run += summary["covered_lines"]
        found.branches += summary["num_branches"]
        found.branches_run += summary["covered_branches"]
    return dict(sorted(packages.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Print how much of each package the tests ran.")
    parser.add_argument("--least", type=float, default=0.0, help="exit with 1 if a package is under so many percent")
    least = parser.parse_args().least
    packages = sum_packages(read_report())
    print(f"{'package':24} {'lines':>11} {'branches':>11} {'covered':>8}")
    for name, found in packages.items():
        lines, branches = f"{found.lines_run}/{found.lines}", f"{found.branches_run}/{found.branches}"
        print(f"{name:24} {lines:>11} {branches:>11} {found.percent:7.1f}%")
    sys.exit(any(found.percent < least for found in packages.values()))


if __name__ == "__main__":
    main()
