"""A folder of the project -> the files below it, without reading them."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from .stamps import stamp_of

STOPS = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems and tools leave in folders and no site shows."""


class FolderFiles(Struct, frozen=True):
    """The files below a folder with their stamps, by their path below the project, sorted.

    `outside` are links that lead out of the project, `unreadable` folders that may not be read.
    """

    stamps: dict[str, bytes]
    outside: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def find_files(root: Path, folder: str, *, hidden: bool) -> FolderFiles:
    """List the files below a folder of the project; with `hidden`, those whose names begin with a dot as well.

    A symbolic link counts if it leads to a place inside the project. There need be no such folder.
    """
    base = os.path.realpath(root)
    walk = _Walk(base, hidden=hidden)
    start = os.path.realpath(root / folder)
    if folder and os.path.isdir(start):  # noqa: PTH112 - strings, not paths, keep the walk quick
        if walk.is_inside(start):
            walk.enter(start, f"{Path(folder).as_posix()}/", frozenset({start}))
        else:
            walk.outside.append(folder)
    order = sorted(walk.stamps, key=lambda path: (unicodedata.normalize("NFC", path), path))
    stamps = {path: walk.stamps[path] for path in order}
    return FolderFiles(stamps, tuple(sorted(walk.outside)), tuple(sorted(walk.unreadable)))


class _Walk:
    def __init__(self, base: str, *, hidden: bool) -> None:
        self.base = base
        self.hidden = hidden
        self.stamps: dict[str, bytes] = {}
        self.outside: list[str] = []
        self.unreadable: list[str] = []

    def enter(self, folder: str, prefix: str, above: frozenset[str]) -> None:
        """Take in all that is in a folder; `above` are the folders around it, without links."""
        try:
            with os.scandir(folder) as listing:
                for item in listing:
                    if item.name not in STOPS and (self.hidden or not item.name.startswith(".")):
                        self._take(item, prefix + item.name, above)
        except PermissionError:
            self.unreadable.append(prefix.removesuffix("/"))
        except OSError:
            return  # the folder went away in this very moment

    def _take(self, item: os.DirEntry[str], path: str, above: frozenset[str]) -> None:
        try:
            real = os.path.realpath(item.path) if item.is_symlink() else item.path
            if real != item.path and not self.is_inside(real):
                self.outside.append(path)
                return
            status = item.stat()
        except OSError:
            return  # a link that leads nowhere, or a file that went away in this very moment
        if stat.S_ISREG(status.st_mode):
            self.stamps[path] = stamp_of(status)
        elif stat.S_ISDIR(status.st_mode):
            inner = os.path.realpath(item.path)
            if inner not in above:  # a link to a folder that holds it would go round for ever
                self.enter(item.path, f"{path}/", above | {inner})

    def is_inside(self, real: str) -> bool:
        """Return True for a place in the project."""
        return real == self.base or real.startswith(self.base.rstrip(os.sep) + os.sep)


def read_chunks(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """Yield a file's bytes in chunks; raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(size):
            yield chunk
