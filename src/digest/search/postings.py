"""Encode the postings of a term: the documents that have it, by their day and place in the day, with a level of weight each.

A document's slot stays the same while notes of other days come and go. A dense number would not.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import itemgetter, sub

from msgspec import Struct

from .coding import LEVELS, decode_numbers, number, numbers

_PLACE_BITS = 24
_PLACE_MASK = (1 << _PLACE_BITS) - 1


def day_number(date: str) -> int:
    """Return the number of a day given as `2024-03-19`, or 0 for an empty string. Months count as 31 days."""
    if not date:
        return 0
    year, month, day = map(int, date.split("-"))
    return (year * 12 + month - 1) * 31 + day


def month_of(day: int) -> str:
    """Return the month of a numbered day as `2024-03`, or an empty string for day 0."""
    if not day:
        return ""
    year, month = divmod((day - 1) // 31, 12)
    return f"{year:04}-{month + 1:02}"


def slot_of(day: int, place: int) -> int:
    """Return a document's day and place in the day as one number. Slots sort like documents."""
    return day << _PLACE_BITS | place


def day_of(slot: int) -> int:
    """Return the day of a slot."""
    return slot >> _PLACE_BITS


def place_of(slot: int) -> int:
    """Return the place in its day of a slot."""
    return slot & _PLACE_MASK


class Postings(Struct, frozen=True, array_like=True):
    """The encoded postings of a term.

    `first` is the day of the first document. `gaps` are the days between one document and the next. A mark is
    `place * LEVELS + level`, and its place counts from the document before if that is of the same day.
    """

    count: int
    first: int
    gaps: bytes
    marks: bytes


def encode_postings(days: Sequence[int], marks: list[int]) -> Postings:
    """Encode the days of documents, in order, and their marks with whole places; changes the list of marks."""
    gaps = list(map(sub, days[1:], days))
    if 0 in gaps:
        for at in range(len(gaps), 0, -1):
            if not gaps[at - 1]:
                marks[at] -= (marks[at - 1] // LEVELS + 1) * LEVELS
    return Postings(len(days), days[0], numbers(gaps), numbers(marks))


def decode_slots(postings: Postings) -> Iterator[int]:
    """Yield the slots of documents."""
    for day, members in groupby(zip(_days(postings), decode_numbers(postings.marks), strict=True), key=itemgetter(0)):
        for place, _ in _levels(mark for _, mark in members):
            yield slot_of(day, place)


def edit_postings(postings: Postings | None, levels: Mapping[int, int | None]) -> Postings | None:
    """Return postings after slots got other levels, or none. Only the days of these slots are decoded."""
    days, marks = list(_days(postings)), list(decode_numbers(postings.marks)) if postings else []
    for day, changes in groupby(sorted(levels), key=day_of):
        start, end = bisect_left(days, day), bisect_right(days, day)
        present = dict(_levels(marks[start:end]))
        for slot in changes:
            level = levels[slot]
            if level is None:
                present.pop(place_of(slot), None)
            else:
                present[place_of(slot)] = level
        days[start:end] = [day] * len(present)
        marks[start:end] = _marks(present)
    if not days:
        return None
    return Postings(len(days), days[0], numbers(list(map(sub, days[1:], days))), numbers(marks))


def count_before(postings: Postings | None, day: int) -> int:
    """Return the number of documents before a day."""
    return bisect_left(list(_days(postings)), day)


def _days(postings: Postings | None) -> Iterable[int]:
    return accumulate((postings.first, *decode_numbers(postings.gaps))) if postings else ()


def _levels(marks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of a day's documents and their levels."""
    least = 0
    for mark in marks:
        place = mark // LEVELS + least
        least = place + 1
        yield place, mark % LEVELS


def _marks(levels: Mapping[int, int]) -> list[int]:
    """Return the marks of a day's documents."""
    marks, least = [], 0
    for place in sorted(levels):
        marks.append((place - least) * LEVELS + levels[place])
        least = place + 1
    return marks


def columns_of(postings: Sequence[Postings]) -> list[bytes]:
    """Encode the postings of several terms, in five columns.

    These are the counts less one with the earliest day, the first days from then on divided by 256, the remainders, the gaps, and
    the marks.
    """
    base = min([each.first for each in postings], default=0)
    firsts = [each.first - base for each in postings]
    return [
        numbers([each.count - 1 for each in postings]) + number(base),
        numbers([first >> 8 for first in firsts]),
        bytes([first & 255 for first in firsts]),
        b"".join([each.gaps for each in postings]),
        b"".join([each.marks for each in postings]),
    ]
