"""The staging directory beside the site, where new files wait until all of them are written."""

import hashlib
import os
from collections.abc import Iterable
from typing import BinaryIO

from msgspec import Struct

from .stamps import stamp_of

HASH_SIZE = 16


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
    return hashlib.blake2b(content, digest_size=HASH_SIZE).digest()


def hash_file(path: str) -> bytes:
    """Return the same hash of a file's bytes, or nothing if the file cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=HASH_SIZE)).digest()
    except OSError:
        return b""


def stamp_at(path: str) -> bytes:
    """Return the stamp of the file at a path, or nothing if there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called for every file of a site
    except OSError:
        return b""
    return stamp_of(status)


def _write(path: str, chunks: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Write a new file and return the hash of its bytes and its stamp."""
    hashed = hashlib.blake2b(digest_size=HASH_SIZE)
    with _create(path) as file:
        for chunk in chunks:
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        return hashed.digest(), stamp_of(os.fstat(file.fileno()))


def _create(path: str) -> BinaryIO:
    """Open a new file, and make its folder if that is not there yet."""
    try:
        return open(path, "xb")  # noqa: PTH123 - a fifth of a cold build is here; Path costs a third of that
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        return open(path, "xb")  # noqa: PTH123
