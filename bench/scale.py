"""Build copies of the same notes in growing numbers, and plot the growth of time and memory.

    python bench/scale.py [--times 1,10,100] [--without-search] [--plot docs/scale.svg]

The notes in `DIGEST_CORPUS` are repeated with other dates, titles and papers (see corpus.py). Memory is the peak of the largest
process.
"""

import argparse
import sys
from collections.abc import Sequence
from math import log10
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from build import SETTINGS, TEXT, digest
from corpus import default_corpus, multiply, next_note

WIDTH, HEIGHT, MARGIN = 640, 360, 56
STYLE = """\
text { font: 13px sans-serif; fill: #57534c }
.grid { stroke: #8b857b; stroke-width: 0.5; stroke-dasharray: 2 4 }
.cold { stroke: #0b6b66; fill: #0b6b66 } .note { stroke: #6a3fb5; fill: #6a3fb5 } .again { stroke: #9c5400; fill: #9c5400 }
path { fill: none !important; stroke-width: 2 }
"""


class Size(Struct, frozen=True):
    """The cost of builds with a number of notes, in seconds and MB."""

    notes: int
    cold: float
    again: float
    note: float
    memory: float


def measure(times: int, *, search: bool) -> Size:
    """Measure a full build, a build with nothing to do, and a build with one more note."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        notes = multiply(default_corpus(), project / "notes", times)
        (project / "digest.yaml").write_text(f"{SETTINGS}search:\n  enabled: {str(search).lower()}\n", "utf-8")
        cold = digest(project, clean=True)
        again = min(digest(project, clean=False).seconds for _ in range(3))
        (project / "notes" / next_note(times)).write_text(TEXT, "utf-8")
        note = digest(project, clean=False)
        return Size(notes, cold.seconds, again, note.seconds, cold.memory)


def plot(sizes: Sequence[Size]) -> str:
    """Return an SVG of seconds over notes on logarithmic scales. Linear growth is parallel to the dashed lines."""
    series = {"cold": "full build", "note": "one more note", "again": "nothing to do"}
    seconds = [getattr(size, name) for size in sizes for name in series]
    left, right = log10(sizes[0].notes), log10(sizes[-1].notes)
    low, high = int(log10(min(seconds)) - 1), int(log10(max(seconds)) + 1)

    def place(notes: float, value: float) -> str:
        x = MARGIN + (log10(notes) - left) / (right - left) * (WIDTH - 3 * MARGIN)
        y = HEIGHT - MARGIN - (log10(value) - low) / (high - low) * (HEIGHT - 2 * MARGIN)
        return f"{x:.1f} {y:.1f}"

    def text(words: str, at: str, shift: tuple[int, int], anchor: str = "start") -> str:
        x, y = map(float, at.split())
        return f'<text x="{x + shift[0]:.1f}" y="{y + shift[1]:.1f}" text-anchor="{anchor}">{words}</text>'

    first, last = sizes[0], sizes[-1]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Seconds over notes">',
        f"<style>{STYLE}</style>",
    ]
    for power in range(low, high + 1):
        parts.append(f'<path class="grid" d="M{place(first.notes, 10**power)} L{place(last.notes, 10**power)}"/>')
        parts.append(text(f"{10.0**power:g} s", place(first.notes, 10**power), (-8, 4), "end"))
    parts += [text(f"{size.notes:,}", place(size.notes, 10**low), (0, 20), "middle") for size in sizes]
    for name, label in series.items():
        start = getattr(first, name)
        growth = place(last.notes, start * last.notes / first.notes)
        parts.append(f'<path class="grid" d="M{place(first.notes, start)} L{growth}"/>')
        line = " L".join(place(size.notes, getattr(size, name)) for size in sizes)
        parts.append(f'<path class="{name}" d="M{line}"/>')
        for size in sizes:
            x, y = place(size.notes, getattr(size, name)).split()
            parts.append(f'<circle class="{name}" cx="{x}" cy="{y}" r="3"/>')
        parts.append(text(label, place(last.notes, getattr(last, name)), (10, 4)))
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", default="1,10,100")
    parser.add_argument("--without-search", action="store_true")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    sizes = []
    print("| notes | full build, s | nothing to do, s | one more note, s | MB |\n|---:|---:|---:|---:|---:|")
    for times in map(int, options.times.split(",")):
        size = measure(times, search=not options.without_search)
        sizes.append(size)
        print(f"| {size.notes:,} | {size.cold:.1f} | {size.again:.2f} | {size.note:.2f} | {size.memory:.0f} |")
        sys.stdout.flush()
    if options.plot:
        options.plot.write_text(plot(sizes), "utf-8")


if __name__ == "__main__":
    main()
