"""The staging directory in the output folder, where new files wait until all of them are written."""

import hashlib
import os
from collections.abc import Iterable
from typing import BinaryIO

from msgspec import Struct

from ..disk import open_file, stamp_of
from .removal import make_folders

HASH_SIZE = 16
STAGING = ".digest-staging"
"""The name of the staging directory in the output folder."""
NEW = "new"
"""The name of the folder in it that has the layout of the site. Beside it are the notes and the old files of publishing."""


class Put(Struct, frozen=True):
    """A file that was made: the hash of its bytes, its stamp, and whether it is staged or was already in place."""

    hash: bytes
    stamp: bytes
    staged: bool


class Stage(Struct, frozen=True):
    """The paths of the site and of its staging directory, each with a separator at its end.

    It is sent to the processes that make files. If the site is `empty`, no file has to be compared.
    """

    site: str
    staging: str
    empty: bool

    def put(self, path: str, content: bytes | Iterable[bytes]) -> Put:
        """Write a file's new bytes, unless they are in place already; raises OSError."""
        target, staged = self.site + path, self.staging + path
        in_place = b"" if self.empty else hash_file(target)
        if isinstance(content, bytes):
            if in_place and in_place == hash_bytes(content):
                return Put(in_place, stamp_at(target), staged=False)
            content = (content,)
        hashed, stamp = _write(staged, content)
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


def _write(path: str, chunks: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Write a new file and return the hash of its bytes and its stamp."""
    hashed = hashlib.sha256()
    with _create(path) as file:
        for chunk in chunks:
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        return hashed.digest()[:HASH_SIZE], stamp_of(os.fstat(file.fileno()))


def _create(path: str) -> BinaryIO:
    """Open a new file, and make its folder if that is not there yet."""
    try:
        return open(path, "xb")  # noqa: PTH123 - a fifth of a cold build is here; Path costs a third of that
    except FileNotFoundError:
        make_folders(os.path.dirname(path))  # noqa: PTH120
        return open(path, "xb")  # noqa: PTH123
