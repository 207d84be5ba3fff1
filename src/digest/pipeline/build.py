"""A project's folder -> its site: all stages in their order, repeating only the work whose input changed.

A note is read again if its bytes change, a page is rendered again if its fingerprint changes, and a file is written again if
its bytes change. Whatever a build reuses, the site is the same, byte for byte, as after a build from nothing.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, structs

from ..config import Config
from ..diagnostics import Diagnostic, printable
from ..disk import UnreadableError
from ..model import Card
from ..parallel.workers import Workers
from ..pictures.fonts import Fonts
from ..plugins.found import PluginError, find_plugins
from ..site.theme import read_theme, unreadable_theme
from ..site_files import FIRST, SiteFiles
from ..store.cache import Cache, use_cache
from ..store.epoch import NOTES_EPOCH, notes_epoch, program_hash, site_epoch
from ..store.journal import UndoError
from ..store.lock import project_lock
from ..store.output import ForeignFileError, Output
from ..store.places import PlaceError
from ..wording import counted, figures
from .fonts import read_fonts
from .job import ASKED, NOTHING_ASKED, Job, Progress, Updated, keeping
from .lost import holds_lost_entries
from .memory import UNWRITTEN, Memory, parse_memory, read_content, write_memory
from .public import find_public
from .read import Notebook, Sources, clear_notes

if TYPE_CHECKING:
    from .arrange import Surroundings

COMPLETE = "complete"
"""The name of the fact that holds a hash of all inputs of the last complete build."""
COUNTS = "counts"
"""The name of the fact that holds the numbers of entries and of drafts of the last complete build."""
FINDINGS = "findings"
"""The name of the fact that holds the problems of the last complete build that concern several notes."""

UNCHANGED = "the site is as it was"
REFUSING = frozenset({"template", "output", "unreadable", "plugin", "merge-conflict", "lock", "lock-differs", "cards"})
"""The codes of problems that leave the site as it was."""

_COUNTS = msgspec.msgpack.Decoder(tuple[int, int])
_FINDINGS = msgspec.msgpack.Decoder(tuple[Diagnostic, ...])


class Project(Struct, frozen=True):
    """A folder with the settings of one of its sites, and the names of that site's own files."""

    folder: Path
    config: Config
    files: SiteFiles = FIRST


class Options(Struct, frozen=True):
    """How to build: the workers; whether to reuse nothing (`clean`), show drafts, and give reasons (`explain`).

    A build that shows drafts changes nothing in `digest.lock`. With `frozen`, a build that would change something in it fails.
    """

    workers: Workers = Workers()
    clean: bool = False
    drafts: bool = False
    explain: bool = True
    frozen: bool = False


class Report(Struct, frozen=True):
    """What a build did.

    `complete` is False if a file could not be read, so that the site was left as it was.
    `reasons` are pairs of a path and the reason why this file was made again. `remark` are sentences about the cache, about
    `digest.lock` and about `.gitignore`, one a line, or empty.
    `left_out` are pairs of a reason and a count: the files below the notes folder that are no notes. `drafts` is the number
    of hidden entries.
    """

    entries: int
    files: int
    seconds: float
    diagnostics: tuple[Diagnostic, ...]
    written: int = 0
    removed: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    drafts: int = 0
    complete: bool = True

    @property
    def stayed_out(self) -> tuple[tuple[str, int], ...]:
        """Pairs of a reason and a count: the drafts, and the files that are no notes."""
        return (("drafts", self.drafts), *self.left_out) if self.drafts else self.left_out

    @property
    def refused(self) -> bool:
        """True if a problem left the site as it was."""
        return not self.complete or any(diagnostic.code in REFUSING for diagnostic in self.diagnostics)

    @property
    def half_published(self) -> bool:
        """True if some files of the site are new and some are old, since publishing failed and could not be taken back."""
        return any(diagnostic.code == "half-published" for diagnostic in self.diagnostics)

    @property
    def summary(self) -> str:
        """One line that says what was done, and in how many seconds."""
        if self.half_published:
            return f"some files of the site are new and some are old; {self.seconds:.2f} s"
        if self.refused:
            return f"nothing was published and the site is unchanged; {self.seconds:.2f} s"
        removed = f", {self.removed:,} removed" if self.removed else ""
        done = f"{self.written:,} written{removed}" if self.written or self.removed else "nothing to write"
        return figures(self.seconds, counted(self.entries, "entry"), counted(self.files, "file"), done)


