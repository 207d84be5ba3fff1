"""Make a large collection of notes by copying a vault many times, or one of longer notes by doubling their texts.

Each copy has other dates, titles and paper ids, so that the result resembles a longer digest. Ten copies follow one another,
nine years apart. Further copies use the same years, but other days.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from digest.config import Config
from digest.model import Entry, NoteFile
from digest.notes import parse
from digest.notes.discover import read_note
from digest.pipeline.read import note_rules, scan_notes

NAME = re.compile(r"(\d{2})(\d{2})(\d{2}) (.+)\.md")
PAPER = re.compile(r"\b(\d{2})(\d{2})\.(\d{5})\b")
YEARS = 9
SIDE_BY_SIDE = 10
LAST_YEAR = 2024
"""The last year of the original notes."""


def default_corpus() -> Path:
    """Return the folder of real notes, which is in `DIGEST_CORPUS` or next to the checkout."""
    return Path(os.environ.get("DIGEST_CORPUS", "../shared/corpus")) / "vault"


def next_note(times: int) -> str:
    """Return the file name of a note that is newer than all others, like the next one that the author would write."""
    return f"{LAST_YEAR + YEARS * (min(times, SIDE_BY_SIDE) - 1)}-08-01 Added.md"


def multiply(source: Path, target: Path, times: int) -> int:
    """Write the notes of a vault `times` times. Return the number of notes written."""
    written = 0
    for path in sorted(source.rglob("*.md")):
        match = NAME.fullmatch(path.name)
        if match is None:
            continue
        year, month, day, title = match.groups()
        try:
            date = dt.date(2000 + int(year), int(month), int(day))
        except ValueError:
            continue
        text = path.read_text("utf-8")
        for copy in range(times):
            name, content = _copy(date, title, text, copy) if copy else (path.name, text)
            place = target / f"{copy:02d}" / path.relative_to(source).parent / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, "utf-8")
            written += 1
    return written


def double_texts(vault: Path) -> None:
    """Double the length of all texts in a vault: below its own text, each note gets the text of the next note."""
    notes = [(note, entries) for note, entries in read_notes(vault) if entries]
    following = chain(islice(notes, 1, None), notes[:1])
    for (note, entries), (_, others) in zip(notes, following, strict=True):
        more = "\n\n".join(text for other in others for text in (other.commentary, other.abstract) if text)
        own = entries[-1].commentary
        doubled = f"{own}\n\n{more}"
        # A text without a commentary, or with one that the file has in another form, gets more at the end of the file.
        is_there = own and note.text.count(own) == 1
        text = note.text.replace(own, doubled) if is_there else f"{note.text}\n\n{more}\n"
        (vault / note.path).write_text(text, "utf-8")


def read_notes(vault: Path) -> Iterator[tuple[NoteFile, tuple[Entry, ...]]]:
    """Yield the notes of a vault, each with its entries."""
    rules = note_rules(Config())
    for path in scan_notes(vault, Config(notes=".")):
        note = read_note(vault, path)
        if isinstance(note, NoteFile):
            yield note, parse(note, rules).entries


def _copy(date: dt.date, title: str, text: str, copy: int) -> tuple[str, str]:
    years, days = copy % SIDE_BY_SIDE * YEARS, copy // SIDE_BY_SIDE * 3
    moved = dt.date(date.year + years, date.month, min(date.day, 28)) + dt.timedelta(days=days)

    def paper(match: re.Match[str]) -> str:
        year, month, number = match.groups()
        return f"{(int(year) + years) % 100:02d}{month}.{(int(number) + copy // SIDE_BY_SIDE * 7919) % 100000:05d}"

    return f"{moved.isoformat()} {title} {copy}.md", PAPER.sub(paper, text)
