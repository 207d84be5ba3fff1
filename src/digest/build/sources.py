"""Note files -> cards, reading only the files that changed since the last build."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from ..config import CACHE_FOLDER, Config
from ..diagnostics import Diagnostic
from ..model import Card, NoteFile
from ..notes import NoteRules
from ..notes.discover import FoundNote, find_note, find_notes, read_note
from .cache import Cache, decode_cards
from .workers import Workers

if TYPE_CHECKING:
    from .prepare import PreparedNote

BATCH = 64
PARALLEL_FROM = 400
"""From how many changed notes a pool of processes is worth its start."""


class Sources(Struct, frozen=True):
    """The problems of all notes, and a hash of their paths and bytes.

    `complete` is False where a file could not be read: what was in it is unknown.
    """

    diagnostics: tuple[Diagnostic, ...]
    state: bytes
    complete: bool


class Notebook:
    """All notes of a project as they were last read, in step with the cache.

    The state is kept as notes come and go: the sum of a hash of each note's path and bytes.
    """

    def __init__(self, folder: Path, cache: Cache) -> None:
        self._folder = folder
        self._cache = cache
        self._stamps = cache.note_stamps()
        self._diagnostics = cache.note_diagnostics()
        self._cards: dict[str, tuple[Card, ...]] = {}
        self._shared: dict[Any, Any] = {}
        self._state = sum(_mark(path, digest) for path, (_, digest) in self._stamps.items())

    def read(
        self,
        config: Config,
        workers: Workers,
        paths: Collection[str] | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Sources:
        """Take up every file that came, changed or went; where `paths` are given, look at no other file.

        `meanwhile` is called while other processes read, when there are so many changed files.
        """
        if paths is None:
            found = scan_notes(self._folder, config)
            gone = self._stamps.keys() - found.keys()
        else:
            looked_at = {path: find_note(self._folder, config.notes, path, _excluded(config)) for path in paths}
            found = {path: note for path, note in looked_at.items() if note}
            gone = self._stamps.keys() & (set(paths) - found.keys())
        unreadable: list[Diagnostic] = []
        changed = list(self._changed(found, unreadable))
        for note in self._prepare(changed, note_rules(config), workers, meanwhile):
            self._keep(note, found[note.path].stamp)
        self._forget({*gone, *(problem.path for problem in unreadable if problem.path in self._stamps)})
        diagnostics = (problem for problems in self._diagnostics.values() for problem in problems)
        complete = not any(problem.code == "unreadable" for problem in unreadable)
        return Sources((*unreadable, *diagnostics), self._state.to_bytes(32, "little"), complete)

    def cards(self) -> list[Card]:
        """Return the cards of all notes, in no particular order."""
        if len(self._cards) < len(self._stamps):
            cached = self._cache.note_cards()
            self._cards = {**{path: self._share(cards) for path, cards in cached.items()}, **self._cards}
        return [card for cards in self._cards.values() for card in cards]

    def _changed(self, found: Mapping[str, FoundNote], unreadable: list[Diagnostic]) -> Iterable[NoteFile]:
        """Yield the notes whose bytes aren't those of the last time; the stamp only hints that they are."""
        for path, place in found.items():
            stamp, digest = self._stamps.get(path, (b"", ""))
            if stamp == place.stamp:
                continue
            note = read_note(self._folder, path)
            if isinstance(note, Diagnostic):
                unreadable.append(note)
            elif digest == note.digest:
                self._stamps[path] = place.stamp, digest
                self._cache.restamp_note(path, place.stamp)
            else:
                yield note

    def _prepare(
        self, notes: list[NoteFile], rules: NoteRules, workers: Workers, meanwhile: Callable[[], None]
    ) -> "Iterable[PreparedNote]":
        if not notes:
            return
        # The Markdown parser and all it needs load only when there is a note to read.
        from .prepare import prepare_notes

        with workers.map(partial(prepare_notes, rules), notes, size=BATCH, least=PARALLEL_FROM) as prepared:
            if len(notes) >= PARALLEL_FROM:
                meanwhile()
            yield from prepared

    def _keep(self, note: "PreparedNote", stamp: bytes) -> None:
        self._cache.save_note(note, stamp)
        if note.path in self._stamps:
            self._state -= _mark(note.path, self._stamps[note.path][1])
        self._state += _mark(note.path, note.digest)
        self._stamps[note.path] = stamp, note.digest
        self._cards[note.path] = self._share(decode_cards(note.cards))
        if note.diagnostics:
            self._diagnostics[note.path] = note.diagnostics
        else:
            self._diagnostics.pop(note.path, None)

    def _share(self, cards: tuple[Card, ...]) -> tuple[Card, ...]:
        """Give cards one copy of every tag, name and key: a large archive has the same ones over and over."""
        share = self._shared.setdefault
        return tuple(
            structs.replace(
                card,
                title_html=card.title if card.title_html == card.title else card.title_html,
                title_lang=share(card.title_lang, card.title_lang),
                opening_lang=share(card.opening_lang, card.opening_lang),
                kind=share(card.kind, card.kind),
                lang=share(card.lang, card.lang),
                authors=tuple([share(name, name) for name in card.authors]),
                tags=tuple([share(tag, tag) for tag in card.tags]),
            )
            for card in cards
        )

    def _forget(self, paths: Collection[str]) -> None:
        self._cache.drop_notes(paths)
        for path in paths:
            _, digest = self._stamps.pop(path)
            self._state -= _mark(path, digest)
            self._cards.pop(path, None)
            self._diagnostics.pop(path, None)


def _mark(path: str, digest: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{path}\0{digest}".encode(), digest_size=16).digest(), "little")


def note_rules(config: Config) -> NoteRules:
    """Return what the settings tell the parser."""
    return NoteRules(
        kind_tags=tuple((kind, settings.tags) for kind, settings in config.kinds.items()),
        aliases=tuple((alias, name) for name, aliases in config.aliases.items() for alias in aliases),
        language=config.language,
    )


def scan_notes(folder: Path, config: Config) -> dict[str, FoundNote]:
    """Find the project's notes by path."""
    return {note.path: note for note in find_notes(folder, config.notes, _excluded(config))}


def _excluded(config: Config) -> tuple[str, ...]:
    return (*config.exclude, config.output, config.templates, CACHE_FOLDER)
