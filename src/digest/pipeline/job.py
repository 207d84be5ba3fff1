"""The structs of one update of a site: its input and its result."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from ..config import CACHE_FOLDER, Config
from ..diagnostics import Diagnostic
from ..parallel.workers import Workers
from ..pictures.fonts import Fonts
from ..plugins.found import Plugins
from ..site_files import FIRST, SiteFiles
from ..store.cache import Cache
from ..store.damage import is_damage
from ..store.output import Output
from .memory import Memory
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

    `public` are the files to copy, `files` the names of the site's own files, and `fonts` the fonts that draw cards. With `explain`,
    the update gives the reason for every file that it makes again. An update
    that shows `drafts` leaves `digest.lock` as it is, and a `frozen` one fails rather than change it.
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
    files: SiteFiles = FIRST
    fonts: Fonts = Fonts()
    drafts: bool = False
    frozen: bool = False


class Updated(Struct, frozen=True):
    """The result of an update; `findings` are problems of the archive and of templates.

    If `published` is False, a problem left the site as it was. If `remembered` is False, the cache does not know of the new site.
    `memory` is what is to be remembered in `digest.lock`, `changes` are problems that later builds do not have, and `remark` is a
    sentence about the memory, or empty.
    """

    files: int
    written: int
    removed: int
    findings: tuple[Diagnostic, ...]
    reasons: tuple[tuple[str, str], ...]
    published: bool
    memory: Memory
    changes: tuple[Diagnostic, ...] = ()
    remark: str = ""
    remembered: bool = True


@contextmanager
def keeping(cache: Cache) -> Iterator[list[Diagnostic]]:
    """Keep in the cache what was published. If that fails, undo the changes of the cache, and put a warning into the given list.

    The site is there by then, and the next build makes it again from less. Damage of the cache is raised.
    """
    forgotten: list[Diagnostic] = []
    try:
        yield forgotten
    except sqlite3.OperationalError as error:
        if is_damage(error):
            raise
        cache.rollback()
        message = f"the site is published, but the cache cannot be written: {error}"
        forgotten.append(Diagnostic(CACHE_FOLDER, 0, 0, "cache", message, "the next build makes these pages again"))
