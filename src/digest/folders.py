"""A folder of the project -> the files below it, without reading them."""

import errno
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from .disk import OutsideError, is_inside, read_inside, stamp_of

STOPS = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems and tools leave in folders and no site shows."""


class FolderFiles(Struct, frozen=True):
    """The files below a folder with their stamps, by their path below the project, sorted.

    `outside` are links that lead out of the project, `special` pipes, sockets and devices, `unreadable` folders that cannot be
    listed and files that cannot be looked at.
    """

    stamps: dict[str, bytes]
    outside: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def find_files(root: Path, folder: str, *, hidden: bool) -> FolderFiles:
    """List the files below a folder of the project; with `hidden`, those whose names begin with a dot as well.

    A symbolic link counts if it leads to a place inside the project. There need be no such folder.
    """
    base = os.path.realpath(root)
    walk = _Walk(base, hidden=hidden)
    start = os.path.realpath(root / folder)
    if folder and not is_inside(start, base):
        walk.outside.append(folder)
    elif folder and os.path.isdir(start):  # noqa: PTH112 - strings, not paths, keep the walk quick
        walk.go_through(start, f"{Path(folder).as_posix()}/")
    order = sorted(walk.stamps, key=lambda path: (unicodedata.normalize("NFC", path), path))
    stamps = {path: walk.stamps[path] for path in order}
    return FolderFiles(stamps, tuple(sorted(walk.outside)), tuple(sorted(walk.special)), tuple(sorted(walk.unreadable)))


def read_folder(root: Path, folder: str) -> dict[str, bytes]:
    """Read all files below a folder of the project, by their path below it, without hidden ones.

    Raises OSError if one of them cannot be read, and OutsideError for a link that leads out of the project.
    """
    found = find_files(root, folder, hidden=False)
    for path in found.outside:
        raise OutsideError(str(root / path))
    for path in found.special:
        raise OSError(errno.EINVAL, "it is a pipe, a socket or a device, not a file", str(root / path))
    for path in found.unreadable:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root / path))
    prefix = f"{Path(folder).as_posix()}/"
    return {path.removeprefix(prefix): read_inside(root, path) for path in found.stamps}


def is_gone(error: OSError) -> bool:
    """Return True if the cause of an error is that a file is not there: it went away, or a link leads nowhere or to itself."""
    return isinstance(error, FileNotFoundError | NotADirectoryError) or error.errno == errno.ELOOP


class _Folder(Struct):
    """A folder on the way to the present place: what is left of its list, its place without links, and its path with a slash."""

    items: Iterator[os.DirEntry[str]]
    real: str
    prefix: str


class Way:
    """The way through folders to the present place. A list keeps it, since Python's calls nest only so deep."""

    def __init__(self) -> None:
        self._folders: list[_Folder] = []
        self._reals: set[str] = set()

    def enter(self, real: str, prefix: str) -> None:
        """Go through a folder next; `real` is its place without links, `prefix` its path with a slash at the end.

        A folder on the way is not entered again: a link to a folder that holds it would go round for ever.
        """
        if real in self._reals:
            return
        with os.scandir(real) as listing:
            self._folders.append(_Folder(iter(list(listing)), real, prefix))
        self._reals.add(real)

    def items(self) -> Iterator[tuple[os.DirEntry[str], str]]:
        """Yield everything in the folders that were entered, also in folders that the caller enters meanwhile, with its path."""
        while self._folders:
            folder = self._folders[-1]
            item = next(folder.items, None)
            if item is None:
                self._reals.discard(self._folders.pop().real)
            else:
                yield item, folder.prefix + item.name


class _Walk:
    """Goes through all files below a folder."""

    def __init__(self, base: str, *, hidden: bool) -> None:
        self.base = base
        self.hidden = hidden
        self.stamps: dict[str, bytes] = {}
        self.outside: list[str] = []
        self.special: list[str] = []
        self.unreadable: list[str] = []
        self._way = Way()

    def go_through(self, real: str, prefix: str) -> None:
        """Take in all that is below a folder; `real` is its place without links, `prefix` its path with a slash at the end."""
        self._enter(real, prefix)
        for item, path in self._way.items():
            if item.name not in STOPS and (self.hidden or not item.name.startswith(".")):
                self._take(item, path)

    def _enter(self, real: str, prefix: str) -> None:
        try:
            self._way.enter(real, prefix)
        except OSError as error:
            if not is_gone(error):
                self.unreadable.append(prefix.removesuffix("/"))

    def _take(self, item: os.DirEntry[str], path: str) -> None:
        try:
            real = os.path.realpath(item.path) if item.is_symlink() else item.path
            if real != item.path and not is_inside(real, self.base):
                self.outside.append(path)
                return
            status = item.stat()
        except OSError as error:
            if not is_gone(error):
                self.unreadable.append(path)
            return
        if stat.S_ISREG(status.st_mode):
            self.stamps[path] = stamp_of(status)
        elif stat.S_ISDIR(status.st_mode):
            self._enter(real, f"{path}/")
        else:
            self.special.append(path)
