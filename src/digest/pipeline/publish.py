"""Cards -> the site's files: plan all pages, make the stale ones again, and publish them."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Generic, TypeVar

from msgspec import Struct, structs

from ..addresses.changes import describe_changes
from ..addresses.lock import FILE_NAME as LOCK_FILE
from ..addresses.lock import Lock
from ..diagnostics import Diagnostic
from ..disk import read_chunks
from ..files.metadata import read_published
from ..model import Card
from ..plugins.found import PluginError
from ..site import routes
from ..site.assets import Asset, AssetError, hash_assets
from ..site.recipes import Page, fingerprint
from ..site.views import Site
from ..site.worker import write_worker
from ..store.cache import CachedOutput
from ..store.staging import Put, hash_bytes
from .arrange import (
    Layout,
    ProjectArrangement,
    Surroundings,
    arrange,
    describe_site,
    frame_epoch,
    plan_pages,
    strings_with,
)
from .indexing import SiteIndex, indexing
from .job import Job, Updated, keeping
from .memory import REMARK, Memory, is_in_order, renew_memory
from .pictures import BATCH as PICTURES
from .pictures import PARALLEL_FROM as PICTURES_FROM
from .pictures import WantedPicture, drawing, find_picture_problems, missing_pillow, want_pictures
from .public import PublicFile, describe_place, settle_public
from .reasons import PARTS, encode_parts, explain_difference, parts_of
from .render import (
    BATCH,
    ITEMS,
    PARALLEL_FROM,
    RenderSetup,
    render_here,
    renderer_for,
    rendering,
    set_up,
    stage_page,
)

AHEAD = 1000
"""How many batches of pages each process may finish before their results are used: the results are small."""
KINSHIP = "kinship"
"""The name of the fact that holds the related entries of all entries."""
EPOCH = "site-epoch"
"""The name of the fact that holds the site epoch of the last complete build."""

Altered = Callable[[], Mapping[str, bytes]]
"""A function that waits for the present stamps, by path, of files that were altered since the last build."""


class WantedPage(Struct, frozen=True):
    """A page of the site with the path of its file; `epoch` is the hash of all its inputs besides its recipe."""

    page: Page
    path: str
    epoch: bytes

    @property
    def fingerprint(self) -> bytes:
        """The hash of all its inputs. It is computed only when needed, since a build from nothing compares none."""
        return fingerprint(self.page, self.epoch)


class WantedFile(Struct, frozen=True):
    """Any other file of the site.

    Its bytes are its `content`, or those of the file at `source` below the project, or those that are published of the file that a note has
    `named`, or in the cache under its fingerprint.
    """

    path: str
    fingerprint: bytes
    content: bytes | None = None
    source: str = ""
    named: str = ""


Wanted = TypeVar("Wanted", bound=WantedPage | WantedFile | WantedPicture)


class Former(Struct, frozen=True):
    """The last build by path: fingerprints of all files, and the present stamps of files that were altered since.

    `difference` is the reason why a file with another fingerprint has one.
    """

    fingerprints: Mapping[str, bytes]
    altered: Mapping[str, bytes]
    difference: str = "its content changed"


class Stale(Struct, Generic[Wanted], frozen=True):
    """Files to make again, the reasons in the same order, and files that were only touched, with their new stamps."""

    files: list[Wanted]
    reasons: list[str]
    touched: list[tuple[str, bytes]]

    def explain(self) -> Iterator[tuple[str, str]]:
        """Yield each stale file's path with the reason why it is made again."""
        yield from ((file.path, reason) for file, reason in zip(self.files, self.reasons, strict=True))


class Renewed(Struct, frozen=True):
    """Files that are no pages: all their paths, the files made again with the reasons, and the files that were only touched."""

    paths: list[str]
    reasons: list[tuple[str, str]]
    touched: list[tuple[str, bytes]]

    def with_more(self, more: "Renewed") -> "Renewed":
        """Return these files together with others."""
        return Renewed([*self.paths, *more.paths], [*self.reasons, *more.reasons], [*self.touched, *more.touched])


