"""The part that every line of a note has in its entries."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Entry
from .comments import Comment
from .lines import Line, trim_blank

Role = Literal["front-matter", "date", "entry", "tags", "separator", "undated", "withheld"]
"""A `separator` is a rule between two entries. `undated` lines belong to a day whose date is wrong, `withheld` lines to a
note whose front matter can't be read: both are reported, and become no entry."""


class Block(Struct, frozen=True):
    """A run of lines with one role, from the first to the last that isn't blank.

    `entry` is the position of the entry that the lines belong to, None for front matter, dates, undated and withheld lines.
    """

    role: Role
    first_line: int
    last_line: int
    entry: int | None = None


class ParsedNote(Struct, frozen=True):
    """The entries of a note in the author's order, its problems, its comments, and the blocks of all other lines.

    Each line that isn't blank is in exactly one block, or wholly in a comment.
    """

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    blocks: tuple[Block, ...] = ()
    comments: tuple[Comment, ...] = ()


def block_of(role: Role, lines: Sequence[Line], entry: int | None = None) -> Block:
    """Make the block of a run of lines; of lines that are all blank, it holds the first."""
    trimmed = trim_blank(lines) or lines[:1]
    return Block(role, trimmed[0].number, trimmed[-1].number, entry)
