"""The folders that builds write to. Something else in their place is named before anything is written."""

import os
import stat
from pathlib import Path

from ..diagnostics import Diagnostic, DiagnosticError
from ..disk import name_kind


class PlaceError(DiagnosticError):
    """Something is in the place of a folder or file that builds write."""

    def __str__(self) -> str:
        """Return the diagnostic as one line."""
        found = self.diagnostic
        return f"{found.path}: {found.message}; {found.hint}"


def check_place(project: Path, name: str) -> None:
    """Raise PlaceError unless a path below the project can be a folder: no step of it may be a link or a file.

    An absolute path is outside the project. Raises OSError if a step cannot be looked at.
    """
    place = Path(name)
    for step in (*reversed(place.parents), place):
        if step == Path():
            continue
        path = step.as_posix()
        try:
            mode = os.lstat(project / path).st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            raise _taken(path, mode, "folder")


def check_files(project: Path, name: str) -> None:
    """Raise PlaceError if anything but files and folders is in a folder of the program's own; raises OSError."""
    with os.scandir(project / name) as items:
        for item in items:
            mode = item.stat(follow_symlinks=False).st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise _taken(f"{name}/{item.name}", mode, "file")


def _taken(path: str, mode: int, wanted: str) -> PlaceError:
    message = f"a build writes a {wanted} here, but {name_kind(mode)} is in its place"
    return PlaceError(Diagnostic(path, 0, 0, "output", message, "move it away or remove it"))
