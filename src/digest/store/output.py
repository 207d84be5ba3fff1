"""Bytes -> files of the site, so that no build leaves a broken one behind.

Everything new is first written beside the site, in a staging folder that is laid out like it; once all is there, files are
moved into their places, whole folders in one step where the site has none of that name, and what is no longer part of the
site is removed last. A manifest in the output folder names what builds wrote; nothing else is ever replaced or removed.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TextIO

from msgspec import Struct

from .stamps import stamp_of

MANIFEST = ".digest-manifest"
STAGING = ".digest-staging"
HASH_SIZE = 16


class ForeignFileError(Exception):
    """Files of the site would replace files that no build wrote; `paths` are relative to the output folder."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


class Put(Struct, frozen=True):
    """What came of a file's new bytes: their hash, the file's stamp, and whether it waits on the stage or is in place."""

    hash: bytes
    stamp: bytes
    staged: bool


class Published(Struct, frozen=True):
    """What publishing did: paths that are gone, and those of files that were moved alone, which gives them a new stamp."""

    removed: list[str]
    moved: list[str]


class Stage(Struct, frozen=True):
    """Where new files wait beside the site, and the site itself, each with a separator at its end.

    Goes along to the workers that make files. Where the site is `empty`, no file of it has to be compared.
    """

    site: str
    staging: str
    empty: bool

    def put(self, path: str, content: bytes | Iterable[bytes]) -> Put:
        """Write a file's new bytes, unless they are in place already; raises OSError."""
        target, staged = self.site + path, self.staging + path
        in_place = b"" if self.empty else _hash_file(target)
        if isinstance(content, bytes):
            if in_place and in_place == hash_bytes(content):
                return Put(in_place, _stamp_at(target), staged=False)
            content = (content,)
        hashed, stamp = _write(staged, content)
        if hashed == in_place:
            os.unlink(staged)  # noqa: PTH108
            return Put(hashed, _stamp_at(target), staged=False)
        return Put(hashed, stamp, staged=True)


