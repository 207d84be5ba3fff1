"""A project's folder -> its current site, in memory, whose pages are made on request.

Every file but the service worker is the same, byte for byte, as the one that a build would write. If the settings or the templates have a mistake,
it is reported, and the last good ones stay in use, so that there is always a site to look at.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from msgspec import structs

from ..config import Config, load_config, override
from ..diagnostics import Diagnostic, printable
from ..model import Card
from ..parallel.workers import Workers
from ..pipeline.arrange import ProjectArrangement, Surroundings, arrange, describe_site, rearrange
from ..pipeline.files import NamedFiles, content_to_send
from ..pipeline.job import Progress
from ..pipeline.public import PublicFile, PublicFiles, describe_place, find_public, find_rival, settle_public
from ..pipeline.read import Doubt, Notebook, clear_notes, never
from ..pipeline.render import RenderSetup, render_here
from ..plugins.found import NONE, PluginError, find_plugins
from ..site import routes
from ..site.recipes import Page, fingerprint
from ..site.theme import read_theme
from ..site_files import FIRST, SiteFiles
from ..store.cache import Cache, use_cache
from ..store.damage import DamagedError
from ..store.epoch import NOTES_EPOCH, notes_epoch, program_hash, site_epoch
from ..store.lock import project_lock
from ..store.staging import hash_bytes
from .good import Good, is_blank, keep_blank
from .looks import LastMemory, Seen, Shown, describe_failure, page_finder, show_with
from .moves import find_moves, follow
from .picture_files import PictureFiles
from .search_files import Searched, SearchFiles

CROWD, ALONE = Workers(), Workers(1)
"""A process may fork before it serves; once it has threads, it must not."""

PREVIEW_FOLDER = "preview"
"""The preview has its own cache, in this folder of the site's, so that builds do not wait for a preview that runs for hours."""


@contextmanager
def open_preview(
    folder: Path,
    *,
    drafts: bool,
    base_url: str | None,
    address: str = "",
    files: SiteFiles = FIRST,
    progress: Progress | None = None,
) -> Iterator["Preview"]:
    """Open the preview of a site; raises LockedError if another is open, PlaceError, OverrideError for a bad base URL, and OSError."""
    place = f"{files.cache}/{PREVIEW_FOLDER}"
    activity = f"another `digest serve` shows this project{f' at {address}' if address else ''}"
    begin = partial(Preview, folder, drafts=drafts, base_url=base_url, files=files, progress=progress)
    with project_lock(folder, place, activity), ExitStack() as opened:
        try:
            preview = opened.enter_context(use_cache(folder / place, program_hash().hex(), begin))
        except sqlite3.DatabaseError as error:
            raise OSError(f"the cache in {place} cannot be used: {error}") from error
        opened.callback(preview.close)
        yield preview


