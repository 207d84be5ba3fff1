"""A folder on disk -> the note files in it, found and decoded.

Nothing outside the project's folder is read: a symbolic link counts only if it leads to a place inside. Hidden files and
folders stay out, and so do templates, READMEs and the files of other tools.
"""

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from fnmatch import translate
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from msgspec import Struct

from ..conflicts import START, Conflict, find_conflict
from ..decoding import decode
from ..diagnostics import Diagnostic
from ..disk import OutsideError, is_inside, open_file, read_inside, stamp_of
from ..folders import Way, is_gone
from ..model import NoteFile
from ..site_files import MANIFEST
from .fences import find_code, split_raw
from .leftovers import HEAD, Reason, file_reason, folder_reason, is_index, may_be_index

ENDINGS = (".txt", ".md", ".markdown")
"""The endings of note files, in any case."""


class FoundNote(Struct, frozen=True):
    """A note file that was found: its path below the root, with `/`, as on disk, and its stamp.

    The stamp holds size, times and inode: while it stays, the file has most likely not changed.
    """

    path: str
    stamp: bytes


class Survey(Struct, frozen=True):
    """The note files below a folder, and the files that were left out.

    `left_out` are (reason, count), sorted; a folder counts once. `outside` are the paths of links that lead out of the
    project.
    """

    notes: tuple[FoundNote, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    outside: tuple[str, ...] = ()


def find_notes(root: Path, folder: str, exclude: tuple[str, ...] = ()) -> tuple[FoundNote, ...]:
    """List the note files below `root/folder`, sorted by their path in NFC; none if there is no such folder.

    See `survey_notes`.
    """
    return survey_notes(root, folder, exclude).notes


def survey_notes(root: Path, folder: str, exclude: tuple[str, ...] = ()) -> Survey:
    """List the note files below `root/folder`, sorted by their path in NFC, and count the files that are no notes.

    `exclude` are shell patterns of paths below the root, in NFC; a pattern that matches a folder leaves out all in it.
    Raises OSError for a folder that cannot be listed, since the notes in it are unknown, and OutsideError if the whole folder
    is a link that leads out of the project.
    """
    base = os.path.realpath(root)
    start = os.path.realpath(root / folder)
    if not is_inside(start, base):
        raise OutsideError(os.fspath(root / folder))
    if not os.path.isdir(start):  # noqa: PTH112 - strings, not paths, keep the walk quick
        return Survey()
    prefix = Path(folder).as_posix()
    walker = _Walker(base, _compile(exclude))
    found = walker.go_through(start, "" if prefix == "." else f"{prefix}/")
    notes = tuple(sorted(found, key=lambda note: (unicodedata.normalize("NFC", note.path), note.path)))
    return Survey(notes, tuple(sorted(walker.left_out.items())), tuple(sorted(walker.outside)))


def find_note(root: Path, folder: str, path: str, exclude: tuple[str, ...] = ()) -> FoundNote | None:
    """Return the note file at a path below the root, or None if `find_notes` would list none there."""
    parts = PurePosixPath(path).parts
    inside = PurePosixPath(path).relative_to(folder).parts if PurePosixPath(path).is_relative_to(folder) else ()
    patterns = _compile(exclude)
    folders = ["/".join(parts[: n + 1]) for n in range(len(parts) - len(inside), len(parts))]
    if (
        not inside
        or not path.lower().endswith(ENDINGS)
        or any(name.startswith(".") for name in inside)
        or any(folder_reason(name) for name in inside[:-1])
        or file_reason(inside[-1])
        or any(_matches(place, patterns) for place in folders)
        or any(_is_site(os.fspath(root / place)) for place in folders[:-1])
    ):
        return None
    try:
        if not is_inside(os.path.realpath(root / path), os.path.realpath(root)):
            return None
        status = (root / path).stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or _index_reason(path, os.path.realpath(root / path)):
        return None
    return FoundNote(path, stamp_of(status))


def read_note(root: Path, path: str) -> NoteFile | Diagnostic:
    """Read and decode a note file. Return the problem instead if it cannot be read or decoded, or holds a merge conflict."""
    try:
        path.encode()
    except UnicodeEncodeError:
        name = os.fsencode(path).decode(errors="backslashreplace")
        return Diagnostic(name, 0, 0, "unreadable", "the file's name is not UTF-8", "rename the file")
    try:
        content = read_inside(root, path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Diagnostic(path, 0, 0, "unreadable", f"the file cannot be read: {reason}")
    return decode_note(path, content)


def decode_note(path: str, content: bytes) -> NoteFile | Diagnostic:
    """Decode the bytes of a note. Return the problem instead if they are no text, or hold a merge conflict."""
    text = decode(path, content)
    if isinstance(text, Diagnostic):
        return text
    if START in text and (conflict := _find_conflict(text)):
        return conflict.report(path)
    return NoteFile(path, text, blake2b(content, digest_size=16).hexdigest())


def _find_conflict(text: str) -> Conflict | None:
    raws = split_raw(text)
    return find_conflict(raws, find_code(raws)[0])


class _Walker:
    """Goes through folders and counts the files that it leaves out."""

    def __init__(self, base: str, patterns: re.Pattern[str] | None) -> None:
        self.base = base
        self.patterns = patterns
        self.left_out: Counter[str] = Counter()
        self.outside: list[str] = []
        self._way = Way()

    def go_through(self, real: str, prefix: str) -> Iterator[FoundNote]:
        """Yield the note files below a folder; `real` is its place without links, `prefix` its path with a slash at the end."""
        self._way.enter(real, prefix)
        for item, path in self._way.items():
            if item.name.startswith(".") or _matches(path, self.patterns):
                continue
            try:
                note = self._take(item, path)
            except OSError as error:
                if not is_gone(error):
                    raise
            else:
                if note:
                    yield note

    def _take(self, item: os.DirEntry[str], path: str) -> FoundNote | None:
        """Return the note at a path, or enter the folder that is there."""
        is_note = item.name.lower().endswith(ENDINGS)
        real = os.path.realpath(item.path) if item.is_symlink() else item.path
        if real != item.path and not is_inside(real, self.base):
            if is_note or item.is_dir():
                self.outside.append(path)
        elif item.is_dir():
            if reason := folder_reason(item.name):
                self.left_out[reason] += 1
            elif not _is_site(real):
                self._way.enter(real, f"{path}/")
        elif is_note:
            status = item.stat()
            reason = file_reason(item.name) if stat.S_ISREG(status.st_mode) else "pipes and devices"
            reason = reason or _index_reason(path, real)
            if not reason:
                return FoundNote(path, stamp_of(status))
            self.left_out[reason] += 1
        return None


def _is_site(folder: str) -> bool:
    """Return True for the output folder of a build, whichever settings it had."""
    return os.path.lexists(f"{folder}{os.sep}{MANIFEST}")


def _index_reason(path: str, place: str) -> Reason | None:
    """Return why a folder's index is left out, or None for any other file and for an index with a date."""
    if not may_be_index(path):
        return None
    try:
        with open_file(place) as file:
            return "folder indexes" if is_index(file.read(HEAD)) else None
    except OSError:
        return None


def _compile(exclude: tuple[str, ...]) -> re.Pattern[str] | None:
    """Make one pattern of all; None if there is nothing to leave out."""
    patterns = (translate(unicodedata.normalize("NFC", pattern.removesuffix("/"))) for pattern in exclude)
    return re.compile("|".join(patterns)) if exclude else None


def _matches(path: str, patterns: re.Pattern[str] | None) -> bool:
    return patterns is not None and patterns.match(unicodedata.normalize("NFC", path)) is not None
