"""A lock that allows one build of a project at a time, and one preview.

It is SQLite's own lock, on an empty database. It works on every system, and the system releases it when the process that
holds it ends, whatever the reason.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ..disk import read_inside
from .places import check_files, check_place

LOCK = "lock.sqlite"
HOLDER = "lock.txt"
"""The file that says who holds the lock."""
BUILD = "another build is at work here"


class LockedError(Exception):
    """Another build or preview of the project is at work; the message says which, and names its process."""


@contextlib.contextmanager
def project_lock(project: Path, folder: str, activity: str = BUILD) -> Iterator[None]:
    """Hold the lock in a folder of a project, which is made if it is not there.

    `activity` is what another process is told. Raises LockedError at once if another process holds the lock, PlaceError if
    something is in the place of the folder or of a file in it, and OSError.
    """
    check_place(project, folder)
    place = project / folder
    place.mkdir(parents=True, exist_ok=True)
    check_files(project, folder)
    with contextlib.ExitStack() as held:
        try:
            _take(place / LOCK, held)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise OSError(f"{place / LOCK}: {error}") from error
            raise LockedError(_read_holder(place) or activity) from error
        (place / HOLDER).write_text(f"{activity} (process {os.getpid()})", encoding="utf-8")
        yield


def _take(path: Path, held: contextlib.ExitStack) -> None:
    """Take the lock and have `held` release it; raises sqlite3.DatabaseError."""
    for attempt in range(2):
        connection = held.enter_context(contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)))
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB or attempt:
                raise
            # Nobody can hold a lock on such a file. It is emptied and not replaced, so that two processes still see one file.
            os.truncate(path, 0)
        else:
            return


def _read_holder(place: Path) -> str:
    try:
        return read_inside(place, HOLDER).decode()
    except (OSError, UnicodeDecodeError):
        return ""
