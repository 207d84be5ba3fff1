"""What is remembered, and the archive -> the old addresses of the site, and where each of them leads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from ..addresses.lock import HeldList, Lock, id_at
from ..addresses.old import OldAddress, settle
from ..archive.archive import Archive, Record
from . import routes
from .remembering import lists_of


def forward(archive: Archive, lock: Lock, per_page: int, *, exports: bool = True) -> tuple[OldAddress, ...]:
    """Return every address that the site had and no longer has, by path. `lock` is what is remembered of this archive.

    If the site `exports` works, the files with them beside the old addresses of entries are among them.
    """
    beside = (routes.entry_markdown, routes.bibtex, routes.csl) if exports else (routes.entry_markdown,)
    records = {record.id: record for record in (*archive.records, *archive.undated, *archive.pages)}
    old_entries = list(_forward_entries(lock, records, beside))
    olds = [
        *old_entries,
        *_forward_dates(archive, old_entries, records),
        *_forward_lists(archive, lock, per_page),
    ]
    if not olds:
        return ()
    pages = {routes.path_of(record) for record in records.values()}
    endings = [form("") for form in beside]
    gone = (old for old in olds if not _is_present(old.path, pages, endings))
    return tuple(settle(gone, ()).addresses.values())


def _is_present(path: str, pages: Set[str], endings: Iterable[str]) -> bool:
    """Return True for the path of a page, and for that of a file beside one."""
    return path in pages or any(path.endswith(ending) and path.removesuffix(ending) in pages for ending in endings)


def _forward_entries(
    lock: Lock, records: Mapping[str, Record], beside: Iterable[Callable[[str], str]]
) -> Iterator[OldAddress]:
    """Yield the former addresses of entries, and those of entries that were removed, each with the files `beside` it."""
    for address, owner in lock.owners.items():
        held = lock.entries[owner]
        if not held.gone and held.address == address:
            continue
        heir = _heir(owner, lock)
        path, record = f"{address}/", records.get(heir)
        target = routes.path_of(record) if record else None
        title, date = (record.card.title, None) if record else ("", _date_of(lock.entries[heir].address))
        yield OldAddress(path, target, title, date)
        if address.startswith(routes.NOTES) or _date_of(address):
            for form in beside:
                yield OldAddress(form(path), form(target) if target else None, title, date)


def _heir(name: str, lock: Lock) -> str:
    """Return the entry that took the place of a removed one, or the entry itself."""
    passed = {name}
    while (held := lock.entries[name]).gone and held.heir and held.heir not in passed:
        name = held.heir
        passed.add(name)
    return name


def _date_of(address: str) -> dt.date | None:
    """Return the date in the address of an entry."""
    name = id_at(address)
    return None if name == address else dt.date.fromisoformat(name[:10])


def _forward_dates(archive: Archive, olds: Iterable[OldAddress], records: Mapping[str, Record]) -> Iterator[OldAddress]:
    """Yield the days, weeks, months and years that have no entry any more."""
    dates = {day.date for day in archive.days}
    months = {date.replace(day=1) for date in dates}
    years = {date.year for date in dates}
    weeks = {routes.week(date) for date in dates}
    moved: dict[dt.date, set[str | None]] = defaultdict(set)
    for old in olds:
        if old.path.endswith("/") and (date := _date_of(old.path[:-1])):
            moved[date].add(old.target)
    for date in sorted(moved.keys() - dates):
        month = date.replace(day=1)
        target = _common_day(moved[date]) or (routes.month(date) if month in months else _year(date, years))
        yield OldAddress(routes.day(date), target)
        if routes.week(date) not in weeks:
            thursday = date + dt.timedelta(days=3 - date.weekday())  # for every date of a week the same
            is_month = thursday.replace(day=1) in months
            yield OldAddress(routes.week(date), routes.month(thursday) if is_month else _year(thursday, years))
        if month not in months:
            yield OldAddress(routes.month(date), _year(date, years))
        if date.year not in years:
            yield OldAddress(routes.year(date.year), routes.ARCHIVE)


def _year(date: dt.date, years: Iterable[int]) -> str:
    return routes.year(date.year) if date.year in years else routes.ARCHIVE


def _common_day(targets: Iterable[str | None]) -> str | None:
    """Return the day that all entries of a day were moved to, or None."""
    days = {routes.day(date) if target and (date := _date_of(target[:-1])) else None for target in targets}
    return next(iter(days)) if len(days) == 1 else None


def _forward_lists(archive: Archive, lock: Lock, per_page: int) -> Iterator[OldAddress]:
    """Yield the pages of lists that are gone, and the numbered pages that lists no longer have."""
    present = {each.address: each.pages for each in lists_of(archive, per_page)}
    feeds = {routes.tag_feed(tag.name.slug) for tag in archive.tags.values() if tag.records}
    for address, held in lock.lists.items():
        pages = present.get(address, 0)
        target = f"{address}/" if pages else _heir_of_list(held, lock)
        is_notes = f"{address}/" == routes.NOTES
        if not pages:
            yield OldAddress(f"{address}/", routes.ARCHIVE if is_notes else target)
        # A tag has a feed if one of its entries has a date.
        if address.startswith(routes.TAGS) and (feed := f"{address}/feed.xml") not in feeds:
            heir = f"{target}feed.xml"
            yield OldAddress(feed, heir if heir in feeds else None)
        # The newest page of a list is at its own address; of notes without a date, this is the first page.
        numbers = range(max(2, pages + 1), held.pages + 1) if is_notes else range(max(1, pages), held.pages)
        for number in numbers:
            yield OldAddress(f"{address}/page/{number}/", routes.ARCHIVE if is_notes and not pages else target)


def _heir_of_list(held: HeldList, lock: Lock) -> str | None:
    """Return the path of the list that took the place of another one, or None."""
    folder = held.address.partition("/")[0]
    by_key = {each.key: each for each in lock.lists.values() if each.address.startswith(f"{folder}/")}
    passed = {held.key}
    while held.gone and held.heir in by_key and held.heir not in passed:
        held = by_key[held.heir]
        passed.add(held.key)
    return None if held.gone else f"{held.address}/"
