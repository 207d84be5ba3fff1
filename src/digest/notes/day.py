"""A file of dated entries -> its entries.

Every line that isn't blank is in exactly one block: a date line, an entry's text, its tag lines, or lines that cannot
be dated.
"""

import datetime as dt
from collections.abc import Sequence

from ..diagnostics import Diagnostic
from ..model import Entry, Span
from .blocks import Block, ParsedNote, block_of
from .boundaries import DayMark, EntryRun, Part, find_parts
from .dates import WEEKDAYS
from .entry import Content, check_entry, make_entry, read_authors, read_headline, read_quote
from .front_matter import FrontMatter
from .lines import Line, has_hangul, join_raw, lone_url, parse_tags, trim_blank
from .rules import NoteRules


def parse_day(
    path: str, lines: Sequence[Line], file_date: dt.date | None, front: FrontMatter, rules: NoteRules
) -> ParsedNote:
    """Read the lines of a day file below its front matter; `file_date` holds for entries before any date line."""
    parts, diagnostics = find_parts(path, lines)
    diagnostics += _check_days(path, parts, file_date)
    entries: list[Entry] = []
    blocks: list[Block] = []
    date, dated = file_date, False
    for part in parts:
        if isinstance(part, DayMark):
            blocks.append(block_of("date", [part.line]))
            # Only the first date line can mean the day that the file is named after.
            date = part.date.date or (None if dated else file_date)
            dated = True
        elif not isinstance(part, EntryRun):
            blocks.append(block_of("tags", [part.line]))
        elif date is None:
            blocks.append(block_of("undated", [*part.lines, *part.tag_lines]))
        else:
            entry = _parse_entry(path, part, date, front, rules)
            diagnostics += check_entry(entry, trim_blank(part.lines)[-1].number)
            blocks.append(block_of("entry", part.lines, len(entries)))
            if part.tag_lines:
                blocks.append(block_of("tags", part.tag_lines, len(entries)))
            entries.append(entry)
    return ParsedNote(tuple(entries), tuple(diagnostics), tuple(blocks))


def read_run(run: EntryRun) -> Content:
    """Tell the title, the authors, the abstract and the commentary of an entry apart."""
    lines = list(run.lines)
    links: list[Line] = []
    while len(lines) > 1 and lines[0].shape in ("link", "blank") and any(_can_be_title(line) for line in lines[1:]):
        # A note pasted from a vault has its address above its title.
        links += [line for line in [lines.pop(0)] if line.shape == "link"]
    headline = read_headline(lines[0].text)
    title, authors = headline.title, headline.authors
    rest, last = 1, len(lines)
    if not authors:
        continued = _read_continuation(lines)
        if continued:
            title, rest = continued, 2
    while rest < last:
        line = lines[rest]
        if line.shape == "link":
            links.append(line)
        elif line.shape != "blank":
            names = () if authors or line.shape != "text" else read_authors(line.text)
            if not names:
                break
            authors = names
        rest += 1
    abstract, rest = _read_abstract(lines, rest, links, with_authors=bool(authors))
    own = None if headline.link or not links else links.pop(0)
    return Content(
        title=title,
        authors=authors,
        abstract=abstract,
        commentary=join_raw([*links, *lines[rest:]]),
        tags=parse_tags(run.tag_lines),
        link=headline.link or (lone_url(own.text) if own else None),
    )


def _can_be_title(line: Line) -> bool:
    return line.shape not in ("link", "blank", "code", "quote")


def _read_continuation(lines: Sequence[Line]) -> str | None:
    """Join a title with its second line, as arXiv breaks them: indented, and the authors follow."""
    if len(lines) < 3 or not lines[1].raw[:1].isspace() or lines[1].shape != "text":
        return None
    following = next((line for line in lines[2:] if line.shape not in ("blank", "link")), None)
    if following is None or not read_authors(following.text) or read_authors(lines[1].text):
        return None
    return f"{read_headline(lines[0].text).title} {lines[1].text}"


def _read_abstract(lines: Sequence[Line], start: int, links: list[Line], *, with_authors: bool) -> tuple[str, int]:
    """Return the abstract that begins at a position and where it ends; addresses within it are added to `links`."""
    end = start
    while end < len(lines) and lines[end].shape == "quote":
        end += 1
    if end > start:
        return read_quote(lines[start:end]), end
    if not with_authors:
        return "", start
    rest = lines[start:]
    if not any(has_hangul(line.text) for line in rest):
        # An entry in English: the first paragraph, where commentary follows it.
        more = len([line for line in rest if line.shape != "blank"]) > 1
        return (lines[start].raw, start + 1) if more and lines[start].shape == "text" else ("", start)
    while end < len(lines) and lines[end].shape != "code" and not has_hangul(lines[end].text):
        end += 1
    links += [line for line in lines[start:end] if line.shape == "link"]
    return join_raw([line for line in lines[start:end] if line.shape != "link"]), end


def _parse_entry(path: str, run: EntryRun, date: dt.date, front: FrontMatter, rules: NoteRules) -> Entry:
    span = Span(path, run.lines[0].number, (run.tag_lines or trim_blank(run.lines))[-1].number)
    return make_entry(read_run(run), date, span, front, rules)


def _check_days(path: str, parts: Sequence[Part], file_date: dt.date | None) -> list[Diagnostic]:
    """Report dates that don't exist or don't fit, days without entries and tags before any entry."""
    found: list[Diagnostic] = []
    marks = [part for part in parts if isinstance(part, DayMark)]
    for part, before, after in zip(parts, [None, *parts], [*parts[1:], None], strict=False):
        if isinstance(part, DayMark):
            found += _check_mark(path, part)
            if not isinstance(after, EntryRun):
                place = part.line.raw.find(part.date.written[0]) + 1
                found.append(
                    Diagnostic(path, part.line.number, place, "empty-day", f"no entry follows `{part.date.written}`")
                )
        elif not isinstance(part, EntryRun) and (before is None or isinstance(before, DayMark)):
            message = "this tag line belongs to no entry"
            hint = "an entry begins with its title, on the line after a date or after the tags of the entry before"
            found.append(Diagnostic(path, part.line.number, 1, "stray-tags", message, hint))
    if not parts:
        found.append(Diagnostic(path, 0, 0, "empty-day", "the file holds no entry"))
    if marks and file_date and all(mark.date.date not in (file_date, None) for mark in marks):
        mark = marks[0]
        message = f"the file is named after {file_date.isoformat()}, but its date is `{mark.date.written}`"
        hint = "the date in the file counts"
        found.append(Diagnostic(path, mark.line.number, _column(mark), "wrong-file-date", message, hint))
    return found


def _check_mark(path: str, mark: DayMark) -> list[Diagnostic]:
    date, number = mark.date, mark.line.number
    if date.date is None:
        return [Diagnostic(path, number, _column(mark), "impossible-date", f"there is no day `{date.written}`")]
    if date.weekday is not None and date.weekday != date.date.weekday():
        message = f"`{date.written}` is a {WEEKDAYS[date.date.weekday()]}요일, not a {WEEKDAYS[date.weekday]}요일"
        return [Diagnostic(path, number, _column(mark), "wrong-weekday", message)]
    return []


def _column(mark: DayMark) -> int:
    # Nothing before a date can be composed, so the margin is all that `text` lacks of `raw`.
    return mark.line.raw.find(mark.line.text[0]) + mark.date.offset + 1
