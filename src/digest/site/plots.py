"""Numbers -> the geometry of charts: paths, columns and places of labels, in units of a drawing.

The origin of a drawing is its top left corner, as in SVG. All coordinates are rounded to a tenth.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor, log10

from msgspec import Struct

from ..scripts import has_hangul

LEAST_TICK = 9
"""The place in per cent that the label of a year needs."""
STEP = 10
"""The width of a period in a curve."""


def curve(values: Sequence[float], height: float) -> str:
    """Return the path of a smooth line through values of 0 to 1, from left to right, `STEP` apart.

    The line has no slope at a value, so it never overshoots the values.
    """
    half = STEP / 2
    points = [(place * STEP, round(height - height * value, 1)) for place, value in enumerate(values)]
    path = [f"M{points[0][0]} {_short(points[0][1])}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        path.append(f"C{_short(x + half)} {_short(y)} {_short(x + half)} {_short(next_y)} {next_x} {_short(next_y)}")
    return "".join(path)


def area(values: Sequence[float], height: float) -> str:
    """Return the path of the area under `curve`."""
    end = (len(values) - 1) * STEP
    return f"{curve(values, height)}V{_short(height)}H0Z" if end else ""


def spikes(values: Sequence[float], height: float) -> str:
    """Return the path of one column for each value of 0 to 1, `STEP` apart, with a gap between them. A value of 0 has none."""
    columns = []
    for place, value in enumerate(values):
        if value:
            tall = _short(round(max(1, height * value), 1))
            columns.append(f"M{place * STEP} {_short(height)}v-{tall}h{STEP - 2}v{tall}z")
    return "".join(columns)


class Column(Struct, frozen=True):
    """A part of a column: from the left in per cent, its width in per cent, from the top, and its height; and which part."""

    x: float
    width: float
    y: float
    height: float
    part: int


def stack(rows: Sequence[Sequence[int]], height: float, gap: float = 0.2) -> tuple[tuple[Column, ...], ...]:
    """Return the parts of one column for each row of counts, from the bottom up. The highest column is `height` high.

    `gap` is the share of a column's place that stays empty.
    """
    most = max((sum(row) for row in rows), default=0) or 1
    place = 100 / max(len(rows), 1)
    columns = []
    for number, row in enumerate(rows):
        parts, bottom = [], 0
        for part, count in enumerate(row):
            if count:
                top = height * (bottom + count) / most
                below = height * bottom / most
                parts.append(
                    Column(
                        round(number * place, 2),
                        round(place * (1 - gap), 2),
                        round(height - top, 1),
                        round(top - below, 1),
                        part,
                    )
                )
                bottom += count
        columns.append(tuple(parts))
    return tuple(columns)


class Tick(Struct, frozen=True):
    """A mark on an axis: its place in per cent, and its label."""

    place: float
    label: str


def year_ticks(firsts: Sequence[dt.date], *, most: int = 10, points: bool = False) -> tuple[Tick, ...]:
    """Mark the years on an axis of periods, by the first dates of these; of many years only some.

    Periods are places of one width or, with `points`, points from 0 to 100 per cent.
    """
    years = [place for place, first in enumerate(firsts) if place == 0 or firsts[place - 1].year != first.year]
    every = ceil(len(years) / most)
    width = max(len(firsts) - points, 1)
    ticks = [Tick(round(100 * place / width, 2), str(firsts[place].year)) for place in years[::every]]
    # A first year that has hardly any place gives it to the next one.
    return tuple(ticks[len(ticks) > 1 and ticks[1].place < LEAST_TICK :])


class Dot(Struct, frozen=True):
    """A point of a plot, with the text beside it and where that stands; without room for it, the text is empty."""

    x: float
    ys: tuple[float, ...]
    label: str
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = "start"


class Scale(Struct, frozen=True):
    """A logarithmic scale from one power of ten to another, drawn from the bottom of `height` to its top."""

    low: int
    high: int
    height: float

    def place(self, number: float) -> float:
        """Return how far from the top a number lies."""
        return round(self.height * (1 - (log10(number) - self.low) / (self.high - self.low)), 1)


def log_scale(numbers: Iterable[float], height: float) -> Scale:
    """Return the scale of whole powers of ten that has room for positive numbers."""
    numbers = list(numbers)
    low, high = floor(log10(min(numbers))), ceil(log10(max(numbers)))
    return Scale(low, max(high, low + 1), height)


_LETTER, _HANGUL, _LINE = 6.6, 12.0, 14.0
_RADIUS = 5.0


def label_dots(dots: Sequence[tuple[float, tuple[float, ...], str]], width: float, height: float) -> tuple[Dot, ...]:
    """Give dots, each with its x, its ys and a text, places for their texts at which nothing lies on anything else.

    A text stands to the right of the highest dot, to its left, above it or below the lowest; the later ones, which are the newest,
    choose first. A text that finds no room is left out.
    """
    taken = [_box(x - _RADIUS, y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS) for x, ys, _ in dots for y in ys]
    placed = []
    for x, ys, label in reversed(dots):
        wide = sum(_HANGUL if has_hangul(char) else _LETTER for char in label)
        top, bottom = min(ys), max(ys)
        choices = (
            (x + 8, top + 4, "start", x + 8),
            (x - 8, top + 4, "end", x - 8 - wide),
            (x, top - 9, "middle", x - wide / 2),
            (x, bottom + 17, "middle", x - wide / 2),
        )
        dot = Dot(x, ys, "")
        for label_x, label_y, anchor, left in choices:
            box = _box(left, label_y - 11, wide, _LINE)
            fits = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if fits and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                dot = Dot(x, ys, label, round(label_x, 1), round(label_y, 1), anchor)
                break
        placed.append(dot)
    return tuple(reversed(placed))


_Box = tuple[float, float, float, float]


def _box(left: float, top: float, width: float, height: float) -> _Box:
    return left, top, left + width, top + height


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
