"""Dates as people write them, in lines and in values -> `datetime.date`.

A text in the form of a date that names a day that doesn't exist is still read as a date: the author is told, and it is
mistaken for no title.
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

    `date` is None if no such day exists. `form` is how it is written, `heading` is True behind Markdown `#`s. `written` is
    the date as the author wrote it, `offset` the place in the line where it begins. `weekday` counts from Monday as 0 and
    is None if none is written.
    """

    date: dt.date | None
    form: Form
    heading: bool
    written: str
    offset: int
    weekday: int | None = None


class WrittenDate(Struct, frozen=True):
    """A date in a value: `date` is None if no such day exists."""

    date: dt.date | None
    written: str


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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|june?|july?|aug|sep|sept|oct|nov|dec)[a-z]*)\.?"
_ENGLISH_DATE = re.compile(
    rf"(?:(?:{_ENGLISH})\.?,?\s+)?(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|"
    rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH.replace('<month>', '<second>')},?)[\s-]+(?P<year>\d{{4}})(?=$|[\s,T])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<year>[12]\d{3})\s*년?")
_YEAR_AND_MONTH = re.compile(r"(?P<year>[12]\d{3})\s*(?:[-./]|년)\s*(?P<month>\d{1,2})\s*(?:월|\.)?")
_MONTH_AND_YEAR = re.compile(rf"{_MONTH},?\s+(?P<year>[12]\d{{3}})", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?=$|T|\d{4}(?:\d\d)?$)")
_DAY_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?=$|[\sT,])")
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


def read_written_date(text: str) -> WrittenDate | None:
    """Read a date in a value: alone, as `[[2024-03-19]]`, in English, or with a time and a zone behind it.

    The day as written counts, whatever the zone. `05/04/2024`, which may be a day of May or of April, is none.
    """
    text = unicodedata.normalize("NFC", text).strip().removeprefix("[[").removesuffix("]]").strip("\"' ")
    found = parse_date_line(text) or parse_date_line(re.split("[T ]", text, maxsplit=1)[0]) or _leading_date(text)
    if found:
        return WrittenDate(found.date, found.written)
    if match := _ENGLISH_DATE.match(text):
        month = _MONTHS.index((match["month"] or match["second"])[:3].lower()) + 1
        return WrittenDate(make_date(int(match["year"]), month, int(match["day"] or match["first"])), match[0])
    if match := _DIGITS.match(text):
        return WrittenDate(make_date(*map(int, match.groups())), match[0])
    if match := _DAY_LAST.match(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first > 12 or second > 12 or first == second:
            month, day = (second, first) if first > 12 else (first, second)
            return WrittenDate(make_date(year, month, day), match[0])
    return None


def read_issued(text: str) -> str:
    """Return the date in a value as far as it is known: `2024`, `2024-03` or `2024-03-19`. Return nothing if it is none."""
    found = read_written_date(text)
    if found:
        return found.date.isoformat() if found.date else ""
    text = unicodedata.normalize("NFC", text).strip("\"' ")
    if match := _YEAR.fullmatch(text):
        return match["year"]
    if match := _YEAR_AND_MONTH.fullmatch(text):
        month = int(match["month"])
    elif match := _MONTH_AND_YEAR.fullmatch(text):
        month = _MONTHS.index(match["month"][:3].lower()) + 1
    else:
        return ""
    return f"{match['year']}-{month:02}" if 1 <= month <= 12 else ""


def _leading_date(text: str) -> DateLine | None:
    """Read the date at the front of a Korean text such as `2024년 3월 19일 오후 3시`."""
    match = re.match(r"\d{4}\s*년\s*\d{1,2}\s*월\s*\d{1,2}\s*일(?=\s)", text)
    return parse_date_line(match[0]) if match else None


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return a date, or None if no such day exists. Calendars look into the years on either side of it."""
    if not dt.MINYEAR < year < dt.MAXYEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _make_date(match: re.Match[str], form: str) -> dt.date | None:
    first = match.re.groupindex[form] + 1
    return make_date(*(int(match[first + part]) for part in range(3)))


def _weekday_number(written: str) -> int:
    number = WEEKDAYS.find(written[0])
    return number if number >= 0 else _ENGLISH_DAYS.index(written[:3].lower())
