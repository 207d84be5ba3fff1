"""The search index of a build. After a small change another process renews it, while this one plans the pages.

The other process only reads from the cache: what it would save comes back with the files of the index, and is saved here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct

from ..archive.archive import Archive
from ..parallel.workers import Workers
from ..site.views import Site
from ..store.cache import Cache
from .index import IndexedEntries, IndexedSite, index_entries, searchable, write_index
from .job import Job

MOST_TERMS = 64
"""If more documents have to be indexed, that is worth several processes, and the other process gives up."""


class TooManyError(Exception):
    """More documents have to be indexed than one process should do alone."""


class Collected:
    """A cache of search terms that is only read. It collects what is saved, for the process that may write."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._terms: dict[bytes, tuple[bytes, bytes, bytes]] = {}
        self._rows: Mapping[str, bytes | None] = {}
        self._whole = False
        self._gone: tuple[bytes, ...] = ()
        self.term_keys = cache.term_keys
        self.raw_body = cache.raw_body
        self.index_row = cache.index_row

    def raw_terms(self, digest: bytes) -> bytes:
        """Return an entry's encoded search terms; raises DamagedError."""
        return self._terms[digest][1] if digest in self._terms else self._cache.raw_terms(digest)

    def save_terms(self, digest: bytes, key: bytes, terms: bytes, fragment: bytes) -> None:
        """Collect a record's part of the search index. Raises TooManyError."""
        if len(self._terms) >= MOST_TERMS:
            raise TooManyError
        self._terms[digest] = key, terms, fragment

    def drop_terms(self, digests: Iterable[bytes]) -> None:
        """Collect the records that are gone."""
        self._gone = tuple(digests)

    def save_index(self, rows: Mapping[str, bytes | None], *, whole: bool) -> None:
        """Collect rows of the search index."""
        self._rows, self._whole = rows, whole

    def commit(self) -> None:
        """Do nothing, since nothing was written."""

    def changes(self) -> "Changes":
        """Return everything that was saved."""
        return Changes(self._terms, self._rows, self._whole, self._gone)


class Changes(Struct, frozen=True):
    """What is to be saved: the key, terms and fragment of records, rows of the index, and the records that are gone."""

    terms: dict[bytes, tuple[bytes, bytes, bytes]]
    rows: Mapping[str, bytes | None]
    whole: bool
    gone: tuple[bytes, ...]

    def save(self, cache: Cache) -> None:
        """Save the changes."""
        for digest, row in self.terms.items():
            cache.save_terms(digest, *row)
        cache.save_index(self.rows, whole=self.whole)
        cache.drop_terms(self.gone)


class Renewed(Struct, frozen=True):
    """An index that another process renewed, and what is to be saved of it."""

    index: IndexedSite
    changes: Changes


class SiteIndex:
    """The search index of a build. `apart` waits for another process, which returns None if it gave up."""

    def __init__(self, job: Job, archive: Archive, site: Site, apart: Callable[[], Renewed | None] | None) -> None:
        self._job = job
        self._archive = archive
        self._site = site
        self._apart = apart
        self._entries: IndexedEntries | None = None

    def prepare(self) -> None:
        """Index the entries with all workers, unless another process does it."""
        if self._job.config.search.enabled and not self._apart:
            self._entries = self._index_entries()

    def write(self, is_in_place: Callable[[str], bool]) -> IndexedSite | None:
        """Return the files of the index; None without search. Files that are kept must be in place, or all are written."""
        job = self._job
        if not job.config.search.enabled:
            return None
        if renewed := self._apart() if self._apart else None:
            renewed.changes.save(job.cache)
            if all(map(is_in_place, renewed.index.kept)):
                return renewed.index
        entries = self._entries or self._index_entries()
        if not renewed:
            index = write_index(entries, self._site, job.config, job.cache, reuse=True)
            if all(map(is_in_place, index.kept)):
                return index
        return write_index(entries, self._site, job.config, job.cache, reuse=False)

    def _index_entries(self) -> IndexedEntries:
        self._job.progress("index", 0, 0)
        records = searchable(self._archive)
        return index_entries(records, self._site, self._job.cache, self._job.workers, self._job.progress)


@contextmanager
def indexing(job: Job, archive: Archive, site: Site, *, is_first: bool) -> Iterator[SiteIndex]:
    """Begin the search index: in another process, unless it `is_first` and so has to be made from nothing."""
    if is_first or not job.config.search.enabled:
        yield SiteIndex(job, archive, site, None)
        return
    job.cache.commit()  # so that the other process sees all texts
    job.progress("index", 0, 0)
    with job.workers.beside(lambda: _renew(job, archive, site)) as apart:
        yield SiteIndex(job, archive, site, apart)


def _renew(job: Job, archive: Archive, site: Site) -> Renewed | None:
    """Renew the index and collect what is to be saved; return None if that is better done by several processes."""
    collected = Collected(job.cache)
    try:
        entries = index_entries(searchable(archive), site, collected, Workers(1))
    except TooManyError:
        return None
    index = write_index(entries, site, job.config, collected, reuse=True)
    return Renewed(index, collected.changes())
