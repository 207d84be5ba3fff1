"""The structs of one update of a site: its input and its result."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ..config import Config
from ..diagnostics import Diagnostic
from ..parallel.workers import Workers
from ..plugins.found import Plugins
from ..store.cache import Cache
from ..store.output import Output
from .public import PublicFiles

ASKED = "asked-files"
"""The name of the fact that holds the files that the notes of the last complete build named, and what was found."""
NOTHING_ASKED = b"\x92\xc4\x00\x90"
"""That fact if the notes named no file: an empty hash and an empty tuple in MessagePack."""


class Progress(Protocol):
    """A function that is called with the progress of a build."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report that `done` of `total` steps of a stage are done. The stages are `read`, `index` and `render`."""


class Job(Struct, frozen=True):
    """All inputs of an update. `theme` has the theme's files by name, `epoch` is the hash of all inputs but the notes.

    `public` are the files to copy. With `explain`, the update gives the reason for every file that it makes again.
    """

    folder: Path
    config: Config
    plugins: Plugins
    theme: Mapping[str, bytes]
    epoch: bytes
    cache: Cache
    output: Output
    progress: Progress
    workers: Workers
    explain: bool
    public: PublicFiles


class Updated(Struct, frozen=True):
    """The result of an update; `findings` are problems of the archive and of templates.

    If `published` is False, a mistake in a template left the site as it was.
    """

    files: int
    written: int
    removed: int
    findings: tuple[Diagnostic, ...]
    reasons: tuple[tuple[str, str], ...]
    published: bool
