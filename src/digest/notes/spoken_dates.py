"""A date as people say it -> the day: `yesterday`, `어제`, `11월 26일`, or any date line of a note."""

import datetime as dt
import re
import unicodedata

from .dates import make_date, parse_date_line

_DAYS_AGO = {"today": 0, "오늘": 0, "yesterday": 1, "어제": 1, "그제": 2, "그저께": 2}
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*월\s*(\d{1,2})\s*일")
_YEARS_AROUND = 8
"""February 29 is in one of so many years, also around 1900 and 2100."""


def read_spoken_date(text: str, today: dt.date) -> dt.date | None:
    """Read a date. A day without a year is the nearest one: in January, `12월 30일` is in the past year.

    Return None if the text is no date, or no such day exists.
    """
    text = unicodedata.normalize("NFC", text).strip().lower()
    if text in _DAYS_AGO:
        return today - dt.timedelta(days=_DAYS_AGO[text])
    if match := _DAY_OF_YEAR.fullmatch(text):
        years = range(today.year - _YEARS_AROUND, today.year + _YEARS_AROUND + 1)
        days = [day for year in years if (day := make_date(year, int(match[1]), int(match[2])))]
        return min(days, key=lambda day: abs(day - today), default=None)
    line = parse_date_line(text)
    return line.date if line else None
