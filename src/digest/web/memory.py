"""The answers of earlier runs, in `.digest/links/answers.jsonl`, a line each.

A line is added as soon as there is an answer, so a run that is stopped loses none. The file can be deleted at any time.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from ..disk import read_inside
from .answers import Answer

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

    def __init__(self, file: IO[bytes], known: Mapping[str, Remembered], *, now: float, days: int) -> None:
        self._file = file
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
        self._file.write(msgspec.json.encode(kept) + b"\n")
        self._file.flush()


@contextmanager
def open_memory(project: Path, folder: str, urls: Iterable[str], *, now: float, days: int) -> Iterator[Memory]:
    """Open the memory in a folder of a project; it forgets all addresses but `urls`. Raises OSError."""
    wanted = set(urls)
    known = {each.url: each for each in _read(project, f"{folder}/{FILE_NAME}") if each.url in wanted}
    path = project / folder / FILE_NAME
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with fresh.open("xb") as file:
        file.writelines(msgspec.json.encode(known[url]) + b"\n" for url in sorted(known))
    fresh.replace(path)
    with path.open("ab") as file:
        yield Memory(file, known, now=now, days=days)


def _read(project: Path, path: str) -> Iterator[Remembered]:
    """Yield what was remembered; a line that a stopped run left torn is no answer."""
    try:
        content = read_inside(project, path)
    except FileNotFoundError:
        return
    for line in content.splitlines():
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            yield _LINE.decode(line)