def load_templates(job: Job) -> None:
    """Load all templates. Mistakes in templates and in static files are reported by the update."""
    with contextlib.suppress(AssetError, PluginError):
        setup, _ = _dress(job, describe_site(job.config, job.plugins))
        renderer_for(setup, job.cache).load()


def update_site(job: Job, cards: Iterable[Card], around: Surroundings, memory: Memory, altered: Altered) -> Updated:
    """Update the output folder. If it raises OSError or ForeignFileError, the site is as it was, unless it is UndoError."""
    arranged = arrange(job.folder, job.config, cards, around, job.plugins, memory.lock)
    is_first = job.cache.fact(EPOCH) is None
    with indexing(job, arranged.archive, arranged.site, is_first=is_first) as index:
        return _update(job, arranged, index, memory, altered)


def _update(job: Job, arranged: ProjectArrangement, index: SiteIndex, memory: Memory, altered: Altered) -> Updated:
    kinship = job.cache.fact(KINSHIP) or b""
    layout = plan_pages(arranged, kinship)
    renewed = memory if job.drafts else renew_memory(memory, layout.lock)
    if job.frozen and renewed is not memory:
        return _refused(memory, *layout.findings, _frozen(memory.lock, layout.lock))
    try:
        setup, assets = _dress(job, layout.site)
    except AssetError as error:
        mistake = Diagnostic(job.config.templates, 0, 0, "template", str(error), error.hint)
        return _refused(memory, *layout.findings, mistake)
    public, clashes = _settle_public(job, layout, assets)
    pictures = _want_pictures(job, layout, public)
    findings = (*layout.findings, *clashes, *find_picture_problems(job.config, pictures, job.fonts))
    epoch = frame_epoch(job.epoch, layout.site)
    index.prepare()
    job.output.open_stage()
    former = Former(job.cache.output_fingerprints(), altered())
    parts = parts_of(job, layout.site) if job.cache.fact(EPOCH) != epoch else {}
    if parts and job.explain:
        former = structs.replace(former, difference=explain_difference(job.cache.fact(PARTS), parts))
    pages = [WantedPage(page, routes.file_of(page.path), epoch) for page in layout.pages if page.path not in public]
    stale_pages = _find_stale(job, pages, former)
    stale_pictures = _find_stale(job, pictures, former)
    if stale_pictures.files and (problem := missing_pillow()):
        return _refused(memory, *findings, problem)
    job.cache.commit()  # so that workers see all texts
    mistakes: list[Diagnostic] = []
    with _render(job, setup, stale_pages.files) as rendered:
        # A first index is built here while other processes render.
        wanted = chain(
            _want_assets(assets),
            _want_index(index, former),
            _want_public(job, public),
            _want_named(layout.files),
        )
        others = _renew_others(job, wanted, former)
        watched = _watch(job, rendered, len(stale_pages.files))
        job.cache.save_outputs(_take_up(job, stale_pages.files, watched, mistakes))
    if mistakes:
        job.cache.rollback()
        return _refused(memory, *findings, *dict.fromkeys(mistakes))
    _draw(job, stale_pictures.files)
    drawn = Renewed([picture.path for picture in pictures], [*stale_pictures.explain()], stale_pictures.touched)
    others = others.with_more(drawn)
    paths = [page.path for page in pages]
    if routes.WORKER not in public:
        others = others.with_more(_renew_worker(job, layout, [*paths, *others.paths], former))
    published = job.output.publish(chain(paths, others.paths))
    with keeping(job.cache) as forgotten:
        job.cache.drop_outputs(published.removed)
        job.cache.restamp_outputs((path, job.output.stamp(path)) for path in published.moved)
        job.cache.restamp_outputs((*stale_pages.touched, *others.touched))
        job.cache.save_fact(EPOCH, epoch)
        if layout.kinship != kinship:
            job.cache.save_fact(KINSHIP, layout.kinship)
        if parts:
            job.cache.save_fact(PARTS, encode_parts(parts))
    return Updated(
        files=len(pages) + len(others.paths),
        written=job.output.staged,
        removed=len(published.removed),
        findings=(*findings, *forgotten),
        reasons=(*stale_pages.explain(), *others.reasons) if job.explain else (),
        published=True,
        remembered=not forgotten,
        memory=renewed,
        changes=layout.changes,
        remark="\n".join(_remark(memory, renewed)),
    )


