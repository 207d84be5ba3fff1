"""The one place that opens the files of a project to read them.

A file is read only if it is a regular file. A link counts if it leads to a place inside the project; one that leads out is
refused, and so are pipes, sockets and devices, which could make a build wait for ever or read without end. An opened file is
looked at once more, since a name may mean another file a moment later.
"""

import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_SAFELY = _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Follow no link at the end of the path, and do not wait for the other end of a pipe. Windows has none of these flags."""

_NAMES = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class OutsideError(OSError):
    """A link leads out of the project."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EACCES, "it leads out of the project", path)

    def __reduce__(self) -> "tuple[type[OutsideError], tuple[str]]":
        """Pass from a worker to the process that waits for it."""
        return type(self), (self.filename,)


class UnreadableError(OSError):
    """A file of the project cannot be read, though it is there: raised where other files are written."""


def name_kind(mode: int) -> str:
    """Return the kind of file that a mode tells, in words such as `a folder` or `a pipe`."""
    return _NAMES.get(stat.S_IFMT(mode), "a file")


def stamp_of(status: os.stat_result) -> bytes:
    """Return size, modification time, change time and inode. While they stay, the file has most likely not changed.

    On Windows, the change time is the time at which the file was made. So an edit that keeps the size and the modification time
    goes unnoticed there.
    """
    return b"%d %d %d %d" % (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_inside(real: str, base: str) -> bool:
    """Return True if a path is a folder or lies in it; both are absolute and without links."""
    return real == base or real.startswith(base.rstrip(os.sep) + os.sep)


def open_file(path: str | Path) -> BufferedReader:
    """Open a regular file to read it. Raises OSError for anything else, and for a link."""
    return open(path, "rb", opener=_open)


def open_inside(root: str | Path, path: str) -> BufferedReader:
    """Open a regular file by its path below the project, to read it. A link must lead to a place inside the project.

    Folders on the way may be links. They were looked at when they were listed. Raises OutsideError and OSError.
    """
    place = os.path.join(root, path)  # noqa: PTH118 - strings, not paths, for every note
    try:
        return open_file(place)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    base = os.path.realpath(root)
    real = os.path.realpath(place)
    if not is_inside(real, base):
        raise OutsideError(place)
    return open_file(real)


def read_inside(root: str | Path, path: str) -> bytes:
    """Read a regular file by its path below the project; raises what `open_inside` does."""
    with open_inside(root, path) as file:
        return file.read()


def read_chunks(root: str | Path, path: str, size: int = 1 << 20) -> Iterator[bytes]:
    """Yield the bytes of a file of the project in chunks; raises UnreadableError."""
    try:
        with open_inside(root, path) as file:
            while chunk := file.read(size):
                yield chunk
    except OSError as error:
        raise unreadable(error) from error


def unreadable(error: OSError) -> UnreadableError:
    """Return the error of reading that tells the same as another error."""
    return UnreadableError(error.errno, error.strerror or str(error), error.filename)


def _open(path: str, flags: int) -> int:
    if not _NOFOLLOW and os.path.islink(path):  # noqa: PTH114
        raise OSError(errno.ELOOP, "it is a link", path)
    try:
        file = os.open(path, flags | _SAFELY)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):  # the latter on FreeBSD
            raise OSError(errno.ELOOP, "it is a link", path) from error
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "it is a socket or a device, not a file", path) from error
        raise
    try:
        mode = os.fstat(file).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, f"it is {name_kind(mode)}, not a file", path)
    except OSError:
        os.close(file)
        raise
    return file
