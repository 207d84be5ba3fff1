"""A note and its former entries -> the former entries that are now inside the text of another entry.

An author who spoils a line of tags joins two entries without meaning to. Only a comparison with the last build can tell.
"""

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic
from ..model import Card, NoteFile
from .entry import read_headline
from .lines import Line, column_of, split_lines
from .titles import clean_title


def find_joined(note: NoteFile, former: Sequence[Card], cards: Sequence[Card]) -> Iterator[Diagnostic]:
    """Yield a warning for each entry of the last build whose title is now a line of another entry of the note."""
    titles = {card.title for card in cards}
    lines, _ = split_lines(note.text)
    for old in former:
        if old.title in titles:
            continue
        for card in cards:
            line = _find_title(lines[card.source.first_line : card.source.last_line], old.title)
            if line:
                message = (
                    f'the entry "{old.title}", at line {old.source.first_line} in the last build, is now in the text of '
                    f'"{card.title}", which begins at line {card.source.first_line}'
                )
                hint = "end the entry before it with a line of tags, such as `#pretraining`"
                yield Diagnostic(note.path, line.number, column_of(line), "joined-entry", message, hint)
                break


def _find_title(lines: Sequence[Line], title: str) -> Line | None:
    for line in lines:
        if line.shape in ("text", "heading") and clean_title(read_headline(line.text).title) == title:
            return line
    return None
