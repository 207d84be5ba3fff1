"""The arrows between the packages of digest -> a picture of them, in layers from the command line down.

A package stands below every package that imports it. Within a layer, a package is near the packages that a line joins it to.
"""

from collections import defaultdict
from html import escape
from statistics import fmean

Arrow = tuple[str, str]
"""A package, and one that it imports."""

COLUMN, ROW = 132, 76
BOX_HEIGHT = 28
LETTER = 7.8
"""The width of a letter, for boxes around names."""
ROUNDS = 24
"""So many times, packages are sorted by the places of their neighbours."""


def draw_rooms(arrows: list[Arrow]) -> str:
    """Return the picture as SVG."""
    layers = _sort(_layers(arrows), arrows)
    width = max(map(len, layers)) * COLUMN
    places = {
        name: ((number + 0.5) * width / len(layer), (depth + 0.5) * ROW)
        for depth, layer in enumerate(layers)
        for number, name in enumerate(layer)
    }
    height = len(layers) * ROW
    lines = "".join(_line(places[start], places[end]) for start, end in arrows)
    boxes = "".join(_box(name, *place) for name, place in places.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="ui-monospace, monospace" font-size="13">'
        '<marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#8a847a"/></marker>'
        f'<g fill="none" stroke="#8a847a" marker-end="url(#end)">{lines}</g>{boxes}</svg>\n'
    )


def _layers(arrows: list[Arrow]) -> list[list[str]]:
    """Return packages by their depth: the longest way to them from a package that none imports."""
    above: dict[str, set[str]] = defaultdict(set)
    for start, end in arrows:
        above[end].add(start)
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in depths:
            depths[name] = 1 + max(map(depth, sorted(above[name])), default=-1)
        return depths[name]

    layers: dict[int, list[str]] = defaultdict(list)
    for name in dict.fromkeys(name for arrow in arrows for name in arrow):
        layers[depth(name)].append(name)
    return [layers[number] for number in sorted(layers)]


def _sort(layers: list[list[str]], arrows: list[Arrow]) -> list[list[str]]:
    """Sort each layer by the middle of the places of its neighbours, again and again."""
    joined: dict[str, list[str]] = defaultdict(list)
    for start, end in arrows:
        joined[start].append(end)
        joined[end].append(start)
    for _ in range(ROUNDS):
        places = {name: (number + 0.5) / len(layer) for layer in layers for number, name in enumerate(layer)}
        layers = [
            sorted(layer, key=lambda name: (fmean(places[other] for other in joined[name]), name)) for layer in layers
        ]
    return layers


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = start, end
    y, to_y = y + BOX_HEIGHT / 2, to_y - BOX_HEIGHT / 2 - 1
    middle = (y + to_y) / 2
    return f'<path d="M{x:.0f} {y:.0f}C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y:.0f}"/>'


def _box(name: str, x: float, y: float) -> str:
    width = len(name) * LETTER + 10
    return (
        f'<rect x="{x - width / 2:.0f}" y="{y - BOX_HEIGHT / 2:.0f}" width="{width:.0f}" height="{BOX_HEIGHT}" rx="3"'
        f' fill="#fbfaf6" stroke="#1b1a17"/><text x="{x:.0f}" y="{y + 4:.0f}" text-anchor="middle">{escape(name)}</text>'
    )
