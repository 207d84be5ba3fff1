"""Cards -> the site's files: plan all, make again what is stale, publish."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Card
from ..site import routes
from ..site.assets import Asset, AssetError, hash_assets
from ..site.recipes import EntriesRecipe, Page, fingerprint, texts_of
from .cache import CachedOutput
from .job import Job, Updated
from .layout import Layout, describe_site, lay_out
from .output import Put, hash_bytes
from .rendering import RenderSetup, render_pages, renderer_for, set_up, stage_pages

if TYPE_CHECKING:
    from ..search import DocumentKey

BATCH = 48
PARALLEL_FROM = 600
"""From how many stale pages a pool of processes is worth its start."""
AHEAD = 1000
"""Batches of pages per process that may be done before they are asked for: what comes of a page is small."""
EPOCH = "site-epoch"
"""The fact that names the settings and theme of the last complete build."""


class Wanted(Struct, frozen=True):
    """A file of the site with the fingerprint of what it is made from.

    It is a page, a fragment of the search index that is in the cache under its fingerprint, or bytes that are at hand.
    """

    path: str
    fingerprint: bytes
    page: Page | None = None
    content: bytes | None = None


class Stale(Struct, frozen=True):
    """A file that has to be made again, and why."""

    file: Wanted
    reason: str


class Staleness(Struct, frozen=True):
    """Which files have to be made again, and those, with their new stamp, that were only touched."""

    stale: list[Stale]
    touched: list[tuple[str, bytes]]


def load_templates(job: Job) -> None:
    """Load all templates; those that can't be, and static files that refer to one another in a circle, wait for the update."""
    with contextlib.suppress(AssetError):
        setup = set_up(describe_site(job.config), job.config.utc_offset, job.theme, hash_assets(job.theme))
        renderer_for(setup, job.cache).load()


def update_site(job: Job, cards: Iterable[Card]) -> Updated:
    """Bring the output folder up to date; raises OSError and ForeignFileError, which leave the site as it was."""
    layout = lay_out(job.folder, job.config, cards)
    try:
        assets = hash_assets(job.theme)
    except AssetError as error:
        return _refused(Diagnostic(job.config.templates, 0, 0, "template", str(error)))
    setup = set_up(layout.site, job.config.utc_offset, job.theme, assets)
    former = job.cache.outputs()
    keys = _index_entries(job, layout)
    job.output.open_stage()
    pages = list(_want_pages(layout.pages, job.epoch))
    paged = _find_stale(job, pages, former)
    job.cache.commit()  # so that workers see all texts
    mistakes: list[Diagnostic] = []
    with _render(job, setup, paged.stale) as rendered:
        # The index is built here while other processes render.
        others = [*_want_assets(assets), *_want_index(job, layout, keys, former)]
        beside = _find_stale(job, others, former)
        job.cache.save_outputs(_take_up(job, beside.stale, _put_all(job, beside.stale), mistakes))
        job.cache.save_outputs(_take_up(job, paged.stale, _watch(job, rendered, len(paged.stale)), mistakes))
    if mistakes:
        job.output.discard()
        job.cache.rollback()
        return _refused(*layout.findings, *dict.fromkeys(mistakes))
    written = job.output.staged
    wanted = [file.path for file in (*pages, *others)]
    published = job.output.publish(wanted)
    job.cache.drop_outputs(published.removed)
    job.cache.restamp_outputs((path, job.output.stamp(path)) for path in published.moved)
    job.cache.restamp_outputs((*paged.touched, *beside.touched))
    job.cache.save_fact(EPOCH, job.epoch)
    reasons = tuple((each.file.path, each.reason) for each in (*paged.stale, *beside.stale))
    return Updated(len(wanted), written, len(published.removed), layout.findings, reasons, True)


def _want_pages(pages: Iterable[Page], epoch: bytes) -> Iterator[Wanted]:
    for page in pages:
        yield Wanted(routes.file_of(page.path), fingerprint(page, epoch), page)


def _want_assets(assets: Mapping[str, Asset]) -> Iterator[Wanted]:
    for asset in assets.values():
        yield Wanted(asset.path, hash_bytes(asset.content), content=asset.content)


def _index_entries(job: Job, layout: Layout) -> "Mapping[DocumentKey, bytes]":
    if not job.config.search.enabled:
        return {}
    from .indexing import index_entries

    job.progress("index", 0, 0)
    return index_entries(layout.archive.records, layout.site, job.cache, job.workers)


