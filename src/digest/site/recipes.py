"""What each page is made of: small structs that name the entries of a page without holding their text.

A page's view is a pure function of its recipe, the settings and the texts of the entries in it. So the hash of a recipe,
in which every entry is stood for by its digest, is the page's fingerprint: equal fingerprint, equal page. No page needs
to be composed to know that it hasn't changed.
"""

import datetime as dt
import hashlib
from typing import Any

import msgspec
from msgspec import Struct

from ..archive.archive import Day, Record, TagName
from ..model import Reference

Targets = tuple[tuple[Reference, Record | dt.date], ...]
"""What the references in one entry's text lead to."""

Counts = tuple[tuple[dt.date, int], ...]
"""Entries per date, oldest first; dates without entries are left out."""

TagCounts = tuple[tuple[TagName, int], ...]


class HomeRecipe(Struct, frozen=True):
    """The newest days, the last year's counts, its busy tags, and the years of the archive."""

    days: tuple[Day, ...]
    counts: Counts
    tags: TagCounts
    years: tuple[tuple[int, int], ...]


class DayRecipe(Struct, frozen=True):
    """A day in full; `targets` stand in the order of its entries."""

    day: Day
    targets: tuple[Targets, ...]
    previous: dt.date | None
    next: dt.date | None


class EntryRecipe(Struct, frozen=True):
    """An entry with those it is shown beside."""

    record: Record
    siblings: tuple[Record, ...]
    targets: Targets
    mentions: tuple[Record, ...]
    mentioned_by: tuple[Record, ...]
    same: tuple[Record, ...]
    related: tuple[Record, ...]
    previous: Record | None
    next: Record | None


class MarkdownRecipe(Struct, frozen=True):
    """An entry as a Markdown file."""

    record: Record


class YearRecipe(Struct, frozen=True):
    """A year: counts per date, busy tags, kinds, and the years around it."""

    year: int
    counts: Counts
    tags: TagCounts
    kinds: tuple[tuple[str, int], ...]
    previous: int | None
    next: int | None


class MonthRecipe(Struct, frozen=True):
    """A month's days, oldest first, its busy tags, and the months around it by their first day."""

    month: dt.date
    days: tuple[Day, ...]
    tags: TagCounts
    previous: dt.date | None
    next: dt.date | None


class ArchiveRecipe(Struct, frozen=True):
    """Every date's count."""

    counts: Counts


class TagTrend(Struct, frozen=True):
    """A tag with its entries per year of the site and its first and last date."""

    name: TagName
    count: int
    trend: tuple[int, ...]
    first: dt.date
    last: dt.date


class TagsRecipe(Struct, frozen=True):
    """All tags, busiest first, over the site's years."""

    tags: tuple[TagTrend, ...]
    years: tuple[int, ...]


class TagRecipe(Struct, frozen=True):
    """A page of a tag's entries; `timeline` is (year, count), `related` are tags it goes with."""

    name: TagName
    records: tuple[Record, ...]
    page: int
    pages: int
    count: int
    timeline: tuple[tuple[int, int], ...]
    related: TagCounts
    children: TagCounts
    aliases: tuple[str, ...]
    first: dt.date
    last: dt.date


class KindsRecipe(Struct, frozen=True):
    """Every kind with its count and newest entries."""

    kinds: tuple[tuple[str, int, tuple[Record, ...]], ...]


class KindRecipe(Struct, frozen=True):
    """A page of a kind's entries."""

    kind: str
    records: tuple[Record, ...]
    page: int
    pages: int
    count: int
    timeline: tuple[tuple[int, int], ...]


class SearchRecipe(Struct, frozen=True):
    """The search page: where to go without scripts."""

    tags: TagCounts
    years: tuple[tuple[int, int], ...]


class NotFoundRecipe(Struct, frozen=True):
    """The page for an address that doesn't exist."""

    tags: TagCounts


class FeedRecipe(Struct, frozen=True):
    """The newest entries of the site, or of a tag, as a feed; `targets` stand in the order of the entries."""

    tag: TagName | None
    records: tuple[Record, ...]
    targets: tuple[Targets, ...]


class JsonFeedRecipe(FeedRecipe, frozen=True):
    """The same as JSON Feed."""


class EntriesRecipe(Struct, frozen=True):
    """The whole digest as JSON, newest day first."""

    records: tuple[Record, ...]


class SchemaRecipe(Struct, frozen=True):
    """The JSON Schema of the whole digest."""


class SitemapRecipe(Struct, frozen=True):
    """Every page's path with the date of its newest entry."""

    pages: tuple[tuple[str, dt.date | None], ...]


class RobotsRecipe(Struct, frozen=True):
    """The rules for crawlers."""


Recipe = (
    HomeRecipe
    | DayRecipe
    | EntryRecipe
    | MarkdownRecipe
    | YearRecipe
    | MonthRecipe
    | ArchiveRecipe
    | TagsRecipe
    | TagRecipe
    | KindsRecipe
    | KindRecipe
    | SearchRecipe
    | NotFoundRecipe
    | FeedRecipe
    | EntriesRecipe
    | SchemaRecipe
    | SitemapRecipe
    | RobotsRecipe
)


class Page(Struct, frozen=True):
    """A file of the site: where it lies and what it is made of. `path` is a site path (see `routes`)."""

    path: str
    recipe: Recipe


def fingerprint(page: Page, epoch: bytes) -> bytes:
    """Return the hash of all that makes the page: its recipe and `epoch`, the hash of versions, settings and theme."""
    recipe = msgspec.msgpack.encode((page.path, type(page.recipe).__name__, page.recipe), enc_hook=_digest)
    return hashlib.blake2b(recipe, digest_size=16, key=epoch).digest()


def _digest(record: Any) -> bytes:
    if isinstance(record, Record):
        return record.digest
    raise TypeError(f"a recipe cannot hold {type(record).__name__}")


def texts_of(recipe: Recipe) -> tuple[Record, ...]:
    """Return the entries whose whole text a page shows."""
    match recipe:
        case DayRecipe(day=day):
            return day.records
        case EntryRecipe(record=record) | MarkdownRecipe(record=record):
            return (record,)
        case FeedRecipe(records=records) | EntriesRecipe(records=records):
            return records
    return ()
