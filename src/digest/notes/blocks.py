"""What became of every line of a note."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Entry
from .lines import Line, trim_blank

Role = Literal["front-matter", "date", "entry", "tags", "separator", "undated"]
"""A `separator` is a rule between two entries. `undated` lines are those of a file or a day whose date is wrong: they are
reported, and become no entry."""


class Block(Struct, frozen=True):
    """A run of lines with one role, from the first to the last that isn't blank.

    `entry` is the position of the entry that the lines belong to, None for front matter, dates and undated lines.
    """

    role: Role
    first_line: int
    last_line: int
    entry: int | None = None


class ParsedNote(Struct, frozen=True):
    """The entries of a note in the author's order, its problems, and the blocks that hold each line exactly once."""

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    blocks: tuple[Block, ...] = ()


def block_of(role: Role, lines: Sequence[Line], entry: int | None = None) -> Block:
    """Make the block of a run of lines that aren't all blank."""
    trimmed = trim_blank(lines)
    return Block(role, trimmed[0].number, trimmed[-1].number, entry)
