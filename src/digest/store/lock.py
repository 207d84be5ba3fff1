"""A lock that allows one build of a project at a time.

It is SQLite's own lock, on an empty database. It works on every system, and the system releases it when the process that
holds it ends, whatever the reason.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

LOCK = "lock.sqlite"


class LockedError(Exception):
    """Another build of the project is at work; the message names its process."""


@contextlib.contextmanager
def project_lock(folder: Path) -> Iterator[None]:
    """Hold the lock in a project's cache folder; raises LockedError at once if another process holds it, and OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "lock.txt"
    with contextlib.ExitStack() as held:
        try:
            connection = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
            held.enter_context(contextlib.closing(connection)).execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise OSError(f"{folder / LOCK}: {error}") from error
            with contextlib.suppress(OSError):
                raise LockedError(f"another build is at work here ({holder.read_text(encoding='utf-8')})") from error
            raise LockedError("another build is at work here") from error
        holder.write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
