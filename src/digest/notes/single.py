"""A file of one entry, as an Obsidian vault keeps it -> the entry.

Addresses, titles with their authors and quoted abstracts stand first; the first line that is none of these begins the
commentary.
"""

import datetime as dt
import re
from collections.abc import Sequence

from msgspec import Struct, structs

from ..model import Span, Translation, Work
from ..scripts import has_hangul
from .blocks import Block, ParsedNote, Role
from .boundaries import is_authors_line
from .dates import read_written_date
from .entry import (
    Content,
    Headline,
    check_entry,
    is_wikilink_line,
    make_entry,
    may_be_title,
    quote_end,
    read_authors,
    read_headline,
    read_quote,
)
from .file_names import FileName, split_dated
from .front_matter import FrontMatter
from .lines import Line, column_of, heading_level, join_raw, lone_url, strip_heading
from .papers import take_fields
from .rules import NoteRules
from .tag_lines import mostly_tags, near_tag_line, parse_tags, unique_tags
from .titles import clean_title, is_block, is_line_of_links

_LINKS_HEADINGS = frozenset({"links", "link", "링크"})
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|!\[\[[^\[\]\n]+\]\]")
_ENGLISH_OPEN = re.compile(r"<english>[ \t]*", re.IGNORECASE)
_ENGLISH_CLOSE = re.compile(r"[ \t]*</english>", re.IGNORECASE)


class _Head(Struct, frozen=True):
    """The part before the commentary: addresses that no work claims, the works, and where the commentary begins."""

    link: str | None
    spare_links: tuple[Line, ...]
    works: tuple[Work, ...]
    end: int


class _Body(Struct, frozen=True):
    """The part below the head, sorted into its kinds."""

    commentary: tuple[Line, ...]
    english: tuple[str, ...]
    references: tuple[Line, ...]
    tag_lines: tuple[Line, ...]


def parse_single(
    path: str, lines: Sequence[Line], name: str, date: dt.date | None, front: FrontMatter, rules: NoteRules
) -> ParsedNote:
    """Read the lines of a one-entry file below its front matter; `name` is the title that the file's name gives."""
    fields = take_fields(lines)
    content = read_single(fields[1] if fields else lines, name, front.title)
    if fields:
        content = _lay_over(fields[0], content)
    # Links may still use the name of the file.
    if not front.title and content.title != name and not read_written_date(name):
        front = structs.replace(front, aliases=tuple(dict.fromkeys((*front.aliases, name))))
    numbers = [line.number for line in lines if line.shape != "blank"] or [max(1, front.last_line)]
    entry = make_entry(content, date, Span(path, numbers[0], numbers[-1]), front, rules)
    diagnostics = check_entry(entry, numbers[-1], wants_tags=False) if date else []
    for line in lines:
        if line.shape == "text" and line.text.startswith(("#", "＃")) and mostly_tags(line.text):
            diagnostics.append(near_tag_line(path, line.number, column_of(line), line.text))
    return ParsedNote((entry,), tuple(diagnostics), tuple(_blocks(lines)))


def _lay_over(given: Content, content: Content) -> Content:
    """Return a note's content with the data that stand above it."""
    return structs.replace(
        content,
        title=given.title or content.title,
        authors=given.authors or content.authors,
        abstract=given.abstract or content.abstract,
        tags=unique_tags([tag.label for tag in (*given.tags, *content.tags)]),
        link=given.link or content.link,
    )


def read_single(lines: Sequence[Line], name: str, given: str = "") -> Content:
    """Split a one-entry note into its parts.

    The title is the one that front matter has `given`, else that of a title line or of the heading at the top, else `name`.
    """
    heading = find_heading(lines)
    if heading is not None and not _is_title(lines, heading, name, given):
        heading = None
    head = _read_head(lines, heading)
    body = _read_body(lines[head.end :])
    first = head.works[0] if head.works else Work(name)
    english = "\n".join(body.english).strip("\n")
    commentary = join_raw([*head.spare_links, *body.commentary])
    # A title has no images, so those in its line begin the text.
    images = _IMAGE.findall(lines[heading].text) if heading is not None else []
    return Content(
        title=first.title or name,
        authors=first.authors,
        abstract=first.abstract,
        commentary="\n\n".join(filter(None, [*images, commentary])) if images else commentary,
        translations=(Translation("en", english),) if english.strip() else (),
        tags=parse_tags(line.text for line in body.tag_lines),
        link=head.link,
        works=head.works[1:],
        references="\n".join(line.text for line in body.references),
    )


def find_heading(lines: Sequence[Line]) -> int | None:
    """Return the index of the heading at the top of a note, below addresses and links to other notes; None if none."""
    for index, line in enumerate(lines):
        if line.shape == "heading":
            return None if _is_links_heading(line) else index
        if line.shape not in ("blank", "link") and not is_line_of_links(line.text):
            return None
    return None


def dated_heading(lines: Sequence[Line]) -> FileName | None:
    """Return the date and the title of a heading at the top such as `# 2024-03-19 회의 메모`; None if it has no date."""
    index = find_heading(lines)
    if index is None:
        return None
    text = strip_heading(lines[index].text)
    found = split_dated(text)
    if found:
        return found
    written = read_written_date(text)
    return FileName(text, written.date, written.written) if written and written.date else None


