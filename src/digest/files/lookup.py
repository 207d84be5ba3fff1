"""The name that a note gives to a file -> the file in the project.

Nothing outside the project is looked at, and nothing hidden. A name is looked up relative to the note, to the notes folder, to the
folders that hold it, and to the project; a name with a leading slash in the folders that site generators serve at their root as well; and then below the notes
folder by the file's name, as Obsidian does. Case and Unicode normalisation count only if the exact name isn't there.
"""

import os
import posixpath
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from ..disk import is_inside
from ..nearest import Namesakes, folder_of
from ..site_files import MANIFEST
from ..text.targets import is_refused, media_of

ROOTS = ("", "static", "public")
"""Folders of a project whose files other site generators serve at the root of a site."""


class Located(Struct, frozen=True):
    """A file that was looked up: its path below the project, or the code of the problem, or both if several have the name.

    `candidates` are the files of an ambiguous name.
    """

    path: str | None
    code: str = ""
    candidates: tuple[str, ...] = ()


class Shelf:
    """The files of a project as they are when they are first looked up.

    `notes` is the notes folder, `left_out` are folders that hold no sources: the output and the cache.
    """

    def __init__(self, root: Path, notes: str, left_out: Iterable[str] = ()) -> None:
        self._base = os.path.realpath(root)
        self._notes = _normal(Path(notes).as_posix())
        self._left_out = {_normal(Path(folder).as_posix()) for folder in left_out}
        self._folders: dict[str, dict[str, bool] | None] = {}
        self._real_folders: dict[str, str] = {}
        self._links: set[str] = set()
        self._spellings: dict[str, dict[str, list[str]]] = {}

    def find(self, folder: str, target: str) -> Located:
        """Find the file that a note in a folder names."""
        if "\0" in target:
            return Located(None, "missing-file")
        if is_refused(target):
            located = self._find(folder, target)
            return Located(None, "refused-file") if located.path else located
        return self._find(folder, target)

    def names(self) -> Iterator[str]:
        """Yield the paths of all files below the notes folder that could be shown."""
        return (path for group in self._by_name.values() for path, _ in group.items)

    def real_path(self, path: str) -> str:
        """Return the path on disk of a file that was found."""
        folder, name = posixpath.split(path)
        if path in self._links or folder not in self._real_folders:
            return os.path.realpath(os.path.join(self._base, path))  # noqa: PTH118
        return os.path.join(self._real_folders[folder], name)  # noqa: PTH118 - looks at no folder above it

    def inner_path(self, path: str) -> str:
        """Return the real path of a file that was found, relative to the project."""
        return os.path.relpath(self.real_path(path), self._base).replace(os.sep, "/")

    def _find(self, folder: str, target: str) -> Located:
        led_out = False
        for place in self.places(folder, target):
            if place is None:
                led_out = True
            elif found := self._at(place):
                return found
        return self._by_ending(folder, target) or Located(None, "outside-file" if led_out else "missing-file")

    def places(self, folder: str, target: str) -> Iterator[str | None]:
        """Yield the paths below the project that a target may mean, and None for one that leads out of the project."""
        inside = target.lstrip("/")
        if target == inside:
            bases = (folder, *self._holding, "")
        else:
            bases = (*(posixpath.join(top, root) for top in ("", *self._holding) for root in ROOTS), folder)
        for base in dict.fromkeys(bases):
            place = _normal(posixpath.join(base, inside))
            yield None if place == ".." or place.startswith("../") else place

    @cached_property
    def _holding(self) -> tuple[str, ...]:
        """The notes folder and the folders that hold it: one of them may be the root of the site that the notes are from."""
        folders = [self._notes]
        while folders[-1]:
            folders.append(posixpath.dirname(folders[-1]))
        return tuple(folders[:-1])

    def _at(self, place: str) -> Located | None:
        """Return the file at a path below the project, spelled in any case; None if there is none."""
        path = ""
        steps = place.split("/")
        for number, step in enumerate(steps, start=1):
            listing = self._listing(path)
            if listing is None:
                return Located(None, "outside-file")
            names = [step] if step in listing else self._spelled(path, step)
            if not names:
                return None
            if len(names) > 1:
                return Located(None, "ambiguous-link", tuple(posixpath.join(path, name) for name in names))
            path = posixpath.join(path, names[0])
            if listing[names[0]] != (number < len(steps)):
                return None
        return self._located(path)

    def _located(self, path: str) -> Located | None:
        """Return the file at an exact path if it is a regular file inside the project."""
        real = self.real_path(path)
        if not is_inside(real, self._base):
            return Located(None, "outside-file")
        try:
            is_regular = stat.S_ISREG(os.stat(real).st_mode)  # noqa: PTH116
        except (OSError, ValueError):
            return None
        return Located(path) if is_regular else None

    def _listing(self, folder: str) -> dict[str, bool] | None:
        """Return the names in a folder, each with whether it is a folder, without hidden ones; None if it is outside the project.

        A built site counts as empty.
        """
        if folder not in self._folders:
            self._folders[folder] = self._list(folder)
        return self._folders[folder]

    def _list(self, folder: str) -> dict[str, bool] | None:
        real = self.real_path(folder)
        if not is_inside(real, self._base):
            return None
        self._real_folders[folder] = real
        names: dict[str, bool] = {}
        try:
            with os.scandir(real) as items:
                for item in items:
                    if item.name == MANIFEST:
                        return {}
                    if item.name.startswith(".") or not _is_utf8(item.name):
                        continue
                    if posixpath.join(folder, item.name) not in self._left_out:
                        names[item.name] = item.is_dir()
                        if item.is_symlink():
                            self._links.add(posixpath.join(folder, item.name))
        except OSError:
            pass  # it isn't there, or may not be read
        return names

    def _spelled(self, folder: str, name: str) -> list[str]:
        """Return the names in a folder that differ from a name in normalisation or, if there is none, in case."""
        if folder not in self._spellings:
            spellings = self._spellings[folder] = {}
            for each in sorted(self._listing(folder) or ()):
                composed = unicodedata.normalize("NFC", each)
                for key in {composed, composed.casefold()}:
                    spellings.setdefault(key, []).append(each)
        composed = unicodedata.normalize("NFC", name)
        return self._spellings[folder].get(composed) or self._spellings[folder].get(composed.casefold(), [])

    @cached_property
    def _by_name(self) -> dict[str, Namesakes[str]]:
        """The files below the notes folder by name, in one case."""
        found: dict[str, Namesakes[str]] = {}
        for path in self._walk(self._notes):
            found.setdefault(_key(posixpath.basename(path)), Namesakes()).add(path, path)
        return found

    def _walk(self, top: str) -> Iterator[str]:
        """Yield the paths of all files below a folder that could be shown. The way is kept in a list: calls nest only so deep."""
        way = [(self.real_path(top), self._sorted_paths(top))]
        on_way = {way[0][0]}
        while way:
            path, is_folder = next(way[-1][1], ("", False))
            if not path:
                on_way.discard(way.pop()[0])
            elif is_folder:
                real = self.real_path(path)
                if real not in on_way and posixpath.basename(path) != "node_modules":
                    way.append(
                        (real, self._sorted_paths(path))
                    )  # a link to a folder that holds it would go round for ever
                    on_way.add(real)
            elif media_of(path):
                yield path

    def _sorted_paths(self, folder: str) -> Iterator[tuple[str, bool]]:
        """Yield the path of everything in a folder, each with whether it is a folder."""
        for name, is_folder in sorted((self._listing(folder) or {}).items()):
            yield posixpath.join(folder, name), is_folder

    def _by_ending(self, folder: str, target: str) -> Located | None:
        """Return the file below the notes folder whose path ends as the target does: the nearest, if there are several."""
        steps = [step for step in target.split("/") if step not in ("", ".", "..")]
        group = self._by_name.get(_key(steps[-1])) if steps else None
        if group is None:
            return None
        ending = "/" + _key("/".join(steps))
        fitting: Namesakes[str] = Namesakes()
        for path, _ in group.items if len(steps) > 1 else ():
            # A vault's own root may lie above the notes folder.
            below = "/" + _key(posixpath.relpath(path, self._notes or "."))
            if ("/" + _key(path)).endswith(ending) or ending.endswith(below):
                fitting.add(path, path)
        if len(steps) == 1:
            fitting = group
        return self._choose(fitting, folder)

    def _choose(self, group: Namesakes[str], folder: str) -> Located | None:
        paths = group.paths
        if len(paths) < 2:
            return self._located(paths[0]) if paths else None
        nearest = group.nearest(folder) or min(paths, key=lambda path: (path.count("/"), path))
        found = self._located(nearest)
        if found is None or not found.path or folder_of(nearest) == folder:
            return found
        return Located(found.path, "ambiguous-link", paths)


def _is_utf8(name: str) -> bool:
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _normal(path: str) -> str:
    """Return a path without `.`, and `..` only at its beginning; nothing for the project itself."""
    normal = posixpath.normpath(path)
    return "" if normal == "." else normal


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
