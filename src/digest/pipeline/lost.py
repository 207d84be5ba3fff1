"""A published note that is no longer text: its entries are unknown, not gone, and the site must keep their pages.

A notebook knows which notes it read before. A new machine and `digest check` have no cache, and only `digest.lock` knows them.
"""

from collections.abc import Iterable, Sequence

from ..addresses.lock import Lock
from ..diagnostics import Diagnostic
from ..model import Card


def holds_lost_entries(problems: Iterable[Diagnostic], cards: Sequence[Card], lock: Lock) -> bool:
    """Return True if a note that is no longer text seems to hold entries that the lock remembers.

    `problems` are those of reading all notes, `cards` the entries of all notes that could be read.
    """
    undecodable = [problem.path for problem in problems if problem.code == "undecodable"]
    if not undecodable or not lock.entries:
        return False
    from ..addresses.recognise import recognise  # most builds don't come here
    from ..addresses.sketch import file_mark

    marks = {file_mark(path) for path in undecodable}
    return any(lock.entries[name].file in marks for name in recognise(cards, lock).gone)