def _is_title(lines: Sequence[Line], index: int, name: str, given: str) -> bool:
    """Return True if the heading at the top is the note's title, and no section of it."""
    text = strip_heading(lines[index].text)
    if given:
        return _same_words(clean_title(text), clean_title(given))
    if _same_words(clean_title(text), name) or read_headline(text).authors:
        return True
    # A note that its author named may well begin with a section.
    return heading_level(lines[index].text) == 1 or read_written_date(name) is not None


def _same_words(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))


def _is_links_heading(line: Line) -> bool:
    return line.shape == "heading" and strip_heading(line.text).lower().rstrip(":") in _LINKS_HEADINGS


def _read_head(lines: Sequence[Line], heading: int | None) -> _Head:
    works: list[Work] = []
    links: list[Line] = []
    own: str | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.shape == "link":
            if own is None:
                own = lone_url(line.text)
            else:
                links.append(line)
            index += 1
        elif line.shape == "blank":
            index += 1
        elif line.shape == "quote":
            if works and works[-1].abstract:
                break
            end = quote_end(lines, index)
            work = works.pop() if works else Work("")
            # An address between a further work's title and its abstract is that work's, not the next one's.
            claimed = links.pop() if works and links and not work.link else None
            link = lone_url(claimed.text) if claimed else work.link
            works.append(structs.replace(work, abstract=read_quote(lines[index:end]), link=link))
            index = end
        else:
            found = _read_title(lines, index, heading, is_first=not works or not works[0].title)
            if not found:
                break
            headline, index = found
            if len(works) == 1 and not works[0].title:
                works[0] = structs.replace(works[0], title=headline.title, authors=headline.authors)
            else:
                claimed = links.pop() if works and links else None
                link = headline.link or (lone_url(claimed.text) if claimed else None)
                works.append(Work(headline.title, headline.authors, link=link))
    if own is None and works:
        own = works[0].link
    return _Head(own, tuple(links), tuple(works), index)


def _read_title(
    lines: Sequence[Line], index: int, heading: int | None, *, is_first: bool
) -> tuple[Headline, int] | None:
    """Return the title that begins at a line, and its end; one without authors counts only as the first.

    `heading` is the index of the heading that is the title, if any.
    """
    line = lines[index]
    if line.shape not in ("text", "heading") or is_block(line.text):
        return None
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following and following.shape == "text":
        # arXiv breaks long titles and indents the second line; asterisks hold one together without that.
        indented = following.raw[:1].isspace()
        if indented or line.text.startswith("*"):
            joined = read_headline(f"{line.text} {following.text}")
            if joined.authors and (indented or joined.emphasised):
                return joined, index + 2
    headline = read_headline(line.text)
    dated = split_dated(headline.title) if index == heading else None
    if dated:
        headline = structs.replace(headline, title=dated.title)
    if headline.authors:
        return headline, index + 1
    following_at = next((at for at in range(index + 1, len(lines)) if lines[at].shape != "blank"), None)
    if following_at is not None and may_be_title(line.text) and is_authors_line(lines[following_at]):
        return structs.replace(headline, authors=read_authors(lines[following_at].text)), following_at + 1
    return (headline, index + 1) if index == heading or (is_first and headline.emphasised) else None


def _read_body(lines: Sequence[Line]) -> _Body:
    commentary: list[Line] = []
    english: list[str] = []
    references: list[Line] = []
    tag_lines: list[Line] = []
    after_tags: list[Line] = []
    section = ""
    for line in lines:
        text = line.text
        if line.shape == "tags":
            tag_lines.append(line)
            section = ""
        elif _is_links_heading(line):
            section = "links"
        elif text.startswith("<") and line.shape != "code" and _ENGLISH_OPEN.match(text):
            opened = _ENGLISH_OPEN.sub("", line.raw, count=1)
            english.append(_ENGLISH_CLOSE.sub("", opened))
            section = "" if _ENGLISH_CLOSE.search(opened) else "english"
        elif (section or tag_lines) and is_wikilink_line(text):
            references.append(line)
        elif section == "english":
            english.append(_ENGLISH_CLOSE.sub("", line.raw))
            section = "" if _ENGLISH_CLOSE.search(line.raw) else section
        else:
            section = "" if line.shape == "heading" else section
            (after_tags if tag_lines and section != "links" else commentary).append(line)
    if _is_translation(commentary, after_tags):
        english += [line.raw for line in after_tags]
    else:
        commentary += after_tags
    # Links at the end of the commentary are further reading; links within it are part of the text.
    end = len(commentary)
    while end and (commentary[end - 1].shape == "blank" or is_wikilink_line(commentary[end - 1].text)):
        end -= 1
    if not end and not english:  # a note of nothing but links is a list of them
        end = len(commentary)
    return _Body(tuple(commentary[:end]), tuple(english), (*commentary[end:], *references), tuple(tag_lines))


def _is_translation(commentary: Sequence[Line], after_tags: Sequence[Line]) -> bool:
    """Return True if the text below the tags of a Korean comment is the same in English: prose without any Hangul."""
    prose = [line for line in after_tags if line.shape != "blank"]
    return (
        any(line.shape == "text" for line in prose)
        and not any(has_hangul(line.text) for line in prose)
        and any(has_hangul(line.text) for line in commentary)
    )


def _blocks(lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if line.shape == "blank":
            continue
        role: Role = "tags" if line.shape == "tags" else "entry"
        if blocks and blocks[-1].role == role:
            blocks[-1] = structs.replace(blocks[-1], last_line=line.number)
        else:
            blocks.append(Block(role, line.number, line.number, 0))
    return blocks
