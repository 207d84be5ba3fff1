"""Print how much of each package the tests ran, by lines and branches, from what `coverage run` left.

make coverage
python bench/covered.py --least 90   # exit with 1 if any package is under that
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
    """Lines and branches of a package: how many there are and how many ran."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    @property
    def percent(self) -> float:
        """Return the part of lines and branches that ran, as coverage.py counts it."""
        return 100 * (self.lines_run + self.branches_run) / max(1, self.lines + self.branches)


def read_report() -> dict[str, Any]:
    """Return coverage.py's own report as JSON."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(path)], check=True)
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found


def sum_packages(report: dict[str, Any]) -> dict[str, Covered]:
    """Sum a report up by package; the modules of the top package have a line of their own."""
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
