"""A note file -> its entries, in either layout.

Nothing that stands in a file is lost: every line that isn't blank is in exactly one block of the result.
"""

from collections.abc import Sequence

from msgspec import structs

from ..diagnostics import Diagnostic
from ..model import NoteFile
from .blocks import Block, ParsedNote, block_of
from .dates import EXAMPLES, Stem, parse_stem
from .day import parse_day
from .front_matter import FrontMatter, day_front_matter, parse_front_matter
from .lines import Line, column_of, split_lines
from .rules import NoteRules
from .single import parse_single

__all__ = ["Block", "NoteRules", "ParsedNote", "parse"]


def parse(note: NoteFile, rules: NoteRules = NoteRules()) -> ParsedNote:  # noqa: B008 - frozen
    """Read a note file in either layout; whatever the file holds, problems come back as diagnostics."""
    lines, unclosed = split_lines(note.text)
    front, diagnostics = parse_front_matter(note.path, lines, rules)
    body = lines[front.last_line :]
    diagnostics += [_unclosed(note.path, lines[number - 1]) for number in unclosed if number > front.last_line]
    read = _parse_body(note.path, body, front, rules)
    blocks = (Block("front-matter", 1, front.last_line), *read.blocks) if front.last_line else read.blocks
    return ParsedNote(read.entries, tuple(sorted({*diagnostics, *read.diagnostics})), blocks)


def _unclosed(path: str, fence: Line) -> Diagnostic:
    message = "the code fence that begins here is never closed"
    hint = f"close it with a line that holds only {fence.text[:3]}; until then it hides nothing from the parser"
    return Diagnostic(path, fence.number, column_of(fence), "unclosed-fence", message, hint)


def _parse_body(path: str, body: Sequence[Line], front: FrontMatter, rules: NoteRules) -> ParsedNote:
    name = path.rpartition("/")[2]
    stem = parse_stem(name.rpartition(".")[0] or name)
    first = next((line for line in body if line.shape != "blank"), None)
    opens_with_date = first is not None and first.shape == "date"
    if front.date and front.title:
        return parse_single(path, body, front.title, front.date, front, rules)
    if opens_with_date or (stem and stem.date and not stem.title):
        of_a_day, diagnostics = day_front_matter(path, front)
        read = parse_day(path, body, (stem.date if stem else None) or front.date, of_a_day, rules)
        return structs.replace(read, diagnostics=(*diagnostics, *read.diagnostics))
    if stem and stem.title and (date := front.date or stem.date):
        return parse_single(path, body, stem.title, date, front, rules)
    undated = (block_of("undated", body),) if first else ()
    return ParsedNote((), tuple(_explain_undated(path, stem, front)), undated)


def _explain_undated(path: str, stem: Stem | None, front: FrontMatter) -> list[Diagnostic]:
    if any(key == "date" for key, _, _ in front.places) and not front.date:
        return []  # What is wrong with it is reported already.
    if stem:
        message = f"the file's name begins with `{stem.written}`, a day that does not exist"
        return [Diagnostic(path, 0, 0, "impossible-date", message)]
    message = "neither the file's name nor its first line is a date"
    hint = f"begin the file with a date such as {EXAMPLES}, or name it `2024-03-19 Title`"
    if front.date:
        hint = "add a `title` to the front matter"
    return [Diagnostic(path, 0, 0, "unknown-layout", message, hint)]