def build(project: Project, options: Options, progress: Progress) -> Report:
    """Build a project's site.

    Raises LockedError if another build of the project is at work. Everything else that goes wrong is in the report.
    """
    started = time.perf_counter()
    place = project.files.cache
    try:
        begin = partial(_build, project, options, progress)
        with (
            project_lock(project.folder, place),
            use_cache(project.folder / place, program_hash().hex(), begin) as report,
        ):
            pass
    except PlaceError as error:
        report = _unbuilt(error.diagnostic)
    except OSError as error:
        report = _unbuilt(Diagnostic(place, 0, 0, "output", _reason("the cache", error)))
    except sqlite3.OperationalError as error:
        report = _unbuilt(Diagnostic(place, 0, 0, "output", f"the cache cannot be written: {error}"))
    return structs.replace(
        report,
        seconds=time.perf_counter() - started,
        diagnostics=project.files.name_all(report.diagnostics),
        remark=project.files.name_in(report.remark),
    )


def _build(project: Project, options: Options, progress: Progress, cache: Cache) -> Report:
    folder, config = project.folder, project.config
    try:
        output = Output(folder, config.output)
        output.recover()
    except UndoError as error:
        return _unbuilt(_half_published(config, "a build was stopped", error))
    except OSError as error:
        return _unbuilt(Diagnostic(config.output, 0, 0, "output", _reason("the site", error)))
    try:
        plugins = find_plugins(folder, config.plugins)
        theme = read_theme(folder, config.templates, plugins.templates())
        wanted = notes_epoch(config, plugins.digest)
        is_new = options.clean or cache.fact(NOTES_EPOCH) != wanted
        if is_new and plugins.names:
            plugins.check()
    except OSError as error:
        return _unbuilt(unreadable_theme(folder, error))
    except PluginError as error:
        return _unbuilt(error.diagnostic)
    epoch = site_epoch(config, theme, options.drafts, plugins=plugins.digest)
    fonts = read_fonts(folder, config) if config.cards.enabled else Fonts()
    if isinstance(fonts, Diagnostic):
        return _unbuilt(fonts)
    if is_new:
        clear_notes(cache)
        cache.save_fact(NOTES_EPOCH, wanted)
        cache.commit()
    progress("read", 0, 0)
    public = find_public(folder, config)
    job = Job(
        folder=folder,
        config=config,
        plugins=plugins,
        theme=theme,
        epoch=epoch,
        cache=cache,
        output=output,
        progress=progress,
        workers=options.workers,
        explain=options.explain,
        public=public,
        files=project.files,
        fonts=fonts,
        drafts=options.drafts,
        frozen=options.frozen,
    )
    with options.workers.beside(lambda: output.find_altered(cache.output_stamps())) as altered:
        return _read_and_update(job, options, altered)


