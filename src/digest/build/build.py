"""A project's folder -> its site: the stages in their order, doing again only what changed.

A note is read again when its bytes change, a page rendered again when its fingerprint does, a file written again when its
bytes do. Whatever a build reuses, its result is the same, byte for byte, as that of a build from nothing.
"""

import hashlib
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from ..config import CACHE_FOLDER, Config
from ..diagnostics import Diagnostic
from ..model import Card
from ..site.theme import read_theme
from .cache import Cache, decode_diagnostics
from .epoch import notes_epoch, program_hash, site_epoch
from .job import Job, Progress, Updated
from .lock import project_lock
from .output import ForeignFileError, Output
from .sources import read_sources

COMPLETE = "complete"
"""The fact that names what the last complete build was made from."""
NOTES_EPOCH = "notes-epoch"
FINDINGS = "findings"
"""The fact that holds the problems which the last complete build found beyond single notes."""


class Project(Struct, frozen=True):
    """A folder with its settings."""

    folder: Path
    config: Config


class Options(Struct, frozen=True):
    """How to build: `workers` 0 chooses by the size of the work, `clean` reuses nothing."""

    workers: int = 0
    clean: bool = False
    drafts: bool = False


class Report(Struct, frozen=True):
    """What a build did.

    `reasons` are (path, why) of all that was made again; `remark` is a sentence about the cache, or empty.
    """

    entries: int
    files: int
    seconds: float
    diagnostics: tuple[Diagnostic, ...]
    written: int = 0
    removed: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    remark: str = ""


def build(project: Project, options: Options, progress: Progress) -> Report:
    """Build a project's site.

    Raises LockedError where another build is at work on the project. Whatever else goes wrong is in the report.
    """
    started = time.perf_counter()
    folder, config = project.folder, project.config
    cache_folder = folder / CACHE_FOLDER
    with project_lock(cache_folder), Cache.open(cache_folder, program_hash().hex()) as cache:
        theme = read_theme(folder / config.templates)
        epoch = site_epoch(config, theme, options.drafts)
        if options.clean or cache.fact(NOTES_EPOCH) != notes_epoch(config):
            cache.clear()
            cache.save_fact(NOTES_EPOCH, notes_epoch(config))
        progress("read", 0, 0)
        sources = read_sources(folder, config, cache, options.workers)
        cache.commit()
        cards = [card for card in sources.cards if options.drafts or not card.draft]
        output = Output(folder / config.output)
        state = hashlib.blake2b(epoch + sources.state, digest_size=16).digest()
        if cache.fact(COMPLETE) == state and _is_intact(output, cache):
            findings, updated = decode_diagnostics(cache.fact(FINDINGS) or b"\x90"), None
        elif not sources.complete:
            findings, updated = (), None
        else:
            job = Job(folder, config, theme, epoch, cache, output, progress, options.workers)
            findings, updated = _update(job, cards)
            if updated and updated.published:
                cache.save_fact(COMPLETE, state)
                cache.save_fact(FINDINGS, msgspec.msgpack.encode(findings))
            cache.commit()
        return Report(
            entries=len(cards),
            files=updated.files if updated else len(output.manifest),
            seconds=time.perf_counter() - started,
            diagnostics=(*sources.diagnostics, *findings),
            written=updated.written if updated else 0,
            removed=updated.removed if updated else 0,
            reasons=updated.reasons if updated else (),
            remark=cache.remark,
        )


def _is_intact(output: Output, cache: Cache) -> bool:
    return all(output.stamp(path) == stamp for path, stamp in cache.output_stamps())


def _update(job: Job, cards: list[Card]) -> tuple[tuple[Diagnostic, ...], Updated | None]:
    """Update the site; what keeps it from being written comes back as a diagnostic."""
    from .update import update_site  # the template engine and all that pages need load only now

    try:
        updated = update_site(job, cards)
    except ForeignFileError as error:
        return tuple(_foreign(job.config, path) for path in error.paths), None
    except OSError as error:
        job.output.discard()
        return (Diagnostic(job.config.output, 0, 0, "output", _reason(error), "the site is as it was"),), None
    return updated.findings, updated


def _foreign(config: Config, path: str) -> Diagnostic:
    message = "the site needs this place, but no build wrote the file that is there"
    hint = "move the file away, or set another `output:` in digest.yaml"
    return Diagnostic(f"{config.output}/{path}", 0, 0, "output", message, hint)


def _reason(error: OSError) -> str:
    place = f" `{error.filename}`" if error.filename else ""
    return f"the site cannot be written: {error.strerror or error}{place}"
