"""The results of earlier builds, kept in `.digest/cache.sqlite`. The file can be deleted at any time.

Notes and outputs are identified by the hash of their bytes. A stamp (size, times, inode) is only a hint that a file need not
be read again. Derived values are stored with a checksum, since SQLite has none. If the cache is damaged or belongs to another
version, it is thrown away.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Body, Card
from .damage import DamagedError, damage_remark, is_damage, seal, unseal

FILE_NAME = "cache.sqlite"
ROWS = 1000
"""How many rows of a long table are read at a time."""
BODIES_HELD = 16 << 20
"""Bytes of new bodies that stay in memory: a build from nothing needs each of them four times, and SQLite takes longer."""

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE notes (path TEXT PRIMARY KEY, stamp BLOB, digest TEXT, cards BLOB, diagnostics BLOB, papers BLOB);
CREATE TABLE bodies (digest BLOB PRIMARY KEY, body BLOB);
CREATE TABLE terms (digest BLOB PRIMARY KEY, key BLOB, terms BLOB, fragment BLOB);
CREATE TABLE leaves (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE files (path TEXT PRIMARY KEY, stamp BLOB, facts BLOB);
CREATE TABLE outputs (path TEXT PRIMARY KEY, fingerprint BLOB, stamp BLOB, hash BLOB);
"""

_CARDS = msgspec.msgpack.Decoder(tuple[Card, ...])
_DIAGNOSTICS = msgspec.msgpack.Decoder(tuple[Diagnostic, ...])
_KEYS = msgspec.msgpack.Decoder(tuple[str, ...])
_BODY = msgspec.msgpack.Decoder(Body)


Begun = TypeVar("Begun")


class PreparedNote(Struct, frozen=True):
    """A note file's entries as cards, their bodies by their cards' digest, and the file's problems.

    Cards and bodies are MessagePack, as in the cache. `papers` are the keys of the records that fill the entries, or would if
    there were any (see `papers.filling`).
    """

    path: str
    digest: str
    cards: bytes
    bodies: tuple[tuple[bytes, bytes], ...]
    diagnostics: tuple[Diagnostic, ...]
    papers: tuple[str, ...] = ()


class CachedOutput(Struct, frozen=True):
    """A file that a build wrote: the fingerprint of its page, the file's stamp and the hash of its bytes."""

    fingerprint: bytes
    stamp: bytes
    hash: bytes