def _remark(former: Memory, now: Memory) -> Iterator[str]:
    """Yield what the author has to know about the change of `digest.lock`."""
    if now is not former and not is_in_order(former):
        yield REMARK
    if now.lock.site and not former.lock.site:
        yield f"feed readers know the site as `{now.lock.site}` from now on, also if its address changes"


def _dress(job: Job, site: Site) -> tuple[RenderSetup, Mapping[str, Asset]]:
    """Return everything that rendering needs, and the static files; raises AssetError."""
    assets = hash_assets(job.theme)
    return set_up(site, job.config.utc_offset, job.theme, assets, job.plugins), assets


def _want_assets(assets: Mapping[str, Asset]) -> Iterator[WantedFile]:
    for asset in assets.values():
        yield WantedFile(asset.path, hash_bytes(asset.content), content=asset.content)


def _want_named(files: Mapping[str, str]) -> Iterator[WantedFile]:
    """Yield the files that notes name; each path holds a hash of the bytes."""
    for path, source in files.items():
        yield WantedFile(path, hash_bytes(path.encode()), named=source)


def _want_public(job: Job, public: Mapping[str, PublicFile]) -> Iterator[WantedFile]:
    for path, file in public.items():
        yield WantedFile(path, file.fingerprint, source=file.source)


def _settle_public(
    job: Job, layout: Layout, assets: Mapping[str, Asset]
) -> tuple[Mapping[str, PublicFile], tuple[Diagnostic, ...]]:
    if not job.public.files:
        return {}, ()
    pages = {page.path: page for page in layout.pages}
    static = {asset.path: asset for asset in assets.values()}
    search = job.config.search.enabled
    return settle_public(job.public, lambda path: describe_place(path, pages.get(path), static, search=search))


def _renew_others(job: Job, wanted: Iterable[WantedFile], former: Former) -> Renewed:
    """Stage the stale files that are no pages, and release their bytes."""
    files = sorted(wanted, key=lambda file: file.path)
    stale = _find_stale(job, files, former)
    job.cache.save_outputs(_take_up(job, stale.files, _put_all(job, stale.files), []))
    reasons = list(stale.explain()) if job.explain else []
    return Renewed([file.path for file in files], reasons, stale.touched)


def _want_pictures(job: Job, layout: Layout, public: Mapping[str, PublicFile]) -> list[WantedPicture]:
    """Return the card images of the site, but those that the author has made."""
    ui = strings_with(job.plugins, layout.site.language)
    wanted = want_pictures(layout.site, layout.archive, ui, job.fonts)
    return [picture for picture in wanted if picture.path not in public]


def _draw(job: Job, stale: list[WantedPicture]) -> None:
    """Draw card images into the staging directory."""
    with job.workers.map(drawing(job.fonts, job.output.stage), stale, size=PICTURES, least=PICTURES_FROM) as drawn:
        job.cache.save_outputs(_take_up(job, stale, drawn, []))


def _renew_worker(job: Job, layout: Layout, paths: list[str], former: Former) -> Renewed:
    """Stage the service worker, if it is another one. It names the hashes of other files, so all of them must have been made."""
    newest = layout.archive.days[: -job.config.home_days - 1 : -1]
    days = [routes.day(day.date) for day in newest]
    content = write_worker(layout.site, job.theme, paths, days, job.cache.output_hash)
    return _renew_others(job, [WantedFile(routes.WORKER, hash_bytes(content), content=content)], former)


