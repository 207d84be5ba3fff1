"""Lines -> the fenced code among them."""

import re
from collections.abc import Iterator, Sequence, Set

_FENCE = re.compile(r"\s*(?:[-*+]\s+)*(`{3,}(?=[^`]*$)|~{3,})")


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


def _fences(raws: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, raw in enumerate(raws):
        if ("```" in raw or "~~~" in raw) and (mark := fence_mark(raw)):
            yield index, mark
