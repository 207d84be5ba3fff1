"""The list of the files that builds wrote, kept in the output folder. No other file there is ever replaced or removed."""

import os
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TextIO

FILE_NAME = ".digest-manifest"


class Manifest:
    """The manifest of an output folder, one path a line; paths have `/` between their parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files that earlier builds wrote. They are read only when there is something to publish."""
        try:
            lines = (
                (self._folder / FILE_NAME).read_bytes().decode().split("\n")
            )  # other line ends may be part of a name
        except (OSError, UnicodeDecodeError):
            return frozenset()
        # A manifest that was edited by hand cannot lead a build out of its folder.
        return frozenset(line for line in lines if line and not _leads_out(line))

    def add(self, files: Iterable[str]) -> set[str]:
        """Add these files to the list; return the files that were listed before and are not among them."""
        gone = set(self.paths)
        with self._new() as lines:
            for path in files:
                gone.discard(path)
                lines.write(f"{path}\n")
            lines.writelines(f"{path}\n" for path in sorted(gone))
        return gone

    def drop(self, gone: Container[str]) -> None:
        """Remove files from the list."""
        # The former file is closed before it is replaced: Windows replaces no file that is open.
        with self._new() as lines, (self._folder / FILE_NAME).open(encoding="utf-8", newline="\n") as former:
            lines.writelines(line for line in former if line.removesuffix("\n") not in gone)

    @contextmanager
    def _new(self) -> Iterator[TextIO]:
        """Give an open file that replaces the manifest at the end. A large site has a million lines."""
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / FILE_NAME
        beside = target.with_name(FILE_NAME + ".new")
        with beside.open("w", encoding="utf-8", newline="\n") as lines:
            yield lines
        beside.replace(target)


def _leads_out(path: str) -> bool:
    """Return True if a path could lead out of its folder. On Windows, no file name holds a separator or a colon."""
    is_odd = os.sep != "/" and (os.sep in path or ":" in path)
    return path.startswith("/") or is_odd or ".." in path.split("/")
