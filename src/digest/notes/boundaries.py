"""A day file's lines -> its dates and the runs of lines that are its entries.

Where a tag line is missing, a new entry is seen only by evidence: a title with its authors, a heading, or what sets
entries apart elsewhere in the same file. What may be one but need not be stays with the entry before it, with a warning.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..diagnostics import Diagnostic
from .dates import DateLine, parse_date_line
from .entry import LIST_MARK, may_be_title, read_headline
from .lines import Line, has_hangul, heading_level
from .names import parenthesised, reads_as_names


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


Part = DayMark | EntryRun | StrayTags


class _Habits(Struct, frozen=True):
    """How this file is written, learned from the lines whose part is certain.

    `heading` is the level of headings that are titles, 0 where none is; `one_line` says that titles carry their authors
    on the same line; `blank_between` that blank lines stand between entries, without exception.
    """

    date_forms: frozenset[tuple[str, bool]]
    heading: int
    one_line: bool
    blank_between: bool


_PARAGRAPH_END = re.compile(r"(?:[.!?。…ㅎㅋㅠ~]|[다요죠네까군음함임됨봄듯])[)\]\"'”’]*$")
_LONGEST_LONE_TITLE = 120


def find_parts(path: str, lines: Sequence[Line]) -> tuple[list[Part], list[Diagnostic]]:
    """Cut a day file into date lines, entries and stray tag lines; every line that isn't blank is in one of them."""
    cutter = _Cutter(path, lines)
    return list(cutter.cut()), cutter.diagnostics


def date_form(date: DateLine) -> tuple[str, bool]:
    """Return what makes two date lines alike."""
    return date.form, date.heading


class _Cutter:
    """Goes through the lines once, with what the file's habits say of the uncertain ones."""

    def __init__(self, path: str, lines: Sequence[Line]) -> None:
        self.path = path
        self.lines = lines
        self.habits = _learn_habits(lines)
        self.diagnostics: list[Diagnostic] = []

    def cut(self) -> Iterator[Part]:
        run: list[Line] = []
        tags: list[Line] = []
        for index, line in enumerate(self.lines):
            if line.shape == "blank":
                if run and not tags:
                    run.append(line)
                continue
            date = parse_date_line(line.text) if line.shape == "date" else None
            if line.shape == "tags":
                if run:
                    tags.append(line)
                else:
                    yield StrayTags(line)
            elif date and (not run or tags or self._is_like_others(line, date)):
                if run:
                    yield EntryRun(tuple(run), tuple(tags))
                yield DayMark(line, date)
                run, tags = [], []
            else:
                if run and (tags or self._begins_entry(index, run)):
                    yield EntryRun(tuple(run), tuple(tags))
                    run, tags = [], []
                run.append(line)
        if run:
            yield EntryRun(tuple(run), tuple(tags))

    def _is_like_others(self, line: Line, date: DateLine) -> bool:
        if date_form(date) in self.habits.date_forms:
            return True
        message = f"`{line.text}` is written unlike the file's other dates and was kept as text"
        hint = "write it like the others, or end the entry before it with its tags, to begin a new day"
        self.diagnostics.append(Diagnostic(self.path, line.number, 1, "foreign-date-line", message, hint))
        return False

    def _begins_entry(self, index: int, run: Sequence[Line]) -> bool:
        line, habits = self.lines[index], self.habits
        if line.shape == "heading":
            return 0 < heading_level(line.text) <= habits.heading
        if line.shape != "text" or not may_be_title(line.text):
            return False
        following = self._following(index)
        if following and is_authors_line(following):
            # A title pasted from arXiv goes on in an indented second line.
            return not (line.raw[:1].isspace() and sum(known.shape == "text" for known in run) == 1)
        if habits.one_line and read_headline(line.text).authors:
            return True
        if not (following and _stands_alone(line, self._preceding(run), following)):
            return False
        if habits.blank_between and run[-1].shape == "blank":
            return True
        if not has_hangul(line.text):
            message = f"`{line.text}` may be the title of a new entry; it was kept with the entry before"
            hint = "if it is one, end the entry before it with a line such as `#pretraining`"
            self.diagnostics.append(Diagnostic(self.path, line.number, 1, "ambiguous-entry", message, hint))
        return False

    def _following(self, index: int) -> Line | None:
        """Return the next line that is neither blank nor only an address."""
        for line in self.lines[index + 1 : index + 12]:
            if line.shape not in ("blank", "link"):
                return line
        return None

    @staticmethod
    def _preceding(run: Sequence[Line]) -> Line | None:
        """Return the last line of the entry that isn't blank, unless that is its title."""
        content = [line for line in run if line.shape != "blank"]
        return content[-1] if len(content) > 1 else None


def _learn_habits(lines: Sequence[Line]) -> _Habits:
    forms = frozenset(date_form(date) for _, date in _openings(lines, frozenset()) if date)
    titles = [index for index, date in _openings(lines, forms) if not date]
    levels = [level for index in titles if (level := heading_level(lines[index].text))]
    gaps = [lines[index - 1].shape == "blank" for index in titles if _follows_tags(lines, index)]
    return _Habits(
        date_forms=forms,
        heading=min(levels, default=0),
        one_line=any(read_headline(lines[index].text).authors for index in titles),
        blank_between=bool(gaps) and all(gaps),
    )


def _openings(lines: Sequence[Line], forms: frozenset[tuple[str, bool]]) -> Iterator[tuple[int, DateLine | None]]:
    """Yield what stands where a date or a title is expected: at the top, after a date line, after a tag line."""
    expected = True
    for index, line in enumerate(lines):
        if line.shape == "tags":
            expected = True
        elif line.shape == "date":
            date = parse_date_line(line.text)
            if date and (expected or date_form(date) in forms):
                yield index, date
                expected = True
        elif expected and line.shape not in ("blank", "link"):
            yield index, None
            expected = False


def _follows_tags(lines: Sequence[Line], index: int) -> bool:
    before = (line.shape for line in reversed(lines[:index]) if line.shape not in ("blank", "link"))
    return next(before, None) == "tags"


def is_authors_line(line: Line) -> bool:
    """Tell whether a line is surely a list of authors, wherever it stands."""
    inside = parenthesised(line.text) if line.shape == "text" else None
    return inside is not None and reads_as_names(inside)


def _stands_alone(line: Line, before: Line | None, after: Line) -> bool:
    """Tell whether a line between two paragraphs can only be a title: a short name or phrase, and not of a list."""
    text = line.text
    if len(text) > _LONGEST_LONE_TITLE or "://" in text or not text[0].isalnum() or text[0].islower():
        return False
    between = before is not None and _ends_paragraph(before) and _ends_paragraph(after)
    return between and len(after.text) > len(text)


def _ends_paragraph(line: Line) -> bool:
    return line.shape == "text" and not LIST_MARK.match(line.text) and _PARAGRAPH_END.search(line.text) is not None
