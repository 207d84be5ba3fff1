"""The answers of earlier runs, in `.digest/links/answers.jsonl`, a line each."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from .answers import Answer
from .kept_lines import KeptLines, open_lines, read_lines

FILE_NAME = "answers.jsonl"
SHORT = 3600.0
"""So many seconds a link that isn't good is remembered: two runs in a row ask for it once."""


class Remembered(Struct, frozen=True):
    """An answer, and the time at which it came, in seconds since 1970."""

    url: str
    answer: Answer
    at: float


_LINE = msgspec.json.Decoder(Remembered)


class Memory:
    """What is known of addresses. `now` is the time of this run; good answers are believed for `days`."""

    def __init__(self, lines: KeptLines, known: Mapping[str, Remembered], *, now: float, days: int) -> None:
        self._lines = lines
        self._known = dict(known)
        self._now = now
        self._long = days * 86_400.0

    def answer(self, url: str) -> Answer | None:
        """Return the last answer of an address, if it is still believed."""
        found = self._known.get(url)
        if found is None:
            return None
        age = self._now - found.at
        return found.answer if 0 <= age < (self._long if found.answer.state in ("good", "moved") else SHORT) else None

    def last_asked(self, url: str) -> float:
        """Return when an address was last asked for, or 0 if it never was."""
        return self._known[url].at if url in self._known else 0.0

    def keep(self, url: str, answer: Answer) -> None:
        """Remember an answer, at once."""
        self._known[url] = kept = Remembered(url, answer, self._now)
        self._lines.add(kept)


@contextmanager
def open_memory(project: Path, folder: str, urls: Iterable[str], *, now: float, days: int) -> Iterator[Memory]:
    """Open the memory in a folder of a project; it forgets all addresses but `urls`. Raises OSError."""
    wanted = set(urls)
    name = f"{folder}/{FILE_NAME}"
    known = {each.url: each for each in read_lines(project, name, _LINE) if each.url in wanted}
    with open_lines(project, name, (known[url] for url in sorted(known))) as lines:
        yield Memory(lines, known, now=now, days=days)
