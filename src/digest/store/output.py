"""The output folder of a build. New files are staged beside the site and then published, so no build leaves a broken site.

The staging directory has the layout of the site. When all files are there, they are moved to their places. If the site has
no folder of some name, the whole folder moves in one step. At the end, files that no longer belong to the site are removed.
A manifest lists the files that builds wrote; no other file is ever replaced or removed.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from .manifest import Manifest
from .staging import Stage, hash_file, stamp_at

STAGING = ".digest-staging"


class ForeignFileError(Exception):
    """Files of the site would replace files that no build wrote; `paths` are relative to the output folder."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


class Published(Struct, frozen=True):
    """The changes of publishing: the paths of removed files, and of files that were moved one by one and so have a new stamp."""

    removed: list[str]
    moved: list[str]


class Output:
    """The output folder during one build. Files are named by their path under it, `/` between the parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = Manifest(folder)
        self._staging = folder / STAGING
        self._root = f"{folder}{os.sep}"
        self.staged = 0
        """How many files were staged; whoever stages files in other processes counts them here."""
        self.stage = Stage(self._root, f"{self._staging}{os.sep}", empty=_is_empty(folder))

    def stamp(self, path: str) -> bytes:
        """Return a file's stamp, or nothing if there is no such file."""
        return stamp_at(self._root + path)

    def find_altered(self, stamps: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
        """Return the present stamps, by path, of files whose stamp changed. A missing file has an empty stamp."""
        root = self._root
        return {path: now for path, stamp in stamps if (now := stamp_at(root + path)) != stamp}

    def hash(self, path: str) -> bytes:
        """Return the hash of a file's bytes, or nothing if it cannot be read."""
        return hash_file(self._root + path)

    def open_stage(self) -> None:
        """Make an empty staging directory; raises OSError."""
        _remove_tree(self._staging)
        self._staging.mkdir(parents=True)

    def publish(self, files: Iterable[str]) -> Published:
        """Move all staged files into place and remove the files that are no longer part of the site.

        `files` are all files of the site. Raises ForeignFileError before anything is changed, and OSError.
        """
        if self.staged and not self.stage.empty and (foreign := sorted(self._find_foreign(""))):
            raise ForeignFileError(foreign)
        # The manifest comes first: if the build is killed in between, a later one can remove all that this one moved.
        gone = self._manifest.add(files)
        published = Published(removed=sorted(gone), moved=[])
        if self.staged:
            self._move("", published.moved)
        if gone:
            for path in published.removed:
                self._remove(path)
            self._manifest.drop(gone)
        return published

    def discard(self) -> None:
        """Remove the staging directory with everything in it."""
        _remove_tree(self._staging)

    def _find_foreign(self, folder: str) -> Iterator[str]:
        """Yield the paths below a folder where a file or folder that no build wrote is in the way of a staged one."""
        with os.scandir(self.stage.staging + folder) as items:
            for item in items:
                path = folder + item.name
                target = self._root + path
                if self._is_folder(path):
                    if item.is_dir(follow_symlinks=False):
                        yield from self._find_foreign(f"{path}/")
                    elif os.listdir(target):  # noqa: PTH208
                        yield path
                elif path not in self._manifest.paths and os.path.lexists(target):
                    yield path

    def _move(self, folder: str, moved: list[str]) -> None:
        """Move all staged files below a folder, which is `""` or ends in `/`. Files that move alone are added to `moved`."""
        with os.scandir(self.stage.staging + folder) as items:
            for item in items:
                path = folder + item.name
                target = self._root + path
                if item.is_dir(follow_symlinks=False):
                    if self._is_folder(path):
                        self._move(f"{path}/", moved)
                        continue
                    if path in self._manifest.paths:  # a former build wrote a file where a folder is wanted
                        Path(target).unlink(missing_ok=True)
                else:
                    moved.append(path)
                    if self._is_folder(path):  # an empty one
                        os.rmdir(target)  # noqa: PTH106
                os.replace(item.path, target)  # noqa: PTH105

    def _is_folder(self, path: str) -> bool:
        """Return True if the site has a folder at a path without a `/` at its end; raises OSError for a link to a folder."""
        target = self._root + path
        try:
            mode = os.lstat(target).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        if stat.S_ISLNK(mode) and os.path.isdir(target):  # noqa: PTH112
            raise OSError(errno.ELOOP, "a folder of the site cannot be a link, which may lead anywhere", target)
        return stat.S_ISDIR(mode)

    def _remove(self, path: str) -> None:
        target = self._folder / path
        if target.is_symlink() or not target.is_dir():  # a folder there is not a build's
            with suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
        for folder in target.parents:
            if folder == self._folder:
                break
            try:
                folder.rmdir()
            except OSError:
                break


def _is_empty(folder: Path) -> bool:
    """Return True if a folder holds nothing but hidden files, or does not exist."""
    try:
        return all(item.name.startswith(".") for item in folder.iterdir())
    except OSError:
        return True


def _remove_tree(folder: str | Path) -> None:
    if os.path.isdir(folder):  # noqa: PTH112
        import shutil  # loads modules for archives, and a build with nothing to do removes nothing

        shutil.rmtree(folder, ignore_errors=True)
