"""The name that a link gives to a note -> what it leads to.

A name is, in this order, the whole title of an entry, the path of a note (relative to the note with the link, to the notes folder
or to the project), the end of a path, an alias, or a date. Case, Unicode normalisation, and spaces, hyphens and underscores make no
difference. Only names that links use are indexed, so the time grows with the number of notes and links alone.
"""

import datetime as dt
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct, structs

from ..model import Card, Reference
from ..nearest import Namesakes, folder_of
from .archive import Record

End = Record | dt.date
"""What a link leads to: an entry, or the day of a file with several."""

_ENDINGS = (".md", ".markdown", ".txt")
_INDEXES = ("index", "readme")
"""Names of the note that stands for its folder."""


class Named(Struct, frozen=True):
    """A card with what a link to it leads to. `end` is None for a draft: nothing of it is published."""

    card: Card
    end: Record | None


class Meaning(Struct, frozen=True):
    """What a name means. An ambiguous one has several `candidates`; its `end` is then the nearest one, or None.

    `whole` is True if the name with the `#` in it is a title, so that no heading is meant.
    """

    end: End | None
    candidates: tuple[str, ...] = ()
    whole: bool = False


def folded(name: str) -> str:
    """Return what names are compared by: NFC, without case, and with one space for spaces, hyphens and underscores."""
    name = (name if name.isascii() else unicodedata.normalize("NFC", name)).casefold()
    return " ".join(name.replace("-", " ").replace("_", " ").split())


def _fold_all(names: Sequence[str]) -> Sequence[str]:
    """Fold many names in one piece, which is several times as fast."""
    text = "\n".join(names)
    whole = (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()
    lines = whole.replace("-", " ").replace("_", " ").split("\n")
    if len(lines) != len(names):  # a name holds a line break
        return [folded(name) for name in names]
    return [" ".join(line.split()) for line in lines]


@lru_cache(maxsize=1 << 14)
def _title_key(title: str) -> str:
    return _without_spaces(folded(title))


def _without_spaces(key: str) -> str:
    """Return a folded title without spaces around `#`."""
    return "#".join(part.strip() for part in key.split("#")) if "#" in key else key


@lru_cache(maxsize=1 << 14)
def _path_key(path: str) -> str:
    """Return what paths are compared by: without the ending of a note file and without spaces around `/` and `#`."""
    key = _title_key(path)
    key = next((key.removesuffix(ending) for ending in _ENDINGS if key.endswith(ending)), key)
    return "/".join(part.strip() for part in key.split("/")) if "/" in key else key


def parts_of(reference: Reference) -> tuple[str, str]:
    """Return the target and the part of a reference; below `# Links`, the target holds both."""
    if reference.part or "#" not in reference.target:
        return reference.target, reference.part
    target, _, part = reference.target.partition("#")
    return (target.strip(), part.strip()) if part.strip() else (reference.target, "")


def _titles(target: str, part: str) -> tuple[str, ...]:
    return (_title_key(f"{target}#{part}"), _title_key(target)) if part else (_title_key(target),)


def _paths(target: str, part: str) -> tuple[str, ...]:
    return (_path_key(f"{target}#{part}"), _path_key(target)) if part else (_path_key(target),)


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step not in ("", ".", "..")]


class _Wanted:
    """The names that links use: keys of titles, of the ends of paths, and of files without their folder."""

    def __init__(self, references: Iterable[Reference]) -> None:
        self.titles: set[str] = set()
        self.endings: set[str] = set()
        self.names: set[str] = set(_INDEXES)
        for reference in references:
            target, part = parts_of(reference)
            self.titles.update(_titles(target, part))
            for path in _paths(target, part):
                if steps := _steps(path):
                    self.endings.add("/".join(steps))
                    self.names.add(steps[-1])


