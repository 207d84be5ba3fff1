"""Broken wikilinks -> diagnostics with line and column, found by reading the note once more."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..archive.archive import Record
from ..diagnostics import Diagnostic
from ..model import NoteFile, Reference
from ..notes.discover import read_note


def locate_wikilinks(folder: Path, broken: Iterable[tuple[Record, Reference]]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each wikilink that leads nowhere; only notes that contain one are read."""
    for record, reference in broken:
        source = record.card.source
        note = read_note(folder, source.path)
        line, column = _find(note, reference.target, source.first_line) if isinstance(note, NoteFile) else (0, 0)
        yield Diagnostic(
            source.path,
            line or source.first_line,
            column,
            "broken-wikilink",
            f"`[[{reference.target}]]` leads to no note",
            "write the name of the note's file, or a title that one entry alone has",
        )


def _find(note: NoteFile, target: str, first_line: int) -> tuple[int, int]:
    for number, line in enumerate(note.text.split("\n"), start=1):
        if number >= first_line and (position := line.find(f"[[{target}")) >= 0:
            return number, position + 1
    return 0, 0
