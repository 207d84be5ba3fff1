"""A Logseq graph -> a day file for each journal, and a note without a date for each page."""

import datetime as dt
import re
from collections.abc import Mapping
from urllib.parse import unquote

from .attachments import copy_files
from .heading_dates import find_day
from .imported import Imported, ImportedNote, LeftOut, Source, SourceError
from .outline import Links, Outline, find_blocks, read_outline, read_properties

_JOURNAL = re.compile(r"(\d{4})[-_ .]?(\d{2})[-_ .]?(\d{2})")
_DAY = re.compile(r"(?:\w+,? )?\w{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}[-_/.]\d{2}[-_/.]\d{2}")
_UNPORTABLE = re.compile(r'[<>:"|?*\\]')
_DENIALS = ("false", "no", "nil")
_TEXT = frozenset(["title", "alias", "aliases", "tags", "date", "public", "private", "draft", "description"])


def recognises(source: Source) -> bool:
    """Return True if a folder has Logseq's journals."""
    return not source.file and bool(source.find("journals/*.md"))


def read(source: Source) -> Imported:
    """Read a graph. Raises SourceError if there is none."""
    if source.file or not (source.folder / "journals").is_dir():
        raise SourceError("a Logseq graph is a folder with `journals`; name that folder")
    texts: dict[str, list[str]] = {}
    left_out = [LeftOut(path, 0, "a page in Org's format") for path in source.find("*/*.org")]
    for path in (*source.find("journals/*.md"), *source.find("pages/*.md")):
        try:
            texts[path] = source.load_text(path).split("\n")
        except SourceError as error:
            left_out.append(LeftOut(path, 0, str(error)))
    # A public page never shows the text or the name of a private one.
    public = {path: lines for path, lines in texts.items() if not _is_private(read_properties(lines)[0])}
    blocks = {key: text for lines in public.values() for key, text in find_blocks(lines)}
    unlinked = {path: read_outline(lines, Links(blocks, lambda _: None)) for path, lines in public.items()}
    names = _Names({path: outline for path, outline in unlinked.items() if _write_body(outline, outline.text)})
    notes: list[ImportedNote] = []
    for path, lines in texts.items():
        outline = read_outline(lines, Links(blocks, names.find))
        left_out += [
            LeftOut(path, line, f"a reference to a block that is nowhere: {text}") for line, text in outline.lost
        ]
        if note := _write_note(source, path, outline, left_out):
            notes.append(note)
        else:
            left_out.append(LeftOut(path, 0, "a page without text"))
    drafts = sum(note.draft for note in notes)
    return Imported(tuple(notes), tuple(left_out), (f"private pages, which are drafts: {drafts:,}",) if drafts else ())


class _Names:
    """Finds the page that a link names, among those that become notes."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self._days = {day for path in outlines if (day := _day_of(path))}
        self._pages: dict[str, str] = {}
        for path, outline in outlines.items():
            if _day_of(path) is None:
                title = outline.properties.get("title") or _title_of(path)
                self._pages |= {title.casefold(): title, _title_of(path).casefold(): title}

    def find(self, link: str) -> str | None:
        """Return the name by which digest finds a page, or None if the graph has none."""
        if _DAY.fullmatch(link.strip()) and (day := find_day(link, None)):
            return day.isoformat() if day in self._days else None
        return self._pages.get(link.strip().casefold())


def _day_of(path: str) -> dt.date | None:
    found = _JOURNAL.fullmatch(path.rpartition("/")[2].removesuffix(".md"))
    if not found or not path.startswith("journals/"):
        return None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def _title_of(path: str) -> str:
    return unquote(path.rpartition("/")[2].removesuffix(".md").replace("___", "/"))


def _write_note(source: Source, path: str, outline: Outline, left_out: list[LeftOut]) -> ImportedNote | None:
    day = _day_of(path)
    up = "" if day else "../"
    text, attachments, missing = copy_files(source, outline.text, (path.rpartition("/")[0], "assets"), up)
    left_out += [LeftOut(path, 0, f"a file that is not there: {name}") for name in missing]
    properties = outline.properties
    body = _write_body(outline, text)
    if not body:
        return None
    name = _UNPORTABLE.sub("-", path.rpartition("/")[2])
    return ImportedNote(
        f"{day}.md" if day else f"pages/{name}",
        path,
        1,
        body,
        title="" if day else properties.get("title") or _title_of(path),
        date="" if day else properties.get("date", "") if _is_date(properties.get("date", "")) else "",
        tags=outline.tags,
        aliases=tuple(filter(None, (alias.strip() for alias in _aliases(properties).split(",")))) if not day else (),
        description="" if day else properties.get("description", ""),
        draft=_is_private(properties),
        attachments=attachments,
    )


def _write_body(outline: Outline, text: str) -> str:
    """Return the text of a page below its properties, except those that front matter has."""
    others = [f"{key}: {value}" for key, value in outline.properties.items() if key not in _TEXT and value]
    return "\n".join([*others, *([""] if others else []), text]).strip("\n")


def _is_private(properties: Mapping[str, str]) -> bool:
    said = {key: value.lower() for key, value in properties.items()}
    return said.get("public") in _DENIALS or "true" in (said.get("private"), said.get("draft"))


def _aliases(properties: Mapping[str, str]) -> str:
    return properties.get("alias") or properties.get("aliases", "")


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
