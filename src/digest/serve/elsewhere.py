"""The places from which a site takes something besides the plain files of its source folders.

They are the targets of symbolic links in the source folders, and the places at which a file that a note names is or would be found.
All are inside the project: nothing outside is read, so nothing outside is watched. Places are paths below the project, with `/`.
"""

import os
import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from msgspec import Struct

from ..config import CACHE_FOLDER, Config
from ..folders import STOPS
from ..plugins.found import FOLDER as PLUGINS

HOPS = 40
"""A chain of more links than this is a loop, as it is for Linux."""
SKIPPED = STOPS | {"node_modules"}


class Elsewhere(Struct, frozen=True):
    """Places outside the source folders, or under a second name inside them.

    `files`, `folders` and the folders `above` them are keys: a file is also found under a spelling in another case. `watched` are
    the folders to watch, each alone. `open` are the source folders from which a link leads out of the project. A watcher of all
    that is below one of them would follow that link, so their folders are among `watched`.
    """

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    watched: tuple[str, ...] = ()
    open: frozenset[Path] = frozenset()

    def has(self, place: str) -> bool:
        """Return True for one of the files and folders, and for a folder above one."""
        key = _key(place)
        return key in self.files or key in self.folders or key in self.above

    def concerns(self, place: str) -> bool:
        """Return True if a change at a place may change more than the file at exactly this path."""
        return self.has(place) or bool(self.part_below(place))

    def part_below(self, place: str) -> str:
        """Return the part of a place that is below one of `folders`; nothing if it is below none."""
        if self.folders:
            parts = place.split("/")
            for count in range(len(parts) - 1, -1, -1):
                if _key("/".join(parts[:count])) in self.folders:
                    return "/".join(parts[count:])
        return ""


def source_folders(config: Config) -> list[Path]:
    """Return the folders that a site is made from, relative to the project's folder."""
    folders = [config.notes, config.templates, *([PLUGINS] if config.plugins else [])]
    return [Path(folder) for folder in (*folders, config.pages_folder, config.public_folder) if folder]


def find_elsewhere(folder: Path, config: Config, named: Iterable[str]) -> Elsewhere:
    """Find the targets of all links in the source folders. `named` are the places at which notes name files."""
    walk = _Walk(os.path.realpath(folder), hidden=config.public_folder, left_out=(config.output, CACHE_FOLDER))
    sources = source_folders(config)
    opened = frozenset(source for source in sources if walk.leads_out(source.as_posix()))
    covered = tuple("" if source == Path() else f"{source.as_posix()}/" for source in sources if source not in opened)

    def is_covered(place: str) -> bool:
        return f"{place}/".startswith(covered)

    real_folder = cache(walk.real_folder)
    files = {*walk.targets, *(name for place in named if not is_covered(place) for name in _names(place, real_folder))}
    places = files | walk.folders
    nearest = cache(walk.nearest_folder)
    watched = {nearest(posixpath.dirname(place)) for place in places if not is_covered(place)} | walk.entered
    watched |= {above for place in watched for above in _parents(place)}
    return Elsewhere(
        files=frozenset(map(_key, files)),
        folders=frozenset(map(_key, walk.folders)),
        above=frozenset(_key(above) for place in places for above in _parents(place)),
        watched=tuple(sorted(place for place in watched if place and not is_covered(place))),
        open=opened,
    )


class _Walk:
    """Goes through source folders and what links in them lead to. A folder is entered once, so a loop ends.

    `targets` are the places that links lead over and to, `folders` the links to folders with their targets, and `entered` all
    folders that were entered.
    """

    def __init__(self, base: str, *, hidden: str, left_out: Iterable[str]) -> None:
        self.targets: set[str] = set()
        self.folders: set[str] = set()
        self.entered: set[str] = set()
        self._base = base
        self._hidden = hidden
        self._left_out = {Path(place).as_posix() for place in left_out}
        self._ahead: list[str] = []
        self._is_open = False

    def leads_out(self, source: str) -> bool:
        """Go through a source folder. Return True if it, or a link to a folder in it, leads out of the project."""
        self._is_open = False
        start = os.path.join(self._base, "" if source == "." else source).rstrip(os.sep)  # noqa: PTH118
        if os.path.realpath(start) == start:
            self._ahead.append(start)
        else:
            self._follow(start)
        while self._ahead:
            self._enter(self._ahead.pop(), hidden=source == self._hidden)
        return self._is_open

    def real_folder(self, place: str) -> str | None:
        """Return the real place of a folder, whether it exists or not; None if it is outside the project."""
        return self._place(os.path.realpath(os.path.join(self._base, place)))  # noqa: PTH118

    def nearest_folder(self, place: str) -> str:
        """Return a folder of the project or, if there is none, the nearest one above; nothing for the project's own folder."""
        while place and not (self.real_folder(place) and os.path.isdir(os.path.join(self._base, place))):  # noqa: PTH112, PTH118
            place = posixpath.dirname(place)
        return place

    def _enter(self, folder: str, *, hidden: bool) -> None:
        place = self._place(folder)
        if place is None or place in self.entered or place in self._left_out:
            return
        self.entered.add(place)
        with suppress(OSError), os.scandir(folder) as listing:  # it may not be read, or has just been removed
            for item in listing:
                if item.name in SKIPPED or (item.name.startswith(".") and not hidden):
                    continue
                if item.is_symlink():
                    self._follow(item.path)
                elif item.is_dir(follow_symlinks=False):
                    self._ahead.append(item.path)

    def _follow(self, link: str) -> None:
        real = os.path.realpath(link)
        self.targets.update(place for hop in _hops(link) if (place := self._place(hop)))
        if not os.path.isdir(real):  # noqa: PTH112
            return
        if self._place(real) is None:
            self._is_open = True
        else:
            self.folders.update(place for path in (link, real) if (place := self._place(path)) is not None)
            self._ahead.append(real)

    def _place(self, path: str) -> str | None:
        """Return a path relative to the project, nothing for the project itself, and None for a path outside."""
        if path == self._base:
            return ""
        inside = path.removeprefix(self._base.rstrip(os.sep) + os.sep)
        return None if inside == path else inside.replace(os.sep, "/")


def _hops(link: str) -> Iterator[str]:
    """Yield every path that a link leads over, and the last one, which is no link."""
    for _ in range(HOPS):
        try:
            target = os.readlink(link)  # noqa: PTH115
        except OSError:
            return
        step = os.path.join(os.path.dirname(link), target)  # noqa: PTH118, PTH120
        folder, name = os.path.split(step.rstrip(os.sep))
        link = os.path.realpath(step) if name in ("", ".", "..") else os.path.join(os.path.realpath(folder), name)  # noqa: PTH118
        yield link


def _names(place: str, real_folder: Callable[[str], str | None]) -> Iterator[str]:
    """Yield a place, and its name in the real folder if a link leads there."""
    yield place
    real = real_folder(posixpath.dirname(place))
    if real is not None:
        yield posixpath.join(real, posixpath.basename(place))


def _parents(place: str) -> Iterator[str]:
    while place := posixpath.dirname(place):
        yield place


def _key(place: str) -> str:
    return place.casefold() if place.isascii() else unicodedata.normalize("NFC", place).casefold()
