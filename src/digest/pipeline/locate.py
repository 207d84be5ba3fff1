"""Findings of the archive -> diagnostics with line and column, found by reading the note once more."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from ..archive.far_dates import FarDay
from ..diagnostics import Diagnostic
from ..model import NoteFile
from ..notes.dates import parse_date_line, read_written_date
from ..notes.discover import read_note
from ..notes.fences import split_raw


def locate_far_days(folder: Path, far: Iterable[FarDay]) -> Iterator[Diagnostic]:
    """Yield a warning for each file that has a day far from all others; only these files are read."""
    for each in far:
        for path, records in groupby(each.day.records, key=lambda record: record.card.source.path):
            note = read_note(folder, path)
            line, column = (0, 0)
            if isinstance(note, NoteFile):
                line, column = _find_date(note, each.day.date, next(records).card.source.first_line)
            side = "after" if each.day.date > each.nearest else "before"
            message = f"{each.day.date.isoformat()} is {each.years} years {side} every other note"
            hint = "look whether the year is mistyped"
            yield Diagnostic(path, line, column, "far-date", message, hint)


def _find_date(note: NoteFile, date: dt.date, first_line: int) -> tuple[int, int]:
    """Return the place of a date line above an entry, or of a date in front matter; zeros if it is in the file's name."""
    lines = split_raw(note.text)[:first_line]
    for number in range(len(lines), 0, -1):
        text = unicodedata.normalize("NFC", lines[number - 1].strip())
        found = parse_date_line(text)
        if found and found.date == date:
            return number, lines[number - 1].find(text[:1]) + 1
    for number, line in enumerate(lines, start=1):
        key, mark, value = line.partition(":" if ":" in line else "=")
        written = read_written_date(value) if mark else None
        if written and written.date == date:
            return number, len(key) + 2 + len(value) - len(value.lstrip())
    return 0, 0
