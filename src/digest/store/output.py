"""The output folder of a build. New files are staged beside the site and then published, so no build leaves a broken site.

The staging directory has the layout of the site. When all files are there, they are moved to their places. If the site has
no folder of some name, the whole folder moves in one step. At the end, files that no longer belong to the site are removed.
A manifest lists the files that builds wrote; no other file is ever replaced or removed. If a step fails, all steps before it
are taken back: see `journal`.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from msgspec import Struct

from ..disk import name_kind
from .journal import Journal, Step, UndoError, recover
from .manifest import FILE_NAME as MANIFEST
from .manifest import Manifest
from .places import check_place
from .removal import make_folders, remove_tree
from .staging import NEW, STAGING, Stage, hash_file, stamp_at

_NEXT_MANIFEST = "manifest"


class ForeignFileError(Exception):
    """Files of the site would replace what no build wrote; `kinds` says what that is, by its path relative to the output folder."""

    def __init__(self, kinds: dict[str, str]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = kinds


class Published(Struct, frozen=True):
    """The changes of publishing: the paths of removed files, and of files that were moved one by one and so have a new stamp."""

    removed: list[str]
    moved: list[str]


class Output:
    """The output folder during one build. Files are named by their path under it, `/` between the parts.

    Raises PlaceError if something is in the place of the folder or of its staging directory.
    """

    def __init__(self, project: Path, name: str) -> None:
        check_place(project, name)
        check_place(project, f"{name}/{STAGING}")
        self._folder = project / name
        self._manifest = Manifest(self._folder)
        self._root = f"{self._folder}{os.sep}"
        self._staging = f"{self._root}{STAGING}{os.sep}"
        self.staged = 0
        """How many files were staged; whoever stages files in other processes counts them here."""
        self.stage = Stage(self._root, f"{self._staging}{NEW}{os.sep}", empty=_is_empty(self._folder))

    def recover(self) -> None:
        """Take back what a build that was killed published only in part; raises UndoError."""
        recover(self._root, self._staging)

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
        self.discard()
        make_folders(self._staging.rstrip(os.sep))
        os.mkdir(self.stage.staging)  # noqa: PTH102

    def publish(self, files: Iterable[str]) -> Published:
        """Move all staged files into place and remove the files that are no longer part of the site.

        `files` are all files of the site. Raises ForeignFileError before anything is changed; OSError, and then the site is as it
        was; and UndoError if that could not be achieved.
        """
        gone = self._manifest.write_next(files, self.stage.staging + MANIFEST, self._staging + _NEXT_MANIFEST)
        plan = _Plan(self._root, self.stage.staging, self._manifest.paths, gone)
        steps = plan.steps()
        if plan.foreign:
            raise ForeignFileError(dict(sorted(plan.foreign.items())))
        journal = Journal(self._root, self._staging)
        try:
            journal.write(steps)
            journal.take(steps)
            if gone:
                os.replace(self._staging + _NEXT_MANIFEST, self._root + MANIFEST)  # noqa: PTH105
            journal.close()
        except BaseException as failure:  # an interrupt as well
            try:
                journal.undo()
            except UndoError as error:
                raise error from failure
            raise
        return Published(removed=sorted(gone), moved=plan.moved)

    def discard(self) -> None:
        """Remove the staging directory with everything in it, unless the next build needs it to take back steps of this one."""
        if not Journal(self._root, self._staging).exists():
            remove_tree(self._staging.rstrip(os.sep))


class _Plan:
    """The steps from the present site to the staged one, and what is in their way.

    Additions come first and removals last, so that at no moment a page names a file that is not there.
    """

    def __init__(self, site: str, staging: str, written: Set[str], gone: Set[str]) -> None:
        self._site = site
        self._staging = staging
        self._written = written
        self._gone = gone
        self._additions: list[Step] = []
        self._replacements: list[Step] = []
        self._cleared: set[str] = set()
        self.moved: list[str] = []
        """The files that will be moved one by one, and not with a folder."""
        self.foreign: dict[str, str] = {}
        """What no build wrote and is in the way of a staged file, by its path, in words."""

    def steps(self) -> list[Step]:
        """Return all steps, the manifest first. If `foreign` holds anything then, they must not be taken."""
        kind = self._mode(MANIFEST)
        if kind and not stat.S_ISREG(kind):
            self.foreign[MANIFEST] = name_kind(kind)
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            with os.scandir(self._staging + folder) as items:
                for item in items:
                    path = folder + item.name
                    if path == MANIFEST:
                        continue
                    if not item.is_dir(follow_symlinks=False):
                        self._place_file(path)
                    elif self._place_folder(path):
                        waiting.append(f"{path}/")
        manifest = Step("replace" if kind else "add", MANIFEST)
        return [manifest, *self._additions, *self._replacements, *self._removals()]

    def _place_file(self, path: str) -> None:
        mode = self._mode(path)
        self.moved.append(path)
        if not mode:
            self._additions.append(Step("add", path))
        elif stat.S_ISDIR(mode):
            if not self._holds_only_gone(path):
                self.foreign[path] = name_kind(mode)
            self._additions += (Step("remove", path), Step("add", path))
        elif path in self._written:
            self._replacements.append(Step("replace", path))
        else:
            self.foreign[path] = name_kind(mode)

    def _place_folder(self, path: str) -> bool:
        """Place a folder as a whole; return True if the site has such a folder, so that the files in it must be placed instead."""
        mode = self._mode(path)
        if stat.S_ISDIR(mode):
            return True
        if mode:
            if path not in self._written:
                self.foreign[path] = name_kind(mode)
            self._additions.append(Step("remove", path))
            self._cleared.add(path)
        self._additions.append(Step("add", path))
        return False

    def _removals(self) -> Iterator[Step]:
        """Yield the removal of each file that is gone. What is below a link, or is a folder now, no build wrote."""
        is_folder: dict[str, bool] = {}
        for path in sorted(self._gone - self._cleared):
            for end in (number for number, char in enumerate(path) if char == "/"):
                folder = path[:end]
                if folder not in is_folder:
                    is_folder[folder] = stat.S_ISDIR(self._mode(folder))
                if not is_folder[folder]:
                    break
            else:
                if not stat.S_ISDIR(self._mode(path)):
                    yield Step("remove", path)

    def _holds_only_gone(self, path: str) -> bool:
        """Return True if all files below a folder are files that earlier builds wrote and the site no longer has."""
        waiting = [path]
        while waiting:
            folder = waiting.pop()
            with os.scandir(self._site + folder) as items:
                for item in items:
                    below = f"{folder}/{item.name}"
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(below)
                    elif below not in self._gone:
                        return False
        return True

    def _mode(self, path: str) -> int:
        """Return the mode of what the site has at a path, following no link, or 0 if there is nothing."""
        try:
            return os.lstat(self._site + path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return 0


def _is_empty(folder: Path) -> bool:
    """Return True if a folder holds nothing but hidden files, or does not exist."""
    try:
        return all(item.name.startswith(".") for item in folder.iterdir())
    except OSError:
        return True