def _want_index(
    job: Job, layout: Layout, keys: "Mapping[DocumentKey, bytes]", former: Mapping[str, CachedOutput]
) -> Iterator[Wanted]:
    if not job.config.search.enabled:
        return
    from .indexing import write_index

    index = write_index(keys, layout.site, job.config, job.cache, reuse=True)
    if any(path not in former or job.output.stamp(path) != former[path].stamp for path in index.kept):
        index = write_index(keys, layout.site, job.config, job.cache, reuse=False)
    for path in index.kept:
        yield Wanted(path, former[path].fingerprint)
    for path, digest in index.fragments.items():
        yield Wanted(path, digest)
    for path, content in index.files.items():
        yield Wanted(path, hash_bytes(content), content=content)


def _find_stale(job: Job, wanted: Iterable[Wanted], former: Mapping[str, CachedOutput]) -> Staleness:
    """Tell which files have to be made again and why, and which were only touched."""
    changed = "settings, theme or version changed" if job.cache.fact(EPOCH) != job.epoch else "its content changed"
    found = Staleness([], [])
    for file in wanted:
        known = former.get(file.path)
        if known is None:
            found.stale.append(Stale(file, "it is new"))
        elif known.fingerprint != file.fingerprint:
            found.stale.append(Stale(file, changed))
        elif (stamp := job.output.stamp(file.path)) != known.stamp:
            if not stamp:
                found.stale.append(Stale(file, "the file is gone"))
            elif job.output.hash(file.path) != known.hash:
                found.stale.append(Stale(file, "the file was altered"))
            else:
                found.touched.append((file.path, stamp))
    return found


def _take_up(
    job: Job, stale: Iterable[Stale], results: Iterable[Put | Diagnostic], mistakes: list[Diagnostic]
) -> Iterator[tuple[str, CachedOutput]]:
    """Take up what was put on the stage, and yield what to keep of each file; mistakes go into their list."""
    for file, result in zip((each.file for each in stale), results, strict=True):
        if isinstance(result, Diagnostic):
            mistakes.append(result)
            continue
        if result.staged:
            job.output.add(file.path)
        yield file.path, CachedOutput(file.fingerprint, result.stamp, result.hash)


@contextlib.contextmanager
def _render(job: Job, setup: RenderSetup, stale: Iterable[Stale]) -> Iterator[Iterator[Put | Diagnostic]]:
    """Put pages on the stage in order; the mistake in a page's template stands for the page."""
    pages = [each.file.page for each in stale if each.file.page]
    if job.workers.cluster:
        with _render_elsewhere(job, setup, pages) as rendered:
            yield rendered
        return
    if len(pages) >= PARALLEL_FROM:
        renderer_for(setup, job.cache).load()  # so that forked workers have all templates
    staging = partial(stage_pages, setup, job.cache, job.output.stage)
    with job.workers.map(staging, pages, size=BATCH, least=PARALLEL_FROM, ahead=AHEAD) as rendered:
        yield rendered


@contextlib.contextmanager
def _render_elsewhere(job: Job, setup: RenderSetup, pages: list[Page]) -> Iterator[Iterator[Put | Diagnostic]]:
    """Have pages rendered on a cluster, where neither the cache nor the stage can be reached.

    The one page that shows every text is made here: it would have to carry them all.
    """
    with_texts = (
        (page, {record.card.digest: job.cache.raw_body(record.card.digest) for record in texts_of(page.recipe)})
        for page in pages
        if not isinstance(page.recipe, EntriesRecipe)
    )
    with job.workers.map(partial(render_pages, setup), with_texts, size=BATCH, least=PARALLEL_FROM) as rendered:
        yield (
            stage_pages(setup, job.cache, job.output.stage, [page])[0]
            if isinstance(page.recipe, EntriesRecipe)
            else _put(job, page, next(rendered))
            for page in pages
        )


def _put(job: Job, page: Page, content: bytes | Diagnostic) -> Put | Diagnostic:
    return content if isinstance(content, Diagnostic) else job.output.stage.put(routes.file_of(page.path), content)


def _put_all(job: Job, stale: Iterable[Stale]) -> Iterator[Put]:
    """Put files on the stage that are no pages."""
    for file in (each.file for each in stale):
        content = job.cache.raw_fragment(file.fingerprint) if file.content is None else file.content
        yield job.output.stage.put(file.path, content)


def _watch(job: Job, rendered: Iterable[Put | Diagnostic], total: int) -> Iterator[Put | Diagnostic]:
    for number, result in enumerate(rendered):
        if number % BATCH == 0:
            job.progress("render", number, total)
        yield result


def _refused(*findings: Diagnostic) -> Updated:
    return Updated(files=0, written=0, removed=0, findings=findings, reasons=(), published=False)
