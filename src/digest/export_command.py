"""`digest export`: the published entries as a file for other programs."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import base_url_option, load_project, open_reading, refuse, remark
from .usage import Command
from .wording import counted

if TYPE_CHECKING:
    from .pipeline.build import Project
    from .pipeline.reading import Reading

FORMATS = ("ndjson", "opensearch", "meilisearch", "csv", "sqlite", "datasette")


@click.command(cls=Command, help="Export the published entries for search engines, SQLite, Datasette or spreadsheets.")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. Default: standard output, except for sqlite.",
)
@base_url_option
def export(*, form: str, output: Path | None, base_url: str | None) -> None:
    """Run `digest export`."""
    from .store.damage import DamagedError

    project = load_project(base_url=base_url)
    if output == Path("-"):
        output = None
    if output is None and form == "sqlite":
        refuse("a database needs a file: digest export sqlite --output digest.sqlite")
    if output is not None:
        _check_output(project, output)
    try:
        with open_reading(project) as reading:
            _write(reading, form, output)
            archive = reading.arranged.archive
            entries = len(archive.records) + len(archive.undated)
    except DamagedError:
        refuse("the cache is damaged; run `digest build --clean`, and then export again")
    if output is not None:
        remark(f"{output} has {'the metadata' if form == 'datasette' else counted(entries, 'entry')}")


def _write(reading: "Reading", form: str, output: Path | None) -> None:
    """Write the entries in a format, to standard output or to a file as a whole."""
    if output is None:
        with click.open_file("-", "wb") as stream:
            for chunk in _text(reading, form):
                stream.write(chunk)
        return
    from .export.database import Fts5MissingError
    from .store.replacing import replace_content, replacing

    try:
        if form == "sqlite":
            with replacing(output) as beside:
                _write_sqlite(reading, beside)
        else:
            replace_content(output, _text(reading, form))
    except Fts5MissingError:
        refuse("this SQLite has no full-text search (FTS5), which the database needs")
    except OSError as error:
        refuse(f"{error.filename or output} cannot be written: {error.strerror}")
    except sqlite3.Error as error:
        refuse(f"{output} cannot be written: {error}")


def _text(reading: "Reading", form: str) -> Iterator[bytes]:
    """Yield the bytes of a format of text."""
    if form == "datasette":
        from .export.datasette import write_metadata

        return iter((write_metadata(reading.arranged.site),))
    from .export.entries import published_entries
    from .export.lines import WRITERS

    return WRITERS[form](published_entries(reading.arranged, reading.body_of), reading.arranged)


def _write_sqlite(reading: "Reading", path: Path) -> None:
    from .export.database import write_database
    from .export.entries import published_entries

    write_database(path, reading.arranged, published_entries(reading.arranged, reading.body_of, oldest_first=True))


def _check_output(project: "Project", output: Path) -> None:
    """Refuse a file that a build reads: it would replace what the author wrote, or become a note."""
    from .disk import is_inside
    from .notes.discover import ENDINGS

    config = project.config
    real = os.path.join(os.path.realpath(output.parent), output.name)  # noqa: PTH118 - the file may be a link
    own = [os.path.realpath(project.folder / name) for name in (project.files.settings, project.files.lock)]
    notes = [os.path.realpath(project.folder / name) for name in (config.notes, config.pages_folder) if name]
    if real in own or (real.lower().endswith(ENDINGS) and any(is_inside(real, base) for base in notes)):
        refuse(f"{output} belongs to the notes; name another file")
    if not output.parent.is_dir():
        refuse(f"there is no folder {output.parent}")
