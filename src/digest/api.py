"""The interface for programs: the functions that can be imported from `digest`.

Each function takes a project's folder, or a note's text, and returns values. No function prints or changes the working
directory. Modules of the package are loaded when a function needs them.
"""

import datetime as dt
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from . import config as settings
from .config import Config
from .diagnostics import Diagnostic
from .model import Entry, NoteFile

if TYPE_CHECKING:
    from .pipeline.build import Report
    from .pipeline.job import Progress


class ConfigError(ValueError):
    """A project's settings have mistakes. `diagnostics` has one diagnostic for each of them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(f"{d.path}:{d.line}:{d.column}: {d.message}" for d in self.diagnostics))


class Notes(Struct, frozen=True):
    """The entries of a note or a project, and the problems in its notes, sorted by place."""

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_config(folder: str | Path = ".") -> Config:
    """Return the settings of the project in a folder. Without a `digest.yaml`, return the defaults.

    Raises ConfigError if the settings have mistakes, and NotADirectoryError if the folder doesn't exist.
    """
    folder = _existing(folder)
    config, mistakes = settings.load_config(folder)
    if mistakes:
        raise ConfigError(mistakes)
    return config


def parse(text: str, path: str, config: Config = Config()) -> Notes:  # noqa: B008 - frozen
    """Parse the text of one note.

    `path` is the name of the note in diagnostics. As in a file's name, the parser looks for a date in it (`2024-03-19.txt`).
    No text raises an error: problems are returned as diagnostics.
    """
    from .notes import parse as parse_note
    from .pipeline.read import note_rules

    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
    parsed = parse_note(NoteFile(path, text, digest), note_rules(config))
    return Notes(parsed.entries, parsed.diagnostics)


def read(folder: str | Path = ".", *, config: Config | None = None, drafts: bool = False) -> Notes:
    """Parse all notes of a project. Entries are oldest first, and in the author's order within a day.

    `config` replaces the settings in the folder. Drafts are included only if `drafts` is True.
    Raises ConfigError and NotADirectoryError as `load_config` does, and PluginError if a plugin fails.
    """
    from .notes.discover import read_note
    from .pipeline.prepare import parse_with
    from .pipeline.read import note_rules, scan_notes
    from .plugins.found import find_plugins

    folder = _existing(folder)
    config = config or load_config(folder)
    rules, plugins = note_rules(config), find_plugins(folder, config.plugins)
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    for path in scan_notes(folder, config):
        note = read_note(folder, path)
        if isinstance(note, Diagnostic):
            diagnostics.append(note)
            continue
        parsed = parse_with(plugins, note, rules)
        entries += [entry for entry in parsed.entries if drafts or not entry.draft]
        diagnostics += parsed.diagnostics
    entries.sort(key=lambda entry: (entry.date or dt.date.max, entry.source.path, entry.source.first_line))
    return Notes(tuple(entries), tuple(sorted(diagnostics)))


def check(
    folder: str | Path = ".", *, config: Config | None = None, links: bool = False, drafts: bool = False
) -> tuple[Diagnostic, ...]:
    """Return the problems of a project, sorted by place, without writing anything.

    With `links`, also render every page and check the internal links.
    Raises ConfigError and NotADirectoryError as `load_config` does.
    """
    from .pipeline.build import Project
    from .pipeline.check import check_project

    folder = _existing(folder)
    project = Project(folder, config or load_config(folder))
    return tuple(sorted(set(check_project(project, _silent, links=links, drafts=drafts).diagnostics)))


def build(
    folder: str | Path = ".",
    *,
    config: Config | None = None,
    clean: bool = False,
    drafts: bool = False,
    frozen: bool = False,
    workers: int = 1,
    progress: "Progress | None" = None,
) -> "Report":
    """Build a project's site, redoing only what changed since the last build, and return a report.

    `config` replaces the settings in the folder. `workers` is the number of processes; with 0, it depends on the amount of
    work. The default is one process, since a program with threads, such as a notebook, must not fork. `clean` builds
    everything anew, and `frozen` leaves the site as it was, with an error in the report, if `digest.lock` would change.
    Raises ConfigError and NotADirectoryError as `load_config` does, and LockedError if another build of the
    project is running. Problems in notes and templates raise no error: they are in the report.
    """
    from .parallel.workers import Workers
    from .pipeline.build import Options, Project
    from .pipeline.build import build as build_site

    folder = _existing(folder)
    project = Project(folder, config or load_config(folder))
    options = Options(Workers(workers), clean=clean, drafts=drafts, frozen=frozen)
    return build_site(project, options, progress or _silent)


def _existing(folder: str | Path) -> Path:
    if sys.getfilesystemencoding() != "utf-8":
        # Notes with Korean names could not be read, and pages would be written under names that no browser requests.
        encoding = sys.getfilesystemencoding()
        raise RuntimeError(f"Python takes file names for {encoding} here: start it with `-X utf8`, or set PYTHONUTF8=1")
    path = Path(folder).resolve()
    if not path.is_dir():
        raise NotADirectoryError(20, "is not a folder", str(path))
    return path


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""
