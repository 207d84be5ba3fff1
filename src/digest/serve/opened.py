"""A file of the project, opened to be sent."""

import asyncio
import os
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from ..disk import open_inside, stamp_of
from ..store.staging import hash_bytes
from .conditions import Part, Version

CHUNK = 1 << 18
SMALL = 1 << 20
"""A file of at most so many bytes is read at once, so that an editor that empties it meanwhile cuts nothing short."""
PATIENCE_SECONDS = 0.2
"""How long a file that is empty or gone is waited for: its author's editor may be writing it."""
PAUSE_SECONDS = 0.01


class Opened(Struct, frozen=True):
    """An open file, its version, its size in bytes, and the time of its last change. It is closed when it was read, or by `close`."""

    file: BinaryIO
    version: Version
    size: int
    written: float

    def read(self, part: Part) -> Iterator[bytes]:
        """Yield the bytes of a part in chunks. A file that was cut short meanwhile gives fewer."""
        with self.file as file:
            file.seek(part.start)
            left = part.end - part.start
            while left and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk

    def close(self) -> None:
        """Close the file without reading it."""
        self.file.close()


async def open_patiently(folder: Path, path: Path) -> Opened | None:
    """Open a regular file inside a folder; return None if there is none.

    Many editors empty a file before they write it, and some remove it. So a file that is gone, or that was emptied only just now,
    is waited for.
    """
    for _ in range(round(PATIENCE_SECONDS / PAUSE_SECONDS)):
        opened = await asyncio.to_thread(_open, folder, path)
        if opened and (opened.size or time.time() - opened.written > PATIENCE_SECONDS):
            return opened
        if opened:
            opened.close()
        await asyncio.sleep(PAUSE_SECONDS)
    return await asyncio.to_thread(_open, folder, path)


def _open(folder: Path, path: Path) -> Opened | None:
    """Open a regular file inside a folder. A link that was changed after the file was found must not lead out of it."""
    try:
        file = open_inside(folder, os.fspath(path))
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(file.fileno())
        if _is_inside(folder, path, status):
            tag = f'"{hash_bytes(os.fsencode(path) + stamp_of(status)).hex()}"'
            version = Version(tag, int(status.st_mtime))
            if status.st_size > SMALL:
                return Opened(file, version, status.st_size, status.st_mtime)
            with file:
                content = file.read()
                if stamp_of(os.fstat(file.fileno())) != stamp_of(status):
                    return None  # it is being written
            return Opened(BytesIO(content), version, len(content), status.st_mtime)
    except OSError:
        pass
    file.close()
    return None


def _is_inside(folder: Path, path: Path, status: os.stat_result) -> bool:
    """Return True if an open file is the one at the real path, which is inside the folder."""
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder)) and os.path.samestat(real.stat(), status)
