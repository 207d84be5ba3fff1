"""Two arrangements, one after the other -> where the pages went that have another address now.

A browser that shows such a page follows it. Entries are recognised by the rules by which builds recognise them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..addresses.lock import Held, Lock
from ..addresses.recognise import recognise
from ..addresses.sketch import file_mark, held_part
from ..archive.archive import Archive, Record
from ..site import routes

KEPT = 1_000
"""How many moves are kept. Nobody has more pages open."""


def find_moves(before: Archive, after: Archive) -> dict[str, str]:
    """Return the new site paths by the old ones, of entries, notes and pages of the author's own, of periods and of tags.

    A day, a week, a month, a year or a tag that has no entries any more leads to the one that has all of them now.
    """
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
    lists = (*_move_periods(pairs, after), *_move_tags(pairs, before, after))
    return {old: new for old, new in (*moves.items(), *lists) if old != new}


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


def _move_periods(pairs: Sequence[tuple[Record, Record]], after: Archive) -> Iterator[tuple[str, str]]:
    """Yield the moves of days, weeks, months and years without entries whose entries are all in one other."""
    periods: dict[str, set[str]] = defaultdict(set)
    for old, new in pairs:
        if old.card.date and new.card.date and old.card.date != new.card.date:
            for former, present in zip(_periods_of(old.card.date), _periods_of(new.card.date), strict=True):
                periods[former].add(present)
    if periods:
        taken = {period for day in after.days for period in _periods_of(day.date)}
        yield from ((old, new) for old, (new, *others) in periods.items() if not others and old not in taken)


def _periods_of(date: dt.date) -> tuple[str, ...]:
    return routes.day(date), routes.week(date), routes.month(date), routes.year(date.year)


def _move_tags(pairs: Sequence[tuple[Record, Record]], before: Archive, after: Archive) -> Iterator[tuple[str, str]]:
    """Yield the moves of tags that are gone: to the one tag that all their entries got instead.

    `a` above `a/b` leads to `c` above `c/b`.
    """
    gone = before.tags.keys() - after.tags.keys()
    got: dict[str, set[str]] = {}
    for old, new in pairs if gone else ():
        come = set(new.keys).difference(old.keys)
        own, written = {tag.key for tag in old.tags}, {tag.key for tag in new.tags}
        for key in gone.intersection(old.keys):
            level = key.count("/")
            beside = come & written if key in own else {each for each in come if each.count("/") == level}
            got[key] = got.get(key, beside) & beside
    for key, (new_key, *others) in ((key, sorted(found)) for key, found in got.items() if found):
        if not others:
            yield routes.tag(before.tags[key].name.slug), routes.tag(after.tags[new_key].name.slug)
