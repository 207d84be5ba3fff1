"""Long lists -> numbered pages, and which of them each page links to."""

from collections.abc import Iterator

from ..archive.archive import Record

PAGES_LISTED, PAGES_AROUND, PAGES_BETWEEN = 24, 3, 12
"""A page links to all pages of its list up to the first number. In a longer list, it links to this many on either side
of it and to about this many in between."""


def cut_pages(records: tuple[Record, ...], size: int) -> Iterator[tuple[int, int, tuple[Record, ...]]]:
    """Cut a list, newest entry first, into pages. Yield (number, number of pages, entries), newest page first.

    Pages are numbered from the oldest, and all but the newest have `size` entries, so a new entry changes only the newest
    page. The newest page has up to twice as many entries, so that it is never nearly empty.
    """
    older = count_pages(len(records), size) - 1
    newest = len(records) - older * size
    yield older + 1, older + 1, records[:newest]
    for number in range(older, 0, -1):
        start = len(records) - number * size
        yield number, older + 1, records[start : start + size]


def count_pages(count: int, size: int) -> int:
    """Return the number of pages that `cut_pages` cuts a list into."""
    return max(1, count // size)


def page_at(place: int, newest: int, pages: int, size: int) -> int:
    """Return the number of the page that has the entry at a place in the list, counted from 0 at the newest entry.

    `newest` is the number of entries on the newest page, and `size` that on every other page.
    """
    return pages if place < newest else pages - 1 - (place - newest) // size


def count_whole_pages(count: int, size: int) -> int:
    """Return the number of pages of a list whose last page may be nearly empty."""
    return -(-count // size)


def listed_pages(number: int, total: int) -> list[int]:
    """Return the numbers of the pages that a page of a list links to, newest first.

    If there are many, these are the newest, the oldest, the pages nearby and some in between: if every page of a long
    list linked to every other, the number of links would grow with the square of its length.
    """
    if total <= PAGES_LISTED:
        return list(range(total, 0, -1))
    near = range(max(1, number - PAGES_AROUND), min(total, number + PAGES_AROUND) + 1)
    far = range(0, total, -(-total // PAGES_BETWEEN))
    return sorted({1, total, *near, *far} - {0}, reverse=True)
