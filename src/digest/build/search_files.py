"""Entries -> the files of the search index while they change, each when it is asked for.

The first index takes as long as a build of it, for which nobody should wait. So another process makes it ahead, as soon
as the site is there, and leaves it in the cache: a thread would keep the author waiting for every page meanwhile.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from ..archive.archive import Record
from ..config import Config
from ..site.views import Site
from .cache import Cache, DamagedError
from .indexing import IndexedSite, index_entries, index_site, write_index
from .workers import Workers, end_with_parent

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

ALONE = Workers(1)
AHEAD = "search-ahead"
"""The name under which the cache keeps the first index until someone searches."""

_ENDINGS = frozenset({signal.SIGINT, signal.SIGTERM})


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
        self._ahead: tuple[ForkProcess, Searched] | None = None

    def begin(self, searched: Searched) -> None:
        """Begin the first index in another process; a process with threads must not do so."""
        if sys.platform != "linux":
            return  # elsewhere forking isn't safe
        import multiprocessing

        self._cache.commit()  # so that the other process sees all texts
        process = multiprocessing.get_context("fork").Process(
            target=_make_first, args=(searched, self._cache), daemon=True
        )
        # A Ctrl-C in the middle of forking would be lost: what is raised in hooks of a fork is ignored.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
        try:
            process.start()
            self._ahead = process, searched
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)

    def close(self) -> None:
        """End the process that makes the first index, if there still is one."""
        if self._ahead is not None:
            process, _ = self._ahead
            process.terminate()
            process.join()
            self._ahead = None

    def content(self, path: str, searched: Searched) -> bytes | None:
        """Return a file of the index of these entries, or nothing where it has none; waits for one that was begun."""
        if self._ahead is not None:
            self._take_first(*self._ahead)
            self._ahead = None
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

    def _take_first(self, process: "ForkProcess", searched: Searched) -> None:
        process.join()
        if process.exitcode == 0 and (encoded := self._cache.fact(AHEAD)):
            self._take(msgspec.msgpack.decode(encoded, type=IndexedSite), searched)

    def _take(self, index: IndexedSite, searched: Searched) -> None:
        kept = frozenset(index.kept)
        self._files = {**{path: self._files[path] for path in kept & self._files.keys()}, **index.files}
        still = {path: self._fragments[path] for path in kept & self._fragments.keys()}
        self._fragments = {**still, **index.fragments}
        self._searched = searched


def _make_first(searched: Searched, cache: Cache) -> None:
    """Index all entries and leave the index in the cache, which is never held for longer than a few rows take."""
    end_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
    os.nice(19)  # the browser is waited for, and this is not
    try:
        keys = index_entries(searched.records, searched.site, cache, ALONE)
        cache.commit()
        index = write_index(keys, searched.site, searched.config, cache, reuse=False)
        cache.save_fact(AHEAD, msgspec.msgpack.encode(index))
        cache.commit()
    except (DamagedError, msgspec.DecodeError, sqlite3.Error):
        sys.exit(1)  # settings that changed meanwhile empty the cache; who asks for a file then finds out
