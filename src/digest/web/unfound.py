"""The papers that arXiv did not have, in `.digest/papers/not-found.jsonl`, a line each, so that they are not asked for again.

They are no part of papers.yaml: they say something about arXiv on a day, not about a paper, and would make most of the lines
that an author reviews. If the file is lost, they are asked for once more.
"""

from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from ..disk import read_inside

FILE_NAME = "not-found.jsonl"


class Unfound(Struct, frozen=True):
    """A question, the reason why it has no answer, and the day on which it was asked."""

    question: str
    reason: str
    on: str


_LINE = msgspec.json.Decoder(Unfound)


class UnfoundPapers:
    """The questions without an answer."""

    def __init__(self, file: IO[bytes], known: Iterable[Unfound]) -> None:
        self._file = file
        self._known = {each.question for each in known}

    def questions(self) -> Set[str]:
        """Return all questions that had no answer."""
        return self._known

    def keep(self, unfound: Unfound) -> None:
        """Remember a question without an answer, at once."""
        self._known.add(unfound.question)
        self._file.write(msgspec.json.encode(unfound) + b"\n")
        self._file.flush()


@contextmanager
def open_unfound(project: Path, folder: str, questions: Iterable[str]) -> Iterator[UnfoundPapers]:
    """Open the file in a folder of a project, which exists; it forgets all but these `questions`. Raises OSError."""
    wanted = set(questions)
    known = {each.question: each for each in read_unfound(project, folder) if each.question in wanted}
    path = project / folder / FILE_NAME
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with fresh.open("xb") as file:
        file.writelines(msgspec.json.encode(known[question]) + b"\n" for question in sorted(known))
    fresh.replace(path)
    with path.open("ab") as file:
        yield UnfoundPapers(file, known.values())


def read_unfound(project: Path, folder: str) -> Iterator[Unfound]:
    """Yield the questions without an answer; a line that a stopped run left torn is none."""
    try:
        content = read_inside(project, f"{folder}/{FILE_NAME}")
    except FileNotFoundError:
        return
    for line in content.splitlines():
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            yield _LINE.decode(line)
