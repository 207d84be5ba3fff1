"""A note and its former entries -> the former entries that are now inside the text of another entry.

An author who spoils a line of tags joins two entries without meaning to. Only a comparison with the last build can tell.
"""

from collections.abc import Iterator, Sequence, Set

from ..diagnostics import Diagnostic
from ..model import Card, NoteFile
from .entry import read_headline
from .lines import Line, column_of, split_lines
from .titles import clean_title


def find_joined(note: NoteFile, former: Sequence[Card], cards: Sequence[Card]) -> Iterator[Diagnostic]:
    """Yield a warning for each entry of the last build whose title is now a line of another entry of the note."""
    lost = {card.title for card in former} - {card.title for card in cards}
    places = _find_titles(split_lines(note.text)[0], cards, lost)
    for old in former:
        if old.title in places:
            line, card = places[old.title]
            message = (
                f'the entry "{old.title}", at line {old.source.first_line} in the last build, is now in the text of '
                f'"{card.title}", which begins at line {card.source.first_line}'
            )
            hint = "end the entry before it with a line of tags, such as `#pretraining`"
            yield Diagnostic(
                note.path, line.number, column_of(line), "joined-entry", message, hint, of_draft=card.draft
            )


def _find_titles(lines: Sequence[Line], cards: Sequence[Card], titles: Set[str]) -> dict[str, tuple[Line, Card]]:
    """Find the first line below an entry's title that reads as one of some titles, with the entry that holds it."""
    found: dict[str, tuple[Line, Card]] = {}
    for card in cards:
        for line in lines[card.source.first_line : card.source.last_line]:
            if line.shape in ("text", "heading"):
                title = clean_title(read_headline(line.text).title)
                if title in titles:
                    found.setdefault(title, (line, card))
    return found