def _read_and_update(job: Job, options: Options, altered: Callable[[], Mapping[str, bytes]]) -> Report:
    """Read all notes and update the site, unless nothing changed; `altered` waits for the outputs that are not as they were."""
    cache = job.cache
    cache.hold_bodies()
    notebook = Notebook(job.folder, cache, job.plugins)
    sources = notebook.read(job.config, job.workers, meanwhile=partial(_load, job), progress=job.progress)
    cache.commit()
    content = read_content(job.folder, job.files.lock)
    state = job.epoch + sources.state + job.public.state + (job.fonts.digest if job.config.cards.enabled else b"")
    counted = cache.fact(COUNTS)
    entries, drafts = _COUNTS.decode(counted) if counted else (0, 0)
    complete = sources.complete and job.public.complete
    once: tuple[Diagnostic, ...] = ()
    updated: Updated | None = None
    advice = ""
    if isinstance(content, Diagnostic):
        findings = _as_it_was(content)
    elif complete and cache.fact(COMPLETE) == _seal(state, content) and _has_the_same_files(job) and not altered():
        findings = _FINDINGS.decode(cache.fact(FINDINGS) or b"\x90")
    elif not complete:
        findings = ()
    elif isinstance(memory := parse_memory(content), Diagnostic):
        findings = _as_it_was(memory)
    elif holds_lost_entries(sources.diagnostics, notebook.cards(), memory.lock):
        findings, complete = (), False
    else:
        known = notebook.cards()
        texts = frozenset(card.digest for card in known)
        cards = [card for card in known if options.drafts or not card.draft]
        hidden = () if options.drafts else tuple(card for card in known if card.draft)
        from .arrange import Surroundings  # only if there is something to make, and so are the modules that it needs
        from .files import NamedFiles

        files = NamedFiles(job.folder, job.config, cache)
        entries, drafts = sum(card.page is None for card in cards), len(hidden)
        empty = () if entries else _explain(job, notebook, sources)
        del notebook, known  # a third of the memory that a large archive takes up to here
        # A build that is stopped leaves files behind, so the state is unknown even if the change is then taken back.
        cache.save_fact(COMPLETE, b"")
        cache.commit()
        public = job.public.files.keys()
        around = Surroundings(files, lambda: hidden, public, job.theme, job.files.settings)
        findings, updated = _update(job, cards, around, memory, altered)
        findings = (*empty, *findings)
        if updated and updated.published:
            once, content = _remember(job, updated, memory)
        with keeping(cache) as forgotten:
            if updated and updated.published and updated.remembered:
                from .ignored import advise_to_ignore

                advice = advise_to_ignore(job)
                cache.drop_bodies(texts)
                files.remember()
                if not any(problem.code == UNWRITTEN for problem in once):
                    cache.save_fact(COMPLETE, _seal(state, content))
                cache.save_fact(COUNTS, msgspec.msgpack.encode((entries, drafts)))
                cache.save_fact(FINDINGS, msgspec.msgpack.encode(findings))
            cache.commit()
        findings = (*findings, *forgotten)
    problems = printable(sources.diagnostics, drafts=options.drafts)
    return Report(
        entries=entries,
        files=updated.files if updated else cache.count_outputs(),
        seconds=0.0,
        diagnostics=(*problems, *job.public.problems, *once, *findings),
        written=updated.written if updated else 0,
        removed=updated.removed if updated else 0,
        reasons=updated.reasons if updated else (),
        remark="\n".join(filter(None, (cache.remark, updated.remark if updated else "", advice))),
        left_out=sources.left_out,
        drafts=drafts,
        complete=complete,
    )


def _seal(state: bytes, content: bytes | None) -> bytes:
    """Hash the inputs of a build together with the content of its `digest.lock`."""
    memory = b"" if content is None else hashlib.blake2b(content, digest_size=16).digest()
    return hashlib.blake2b(state + memory, digest_size=16).digest()


def _remember(job: Job, updated: Updated, memory: Memory) -> tuple[tuple[Diagnostic, ...], bytes | None]:
    """Write what is to be remembered of the site, which is in place now, unless it is remembered already.

    Return the problems that only this build has, and the content that the file has now.
    """
    if updated.memory is memory:
        return updated.changes, memory.content
    problem = write_memory(job.folder, job.files.lock, updated.memory)
    if problem:
        return (*updated.changes, problem), memory.content
    return updated.changes, updated.memory.content


