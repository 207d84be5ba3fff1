"""Update an archive from the cards removed and added, touching only the affected days.

The result equals what `build_archive` returns for all cards. An author waits for it after saving a note, so its cost hardly
grows with the size of the archive.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from operator import attrgetter
from typing import TypeVar

from ..addresses.recognise import UNKNOWN, Recognised
from ..addresses.wishes import place_of
from ..diagnostics import Diagnostic
from ..model import Card
from .archive import (
    Archive,
    Day,
    Naming,
    Record,
    TagPage,
    address_day,
    address_entries,
    build_archive,
    collisions,
    name_tags,
    undated_by_tag,
)
from .vocabulary import NO_VOCABULARY, Vocabulary

MOST_DATES = 32
"""If the entries of more dates changed, the archive is built anew."""

Item = TypeVar("Item")

_day_of: Callable[[Day], dt.date] = attrgetter("date")
_date_of: Callable[[Record], dt.date] = attrgetter("date")


def renew_archive(
    former: Archive,
    gone: Sequence[Card],
    come: Sequence[Card],
    aliases: Mapping[str, Iterable[str]],
    kinds: Sequence[str],
    recognised: Recognised = UNKNOWN,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    """Return `former` without the cards in `gone` and with the cards in `come`, and an error for each collision.

    `former` must have been built with the same `aliases`, `vocabulary`, `kinds` and lock, and all cards that are not in `come` must have been
    `recognised` as the same entries. Cards in `gone` are found by identity, so they must
    be the very objects in `former`.
    """
    left = {id(card) for card in gone}
    spellings = Counter(former.spellings)
    spellings.update(tag for card in come for tag in card.tags)
    spellings.subtract(tag for card in gone for tag in card.tags)
    naming = name_tags(+spellings, aliases, recognised.lock.slugs, vocabulary)
    renamed = [page for key, page in former.tags.items() if naming.names.get(key, page.name) != page.name]
    dates = {card.date for card in (*gone, *come) if card.date}
    dates |= {_date_of(record) for page in renamed for record in page.records}
    if len(dates) > MOST_DATES or {*former.kinds, *(card.kind for card in come)} != set(kinds):
        still = [record.card for record in (*former.records, *former.undated) if id(record.card) not in left]
        return build_archive([*still, *come], aliases, kinds, recognised, vocabulary)

    days, records, doubles = former.days, former.records, dict(former.doubles)
    by_kind = dict(former.kinds)
    by_tag: dict[str, tuple[Record, ...]] = {}
    for date in sorted(dates):
        old = _on(records, date)
        still = [record.card for record in old if id(record.card) not in left]
        ordered = sorted([*still, *(card for card in come if card.date == date)], key=place_of)
        day, doubles[date] = address_day(date, ordered, naming, recognised)
        days = _exchange(days, date, [day] if ordered else [], _day_of)
        records = _exchange(records, date, day.records, _date_of)
        for kind in {record.card.kind for record in (*old, *day.records)}:
            fresh = [record for record in day.records if record.card.kind == kind]
            by_kind[kind] = _exchange(by_kind[kind], date, fresh, _date_of, newest_first=True)
        tagged = {key: list[Record]() for record in old for key in record.keys}
        for record in day.records:
            for key in record.keys:
                tagged.setdefault(key, []).append(record)
        for key, with_tag in tagged.items():
            has = by_tag[key] if key in by_tag else former.tags[key].records if key in former.tags else ()
            by_tag[key] = _exchange(has, date, with_tag, _date_of, newest_first=True)
    tags = {key: page for key, page in former.tags.items() if key not in by_tag}
    undated, pages = former.undated, {key: page.undated for key, page in former.tags.items() if page.undated}
    if any(card.date is None for card in (*gone, *come)) or any(page.undated for page in renamed):
        undated, doubles[None] = _renew_undated(former, left, come, naming, recognised)
        renewed = undated_by_tag(undated)
        # A tag changes with its notes without a date, even if none of its dated entries changed.
        for key in (*pages, *renewed):
            by_tag.setdefault(key, former.tags[key].records if key in former.tags else ())
        tags = {key: page for key, page in tags.items() if key not in by_tag}
        pages = {key: tuple(found) for key, found in renewed.items()}
    for key, found in by_tag.items():
        if found or key in pages:
            tags[key] = naming.page(key, found, pages.get(key, ()))
    if vocabulary.parents:
        tags = _renew_tree(tags, naming)
    archive = Archive(
        records=records,
        days=days,
        tags={key: tags[key] for key in sorted(tags)},
        kinds=by_kind,
        spellings=+spellings,
        doubles={date: found for date, found in doubles.items() if found},
        undated=undated,
    )
    return archive, collisions(archive, naming)


def _renew_tree(tags: Mapping[str, TagPage], naming: Naming) -> dict[str, TagPage]:
    """Return the pages of all tags. The tags above and below a tag, which its page names, may have come or gone."""
    pages = ((key, tags.get(key)) for key in naming.names)
    return {key: naming.page(key, page.records, page.undated) if page else naming.page(key, ()) for key, page in pages}


def _renew_undated(
    former: Archive, left: Set[int], come: Sequence[Card], naming: Naming, recognised: Recognised
) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    still = [record.card for record in former.undated if id(record.card) not in left]
    ordered = sorted([*still, *(card for card in come if card.date is None)], key=place_of)
    return address_entries(ordered, naming, recognised)


def _on(records: tuple[Record, ...], date: dt.date) -> tuple[Record, ...]:
    return records[bisect_left(records, date, key=_date_of) : bisect_right(records, date, key=_date_of)]


def _exchange(
    items: tuple[Item, ...],
    date: dt.date,
    fresh: Iterable[Item],
    date_of: Callable[[Item], dt.date],
    *,
    newest_first: bool = False,
) -> tuple[Item, ...]:
    """Replace the items of one date in a list that is sorted by date."""
    sign = -1 if newest_first else 1

    def place(item: Item) -> int:
        return sign * date_of(item).toordinal()

    wanted = sign * date.toordinal()
    start, end = bisect_left(items, wanted, key=place), bisect_right(items, wanted, key=place)
    return (*items[:start], *fresh, *items[end:])
