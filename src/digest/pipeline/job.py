"""What one update of a site works with, and what comes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ..config import Config
from ..diagnostics import Diagnostic
from ..parallel.workers import Workers
from ..store.cache import Cache
from ..store.output import Output


class Progress(Protocol):
    """Told how far a build has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of `total` steps of a stage are done; the stages are `read`, `index` and `render`."""


class Job(Struct, frozen=True):
    """What an update has to work with; `theme` are the theme's files, `epoch` the hash of all but the notes.

    With `explain`, it gives the reasons for all that it makes again.
    """

    folder: Path
    config: Config
    theme: Mapping[str, bytes]
    epoch: bytes
    cache: Cache
    output: Output
    progress: Progress
    workers: Workers
    explain: bool


class Updated(Struct, frozen=True):
    """What became of the site; `findings` are problems of the archive and of templates.

    Where `published` is False, those of templates left the site as it was.
    """

    files: int
    written: int
    removed: int
    findings: tuple[Diagnostic, ...]
    reasons: tuple[tuple[str, str], ...]
    published: bool
