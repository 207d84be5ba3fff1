"""Note files -> cards, reading only the files that changed since the last build."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..config import CACHE_FOLDER, Config
from ..diagnostics import Diagnostic
from ..model import Card, NoteFile
from ..notes import NoteRules
from ..notes.discover import FoundNote, find_notes, read_note
from .cache import Cache, CachedNote, decode_cards, decode_diagnostics
from .workers import default_workers, map_batches, open_executor

if TYPE_CHECKING:
    from .prepare import PreparedNote

BATCH = 64
PARALLEL_FROM = 400
"""From how many changed notes a pool of processes is worth its start."""


class Sources(Struct, frozen=True):
    """All entries of the project as cards, the problems of its notes, and a hash of all their bytes.

    `complete` is False where a file could not be read: what was in it is unknown.
    """

    cards: tuple[Card, ...]
    diagnostics: tuple[Diagnostic, ...]
    state: bytes
    complete: bool


class _Changes(Struct, frozen=True):
    """What differs from the cache: notes to parse with their stamps, and paths that are gone."""

    notes: tuple[NoteFile, ...]
    stamps: Mapping[str, bytes]
    gone: tuple[str, ...]
    unreadable: tuple[Diagnostic, ...]


def note_rules(config: Config) -> NoteRules:
    """Return what the settings tell the parser."""
    return NoteRules(
        kind_tags=tuple((kind, settings.tags) for kind, settings in config.kinds.items()),
        aliases=tuple((alias, name) for name, aliases in config.aliases.items() for alias in aliases),
        language=config.language,
    )


def scan_notes(folder: Path, config: Config) -> dict[str, FoundNote]:
    """Find the project's notes by path."""
    exclude = (*config.exclude, config.output, config.templates, CACHE_FOLDER)
    return {note.path: note for note in find_notes(folder, config.notes, exclude)}


def read_sources(folder: Path, config: Config, cache: Cache, workers: int) -> Sources:
    """Bring the cache up to date with the notes on disk and return what it holds."""
    found = scan_notes(folder, config)
    cached = cache.notes()
    changes = _find_changes(folder, found, cached, cache)
    rules = note_rules(config)
    fresh: dict[str, tuple[str, tuple[Card, ...], tuple[Diagnostic, ...]]] = {}
    for note in _prepare(changes.notes, rules, workers):
        cache.save_note(note, changes.stamps[note.path])
        fresh[note.path] = note.digest, note.cards, note.diagnostics
    cache.drop_notes(changes.gone)
    unread = {problem.path for problem in changes.unreadable}
    cards: list[Card] = []
    diagnostics = list(changes.unreadable)
    state = hashlib.blake2b(digest_size=16)
    for path in found:
        if path in unread:
            continue
        if path in fresh:
            digest, noted, problems = fresh[path]
        else:
            former = cached[path]
            digest, noted, problems = former.digest, decode_cards(former.cards), decode_diagnostics(former.diagnostics)
        state.update(f"{path}\0{digest}\0".encode())
        cards += noted
        diagnostics += problems
    complete = not any(problem.code == "unreadable" for problem in changes.unreadable)
    return Sources(tuple(cards), tuple(diagnostics), state.digest(), complete)


def _prepare(notes: tuple[NoteFile, ...], rules: NoteRules, workers: int) -> "Iterator[PreparedNote]":
    if not notes:
        return
    # The Markdown parser and all it needs load only when there is a note to read.
    from .prepare import prepare_notes

    workers = workers or default_workers(len(notes), PARALLEL_FROM)
    with open_executor(workers) as executor:
        yield from map_batches(executor, partial(prepare_notes, rules), notes, size=BATCH, workers=workers)


def _find_changes(
    folder: Path, found: Mapping[str, FoundNote], cached: Mapping[str, CachedNote], cache: Cache
) -> _Changes:
    notes: list[NoteFile] = []
    stamps: dict[str, bytes] = {}
    unreadable: list[Diagnostic] = []
    gone = [path for path in cached if path not in found]
    for path, place in found.items():
        former = cached.get(path)
        if former is not None and former.stamp == place.stamp:
            continue
        note = read_note(folder, path)
        if isinstance(note, Diagnostic):
            unreadable.append(note)
            gone += [path] if former else []
        elif former is not None and former.digest == note.digest:
            cache.restamp_note(path, place.stamp)
        else:
            notes.append(note)
            stamps[path] = place.stamp
    return _Changes(tuple(notes), stamps, tuple(gone), tuple(unreadable))
