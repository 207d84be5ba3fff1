"""A date as people say it -> the day: `yesterday`, `어제`, `11월 26일`, `11/26`, `26일`, `금요일`, or any date line of a note.

What has no year, no month or no week is a day that was, or a day soon to come: a diary looks back.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from .dates import WEEKDAYS, WrittenDate, make_date, parse_date_line

_DAYS_AWAY = {
    "today": 0, "오늘": 0, "yesterday": -1, "어제": -1, "그제": -2, "그저께": -2, "그끄저께": -3, "엊그제": -2, "tomorrow": 1, "내일": 1, "모레": 2, "글피": 3,
    "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = r"(?P<{}>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ORDINAL = "(?:st|nd|rd|th)?"
_DAY_OF_YEAR = re.compile(
    r"(?P<month>\d{1,2})(?:\s*월\s*|[/.-])(?P<day>\d{1,2})(?:\s*일|\.)?"
    rf"|{_NAMED_MONTH.format('first')}\s+(?P<behind>\d{{1,2}}){_ORDINAL}"
    rf"|(?P<before>\d{{1,2}}){_ORDINAL}\s+{_NAMED_MONTH.format('second')}"
)
_DAY_OF_MONTH = re.compile(rf"(\d{{1,2}})(?:\s*일|{_ORDINAL})")
_DAYS_APART = re.compile(r"(\d{1,4})\s*(?:일\s*(전|뒤|후)|days?\s+ago)")
_DAY_OF_A_WEEK = re.compile(rf"(?P<week>지지난|지난|이번|다음)\s*주\s*(?P<day>[{WEEKDAYS}])요일")
_WEEKS_AWAY = {"지지난": -2, "지난": -1, "이번": 0, "다음": 1}
_DAY_OF_WEEK = re.compile(
    rf"(?P<last>지난\s*|last\s+)?(?:(?P<korean>[{WEEKDAYS}])요일|(?P<english>{'|'.join(_ENGLISH_DAYS)}))"
)
_YEARS_AROUND = 8
"""February 29 is in one of so many years, also around 1900 and 2100."""
_MONTH_AHEAD, _WEEK_AHEAD = dt.timedelta(days=31), dt.timedelta(days=7)


def read_spoken_date(text: str, today: dt.date) -> WrittenDate | None:
    """Read a date; None if the text is none. The date is None if no such day exists.

    A day without a year is the last one up to a month ahead: in January, `12월 30일` is in the past year. A day of a month is
    the last one up to a week ahead, and a day of the week the last one up to today. Weeks begin on Monday: `지난주 금요일` is the
    Friday of the week before, whatever today is.
    """
    written = unicodedata.normalize("NFC", text).strip()
    text = written.lower()
    if (away := _count_days(text, today)) is not None:
        return WrittenDate(today + dt.timedelta(days=away), written)
    if match := _DAY_OF_YEAR.fullmatch(text):
        month, day = _read_day_of_year(match)
        years = range(today.year - _YEARS_AROUND, today.year + _YEARS_AROUND + 1)
        return WrittenDate(_last((make_date(year, month, day) for year in years), today + _MONTH_AHEAD), written)
    if match := _DAY_OF_MONTH.fullmatch(text):
        months = [divmod(today.year * 12 + today.month - 1 + away, 12) for away in (1, 0, -1, -2)]
        days = (make_date(year, month + 1, int(match[1])) for year, month in months)
        return WrittenDate(_last(days, today + _WEEK_AHEAD), written)
    if match := _DAY_OF_WEEK.fullmatch(text):
        weekday = WEEKDAYS.index(match["korean"]) if match["korean"] else _ENGLISH_DAYS.index(match["english"])
        back = (today.weekday() - weekday) % 7
        return WrittenDate(today - dt.timedelta(days=back or (7 if match["last"] else 0)), written)
    line = parse_date_line(text)
    return WrittenDate(line.date, written) if line else None


def _count_days(text: str, today: dt.date) -> int | None:
    """Return how many days after today a day is that is counted from today, or None if the text is none."""
    if match := _DAYS_APART.fullmatch(text):
        return int(match[1]) if match[2] in ("뒤", "후") else -int(match[1])
    if match := _DAY_OF_A_WEEK.fullmatch(text):
        return 7 * _WEEKS_AWAY[match["week"]] + WEEKDAYS.index(match["day"]) - today.weekday()
    return _DAYS_AWAY.get(text.removeprefix("the "))


def _read_day_of_year(match: re.Match[str]) -> tuple[int, int]:
    if match["month"]:
        return int(match["month"]), int(match["day"])
    name = match["first"] or match["second"]
    return _MONTHS.index(name[:3]) + 1, int(match["behind"] or match["before"])


def _last(days: Iterable[dt.date | None], end: dt.date) -> dt.date | None:
    """Return the last of some days that is not after `end`, or None if there is none."""
    return max((day for day in days if day and day <= end), default=None)
