"""A text -> its lines, the fenced code among them, and the inline code in each."""

import re
from collections.abc import Iterator, Sequence, Set

_TICKS = re.compile("`+")
_FENCE = re.compile(r"\s*(?:[-*+]\s+)*(`{3,}(?=[^`]*$)|~{3,})")


def split_raw(text: str) -> list[str]:
    r"""Cut a text into lines as they are on disk, without their ends: `\n` or `\r\n`; `\r` if the text has no `\n`."""
    if "\r" not in text:
        return text.split("\n")
    return [raw.removesuffix("\r") for raw in text.split("\n")] if "\n" in text else text.split("\r")


def fence_mark(raw: str) -> str | None:
    """Return the mark of a line that opens a fence."""
    match = _FENCE.match(raw) if "```" in raw or "~~~" in raw else None
    return match[1] if match else None


def find_fence_end(raws: Sequence[str], start: int, mark: str, unclosed: dict[str, int]) -> int | None:
    """Return the index of the line at or below `start` that closes a fence, or None.

    `unclosed` remembers the shortest mark of each kind that found no end: a longer one finds none either.
    """
    if len(mark) >= unclosed.get(mark[0], len(mark) + 1):
        return None
    for index in range(start, len(raws)):
        bare = raws[index].strip()
        if len(bare) >= len(mark) and bare.strip(mark[0]) == "":
            return index
    unclosed[mark[0]] = len(mark)
    return None


def find_code(raws: Sequence[str]) -> tuple[Set[int], tuple[int, ...]]:
    """Return the indexes of the lines of fenced code, and the numbers of lines that open a fence and never close it.

    A fence that is never closed counts as text: a forgotten mark must not swallow the entries after it.
    """
    fenced: set[int] = set()
    unclosed: list[int] = []
    shortest: dict[str, int] = {}
    end = -1
    for index, mark in _fences(raws):
        if index <= end:
            continue
        close = find_fence_end(raws, index + 1, mark, shortest)
        if close is None:
            unclosed.append(index + 1)
        else:
            fenced.update(range(index, close + 1))
            end = close
    return fenced, tuple(unclosed)


class CodeSpans:
    """The runs of backticks in a line. Inline code ends at the next run that is as long as the one that begins it.

    Each run is looked at once, so a line of runs that close nothing takes no longer than any other.
    """

    def __init__(self, line: str) -> None:
        self._ends: dict[int, list[int]] = {}
        for run in reversed(list(_TICKS.finditer(line))):
            self._ends.setdefault(run.end() - run.start(), []).append(run.end())

    def close(self, start: int, end: int) -> int | None:
        """Return the end of the code that begins with the run from `start` to `end`, or None. Ask from left to right."""
        ends = self._ends.get(end - start, [])
        while ends and ends[-1] <= end:
            ends.pop()
        return ends[-1] if ends else None


def _fences(raws: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, raw in enumerate(raws):
        if ("```" in raw or "~~~" in raw) and (mark := fence_mark(raw)):
            yield index, mark
