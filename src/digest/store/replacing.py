"""Replace a file as a whole: it has its old content or its new one, whenever the program is stopped."""

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..disk import name_kind


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of an empty file, which takes the place of `path` when the context ends, unless an error is raised in it.

    A file that is replaced passes its permissions on. Raises OSError, also if anything but a file is in the place.
    """
    mode = _mode_of(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        os.chmod(beside, mode)  # noqa: PTH101 - beside files are made for their owner alone
        with beside.open("ab") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def replace_content(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Replace the content of a file, which may come in chunks; raises OSError."""
    chunks = (content,) if isinstance(content, bytes) else content
    with replacing(path) as beside, beside.open("ab") as file:
        for chunk in chunks:
            file.write(chunk)


def _mode_of(path: Path) -> int:
    """Return the permissions that a file at a path has, or the permissions of a new file."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(mode):
        raise OSError(None, f"{name_kind(mode)} is in its place", str(path))
    return stat.S_IMODE(mode)
