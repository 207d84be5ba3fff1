"""The papers that arXiv did not have, in `.digest/papers/not-found.jsonl`, a line each, so that they are not asked for again.

They are no part of papers.yaml: they say something about arXiv on a day, not about a paper, and would make most of the lines
that an author reviews. If the file is lost, they are asked for once more.
"""

from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from .kept_lines import KeptLines, open_lines, read_lines

FILE_NAME = "not-found.jsonl"


class Unfound(Struct, frozen=True):
    """A question, the reason why it has no answer, and the day on which it was asked."""

    question: str
    reason: str
    on: str


_LINE = msgspec.json.Decoder(Unfound)


class UnfoundPapers:
    """The questions without an answer."""

    def __init__(self, lines: KeptLines, known: Iterable[Unfound]) -> None:
        self._lines = lines
        self._known = {each.question for each in known}

    def questions(self) -> Set[str]:
        """Return all questions that had no answer."""
        return self._known

    def keep(self, unfound: Unfound) -> None:
        """Remember a question without an answer, at once."""
        self._known.add(unfound.question)
        self._lines.add(unfound)


@contextmanager
def open_unfound(project: Path, folder: str, questions: Iterable[str]) -> Iterator[UnfoundPapers]:
    """Open the file in a folder of a project, which exists; it forgets all but these `questions`. Raises OSError."""
    wanted = set(questions)
    known = {each.question: each for each in read_unfound(project, folder) if each.question in wanted}
    lines_kept = (known[question] for question in sorted(known))
    with open_lines(project, f"{folder}/{FILE_NAME}", lines_kept) as lines:
        yield UnfoundPapers(lines, known.values())


def read_unfound(project: Path, folder: str) -> Iterator[Unfound]:
    """Yield the questions without an answer."""
    return read_lines(project, f"{folder}/{FILE_NAME}", _LINE)
