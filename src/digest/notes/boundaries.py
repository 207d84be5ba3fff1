"""A day file's lines -> its dates and the runs of lines that are its entries.

Without a tag line, a new entry needs evidence: a title with its authors, a heading, or the way in which entries are set apart
elsewhere in the same file. A line that may or may not begin an entry stays with the entry before it, with a warning.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct, structs

from ..diagnostics import Diagnostic
from ..model import tag_key
from ..scripts import has_hangul
from .dates import DateLine, parse_date_line
from .entry import may_be_title, read_authors, read_headline
from .lines import Line, column_of, heading_level
from .names import parenthesised, reads_as_names
from .tag_lines import near_tag_line, nearly_tags, only_odd_words, parse_tags
from .titles import LIST_MARK


class DayMark(Struct, frozen=True):
    """A date line."""

    line: Line
    date: DateLine


class EntryRun(Struct, frozen=True):
    """The lines of an entry from its title to its last line of text, and its tag lines."""

    lines: tuple[Line, ...]
    tag_lines: tuple[Line, ...]


class StrayTags(Struct, frozen=True):
    """A tag line before any entry of its day."""

    line: Line


class Separator(Struct, frozen=True):
    """A rule such as `---` between entries."""

    line: Line


Part = DayMark | EntryRun | StrayTags | Separator


class _Habits(Struct, frozen=True):
    """How this file is written, learned from the lines whose part is certain.

    `heading` is the level of headings that are titles, or 0. `one_line` is True if titles carry their authors on the same
    line, `emphasised` if they stand between asterisks, `blank_between` if blank lines stand between entries and hardly
    within them, `rules_between` if rules stand between them.
    """

    date_forms: frozenset[tuple[str, bool]]
    heading: int
    one_line: bool
    emphasised: bool
    blank_between: bool
    rules_between: bool


_Before = Literal["top", "date", "tags", "rule", "text"]


class _Opening(Struct, frozen=True):
    """A date or a title, certain by the line before it."""

    index: int
    after: _Before
    date: DateLine | None = None


_PARAGRAPH_END = re.compile(r"(?:[.!?。…ㅎㅋㅠ~]|[다요죠네까군음함임됨봄듯])[)\]\"'”’]*$")
_LONGEST_LONE_TITLE = 120


def find_parts(path: str, lines: Sequence[Line]) -> tuple[list[Part], list[Diagnostic]]:
    """Cut a day file into its parts, of which each line that isn't blank is in exactly one."""
    cutter = _Cutter(path, lines)
    return list(cutter.cut()), cutter.diagnostics


def date_form(date: DateLine) -> tuple[str, bool]:
    """Return the form of a date line, by which two are alike."""
    return date.form, date.heading


