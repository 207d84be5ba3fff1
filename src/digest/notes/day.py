"""A file of dated entries -> its entries.

Every line that isn't blank is in exactly one block: a date line, an entry's text, its tag lines, or lines that cannot
be dated.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import structs

from ..diagnostics import Diagnostic
from ..model import Entry, Span
from ..scripts import has_hangul
from .blocks import Block, ParsedNote, block_of
from .boundaries import DayMark, EntryRun, Part, Separator, StrayTags, find_parts
from .dates import WEEKDAYS
from .entry import Content, Headline, check_entry, make_entry, quote_end, read_authors, read_headline, read_quote
from .front_matter import FrontMatter
from .lines import Line, column_of, join_raw, lone_url, trim_blank
from .rules import NoteRules
from .tag_lines import parse_tags
from .titles import ends_as_sentence, is_block, is_numbered

MARKDOWN = (".md", ".markdown")


def parse_day(
    path: str, lines: Sequence[Line], file_date: dt.date | None, written: str, front: FrontMatter, rules: NoteRules
) -> ParsedNote:
    """Read the lines of a day file below its front matter.

    `file_date` holds for entries before any date line. An entry without a title is named after its day as it is `written`.
    """
    parts, diagnostics = find_parts(path, lines)
    wants_tags = _wants_tags(parts)
    untitled = 0
    leading = _leading_tags(parts)
    prose = parts[0] if path.lower().endswith(MARKDOWN) and _begins_with_prose(parts) else None
    diagnostics += _check_days(path, [part for part in parts if part not in leading], file_date)
    entries: list[Entry] = []
    blocks: list[Block] = []
    date, dated = file_date, False
    for part in parts:
        if isinstance(part, DayMark):
            blocks.append(block_of("date", [part.line]))
            # Only the first date line can mean the day that the file is named after.
            date = part.date.date or (None if dated else file_date)
            dated, written, untitled = True, part.date.written, 0
        elif isinstance(part, StrayTags):
            blocks.append(block_of("tags", [part.line]))
        elif isinstance(part, Separator):
            blocks.append(block_of("separator", [part.line]))
        elif date is None:
            blocks.append(block_of("undated", [*part.lines, *part.tag_lines]))
        else:
            content = _read_untitled(part) if part is prose else read_run(part)
            if leading:
                content = structs.replace(content, tags=parse_tags(tags.line.text for tags in leading))
            if not content.title:
                untitled += 1
                name = written or date.isoformat()
                content = structs.replace(content, title=name if untitled == 1 else f"{name} ({untitled})")
            entry = make_entry(content, date, _span_of(path, part), front, rules)
            last = trim_blank(part.lines)[-1].number
            diagnostics += check_entry(entry, last, wants_tags=wants_tags and not untitled)
            blocks.append(block_of("entry", part.lines, len(entries)))
            if part.tag_lines:
                blocks.append(block_of("tags", part.tag_lines, len(entries)))
            entries.append(entry)
    return ParsedNote(tuple(entries), tuple(diagnostics), tuple(blocks))


def read_run(run: EntryRun) -> Content:
    """Split an entry into title, authors, abstract and commentary.

    The title is empty if the entry begins with a block, such as a list or a quote: that stays whole in the commentary.
    """
    lines = run.lines
    start = _find_title(lines)
    if start is None:
        return _read_untitled(run)
    headline, index = _read_title(lines, start)
    links = [line for line in lines[:start] if line.shape == "link"]
    authors = headline.authors
    while index < len(lines):
        line = lines[index]
        if line.shape == "link":
            links.append(line)
        elif line.shape == "rule" and index == start + 1:
            pass  # It underlines the title.
        elif line.shape != "blank":
            names = read_authors(line.text) if line.shape == "text" and not authors else ()
            if not names:
                break
            authors = names
        index += 1
    abstract, within, index = _read_abstract(lines, index, with_authors=bool(authors))
    # The first address is the entry's link; others have no place of their own and stay in the text.
    links += within
    link = headline.link or (lone_url(links.pop(0).text) if links else None)
    return Content(
        title=headline.title,
        authors=authors,
        abstract=abstract,
        commentary=join_raw([*links, *lines[index:]]),
        tags=parse_tags(line.text for line in run.tag_lines),
        link=link,
    )


def _begins_with_prose(parts: Sequence[Part]) -> bool:
    """Return True for a daily note as Obsidian keeps it: prose without a title, and below it nothing or headings.

    A title ends as no sentence does, and its authors may stand below it.
    """
    runs = [part for part in parts if isinstance(part, EntryRun)]
    if not runs or runs[0] is not parts[0]:
        return False
    first = runs[0].lines[0]
    if first.shape != "text" or not ends_as_sentence(first.text) or _precedes_authors(runs[0].lines):
        return False
    return all(run.lines[0].shape == "heading" for run in runs[1:])


def _read_untitled(run: EntryRun) -> Content:
    first = next(index for index, line in enumerate(run.lines) if line.shape not in ("link", "blank"))
    links = [line for line in run.lines[:first] if line.shape == "link"]
    return Content(
        title="",
        commentary=join_raw([*links[1:], *run.lines[first:]]),
        tags=parse_tags(line.text for line in run.tag_lines),
        link=lone_url(links[0].text) if links else None,
    )


def _find_title(lines: Sequence[Line]) -> int | None:
    """Return the index of the title: the first line, or the first below addresses, as in a note pasted from a vault.

    None if a block stands there. An entry of nothing but addresses is named after the first of them.
    """
    first = next((index for index, line in enumerate(lines) if line.shape not in ("link", "blank")), None)
    if first is None:
        return next(index for index, line in enumerate(lines) if line.shape == "link")
    line = lines[first]
    if line.shape == "heading" or (line.shape == "quote" and _precedes_authors(lines[first:])):
        return first
    if line.shape != "text" or is_block(line.text) or _is_numbered_list(lines[first:]):
        return None
    return first


def _precedes_authors(lines: Sequence[Line]) -> bool:
    following = next((line for line in lines[1:] if line.shape not in ("blank", "link")), None)
    return following is not None and bool(read_authors(following.text))


def _is_numbered_list(lines: Sequence[Line]) -> bool:
    return is_numbered(lines[0].text) and any(is_numbered(line.text) for line in lines[1:])


def _read_title(lines: Sequence[Line], start: int) -> tuple[Headline, int]:
    """Return the title that stands at a position, and the position after it."""
    line = lines[start]
    if line.shape == "link":
        return Headline(line.text, link=lone_url(line.text)), start + 1
    headline = read_headline(line.text.lstrip("> ") if line.shape == "quote" else line.text)
    if line.shape == "heading" and not headline.link and (address := lone_url(headline.title)):
        headline = structs.replace(headline, link=address)
    continued = None if headline.authors else _read_continuation(lines[start:])
    return (Headline(continued, link=headline.link), start + 2) if continued else (headline, start + 1)


def _read_continuation(lines: Sequence[Line]) -> str | None:
    """Join a title with its second line, as arXiv breaks them: indented, and the authors follow."""
    if len(lines) < 3 or not lines[1].raw[:1].isspace() or lines[1].shape != "text":
        return None
    following = next((line for line in lines[2:] if line.shape not in ("blank", "link")), None)
    if following is None or not read_authors(following.text) or read_authors(lines[1].text):
        return None
    return f"{read_headline(lines[0].text).title} {lines[1].text}"


def _read_abstract(lines: Sequence[Line], start: int, *, with_authors: bool) -> tuple[str, list[Line], int]:
    """Return the abstract that begins at a position, the addresses on lines within it, and its end."""
    end = quote_end(lines, start)
    if end > start:
        return read_quote(lines[start:end]), [], end
    rest = lines[start:]
    if not with_authors or not rest:
        return "", [], start
    if not any(has_hangul(line.text) for line in rest):
        # An entry in English: the first paragraph, if commentary follows it.
        follows = any(line.shape not in ("blank", "link") for line in rest[1:])
        return (rest[0].raw, [], start + 1) if follows and rest[0].shape == "text" else ("", [], start)
    while end < len(lines) and lines[end].shape not in ("code", "rule") and not has_hangul(lines[end].text):
        end += 1
    within = [line for line in lines[start:end] if line.shape == "link"]
    return join_raw([line for line in lines[start:end] if line.shape != "link"]), within, end


def _span_of(path: str, run: EntryRun) -> Span:
    return Span(path, run.lines[0].number, (run.tag_lines or trim_blank(run.lines))[-1].number)


def _wants_tags(parts: Sequence[Part]) -> bool:
    """Return False for a file whose titles are headings and whose author never writes tags."""
    runs = [part for part in parts if isinstance(part, EntryRun)]
    return any(run.tag_lines for run in runs) or not any(run.lines[0].shape == "heading" for run in runs)


def _leading_tags(parts: Sequence[Part]) -> Sequence[StrayTags]:
    """Return the tag lines above the only entry of a file if it has none below, as a daily note has them."""
    runs = [index for index, part in enumerate(parts) if isinstance(part, EntryRun)]
    only = parts[runs[0]] if len(runs) == 1 else None
    if not isinstance(only, EntryRun) or only.tag_lines:
        return ()
    return [part for part in parts[: runs[0]] if isinstance(part, StrayTags)]


def _check_days(path: str, parts: Sequence[Part], file_date: dt.date | None) -> list[Diagnostic]:
    """Report dates that don't exist or don't fit, days without entries and tags before any entry."""
    found: list[Diagnostic] = []
    parts = [part for part in parts if not isinstance(part, Separator)]
    marks = [part for part in parts if isinstance(part, DayMark)]
    for part, before, after in zip(parts, [None, *parts], [*parts[1:], None], strict=False):
        if isinstance(part, DayMark):
            found += _check_mark(path, part)
            # A file of one date line waits for its text, as `digest new` makes it.
            is_waiting = len(parts) == 1 and part.date.date == file_date
            if not isinstance(after, EntryRun) and not is_waiting:
                message = f"no entry follows `{part.date.written}`"
                found.append(Diagnostic(path, part.line.number, _column(part), "empty-day", message))
        elif isinstance(part, StrayTags) and (before is None or isinstance(before, DayMark)):
            message = "this tag line belongs to no entry"
            hint = "an entry begins with its title, on the line after a date or after the tags of the entry before"
            found.append(Diagnostic(path, part.line.number, column_of(part.line), "stray-tags", message, hint))
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
        message = f"`{date.written}` is {WEEKDAYS[date.date.weekday()]}요일, not {WEEKDAYS[date.weekday]}요일"
        return [Diagnostic(path, number, _column(mark), "wrong-weekday", message)]
    return []


def _column(mark: DayMark) -> int:
    # Nothing that can stand before a date changes its length in NFC.
    return column_of(mark.line, mark.date.offset)
