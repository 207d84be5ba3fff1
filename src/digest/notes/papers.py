"""A file of many papers -> an entry for each heading.

Daily lists of papers have a heading for each, and its data on lines below: `- **Authors**: …`, `- **URL**: …`,
`- **Abstract**: …`, with or without the list mark and the emphasis.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from ..model import Entry, Span, Tag
from ..urls import find_urls
from .blocks import Block, ParsedNote, block_of
from .entry import Content, check_entry, make_entry, quote_end, read_headline, read_quote
from .front_matter import FrontMatter
from .lines import Line, heading_level, join_raw, trim_blank
from .names import split_names
from .rules import NoteRules
from .tag_lines import parse_tags, unique_tags
from .titles import is_block

_FIELDS = {
    "title": ("title", "paper title", "제목", "논문 제목"),
    "authors": ("author", "authors", "저자", "저자들", "作者"),
    "link": ("url", "link", "링크", "arxiv", "paper", "paper link", "논문", "논문 링크", "pdf", "链接", "论文"),
    "abstract": ("abstract", "초록", "摘要"),
    "tags": ("tags", "tag", "keywords", "keyword", "태그", "키워드", "categories"),
}
_NAMES = {name: field for field, names in _FIELDS.items() for name in names}
_FIELD_LINE = re.compile(
    r"(?:[-*+•]\s+)?(?:\*\*|__)?(?P<name>[A-Za-z가-힣一-鿿][A-Za-z가-힣一-鿿 ]{0,18}?)(?:\*\*|__)?\s*[:：](?:\*\*|__)?(?:\s+(?P<value>.*))?$"
)
_NUMBER = re.compile(r"\d{1,3}[.)]\s+")
_LABELLED_LINK = re.compile(r"\[[^\[\]]*\]\((\S+?)\)|<(https?://[^<>\s]+)>")
_SEARCHED = 8
"""The data of a paper begins within so many lines below its heading."""


class PaperLayout(Struct, frozen=True):
    """Where the headings of papers are, by index, and their level."""

    level: int
    headings: tuple[int, ...]


def find_papers(lines: Sequence[Line], *, least: int) -> PaperLayout | None:
    """Return the headings that are papers if at least so many have data below them, else None."""
    headings = [(index, heading_level(line.text)) for index, line in enumerate(lines) if line.shape == "heading"]
    with_data = [(index, level) for index, level in headings if _has_data(lines, index)]
    if not with_data:
        return None
    level = min(level for _, level in with_data)
    if sum(own == level for _, own in with_data) < least:
        return None
    return PaperLayout(level, tuple(index for index, own in headings if own == level))


def parse_papers(
    path: str, lines: Sequence[Line], layout: PaperLayout, date: dt.date, front: FrontMatter, rules: NoteRules
) -> ParsedNote:
    """Read a file of papers; text before the first heading is an entry if there is any beside headings."""
    entries: list[Entry] = []
    blocks: list[Block] = []
    diagnostics = []
    # A heading of a higher level than the headings of papers ends the paper before it.
    above = [
        index
        for index, line in enumerate(lines)
        if line.shape in ("heading", "date") and 0 < heading_level(line.text) < layout.level
    ]
    cuts = sorted({0, *layout.headings, *above, len(lines)})
    for start, end in pairwise(cuts):
        run = lines[start:end]
        tail = _tail(run)
        body = run[: len(run) - tail]
        if any(line.text for line in body):
            is_entry = start in layout.headings or any(
                line.shape not in ("blank", "heading", "date", "rule") for line in body
            )
            if is_entry:
                content = _read_paper(body)
                content = structs.replace(content, title=content.title or date.isoformat())
                last = trim_blank(body)[-1].number
                entry = make_entry(content, date, Span(path, trim_blank(body)[0].number, last), front, rules)
                diagnostics += check_entry(entry, last, wants_tags=False)
                blocks.append(block_of("entry", body, len(entries)))
                entries.append(entry)
            else:
                blocks.append(block_of("separator", body))
        if tail:
            blocks.append(block_of("separator", run[len(run) - tail :]))
    return ParsedNote(tuple(entries), tuple(diagnostics), tuple(blocks))


def take_fields(lines: Sequence[Line]) -> tuple[Content, Sequence[Line]] | None:
    """Return the data of a note that begins with them, and its other lines; None if there are fewer than two fields.

    The data may stand below a heading, which stays if the data have no title.
    """
    first = next((index for index, line in enumerate(lines) if line.text), None)
    if first is None:
        return None
    heading = first if lines[first].shape == "heading" else None
    start = first if heading is None else first + 1
    values: dict[str, str] = {}
    taken: set[int] = set()
    for index in range(start, len(lines)):
        field = _field_of(lines[index])
        if field and field[0] not in values and field[1]:
            values[field[0]] = field[1]
            taken.add(index)
        elif lines[index].text and not _FIELD_LINE.match(lines[index].text):
            break
    if len(values) < 2 or values.keys().isdisjoint(("authors", "link", "title")):
        return None
    if "title" in values and heading is not None:
        taken.add(heading)
    return _content_of(values), [line for index, line in enumerate(lines) if index not in taken]


def _content_of(values: Mapping[str, str]) -> Content:
    return Content(
        title=values.get("title", ""),
        authors=split_names(values.get("authors", "")),
        abstract=values.get("abstract", ""),
        tags=unique_tags(_labels(values.get("tags", ""))),
        link=_address(values.get("link", "")),
    )


def _tail(run: Sequence[Line]) -> int:
    """Return how many lines at the end are rules or blank, from the first rule on."""
    index = len(run)
    while index and run[index - 1].shape in ("rule", "blank"):
        index -= 1
    while index < len(run) and run[index].shape == "blank":
        index += 1
    return len(run) - index


def _has_data(lines: Sequence[Line], heading: int) -> bool:
    for line in lines[heading + 1 : heading + 1 + _SEARCHED]:
        if line.shape == "heading":
            return False
        field = _field_of(line)
        if field and field[0] in ("authors", "link", "abstract"):
            return True
    return False


def _field_of(line: Line) -> tuple[str, str] | None:
    """Return the field that a line gives and its value."""
    match = (
        _FIELD_LINE.match(line.text) if line.shape in ("text", "tags") and ":" in line.text.replace("：", ":") else None
    )
    field = _NAMES.get(match["name"].strip().lower()) if match else None
    return (field, (match["value"] or "").strip()) if match and field else None


def _read_paper(lines: Sequence[Line]) -> Content:
    first = next(index for index, line in enumerate(lines) if line.text)
    if lines[first].shape not in ("text", "heading") or is_block(lines[first].text):
        return Content("", commentary=join_raw(lines))
    headline = read_headline(_NUMBER.sub("", lines[first].text.lstrip("# "), count=1))
    values: dict[str, str] = {}
    tags: tuple[Tag, ...] = ()
    kept: list[Line] = []
    index = first + 1
    while index < len(lines):
        line, field = lines[index], _field_of(lines[index])
        index += 1
        if line.shape == "tags":
            tags = unique_tags([tag.label for tag in (*tags, *parse_tags([line.text]))])
        elif field and field[0] not in values:
            values[field[0]] = field[1]
            if field[0] == "abstract" and not field[1]:
                values["abstract"], index = _read_block(lines, index)
        elif line.shape == "quote" and "abstract" not in values and not any(kept_line.text for kept_line in kept):
            end = quote_end(lines, index - 1)
            values["abstract"], index = read_quote(lines[index - 1 : end]), end
        else:
            kept.append(line)
    given = _content_of(values)
    return structs.replace(
        given,
        title=given.title or headline.title,
        authors=given.authors or headline.authors,
        commentary=join_raw(kept),
        tags=unique_tags([tag.label for tag in (*tags, *given.tags)]),
        link=given.link or headline.link,
    )


def _read_block(lines: Sequence[Line], start: int) -> tuple[str, int]:
    """Return the quote or the paragraph that begins at an index, and its end."""
    while start < len(lines) and lines[start].shape == "blank":
        start += 1
    end = quote_end(lines, start)
    if end > start:
        return read_quote(lines[start:end]), end
    if start < len(lines) and lines[start].shape == "text" and not _field_of(lines[start]):
        return lines[start].raw.strip(), start + 1
    return "", start


def _labels(written: str) -> list[str]:
    labels = (label.strip("#＃ `*") for label in re.split("[,，、;]", written))
    return ["-".join(label.split()) for label in labels if any(char.isalpha() for char in label)]


def _address(written: str) -> str | None:
    match = _LABELLED_LINK.search(written)
    if match:
        return match[1] or match[2]
    return next((url for _, _, url in find_urls(written)), None)
