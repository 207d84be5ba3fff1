"""Entries -> the files of the search index, each made on request, while entries change.

Making the first index takes as long as in a build. So that nobody has to wait for it, another process makes it as soon as
the site is there, and leaves it in the cache. A thread would slow down every page meanwhile.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial

import msgspec
from msgspec import Struct

from ..archive.archive import Archive
from ..config import Config
from ..parallel.processes import chosen_way, start
from ..parallel.workers import Workers
from ..pipeline.index import IndexedSite, index_entries, index_site, searchable, write_index
from ..site.views import Site
from ..store.cache import Cache
from ..store.damage import DamagedError

ALONE = Workers(1)
AHEAD = "search-ahead"
"""The name of the fact that holds the first index until somebody searches."""


class Searched(Struct, frozen=True):
    """All inputs of an index."""

    archive: Archive
    site: Site
    config: Config


class SearchFiles:
    """The files of the index by their site path."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._files: dict[str, bytes] = {}
        self._fragments: dict[str, bytes] = {}
        self._searched: Searched | None = None
        """The sources of the present files."""
        self._running = ExitStack()
        self._ahead: tuple[Iterator[bool], Searched] | None = None

    def begin(self, searched: Searched) -> None:
        """Begin the first index in another process; call it before this process has threads."""
        if chosen_way() == "none":
            return
        self._cache.commit()  # so that the other process sees all texts
        with suppress(OSError):  # the system allows no more processes: the index is made here when it is asked for
            made = self._running.enter_context(start(partial(_make_first, searched, self._cache)))
            self._ahead = made, searched

    def close(self) -> None:
        """End the process that makes the first index, if it still runs."""
        self._running.close()
        self._ahead = None

    def content(self, path: str, searched: Searched) -> bytes | None:
        """Return a file of the index of these entries, or None if it has no such file. Waits for an index that is being made."""
        if self._ahead is not None:
            self._take_first(*self._ahead)
            self.close()
        former = self._searched
        if former is None or former.archive is not searched.archive or former.config != searched.config:
            reuse = former is not None
            index = index_site(
                searchable(searched.archive), searched.site, searched.config, self._cache, ALONE, reuse=reuse
            )
            self._cache.commit()
            self._take(index, searched)
        if path in self._fragments:
            return self._cache.raw_fragment(self._fragments[path])
        return self._files.get(path)

    def _take_first(self, made: Iterator[bool], searched: Searched) -> None:
        with suppress(ChildProcessError):  # then the index is made here
            if next(made) and (encoded := self._cache.fact(AHEAD)):
                self._take(msgspec.msgpack.decode(encoded, type=IndexedSite), searched)

    def _take(self, index: IndexedSite, searched: Searched) -> None:
        kept = frozenset(index.kept)
        self._files = {**{path: self._files[path] for path in kept & self._files.keys()}, **index.files}
        self._fragments = index.fragments
        self._searched = searched


def _make_first(searched: Searched, cache: Cache) -> Iterator[bool]:
    """Index all entries and leave the index in the cache, holding the cache's lock only for a few rows at a time.

    Yields once: False if settings that changed meanwhile emptied the cache, in which case the next request makes the index.
    """
    if hasattr(os, "nice"):
        os.nice(19)  # somebody waits for the browser, and nobody for this
    try:
        entries = index_entries(searchable(searched.archive), searched.site, cache, ALONE)
        cache.commit()
        index = write_index(entries, searched.site, searched.config, cache, reuse=False)
        cache.save_fact(AHEAD, msgspec.msgpack.encode(index))
        cache.commit()
    except (DamagedError, msgspec.DecodeError, sqlite3.Error):
        yield False
    else:
        yield True
