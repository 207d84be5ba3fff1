"""A project's papers.yaml -> its records, read only if its bytes changed; the cache holds the last ones."""

from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from ..decoding import decode
from ..diagnostics import Diagnostic
from ..disk import read_inside
from ..papers.record import FILE_NAME, NO_PAPERS, Paper, Papers
from ..store.cache import Cache

STATE, RECORDS = "papers", "paper-records"
"""The names of the facts that hold the file's hash with its mistakes, and the records."""


class _State(Struct, frozen=True, array_like=True):
    """The hash of the file's bytes, which is empty if there is no file, and the mistakes in it."""

    digest: bytes = b""
    mistakes: tuple[Diagnostic, ...] = ()


_STATE = msgspec.msgpack.Decoder(_State)
_RECORDS = msgspec.msgpack.Decoder(tuple[Paper, ...])


class PaperFile:
    """papers.yaml as it was last read. The notes in the cache are filled from these records."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        self._folder = folder
        self._cache = cache
        saved = cache.fact(STATE)
        self._state = _STATE.decode(saved) if saved else _State()

    @cached_property
    def papers(self) -> Papers:
        """The records."""
        saved = self._cache.fact(RECORDS)
        return Papers(_RECORDS.decode(saved)) if saved else NO_PAPERS

    @property
    def state(self) -> int:
        """A number that changes with the file's bytes."""
        return int.from_bytes(self._state.digest, "little")

    def look(self) -> tuple[list[Diagnostic], frozenset[str]]:
        """Read the file if its bytes changed; return its problems, and the keys of the records that are not as they were.

        If the file cannot be read at all, the records stay as they were.
        """
        try:
            content = read_papers(self._folder)
        except OSError as error:
            reason = error.strerror or str(error)
            hint = "make it an ordinary file in the project that can be read"
            return [Diagnostic(FILE_NAME, 0, 0, "unreadable", f"the file cannot be read: {reason}", hint)], frozenset()
        digest = b"" if content is None else blake2b(content, digest_size=16).digest()
        if digest == self._state.digest:
            return list(self._state.mistakes), frozenset()
        parsed = parse_content(content or b"")
        if isinstance(parsed, Diagnostic):
            return [parsed], frozenset()
        from ..papers.filling import changed_keys  # most builds find the file as it was

        papers, mistakes = parsed
        fresh = Papers(papers)
        changed = changed_keys(self.papers, fresh)
        self.__dict__["papers"] = fresh
        self._state = _State(digest, mistakes)
        self._cache.save_fact(STATE, msgspec.msgpack.encode(self._state))
        self._cache.save_fact(RECORDS, msgspec.msgpack.encode(papers))
        return list(mistakes), changed


def read_papers(folder: Path) -> bytes | None:
    """Return the content of papers.yaml, or None if there is no file; raises OSError."""
    try:
        return read_inside(folder, FILE_NAME)
    except FileNotFoundError:
        return None


def decode_papers(content: bytes) -> str | Diagnostic:
    """Return the text of a papers.yaml, or the problem that makes all of it unsure."""
    from ..papers.parsing import find_papers_conflict

    text = decode(FILE_NAME, content, "unreadable")
    return text if isinstance(text, Diagnostic) else find_papers_conflict(text) or text


def parse_content(content: bytes) -> tuple[tuple[Paper, ...], tuple[Diagnostic, ...]] | Diagnostic:
    """Return the records of a papers.yaml and the mistakes in it, or the problem that leaves none of them."""
    from ..papers.parsing import parse_papers

    text = decode_papers(content)
    return text if isinstance(text, Diagnostic) else parse_papers(text.replace("\r\n", "\n"))
