"""The former name of an entry in a link -> the entry, by the former addresses that `digest.lock` remembers.

An address holds a title as its slug, so it tells of a title that was. Authors change titles daily, and their old links stay.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..addresses.lock import Lock
from ..addresses.wishes import day_address
from ..archive.archive import Archive, Record
from ..archive.names import Meaning, parts_of
from ..model import Reference
from ..notes.file_names import read_file_name
from ..slugs import slugify


class FormerNames:
    """The former titles, slugs and addresses of the entries of an archive."""

    def __init__(self, archive: Archive, lock: Lock) -> None:
        self._records: Mapping[str, Record] = {
            record.id: record for record in (*archive.pages, *archive.undated, *archive.records)
        }
        self._addresses: dict[str, list[str]] = defaultdict(list)
        for address in lock.former:
            self._addresses[address.rpartition("/")[2]].append(address)
        self._lock = lock

    def find(self, reference: Reference, day: dt.date | None) -> Meaning | None:
        """Return the entry that had a name. If several had it, it is the one whose address had the `day`, or none."""
        target, part = parts_of(reference)
        names = [(f"{target}#{part}", True), (target, False)] if part else [(target, False)]
        for name, is_whole in names:
            found = {address: record for end in _ends(name) for address, record in self._with(end)}
            if len(set(map(id, found.values()))) > 1 and day:
                found = {address: record for address, record in found.items() if address.startswith(day_address(day))}
            ends = {record.id: record for record in found.values()}
            if len(ends) == 1:
                return Meaning(next(iter(ends.values())), whole=is_whole)
        return None

    def _with(self, end: str) -> Iterator[tuple[str, Record]]:
        """Yield the former addresses that end so, with the entries that had them."""
        for address in self._addresses.get(end.rpartition("/")[2], ()):
            record = self._records.get(self._lock.former[address])
            if record and f"/{address}".endswith(f"/{end}"):
                yield address, record


def _ends(name: str) -> Iterator[str]:
    """Yield the ends of addresses that a name may mean: the slug of a title, an address, and a dated name of a file."""
    name = name.removesuffix(".md")
    yield slugify(name)
    steps = name.strip("/").split("/")
    if len(steps) > 1:
        yield "/".join([*steps[:-1], slugify(steps[-1])])
    file = read_file_name(steps[-1])
    if file.date and file.title:
        yield f"{day_address(file.date)}/{slugify(file.title)}"
