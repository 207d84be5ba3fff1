"""The list of the files that builds wrote, kept in the output folder. No other file there is ever replaced or removed."""

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from ..disk import open_file
from ..site_files import MANIFEST

FILE_NAME = MANIFEST


class Manifest:
    """The manifest of an output folder, one path a line; paths have `/` between their parts."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files that earlier builds wrote. They are read only when there is something to publish; raises OSError."""
        try:
            with open_file(self._path) as file:
                text = file.read().decode()
        except (FileNotFoundError, UnicodeDecodeError):
            return frozenset()
        lines = text.split("\n")  # other line ends may be part of a name
        # A manifest that was edited by hand cannot lead a build out of its folder. One look at the text nearly always shows it.
        if os.sep != "/" or ".." in text or "\n/" in f"\n{text}":
            lines = [line for line in lines if not leads_out(line)]
        return frozenset(filter(None, lines))

    def write_next(self, files: Iterable[str], during: str, after: str) -> set[str]:
        """Write the manifests of the next site into two new files, and return the files that the next site no longer has.

        The one that counts `during` publishing lists these files as well; the one for `after` it is written only if there are any.
        Raises OSError.
        """
        present = list(files)
        gone = set(self.paths.difference(present))
        _write(during, [*present, *sorted(gone)])
        if gone:
            _write(after, present)
        return gone


def _write(place: str, paths: Iterable[str]) -> None:
    with open(place, "x", encoding="utf-8", newline="\n") as lines:  # noqa: PTH123
        lines.write("\n".join([*paths, ""]))


def leads_out(path: str) -> bool:
    """Return True if a path could lead out of its folder. On Windows, no file name holds a separator or a colon."""
    is_odd = os.sep != "/" and (os.sep in path or ":" in path)
    return path.startswith("/") or is_odd or ".." in path.split("/")
