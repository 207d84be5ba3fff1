"""The archive together with everything else that page types plan from.

Values that depend on the whole archive are computed when a page type first needs them: a preview of one page often needs
none of them.
"""

import datetime as dt
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct

from ..addresses.old import OldAddress
from ..archive.archive import Archive, Day, Record, TagName
from ..archive.references import References, find_references
from ..archive.related import Neighbourhood
from ..archive.trends import Rising, find_rising
from ..text.mentions import name_mentions
from .bibliography import CiteKeys, Reference, find_works, make_keys
from .host_redirects import HostRedirect, fit_netlify, list_redirects
from .initials import initial_of
from .recipes import Counts, Mentioning, TagCounts, Targets
from .views import Site

BUSY_TAGS = 24
YEAR_OF_DAYS = 371
"""Fifty-three whole weeks, so that the calendar of the last year reaches back to the same date a year ago."""

T = TypeVar("T")


class Limits(Struct, frozen=True):
    """How many items a page shows: days on the home page, entries on a page of a list, entries in a feed."""

    home_days: int = 7
    per_page: int = 50
    feed_entries: int = 20


class Arrangement(Struct, frozen=True, dict=True):
    """The one value that pages are planned from.

    `notes_folder` is the folder of the notes, as paths of sources begin. `redirects_file` names the hosts for which the site has
    a file of redirects, or is empty; `own_redirects` are the lines that the author has written for it.
    """

    site: Site
    archive: Archive
    limits: Limits = Limits()
    notes_folder: str = "notes"
    redirects_file: str = ""
    own_redirects: bytes = b""

    @cached_property
    def old_addresses(self) -> tuple[OldAddress, ...]:
        """The addresses that the site once had and no longer has, by path."""
        return ()

    @cached_property
    def old_by_path(self) -> Mapping[str, OldAddress]:
        """The old addresses by path."""
        return {old.path: old for old in self.old_addresses}

    @cached_property
    def host_redirects(self) -> tuple[HostRedirect, ...]:
        """The redirects that a file of the site leaves to the host."""
        if not self.redirects_file:
            return ()
        return fit_netlify(list_redirects(self.old_addresses, self.site.root), self.own_redirects)

    @cached_property
    def host_targets(self) -> Mapping[str, str]:
        """The addresses to which the host leads, by the path that is asked for."""
        return {redirect.asked: redirect.target for redirect in self.host_redirects}

    @cached_property
    def led_by_host(self) -> Set[str]:
        """The old addresses that the host leads on, so that no page lies there: it would be sent instead."""
        return frozenset(redirect.path for redirect in self.host_redirects)

    @cached_property
    def cite_keys(self) -> CiteKeys:
        """The keys by which bibliographies cite entries."""
        return make_keys(self.site, self.archive, {})

    @cached_property
    def works(self) -> Mapping[str, Reference]:
        """The entries about works as bibliographies have them, by the entry's id."""
        return find_works(self.cite_keys, (*self.archive.records, *self.archive.undated))

    @cached_property
    def references(self) -> References:
        """What entries refer to."""
        return find_references(self.archive)

    @cached_property
    def mentioned_works(self) -> Mapping[str, tuple[Record | str, ...]]:
        """The works that entries mention, by the entry's id: the entries about them, or arXiv ids of works without an entry."""
        found: dict[str, tuple[Record | str, ...]] = {}
        for record in self.archive.records:
            known = dict(self.references.targets.get(record.id, ()))
            papers = (each.target for each in record.card.references if each.kind == "arxiv" and each not in known)
            works: list[Record | str] = [paper for paper in papers if f"arxiv:{paper}" != record.subject]
            about = (other for other in self.references.mentions.get(record.id, ()) if other.subject)
            works += (other for other in about if other.subject != record.subject)
            if works:
                found[record.id] = tuple(works)
        return found

    def mentioned_by(self, record: Record) -> tuple[Mentioning, ...]:
        """Return the entries that mention an entry, newest first, each with the first sentence that does."""
        others = self.references.mentioned_by.get(record.id, ())
        return tuple((other, self._sentence_about(record, other)) for other in others)

    def _sentence_about(self, record: Record, other: Record) -> str:
        """Return the sentence in which another entry mentions an entry, unless it is only the entry's title."""
        found = dict(self.targets(other))
        for reference, sentence in zip(other.card.references, other.card.mentions, strict=False):
            if sentence and found.get(reference) is record:
                # The page of the other entry has titles where its note names files.
                titles = {each.target: end.card.title for each, end in found.items() if isinstance(end, Record)}
                named = name_mentions(sentence, titles)
                return "" if named.casefold() == record.card.title.casefold() else named
        return ""

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        return Neighbourhood(self.archive)

    def related(self, record: Record) -> tuple[Record, ...]:
        """Return the related entries of an entry, without the entries that its page already links to."""
        return self._neighbourhood.related(record, self._shown_with(record))

    def _shown_with(self, record: Record) -> tuple[Record, ...]:
        """Return the entries that the page of an entry already links to."""
        found, name = self.references, record.id
        return (*found.mentions.get(name, ()), *found.mentioned_by.get(name, ()), *found.same.get(name, ()))

    def targets(self, record: Record) -> Targets:
        """Return the targets of the references in an entry's text."""
        return self.references.targets.get(record.id, ())

    def by_title(self, records: Iterable[Record]) -> tuple[Record, ...]:
        """Sort notes without a date by title, in the order of a Korean index."""
        return tuple(sorted(records, key=title_order))

    @cached_property
    def undated_kinds(self) -> Mapping[str, tuple[Record, ...]]:
        """The notes without a date of each kind, by title."""
        kinds: dict[str, list[Record]] = defaultdict(list)
        for record in self.by_title(self.archive.undated):
            kinds[record.card.kind].append(record)
        return {kind: tuple(records) for kind, records in kinds.items()}

    def folder_of(self, record: Record) -> str:
        """Return the folder of a note below that of all notes, or nothing if it lies in none."""
        path = record.card.source.path.rpartition("/")[0]
        return unicodedata.normalize("NFC", path.removeprefix(self.notes_folder).strip("/"))

    @cached_property
    def folders(self) -> Mapping[str, tuple[Record, ...]]:
        """The notes without a date by folder, both in order: notes in no folder first."""
        folders: dict[str, list[Record]] = defaultdict(list)
        for record in self.by_title(self.archive.undated):
            folders[self.folder_of(record)].append(record)
        return {folder: tuple(folders[folder]) for folder in sorted(folders)}

    @cached_property
    def counts(self) -> Counts:
        """Entries per date."""
        return tuple((day.date, len(day.records)) for day in self.archive.days)

    @cached_property
    def places_in_days(self) -> Mapping[str, int]:
        """The number of each entry within its day, counted from 0, by the entry's id."""
        return {record.id: place for day in self.archive.days for place, record in enumerate(day.records)}

    @cached_property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Entries per year, newest first. Years without entries are absent."""
        years: Counter[int] = Counter()
        for date, count in self.counts:
            years[date.year] += count
        return tuple(sorted(years.items(), reverse=True))

    @cached_property
    def quarters(self) -> Mapping[int, int]:
        """Entries per quarter, by its number (see `quarter_of`)."""
        quarters: Counter[int] = Counter()
        for date, count in self.counts:
            quarters[quarter_of(date)] += count
        return quarters

    @cached_property
    def rising(self) -> tuple[Rising, ...]:
        """The tags on the rise in the year before the newest entry."""
        days = self.archive.days
        if not days:
            return ()
        start = start_of_year(days[-1].date)
        return find_rising((record for day in days if day.date >= start for record in day.records), days[-1].date)

    @cached_property
    def busy_tags(self) -> TagCounts:
        """The busiest tags of the last year or, without any date, of all notes."""
        days = self.archive.days
        if not days:
            return busy_tags(self.archive.undated)
        start = start_of_year(days[-1].date)
        return busy_tags(record for day in days if day.date >= start for record in day.records)


def title_order(record: Record) -> tuple[int, str, str, str]:
    """Return the sort key of a title in an index."""
    return (*initial_of(record.card.title), record.card.title.casefold(), record.id)


def start_of_year(last: dt.date) -> dt.date:
    """Return the first date of the year that ends with `last`."""
    return last - dt.timedelta(days=YEAR_OF_DAYS - 1)


def quarter_of(date: dt.date) -> int:
    """Return the number of a date's quarter, counted from the first one of year 0."""
    return date.year * 4 + (date.month - 1) // 3


def busy_tags(records: Iterable[Record]) -> TagCounts:
    """Return the most used tags of some entries."""
    counts: Counter[TagName] = Counter(tag for record in records for tag in record.tags)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].key))[:BUSY_TAGS])


def neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item with the items before and after it."""
    for n, item in enumerate(items):
        yield items[n - 1] if n else None, item, items[n + 1] if n + 1 < len(items) else None


def days_around(archive: Archive, year: str, month: str, day: str) -> tuple[Day, ...]:
    """Return the day with a date and the days before and after it. Without entries on that date, return nothing."""
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return ()
    place = bisect_left(archive.days, date, key=attrgetter("date"))
    if place == len(archive.days) or archive.days[place].date != date:
        return ()
    return archive.days[max(0, place - 1) : place + 2]