class NoteNames:
    """The names of notes, as far as `references` use them. `folder` is the notes folder, as the paths of notes begin."""

    def __init__(self, named: Iterable[Named], references: Iterable[Reference], folder: str) -> None:
        self._folder = "" if folder in ("", ".") else _path_key(folder)
        self._titles: dict[str, Namesakes[Named]] = {}
        self._aliases: dict[str, Namesakes[Named]] = {}
        self._endings: dict[str, Namesakes[str]] = {}
        self._paths: dict[str, list[str]] = {}
        self._files: dict[str, list[Named]] = {}
        self._candidates: dict[int, tuple[str, ...]] = {}
        self._wanted = _Wanted(references)
        self._named: Sequence[Named] = tuple(named)
        titles = _fold_all([each.card.title for each in self._named])
        files = _fold_all([_file_name(each.card.source.path) for each in self._named])
        wanted = self._wanted
        for each, title, file in zip(self._named, titles, files, strict=True):
            title_key, file_key = _without_spaces(title), _without_spaces(file)
            if title_key in wanted.titles or file_key in wanted.names or each.card.aliases:
                self._add(each, title_key, file_key)

    def _add(self, each: Named, title: str, file: str) -> None:
        """Add a note by the keys of its title and of its file's name."""
        card, path = each.card, each.card.source.path
        if title in self._wanted.titles:
            self._titles.setdefault(title, Namesakes()).add(path, each)
        for alias in card.aliases:
            self._alias(_title_key(alias), each)
            self._alias(_path_key(alias).strip("/"), each)
        if path in self._files:
            self._files[path].append(each)
        elif file in self._wanted.names:
            self._files[path] = [each]
            key = _path_key(path)
            self._paths.setdefault(key, []).append(path)
            steps = key.split("/")
            for ending in ("/".join(steps[n:]) for n in range(len(steps))):
                if ending in self._wanted.endings:
                    self._endings.setdefault(ending, Namesakes()).add(path, path)

    def _alias(self, key: str, each: Named) -> None:
        """Add an alias; a note may have one in several spellings."""
        group = self._aliases.setdefault(key, Namesakes())
        path = each.card.source.path
        if group.within(path) is not each:
            group.add(path, each)

    @cached_property
    def _dates(self) -> dict[str, dt.date]:
        return {date.isoformat(): date for each in self._named if (date := each.card.date) and each.end}

    def find(self, reference: Reference, source: str) -> Meaning | None:
        """Return what a note reference means in the note at `source`, or None if it names nothing."""
        target, part = parts_of(reference)
        doubtful: Meaning | None = None
        for title in _titles(target, part):
            if group := self._titles.get(title):
                found = self._choose(group, source, whole=title != _title_key(target))
                if not found.candidates:
                    return found
                doubtful = doubtful or found
        folder = folder_of(source)
        if part and (whole := self._find_path(_path_key(f"{target}#{part}"), "", folder, None)):
            return structs.replace(whole, whole=True)
        path = _path_key(target)
        return self._find_path(path, part, folder, doubtful) or self._find_other(target, path, source)

    def _find_path(self, path: str, part: str, folder: str, doubtful: Meaning | None) -> Meaning | None:
        """Return the note at a path, else what is `doubtful`, else the note whose path ends so."""
        for key in _places(path, _path_key(folder), self._folder):
            if len(files := self._paths.get(key, [])) == 1:
                return self._file(files[0], part)
        group = None if path.startswith(".") else self._endings.get("/".join(_steps(path)))
        if group is None:
            return doubtful
        if only := group.only:
            return self._file(only, part)
        if doubtful:
            return doubtful
        nearest = group.nearest(folder)
        return Meaning(self._file(nearest, part).end if nearest else None, group.paths)

    def _find_other(self, target: str, path: str, source: str) -> Meaning | None:
        for key in (_title_key(target), "/".join(_steps(path))):
            if group := self._aliases.get(key):
                return self._choose(group, source)
        date = self._dates.get(target.strip())
        return Meaning(date) if date else None

    def _choose(self, group: Namesakes[Named], source: str, *, whole: bool = False) -> Meaning:
        if only := group.only or group.within(source):
            return Meaning(only.end, whole=whole)
        nearest = group.nearest(folder_of(source))
        if (key := id(group)) not in self._candidates:
            self._candidates[key] = tuple(f"{path}:{each.card.source.first_line}" for path, each in group.items)
        return Meaning(nearest.end if nearest else None, self._candidates[key], whole=whole)

    def _file(self, path: str, part: str) -> Meaning:
        """Return the entry of a file; of a file with several the one titled `part`, else its day."""
        entries = self._files[path]
        first = entries[0]
        if first.end is None:
            return Meaning(None)
        if len(entries) == 1:
            return Meaning(first.end)
        if part and (inner := self._within(path, _title_key(part))):
            return Meaning(inner.end, whole=True)
        return Meaning(first.card.date or first.end)

    def _within(self, path: str, title: str) -> Named | None:
        """Return the entry of a title in a file."""
        if path not in self._sections:
            self._sections[path] = {_title_key(each.card.title): each for each in reversed(self._files[path])}
        return self._sections[path].get(title)

    @cached_property
    def _sections(self) -> dict[str, dict[str, Named]]:
        return {}


def _file_name(path: str) -> str:
    """Return the name of a note's file without its ending."""
    return path[path.rfind("/") + 1 : path.rfind(".")]


def _places(path: str, folder: str, notes: str) -> Iterator[str]:
    """Yield the paths below the project that a link may mean, as keys, in the order in which they count."""
    inside = path.strip("/")
    bases = (notes, "") if path.startswith("/") else (folder, notes, "")
    for base in dict.fromkeys(bases):
        place = posixpath.normpath(posixpath.join(base, inside or "."))
        if not place.startswith("../"):
            yield place
            if path.endswith("/") or path.startswith((".", "/")):
                yield from (posixpath.join(place, index) for index in _INDEXES)
    # A vault's own root may lie above the notes folder.
    steps = inside.split("/")
    if ".." not in steps:
        for n in range(1, len(steps)):
            yield posixpath.join(notes, *steps[n:])
