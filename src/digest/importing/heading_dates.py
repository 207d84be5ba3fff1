"""Headings of lists that grow by the week or by the day -> the day that they stand for.

Of several dates in a heading the last counts: a list of a week is written at its end, and then the year that stands behind
both is surely that of the last. A heading with only a month stands for the first day of the month.
"""

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FULL = re.compile(r"(?<!\d)(\d{4})\s*[-./년_]\s*(\d{1,2})\s*[-./월_]\s*(\d{1,2})(?!\d)")
_KOREAN = re.compile(r"(?<!\d)(\d{1,2})\s*월\s*(\d{1,2})\s*일")
_RANGE = r"(?:\s*(?:-|–|—|~|to)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?(?!\d|\s*[a-z]{3}))?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_RANGE}", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b", re.IGNORECASE)
_NUMBERS = re.compile(r"^\W*(\d{1,2})[/.](\d{1,2})(?!\d)")
_WEEK = re.compile(r"(?:\bW(?:eek)?\s*(?P<week>\d{1,2})\b|(?<!\d)(?P<korean>\d{1,2})\s*주차)", re.IGNORECASE)
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-./년]\s*(\d{1,2})(?!\d|\s*[-./월]\s*\d)")
_ONLY_MONTH = re.compile(rf"(?:{_MONTH}|(?P<korean>\d{{1,2}})\s*월)\W*(?:\d{{4}}\W*)?", re.IGNORECASE)


def find_year(heading: str) -> int | None:
    """Return the year in a heading, for those below it that have none."""
    found = _YEAR.findall(heading)
    return int(found[-1]) if found else None


def find_day(heading: str, year: int | None) -> dt.date | None:
    """Return the day of a heading, or None if it has no date. `year` is that of the headings above it."""
    full = [day for found in _FULL.finditer(heading) if (day := _date(*map(int, found.groups())))]
    if full:
        return full[-1]
    year = find_year(heading) or year
    if year is None:
        return None
    return _find_day_of_year(heading, year) or _find_week(heading, year) or _find_month(heading, year)


def _find_day_of_year(heading: str, year: int) -> dt.date | None:
    found = [(m.start(), int(m[1]), int(m[2])) for m in _KOREAN.finditer(heading)]
    found += [(m.start(), _number(m["month"]), int(m["last"] or m["day"])) for m in _MONTH_FIRST.finditer(heading)]
    found += [(m.start(), _number(m["month"]), int(m["day"])) for m in _DAY_FIRST.finditer(heading)]
    found = found or [(m.start(), int(m[1]), int(m[2])) for m in _NUMBERS.finditer(heading)]
    days = [day for _, month, number in sorted(found) if (day := _date(year, month, number))]
    return days[-1] if days else None


def _find_week(heading: str, year: int) -> dt.date | None:
    found = _WEEK.search(heading)
    if not found:
        return None
    try:
        return dt.date.fromisocalendar(year, int(found["week"] or found["korean"]), 7)
    except ValueError:
        return None


def _find_month(heading: str, year: int) -> dt.date | None:
    if found := _YEAR_AND_MONTH.search(heading):
        return _date(int(found[1]), int(found[2]), 1)
    only = _ONLY_MONTH.fullmatch(heading.strip())
    return _date(year, _number(only["month"]) if only["month"] else int(only["korean"]), 1) if only else None


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