class Output:
    """The output folder during one build. Files are named by their path under it, `/` between the parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / STAGING
        self._root = f"{folder}{os.sep}"
        self.staged = 0
        """How many files were staged, counted by who has them put there."""
        self.stage = Stage(self._root, f"{self._staging}{os.sep}", empty=_is_empty(folder))

    @cached_property
    def manifest(self) -> frozenset[str]:
        """What former builds wrote; read only when there is something to publish."""
        return _read_manifest(self._folder)

    def stamp(self, path: str) -> bytes:
        """Return a file's stamp, or nothing where there is no such file."""
        return _stamp_at(self._root + path)

    def find_altered(self, stamps: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
        """Return the stamps, by path, of the files that have another one than these; nothing for those that are gone."""
        root = self._root
        return {path: now for path, stamp in stamps if (now := _stamp_at(root + path)) != stamp}

    def hash(self, path: str) -> bytes:
        """Return the hash of a file's bytes, or nothing where it can't be read."""
        return _hash_file(self._root + path)

    def open_stage(self) -> None:
        """Make an empty folder for new files; raises OSError."""
        _remove_tree(self._staging)
        self._staging.mkdir(parents=True)

    def publish(self, files: Iterable[str]) -> Published:
        """Move all that was staged into place and remove what no longer belongs.

        `files` are all files of the site. Raises ForeignFileError before anything is changed, and OSError.
        """
        if self.staged and not self.stage.empty and (foreign := sorted(self._find_foreign(""))):
            raise ForeignFileError(foreign)
        # Named before they are there: a build killed in between leaves nothing that a later one can't remove.
        gone = self._write_manifest(files)
        published = Published(removed=sorted(gone), moved=[])
        if self.staged:
            self._move("", published.moved)
        if gone:
            for path in published.removed:
                self._remove(path)
            self._shorten_manifest(gone)
        return published

    def discard(self) -> None:
        """Remove the stage with all that still is on it."""
        _remove_tree(self._staging)

    def _find_foreign(self, folder: str) -> Iterator[str]:
        """Yield the paths where something that no build wrote is in the way of what is staged below a folder."""
        with os.scandir(self.stage.staging + folder) as items:
            for item in items:
                path = folder + item.name
                target = self._root + path
                if self._is_folder(path):
                    if item.is_dir(follow_symlinks=False):
                        yield from self._find_foreign(f"{path}/")
                    elif os.listdir(target):  # noqa: PTH208
                        yield path
                elif path not in self.manifest and os.path.lexists(target):
                    yield path

    def _move(self, folder: str, moved: list[str]) -> None:
        """Move what is staged below a folder, which is empty or ends in `/`, and note the files that are moved alone."""
        with os.scandir(self.stage.staging + folder) as items:
            for item in items:
                path = folder + item.name
                target = self._root + path
                if item.is_dir(follow_symlinks=False):
                    if self._is_folder(path):
                        self._move(f"{path}/", moved)
                        continue
                    if path in self.manifest:  # a former build wrote a file where a folder is wanted
                        Path(target).unlink(missing_ok=True)
                else:
                    moved.append(path)
                    if self._is_folder(path):  # an empty one
                        os.rmdir(target)  # noqa: PTH106
                os.replace(item.path, target)  # noqa: PTH105

    def _is_folder(self, path: str) -> bool:
        """Tell whether the site has a folder at a path that ends in none; raises OSError for a link to one."""
        target = self._root + path
        try:
            mode = os.lstat(target).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        if stat.S_ISLNK(mode) and os.path.isdir(target):  # noqa: PTH112
            raise OSError(errno.ELOOP, "the site's folders cannot be links, which may lead anywhere", target)
        return stat.S_ISDIR(mode)

    def _remove(self, path: str) -> None:
        target = self._folder / path
        if target.is_symlink() or not target.is_dir():  # a folder is none of ours
            with suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
        for folder in target.parents:
            if folder == self._folder:
                break
            try:
                folder.rmdir()
            except OSError:
                break

    def _write_manifest(self, files: Iterable[str]) -> set[str]:
        """Name these files beside all that were named before; returns those that are no longer among them."""
        gone = set(self.manifest)
        with self._new_manifest() as lines:
            for path in files:
                gone.discard(path)
                lines.write(f"{path}\n")
            lines.writelines(f"{path}\n" for path in sorted(gone))
        return gone

    def _shorten_manifest(self, gone: Container[str]) -> None:
        # The former one is closed first: Windows replaces no file that is open.
        with self._new_manifest() as lines, (self._folder / MANIFEST).open(encoding="utf-8", newline="\n") as former:
            lines.writelines(line for line in former if line.removesuffix("\n") not in gone)

    @contextmanager
    def _new_manifest(self) -> Iterator[TextIO]:
        """Give a file that takes the manifest's place at the end; line by line, for a large site has a million."""
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / MANIFEST
        beside = target.with_name(MANIFEST + ".new")
        with beside.open("w", encoding="utf-8", newline="\n") as lines:
            yield lines
        beside.replace(target)


def hash_bytes(content: bytes) -> bytes:
    """Return the hash by which outputs are compared."""
    return hashlib.blake2b(content, digest_size=HASH_SIZE).digest()


def _is_empty(folder: Path) -> bool:
    """Tell whether a folder holds nothing but hidden files, or isn't there."""
    try:
        return all(item.name.startswith(".") for item in folder.iterdir())
    except OSError:
        return True


def _remove_tree(folder: str | Path) -> None:
    if os.path.isdir(folder):  # noqa: PTH112
        import shutil  # loads what only archives need, and a build with nothing to do removes nothing

        shutil.rmtree(folder, ignore_errors=True)


def _write(path: str, chunks: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Write a new file and return the hash of its bytes and its stamp."""
    hashed = hashlib.blake2b(digest_size=HASH_SIZE)
    with _create(path) as file:
        for chunk in chunks:
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        return hashed.digest(), stamp_of(os.fstat(file.fileno()))


def _create(path: str) -> BinaryIO:
    """Open a new file in a folder that may not be there yet."""
    try:
        return open(path, "xb")  # noqa: PTH123 - a fifth of a cold build is here; Path costs a third of that
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        return open(path, "xb")  # noqa: PTH123


def _hash_file(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=HASH_SIZE)).digest()
    except OSError:
        return b""


def _stamp_at(path: str) -> bytes:
    """Return the stamp of the file at a path, or nothing where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called for every file of a site
    except OSError:
        return b""
    return stamp_of(status)


def _read_manifest(folder: Path) -> frozenset[str]:
    try:
        lines = (folder / MANIFEST).read_bytes().decode().split("\n")  # names may hold what else ends a line
    except (OSError, UnicodeDecodeError):
        return frozenset()
    # A manifest edited by hand can't lead a build out of its folder.
    return frozenset(line for line in lines if line and not line.startswith("/") and ".." not in line.split("/"))