class Cache:
    """The cache of one project; a context manager. `commit` saves changes and makes them visible to workers."""

    def __init__(self, path: Path, connection: sqlite3.Connection, remark: str = "") -> None:
        self._path = path
        self._own = connection
        self._inherited: list[sqlite3.Connection] = []
        self._process = self._writer = os.getpid()
        self._bodies: dict[bytes, bytes] = {}
        self._room = 0
        self.remark = remark
        """A sentence if a former cache was thrown away, or empty."""

    def __reduce__(self) -> tuple[Callable[[Path], "Cache"], tuple[Path]]:
        """Pickle the cache as its path, by which a worker opens it."""
        return _reopen, (self._path,)

    @property
    def is_written_here(self) -> bool:
        """Return True in the process that opened the cache; its workers only read."""
        return self._writer == os.getpid()

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection of this process. An inherited one must be neither used nor closed after a fork.

        Closing it would drop the locks of the process it belongs to (sqlite.org/howtocorrupt.html).
        """
        if self._process != os.getpid():
            self._inherited.append(self._own)
            self._own, self._process = _connect(self._path), os.getpid()
        return self._own

    @classmethod
    def open(cls, folder: Path, version: str) -> "Cache":
        """Open the cache in a folder; make a new one if there is none of this `version`."""
        path = folder / FILE_NAME
        former, remark = _connect_to_former(path, version)
        if former:
            return cls(path, former)
        cls.remove(folder)
        connection = _connect(path)
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO facts VALUES ('version', ?)", (version,))
        connection.commit()
        return cls(path, connection, remark)

    @staticmethod
    def remove(folder: Path) -> None:
        """Throw the cache in a folder away."""
        for ending in ("", "-wal", "-shm"):
            (folder / (FILE_NAME + ending)).unlink(missing_ok=True)

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()

    def commit(self) -> None:
        """Save all changes since the last commit."""
        self._connection.commit()

    def rollback(self) -> None:
        """Undo all changes since the last commit. If the disk is so full that even this fails, they are undone by the next process."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.rollback()

    def fact(self, name: str) -> bytes | None:
        """Return a named value, such as the epoch of the last complete build."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return unseal(row[0]) if row else None

    def save_fact(self, name: str, value: bytes) -> None:
        """Keep a named value."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, seal(value)))

    def note_stamps(self) -> dict[str, tuple[bytes, str]]:
        """Return the stamp and the digest of all notes by path."""
        rows = self._connection.execute("SELECT path, stamp, digest FROM notes").fetchall()
        return {path: (stamp, digest) for path, stamp, digest in msgspec.convert(rows, list[tuple[str, bytes, str]])}

    def note_diagnostics(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Return the problems of all notes that have any, by path."""
        rows = self._connection.execute("SELECT path, diagnostics FROM notes WHERE diagnostics IS NOT NULL")
        return {path: _DIAGNOSTICS.decode(unseal(sealed)) for path, sealed in rows}

    def note_cards(self) -> Iterator[tuple[str, tuple[Card, ...]]]:
        """Yield all notes' paths and cards."""
        for path, sealed in self._connection.execute("SELECT path, cards FROM notes"):
            yield path, _CARDS.decode(unseal(sealed))

    def cards_of(self, path: str) -> tuple[Card, ...]:
        """Return the cards of a note, none if it isn't known."""
        row = self._connection.execute("SELECT cards FROM notes WHERE path = ?", (path,)).fetchone()
        return _CARDS.decode(unseal(row[0])) if row else ()

    def save_note(self, note: PreparedNote, stamp: bytes) -> None:
        """Keep a note with its stamp."""
        encode = msgspec.msgpack.encode
        diagnostics = seal(encode(note.diagnostics)) if note.diagnostics else None
        papers = seal(encode(note.papers)) if note.papers else None
        self._connection.execute(
            "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?, ?, ?)",
            (note.path, stamp, note.digest, seal(note.cards), diagnostics, papers),
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?)",
            [(digest, seal(body)) for digest, body in note.bodies],
        )
        for digest, body in note.bodies:
            if len(body) <= self._room:
                self._bodies[digest] = body
                self._room -= len(body)

    def restamp_note(self, path: str, stamp: bytes) -> None:
        """Keep the new stamp of a note whose bytes are the same."""
        self._connection.execute("UPDATE notes SET stamp = ? WHERE path = ?", (stamp, path))

    def notes_about(self, papers: Set[str]) -> list[str]:
        """Return the paths of the notes that records with one of these keys fill, or filled."""
        rows = self._connection.execute("SELECT path, papers FROM notes WHERE papers IS NOT NULL")
        return [path for path, sealed in rows if not papers.isdisjoint(_KEYS.decode(unseal(sealed)))]

    def forget_stamp(self, path: str) -> None:
        """Forget a note's stamp and digest, so that it is read again."""
        self._connection.execute("UPDATE notes SET stamp = ?, digest = '' WHERE path = ?", (b"", path))

    def drop_notes(self, paths: Iterable[str]) -> None:
        """Forget notes that are gone."""
        self._connection.executemany("DELETE FROM notes WHERE path = ?", [(path,) for path in paths])

    def clear(self) -> None:
        """Forget everything."""
        for table in ("notes", "bodies", "terms", "leaves", "files", "outputs"):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.execute("DELETE FROM facts WHERE name <> 'version'")

    def hold_bodies(self) -> None:
        """Hold the bodies of notes that are saved from now on in memory, until `drop_bodies`."""
        self._room = BODIES_HELD

    def raw_body(self, digest: bytes) -> bytes:
        """Return an entry's encoded body; raises DamagedError."""
        if held := self._bodies.get(digest):
            return held
        row = self._connection.execute("SELECT body FROM bodies WHERE digest = ?", (digest,)).fetchone()
        return unseal(row[0] if row else None)

    def drop_bodies(self, keep: frozenset[bytes]) -> None:
        """Forget the texts of entries that are gone, and hold no others in memory; `keep` are digests of cards."""
        self._bodies.clear()
        known = [row[0] for row in self._connection.execute("SELECT digest FROM bodies")]
        self._connection.executemany("DELETE FROM bodies WHERE digest = ?", [(d,) for d in known if d not in keep])

    def term_keys(self) -> dict[bytes, bytes]:
        """Return the encoded search keys of all indexed entries by their record's digest."""
        rows = self._connection.execute("SELECT digest, key FROM terms")
        return {digest: unseal(key) for digest, key in rows}

    def raw_terms(self, digest: bytes) -> bytes:
        """Return an entry's encoded search terms; raises DamagedError."""
        row = self._connection.execute("SELECT terms FROM terms WHERE digest = ?", (digest,)).fetchone()
        return unseal(row[0] if row else None)

    def raw_fragment(self, digest: bytes) -> bytes:
        """Return the file that holds what search shows of an entry; raises DamagedError."""
        row = self._connection.execute("SELECT fragment FROM terms WHERE digest = ?", (digest,)).fetchone()
        return unseal(row[0] if row else None)

    def save_terms(self, digest: bytes, key: bytes, terms: bytes, fragment: bytes) -> None:
        """Save a record's part of the search index: the encoded key and terms, and the file that search shows."""
        row = (digest, seal(key), seal(terms), seal(fragment))
        self._connection.execute("INSERT OR REPLACE INTO terms VALUES (?, ?, ?, ?)", row)

    def drop_terms(self, digests: Iterable[bytes]) -> None:
        """Forget the search terms of records that are gone."""
        self._connection.executemany("DELETE FROM terms WHERE digest = ?", [(digest,) for digest in digests])

    def index_row(self, name: str) -> bytes | None:
        """Return a row of the last search index."""
        row = self._connection.execute("SELECT value FROM leaves WHERE name = ?", (name,)).fetchone()
        return unseal(row[0]) if row else None

    def save_index(self, rows: Mapping[str, bytes | None], *, whole: bool) -> None:
        """Save rows of the search index, and remove those without a value; if the index is `whole`, remove all others too."""
        if whole:
            self._connection.execute("DELETE FROM leaves")
        kept = [(name, seal(value)) for name, value in rows.items() if value is not None]
        self._connection.executemany("DELETE FROM leaves WHERE name = ?", [(name,) for name in rows])
        self._connection.executemany("INSERT INTO leaves VALUES (?, ?)", kept)

    def file_facts(self) -> dict[str, tuple[bytes, bytes]]:
        """Return the stamps and encoded facts of the files that notes name, by path."""
        rows = self._connection.execute("SELECT path, stamp, facts FROM files")
        return {path: (stamp, unseal(facts)) for path, stamp, facts in rows}

    def save_file(self, path: str, stamp: bytes, facts: bytes) -> None:
        """Keep what is known of a file that a note names."""
        self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, stamp, seal(facts)))

    def drop_files(self, paths: Iterable[str]) -> None:
        """Forget files that no note names any more."""
        self._connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def output_fingerprints(self) -> dict[str, bytes]:
        """Return the fingerprints of all files of the last complete build by path."""
        rows = self._connection.execute("SELECT path, fingerprint FROM outputs").fetchall()
        return dict(msgspec.convert(rows, list[tuple[str, bytes]]))

    def output_stamps(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and stamp of all files of the last complete build."""
        cursor = self._connection.execute("SELECT path, stamp FROM outputs")
        while rows := cursor.fetchmany(ROWS):
            yield from msgspec.convert(rows, list[tuple[str, bytes]])

    def output_hash(self, path: str) -> bytes:
        """Return the hash of a file's bytes as the last complete build wrote it."""
        row = self._connection.execute("SELECT hash FROM outputs WHERE path = ?", (path,)).fetchone()
        return msgspec.convert(row, tuple[bytes])[0]

    def count_outputs(self) -> int:
        """Count the files of the last complete build."""
        count: int = self._connection.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return count

    def save_outputs(self, outputs: Iterable[tuple[str, CachedOutput]]) -> None:
        """Save the outputs that were written."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)",
            ((path, output.fingerprint, output.stamp, output.hash) for path, output in outputs),
        )

    def restamp_outputs(self, stamps: Iterable[tuple[str, bytes]]) -> None:
        """Save the new stamps, by path, of files whose content did not change."""
        rows = ((stamp, path) for path, stamp in stamps)
        self._connection.executemany("UPDATE outputs SET stamp = ? WHERE path = ?", rows)

    def drop_outputs(self, paths: Iterable[str]) -> None:
        """Forget files that were removed."""
        self._connection.executemany("DELETE FROM outputs WHERE path = ?", [(path,) for path in paths])


@contextlib.contextmanager
def use_cache(folder: Path, version: str, begin: Callable[[Cache], Begun]) -> Iterator[Begun]:
    """Open the cache in a folder, call `begin` with it, and give the result. The cache is closed with the context.

    If the cache turns out to be damaged while `begin` runs, it is thrown away, its `remark` says so, and `begin` runs once
    more with a new one.
    """
    with contextlib.ExitStack() as opened:
        cache = opened.enter_context(Cache.open(folder, version))
        try:
            begun = begin(cache)
        except (DamagedError, sqlite3.DatabaseError, msgspec.DecodeError) as error:
            if not is_damage(error):
                raise
            opened.close()  # Windows removes no file that is open
            Cache.remove(folder)
            cache = opened.enter_context(Cache.open(folder, version))
            cache.remark = damage_remark(error)
            begun = begin(cache)
        yield begun


def decode_cards(raw: bytes) -> tuple[Card, ...]:
    """Decode a note's cards."""
    return _CARDS.decode(raw)


def decode_body(raw: bytes) -> Body:
    """Decode an entry's body."""
    return _BODY.decode(raw)


@lru_cache(maxsize=1)
def _reopen(path: Path) -> Cache:
    """Open the cache once in a worker, for all batches that refer to it; compiled templates are kept per cache."""
    cache = Cache(path, _connect(path))
    cache._writer = 0  # the process that pickled it
    return cache


def _connect_to_former(path: Path, version: str) -> tuple[sqlite3.Connection | None, str]:
    """Connect to a cache of this version. If there is none, return a sentence that says why the present one cannot be used."""
    with contextlib.ExitStack() as opened:  # Windows removes no file that is open
        try:
            connection = opened.enter_context(contextlib.closing(_connect(path)))
            if _version_of(connection) == version:
                opened.pop_all()
                return connection, ""
            return None, "" if _is_empty(connection) else "the cache was made by another version and is made anew"
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            return None, damage_remark(error)


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # One thread opens a preview and another uses it, but never both at once.
    connection = sqlite3.connect(path, isolation_level="DEFERRED", check_same_thread=False)
    try:
        # A killed build loses at most its own changes, and a power cut cannot tear the file (sqlite.org/wal.html).
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _version_of(connection: sqlite3.Connection) -> str | None:
    with contextlib.suppress(sqlite3.OperationalError):
        row = connection.execute("SELECT value FROM facts WHERE name = 'version'").fetchone()
        return row[0] if row else None
    return None


def _is_empty(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