def _has_the_same_files(job: Job) -> bool:
    """Return True if the files that notes name are the files that the last build found."""
    if job.cache.fact(ASKED) in (None, NOTHING_ASKED):
        return True
    from .files import NamedFiles  # loads slowly, and most digests name no files

    return NamedFiles(job.folder, job.config, job.cache).are_as_remembered()


def _explain(job: Job, notebook: Notebook, sources: Sources) -> tuple[Diagnostic, ...]:
    """Say why the site has no entry."""
    from .empty import explain_no_entries  # most sites have one

    cards = [card for card in notebook.cards() if card.page is None]
    return explain_no_entries(job.folder, job.config, notebook.paths(), cards, sources.diagnostics, sources.left_out)


def _unbuilt(problem: Diagnostic) -> Report:
    hint = problem.hint
    if problem.code != "half-published":
        hint = f"{hint}; {UNCHANGED}" if hint else UNCHANGED
    return Report(entries=0, files=0, seconds=0.0, diagnostics=(structs.replace(problem, hint=hint),))


def _as_it_was(problem: Diagnostic) -> tuple[Diagnostic, ...]:
    return (structs.replace(problem, hint=f"{problem.hint}; the site is as it was"),)


def _load(job: Job) -> None:
    """Load the template engine and all templates."""
    from .publish import load_templates

    load_templates(job)


def _update(
    job: Job,
    cards: list[Card],
    around: "Surroundings",
    memory: Memory,
    altered: Callable[[], Mapping[str, bytes]],
) -> tuple[tuple[Diagnostic, ...], Updated | None]:
    """Update the site. If it cannot be written, return a diagnostic with the reason."""
    from .publish import update_site  # the template engine loads only if there is something to make

    try:
        updated = update_site(job, cards, around, memory, altered)
    except ForeignFileError as error:
        job.cache.rollback()
        return tuple(_foreign(job.config, path, kind) for path, kind in error.kinds.items()), None
    except PluginError as error:
        job.cache.rollback()
        return (structs.replace(error.diagnostic, hint=UNCHANGED),), None
    except UndoError as error:
        job.cache.rollback()
        cause = error.__cause__
        reason = _reason("the site", cause) if isinstance(cause, OSError) else "the build was stopped"
        return (_half_published(job.config, reason, error),), None
    except UnreadableError as error:
        job.cache.rollback()
        return (structs.replace(_unreadable(job.folder, error), hint=UNCHANGED),), None
    except OSError as error:
        job.cache.rollback()
        message = _reason("the site", error)
        return (Diagnostic(job.config.output, 0, 0, "output", message, UNCHANGED),), None
    finally:
        job.output.discard()
    return updated.findings, updated


def _half_published(config: Config, reason: str, error: UndoError) -> Diagnostic:
    place = f" `{error.filename}`" if error.filename else ""
    message = f"{reason}, and what it had published cannot be taken back: {error.strerror}{place}"
    hint = "some files of the site are new and some are old; put that right, and the next build does the rest"
    return Diagnostic(config.output, 0, 0, "half-published", message, hint)


def _unreadable(folder: Path, error: OSError) -> Diagnostic:
    file = Path(error.filename)
    shown = file.relative_to(folder) if file.is_relative_to(folder) else file
    return Diagnostic(shown.as_posix(), 0, 0, "unreadable", f"the file cannot be read: {error.strerror}")


def _foreign(config: Config, path: str, kind: str) -> Diagnostic:
    message = f"the site needs this place, but {kind} is there that no build wrote"
    hint = "move it away, or set another `output:`; if digest built this folder and lost its `.digest-manifest`, remove the folder"
    return Diagnostic(f"{config.output}/{path}", 0, 0, "output", message, hint)


def _reason(what: str, error: OSError) -> str:
    if isinstance(error, ChildProcessError):
        return str(error)
    file = error.filename2 or error.filename  # a file that is moved has two
    place = f" `{file}`" if file else ""
    return f"{what} cannot be written: {error.strerror or error}{place}"
