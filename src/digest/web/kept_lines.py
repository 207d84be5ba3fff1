"""What earlier runs of a command learnt, in a file of JSON lines below `.digest`.

A line is added at once, so a run that is stopped loses none. The file can be deleted at any time.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

import msgspec
from msgspec import Struct

from ..disk import read_inside

Line = TypeVar("Line", bound=Struct)


class KeptLines:
    """A file of lines that is open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, line: Struct) -> None:
        """Add a line, at once."""
        self._file.write(_encoded(line))
        self._file.flush()


@contextmanager
def open_lines(project: Path, name: str, kept: Iterable[Struct]) -> Iterator[KeptLines]:
    """Open a file of a project whose folder exists. It forgets all lines but those `kept`. Raises OSError."""
    path = project / name
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with fresh.open("xb") as file:
        file.writelines(map(_encoded, kept))
    fresh.replace(path)
    with path.open("ab") as file:
        yield KeptLines(file)


def read_lines(project: Path, name: str, decoder: "msgspec.json.Decoder[Line]") -> Iterator[Line]:
    """Yield the lines of a file, none without one; a line that a stopped run left torn is none."""
    try:
        content = read_inside(project, name)
    except FileNotFoundError:
        return
    for line in content.splitlines():
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            yield decoder.decode(line)


def _encoded(line: Struct) -> bytes:
    return msgspec.json.encode(line) + b"\n"
