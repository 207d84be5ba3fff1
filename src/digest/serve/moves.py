"""Two arrangements, one after the other -> where the pages went that have another address now.

A browser that shows such a page follows it. Entries are recognised by the rules by which builds recognise them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..addresses.lock import Held, Lock
from ..addresses.recognise import recognise
from ..addresses.sketch import file_mark, held_part
from ..archive.archive import Archive, Record
from ..site import routes

KEPT = 1_000
"""How many moves are kept. Nobody has more pages open."""


def find_moves(before: Archive, after: Archive) -> dict[str, str]:
    """Return the new site paths by the old ones, of entries, notes and pages of the author's own, and of days."""
    if before is after:
        return {}
    former, present = _records(before), _records(after)
    pairs = [(former[card], present[card]) for card in former.keys() & present.keys()]
    gone = [record for card, record in former.items() if card not in present]
    come = [record for card, record in present.items() if card not in former]
    same = _pair_by_title(gone, come)
    old, new = {id(old) for old, _ in same}, {id(new) for _, new in same}
    others = [record for record in gone if id(record) not in old], [record for record in come if id(record) not in new]
    pairs += [*same, *_pair_by_text(*others)]
    moves = {routes.path_of(old): routes.path_of(new) for old, new in pairs}
    return {old: new for old, new in (*moves.items(), *_move_days(pairs, after).items()) if old != new}


def follow(moves: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    """Return moves with later ones after them: a page that moved twice leads to its last path, and one that came back nowhere."""
    followed = {old: later.get(new, new) for old, new in moves.items()} | dict(later)
    taken = set(later.values())
    kept = [(old, new) for old, new in followed.items() if old not in taken and old != new]
    return dict(kept[-KEPT:])


def _records(archive: Archive) -> dict[int, Record]:
    """Return all records by the identity of their cards, which are the same objects while a note does not change."""
    return {id(record.card): record for record in (*archive.records, *archive.undated, *archive.pages)}


def _pair_by_title(gone: Sequence[Record], come: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Pair the records of a file whose titles stayed the same, if no other record of the file has the title."""
    former, present = _by_title(gone), _by_title(come)
    return [
        (old[0], present[title][0])
        for title, old in former.items()
        if len(old) == 1 and len(present.get(title, ())) == 1
    ]


def _by_title(records: Sequence[Record]) -> dict[tuple[str, str], list[Record]]:
    titled: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        titled[record.card.source.path, record.card.title].append(record)
    return titled


def _pair_by_text(gone: Sequence[Record], come: Sequence[Record]) -> list[tuple[Record, Record]]:
    held = (
        Held(old.id, routes.path_of(old)[:-1], file_mark(old.card.source.path), held_part(old.card.sketch))
        for old in gone
    )
    former = {old.id: old for old in gone}
    found = recognise([new.card for new in come], Lock(entries={each.id: each for each in held})).ids
    return [(former[found[id(new.card)]], new) for new in come if id(new.card) in found]


def _move_days(pairs: Sequence[tuple[Record, Record]], after: Archive) -> dict[str, str]:
    """Return the moves of days without entries whose entries are all on one other day."""
    days: dict[str, set[str]] = defaultdict(set)
    for old, new in pairs:
        if old.card.date and new.card.date:
            days[routes.day(old.card.date)].add(routes.day(new.card.date))
    present = {routes.day(day.date) for day in after.days}
    return {old: new for old, (new, *others) in days.items() if not others and old not in present}
