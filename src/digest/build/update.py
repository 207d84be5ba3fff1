"""Cards -> the site's files: plan all, make again what is stale, publish."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Card
from ..site import routes
from ..site.assets import Asset, AssetError, hash_assets
from ..site.recipes import Page, fingerprint, texts_of
from .cache import Cache, CachedOutput
from .job import Job, Updated
from .layout import Layout, lay_out
from .output import hash_bytes
from .rendering import RenderSetup, render_pages, renderer_for, set_up
from .workers import default_workers, map_batches, open_executor

BATCH = 48
PARALLEL_FROM = 600
"""From how many stale pages a pool of processes is worth its start."""
EPOCH = "site-epoch"
"""The fact that names the settings and theme of the last complete build."""


class Wanted(Struct, frozen=True):
    """A file of the site with the fingerprint of what it is made from: a page, or bytes that are there already."""

    path: str
    fingerprint: bytes
    page: Page | None = None
    content: bytes = b""


def update_site(job: Job, cards: Iterable[Card]) -> Updated:
    """Bring the output folder up to date; raises OSError and ForeignFileError, which leave the site as it was."""
    layout = lay_out(job.folder, job.config, cards)
    try:
        assets = hash_assets(job.theme)
    except AssetError as error:
        return _refused(Diagnostic(job.config.templates, 0, 0, "template", str(error)))
    setup = set_up(layout.site, job.config.utc_offset, job.theme, assets)
    former = job.cache.outputs()
    wanted = [*_want_pages(layout.pages, job.epoch), *_want_assets(assets), *_want_index(job, layout, former)]
    stale, touched = _find_stale(job, wanted, former)
    hashes: dict[str, bytes] = {}
    mistakes: list[Diagnostic] = []
    for (file, _), content in zip(stale, _make(job, setup, [file for file, _ in stale]), strict=True):
        if isinstance(content, Diagnostic):
            mistakes.append(content)
            continue
        hashes[file.path] = hash_bytes(content)
        if hashes[file.path] != job.output.hash(file.path):
            job.output.stage(file.path, content)
    if mistakes:
        job.output.discard()
        return _refused(*layout.findings, *dict.fromkeys(mistakes))
    written = job.output.staged
    removed = job.output.publish(file.path for file in wanted)
    made = [(file, hashes[file.path]) for file, _ in stale]
    _remember(job, made, touched, removed)
    return Updated(len(wanted), written, len(removed), layout.findings, tuple((f.path, why) for f, why in stale), True)


def _want_pages(pages: Iterable[Page], epoch: bytes) -> Iterator[Wanted]:
    for page in pages:
        yield Wanted(routes.file_of(page.path), fingerprint(page, epoch), page)


def _want_assets(assets: Mapping[str, Asset]) -> Iterator[Wanted]:
    for asset in assets.values():
        yield Wanted(asset.path, hash_bytes(asset.content), content=asset.content)


def _want_index(job: Job, layout: Layout, former: Mapping[str, CachedOutput]) -> Iterator[Wanted]:
    if not job.config.search.enabled:
        return
    from .indexing import index_site

    job.progress("index", 0, 0)
    records, site = layout.archive.records, layout.site
    index = index_site(records, site, job.config, job.cache, job.workers, reuse=True)
    if any(path not in former or job.output.stamp(path) != former[path].stamp for path in index.kept):
        index = index_site(records, site, job.config, job.cache, job.workers, reuse=False)
    for path in index.kept:
        yield Wanted(path, former[path].fingerprint)
    for path, content in index.files.items():
        yield Wanted(path, hash_bytes(content), content=content)


def _find_stale(
    job: Job, wanted: Iterable[Wanted], former: Mapping[str, CachedOutput]
) -> tuple[list[tuple[Wanted, str]], list[tuple[str, CachedOutput]]]:
    """Tell which files have to be made again and why, and which were only touched."""
    changed = "settings, theme or version changed" if job.cache.fact(EPOCH) != job.epoch else "its content changed"
    stale: list[tuple[Wanted, str]] = []
    touched: list[tuple[str, CachedOutput]] = []
    for file in wanted:
        known = former.get(file.path)
        if known is None:
            stale.append((file, "it is new"))
        elif known.fingerprint != file.fingerprint:
            stale.append((file, changed))
        elif (stamp := job.output.stamp(file.path)) != known.stamp:
            if not stamp:
                stale.append((file, "the file is gone"))
            elif job.output.hash(file.path) != known.hash:
                stale.append((file, "the file was altered"))
            else:
                touched.append((file.path, CachedOutput(known.fingerprint, stamp, known.hash)))
    return stale, touched


def _make(job: Job, setup: RenderSetup, files: list[Wanted]) -> Iterator[bytes | Diagnostic]:
    """Yield the bytes of files, or the mistake in a page's template, in order."""
    pages = [file.page for file in files if file.page]
    workers = job.workers or default_workers(len(pages), PARALLEL_FROM)
    if workers > 1:
        renderer_for(setup)  # so that forked workers have it
    with open_executor(workers) as executor:
        with_texts = ((page, tuple(_texts(page, job.cache))) for page in pages)
        rendered = map_batches(executor, partial(render_pages, setup), with_texts, size=BATCH, workers=workers)
        for number, file in enumerate(files):
            if number % BATCH == 0:
                job.progress("render", number, len(files))
            yield next(rendered) if file.page else file.content


def _texts(page: Page, cache: Cache) -> Iterator[bytes]:
    for record in texts_of(page.recipe):
        yield cache.raw_body(record.card.digest)


def _remember(
    job: Job, made: list[tuple[Wanted, bytes]], touched: list[tuple[str, CachedOutput]], removed: list[str]
) -> None:
    cache = job.cache
    cache.drop_outputs(removed)
    cache.save_outputs(
        (file.path, CachedOutput(file.fingerprint, job.output.stamp(file.path), content)) for file, content in made
    )
    cache.save_outputs(touched)
    cache.save_fact(EPOCH, job.epoch)


def _refused(*findings: Diagnostic) -> Updated:
    return Updated(files=0, written=0, removed=0, findings=findings, reasons=(), published=False)
