"""Imported notes -> files below the notes folder of a project. No file is ever overwritten, and none is written elsewhere."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ..disk import is_inside, read_inside
from .imported import Imported, ImportedNote, LeftOut, Source, SourceError

_PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|null|y|n)$)[^\W\d_][\w-]*", re.IGNORECASE)


class PlannedFile(Struct, frozen=True):
    """A file to write: its path below the project, its content, and its place in the source."""

    path: str
    content: bytes
    origin: str
    line: int


class Outcome(Struct, frozen=True):
    """What an import wrote, or would write.

    `written` and `same` are paths below the project; the latter were there with the same content. `taken` are files that
    were not written, because the project has another file of their name, or none may be written there.
    """

    written: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    taken: tuple[LeftOut, ...] = ()


def render_note(note: ImportedNote) -> str:
    """Return the content of a note's file: front matter, as far as it has any, and the text."""
    fields = [
        f"title: {json.dumps(note.title, ensure_ascii=False)}" if note.title else "",
        f"date: {note.date}" if note.date else "",
        f"updated: {note.updated}" if note.updated else "",
        f"authors: [{', '.join(map(_write_word, note.authors))}]" if note.authors else "",
        f"tags: [{', '.join(map(_write_word, note.tags))}]" if note.tags else "",
        f"link: {json.dumps(note.link, ensure_ascii=False)}" if note.link else "",
        f"description: {json.dumps(note.description, ensure_ascii=False)}" if note.description else "",
        f"aliases: [{', '.join(map(_write_word, note.aliases))}]" if note.aliases else "",
        f"lang: {note.lang}" if note.lang else "",
        f"slug: {json.dumps(note.slug, ensure_ascii=False)}" if note.slug else "",
        "draft: true" if note.draft else "",
    ]
    block = "\n".join(filter(None, fields))
    start = f"---\n{block}\n---\n" if block else ""
    return f"{start}{note.body.strip(chr(10))}\n"


def plan_files(source: Source, imported: Imported, into: str) -> tuple[tuple[PlannedFile, ...], tuple[LeftOut, ...]]:
    """Return the files to write, by their path below the project, and what of the source cannot be read."""
    files: dict[str, PlannedFile] = {}
    left_out = list(imported.left_out)
    for note in imported.notes:
        path = _free_path(f"{into}/{note.path}", files)
        files[path] = PlannedFile(path, render_note(note).encode(errors="replace"), note.origin, note.line)
        for each in note.attachments:
            target = f"{into}/{each.target}"
            if target in files:
                continue
            try:
                files[target] = PlannedFile(target, source.read(each.source), note.origin, note.line)
            except SourceError as error:
                left_out.append(LeftOut(note.origin, note.line, str(error)))
    return tuple(files.values()), tuple(sorted(left_out))


def write_files(project: Path, files: Sequence[PlannedFile], *, dry: bool) -> Outcome:
    """Write files that are not there yet. With `dry`, only find out which would be written. Raises OSError."""
    written: list[str] = []
    same: list[str] = []
    taken: list[LeftOut] = []
    for file in files:
        reason = _find_obstacle(project, file)
        if reason:
            taken.append(LeftOut(file.origin, file.line, f"{file.path} was not written: {reason}"))
        elif (project / file.path).exists():
            same.append(file.path)
        else:
            if not dry:
                _write(project / file.path, file.content)
            written.append(file.path)
    return Outcome(tuple(written), tuple(same), tuple(taken))


def count_reasons(left_out: Sequence[LeftOut]) -> Iterator[tuple[LeftOut, int]]:
    """Yield the first place of each reason, and how many there are."""
    groups: dict[tuple[str, str], list[LeftOut]] = {}
    for each in left_out:
        groups.setdefault((each.fate, each.reason), []).append(each)
    for group in groups.values():
        yield group[0], len(group)


def _find_obstacle(project: Path, file: PlannedFile) -> str:
    """Return why a file may not be written, or an empty text. A file of the same content is no obstacle."""
    place = project / file.path
    if not is_inside(os.path.realpath(place), os.path.realpath(project)):
        return "a link leads out of the project there"
    if not os.path.lexists(place):
        above = next(folder for folder in place.parents if os.path.lexists(folder))
        return "" if above.is_dir() else f"{above.name} is a file"
    try:
        before = read_inside(project, file.path)
    except OSError as error:
        return f"what is there cannot be read: {error.strerror}"
    return "" if before == file.content else "another file of this name is there"


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        file.write(content)


def _free_path(path: str, files: dict[str, PlannedFile]) -> str:
    """Return the path or, if another note of this import has it, one with a number."""
    stem, dot, ending = path.rpartition(".")
    number = 2
    while path in files:
        path = f"{stem}-{number}{dot}{ending}"
        number += 1
    return path


def _write_word(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else json.dumps(word, ensure_ascii=False)
