"""A note's path -> the date in its name or its folders, and the title that the name gives.

A date may stand anywhere in a name: `240319 Grok-1`, `2024-03-19-title`, `20240319T1530 title`, `News_2024-03-23_report`.
Its parts are joined by `-`, `_`, `.` or nothing; a time behind it belongs to it.
"""

import datetime as dt
import re
import unicodedata
from urllib.parse import unquote

from msgspec import Struct

from .dates import WEEKDAYS, make_date


class FileName(Struct, frozen=True):
    """A file's name without its ending: `title` is the rest of it without the date.

    `date` is None without a date, or if no such day exists; `written` is the date as it stands there, or empty.
    """

    title: str
    date: dt.date | None = None
    written: str = ""


_KOREAN = r"(\d{4})\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일"
_JOINED = r"(\d{4})(?P<mark>[-_.])(\d{1,2})(?P=mark)(\d{1,2})"
_COMPACT = r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
_DATE = re.compile(rf"(?<!\d)(?:(?P<korean>{_KOREAN})|(?P<joined>{_JOINED})|(?P<compact>{_COMPACT}))(?!\d)")
_SHORT = re.compile(r"(\d\d)(\d\d)(\d\d)(?=$|[\s_-])")
_CLOCK = re.compile(
    r"T(?:[01]\d|2[0-3])[-:.]?[0-5]\d(?:[-:.]?[0-5]\d)?Z?(?=$|[\s_-])"
    r"|[\s_-](?:[01]\d|2[0-3])[-:.][0-5]\d(?:[-:.][0-5]\d)?(?=$|[\s_-])"
)
_WEEKDAY = re.compile(rf"\s*(?:\(\s*[{WEEKDAYS}](?:요일)?\s*\)|(?P<bare>[{WEEKDAYS}])(?:요일)?(?=$|[\s_-]))")
_EDGE = " \t\u00a0_.,-–—:·"
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|（\s*）|【\s*】")
_FOLDERS = re.compile(
    r"(?:^|/)(?P<year>(?:19|20)\d\d)[/_.-](?:(?P=year)[_.-])?(?P<month>\d{1,2})[/_.-](?P<day>\d{1,2})(?=$|[/ _-])"
)
_KEBAB = re.compile(r"[^\W_]+(?:[-_][^\W_]+)+")


def read_file_name(name: str) -> FileName:
    """Read a file's name without its ending.

    Six digits at the front are year, month and day of this century, as in `240319`. A date that doesn't exist counts as
    one at the front only, where it is most likely mistyped.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if "___" in name:  # as Logseq writes the `/` of a page's name
        name = unquote(name.replace("___", "/"))
    short = _SHORT.match(name)
    if short:
        year, month, day = (int(part) for part in short.groups())
        if month <= 12 and day <= 31:
            return _cut(name, short, make_date(2000 + year, month, day))
    for match in _DATE.finditer(name):
        date = _date_of(match)
        at_front = match.start() == 0 and (match["compact"] is None or _is_near(match))
        if match["joined"] and match.start() and "." in match[0] and len(match[0]) < 10:
            continue  # `Tool 2024.1.2` is a version
        if date or at_front:
            return _cut(name, match, date)
    return FileName(_spaced(name) if name.islower() and name.isascii() and _KEBAB.fullmatch(name) else name)


def date_of_folders(path: str) -> FileName | None:
    """Read a date in the folders of a path without ending: `2024/03/19`, `2024/03/19 title`, `2024-01-15/report`.

    The title is that of the file's name, without the part of the date that it may hold.
    """
    *folders, name = unicodedata.normalize("NFC", path).split("/")
    for folder in reversed(folders):
        if (found := read_file_name(folder)).date:
            return FileName(name, found.date, found.written)
    joined = "/".join([*folders, name])
    for match in reversed(list(_FOLDERS.finditer(joined))):
        date = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
        if date:
            rest = name if match.end() <= len(joined) - len(name) else joined[match.end() :]
            return FileName(rest.strip(_EDGE), date, match[0].strip("/"))
    return None


def split_dated(text: str) -> FileName | None:
    """Read a heading with a date at its front or its end: `2024-03-19 회의 메모`, `회의 메모 (2024-03-19)`; else None."""
    text = unicodedata.normalize("NFC", text)
    for match in _DATE.finditer(text):
        is_edge = not text[: match.start()].strip(_EDGE + "(（[") or not text[match.end() :].strip(_EDGE + ")）]")
        if is_edge and not match["compact"] and (date := _date_of(match)):
            found = _cut(text, match, date)
            return found if found.title else None
    return None


def _date_of(match: re.Match[str]) -> dt.date | None:
    form = next(form for form in ("korean", "joined", "compact") if match[form])
    numbers = [int(part) for part in re.findall(r"\d+", match[form])]
    if form == "compact":
        digits = match["compact"]
        numbers = [int(digits[:4]), int(digits[4:6]), int(digits[6:8])]
    return make_date(*numbers[:3])


def _is_near(match: re.Match[str]) -> bool:
    """Return True if eight digits have the form of a date, such as `20240230`."""
    digits = match["compact"]
    return 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:8]) <= 31


def _cut(name: str, match: re.Match[str], date: dt.date | None) -> FileName:
    """Return a name without the date in it, and without the time or the weekday behind that."""
    end = match.end()
    if clock := _CLOCK.match(name, end):
        end = clock.end()
    weekday = _WEEKDAY.match(name, end)
    # `2024-03-19 일 잘하는 법` is no Sunday.
    if weekday and (weekday["bare"] is None or (date and WEEKDAYS[date.weekday()] == weekday["bare"])):
        end = weekday.end()
    before, after = name[: match.start()], name[end:]
    title = _EMPTY_BRACKETS.sub(" ", f"{before.rstrip(_EDGE)} {after.lstrip(_EDGE)}").strip(_EDGE)
    is_slug = after[:1] in "-_." and before[-1:] in ("", "-", "_", ".") and " " not in title
    return FileName(_spaced(title) if is_slug else title, date, match[0])


def _spaced(name: str) -> str:
    return re.sub(r"[-_]+", " ", name).strip()
