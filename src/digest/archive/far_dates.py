"""Days -> those far from all others, whose year is most likely mistyped.

No clock is asked: a day counts as far by the other days of the archive.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from .archive import Day

LATER, EARLIER = 5, 15
"""So many years after or before all others, a day is far. An old note is likelier than one from the future."""
CERTAIN = 20
"""So many years after them, a day is far even if there are few others."""
FEW = 3
"""At most so many days are far together."""


class FarDay(Struct, frozen=True):
    """A far day, and the nearest day of the others."""

    day: Day
    nearest: dt.date

    @property
    def years(self) -> int:
        """The whole years between the two."""
        first, last = sorted((self.day.date, self.nearest))
        return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def find_far_days(days: Sequence[Day]) -> tuple[FarDay, ...]:
    """Return the few days that lie years after or before all others; `days` are oldest first."""
    return (*_find_at_end(days, EARLIER, is_early=True), *_find_at_end(days, LATER, is_early=False))


def _find_at_end(days: Sequence[Day], least: int, *, is_early: bool) -> Iterator[FarDay]:
    inwards = days if is_early else days[::-1]
    for count in range(1, min(FEW, len(days) - 1) + 1):
        nearest = inwards[count].date
        years = FarDay(inwards[count - 1], nearest).years
        needed = 2 * count if years >= CERTAIN and not is_early else 3 * count
        if years >= least and len(days) >= needed:
            yield from (FarDay(day, nearest) for day in inwards[:count])
            return
