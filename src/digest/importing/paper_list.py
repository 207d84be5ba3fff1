"""A README of papers under dated headings -> a day file for each date, with an entry for each paper.

A paper is an item of a list or a row of a table. The title is its bold text, the text of its first link, or the text before
it. Further links, remarks and items below it are the entry's text.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from .attachments import FOLDER, copy_files
from .heading_dates import find_day, find_year
from .imported import Attachment, Imported, ImportedNote, LeftOut, Source
from .markdown import read_hashtags, shorten

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__):?\s*")
_BOLD_LEVEL = 7
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_LINE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
_FENCE = re.compile(r"\s*(```|~~~)")
_LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\]|!\[[^\]]*\]\([^)]*\))*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*([^\s()]+)[^)]*\)")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]^]+)\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?")
_NUMBER = re.compile(r"^\s*\d{1,3}\s*[.)]\s+")
_BOLD = re.compile(r"\W{0,3}?(?:\*\*|__)(?P<title>.+?)(?:\*\*|__)")
_GENERIC = re.compile(
    r"\W*(?:papers?|pdf|arxiv|abs|code|github|links?|blog|site|web(?:site)?|project(?: page)?|tweet|논문|링크|코드)\W*",
    re.IGNORECASE,
)
_DOUBLE_BRACKETS = re.compile(r"\[(\[[^\[\]]*\])\](?=\()|\[(\[[^\[\]]*\]\([^\s()]*\))\]")
_SEPARATOR = re.compile(r"^[\s:：,;–—|-]+(?=\S|$)")
_IS_DATE = re.compile(r"[\d\s./년월일-]+")
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")


class _Item(Struct):
    """A paper: its line in the file and its lines, those below the first without their indent."""

    line: int
    lines: list[str]


class _Section(Struct):
    """What stands below a heading."""

    heading: str
    level: int
    line: int
    date: dt.date | None
    is_dated: bool
    lines: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)


class _Entry(Struct):
    """An entry as it is written, and the heading above it that is no date."""

    text: str
    topic: str = ""


def recognises(source: Source) -> bool:
    """Return True if a file of Markdown has dated headings with lists of links, or a folder such a README."""
    path = _find_file(source)
    return bool(path) and any(_is_list(section) for section in _divide(source.load_text(path).split("\n")))


def read(source: Source) -> Imported:
    """Read a README. Raises SourceError if it cannot be read."""
    path = _find_file(source) or source.file
    written = _DOUBLE_BRACKETS.sub(lambda m: m[1] or m[2], source.load_text(path or "README.md"))
    lines = _resolve_references(written.split("\n"))
    days: dict[dt.date, list[_Entry]] = {}
    first_lines: dict[dt.date, int] = {}
    left_out: list[LeftOut] = []
    attachments: dict[dt.date, list[Attachment]] = {}
    for section in _divide(lines):
        left_out += [LeftOut(path, line, f"the head of a table: {words}") for line, words in section.heads]
        if section.date is None:
            if section.items or any(map(str.strip, section.prose)):
                reason = f"`{section.heading}` has no date" if section.heading else "text above the first heading"
                left_out.append(LeftOut(path, section.line, reason))
            continue
        if section.is_dated and not _IS_DATE.fullmatch(section.heading):
            left_out.append(LeftOut(path, section.line, f"the words of `{section.heading}`, which is {section.date}"))
        first_lines.setdefault(section.date, section.line)
        entries = days.setdefault(section.date, [])
        for entry in _render_section(section):
            entry.text = _localise(source, entry.text, attachments.setdefault(section.date, []))
            entries.append(entry)
    notes = tuple(
        ImportedNote(
            f"{day}.md",
            path,
            first_lines[day],
            "\n\n".join([f"# {day}", *_add_tags(entries)]),
            attachments=tuple(attachments.get(day, ())),
        )
        for day, entries in sorted(days.items())
        if entries
    )
    return Imported(notes, tuple(left_out))


def _find_file(source: Source) -> str:
    if source.file:
        return source.file if source.file.lower().endswith((".md", ".markdown")) else ""
    return next((name for name in ("README.md", "readme.md", "Readme.md") if source.has(name)), "")


def _is_list(section: _Section) -> bool:
    return section.date is not None and any(_ADDRESS.search("\n".join(item.lines)) for item in section.items)


def _resolve_references(lines: Sequence[str]) -> list[str]:
    """Write links whose addresses stand elsewhere in the file as links with their address."""
    found = [_DEFINITION.fullmatch(line) for line in lines]
    addresses = {m[1].lower(): m[2] for m in found if m}
    if not addresses:
        return list(lines)

    def resolve(reference: re.Match[str]) -> str:
        address = addresses.get((reference[2] or reference[1]).lower())
        return f"[{reference[1]}]({address})" if address else reference[0]

    return ["" if definition else _REFERENCE.sub(resolve, line) for line, definition in zip(lines, found, strict=True)]


def _divide(lines: Sequence[str]) -> Iterator[_Section]:
    """Yield the sections of the file, each with its own date or that of the heading above it."""
    above: list[_Section] = []
    known: list[dt.date] = []
    section = _Section("", 0, 1, None, is_dated=False)
    fence = ""
    for number, line in enumerate(lines, 1):
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        heading = None if fence or mark else _read_heading(line, above, known)
        if heading is None:
            _add_line(section, number, line, lines, is_code=bool(fence or mark))
            continue
        yield section
        level, text = heading
        above = [each for each in above if each.level < level]
        day = _find_day(text, above, known)
        known += [day] if day else []
        dates = [each.date for each in above if each.date]
        section = _Section(text, level, number, day or (dates[-1] if dates else None), is_dated=day is not None)
        above.append(section)
    yield section


def _read_heading(line: str, above: Sequence[_Section], known: Sequence[dt.date]) -> tuple[int, str] | None:
    """Return level and text of a heading; a bold line is one if it has a date."""
    if found := _HEADING.fullmatch(line):
        return len(found[1]), found[2]
    if (found := _BOLD_LINE.fullmatch(line)) and _find_day(found[1], above, known):
        return _BOLD_LEVEL, found[1]
    return None


def _find_day(heading: str, above: Sequence[_Section], known: Sequence[dt.date]) -> dt.date | None:
    """Return the day of a heading. Without a year in it and above it, it continues the order of the dates before it."""
    years = [year for each in above if (year := find_year(each.heading))]
    if years or not known or find_year(heading):
        return find_day(heading, years[-1] if years else None)
    last = known[-1]
    days = [day for year in (last.year - 1, last.year, last.year + 1) if (day := find_day(heading, year))]
    if len(known) < 2 or known[-2] > last:
        return max((day for day in days if day <= last), default=None)
    return min((day for day in days if day >= last), default=None)


def _add_line(section: _Section, number: int, line: str, lines: Sequence[str], *, is_code: bool) -> None:
    if not is_code and _LINE.fullmatch(line):
        return
    section.lines.append(line)
    item = None if is_code else _ITEM.fullmatch(line)
    if item:
        section.items.append(_Item(number, [item[1]]))
    elif not is_code and line.lstrip().startswith("|"):
        following = lines[number] if number < len(lines) else ""
        if "|" in following and _RULE.fullmatch(following.strip()):
            section.heads.append((number, ", ".join(map(_plain, _split_row(line)))))
        elif not _RULE.fullmatch(line.strip()):
            section.items.append(_Item(number, [cell for cell in _split_row(line) if cell]))
    elif section.items and (is_code or line.startswith((" ", "\t")) or not line.strip()):
        section.items[-1].lines.append(line)
    elif section.items:
        section.items.append(_Item(number, [line]))
    else:
        section.prose.append(line)


def _split_row(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _render_section(section: _Section) -> Iterator[_Entry]:
    """Yield the entries of a section. Without a link in it, a section is a single entry, named after its heading.

    Papers below a heading of their own have it as a tag.
    """
    items = [item for item in section.items if any(map(str.strip, item.lines))]
    if not _ADDRESS.search("\n".join(line for item in items for line in item.lines)):
        items = []
    prose = [*section.prose] if items else section.lines
    if any(map(str.strip, prose)):
        yield _render_entry([_plain(section.heading), *prose])
    elif not items and not section.is_dated:
        yield _render_entry([section.heading])
    for item in items:
        entry = _render_entry(item.lines)
        entry.topic = "" if section.is_dated else _plain(section.heading)
        yield entry


def _render_entry(lines: Sequence[str]) -> _Entry:
    first = _NUMBER.sub("", lines[0])
    title, rest = _find_title(first)
    body = _dedent([rest, *lines[1:]])
    address = _first_address("\n".join([first, *lines[1:]]))
    if address and body.split("\n", 1)[0].strip() == address:
        body = body.partition("\n")[2].strip("\n")
    # A title alone is no entry.
    return _Entry("\n".join(filter(None, [f"## {title}", address, body or ("" if address else title)])))


def _add_tags(entries: Sequence[_Entry]) -> Iterator[str]:
    """Yield the text of each entry of a day with its topic: a tag if all have one, otherwise words."""
    tags = [re.sub(r"[^\w-]+", "-", entry.topic).strip("-_") for entry in entries]
    is_tagged = all(read_hashtags(f"#{tag}") for tag in tags)
    for entry, tag in zip(entries, tags, strict=True):
        yield "\n".join(filter(None, [entry.text, f"#{tag}" if is_tagged else entry.topic]))


def _find_title(first: str) -> tuple[str, str]:
    """Return the title of a paper, and what is left of its line."""
    bold = _BOLD.match(first)
    link = _LINK.search(first)
    if bold:
        title, end = bold["title"], bold.end()
    elif link and not _plain(first[: link.start()]).strip(" -–—:|") and not _GENERIC.fullmatch(link[1]):
        title, end = link[1], link.end()
    else:
        starts = [found.start() for found in (link, _ADDRESS.search(first)) if found]
        end = min(starts) if starts else len(first)
        title = first[:end]
    words = _plain(title).strip(" \t:：,;–—|-")
    if not re.search(r"\w", words):
        return _plain(first) or "Untitled", first
    if len(words) > _LONGEST:
        return shorten(words, _LONGEST), first
    return words, _SEPARATOR.sub("", first[end:]).strip()


_LONGEST = 160


def _plain(text: str) -> str:
    """Return a text without images, links and emphasis."""
    return _MARKS.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))).strip()


def _first_address(text: str) -> str:
    found = [(m.start(), m[2]) for m in _LINK.finditer(text) if m[2].startswith(("http://", "https://"))]
    found += [(m.start(), m[0].rstrip(".,;:!?")) for m in _ADDRESS.finditer(_LINK.sub(lambda m: " " * len(m[0]), text))]
    return min(found)[1] if found else ""


def _dedent(lines: Sequence[str]) -> str:
    below = [line.expandtabs(4) for line in lines[1:]]
    indents = [len(line) - len(line.lstrip()) for line in below if line.strip()]
    indent = min(indents, default=0)
    return "\n".join([lines[0], *(line[indent:].rstrip() for line in below)]).strip("\n")


def _localise(source: Source, entry: str, attachments: list[Attachment]) -> str:
    """Copy the images of the source, and write links to its other files as text."""
    text, copies, _ = copy_files(source, entry, ())
    attachments += [each for each in copies if each not in attachments]

    def lead(link: re.Match[str]) -> str:
        is_kept = re.match(r"[a-z]+:", link[2]) or link[2].startswith(f"{FOLDER}/")
        return link[0] if is_kept else f"{link[1]} ({link[2]})"

    return _LINK.sub(lead, text)
