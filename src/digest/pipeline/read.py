"""Note files -> cards, reading only the files that changed since the last build."""

import datetime as dt
import errno
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from msgspec import Struct, structs

from ..config import CACHE_FOLDER, FILE_NAME, Config
from ..diagnostics import Diagnostic
from ..disk import OutsideError
from ..folders import FolderFiles, find_files
from ..model import Card, NoteFile
from ..notes import NoteRules
from ..notes.discover import ENDINGS, FoundNote, Survey, find_note, find_notes, read_note, survey_notes
from ..papers.record import NO_PAPERS, Papers
from ..parallel.task import Task, return_done
from ..parallel.workers import Workers
from ..plugins.found import NONE, PluginError, Plugins
from ..store.cache import Cache, PreparedNote, decode_cards
from .papers import PaperFile

BATCH = 64
AHEAD = 12
"""How many batches each process may finish before their results are used: as many as it can while templates load."""
PARALLEL_FROM = 400
"""Fewer changed notes than this are not worth starting several processes for."""

Read = NoteFile | Diagnostic | None
"""A file whose stamp changed: the note, the problem with reading it, or None if its bytes are the same."""
Outcome = PreparedNote | Diagnostic | None
"""The same after the note was prepared."""

_UNKNOWN = (b"", "")
_EMPTY = hashlib.blake2b(b"", digest_size=16).hexdigest()
_PATHS = msgspec.msgpack.Decoder(list[str])
_KEEPING = frozenset({"unreadable", "plugin", "merge-conflict"})
"""Problems that leave the entries of a note unknown."""
LOST = "lost"
"""The name of the fact that holds the paths of notes that were read once and cannot be decoded now."""

Doubt = Callable[[str], bool]
"""A function that returns True for the path of a note that is empty or gone, but may be written in a moment."""


def never(_path: str) -> bool:
    """Doubt nothing."""
    return False


class Sources(Struct, frozen=True):
    """The problems of all notes and of papers.yaml, and a hash of their paths and bytes.

    `complete` is False if a file or a folder could not be read, so that its entries are unknown and the site has to stay as
    it is. `left_out` are pairs of a reason and a count: the files that are no notes.
    """

    diagnostics: tuple[Diagnostic, ...]
    state: bytes
    complete: bool
    left_out: tuple[tuple[str, int], ...] = ()


class Asked(Struct, frozen=True):
    """A note to read: the digest that it is known by, and the day of its first commit if git is asked for dates."""

    path: str
    digest: str
    committed: dt.date | None


