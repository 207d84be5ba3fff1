"""Pages with the texts of their entries -> the bytes of their files, a batch at a time, in this process or in another."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from ..archive.archive import Record
from ..diagnostics import Diagnostic
from ..model import Body
from ..site import routes
from ..site.assets import Asset
from ..site.compose import Template, compose
from ..site.parts import Parts
from ..site.recipes import Page, texts_of
from ..site.render import Renderer, RenderError
from ..site.strings import strings_for
from ..site.theme import templates_of
from ..site.views import Site
from .cache import decode_body


class RenderSetup(Struct, frozen=True):
    """All that rendering needs beside pages; small enough to go along with every batch.

    `assets` are (name, address) of static files, `templates` (name, source) as `templates_of` names them.
    """

    site: Site
    utc_offset: str
    assets: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, bytes], ...]


def set_up(site: Site, utc_offset: str, theme: Mapping[str, bytes], assets: Mapping[str, Asset]) -> RenderSetup:
    """Bring together what rendering needs of the settings and the theme."""
    return RenderSetup(
        site=site,
        utc_offset=utc_offset,
        assets=tuple((name, routes.address(site.root, asset.path)) for name, asset in assets.items()),
        templates=tuple(templates_of(theme).items()),
    )


def render_pages(setup: RenderSetup, batch: Sequence[tuple[Page, tuple[bytes, ...]]]) -> list[bytes | Diagnostic]:
    """Render pages, each with the encoded bodies of the entries that `texts_of` names; a mistake stands for its page."""
    bodies: dict[bytes, Body] = {}
    for page, encoded in batch:
        for record, raw in zip(texts_of(page.recipe), encoded, strict=True):
            if record.digest not in bodies:
                bodies[record.digest] = decode_body(raw)

    def body_of(record: Record) -> Body:
        return bodies[record.digest]

    parts = Parts(setup.site, strings_for(setup.site.language), setup.utc_offset, body_of)
    renderer = renderer_for(setup)
    return [_render(page, parts, renderer) for page, _ in batch]


@lru_cache(maxsize=1)
def renderer_for(setup: RenderSetup) -> Renderer:
    """Return the renderer of a site; the last one is kept with the templates it has loaded."""
    return Renderer(setup.site, strings_for(setup.site.language), dict(setup.assets), dict(setup.templates))


def _render(page: Page, parts: Parts, renderer: Renderer) -> bytes | Diagnostic:
    composed = compose(page, parts)
    if not isinstance(composed, Template):
        return composed
    try:
        return renderer.render(composed.name, composed.view)
    except RenderError as error:
        return error.diagnostic
