"""Pages -> the bytes of their files: fetch the texts that a page shows, render the page, and keep the result."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import TypeVar

import jinja2
import msgspec
from jinja2.bccache import Bucket
from msgspec import Struct

from ..archive.archive import Record
from ..diagnostics import Diagnostic, DiagnosticError
from ..model import Body
from ..parallel.task import Task
from ..plugins.found import NONE, Plugins
from ..site import routes
from ..site.assets import Asset
from ..site.items import Items
from ..site.page_types import PageTypes, Template
from ..site.parts import Parts
from ..site.recipes import Page
from ..site.templating import Renderer
from ..site.theme import templates_of
from ..site.views import Site
from ..store.cache import Cache, decode_body
from ..store.damage import DamagedError
from ..store.staging import Put, Stage
from .arrange import page_types_of, strings_with
from .items import put_items

BATCH = 48
"""Pages whose results a process sends at once."""
PARALLEL_FROM = 600
"""Fewer pages than this are not worth starting several processes for."""
TEXTS_KEPT = 200
"""Texts kept in memory: the pages of a day, its entries and their Markdown are rendered one after the other."""


class RenderSetup(Struct, frozen=True, eq=False):
    """Everything that rendering needs besides pages and their texts. It is small enough to be sent with every batch.

    `assets` are (name, address) of static files, `templates` (name, source) as `templates_of` names them. `key` is a hash
    of everything else, by which setups are compared.
    """

    site: Site
    utc_offset: str
    assets: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, bytes], ...]
    plugins: Plugins
    key: bytes

    @property
    def page_types(self) -> PageTypes:
        """The page types of the site, including the page types of plugins."""
        return page_types_of(self.plugins)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RenderSetup) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class FetchedPage(Struct, frozen=True):
    """A page with the encoded texts of the entries it shows in full, by the digest of their card."""

    page: Page
    texts: Mapping[bytes, bytes]


def set_up(
    site: Site,
    utc_offset: str,
    theme: Mapping[str, bytes],
    assets: Mapping[str, Asset],
    plugins: Plugins = NONE,
) -> RenderSetup:
    """Collect everything that rendering needs of the settings and the theme."""
    addresses = tuple((name, routes.address(site.root, asset.path)) for name, asset in assets.items())
    templates = tuple(templates_of(theme).items())
    encoded = msgspec.msgpack.encode((site, utc_offset, addresses, templates, plugins), enc_hook=str)
    key = hashlib.blake2b(encoded, digest_size=16).digest()
    return RenderSetup(site, utc_offset, addresses, templates, plugins, key)


Kept = TypeVar("Kept")


def rendering(
    setup: RenderSetup, cache: Cache, keep: Callable[[Page, bytes | Items | Diagnostic], Kept]
) -> Task[Page, FetchedPage, bytes | Items | Diagnostic, Kept]:
    """Return the task that renders pages; `keep` gets each page's bytes or items, or the mistake in its template."""
    return Task(_Fetching(setup, cache), _Rendering(setup, joined=False), keep)


ITEMS = "items:"
"""The beginning of the names of facts that hold what is known of the items of a file; the rest is its path."""


def stage_page(
    stage: Stage, setup: RenderSetup, cache: Cache, page: Page, content: bytes | Items | Diagnostic
) -> Put | Diagnostic:
    """Put a rendered page into the staging directory; return a mistake as it is."""
    if isinstance(content, Diagnostic):
        return content
    path = routes.file_of(page.path)
    if isinstance(content, Items):
        return put_items(stage, path, content, setup.key, cache.fact(ITEMS + path))
    return stage.put(path, content)


def render_here(setup: RenderSetup, cache: Cache, page: Page) -> bytes | Items | Diagnostic:
    """Render a page on the machine that has the cache. Returns its bytes, as items if there are many, or the mistake in its template."""
    return render_page(setup.page_types, renderer_for(setup, cache), page, parts_of(setup, cache.raw_body))


def render_page(page_types: PageTypes, renderer: Renderer, page: Page, parts: Parts) -> bytes | Items | Diagnostic:
    """Render a page to its bytes, as items if there are many, or return the mistake in its template."""
    try:
        composed = page_types.compose(parts, page)
        return renderer.render(composed.name, composed.view) if isinstance(composed, Template) else composed
    except DiagnosticError as error:
        return error.diagnostic


