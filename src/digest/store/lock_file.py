"""`digest.lock` on disk: read as bytes, and replaced as a whole."""

import errno
import os
import stat
from pathlib import Path


def read_lock_file(path: Path) -> bytes | None:
    """Return the content of a file, or None if it does not exist. Raises OSError, also if it is no ordinary file."""
    try:
        # A pipe must not hold the build up until something is written into it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        if path.is_symlink():
            raise
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        return file.read()


def write_lock_file(path: Path, content: bytes) -> None:
    """Replace the content of a file, so that it has either the old or the new one, whenever the machine fails; raises OSError."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
