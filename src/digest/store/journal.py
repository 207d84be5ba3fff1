"""The journal of publishing: all steps are written down before the first, so that they can be taken back.

It works as a database's rollback journal does. While there is a journal, the site is in between, and `undo` makes it what it
was; the removal of the journal is the moment at which the new site counts. Each file that a step replaces or removes is kept
beside the staged files until then, under the step's number. A step shows by its files whether it was taken, so `undo` can come
at any moment, in another process, and more than once.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from msgspec import Struct, convert

from ..disk import open_file
from .manifest import FILE_NAME as MANIFEST
from .manifest import Manifest, leads_out
from .removal import make_folders, remove_tree
from .staging import NEW

JOURNAL = "journal"
_OLD = "old"
_ADD, _REPLACE, _REMOVE = "add", "replace", "remove"


class Step(Struct, frozen=True, array_like=True):
    """A step of publishing: a staged file or folder is added, replaces a file, or something is removed."""

    action: Literal["add", "replace", "remove"]
    path: str


class UndoError(OSError):
    """Publishing stopped half-way, and not everything could be taken back; the next build tries again."""


class Journal:
    """The steps of publishing from a staging directory to a site; both are paths with a separator at the end."""

    def __init__(self, site: str, staging: str) -> None:
        self._site = site
        self._staging = staging
        self._new = f"{staging}{NEW}{os.sep}"
        self._old = f"{staging}{_OLD}{os.sep}"
        self._path = staging + JOURNAL

    def exists(self) -> bool:
        """Return True if a build was stopped while it published."""
        return os.path.lexists(self._path)

    def write(self, steps: Sequence[Step]) -> None:
        """Write down the steps; raises OSError."""
        os.mkdir(self._old)  # noqa: PTH102
        with open(self._path + ".new", "xb") as file:  # noqa: PTH123
            file.writelines(f"{step.action} {step.path}\n".encode() for step in steps)
        os.replace(self._path + ".new", self._path)  # noqa: PTH105 - so that it is there as a whole or not at all

    def take(self, steps: Sequence[Step]) -> None:
        """Take the steps; raises OSError."""
        for number, step in enumerate(steps):
            target, kept = self._site + step.path, self._old + str(number)
            if step.action == _REMOVE:
                with suppress(FileNotFoundError, NotADirectoryError):
                    os.replace(target, kept)  # noqa: PTH105
                continue
            if step.action == _REPLACE:
                self._keep(target, kept)
            os.replace(self._new + step.path, target)  # noqa: PTH105
        for step in steps:
            if step.action == _REMOVE:
                self._remove_empty_above(step.path)

    def close(self) -> None:
        """Remove the journal: from here on, the site is the new one. Raises OSError."""
        os.unlink(self._path)  # noqa: PTH108

    def undo(self) -> None:
        """Take back all steps that were taken. Raises UndoError if something stays; then the journal stays as well."""
        if not self.exists():
            return  # it was closed, so there is nothing to take back
        try:
            steps = list(self._read())
            ours = Manifest(Path(self._site)).paths
        except OSError as error:
            raise _half_way(error) from error
        problems: list[OSError] = []
        for number in range(len(steps) - 1, -1, -1):
            if number == 0 and problems:
                break  # the manifest, which the next attempt needs
            try:
                self._take_back(number, steps[number], ours)
            except OSError as error:
                problems.append(error)
        if problems:
            raise _half_way(problems[0]) from problems[0]
        try:
            self.close()
        except OSError as error:
            raise _half_way(error) from error

    def _read(self) -> Iterator[Step]:
        with open_file(self._path) as file:
            try:
                for line in file:
                    action, _, path = line.decode().removesuffix("\n").partition(" ")
                    if leads_out(path):
                        raise ValueError(path)
                    yield convert((action, path), Step)
            except ValueError as error:  # it is no UTF-8, or no step
                raise OSError(
                    errno.EINVAL, "the journal is damaged; remove the folder that holds it", self._path
                ) from error

    def _keep(self, target: str, kept: str) -> None:
        """Keep a file that will be replaced. With a second name for it, its place is never empty."""
        try:
            os.link(target, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):  # the file system or the file's owner allows no second name
            os.replace(target, kept)  # noqa: PTH105

    def _take_back(self, number: int, step: Step, ours: frozenset[str]) -> None:
        target, kept = self._site + step.path, self._old + str(number)
        self._refuse_links(step.path)
        if step.action == _ADD:
            if not os.path.lexists(self._new + step.path):
                self._remove_added(step.path, ours)
        elif os.path.lexists(kept):
            make_folders(os.path.dirname(target))  # noqa: PTH120
            os.replace(kept, target)  # noqa: PTH105

    def _refuse_links(self, path: str) -> None:
        """Raise OSError if a folder above a path is a link by now: nothing is put back or removed through it."""
        while path := path.rpartition("/")[0]:
            if os.path.islink(self._site + path):  # noqa: PTH114
                raise OSError(errno.ELOOP, "a folder of the site is a link", self._site + path)

    def _remove_added(self, path: str, ours: frozenset[str]) -> None:
        """Remove a file or folder that a step added, but nothing that somebody has put there since."""
        target = self._site + path
        try:
            mode = os.lstat(target).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return
        if not stat.S_ISDIR(mode):
            if path in ours or path == MANIFEST:
                os.unlink(target)  # noqa: PTH108
            return
        waiting, emptied = [path], []
        while waiting:
            folder = waiting.pop()
            emptied.append(folder)
            try:
                with os.scandir(self._site + folder) as items:
                    found = list(items)
            except (FileNotFoundError, NotADirectoryError):
                continue
            for item in found:
                if item.is_dir(follow_symlinks=False):
                    waiting.append(f"{folder}/{item.name}")
                elif f"{folder}/{item.name}" in ours:
                    os.unlink(item.path)  # noqa: PTH108
        for folder in reversed(emptied):
            with suppress(OSError):  # it holds something of somebody else's
                os.rmdir(self._site + folder)  # noqa: PTH106

    def _remove_empty_above(self, path: str) -> None:
        """Remove the folders above a path as long as they are empty."""
        while path := path.rpartition("/")[0]:
            try:
                os.rmdir(self._site + path)  # noqa: PTH106
            except OSError:
                return


def _half_way(error: OSError) -> UndoError:
    return UndoError(error.errno, error.strerror or str(error), error.filename)


def recover(site: str, staging: str) -> None:
    """Take back what a build that was killed published only in part, and remove what it left; raises UndoError."""
    if os.path.lexists(staging):
        journal = Journal(site, staging)
        if journal.exists():
            journal.undo()
        remove_tree(staging.rstrip(os.sep))
