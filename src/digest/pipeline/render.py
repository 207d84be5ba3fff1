"""Pages with the texts of their entries -> the bytes of their files, a batch at a time, in this process or in another."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import jinja2
from jinja2.bccache import Bucket
from msgspec import Struct

from ..archive.archive import Record
from ..diagnostics import Diagnostic
from ..languages import strings_for
from ..model import Body
from ..site import routes
from ..site.assets import Asset
from ..site.page_types import PageTypes, Template
from ..site.parts import Parts
from ..site.recipes import Page
from ..site.templating import Renderer, RenderError
from ..site.theme import templates_of
from ..site.views import Site
from ..store.cache import Cache, DamagedError, decode_body
from ..store.output import Put, Stage
from .arrange import PAGES

BATCH = 48
"""Pages that a process renders before it is given others."""
PARALLEL_FROM = 600
"""From how many pages several processes are worth their start."""
TEXTS_KEPT = 200
"""Entries whose text is kept while a batch is rendered: an entry's page and its Markdown lie side by side."""


class RenderSetup(Struct, frozen=True):
    """All that rendering needs besides pages. It is small enough to be sent along with every batch.

    `assets` are (name, address) of static files, `templates` (name, source) as `templates_of` names them.
    """

    site: Site
    utc_offset: str
    assets: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, bytes], ...]
    page_types: PageTypes


def set_up(
    site: Site,
    utc_offset: str,
    theme: Mapping[str, bytes],
    assets: Mapping[str, Asset],
    page_types: PageTypes = PAGES,
) -> RenderSetup:
    """Gather all that rendering needs of the settings and the theme."""
    return RenderSetup(
        site=site,
        utc_offset=utc_offset,
        assets=tuple((name, routes.address(site.root, asset.path)) for name, asset in assets.items()),
        templates=tuple(templates_of(theme).items()),
        page_types=page_types,
    )


def render_page(
    page_types: PageTypes, renderer: Renderer, page: Page, parts: Parts
) -> bytes | Iterator[bytes] | Diagnostic:
    """Render a page to its bytes, in chunks if there are many, or return the mistake in its template."""
    composed = page_types.compose(parts, page)
    if not isinstance(composed, Template):
        return composed
    try:
        return renderer.render(composed.name, composed.view)
    except RenderError as error:
        return error.diagnostic


@lru_cache(maxsize=1)
def parts_of(setup: RenderSetup, load: Callable[[bytes], bytes]) -> Parts:
    """Return what pages are composed with, which is kept for the next pages of the same site.

    `load` gives the encoded text of an entry by its card's digest.
    """

    @lru_cache(maxsize=TEXTS_KEPT)
    def body_of(record: Record) -> Body:
        return decode_body(load(record.card.digest))

    return Parts(setup.site, strings_for(setup.site.language), setup.utc_offset, body_of)


def stage_pages(setup: RenderSetup, cache: Cache, stage: Stage, batch: Sequence[Page]) -> list[Put | Diagnostic]:
    """Render pages and put them on the stage."""
    parts, renderer = parts_of(setup, cache.raw_body), renderer_for(setup, cache)
    results: list[Put | Diagnostic] = []
    for page in batch:
        content = render_page(setup.page_types, renderer, page, parts)
        if isinstance(content, Diagnostic):
            results.append(content)
        else:
            results.append(stage.put(routes.file_of(page.path), content))
    return results


def render_pages(setup: RenderSetup, batch: Sequence[tuple[Page, Mapping[bytes, bytes]]]) -> list[bytes | Diagnostic]:
    """Render pages that come with the texts they show, where the cache is out of reach."""
    results: list[bytes | Diagnostic] = []
    for page, texts in batch:
        content = render_page(setup.page_types, renderer_for(setup), page, parts_of(setup, texts.__getitem__))
        results.append(content if isinstance(content, bytes | Diagnostic) else b"".join(content))
    return results


@lru_cache(maxsize=1)
def renderer_for(setup: RenderSetup, cache: Cache | None = None) -> Renderer:
    """Return the renderer of a site; the last one is kept with the templates it has loaded."""
    strings = strings_for(setup.site.language)
    bytecode = TemplateCode(cache) if cache else None
    return Renderer(setup.site, strings, dict(setup.assets), dict(setup.templates), bytecode)


class TemplateCode(jinja2.BytecodeCache):
    """Compiled templates in the cache, by name and the hash of their source: compiling them takes longer than a page."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja a template's code; it checks that the code is of this source and this version of Python."""
        with contextlib.suppress(DamagedError, sqlite3.Error):  # what can't be read is compiled again
            if code := self._cache.fact(f"template:{bucket.key}"):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, unless a worker compiled it: one process writes to the cache."""
        if self._cache.is_written_here:
            with contextlib.suppress(sqlite3.Error):  # the next thing that is saved says what is wrong
                self._cache.save_fact(f"template:{bucket.key}", bucket.bytecode_to_string())