def _want_index(index: SiteIndex, former: Former) -> Iterator[WantedFile]:
    files = index.write(lambda path: path in former.fingerprints and path not in former.altered)
    if files is None:
        return
    for path in files.kept:
        yield WantedFile(path, former.fingerprints[path])
    for path, digest in files.fragments.items():
        yield WantedFile(path, digest)
    for path, content in files.files.items():
        yield WantedFile(path, hash_bytes(content), content=content)


def _find_stale(job: Job, wanted: Iterable[Wanted], former: Former) -> Stale[Wanted]:
    """Find the files that have to be made again, with the reasons, and the files that were only touched."""
    stale: Stale[Wanted] = Stale([], [], [])
    for file in wanted:
        path = file.path
        known, stamp, reason = former.fingerprints.get(path), former.altered.get(path), ""
        if known is None:
            reason = "it is new"
        elif known != file.fingerprint:
            reason = former.difference
        elif stamp is not None:
            if not stamp:
                reason = "the file is gone"
            elif job.output.hash(path) != job.cache.output_hash(path):
                reason = "the file was altered"
            else:
                stale.touched.append((path, stamp))
        if reason:
            stale.files.append(file)
            stale.reasons.append(reason)
    return stale


def _take_up(
    job: Job, files: Iterable[Wanted], results: Iterable[Put | Diagnostic], mistakes: list[Diagnostic]
) -> Iterator[tuple[str, CachedOutput]]:
    """Count the staged files and yield the cache row of each file; collect mistakes in their list."""
    for file, result in zip(files, results, strict=True):
        if isinstance(result, Diagnostic):
            mistakes.append(result)
            continue
        path = file.path
        if result.staged:
            job.output.staged += 1
        if result.items:
            job.cache.save_fact(ITEMS + path, result.items)
        yield path, CachedOutput(file.fingerprint, result.stamp, result.hash)


@contextlib.contextmanager
def _render(job: Job, setup: RenderSetup, stale: Iterable[WantedPage]) -> Iterator[Iterator[Put | Diagnostic]]:
    """Render pages into the staging directory, in order. A page whose template has a mistake yields the mistake instead.

    Pages of the whole digest are made here, one item after the other, while workers make the others: a worker would have to be sent
    every text.
    """
    pages = [file.page for file in stale]
    if pages:
        renderer_for(setup, job.cache).load()  # so that forked workers have all templates
    stage, page_types = job.output.stage, setup.page_types
    keep = partial(stage_page, stage, setup, job.cache)
    task = rendering(setup, job.cache, keep)
    others = [page for page in pages if not page_types.of(page).whole_digest]
    with job.workers.map(task, others, size=BATCH, least=PARALLEL_FROM, ahead=AHEAD, beside=True) as rendered:
        yield (
            keep(page, render_here(setup, job.cache, page)) if page_types.of(page).whole_digest else next(rendered)
            for page in pages
        )


def _put_all(job: Job, files: Iterable[WantedFile]) -> Iterator[Put]:
    """Stage files that are no pages."""
    for file in files:
        if file.source:
            yield job.output.stage.put(file.path, read_chunks(job.folder, file.source))
        elif file.named:
            yield job.output.stage.put(file.path, read_published(file.named))
        else:
            content = job.cache.raw_fragment(file.fingerprint) if file.content is None else file.content
            yield job.output.stage.put(file.path, content)


def _watch(job: Job, rendered: Iterable[Put | Diagnostic], total: int) -> Iterator[Put | Diagnostic]:
    for number, result in enumerate(rendered):
        if number % BATCH == 0:
            job.progress("render", number, total)
        yield result


def _refused(memory: Memory, *findings: Diagnostic) -> Updated:
    return Updated(files=0, written=0, removed=0, findings=findings, reasons=(), published=False, memory=memory)


def _frozen(former: Lock, now: Lock) -> Diagnostic:
    message = f"the build would change this file: {describe_changes(former, now)}"
    hint = "build without `--frozen` and commit the file; the site is as it was"
    return Diagnostic(LOCK_FILE, 0, 0, "lock-differs", message, hint)
