"""A text -> the lines of a card, in the largest size in which it fits.

Korean and languages with spaces break between words only, Chinese and Japanese also between characters. A text that does not fit in
the smallest size ends in an ellipsis.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

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
    for setting in settings:
        measured = _measure(pieces, setting.size, measure)
        lines = break_lines(measured, width)
        if len(lines) <= setting.lines and all(piece.width <= width for piece in measured):
            if balanced and len(lines) > 1:
                lines = break_lines(measured, _least_width(measured, width, len(lines)))
            return Fitted(tuple(lines), setting.size)
    last = settings[-1]
    parts = (part for piece in pieces for part in _split_wide(piece, last.size, width, measure))
    lines = break_lines(_measure(parts, last.size, measure), width)
    if len(lines) > last.lines:
        lines = [*lines[: last.lines - 1], _shorten(lines[last.lines - 1], last.size, width, measure)]
    return Fitted(tuple(lines), last.size)


class _Piece(Struct, frozen=True):
    """A piece of a text with its width, and its width together with the space after it."""

    text: str
    width: float
    whole: float


def _measure(pieces: Iterable[str], size: int, measure: Measure) -> list[_Piece]:
    return [_Piece(piece, measure(piece.rstrip(), size), measure(piece, size)) for piece in pieces]


def break_lines(pieces: Iterable[_Piece], width: float) -> list[str]:
    """Put pieces into lines that are at most as wide as `width`, unless one piece is wider."""
    lines: list[str] = []
    line, filled = "", 0.0
    for piece in pieces:
        if line and filled + piece.width > width:
            lines.append(line.rstrip())
            line, filled = "", 0.0
        line += piece.text
        filled += piece.whole
    return [*lines, line.rstrip()] if line else lines


def _least_width(pieces: Sequence[_Piece], width: float, count: int) -> float:
    """Return the least width, to the pixel, at which pieces are still in as many lines."""
    low, high = int(max(piece.width for piece in pieces)) + 1, int(width)
    while low < high:
        middle = (low + high) // 2
        if len(break_lines(pieces, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return high


def _split_wide(piece: str, size: int, width: float, measure: Measure) -> Iterator[str]:
    """Yield a piece, in parts if no line has room for it."""
    part = ""
    for char in piece:
        if part and measure((part + char).rstrip(), size) > width:
            yield part
            part = ""
        part += char
    yield part


def _shorten(line: str, size: int, width: float, measure: Measure) -> str:
    """Return the beginning of a line with an ellipsis, cut between words if enough is left."""
    kept = line
    while kept and measure(kept + ELLIPSIS, size) > width:
        shorter = kept.rpartition(" ")[0]
        kept = shorter if shorter and measure(shorter, size) > width / 2 else kept[:-1]
    return kept.rstrip(" ,.;:") + ELLIPSIS