class Preview:
    """The site of a project while its author writes; one thread at a time may use it.

    `base_url` replaces the one in the settings, `files` are the names of the site's own files.
    """

    def __init__(
        self,
        folder: Path,
        cache: Cache,
        *,
        drafts: bool,
        base_url: str | None,
        workers: Workers = CROWD,
        files: SiteFiles = FIRST,
        progress: Progress | None = None,
    ) -> None:
        self._folder = folder
        self.site_files = files
        self._cache = cache
        self._plugins = NONE
        self._notebook = Notebook(folder, cache)
        self._drafts = drafts
        self._base_url = base_url
        self._config: Good[Config] = Good()
        self._theme: Good[Mapping[str, bytes]] = Good()
        self._files = NamedFiles(folder, Config(), cache)
        self._search = SearchFiles(cache)
        self._pictures = PictureFiles(folder)
        self._remembered = LastMemory(folder, files.lock)
        self._broken: Diagnostic | None = None
        """The problem that stopped the last look."""
        self._seen: Seen | None = None
        self._made: Shown | None = None
        self._moves: dict[str, str] = {}
        """The present site paths of the pages that had another one since the preview began."""
        self._look(workers, progress=progress)
        self._config.settle()
        self._theme.settle()

    def refresh(self, paths: Collection[str] | None = None, is_in_doubt: Doubt = never) -> bool:
        """Read all changes in the folder since the last look. Return True if there were any.

        If only the notes at `paths` can have changed, pass `paths`: then no other file is looked at. A note, or the settings, that is
        empty or gone stays as it was while `is_in_doubt` returns True for it.
        """
        try:
            if self._broken:
                self._notebook = Notebook(self._folder, self._cache, self._plugins)
            return self._look(ALONE, paths, is_in_doubt)
        except (OSError, sqlite3.Error, DamagedError, PluginError) as error:
            # A file vanished while it was read, or the disk is full: the next look starts from the beginning.
            self._seen = None
            self._cache.rollback()
            self._broken = error.diagnostic if isinstance(error, PluginError) else describe_failure(error)
            return True

    def _look(
        self,
        workers: Workers,
        paths: Collection[str] | None = None,
        is_in_doubt: Doubt = never,
        progress: Progress | None = None,
    ) -> bool:
        # A theme is tested on the existing pages, so as long as there is no day, every look is a full one.
        if paths is not None and self._seen and self._made and self._made.arranged.archive.days:
            made, seen = self._made, self._seen
            sources = self._notebook.read(made.config, workers, paths, is_in_doubt=is_in_doubt)
            self._cache.commit()
            if sources == seen.sources:
                return False
            notes = self._notebook.cards_by_note()
            around = made.arranged.surroundings.beside(notes, show_drafts=self._drafts)
            arranged = self._rearrange(made, notes, paths, around)
            if arranged.site != made.arranged.site:  # the menus have other links, so every page is another
                return self._look(workers, None, is_in_doubt)
            page = page_finder(made.setup.page_types, arranged)
            self._show(structs.replace(made, notes=notes, arranged=arranged, page=page))
            self._seen = structs.replace(seen, sources=sources)
        else:
            self._files.forget_folders()
            config, mistakes = self._read_config(is_in_doubt)
            found_theme = read_theme(self._folder, config.templates, self._plugins.templates())
            folder = config.templates
            theme = keep_blank(found_theme, self._theme.latest or {}, lambda name: is_in_doubt(f"{folder}/{name}"))
            sources = self._notebook.read(config, workers, is_in_doubt=is_in_doubt, progress=progress)
            self._cache.commit()
            public = find_public(self._folder, config)
            epoch = site_epoch(config, theme, self._drafts, plugins=self._plugins.digest)
            mistakes += self._remembered.look()
            found = Seen(epoch, mistakes, sources, public, self._remembered.memory.content)
            if found == self._seen and not self._files.look_again():
                self._config.settle()
                self._theme.settle()
                return False
            if self._files.config != config:
                self._files = NamedFiles(self._folder, config, self._cache)
            notes = self._notebook.cards_by_note()
            around = Surroundings(self._files, tuple, public.files.keys(), theme, self.site_files.settings)
            around = around.beside(notes, show_drafts=self._drafts)
            self._show(self._dress(config, notes, self._arrange(config, notes, around), theme, public))
            self._seen = found
        self._broken = None
        return True

    def _show(self, shown: Shown) -> None:
        """Show another site, and remember where pages of the present one went."""
        if self._made:
            self._moves = follow(self._moves, find_moves(self._made.arranged.archive, shown.arranged.archive))
        self._made = shown

    def _arrange(
        self, config: Config, notes: Mapping[str, tuple[Card, ...]], around: Surroundings
    ) -> ProjectArrangement:
        made, lock = self._made, self._remembered.memory.lock
        is_same = made and (made.config, made.setup.plugins) == (config, self._plugins)
        if made and is_same and made.arranged.recognised.lock is lock:
            return self._rearrange(made, notes, notes.keys() | made.notes.keys(), around)
        return arrange(self._folder, config, self._public(notes.values()), around, self._plugins, lock)

    def _rearrange(
        self, made: Shown, notes: Mapping[str, tuple[Card, ...]], paths: Collection[str], around: Surroundings
    ) -> ProjectArrangement:
        """Update the present arrangement, in which only the notes at `paths` may have changed."""
        changed = [path for path in paths if notes.get(path) is not made.notes.get(path)]
        gone = self._public(made.notes.get(path, ()) for path in changed)
        come = self._public(notes.get(path, ()) for path in changed)
        return rearrange(made.arranged, gone, come, around)

    def _public(self, notes: Iterable[tuple[Card, ...]]) -> list[Card]:
        return [card for cards in notes for card in cards if self._drafts or not card.draft]

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """The present problems. They are found when a caller needs them."""
        if self._broken or not (seen := self._seen):
            return (self._broken,) if self._broken else ()
        shown = self._shown
        sources = (*seen.sources.diagnostics, *seen.public.problems, *settle_public(shown.public, self._describe)[1])
        arranged = (*shown.arranged.changes, *shown.arranged.findings, *self._pictures.problems(shown))
        found = printable((*seen.mistakes, *shown.faults, *sources, *arranged), drafts=self._drafts)
        return self.site_files.name_all(found)

    @property
    def _shown(self) -> Shown:
        if self._made is None:
            raise AssertionError("the first look is over when the preview is there")
        return self._made

    @property
    def root(self) -> str:
        """The path under which the site lies: `/` or `/repo/`."""
        return self.config.root

    @property
    def config(self) -> Config:
        """The present settings of the site."""
        return self._shown.config

    @property
    def entries(self) -> int:
        """The number of entries of the site."""
        return len(self._shown.arranged.archive.records) + len(self._shown.arranged.archive.undated)

    def named_places(self) -> frozenset[str]:
        """Return the places below the project at which the files that notes name are, or would be found."""
        return self._files.places() if self._shown.arranged.references else frozenset()

    def tag(self, path: str) -> str:
        """Return a tag that changes whenever a file's bytes change, or nothing if the site has no such file.

        `path` is a site path (see `routes`). The tag of a page is known without making the page.
        """
        shown = self._shown
        try:
            file, page = self._public_file(path), shown.page(path)
        except PluginError as error:
            return hash_bytes(str(error).encode()).hex()
        if file:
            return file.fingerprint.hex()
        if page:
            return fingerprint(page, shown.epoch).hex()
        if path in shown.assets:
            return hash_bytes(shown.assets[path].content).hex()
        if path == routes.WORKER:
            return hash_bytes(shown.worker).hex()
        if self._named_file(path):
            return hash_bytes(path.encode()).hex()
        content = self._search_file(path)
        return self._pictures.tag(path, shown) or ("" if content is None else hash_bytes(content).hex())

    def content(self, path: str) -> bytes | Diagnostic | Path | None:
        """Return a file's bytes, the mistake in its template, or None if the site has no such file.

        A file that is sent as it is on disk is returned by its path, since it may be large.
        """
        shown = self._shown
        try:
            file, page = self._public_file(path), shown.page(path)
        except PluginError as error:
            return error.diagnostic
        if file:
            return self._folder / file.source
        if page:
            content = self._render(page, shown.setup)
            self._cache.commit()  # a template that was compiled
            return content
        if path in shown.assets:
            return shown.assets[path].content
        if path == routes.WORKER:
            return shown.worker
        if source := self._named_file(path):
            return content_to_send(source)
        return self._pictures.content(path, shown) or self._search_file(path)

    def moved(self, path: str) -> str:
        """Return the site path that a page has now, if it had this one since the preview began, or nothing."""
        return self._moves.get(path, "")

    def host_target(self, path: str) -> str:
        """Return the address to which the host will lead from a site path that has no file, or nothing."""
        return self._shown.arranged.host_targets.get(self.root + path, "")

    def _public_file(self, path: str) -> PublicFile | None:
        """Return the public file at a site path, unless the site needs its place itself."""
        name = routes.file_of(path)
        file = self._shown.public.files.get(name)
        return file if file and not find_rival(name, self._describe) else None

    def _describe(self, path: str) -> str | None:
        """Name what the site has at a path. Only the pages around that path are planned."""
        shown = self._shown
        return describe_place(path, shown.page(path), shown.assets, search=shown.config.search.enabled)

    def _named_file(self, path: str) -> str | None:
        """Return the path on disk of a file that a note names, by its site path, which holds a hash of its bytes."""
        return self._shown.arranged.files.get(path) if path.startswith(routes.FILES) else None

    def _render(self, page: Page, setup: RenderSetup) -> bytes | Diagnostic:
        content = render_here(setup, self._cache, page)
        return content if isinstance(content, bytes | Diagnostic) else b"".join(content)

    def _read_config(self, is_in_doubt: Doubt) -> tuple[Config, tuple[Diagnostic, ...]]:
        """Read the settings. If they have a mistake, or are empty or away and in doubt, keep the settings of the last look."""
        if self._made and is_blank(self._folder / self.site_files.settings) and is_in_doubt(self.site_files.settings):
            return self._made.config, ()
        config, mistakes = load_config(self._folder, self.site_files)
        if mistakes:
            config = self._config.fall_back() or config
        else:
            self._config.see(config)
        if self._base_url is not None:
            config = override(config, base_url=self._base_url)
        mistakes += self._find_plugins(config)
        if self._cache.fact(NOTES_EPOCH) != (wanted := notes_epoch(config, self._plugins.digest)):
            clear_notes(self._cache)
            self._cache.save_fact(NOTES_EPOCH, wanted)
            self._notebook = Notebook(self._folder, self._cache, self._plugins)
        return config, mistakes

    def _find_plugins(self, config: Config) -> tuple[Diagnostic, ...]:
        """Use the present plugins. If one cannot be loaded, keep the former ones and return the problem."""
        try:
            plugins = find_plugins(self._folder, config.plugins)
            describe_site(config, plugins)
        except PluginError as error:
            return (error.diagnostic,)
        self._plugins = plugins
        return ()

    def _dress(
        self,
        config: Config,
        notes: Mapping[str, tuple[Card, ...]],
        arranged: ProjectArrangement,
        theme: Mapping[str, bytes],
        public: PublicFiles,
    ) -> Shown:
        """Use the present theme. If it has mistakes, use the last one without mistakes, or else the packaged one."""
        shown, faults = self._try(config, notes, arranged, theme, public)
        if shown is None or faults:
            settled = self._theme.fall_back() or read_theme(self._folder, "")
            former, _ = self._try(config, notes, arranged, settled, public)
            shown = former or shown
        elif arranged.archive.days:
            self._theme.see(theme)
        if shown is None:
            raise AssertionError("the packaged theme has mistakes")
        return structs.replace(shown, faults=faults)

    def _try(
        self,
        config: Config,
        notes: Mapping[str, tuple[Card, ...]],
        arranged: ProjectArrangement,
        theme: Mapping[str, bytes],
        public: PublicFiles,
    ) -> tuple[Shown | None, tuple[Diagnostic, ...]]:
        """Use a theme. If it is new, first render a few pages of every type, to see whether it has mistakes."""
        shown = show_with(theme, config, notes, arranged, public, self._plugins, drafts=self._drafts)
        if isinstance(shown, Diagnostic):
            return None, (shown,)
        if theme == self._theme.settled:
            return shown, ()
        try:
            rendered = [self._render(page, shown.setup) for page in shown.setup.page_types.samples(arranged)]
        except PluginError as error:
            return shown, (error.diagnostic,)
        return shown, tuple(dict.fromkeys(content for content in rendered if isinstance(content, Diagnostic)))

    def index_ahead(self) -> None:
        """Begin to index the entries in another process, so that nobody waits for the first search.

        Call it before this process has threads.
        """
        if self.config.search.enabled:
            self._search.begin(self._searched())

    def close(self) -> None:
        """Stop the work in the background."""
        self._search.close()

    def _search_file(self, path: str) -> bytes | None:
        is_asked = path.startswith(routes.SEARCH) and self.config.search.enabled
        return self._search.content(path, self._searched()) if is_asked else None

    def _searched(self) -> Searched:
        arranged = self._shown.arranged
        return Searched(arranged.archive, arranged.site, self.config)
