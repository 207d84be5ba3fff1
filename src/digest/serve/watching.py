"""Watches a project's folder for every change that its site may show."""

import asyncio
import os
import stat
from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path

from msgspec import Struct
from watchfiles import Change, DefaultFilter, awatch

from ..config import CACHE_FOLDER, Config
from ..papers.record import FILE_NAME as PAPERS_FILE
from ..site_files import FIRST, MISNAMED, SiteFiles
from .elsewhere import Elsewhere, source_folders

STEP_MILLISECONDS = 4
"""A change is complete when nothing more has happened for this long."""
DEBOUNCE_MILLISECONDS = 24
"""The longest wait for a change that continues."""
SETTLE_SECONDS = 0.25
"""This long after a change, and after the start, the whole folder is looked at once more: if a file is written into a new
folder before the folder is watched, there is no signal."""
BLANK_SECONDS = 0.1
"""How long a file that was saved empty is waited for: many editors empty a file before they write it."""
PAUSE_SECONDS = 0.005
POLL_SECONDS = 2
"""How often the whole folder is looked at if the system refuses to watch it."""
_NO_TEMPORARY_FILE = DefaultFilter()


class _Place(Struct, frozen=True):
    """Folders to watch, each alone or with everything below it. If a folder is removed and made again, it has another inode."""

    folders: tuple[Path, ...]
    recursive: bool
    inodes: tuple[int, ...]


class Watch:
    """The watchers of a project's folder. The caller keeps `elsewhere` current: the places to watch besides the source folders."""

    def __init__(self, folder: Path, settings: Callable[[], Config], files: SiteFiles = FIRST) -> None:
        self.elsewhere = Elsewhere()
        self._files = files
        self._folder = folder
        self._names = tuple(dict.fromkeys((folder, Path(os.path.realpath(folder)))))
        self._settings = settings
        self._paths: set[str] = set()
        self._changed = asyncio.Event()

    async def changes(self) -> AsyncGenerator[set[str] | None, None]:
        """Yield the changed paths of settings, `digest.lock`, `papers.yaml`, notes, theme and named files, and None when nothing has changed for a while.

        Paths are relative to the folder, with `/` between their parts. If there are none, any path may have changed. The folders
        to watch are looked up again after every change: settings and notes may name others, and authors make and remove folders.
        """
        watchers: dict[_Place, asyncio.Task[None]] = {}
        settled = False
        try:
            while True:
                wanted = set(_places(self._folder, self._settings(), self.elsewhere))
                for place in watchers.keys() - wanted:
                    watchers.pop(place).cancel()
                for place in wanted - watchers.keys():
                    settled = False  # a change before the folders are watched gives no signal
                    watchers[place] = asyncio.create_task(self._watch(place))
                try:
                    async with asyncio.timeout(None if settled else SETTLE_SECONDS):
                        await self._changed.wait()
                    await self._wait_for_content()
                    settled = False
                except TimeoutError:
                    settled = True
                seen = None if settled else set(self._paths)
                self._changed.clear()
                self._paths.clear()
                yield seen
        finally:
            for task in watchers.values():
                task.cancel()
            await asyncio.gather(*watchers.values(), return_exceptions=True)

    async def _watch(self, place: _Place) -> None:
        """Collect the changes at a place until the task is cancelled or a folder is removed."""
        try:
            async for changes in awatch(
                *place.folders,
                watch_filter=self._is_wanted,
                recursive=place.recursive,
                step=STEP_MILLISECONDS,
                debounce=DEBOUNCE_MILLISECONDS,
                ignore_permission_denied=True,
            ):
                self._paths.update(found.as_posix() for _, path in changes if (found := self._relative(path)))
                self._changed.set()
        except FileNotFoundError:
            self._changed.set()
        except (OSError, RuntimeError):
            # The system watches no more folders, as when Linux is at fs.inotify.max_user_watches.
            while True:
                self._changed.set()
                await asyncio.sleep(POLL_SECONDS)

    async def _wait_for_content(self) -> None:
        """Wait while a changed file is empty, but not for long."""
        for _ in range(round(BLANK_SECONDS / PAUSE_SECONDS)):
            if not any(_is_empty(self._folder / path) for path in self._paths):
                return
            await asyncio.sleep(PAUSE_SECONDS)

    def _relative(self, path: str) -> Path | None:
        """Return a path relative to the project's folder, which some systems name by its real path; None for a path outside."""
        return next((Path(path).relative_to(name) for name in self._names if Path(path).is_relative_to(name)), None)

    def _is_wanted(self, change: Change, path: str) -> bool:
        place = self._relative(path)
        return place is not None and is_source(place, change, self._settings(), self.elsewhere, self._files)


def is_source(place: Path, change: Change, config: Config, elsewhere: Elsewhere, files: SiteFiles = FIRST) -> bool:
    """Return True if the site may be made from a path, relative to the project. Temporary files of editors are no sources."""
    if place.is_relative_to(config.output) or place.is_relative_to(CACHE_FOLDER):
        return False
    own = (files.settings, files.lock, MISNAMED, PAPERS_FILE)
    if place.as_posix() in own or elsewhere.has(place.as_posix()):
        return True
    below = elsewhere.part_below(place.as_posix())
    sources = source_folders(config)
    if not below and not any(place.is_relative_to(source) or source.is_relative_to(place) for source in sources):
        return False
    is_public = bool(config.public_folder) and place.is_relative_to(config.public_folder)
    is_hidden = not is_public and any(part.startswith(".") for part in Path(below or place).parts)
    return not is_hidden and _NO_TEMPORARY_FILE(change, below or os.fspath(place))


def _places(folder: Path, config: Config, elsewhere: Elsewhere) -> Iterator[_Place]:
    """Yield the source folders, their parent folders without the rest below them, and the folders elsewhere.

    All of these may go and come back.
    """
    sources = {folder / source for source in source_folders(config) if source not in elsewhere.open}
    holding = {parent for source in sources for parent in source.parents if folder in parent.parents}
    yield _Place((folder,), recursive=False, inodes=(0,))
    for place in sources | holding:
        if inode := _inode(place):
            yield _Place((place,), recursive=place in sources, inodes=(inode,))
    inodes = {folder / place: _inode(folder / place) for place in elsewhere.watched}
    if there := {place: inode for place, inode in inodes.items() if inode}:
        # One watcher for all of them: each watcher takes a thread, and there may be hundreds of folders.
        yield _Place(tuple(there), recursive=False, inodes=tuple(there.values()))


def _is_empty(path: Path) -> bool:
    try:
        status = path.stat()
    except OSError:  # it has just been removed
        return False
    return stat.S_ISREG(status.st_mode) and not status.st_size


def _inode(folder: Path) -> int:
    """Return the inode of a folder, or 0 if there is none."""
    try:
        status = folder.stat()
    except OSError:  # it does not exist, or has just been removed
        return 0
    return status.st_ino if stat.S_ISDIR(status.st_mode) else 0
