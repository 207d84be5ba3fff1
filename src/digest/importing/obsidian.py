"""The daily notes of an Obsidian vault -> day files.

Which notes are daily notes, and how their dates are written, is in the vault's `.obsidian/daily-notes.json`, or else they are
named `2024-03-19`. Text and front matter stay as they are, since digest reads both.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from .attachments import FOLDER, copy_files
from .imported import Attachment, Imported, ImportedNote, LeftOut, Source, SourceError

SETTINGS = ".obsidian/daily-notes.json"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKENS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d\d)", "MMMM": r"(?P<name>\d{1,2}월|[^\W\d]+)", "MMM": r"(?P<name>\d{1,2}월|[^\W\d]+)",
    "MM": r"(?P<month>\d\d)", "M": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d\d)", "D": r"(?P<day>\d{1,2})",
    "Do": r"(?P<day>\d{1,2})(?:st|nd|rd|th)", "dddd": r"[^\W\d]+", "ddd": r"[^\W\d]+", "dd": r"[^\W\d]+", "d": r"\d",
    "ww": r"\d\d", "w": r"\d{1,2}", "WW": r"\d\d", "W": r"\d{1,2}", "gggg": r"\d{4}", "GGGG": r"\d{4}", "Q": r"\d",
    "DDDD": r"\d{3}",
}  # fmt: skip
"""The parts of a date format of Moment.js, as Obsidian uses it."""
_FORMAT = re.compile(r"\[([^\[\]]*)\]|(YYYY|YY|M{1,4}|Do|D{4}|D{1,2}|d{1,4}|w{1,2}|W{1,2}|gggg|GGGG|Q)|(.)", re.DOTALL)
_EMBED = re.compile(r"!\[\[([^\[\]|#\n]+\.\w{2,5})([#|][^\[\]\n]*)?\]\]")
_LINK = re.compile(r"(!?)\[\[([^\[\]|#\n]*)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
_CODE = re.compile(r"^(```+|~~~+).*?^\1|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)


class _Settings(msgspec.Struct, frozen=True):
    folder: str | None = ""
    format: str | None = ""


def recognises(source: Source) -> bool:
    """Return True if a folder is a vault with daily notes."""
    return not source.file and (source.folder / ".obsidian").is_dir() and bool(_find_days(source))


def read(source: Source) -> Imported:
    """Read a vault, or any folder with notes named after days. Raises SourceError if there are none."""
    days = _find_days(source)
    if not days:
        raise SourceError(
            f"no note in {source.folder} is named after a day, as the vault's settings for daily notes say"
        )
    left_out = [
        LeftOut(
            path, 0, "no daily note; in the vault's own folder, `digest init . --from .` makes a site of all its notes"
        )
        for path in source.find("**/*.md")
        if path not in days
    ]
    places: dict[str, list[str]] = {}
    for path in source.find("**/*.*"):
        places.setdefault(path.rpartition("/")[2].casefold(), []).append(path)
    names = {path.rpartition("/")[2].removesuffix(".md").casefold(): day for path, day in days.items()}
    notes: list[ImportedNote] = []
    for path, day in sorted(days.items(), key=lambda pair: (pair[1], pair[0])):
        try:
            written = source.load_text(path)
        except SourceError as error:
            left_out.append(LeftOut(path, 0, str(error)))
            continue
        notes.append(_write_note(source, path, day, written, names, places, left_out))
    return Imported(tuple(notes), tuple(left_out))


def _find_days(source: Source) -> dict[str, dt.date]:
    """Return the daily notes, by their path."""
    settings = _Settings()
    if source.has(SETTINGS):
        try:
            settings = msgspec.json.decode(source.load_text(SETTINGS), type=_Settings)
        except msgspec.DecodeError as error:
            raise SourceError(f"`{SETTINGS}` cannot be read: {error}") from error
    pattern = re.compile(compile_format(settings.format or "YYYY-MM-DD"), re.IGNORECASE)
    folder = f"{(settings.folder or '').strip('/')}/".removeprefix("/")
    anywhere = not settings.folder and "/" not in (settings.format or "")
    days: dict[str, dt.date] = {}
    for path in source.find("**/*.md"):
        name = path.removesuffix(".md").removeprefix(folder)
        found = pattern.fullmatch(name.rpartition("/")[2] if anywhere else name)
        if path.startswith(folder) and found and (day := read_day(found.groupdict())):
            days[path] = day
    return days


def compile_format(form: str) -> str:
    """Return the regular expression for a date format of Moment.js. A part that is written twice is the same twice."""
    parts: list[str] = []
    named: set[str] = set()
    for literal, token, other in _FORMAT.findall(form):
        pattern = _TOKENS.get(token, re.escape(literal or token or other))
        if group := re.match(r"\(\?P<(\w+)>", pattern):
            # `YYYY/YYYY-MM-DD` has the year twice; `MMMM` beside `MM` is a word.
            pattern = f"(?P={group[1]})" if group[1] in named else pattern
            named.add(group[1])
        parts.append(pattern)
    return "".join(parts)


def read_day(parts: Mapping[str, Any]) -> dt.date | None:
    """Return the day of a name that fits the format, or None if it names no day."""
    year = parts.get("year") or (f"20{parts['short']}" if parts.get("short") else None)
    month, name = parts.get("month"), (parts.get("name") or "").lower()
    if month is None:
        korean = re.match(r"(\d{1,2})월", name)
        month = korean[1] if korean else _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else None
    if not (year and month and parts.get("day")):
        return None
    try:
        return dt.date(int(year), int(month), int(parts["day"]))
    except ValueError:
        return None


def _write_note(
    source: Source,
    path: str,
    day: dt.date,
    written: str,
    names: Mapping[str, dt.date],
    places: Mapping[str, list[str]],
    left_out: list[LeftOut],
) -> ImportedNote:
    """Return a note with its files. Links to daily notes lead to their days, and the others of the vault become words."""
    folder = path.rpartition("/")[0]
    embedded: list[Attachment] = []

    def lead(found: re.Match[str]) -> str:
        target, label = found[2].strip(), found[4]
        if _EMBED.fullmatch(found[0]):
            place = next(iter(places.get(target.rpartition("/")[2].casefold(), ())), None)
            if place is None:
                left_out.append(LeftOut(path, 0, f"a file that is not in the vault: {target}"))
                return label or target
            embedded.append(Attachment(place, f"{FOLDER}/{place}"))
            return f"![[{FOLDER}/{place}{f'|{label}' if label else ''}]]"
        other = names.get(target.rpartition("/")[2].removesuffix(".md").casefold())
        if not target or other:
            name = f"{other or ''}{found[3] or ''}"
            return f"{found[1]}[[{name}|{label or target or found[3].strip('#')}]]"
        return label or f"{target}{(found[3] or '').replace('#', ' § ')}"

    text, attachments, missing = copy_files(source, _outside_code(written, lead), (folder,))
    left_out += [LeftOut(path, 0, f"a file that is not in the vault: {name}") for name in missing]
    return ImportedNote(f"{day}.md", path, 1, text, attachments=(*attachments, *embedded))


def _outside_code(text: str, lead: Callable[[re.Match[str]], str]) -> str:
    """Rewrite the links of a text, but not in code."""
    parts: list[str] = []
    end = 0
    for span in _CODE.finditer(text):
        parts += [_LINK.sub(lead, text[end : span.start()]), span[0]]
        end = span.end()
    return "".join([*parts, _LINK.sub(lead, text[end:])])
