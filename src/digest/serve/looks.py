"""What a look at a project's folder finds, and what a preview shows of it."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct, structs

from ..config import CACHE_FOLDER, Config
from ..diagnostics import Diagnostic
from ..model import Card
from ..pipeline.arrange import ProjectArrangement, frame_epoch
from ..pipeline.memory import NO_MEMORY, Memory, read_memory
from ..pipeline.public import PublicFiles
from ..pipeline.read import Sources
from ..pipeline.render import RenderSetup, set_up
from ..plugins.found import Plugins
from ..site.assets import Asset, AssetError, hash_assets
from ..site.page_types import PageTypes
from ..site.recipes import Page
from ..site.worker import write_worker
from ..store.epoch import site_epoch

PAGES_KEPT = 1000
"""How many found pages are kept, since a page's tag and its content are requested one after the other."""


def page_finder(page_types: PageTypes, arranged: ProjectArrangement) -> Callable[[str], Page | None]:
    """Return a function from a path to its page that plans no page twice."""
    return lru_cache(maxsize=PAGES_KEPT)(partial(page_types.find, arranged))


def describe_failure(error: Exception) -> Diagnostic:
    """Return a diagnostic for an error that ended a look, at the file that it names or else at the cache."""
    place = getattr(error, "filename", None) or CACHE_FOLDER
    return Diagnostic(str(place), 0, 0, "unreadable", getattr(error, "strerror", None) or str(error))


class Seen(Struct, frozen=True):
    """The result of a look at the folder.

    These are settings and theme by their hash, notes, public files, the content of `digest.lock`, and the problems in them.
    """

    epoch: bytes
    mistakes: tuple[Diagnostic, ...]
    sources: Sources
    public: PublicFiles
    memory: bytes | None


class Shown(Struct, frozen=True):
    """All inputs of the site at one time.

    `worker` is the service worker. `faults` are the mistakes of a theme that was replaced by an earlier one.
    """

    config: Config
    notes: Mapping[str, tuple[Card, ...]]
    arranged: ProjectArrangement
    page: Callable[[str], Page | None]
    assets: Mapping[str, Asset]
    setup: RenderSetup
    epoch: bytes
    public: PublicFiles
    worker: bytes
    faults: tuple[Diagnostic, ...] = ()


def show_with(
    theme: Mapping[str, bytes],
    config: Config,
    notes: Mapping[str, tuple[Card, ...]],
    arranged: ProjectArrangement,
    public: PublicFiles,
    plugins: Plugins,
    *,
    drafts: bool,
) -> Shown | Diagnostic:
    """Return the inputs of the site with a theme, or the mistake in the theme's static files."""
    try:
        assets = hash_assets(theme)
    except AssetError as error:
        return Diagnostic(config.templates, 0, 0, "template", str(error), error.hint)
    setup = set_up(arranged.site, config.utc_offset, theme, assets, plugins)
    return Shown(
        config=config,
        notes=notes,
        arranged=arranged,
        page=page_finder(setup.page_types, arranged),
        assets={asset.path: asset for asset in assets.values()},
        setup=setup,
        epoch=frame_epoch(site_epoch(config, theme, drafts, plugins=plugins.digest), arranged.site),
        public=public,
        # A preview is never kept in a browser: the address of this machine is that of other projects too.
        worker=write_worker(structs.replace(arranged.site, offline=False), theme, (), (), lambda _: b""),
    )


class LastMemory:
    """The last memory of addresses that could be relied on."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self.memory: Memory = NO_MEMORY

    def look(self) -> tuple[Diagnostic, ...]:
        """Read the lock file again. If it cannot be relied on, keep the former memory and return the problem."""
        memory = read_memory(self._folder, self._name, self.memory)
        if isinstance(memory, Diagnostic):
            return (memory,)
        self.memory = memory
        return ()