class _Fetching:
    """Reads the texts of pages from the cache. Also compiles the templates, so that the cache can keep the code."""

    def __init__(self, setup: RenderSetup, cache: Cache) -> None:
        self._setup = setup
        self._cache = cache

    def __reduce__(self) -> tuple[type["_Fetching"], tuple[RenderSetup, Cache]]:
        """Go to another process without anything that was made here."""
        return _Fetching, (self._setup, self._cache)

    def __call__(self, page: Page) -> FetchedPage:
        cache = self._cache
        digests = [record.card.digest for record in self._page_types.texts(page)]
        return FetchedPage(page, {digest: _read_text(cache, digest) for digest in digests})

    @cached_property
    def _page_types(self) -> PageTypes:
        renderer_for(self._setup, self._cache)
        return self._setup.page_types


@lru_cache(maxsize=TEXTS_KEPT)
def _read_text(cache: Cache, digest: bytes) -> bytes:
    return cache.raw_body(digest)


class _Rendering:
    """Renders fetched pages. The process that renders makes what they have in common with its first page.

    With `joined`, items become bytes: another machine makes all of them.
    """

    def __init__(self, setup: RenderSetup, *, joined: bool = True) -> None:
        self._setup = setup
        self._joined = joined
        self._texts: Mapping[bytes, bytes] = {}

    def __reduce__(self) -> tuple[type["_Rendering"], tuple[RenderSetup]]:
        """Go to another process or machine without anything that was made here."""
        return _Rendering, (self._setup,)

    def __call__(self, fetched: FetchedPage) -> bytes | Items | Diagnostic:
        self._texts = fetched.texts
        content = render_page(self._page_types, self._renderer, fetched.page, self._parts)
        return b"".join(content) if self._joined and not isinstance(content, bytes | Diagnostic) else content

    @cached_property
    def _page_types(self) -> PageTypes:
        return self._setup.page_types

    @cached_property
    def _renderer(self) -> Renderer:
        return renderer_for(self._setup)

    @cached_property
    def _parts(self) -> Parts:
        return _make_parts(self._setup, lambda digest: self._texts[digest])


@lru_cache(maxsize=1)
def parts_of(setup: RenderSetup, load: Callable[[bytes], bytes]) -> Parts:
    """Return the `Parts` with which pages are composed. They are kept for the next pages of the same site.

    `load` gives the encoded text of an entry by its card's digest.
    """
    return _make_parts(setup, load)


def _make_parts(setup: RenderSetup, load: Callable[[bytes], bytes]) -> Parts:
    @lru_cache(maxsize=TEXTS_KEPT)
    def body_of(record: Record) -> Body:
        return decode_body(load(record.card.digest))

    return Parts(setup.site, strings_with(setup.plugins, setup.site.language), setup.utc_offset, body_of)


_renderers: dict[RenderSetup, tuple[Cache | None, Renderer]] = {}
"""The renderer that was made last, with the cache that keeps its compiled templates."""


def renderer_for(setup: RenderSetup, cache: Cache | None = None) -> Renderer:
    """Return the renderer of a site; the last one is kept with the templates it has loaded.

    Without a `cache`, return the last renderer of the site, whatever cache it uses.
    """
    kept = _renderers.get(setup)
    if kept is None or (cache is not None and kept[0] is not cache):
        bytecode = TemplateCode(cache) if cache else None
        names = setup.plugins.added.template_globals if setup.plugins.names else {}
        renderer = Renderer(
            setup.site,
            strings_with(setup.plugins, setup.site.language),
            dict(setup.assets),
            dict(setup.templates),
            bytecode,
            names,
        )
        _renderers.clear()
        kept = _renderers[setup] = (cache, renderer)
    return kept[1]


class TemplateCode(jinja2.BytecodeCache):
    """Keeps compiled templates in the cache, by name: compiling one takes longer than rendering a page."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Keep apart what different environments compile from one source."""
        return super().get_bucket(environment, f"{type(environment).__name__}/{name}", filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja a compiled template; Jinja checks that it fits the source and this version of Python."""
        with contextlib.suppress(DamagedError, sqlite3.Error):  # a template that cannot be read is compiled again
            if code := self._cache.fact(f"template:{bucket.key}"):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, unless a worker compiled it: only one process writes to the cache."""
        if self._cache.is_written_here:
            with contextlib.suppress(sqlite3.Error):  # the next write to the cache reports what is wrong
                self._cache.save_fact(f"template:{bucket.key}", bucket.bytecode_to_string())