class Notebook:
    """All notes of a project as they were last read. The cache always holds the same state.

    Its state is the sum of a hash of papers.yaml and of a hash of each note's path and bytes; it is updated as notes come and go.
    """

    def __init__(self, folder: Path, cache: Cache, plugins: Plugins = NONE) -> None:
        self._folder = folder
        self._plugins = plugins
        self._cache = cache
        self._papers = PaperFile(folder, cache)
        self._stamps = cache.note_stamps()
        self._diagnostics = cache.note_diagnostics()
        self._cards: dict[str, tuple[Card, ...]] = {}
        self._lost = _read_lost(cache)
        self._shared: dict[Any, Any] = {}
        self._commits: Mapping[str, dt.date] = {}
        self._state = sum(_mark(path, digest) for path, (_, digest) in self._stamps.items())

    def read(
        self,
        config: Config,
        workers: Workers,
        paths: Collection[str] | None = None,
        meanwhile: Callable[[], None] = lambda: None,
        is_in_doubt: Doubt = never,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Sources:
        """Read every file that is new or changed, and forget files that are gone. With `paths`, look only at these files.

        `meanwhile` is called while other processes read, if there is anything to read. `is_in_doubt` is asked for the path of a
        known note that is now empty or gone. If it returns True, the note stays as it was. `progress` is called for each batch.
        """
        unreadable: list[Diagnostic] = []
        outside: tuple[str, ...] = ()
        left_out: tuple[tuple[str, int], ...] = ()
        if paths is None:
            try:
                survey = survey_notes(self._folder, config.notes, _excluded(config))
                own = _find_pages(self._folder, config)
            except OSError as error:
                return Sources((self._unreadable(error), *self._problems()), self._summed_state(), complete=False)
            found = {note.path: note for note in survey.notes} | _pages_among(own)
            outside, left_out = (*survey.outside, *own.outside), _left_out(survey, own)
            unreadable += self._ask_git(config)
            unreadable += self._look_up_papers()
            gone = self._stamps.keys() - found.keys()
        else:
            has_own = any(is_own(config, path) for path in paths)
            pages = _pages_among(_find_pages(self._folder, config)) if has_own else {}
            excluded = _excluded(config)
            looked_at = {
                path: pages.get(path) or find_note(self._folder, config.notes, path, excluded) for path in paths
            }
            found = {path: note for path, note in looked_at.items() if note}
            gone = self._stamps.keys() & (set(paths) - found.keys())
        gone = {path for path in gone if not is_in_doubt(path)}
        # The stamp only hints that a file is unchanged; its bytes decide, and its date if git gives that.
        looked_into = [path for path, note in found.items() if not self._is_known(path, note)]
        outcomes = zip(looked_into, self._look_into(looked_into, config, workers, meanwhile), strict=True)
        for number, (path, outcome) in enumerate(outcomes):
            if progress and number % BATCH == 0:
                progress("read", number, len(looked_into))
            if path in self._stamps and _is_blank(outcome) and is_in_doubt(path):
                continue
            if isinstance(outcome, Diagnostic):
                unreadable.append(outcome)
            elif outcome is None:
                self._restamp(path, found[path].stamp)
            else:
                self._keep(outcome, found[path].stamp)
        self._note_lost(unreadable, None if paths is None else set(paths))
        self._forget({*gone, *(problem.path for problem in unreadable if problem.path in self._stamps)})
        complete = not self._lost and not any(problem.code in _KEEPING for problem in unreadable)
        problems = (*map(_outside, outside), *unreadable, *self._problems())
        return Sources(problems, self._summed_state(), complete, left_out)

    def cards(self) -> list[Card]:
        """Return the cards of all notes, in no particular order."""
        return [card for cards in self.cards_by_note().values() for card in cards]

    def paths(self) -> Collection[str]:
        """Return the paths of all notes that were read."""
        return self._stamps.keys()

    def cards_by_note(self) -> dict[str, tuple[Card, ...]]:
        """Return the cards of each note by path. If a note was not read again, its cards are the same object as before."""
        if len(self._cards) < len(self._stamps):
            for path, cards in self._cache.note_cards():
                if path not in self._cards:
                    self._cards[path] = self._share(path, cards)
        return self._cards.copy()

    def _look_into(
        self, paths: list[str], config: Config, workers: Workers, meanwhile: Callable[[], None]
    ) -> Iterator[Outcome]:
        """Read files whose stamp or date changed; yield the outcome of each, in order."""
        asked = [Asked(path, self._stamps.get(path, _UNKNOWN)[1], self._commits.get(path)) for path in paths]
        reading = Task(
            partial(read_changed, self._folder),
            partial(prepare_changed, note_rules(config), self._plugins, self._papers.papers if asked else NO_PAPERS),
            return_done,
        )
        if len(asked) >= PARALLEL_FROM and any(not each.digest for each in asked):
            from . import prepare  # noqa: F401 - so that forked workers have it in memory
        with workers.map(reading, asked, size=BATCH, least=PARALLEL_FROM, ahead=AHEAD, beside=True) as results:
            if asked:
                meanwhile()
            yield from results

    def _ask_git(self, config: Config) -> list[Diagnostic]:
        """Learn the days of first commits, if the settings ask for them; return what keeps git from giving them."""
        if config.dates != "git":
            self._commits = {}
            return []
        from ..notes.commits import HistoryError, first_commits  # most projects have no use for it

        try:
            self._commits = first_commits(self._folder, config.notes)
        except HistoryError as error:
            self._commits = {}
            return [Diagnostic(FILE_NAME, 0, 0, "git-dates", str(error), error.hint)]
        return []

    def _look_up_papers(self) -> list[Diagnostic]:
        """Read papers.yaml if it changed, and forget the notes whose entries it fills in another way; return its problems."""
        problems, changed = self._papers.look()
        for path in self._cache.notes_about(changed) if changed else ():
            self._state += _mark(path, "") - _mark(path, self._stamps[path][1])
            self._stamps[path] = _UNKNOWN
            self._cache.forget_stamp(path)
        return problems

    def _is_known(self, path: str, note: FoundNote) -> bool:
        stamp, digest = self._stamps.get(path, _UNKNOWN)
        return stamp == note.stamp and digest.endswith(_suffix(self._commits.get(path)))

    def _note_lost(self, problems: Collection[Diagnostic], paths: Set[str] | None) -> None:
        """Update the notes that were read once and are no UTF-8 text now; with `paths`, only these were looked at.

        A file that never was a note may be left out, but a note that the site has must not lose its pages.
        """
        undecodable = {problem.path for problem in problems if problem.code == "undecodable"}
        elsewhere = set[str]() if paths is None else self._lost - paths
        lost = elsewhere | (undecodable & {*self._lost, *self._stamps})
        if lost != self._lost:
            self._lost = lost
            self._cache.save_fact(LOST, _encode(lost))

    def _problems(self) -> Iterator[Diagnostic]:
        return chain.from_iterable(self._diagnostics.values())

    def _summed_state(self) -> bytes:
        return (self._state + self._papers.state).to_bytes(32, "little")

    def _unreadable(self, error: OSError) -> Diagnostic:
        path = os.path.relpath(error.filename or self._folder, os.path.realpath(self._folder)).replace(os.sep, "/")
        hint = "make it readable, or leave it out with `exclude:`"
        if isinstance(error, OutsideError):
            hint = "a build reads nothing outside its project: move the folder into it, or build the project from there"
        return Diagnostic(path, 0, 0, "unreadable", f"what is here cannot be read: {error.strerror}", hint)

    def _restamp(self, path: str, stamp: bytes) -> None:
        self._stamps[path] = stamp, self._stamps[path][1]
        self._cache.restamp_note(path, stamp)

    def _keep(self, note: PreparedNote, stamp: bytes) -> None:
        if note.path in self._stamps:
            note = self._compare_with_former(note)
        self._cache.save_note(note, stamp)
        if note.path in self._stamps:
            self._state -= _mark(note.path, self._stamps[note.path][1])
        self._state += _mark(note.path, note.digest)
        self._stamps[note.path] = stamp, note.digest
        self._cards[note.path] = self._share(note.path, decode_cards(note.cards))
        if note.diagnostics:
            self._diagnostics[note.path] = note.diagnostics
        else:
            self._diagnostics.pop(note.path, None)

    def _compare_with_former(self, note: PreparedNote) -> PreparedNote:
        """Add a warning for each entry of the last build that is now inside another one."""
        former, cards = self._cache.cards_of(note.path), decode_cards(note.cards)
        if not cards or {card.title for card in former} <= {card.title for card in cards}:
            return note
        from ..notes.joined import find_joined

        text = read_note(self._folder, note.path)
        if isinstance(text, Diagnostic) or not note.digest.startswith(text.digest):
            return note  # it has just changed once more
        joined = find_joined(text, former, cards)
        return structs.replace(note, diagnostics=tuple(sorted((*note.diagnostics, *joined))))

    def _share(self, path: str, cards: tuple[Card, ...]) -> tuple[Card, ...]:
        """Make cards share one copy of every path, tag, name and language, which a large archive repeats many times."""
        share = self._shared.setdefault
        return tuple(
            structs.replace(
                card,
                title_html=card.title if card.title_html == card.title else card.title_html,
                title_lang=share(card.title_lang, card.title_lang),
                opening_lang=share(card.opening_lang, card.opening_lang),
                kind=share(card.kind, card.kind),
                source=structs.replace(card.source, path=path),
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


def _read_lost(cache: Cache) -> set[str]:
    return set(_PATHS.decode(cache.fact(LOST) or b"\x90"))


def _encode(paths: Iterable[str]) -> bytes:
    return msgspec.msgpack.encode(sorted(paths))


def clear_notes(cache: Cache) -> None:
    """Clear a cache, but remember which notes were read: those that cannot be decoded when all are read again are lost."""
    paths = _read_lost(cache) | cache.note_stamps().keys()
    cache.clear()
    cache.save_fact(LOST, _encode(paths))


def read_changed(folder: Path, asked: Asked) -> Read:
    """Read a note; return None if its bytes and the day of its first commit are those of the known digest."""
    note = read_note(folder, asked.path)
    if isinstance(note, Diagnostic):
        return note
    dated = structs.replace(note, digest=note.digest + _suffix(asked.committed), committed=asked.committed)
    return None if dated.digest == asked.digest else dated


def _is_blank(outcome: Outcome) -> bool:
    """Return True for a note without a byte, and for one that could not be read."""
    return isinstance(outcome, Diagnostic) or (outcome is not None and outcome.digest.startswith(_EMPTY))


def _suffix(committed: dt.date | None) -> str:
    """Return the end of the digest of a note with that first commit; a digest without one ends in `.`."""
    return f".{committed or ''}"


def prepare_changed(rules: NoteRules, plugins: Plugins, papers: Papers, read: Read) -> Outcome:
    """Parse and render a note that changed; return anything else as it is. If a plugin fails, return its error instead."""
    if not isinstance(read, NoteFile):
        return read
    from .prepare import prepare_note  # the parser and all it needs load only when there is a note to read

    try:
        return prepare_note(read, rules, plugins, papers)
    except PluginError as error:
        return error.diagnostic


def _mark(path: str, digest: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{path}\0{digest}".encode(), digest_size=16).digest(), "little")


def note_rules(config: Config) -> NoteRules:
    """Return the settings that the parser needs."""
    return NoteRules(
        kind_tags=tuple((kind, settings.tags) for kind, settings in config.kinds.items()),
        aliases=tuple((alias, name) for name, aliases in config.aliases.items() for alias in aliases),
        language=config.language_of_notes,
        pages=config.pages_folder,
        base_url=config.base_url,
        typography=config.typography,
    )


def _outside(path: str) -> Diagnostic:
    message = "this link leads out of the project and was left out"
    hint = "move its target into the project, or leave the link out with `exclude:`"
    return Diagnostic(path, 0, 0, "outside-link", message, hint)


def scan_notes(folder: Path, config: Config) -> dict[str, FoundNote]:
    """Find the project's notes by path."""
    return {note.path: note for note in find_notes(folder, config.notes, _excluded(config))}


def _excluded(config: Config) -> tuple[str, ...]:
    output = "" if Path(config.output).is_absolute() else config.output  # a pattern is a path below the project
    own = (output, config.templates, CACHE_FOLDER, config.pages_folder, config.public_folder)
    return (*config.exclude, *filter(None, own))


def is_own(config: Config, path: str) -> bool:
    """Return True for a path in the folder of the author's own pages."""
    return bool(config.pages_folder) and PurePosixPath(path).is_relative_to(config.pages_folder)


def _find_pages(folder: Path, config: Config) -> FolderFiles:
    """List the files in the folder of the author's own pages; raises PermissionError for a folder that may not be read."""
    found = find_files(folder, config.pages_folder, hidden=False)
    for place in found.unreadable:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder / place))
    return found


def _left_out(survey: Survey, own: FolderFiles) -> tuple[tuple[str, int], ...]:
    """Count the files that are no notes, and the pipes and devices where a page of the author's own could be."""
    counts = Counter[str](dict(survey.left_out))
    counts["pipes and devices"] += sum(path.lower().endswith(ENDINGS) for path in own.special)
    return tuple(sorted((+counts).items()))


def _pages_among(files: FolderFiles) -> dict[str, FoundNote]:
    return {path: FoundNote(path, stamp) for path, stamp in files.stamps.items() if path.lower().endswith(ENDINGS)}
