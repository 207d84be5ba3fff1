"""The staging directory in the output folder, where new files wait until all of them are written."""

import hashlib
import os
from collections.abc import Iterable

from msgspec import Struct

from ..disk import open_file, stamp_of
from .removal import make_folders

HASH_SIZE = 16
STAGING = ".digest-staging"
"""The name of the staging directory in the output folder."""
NEW = "new"
"""The name of the folder in it that has the layout of the site. Beside it are the notes and the old files of publishing."""

_INDEX = "/index.html"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # the last is Windows's


class Put(Struct, frozen=True):
    """A file that was made: the hash of its bytes, its stamp, and whether it is staged or was already in place.

    `items` is what the next build needs to reuse parts of the file, or empty.
    """

    hash: bytes
    stamp: bytes
    staged: bool
    items: bytes = b""


class Stage(Struct, frozen=True):
    """The paths of the site and of its staging directory, each with a separator at its end.

    It is sent to the processes that make files. If the site is `empty`, no file has to be compared.
    """

    site: str
    staging: str
    empty: bool

    def put(self, path: str, content: bytes | Iterable[bytes | memoryview]) -> Put:
        """Write a file's new bytes, unless they are in place already; raises OSError."""
        target, staged = self.site + path, self.staging + path
        in_place = b"" if self.empty else hash_file(target)
        if isinstance(content, bytes):
            hashed = hash_bytes(content)
            if hashed == in_place:
                return Put(hashed, stamp_at(target), staged=False)
            return Put(hashed, _write(staged, content), staged=True)
        hashed, stamp = _write_chunks(staged, content)
        if hashed == in_place:
            os.unlink(staged)  # noqa: PTH108
            return Put(hashed, stamp_at(target), staged=False)
        return Put(hashed, stamp, staged=True)


def hash_bytes(content: bytes) -> bytes:
    """Return the hash by which outputs are compared, of 16 bytes."""
    return hashlib.sha256(content).digest()[:HASH_SIZE]  # processors compute it in half the time that BLAKE2 takes


def hash_file(path: str) -> bytes:
    """Return the same hash of a file's bytes, or nothing if there is no file that can be read. A link is no file here."""
    try:
        with open_file(path) as file:
            return hashlib.file_digest(file, "sha256").digest()[:HASH_SIZE]
    except OSError:
        return b""


def stamp_at(path: str) -> bytes:
    """Return the stamp of the file at a path, or nothing if there is none."""
    try:
        status = os.lstat(path)  # no link is a file of a site
    except OSError:
        return b""
    return stamp_of(status)


def _write(path: str, content: bytes) -> bytes:
    """Write a new file at once and return its stamp. This is half the work of a file object, and a site has many small files."""
    file = _create(path)
    try:
        written = os.write(file, content)
        while written < len(content):
            written += os.write(file, content[written:])
        return stamp_of(os.fstat(file))
    finally:
        os.close(file)


def _write_chunks(path: str, chunks: Iterable[bytes | memoryview]) -> tuple[bytes, bytes]:
    """Write a new file and return the hash of its bytes and its stamp."""
    hashed = hashlib.sha256()
    with open(_create(path), "wb") as file:
        for chunk in chunks:
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        return hashed.digest()[:HASH_SIZE], stamp_of(os.fstat(file.fileno()))


def _create(path: str) -> int:
    """Open a new file to write it, and make its folder if that is not there yet. Return the file's descriptor."""
    if path.endswith(_INDEX):  # mostly the first file of its folder, and an attempt to open it would take longer
        make_folders(path.removesuffix(_INDEX))
    try:
        return os.open(path, _NEW_FILE, 0o666)
    except FileNotFoundError:
        make_folders(os.path.dirname(path))  # noqa: PTH120
        return os.open(path, _NEW_FILE, 0o666)