class _Cutter:
    """Goes through the lines once; the file's habits decide the uncertain ones."""

    def __init__(self, path: str, lines: Sequence[Line]) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []
        self.lines = lines = self._mend_tag_lines(lines)
        self.habits = _learn_habits(lines)
        self.warned: int | None = None

    def cut(self) -> Iterator[Part]:
        run: list[Line] = []
        tags: list[Line] = []
        title: Line | None = None
        for index, line in enumerate(self.lines):
            if line.shape == "blank":
                if run and not tags:
                    run.append(line)
                continue
            # An outline may well begin with an item of tags.
            if line.shape == "tags" and (run or line.text[0] not in "-*+•"):
                if run:
                    tags.append(line)
                else:
                    yield StrayTags(line)
                continue
            mark = self._mark(line, is_open=bool(run) and not tags)
            if run and (mark or tags or (title and self._begins_entry(index, run, title))):
                yield EntryRun(tuple(run), tuple(tags))
                run, tags, title = [], [], None
            if mark:
                yield mark
            else:
                if title:
                    self._check_near_tags(index, run)
                run.append(line)
                title = title or (None if line.shape == "link" else line)
        if run:
            yield EntryRun(tuple(run), tuple(tags))

    def _mend_tag_lines(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return the lines, of which those are tag lines that stand like one and nearly are one.

        `#2024` is one between a text and what may be a title, `# LLM` if the file has the tag `#LLM` elsewhere.
        """
        near = [
            index
            for index, line in enumerate(lines)
            if line.shape in ("text", "heading") and line.text[0] in "#＃" and _stands_like_tags(lines, index)
        ]
        known = parse_tags(line.text for line in lines if line.shape == "tags") if near else ()
        if not known:
            return lines
        keys = {tag.key for tag in known}
        mended = list(lines)
        for index in near:
            line = lines[index]
            bare = line.text[1:].strip()
            if line.shape == "text" and only_odd_words(line.text):
                mended[index] = structs.replace(line, shape="tags")
                message = f"`{line.text}` ends the entry like a tag line, but holds no tag"
                hint = "a tag is `#` and a word with at least one letter, such as `#y2024`"
            elif line.shape == "heading" and tag_key(bare) in keys:
                mended[index] = structs.replace(line, text=f"#{bare}", shape="tags")
                message = f"`{line.text}` is read as a tag line, as the file has that tag elsewhere"
                hint = f"a tag has no space behind `#`: `#{bare}`"
            else:
                continue
            self.diagnostics.append(Diagnostic(self.path, line.number, column_of(line), "odd-tag", message, hint))
        return mended

    def _check_near_tags(self, index: int, run: Sequence[Line]) -> None:
        """Warn of a line within an entry that its author may take for its tags."""
        line = self.lines[index]
        hint = ""
        if line.shape == "heading":
            following, bare = self._following(index), line.text.lstrip("# ")
            is_between_text = following and following.shape == "text" and run[-1].shape == "text"
            if self.habits.heading or not is_between_text or (" " in bare and not nearly_tags(line.text)):
                return
            hint = f"a tag has no space behind `#`: `#{bare}`"
        elif line.shape not in ("text", "quote") or _is_item(line) or not nearly_tags(line.text.lstrip("> ")):
            return
        self.diagnostics.append(near_tag_line(self.path, line.number, column_of(line), line.text, hint))

    def _mark(self, line: Line, *, is_open: bool) -> DayMark | Separator | None:
        """Return a line that stands between entries, else None; `is_open` says that the entry before has no tags yet."""
        if line.shape == "rule" and (not is_open or self.habits.rules_between):
            return Separator(line)
        date = parse_date_line(line.text) if line.shape == "date" else None
        if date and (not is_open or self._is_like_others(line, date)):
            return DayMark(line, date)
        return None

    def _is_like_others(self, line: Line, date: DateLine) -> bool:
        # A file whose dates are written in several ways has no way from which one could differ.
        if len(self.habits.date_forms) > 1 or date_form(date) in self.habits.date_forms:
            return True
        message = f"`{line.text}` is written unlike the file's other dates and was kept as text"
        hint = "write it like the others, or end the entry before it with its tags, to begin a new day"
        self.diagnostics.append(Diagnostic(self.path, line.number, column_of(line), "foreign-date-line", message, hint))
        return False

    def _begins_entry(self, index: int, run: Sequence[Line], title: Line) -> bool:
        line, habits = self.lines[index], self.habits
        if line.shape == "heading":
            return 0 < heading_level(line.text) <= habits.heading
        if line.shape != "text":
            return False
        headline = read_headline(line.text)
        if not may_be_title(headline.title):
            return False
        before, after = self._preceding(run), self._following(index)
        if before is None or after is None:
            return False
        if is_authors_line(after):
            # A title pasted from arXiv goes on in an indented second line.
            return not (line.raw[:1].isspace() and before is title)
        if (habits.one_line and headline.authors) or (habits.emphasised and headline.emphasised):
            if before.shape != "link":
                return True
            # Under an address it is more likely one of a reading list.
            self._warn_of_title(line, run)
            return False
        if not (_is_phrase(line.text) and _ends_paragraph(before)):
            return False
        if read_authors(after.text) or (habits.blank_between and run[-1].shape == "blank" and _ends_paragraph(after)):
            return True
        if _ends_paragraph(after) or (has_hangul(after.text) and len(after.text) > len(line.text)):
            self._warn_of_title(line, run)
        return False

    def _warn_of_title(self, line: Line, run: Sequence[Line]) -> None:
        # One warning is enough to look at an entry; a reading list has many titles.
        if self.warned != run[0].number:
            self.warned = run[0].number
            message = f"`{line.text}` may be the title of a new entry; it was kept with the entry before"
            hint = "if it is one, end the entry before it with a line such as `#pretraining`"
            self.diagnostics.append(
                Diagnostic(self.path, line.number, column_of(line), "ambiguous-entry", message, hint)
            )

    def _following(self, index: int) -> Line | None:
        """Return the next line that is neither blank nor only an address."""
        for line in self.lines[index + 1 : index + 12]:
            if line.shape not in ("blank", "link"):
                return line
        return None

    @staticmethod
    def _preceding(run: Sequence[Line]) -> Line | None:
        """Return the last line of an entry that isn't blank."""
        return next((line for line in reversed(run) if line.shape != "blank"), None)


def _learn_habits(lines: Sequence[Line]) -> _Habits:
    forms = frozenset(date_form(opening.date) for opening in _openings(lines, frozenset()) if opening.date)
    titles = [opening for opening in _openings(lines, forms) if not opening.date]
    headlines = [read_headline(lines[title.index].text) for title in titles]
    levels = [level for title in titles if (level := heading_level(lines[title.index].text))]
    return _Habits(
        date_forms=forms,
        heading=min(levels, default=0),
        one_line=any(headline.authors for headline in headlines),
        emphasised=any(headline.emphasised for headline in headlines),
        blank_between=_has_blank_between(lines, titles),
        rules_between=any(title.after == "rule" for title in titles),
    )


def _openings(lines: Sequence[Line], forms: frozenset[tuple[str, bool]]) -> Iterator[_Opening]:
    """Yield the lines in which a date or a title is expected: at the top, after a date line, after a tag line."""
    after: _Before | None = "top"
    for index, line in enumerate(lines):
        if line.shape == "tags":
            after = "tags"
        elif line.shape == "rule" and after == "tags":
            after = "rule"
        elif line.shape == "date":
            date = parse_date_line(line.text)
            if date and (after or date_form(date) in forms):
                yield _Opening(index, after or "text", date)
                after = "date"
        elif after and line.shape not in ("blank", "link", "rule"):
            yield _Opening(index, after)
            after = None


def _has_blank_between(lines: Sequence[Line], titles: Sequence[_Opening]) -> bool:
    gaps = [lines[title.index - 1].shape == "blank" for title in titles if title.after == "tags"]
    if not gaps or not all(gaps):
        return False
    beginnings = frozenset(title.index for title in titles)
    inner = [
        before.shape == "blank"
        for index, (before, line) in enumerate(pairwise(lines), 1)
        if line.shape == "text" and index not in beginnings
    ]
    return sum(inner) * 4 <= len(inner)


def is_authors_line(line: Line) -> bool:
    """Return True if a line is surely a list of authors, wherever it stands."""
    inside = parenthesised(line.text) if line.shape == "text" else None
    return inside is not None and reads_as_names(inside)


def _is_item(line: Line) -> bool:
    return line.text[0] in "-*+•" and line.text[1:2].isspace()


def _is_phrase(text: str) -> bool:
    """Return True if a line is short enough for a title without authors, and begins like one."""
    return len(text) <= _LONGEST_LONE_TITLE and "://" not in text and text[0].isalnum() and not text[0].islower()


def _stands_like_tags(lines: Sequence[Line], index: int) -> bool:
    """Return True if a text stands before a line and what may be a title after it."""
    before, after = lines[max(0, index - 1)], lines[min(index + 1, len(lines) - 1)]
    if before.shape != "text" or after.shape != "text" or after.text[0] in "#＃":
        return False
    return not (LIST_MARK.match(before.text) or LIST_MARK.match(after.text)) and may_be_title(after.text)


def _ends_paragraph(line: Line) -> bool:
    return line.shape == "text" and not LIST_MARK.match(line.text) and _PARAGRAPH_END.search(line.text) is not None
