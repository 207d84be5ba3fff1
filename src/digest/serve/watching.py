"""Watches a project's folder for every change that its site may show."""

import asyncio
import contextlib
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from msgspec import Struct
from watchfiles import Change, DefaultFilter, awatch

from ..config import FILE_NAME, Config
from ..plugins.found import FOLDER as PLUGINS

STEP_MILLISECONDS = 4
"""A change is complete when nothing more has happened for this long."""
DEBOUNCE_MILLISECONDS = 24
"""The longest wait for a change that continues."""
SETTLE_SECONDS = 0.25
"""This long after a change, and after the start, the whole folder is looked at once more: if a file is written into a new
folder before the folder is watched, there is no signal."""


class _Place(Struct, frozen=True):
    """A folder to watch, alone or with everything below it. If a folder is removed and made again, it has another inode."""

    folder: Path
    recursive: bool
    inode: int


async def watch(folder: Path, settings: Callable[[], Config]) -> AsyncIterator[set[str] | None]:
    """Yield the changed paths of settings, notes or theme, and None when nothing has changed for a while.

    Paths are relative to the folder, with `/` between their parts. The folders to watch are looked up again after every
    change: settings may name others, and authors make and remove folders.
    """
    changed = asyncio.Event()
    paths: set[str] = set()
    watchers: dict[_Place, asyncio.Task[None]] = {}
    settled = False
    try:
        while True:
            wanted = set(_places(folder, settings()))
            for place in watchers.keys() - wanted:
                watchers.pop(place).cancel()
            for place in wanted - watchers.keys():
                watchers[place] = asyncio.create_task(_watch_place(place, _Filter(folder, settings), paths, changed))
            try:
                async with asyncio.timeout(None if settled else SETTLE_SECONDS):
                    await changed.wait()
                settled = False
            except TimeoutError:
                settled = True
            seen = None if settled else set(paths)
            changed.clear()
            paths.clear()
            yield seen
    finally:
        for task in watchers.values():
            task.cancel()
        await asyncio.gather(*watchers.values(), return_exceptions=True)


def _places(folder: Path, config: Config) -> Iterator[_Place]:
    """Yield the source folders, and their parent folders without what is below: all of these may go and come back."""
    sources = {folder / source for source in _sources(config)}
    holding = {parent for source in sources for parent in source.parents if folder in parent.parents}
    yield _Place(folder, recursive=False, inode=0)
    for place in sources | holding:
        with contextlib.suppress(OSError):  # it does not exist, or has just been removed
            status = place.stat()
            if stat.S_ISDIR(status.st_mode):
                yield _Place(place, recursive=place in sources, inode=status.st_ino)


def _sources(config: Config) -> list[Path]:
    """Return the folders that a site is made from, relative to the project's folder."""
    folders = [config.notes, config.templates, *([PLUGINS] if config.plugins else [])]
    return [Path(folder) for folder in (*folders, config.pages_folder, config.public_folder) if folder]


async def _watch_place(place: _Place, wanted: "_Filter", paths: set[str], changed: asyncio.Event) -> None:
    try:
        async for changes in awatch(
            place.folder,
            watch_filter=wanted,
            recursive=place.recursive,
            step=STEP_MILLISECONDS,
            debounce=DEBOUNCE_MILLISECONDS,
        ):
            paths.update(Path(path).relative_to(wanted.folder).as_posix() for _, path in changes)
            changed.set()
    except FileNotFoundError:
        changed.set()  # the folder has just been removed


class _Filter(DefaultFilter):
    """Lets changes of settings, notes, templates and plugins through, but not the temporary files that editors write while they save."""

    def __init__(self, folder: Path, settings: Callable[[], Config]) -> None:
        super().__init__()
        self.folder = folder
        self._settings = settings

    def __call__(self, change: Change, path: str) -> bool:
        if not Path(path).is_relative_to(self.folder):  # some systems tell of a folder by another of its names
            return False
        config = self._settings()
        place = Path(path).relative_to(self.folder)
        is_public = bool(config.public_folder) and place.is_relative_to(config.public_folder)
        is_hidden = not is_public and any(part.startswith(".") for part in place.parts)
        if is_hidden or place.is_relative_to(config.output):
            return False
        at_source = any(place.is_relative_to(source) or source.is_relative_to(place) for source in _sources(config))
        return (place == Path(FILE_NAME) or at_source) and super().__call__(change, path)
