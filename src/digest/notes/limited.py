"""Entries -> the same entries within the limits, with a warning at the line of everything that is beyond them.

Nothing is lost without a word: a long title or address stays in the text, and of everything else the warning says that it was
left out.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from ..diagnostics import Diagnostic
from ..limits import AUTHORS, LINK_LENGTH, TAG_DEPTH, TAG_LENGTH, TAGS, TITLE_LENGTH
from ..model import Entry, Tag
from .blocks import ParsedNote
from .lines import Line, column_of

_QUOTED = 40
"""A warning quotes so many characters of what is too long."""


def keep_limits(read: ParsedNote, lines: Sequence[Line], front_end: int) -> ParsedNote:
    """Return a parsed note whose entries are within the limits.

    `lines` are all lines of the note; the first `front_end` of them are its front matter.
    """
    if not any(map(_is_beyond, read.entries)):
        return read
    entries, found = list[Entry](), list(read.diagnostics)
    for entry in read.entries:
        if _is_beyond(entry):
            span = entry.source
            limited = _Limited(entry, (*lines[span.first_line - 1 : span.last_line], *lines[:front_end]))
            found += limited.shorten()
            entry = limited.entry
        entries.append(entry)
    return structs.replace(read, entries=tuple(entries), diagnostics=tuple(found))


def _is_beyond(entry: Entry) -> bool:
    return (
        len(entry.title) > TITLE_LENGTH.most
        or len(entry.tags) > TAGS.most
        or len(entry.authors) > AUTHORS.most
        or len(entry.link or "") > LINK_LENGTH.most
        or any(_is_too_long(tag) for tag in entry.tags)
    )


def _is_too_long(tag: Tag) -> bool:
    # The key may be longer than the label: NFKC writes one character as up to 18.
    return max(len(tag.label), len(tag.key)) > TAG_LENGTH.most or tag.key.count("/") >= TAG_DEPTH.most


class _Limited:
    """An entry that is being brought within the limits; `lines` may hold what is too long."""

    def __init__(self, entry: Entry, lines: Sequence[Line]) -> None:
        self.entry = entry
        self._lines = lines

    def shorten(self) -> Iterator[Diagnostic]:
        """Shorten the entry; yield a warning for each change."""
        yield from self._shorten_tags()
        entry = self.entry
        if len(entry.authors) > AUTHORS.most:
            message = f"the entry has {len(entry.authors):,} authors, and the first {AUTHORS.most:,} count"
            yield self._warn(message, "name the group instead of its members", entry.authors[AUTHORS.most])
            self.entry = structs.replace(self.entry, authors=entry.authors[: AUTHORS.most])
        if entry.link and len(entry.link) > LINK_LENGTH.most:
            message = f"an address of {len(entry.link):,} characters stays in the text: at most {LINK_LENGTH.most:,}"
            yield self._warn(message, "use a shorter address of the page", entry.link)
            self._put_into_text(entry.link)
            self.entry = structs.replace(self.entry, link=None)
        if len(entry.title) > TITLE_LENGTH.most:
            message = f"a title of {len(entry.title):,} characters is cut: at most {TITLE_LENGTH.most:,}"
            yield self._warn(message, "put a shorter title on a line of its own above the text", entry.title)
            self._put_into_text(entry.title)
            cut = entry.title[: TITLE_LENGTH.most - 1].rstrip()
            self.entry = structs.replace(self.entry, title=f"{cut}…")

    def _shorten_tags(self) -> Iterator[Diagnostic]:
        long = [tag for tag in self.entry.tags if _is_too_long(tag)]
        kept = [tag for tag in self.entry.tags if not _is_too_long(tag)] if long else self.entry.tags
        if long:
            others = f" and {len(long) - 1:,} more were" if len(long) > 1 else " was"
            limits = f"at most {TAG_LENGTH.most} characters and {TAG_DEPTH.most} levels"
            message = f"the tag `{_quote(long[0].label)}`{others} left out: a tag has {limits}"
            yield self._warn(message, "shorten it", long[0].label)
        if len(kept) > TAGS.most:
            message = f"the entry has {len(kept):,} tags, and only the first {TAGS.most} count"
            yield self._warn(message, "keep the tags that you want to find the entry by", f"#{kept[TAGS.most].label}")
        self.entry = structs.replace(self.entry, tags=tuple(kept[: TAGS.most]))

    def _put_into_text(self, text: str) -> None:
        commentary = f"{text}\n\n{self.entry.commentary}" if self.entry.commentary else text
        self.entry = structs.replace(self.entry, commentary=commentary)

    def _warn(self, message: str, hint: str, written: str) -> Diagnostic:
        source = self.entry.source
        for line in self._lines:
            if (place := line.text.find(written)) >= 0:
                return Diagnostic(source.path, line.number, column_of(line, place), "limit", message, hint)
        return Diagnostic(source.path, source.first_line, 1, "limit", message, hint)


def _quote(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
