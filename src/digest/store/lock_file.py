"""`digest.lock` on disk: read as bytes, and replaced as a whole."""

import os
from pathlib import Path

from ..disk import read_inside


def read_lock_file(folder: Path, name: str) -> bytes | None:
    """Return the content of a file of the project, or None if it does not exist. Raises OSError, also for a pipe or a folder."""
    try:
        return read_inside(folder, name)
    except FileNotFoundError:
        return None


def write_lock_file(folder: Path, name: str, content: bytes) -> None:
    """Replace the content of a file, so that it has either the old or the new one, whenever the machine fails; raises OSError."""
    beside = folder / f"{name}.new"
    beside.unlink(missing_ok=True)  # what a build that was stopped left, or a link that leads anywhere
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / name)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
