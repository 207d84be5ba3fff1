"""An arrangement and what was remembered -> what is to be remembered from now on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain

from msgspec import Struct, structs

from ..addresses.lock import Held, HeldList, Lock
from ..addresses.parsing import settle_owners
from ..addresses.recognise import Recognised
from ..addresses.sketch import MEMBER, file_mark, held_part, id_mark
from ..archive.archive import Archive, Record
from ..model import tag_key
from . import routes
from .pagination import count_pages, count_whole_pages

MEMBERS = 3
"""How many entries of a list are remembered, by which the list is recognised under another name."""

NO_KEYS: Mapping[str, str] = {}
"""The citation keys of a site that exports no works."""


class Listed(Struct, frozen=True):
    """A list that the site has: its address and key, the number of its pages, and its entries."""

    address: str
    key: str
    pages: int
    records: Sequence[Record]


def remember(
    archive: Archive,
    recognised: Recognised,
    aliases: Mapping[str, Iterable[str]],
    *,
    per_page: int,
    site: str,
    keys: Mapping[str, str] = NO_KEYS,
) -> Lock:
    """Return the lock that a build of this archive leaves behind. `site` is the site's name, or empty if it is not to be kept.

    `keys` are citation keys by the ids of entries. An entry that has one already keeps it.

    Entries that were not recognised again, and the lists that are no more, stay in it for ever, so that their addresses
    answer.
    """
    lock = recognised.lock
    # The home page always has its address.
    pages = (record for record in archive.pages if routes.path_of(record) != routes.HOME)
    records = (*archive.records, *archive.undated, *pages)
    entries = {
        record.id: _remember_entry(record, lock.entries.get(record.id), keys.get(record.id, "")) for record in records
    }
    former = dict(lock.former)
    for name, held in entries.items():
        former.pop(held.address, None)
        if (known := lock.entries.get(name)) and known.address != held.address:
            former[known.address] = name
    heirs = _ids_of_heirs(recognised, records) if recognised.heirs else {}
    for name, held in lock.entries.items():
        if name not in entries:
            entries[name] = held if held.gone else structs.replace(held, gone=True, heir=heirs.get(name, ""))
    if any(lock.owners.get(held, record.id) != record.id for record in archive.pages for held in [_address(record)]):
        entries, former = settle_owners(entries.values(), former.items())  # a page has an address that an entry had
    return Lock(lock.site or site, entries, former, _remember_lists(archive, lock, aliases, per_page))


def _address(record: Record) -> str:
    return routes.path_of(record)[:-1]


def _remember_entry(record: Record, known: Held | None, key: str) -> Held:
    card, address = record.card, _address(record)
    file, sketch = file_mark(card.source.path), held_part(card.sketch)
    if known is None:
        return Held(record.id, address, file, sketch, key=key)
    key = known.key or key
    if (known.address, known.file, known.sketch, known.gone, known.key) == (address, file, sketch, False, key):
        return known
    return Held(record.id, address, file, sketch, line=known.line, key=key)


def _ids_of_heirs(recognised: Recognised, records: Iterable[Record]) -> dict[str, str]:
    names = {id(record.card): record.id for record in records}
    return {name: names[id(card)] for name, card in recognised.heirs.items() if id(card) in names}


def lists_of(archive: Archive, per_page: int) -> Iterator[Listed]:
    """Yield the lists of an archive whose addresses an author's edit can change."""
    for key, tag in archive.tags.items():
        if tag.count or tag.children:
            pages = count_pages(len(tag.records), per_page)
            yield Listed(routes.tag(tag.name.slug)[:-1], key, pages, (*tag.records, *tag.undated))
    undated: dict[str, list[Record]] = defaultdict(list)
    for record in archive.undated:
        undated[record.card.kind].append(record)
    for kind, records in archive.kinds.items():
        yield Listed(
            routes.kind(kind)[:-1], kind, count_pages(len(records), per_page), (*records, *undated.get(kind, ()))
        )
    if archive.undated:
        yield Listed(routes.NOTES[:-1], "", count_whole_pages(len(archive.undated), per_page), ())


def _remember_lists(
    archive: Archive, lock: Lock, aliases: Mapping[str, Iterable[str]], per_page: int
) -> dict[str, HeldList]:
    members = _Members(archive)
    present = {each.address: each for each in lists_of(archive, per_page)}
    held = {address: _remember_list(each, lock.lists.get(address), members) for address, each in present.items()}
    meant = meanings(aliases)
    fresh = {each.key for address, each in present.items() if address not in lock.lists or lock.lists[address].gone}
    for address, known in lock.lists.items():
        if address not in present:
            is_tag = address.startswith(routes.TAGS)
            heir = meant.get(known.key, "") if is_tag else ""
            if not heir:
                heir = known.heir if known.gone else members.find_heir(known, fresh, is_tag=is_tag)
            held[address] = structs.replace(known, gone=True, heir=heir)
    return held


def _remember_list(listed: Listed, known: HeldList | None, members: "_Members") -> HeldList:
    if known is None:
        return HeldList(listed.address, listed.key, listed.pages, members.choose(listed.records))
    kept = known.members if members.are_still_in(known) else members.choose(listed.records) or known.members
    return HeldList(listed.address, listed.key, max(listed.pages, known.pages), kept, line=known.line)


class _Members:
    """The entries of an archive by the marks of their ids."""

    def __init__(self, archive: Archive) -> None:
        self._by_mark: dict[str, Record] = {}
        self._marks: dict[str, str] = {}
        for record in chain(archive.records, archive.undated):
            mark = self._marks[record.id] = id_mark(record.id)
            self._by_mark[mark] = record

    def choose(self, records: Iterable[Record]) -> str:
        """Return the marks of a few entries. They are the least, so that a new entry rarely is one of them."""
        return "".join(nsmallest(MEMBERS, {self._marks[record.id] for record in records}))

    def are_still_in(self, held: HeldList) -> bool:
        """Return True if one of the remembered entries is still in the list."""
        return any(held.key in _keys(record, held) for record in self._of(held))

    def find_heir(self, held: HeldList, fresh: set[str], *, is_tag: bool) -> str:
        """Return the only new list that all remembered entries of a list are in now, or nothing."""
        records = self._of(held)
        if not records:
            return ""
        common = set.intersection(*(set(_keys(record, held)) for record in records)) & fresh
        alike = {key for key in common if key.count("/") == held.key.count("/")} if is_tag else common
        return next(iter(alike or common)) if len(alike or common) == 1 else ""

    def _of(self, held: HeldList) -> list[Record]:
        marks = (held.members[at : at + MEMBER] for at in range(0, len(held.members), MEMBER))
        return [self._by_mark[mark] for mark in marks if mark in self._by_mark]


def _keys(record: Record, held: HeldList) -> tuple[str, ...]:
    return record.keys if held.address.startswith(routes.TAGS) else (record.card.kind,)


def meanings(aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the keys of tags by the keys of their aliases."""
    return {tag_key(alias): tag_key(name) for name, others in aliases.items() for alias in others}
