"""A text -> the lines of a card, in the largest size in which it fits.

Korean and languages with spaces break between words only, Chinese and Japanese also between characters. A text that does not fit in
the smallest size ends in an ellipsis.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

ELLIPSIS = "…"
_IDEOGRAPH = (
    "\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_OPENING = "([{（［｛〈《「『【〔“‘"
_CLOSING = ")]}）］｝〉》」』】〕”’、。，．・：；！？…,.!?:;ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*[{_IDEOGRAPH}][{re.escape(_CLOSING)}]*\s*|(?:(?![{_IDEOGRAPH}])\S)+\s*|\S\s*"
)
"""What no line breaks: an ideograph with its punctuation, or a word, with the space after it."""

Measure = Callable[[str, int], float]
"""Return the width of a text in a size."""


class Setting(Struct, frozen=True):
    """A size, and how many lines of it there may be at most."""

    size: int
    lines: int


class Fitted(Struct, frozen=True):
    """The lines of a text, and their size."""

    lines: tuple[str, ...]
    size: int


def fit(text: str, width: float, settings: Sequence[Setting], measure: Measure, *, balanced: bool = False) -> Fitted:
    """Return the lines of a text in the first of the settings, largest size first, in which it fits.

    In `balanced` lines, the last is about as long as the others.
    """
    pieces = _PIECE.findall(text)
    lines: list[str] = []
    for setting in settings:
        widths = [measure(piece, setting.size) for piece in pieces]
        fitting = all(measure(piece.rstrip(), setting.size) <= width for piece in pieces)
        lines = break_lines(pieces, widths, width)
        if fitting and len(lines) <= setting.lines:
            if balanced and len(lines) > 1:
                lines = break_lines(pieces, widths, _least_width(pieces, widths, width, len(lines)))
            return Fitted(tuple(lines), setting.size)
    last = settings[-1]
    kept = lines[: last.lines]
    is_cut = len(lines) > last.lines
    return Fitted(
        tuple(_shorten(line, last.size, width, measure, cut=is_cut and line is kept[-1]) for line in kept), last.size
    )


def break_lines(pieces: Sequence[str], widths: Sequence[float], width: float) -> list[str]:
    """Put pieces into lines that are at most as wide as `width`, unless one piece is wider."""
    lines: list[str] = []
    line, filled = "", 0.0
    for piece, long in zip(pieces, widths, strict=True):
        if line and filled + long > width:
            lines.append(line.rstrip())
            line, filled = "", 0.0
        line += piece
        filled += long
    return [*lines, line.rstrip()] if line else lines


def _least_width(pieces: Sequence[str], widths: Sequence[float], width: float, count: int) -> float:
    """Return the least width, to the pixel, at which pieces are still in as many lines."""
    low, high = int(max(widths)), int(width)
    while low < high:
        middle = (low + high) // 2
        if len(break_lines(pieces, widths, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return high


def _shorten(line: str, size: int, width: float, measure: Measure, *, cut: bool) -> str:
    """Return a line that is not too wide; it ends in an ellipsis if it is too wide or if text after it was `cut`."""
    if not cut and measure(line, size) <= width:
        return line
    kept = line
    while kept and measure(kept + ELLIPSIS, size) > width:
        shorter = kept.rpartition(" ")[0]
        # A word that is wider than the line is cut inside.
        kept = shorter if shorter and measure(shorter, size) > width / 2 else kept[:-1]
    return kept.rstrip(" ,.;:") + ELLIPSIS
