"""Entries -> lines of JSON for programs and search engines, and lines of CSV for spreadsheets."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from ..site.arrangement import Arrangement
from ..site.export import export_entry
from .entries import PublishedEntry, base_of, files_of

_ENCODER = msgspec.json.Encoder()
_UNSAFE = re.compile(r"[^A-Za-z0-9-]")

CSV_COLUMNS = (
    "id", "url", "date", "kind", "title", "authors", "tags", "link", "arxiv", "doi", "published", "abstract", "commentary",
)  # fmt: skip
SEPARATOR = "; "
"""What stands between the authors, tags and arXiv ids in a cell."""


class SearchEngineDocument(Struct, frozen=True):
    """An entry as a search engine takes it. Texts have no markup; what is unknown is null and never an empty text.

    `day` is the date as a number (20240319), since some engines compare only numbers. `entry` is the id that the entry has in feeds and
    in `data/entries.json`.
    """

    id: str
    entry: str
    url: str
    date: str | None
    day: int | None
    kind: str
    title: str
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    abstract: str | None
    text: str | None
    lang: str
    link: str | None
    arxiv: tuple[str, ...]
    doi: str | None
    published: str | None


def write_ndjson(entries: Iterable[PublishedEntry], arrangement: Arrangement) -> Iterator[bytes]:
    """Yield a line of JSON for each entry, with the fields of an entry in `data/entries.json`."""
    base = base_of(arrangement)
    for entry in entries:
        yield export_entry(entry.record, entry.body, base, files_of(arrangement, entry.record)) + b"\n"


def write_meilisearch(entries: Iterable[PublishedEntry]) -> Iterator[bytes]:
    """Yield a line of JSON for each document. The primary key is `id`, the only field whose name ends in `id`."""
    for entry in entries:
        yield _ENCODER.encode(_document(entry, meilisearch_key(entry.record.id))) + b"\n"


def write_opensearch(entries: Iterable[PublishedEntry]) -> Iterator[bytes]:
    """Yield two lines of JSON for each document, as the bulk API takes them: the action with the id, and the document."""
    for entry in entries:
        action = {"index": {"_id": entry.record.id}}
        yield _ENCODER.encode(action) + b"\n" + _ENCODER.encode(_document(entry, entry.record.id)) + b"\n"


def meilisearch_key(name: str) -> str:
    """Return an entry's id in the characters that Meilisearch allows in one: letters, digits, `-` and `_`.

    Any other character is written as `_` and two hexadecimal digits for each byte, so no two ids have the same key.
    """
    return _UNSAFE.sub(lambda match: "".join(f"_{byte:02x}" for byte in match[0].encode()), name)


def _document(entry: PublishedEntry, key: str) -> SearchEngineDocument:
    written = entry.body.entry
    return SearchEngineDocument(
        id=key,
        entry=entry.record.id,
        url=entry.url,
        date=entry.date,
        day=int(entry.date.replace("-", "")) if entry.date else None,
        kind=written.kind,
        title=written.title,
        titles=tuple(work.title for work in written.works),
        authors=entry.authors,
        tags=tuple(tag.label for tag in entry.record.tags),
        abstract=entry.abstract or None,
        text=entry.text or None,
        lang=written.lang,
        link=written.link,
        arxiv=written.arxiv,
        doi=entry.work.doi or None,
        published=entry.work.published or None,
    )


def write_csv(entries: Iterable[PublishedEntry]) -> Iterator[bytes]:
    """Yield the lines of a table (RFC 4180). It begins with a byte order mark, without which Excel garbles Hangul."""
    yield b"\xef\xbb\xbf" + _csv_line(CSV_COLUMNS)
    for entry in entries:
        written = entry.body.entry
        cells = (
            entry.record.id,
            entry.url,
            entry.date or "",
            written.kind,
            written.title,
            SEPARATOR.join(written.authors),
            SEPARATOR.join(tag.label for tag in entry.record.tags),
            written.link or "",
            SEPARATOR.join(written.arxiv),
            entry.work.doi,
            entry.work.published,
            written.abstract,
            written.commentary,
        )
        yield _csv_line(cells)


def _csv_line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


TextWriter = Callable[[Iterable[PublishedEntry], Arrangement], Iterator[bytes]]
WRITERS: dict[str, TextWriter] = {
    "ndjson": write_ndjson,
    "opensearch": lambda entries, _: write_opensearch(entries),
    "meilisearch": lambda entries, _: write_meilisearch(entries),
    "csv": lambda entries, _: write_csv(entries),
}
"""The formats of text by name."""
