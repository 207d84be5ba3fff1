"""A note file -> its entries, in either layout.

Nothing in a file is lost: every line that isn't blank is in exactly one block of the result, or in a comment.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import structs

from ..diagnostics import Diagnostic
from ..model import NoteFile
from .blocks import Block, ParsedNote, block_of
from .comments import MARKS, Comment, hide_comments
from .dates import parse_date_line
from .day import parse_day
from .fences import split_raw
from .file_names import FileName, date_of_folders, read_file_name
from .front_matter import FrontMatter, day_front_matter, parse_front_matter, settle_published, with_old_addresses
from .limited import keep_limits
from .lines import Line, column_of, make_lines
from .page import is_page, parse_page
from .papers import find_papers, parse_papers
from .rules import NoteRules
from .single import dated_heading, parse_single
from .stray_states import find_stray_state
from .tag_lines import check_tag_line

__all__ = ["Block", "NoteRules", "ParsedNote", "parse"]

_NO_MARKS = str.maketrans("", "", "_.")


def parse(note: NoteFile, rules: NoteRules = NoteRules()) -> ParsedNote:  # noqa: B008 - frozen
    """Read a note file in either layout; whatever the file holds, problems come back as diagnostics."""
    raws = split_raw(note.text)
    is_composed = unicodedata.is_normalized("NFC", note.text)
    lines, unclosed = make_lines(raws, {}, is_composed=is_composed)
    front, diagnostics = parse_front_matter(note.path, lines, rules)
    comments: tuple[Comment, ...] = ()
    if not front.withheld and any(mark in note.text for mark in MARKS):
        visible = hide_comments(raws, front.last_line)
        comments = visible.comments
        lines, unclosed = make_lines(visible.raws, visible.gaps, is_composed=is_composed)
        if not front.last_line:  # a comment may stand before it
            front, diagnostics = parse_front_matter(note.path, lines, rules)
    if not (front.withheld or front.draft) and (stray := find_stray_state(note.text, lines, front.last_line)):
        front, diagnostics = FrontMatter(withheld=True), [*diagnostics, stray.report(note.path)]
    if front.withheld:
        return ParsedNote((), tuple(diagnostics), (block_of("withheld", lines),), comments)
    body = lines[front.last_line :]
    diagnostics += [_unclosed(note.path, lines[number - 1]) for number in unclosed if number > front.last_line]
    diagnostics += _check_comments(note.path, comments)
    for line in body:
        if line.shape == "tags":
            diagnostics += check_tag_line(note.path, line.number, line.text, column_of(line))
    read = keep_limits(_parse_body(note, body, front, rules), lines, front.last_line)
    blocks = (block_of("front-matter", lines[: front.last_line]), *read.blocks) if front.last_line else read.blocks
    return ParsedNote(read.entries, tuple(sorted({*diagnostics, *read.diagnostics})), blocks, comments)


def _unclosed(path: str, fence: Line) -> Diagnostic:
    message = "the code fence that begins here is never closed"
    mark = fence.text.lstrip("-*+0123456789.) \t>")[:3]  # a list or a quote may hold it
    hint = f"close it with a line that holds only {mark}; until then its lines are read as text"
    return Diagnostic(path, fence.number, column_of(fence), "unclosed-fence", message, hint)


def _check_comments(path: str, comments: Sequence[Comment]) -> Iterator[Diagnostic]:
    for comment in comments:
        if comment.is_open:
            message = "the comment that begins here is never closed, so the rest of the note is left out"
            hint = "close it with the mark that opened it, `%%` or `-->`, or put the mark into code: `` `%%` ``"
            yield Diagnostic(path, comment.first_line, comment.first_column, "unclosed-comment", message, hint)


def _parse_body(note: NoteFile, body: Sequence[Line], front: FrontMatter, rules: NoteRules) -> ParsedNote:
    if is_page(note.path, rules):
        return parse_page(note, body, front, rules)
    path = note.path
    stem = path.rpartition("/")[2]
    name = read_file_name(stem.rpartition(".")[0] or stem)
    first = next((line for line in body if line.text), None)
    if front.published:
        is_dated = name.date is not None or date_of_folders(path.rpartition(".")[0] or path) is not None
        front = settle_published(
            front, has_link=bool(front.link or front.doi or _begins_with_link(body)), is_dated=is_dated
        )
    opens_with_date = first is not None and first.shape == "date"
    if first and name.written and name.date is None and not (front.date or opens_with_date):
        message = f"the file's name holds `{name.written}`, a day that does not exist"
        return ParsedNote((), (Diagnostic(path, 0, 0, "impossible-date", message),), (block_of("undated", body),))
    found = front.date or name.date
    if not found and not opens_with_date and (folders := date_of_folders(path.rpartition(".")[0] or path)):
        name, found = folders, folders.date
    is_day = opens_with_date or (not name.title and not front.title)
    if not (front.title and (front.date or not opens_with_date)):
        papers = _parse_papers(path, body, front.date or name.date, front, rules, is_day=is_day)
        if papers:
            return papers
        if is_day and (opens_with_date or name.date):
            return _parse_day(path, body, name, front, rules)
    heading = None if found else dated_heading(body)
    date = found or (heading.date if heading else None) or note.committed
    return parse_single(path, body, name.title or _day_title(name) or stem, date, front, rules)


def _begins_with_link(body: Sequence[Line]) -> bool:
    """Return True if a note's first line below its heading is an address."""
    first = next((line for line in body if line.shape not in ("blank", "heading")), None)
    return first is not None and first.shape == "link"


def _parse_day(path: str, body: Sequence[Line], name: FileName, front: FrontMatter, rules: NoteRules) -> ParsedNote:
    of_a_day, diagnostics = day_front_matter(path, front)
    file_date = name.date or front.date
    read = parse_day(path, body, file_date, _day_title(name) if name.date else "", of_a_day, rules)
    entries = with_old_addresses(read.entries, front)
    return structs.replace(read, entries=entries, diagnostics=(*diagnostics, *read.diagnostics))


def _day_title(name: FileName) -> str:
    """Return a date that a name consists of as a title: `2024_03_19` is 2024-03-19, and `2024년 3월 19일` stays."""
    if name.date and name.written.translate(_NO_MARKS).isdecimal():
        return name.date.isoformat()
    return name.written


def _parse_papers(
    path: str, body: Sequence[Line], date: dt.date | None, front: FrontMatter, rules: NoteRules, *, is_day: bool
) -> ParsedNote | None:
    """Read a file whose headings are papers; None if they aren't, if the file has no date, or several."""
    first = next((index for index, line in enumerate(body) if line.text), 0)
    mark = parse_date_line(body[first].text) if body and body[first].shape == "date" else None
    below = body[first + 1 :] if mark else body
    layout = find_papers(below, least=1 if is_day else 2)
    if not layout or any(line.shape == "date" for line in below):
        return None
    heading = dated_heading(below)
    date = mark.date if mark else date or (heading.date if heading else None)
    if date is None:
        return None
    of_a_day, diagnostics = day_front_matter(path, front)
    dates = (block_of("date", [body[first]]),) if mark else ()
    read = parse_papers(path, below, layout, date, of_a_day, rules)
    entries, blocks = with_old_addresses(read.entries, front), (*dates, *read.blocks)
    return structs.replace(read, entries=entries, diagnostics=(*diagnostics, *read.diagnostics), blocks=blocks)
