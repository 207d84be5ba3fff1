"""Cards -> the site's files: plan all, make again what is stale, publish."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Card
from ..site import routes
from ..site.assets import Asset, AssetError, hash_assets
from ..site.recipes import EntriesRecipe, Page, fingerprint, texts_of
from .cache import CachedOutput
from .job import Job, Updated
from .layout import Layout, lay_out
from .output import Put, hash_bytes
from .rendering import RenderSetup, render_pages, renderer_for, set_up, stage_pages

BATCH = 48
PARALLEL_FROM = 600
"""From how many stale pages a pool of processes is worth its start."""
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
    made: list[tuple[Wanted, bytes]] = []
    mistakes: list[Diagnostic] = []
    job.output.open_stage()
    for number, ((file, _), result) in enumerate(zip(stale, _make(job, setup, [f for f, _ in stale]), strict=True)):
        if isinstance(result, Diagnostic):
            mistakes.append(result)
            continue
        made.append((file, result.hash))
        if result.staged:
            job.output.add(file.path, number)
    if mistakes:
        job.output.discard()
        return _refused(*layout.findings, *dict.fromkeys(mistakes))
    written = job.output.staged
    removed = job.output.publish(file.path for file in wanted)
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
    for path, digest in index.fragments.items():
        yield Wanted(path, digest)
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


def _make(job: Job, setup: RenderSetup, files: list[Wanted]) -> Iterator[Put | Diagnostic]:
    """Put files on the stage in order; the mistake in a page's template stands for the page."""
    job.cache.commit()  # so that workers see all texts
    pages = [(number, file.page) for number, file in enumerate(files) if file.page]
    if job.workers.cluster:
        rendered = _render_elsewhere(job, setup, pages)
    else:
        if len(pages) >= PARALLEL_FROM:
            renderer_for(setup, job.cache).load()  # so that forked workers have all templates
        staging = partial(stage_pages, setup, job.cache, job.output.stage)
        rendered = job.workers.map(staging, pages, size=BATCH, least=PARALLEL_FROM)
    for number, file in enumerate(files):
        if number % BATCH == 0:
            job.progress("render", number, len(files))
        if file.page:
            yield next(rendered)
        else:
            content = job.cache.raw_fragment(file.fingerprint) if file.content is None else file.content
            yield job.output.stage.put(number, file.path, content)


def _render_elsewhere(job: Job, setup: RenderSetup, pages: list[tuple[int, Page]]) -> Iterator[Put | Diagnostic]:
    """Have pages rendered on a cluster, where neither the cache nor the stage can be reached.

    The one page that shows every text is made here: it would have to carry them all.
    """
    with_texts = (
        (page, {record.card.digest: job.cache.raw_body(record.card.digest) for record in texts_of(page.recipe)})
        for _, page in pages
        if not isinstance(page.recipe, EntriesRecipe)
    )
    rendered = job.workers.map(partial(render_pages, setup), with_texts, size=BATCH, least=PARALLEL_FROM)
    for number, page in pages:
        if isinstance(page.recipe, EntriesRecipe):
            yield from stage_pages(setup, job.cache, job.output.stage, [(number, page)])
        elif isinstance(content := next(rendered), Diagnostic):
            yield content
        else:
            yield job.output.stage.put(number, routes.file_of(page.path), content)


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
