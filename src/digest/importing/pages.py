"""A Markdown file of a site -> its front matter and its body, and why the site doesn't show it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..notes.dates import read_written_date
from ..notes.front_matter import parse_front_matter
from ..notes.lines import split_lines
from ..notes.rules import NoteRules
from ..notes.settings_block import Unreadable, find_settings
from .heading_dates import find_day
from .imported import LeftOut, Source
from .tables import Form, is_true, read_table, text_in, texts_in

_MARKS: Mapping[str, Form] = {"---": "yaml", "+++": "toml", "{": "json"}
_MARK = re.compile(r"\s*(---|\+\+\+|\{)")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The names that addresses may hold, whatever the language of this machine."""
ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The endings of Markdown files."""
_ONCE = frozenset([
    "title", "date", "created", "published", "publishdate", "pubdate", "expirydate", "lastmod", "updated", "modified",
    "last_modified_at", "draft", "tags", "tag", "categories", "category", "keywords", "author", "authors", "lang", "slug", "url",
    "aliases", "alias", "redirect_from", "description", "summary", "excerpt", "permalink", "type", "layout",
])  # fmt: skip
"""The keys of front matter that an import reads, or that say nothing without the theme: `layout`, `type`."""


class Page(Struct, frozen=True):
    """A Markdown file of a site.

    `fields` are its front matter, with keys in lower case, and `first_line` is the line on which its body begins. `hiding`
    says why its front matter hides it, or nothing. `unreadable` is the mistake in its front matter, if it cannot be read:
    then `body` is the whole file.
    """

    path: str
    fields: Mapping[str, Any]
    body: str
    first_line: int = 1
    has_front_matter: bool = False
    hiding: str = ""
    unreadable: str = ""

    def line_at(self, offset: int) -> int:
        """Return the line in the file of a place in the body."""
        return self.first_line + self.body.count("\n", 0, offset)

    def line_of(self, words: str) -> int:
        """Return the line in the file on which some words of the body stand first, 0 if they are nowhere."""
        at = self.body.find(words)
        return self.line_at(at) if at >= 0 else 0


def read_page(source: Source, path: str) -> Page:
    """Read a Markdown file. Raises SourceError if it is no text."""
    text = source.load_text(path).removeprefix("\ufeff")
    mark = _MARK.match(text)
    lines = split_lines(text)[0]
    found = find_settings(lines) if mark else None
    if mark is None or found is None:
        return Page(path, {}, text, hiding=_find_hiding(path, text))
    if isinstance(found, Unreadable):
        return Page(path, {}, text, unreadable=found.message, hiding=UNREADABLE)
    raws = text.split("\n")
    inside = "\n".join(raws[: found.last_line]).strip("\n ")
    block = inside if mark[1] == "{" else inside.partition("\n")[2].rpartition("\n")[0]
    try:
        fields = read_table(block, _MARKS[mark[1]])
    except ValueError as error:
        return Page(path, {}, text, unreadable=str(error), hiding=UNREADABLE)
    body = "\n".join(raws[found.last_line :])
    return Page(path, fields, body, found.last_line + 1, has_front_matter=True, hiding=_find_hiding(path, text))


UNREADABLE = "its front matter cannot be read"


def _find_hiding(path: str, text: str) -> str:
    """Return why digest would keep a file out, for keys such as `draft`, `private` and `unlisted`."""
    front, _ = parse_front_matter(path, split_lines(text)[0], NoteRules())
    return "its front matter hides it" if front.draft or front.withheld else ""


def find_time_hiding(page: Page, date: str, *, shows_future: bool) -> str:
    """Return why a page is hidden today: its date is still to come, or its expiry date has passed. Otherwise nothing."""
    now = dt.datetime.now(dt.UTC)
    shown_from = max(filter(None, map(_moment_of, (date, text_in(page.fields, "publishdate")))), default=None)
    if shown_from and shown_from > now and not shows_future:
        return "its date is still to come"
    expiry = _moment_of(text_in(page.fields, "expirydate"))
    return "its expiry date has passed" if expiry and expiry <= now else ""


def read_date(page: Page, keys: Sequence[str]) -> str:
    """Return the date of the first key that has one as digest reads it, with its time, or nothing."""
    for written in (text_in(page.fields, key) for key in keys):
        found = read_written_date(written) if written else None
        if found and found.date:
            return written
        if written and (day := find_day(written, None)):
            return day.isoformat()
    return ""


def day_of(date: str) -> dt.date | None:
    """Return the day of a date as `read_date` returns it."""
    found = read_written_date(date) if date else None
    return found.date if found else None


def read_labels(page: Page, keys: Sequence[str], *, spaces: bool) -> tuple[str, ...]:
    """Return the tags under some keys. A text with commas is several; with `spaces`, one without commas is cut at spaces."""
    labels: list[str] = []
    for key in keys:
        value = page.fields.get(key)
        for text in texts_in(page.fields, key):
            if isinstance(value, list):
                labels.append(text)
            else:
                labels += text.split(",") if "," in text or not spaces else text.split()
    trimmed = (" ".join(label.split()).lstrip("#").strip("'\"") for label in labels)
    return tuple(dict.fromkeys(filter(None, trimmed)))


def read_authors(page: Page) -> tuple[str, ...]:
    """Return the authors of a page: texts, or tables with a `name`."""
    names: list[str] = []
    for key in ("author", "authors"):
        value = page.fields.get(key)
        items = value if isinstance(value, list) else [value]
        names += [text_in(item, "name") if isinstance(item, Mapping) else item for item in items if item]
    return tuple(dict.fromkeys(name.strip() for name in names if name and name.strip()))


def report_keys(page: Page) -> list[LeftOut]:
    """Return the keys of front matter that an import doesn't read and that hold more than a switch or a number."""
    return [
        LeftOut(page.path, 1, f"the key `{key}` of front matter")
        for key, value in page.fields.items()
        if key not in _ONCE and _says_something(value)
    ]


def _says_something(value: Any) -> bool:
    if isinstance(value, str):
        is_switch = is_true(value) or value.lower() in ("", "false", "no", "off") or value.replace(".", "").isdigit()
        return not is_switch
    return bool(value)


def _moment_of(date: str) -> dt.datetime | None:
    """Return the moment of a date with or without a time and a zone. Without a zone, it is that of this machine."""
    day = day_of(date)
    if day is None:
        return None
    clock = re.search(r"\d[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?", date)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        return dt.datetime.combine(day, dt.time()).astimezone()
    moment = dt.datetime.combine(day, dt.time(int(clock[1]), int(clock[2])))
    zone = clock[4]
    if not zone:
        return moment.astimezone()
    if zone == "Z":
        return moment.replace(tzinfo=dt.UTC)
    sign = -1 if zone[0] == "-" else 1
    away = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return moment.replace(tzinfo=dt.UTC) - sign * away
