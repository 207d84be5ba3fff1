"""Entries -> an SQLite database with full-text search, laid out as Datasette recognises it."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from ..archive.archive import Record
from ..citations.names import parse_authors
from ..citations.work import CitedWork
from ..search.tokens import is_hangul, normalize, stems, tokenize
from ..site import routes
from ..site.arrangement import Arrangement
from .entries import PublishedEntry, base_of

VERSION = 1
"""The version of the tables, which is also the database's `user_version`."""

_TABLES = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL, date TEXT, kind TEXT NOT NULL,
    title TEXT NOT NULL, authors TEXT, tags TEXT, link TEXT, arxiv TEXT, doi TEXT, published TEXT, lang TEXT NOT NULL,
    abstract TEXT, commentary TEXT, text TEXT, words TEXT, path TEXT NOT NULL, first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL
);
CREATE TABLE tags (
    key TEXT PRIMARY KEY, label TEXT NOT NULL, description TEXT, parent TEXT REFERENCES tags (key), url TEXT NOT NULL,
    entries INTEGER NOT NULL
);
CREATE TABLE entry_tags (
    entry INTEGER NOT NULL REFERENCES entries (number), tag TEXT NOT NULL REFERENCES tags (key), PRIMARY KEY (entry, tag)
);
CREATE TABLE authors (
    entry INTEGER NOT NULL REFERENCES entries (number), position INTEGER NOT NULL, name TEXT NOT NULL, family TEXT,
    given TEXT, PRIMARY KEY (entry, position)
);
CREATE TABLE works (
    entry INTEGER NOT NULL REFERENCES entries (number), position INTEGER NOT NULL, type TEXT, title TEXT NOT NULL,
    authors TEXT, published TEXT, link TEXT, pdf TEXT, arxiv TEXT, doi TEXT, container TEXT, abstract TEXT,
    PRIMARY KEY (entry, position)
);
CREATE TABLE mentions (
    entry INTEGER NOT NULL REFERENCES entries (number), position INTEGER NOT NULL, target TEXT NOT NULL, arxiv TEXT,
    mentioned INTEGER REFERENCES entries (number), PRIMARY KEY (entry, position)
);
"""
_INDEXES = """
CREATE INDEX entries_by_date ON entries (date);
CREATE INDEX entries_by_kind ON entries (kind);
CREATE INDEX entry_tags_by_tag ON entry_tags (tag);
CREATE INDEX authors_by_name ON authors (name);
CREATE INDEX works_by_arxiv ON works (arxiv);
CREATE INDEX mentions_by_mentioned ON mentions (mentioned);
CREATE INDEX mentions_by_arxiv ON mentions (arxiv);
"""
_SEARCH = """
CREATE VIRTUAL TABLE entries_fts USING fts5 (
    title, authors, tags, abstract, text, words,
    content="entries", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO entries_fts (entries_fts) VALUES ('rebuild');
INSERT INTO entries_fts (entries_fts) VALUES ('optimize');
"""
"""Datasette knows the index by `content="entries"`, with these quotes and without spaces."""

_WORD = re.compile(r"\w+")
_SEPARATOR = "; "


class Fts5MissingError(Exception):
    """SQLite was built without its full-text search."""


def write_database(path: Path, arrangement: Arrangement, entries: Iterable[PublishedEntry]) -> None:
    """Fill an empty file with the database. Entries must be oldest first. Raises sqlite3.Error and Fts5MissingError.

    The same entries and the same version of SQLite give the same bytes.
    """
    numbers = number_entries(arrangement)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a file that isn't finished is thrown away
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("BEGIN")
        _run(connection, _TABLES)
        connection.executemany("INSERT INTO tags VALUES (?, ?, ?, ?, ?, ?)", _tag_rows(arrangement))
        for entry in entries:
            _insert_entry(connection, arrangement, entry, numbers)
        _run(connection, _INDEXES)
        try:
            _run(connection, _SEARCH)
        except sqlite3.OperationalError as error:
            if "fts5" in str(error):
                raise Fts5MissingError from error
            raise
        connection.execute("COMMIT")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    """Run statements in the open transaction, which `executescript` would end."""
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def number_entries(arrangement: Arrangement) -> dict[str, int]:
    """Return a number for each entry by its id, oldest first and notes without a date last."""
    archive = arrangement.archive
    return {record.id: number for number, record in enumerate((*archive.records, *archive.undated), 1)}


def _tag_rows(arrangement: Arrangement) -> Iterator[tuple[object, ...]]:
    base = base_of(arrangement)
    for key, tag in arrangement.archive.tags.items():
        parent = tag.above[-1].key if tag.above else None
        url = routes.absolute(base, routes.tag(tag.name.slug))
        yield key, tag.name.label, tag.name.description or None, parent, url, tag.count


def _insert_entry(
    connection: sqlite3.Connection, arrangement: Arrangement, entry: PublishedEntry, numbers: dict[str, int]
) -> None:
    number = numbers[entry.record.id]
    row = (number, *_entry_row(entry))
    connection.execute(f"INSERT INTO entries VALUES ({', '.join('?' * len(row))})", row)
    tags = [(number, tag.key) for tag in entry.record.tags]
    connection.executemany("INSERT INTO entry_tags VALUES (?, ?)", tags)
    names = parse_authors(entry.body.entry.authors).names
    authors = [
        (number, place, name.full, name.family or None, name.given or None) for place, name in enumerate(names, 1)
    ]
    connection.executemany("INSERT INTO authors VALUES (?, ?, ?, ?, ?)", authors)
    works = [(number, place, *work) for place, work in enumerate(_work_rows(entry), 1)]
    connection.executemany("INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", works)
    mentions = [(number, place, *row) for place, row in enumerate(_mention_rows(arrangement, entry.record, numbers), 1)]
    connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)", mentions)


def _entry_row(entry: PublishedEntry) -> tuple[object, ...]:
    """Return the values of an entry's columns, but for the number; NULL stands for anything that it lacks."""
    written, source = entry.body.entry, entry.record.card.source
    tags = _SEPARATOR.join(tag.label for tag in entry.record.tags)
    texts = (written.title, tags, entry.abstract, entry.text)
    return (
        entry.record.id,
        entry.url,
        entry.date,
        written.kind,
        written.title,
        _SEPARATOR.join(entry.authors) or None,
        tags or None,
        written.link,
        _SEPARATOR.join(written.arxiv) or None,
        entry.work.doi or None,
        entry.work.published or None,
        written.lang,
        entry.abstract or None,
        written.commentary or None,
        entry.text or None,
        " ".join(further_words("\n".join(texts))) or None,
        source.path,
        source.first_line,
        source.last_line,
    )


def further_words(text: str) -> Iterator[str]:
    """Yield the words that a text holds inside others: `환각` in `환각을`, `LLM` in `LLM의`, each once, in order.

    SQLite takes what stands between spaces for a word. Korean adds endings to words, so most would be found only in the form that the
    text happens to have. A stem need not be a word; then it is found by nobody.
    """
    plain = normalize(text)
    seen = set(_WORD.findall(plain))
    for token in tokenize(plain):
        found = [token, *(stem for stem, _ in stems(token) if len(stem) > 1)] if is_hangul(token) else [token]
        for word in found:
            if word not in seen:
                seen.add(word)
                yield word


def _work_rows(entry: PublishedEntry) -> Iterator[tuple[str | None, ...]]:
    """Yield the works that an entry is about: its own, unless it is only a note, and then the further ones."""
    if entry.body.entry.kind != "note":
        yield _work_row(entry.work)
    for work, (_, abstract) in zip(entry.body.entry.works, entry.body.works, strict=True):
        authors, text = _SEPARATOR.join(work.authors), abstract.plain if abstract else ""
        yield None, work.title, authors or None, None, work.link, None, None, None, None, text or None


def _work_row(work: CitedWork) -> tuple[str | None, ...]:
    authors = _SEPARATOR.join(name.full for name in work.authors.names)
    row = (
        work.type, work.title, authors, work.published, work.link, work.pdf, work.arxiv, work.doi, work.container, work.abstract,
    )  # fmt: skip
    return tuple(value or None for value in row)


def _mention_rows(
    arrangement: Arrangement, record: Record, numbers: dict[str, int]
) -> Iterator[tuple[str, str | None, int | None]]:
    """Yield what an entry's text refers to: papers by their arXiv ids, and entries of the archive."""
    targets = dict(arrangement.targets(record))
    for reference in record.card.references:
        target = targets.get(reference)
        mentioned = numbers.get(target.id) if isinstance(target, Record) else None
        paper = reference.target if reference.kind == "arxiv" else None
        if mentioned or paper:
            yield reference.target, paper, mentioned
