"""Entries -> the files of the search index while they change, each when it is asked for.

The first index takes as long as a build of it, for which nobody should wait. So another process makes it ahead, as soon
as the site is there, and leaves it in the cache: a thread would keep the author waiting for every page meanwhile.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress

import msgspec
from msgspec import Struct

from ..archive.archive import Record
from ..config import Config
from ..parallel.forking import fork
from ..parallel.workers import Workers
from ..pipeline.index import IndexedSite, index_entries, index_site, write_index
from ..site.views import Site
from ..store.cache import Cache, DamagedError

ALONE = Workers(1)
AHEAD = "search-ahead"
"""The name under which the cache keeps the first index until someone searches."""


class Searched(Struct, frozen=True):
    """What an index is made of."""

    records: Sequence[Record]
    site: Site
    config: Config


class SearchFiles:
    """The files of the index by their site path."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._files: dict[str, bytes] = {}
        self._fragments: dict[str, bytes] = {}
        self._searched: Searched | None = None
        """What the files are made of."""
        self._running = ExitStack()
        self._ahead: tuple[Iterator[bool], Searched] | None = None

    def begin(self, searched: Searched) -> None:
        """Begin the first index in another process; a process with threads must not do so."""
        if sys.platform != "linux":
            return  # elsewhere forking isn't safe
        self._cache.commit()  # so that the other process sees all texts
        cache = self._cache
        self._ahead = self._running.enter_context(fork(lambda: [_make_first(searched, cache)])), searched

    def close(self) -> None:
        """End the process that makes the first index, if there still is one."""
        self._running.close()
        self._ahead = None

    def content(self, path: str, searched: Searched) -> bytes | None:
        """Return a file of the index of these entries, or nothing where it has none; waits for one that was begun."""
        if self._ahead is not None:
            self._take_first(*self._ahead)
            self.close()
        former = self._searched
        # Two archives without any entry are one and the same object.
        if former is None or former.records is not searched.records or former.config != searched.config:
            reuse = former is not None
            index = index_site(searched.records, searched.site, searched.config, self._cache, ALONE, reuse=reuse)
            self._cache.commit()
            self._take(index, searched)
        if path in self._fragments:
            return self._cache.raw_fragment(self._fragments[path])
        return self._files.get(path)

    def _take_first(self, made: Iterator[bool], searched: Searched) -> None:
        with suppress(ChildProcessError):  # then it is made here
            if next(made) and (encoded := self._cache.fact(AHEAD)):
                self._take(msgspec.msgpack.decode(encoded, type=IndexedSite), searched)

    def _take(self, index: IndexedSite, searched: Searched) -> None:
        kept = frozenset(index.kept)
        self._files = {**{path: self._files[path] for path in kept & self._files.keys()}, **index.files}
        still = {path: self._fragments[path] for path in kept & self._fragments.keys()}
        self._fragments = {**still, **index.fragments}
        self._searched = searched


def _make_first(searched: Searched, cache: Cache) -> bool:
    """Index all entries and leave the index in the cache, which is never held for longer than a few rows take.

    Returns False where settings that changed meanwhile empty the cache: who asks for a file then finds out.
    """
    os.nice(19)  # the browser is waited for, and this is not
    try:
        keys = index_entries(searched.records, searched.site, cache, ALONE)
        cache.commit()
        index = write_index(keys, searched.site, searched.config, cache, reuse=False)
        cache.save_fact(AHEAD, msgspec.msgpack.encode(index))
        cache.commit()
    except (DamagedError, msgspec.DecodeError, sqlite3.Error):
        return False
    return True
