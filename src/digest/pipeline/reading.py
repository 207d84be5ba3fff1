"""A project's folder -> its archive and the texts of its entries, without making its site.

The results of earlier builds are reused, and what is read now is kept for the next build.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from ..archive.archive import Record
from ..diagnostics import Diagnostic, printable
from ..model import Body
from ..parallel.workers import Workers
from ..plugins.found import PluginError, find_plugins
from ..site.theme import read_theme, unreadable_theme
from ..store.cache import Cache, decode_body, use_cache
from ..store.epoch import NOTES_EPOCH, notes_epoch, program_hash
from ..store.lock import LockedError, project_lock
from ..store.places import PlaceError
from .arrange import ProjectArrangement, Surroundings, arrange
from .build import Project
from .files import NamedFiles
from .memory import read_memory
from .public import find_public
from .read import Notebook, clear_notes

ACTIVITY = "another command reads the notes here"


class UnreadError(Exception):
    """The notes cannot be read as a whole; `diagnostics` say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(found.message for found in self.diagnostics))


class Reading(Struct, frozen=True):
    """The published entries of a project as its site has them, without drafts, and the cache with their texts."""

    arranged: ProjectArrangement
    cache: Cache

    def body_of(self, record: Record) -> Body:
        """Return the text of an entry; raises DamagedError."""
        return decode_body(self.cache.raw_body(record.card.digest))


@contextmanager
def open_project(project: Project) -> Iterator[Reading]:
    """Read all notes and arrange them. Raises UnreadError.

    While a build or a preview is at work, or if the cache can't be written, everything is read anew.
    """
    with ExitStack() as held:
        try:
            reading = _open_with_cache(project, held) or _open_anew(project, held)
        except PluginError as error:
            raise UnreadError(project.files.name_all([error.diagnostic])) from error
        except UnreadError as error:
            raise UnreadError(project.files.name_all(error.diagnostics)) from error
        yield reading


def _open_with_cache(project: Project, held: ExitStack) -> Reading | None:
    """Read with the project's cache, and hold its lock; return None if that is not possible."""
    try:
        held.enter_context(project_lock(project.folder, project.files.cache, ACTIVITY))
        return _open(project, project.folder / project.files.cache, held)
    except (LockedError, PlaceError, OSError, sqlite3.OperationalError):
        return None


def _open_anew(project: Project, held: ExitStack) -> Reading:
    return _open(project, Path(held.enter_context(TemporaryDirectory())), held)


def _open(project: Project, place: Path, held: ExitStack) -> Reading:
    return held.enter_context(use_cache(place, program_hash().hex(), partial(_read, project)))


def _read(project: Project, cache: Cache) -> Reading:
    folder, config = project.folder, project.config
    plugins = find_plugins(folder, config.plugins)
    epoch = notes_epoch(config, plugins.digest)
    if cache.fact(NOTES_EPOCH) != epoch:
        if plugins.names:
            plugins.check()
        clear_notes(cache)
        cache.save_fact(NOTES_EPOCH, epoch)
    notebook = Notebook(folder, cache, plugins)
    sources = notebook.read(config, Workers())
    cache.commit()
    if not sources.complete:
        raise UnreadError(printable(sources.diagnostics, drafts=False))
    memory = read_memory(folder, project.files.lock)
    if isinstance(memory, Diagnostic):
        raise UnreadError([memory])
    try:
        theme = read_theme(folder, config.templates, plugins.templates())
    except OSError as error:
        raise UnreadError([unreadable_theme(folder, error)]) from error
    cards = notebook.cards()
    hidden = tuple(card for card in cards if card.draft)
    public = find_public(folder, config).files.keys()
    named = NamedFiles(folder, config, cache)
    around = Surroundings(named, lambda: hidden, public, theme, project.files.settings)
    shown = [card for card in cards if not card.draft]
    return Reading(arrange(folder, config, shown, around, plugins, memory.lock), cache)
