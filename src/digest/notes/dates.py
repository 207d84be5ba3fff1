"""Dates as people write them, in lines and in file names -> `datetime.date`.

A text that has the form of a date but names a day that does not exist is still read as a date, so that the author is
told so and nothing is mistaken for a title.
"""

import datetime as dt
import re
import unicodedata
from typing import Literal

from msgspec import Struct

Form = Literal["korean", "dash", "dot", "slash"]
"""How a date is written; a file's date lines are expected to be alike."""

EXAMPLES = "`2024년 3월 19일`, `2024-03-19`, `2024.03.19.` or `2024/3/19`"
"""What a date line may look like, for hints."""

WEEKDAYS = "월화수목금토일"


class DateLine(Struct, frozen=True):
    """A line that holds a date and nothing else.

    `date` is None where no such day exists. `form` tells how it is written, `heading` whether it stands behind Markdown
    `#`s. `written` is the date as the author wrote it, `offset` where it begins in the line. `weekday` counts from
    Monday as 0 and is None where none is written.
    """

    date: dt.date | None
    form: Form
    heading: bool
    written: str
    offset: int
    weekday: int | None = None


class Stem(Struct, frozen=True):
    """A file name that begins with a date: `date` is None where no such day exists, `title` is what follows a space."""

    date: dt.date | None
    written: str
    title: str


_DATE = (
    r"(?P<date>(?P<korean>(\d{4})\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일)"
    r"|(?P<dash>(\d{4})-(\d{1,2})-(\d{1,2}))"
    r"|(?P<dot>(\d{4})\.\s*(\d{1,2})\.\s*(\d{1,2})\.?)"
    r"|(?P<slash>(\d{4})/(\d{1,2})/(\d{1,2})))"
)
_ENGLISH = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_WEEKDAY = rf"(?P<weekday>[{WEEKDAYS}](?:요일)?|{_ENGLISH})"
_DATE_LINE = re.compile(
    rf"(?P<marks>#{{1,6}}\s+)?{_DATE}(?:(?:\s*,)?\s*(?:\(\s*{_WEEKDAY}\s*\)|（\s*{_WEEKDAY.replace('<', '<wide')}\s*）"
    rf"|{_WEEKDAY.replace('<', '<bare')}))?",
    re.IGNORECASE,
)
_STEM = re.compile(
    rf"(?:{_DATE}(?:\s*\(?[{WEEKDAYS}](?:요일)?\)?)?|(?P<digits>(\d{{4}}|\d\d)(\d\d)(\d\d)))(?:\s+(?P<title>.+))?"
)
_FORMS: tuple[Form, ...] = ("korean", "dash", "dot", "slash")
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_date_line(text: str) -> DateLine | None:
    """Read a trimmed NFC line that is only a date, with or without a weekday and Markdown `#`s before it."""
    match = _DATE_LINE.fullmatch(text)
    if not match:
        return None
    form = next(form for form in _FORMS if match[form])
    weekday = match["weekday"] or match["wideweekday"] or match["bareweekday"]
    return DateLine(
        date=_make_date(match, form),
        form=form,
        heading=match["marks"] is not None,
        written=match["date"],
        offset=match.start("date"),
        weekday=_weekday_number(weekday) if weekday else None,
    )


def parse_stem(stem: str) -> Stem | None:
    """Read a file name without its ending that is a date, or a date, a space and a title.

    Six digits are year, month and day of this century, as in `240319`.
    """
    match = _STEM.fullmatch(unicodedata.normalize("NFC", stem).strip())
    if not match:
        return None
    form = next((form for form in ("digits", *_FORMS) if match[form]), "digits")
    return Stem(_make_date(match, form), match["date"] or match["digits"], (match["title"] or "").strip())


def _make_date(match: re.Match[str], form: str) -> dt.date | None:
    first = match.re.groupindex[form] + 1
    year, month, day = (int(match[first + part]) for part in range(3))
    if year in (dt.MINYEAR, dt.MAXYEAR) and len(match[first]) == 4:
        return None  # calendars look into the years on either side
    try:
        return dt.date(year + 2000 if len(match[first]) == 2 else year, month, day)
    except ValueError:
        return None


def _weekday_number(written: str) -> int:
    number = WEEKDAYS.find(written[0])
    return number if number >= 0 else _ENGLISH_DAYS.index(written[:3].lower())
