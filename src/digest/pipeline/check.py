"""A project's folder -> its problems, without writing anything."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, structs

from ..addresses.changes import describe_changes
from ..addresses.lock import FILE_NAME as LOCK_FILE
from ..addresses.lock import Lock
from ..config import Config
from ..diagnostics import Diagnostic, printable
from ..model import Card
from ..notes.discover import decode_note
from ..parallel.workers import Workers
from ..plugins.found import PluginError, Plugins, find_plugins
from ..site import routes
from ..site.assets import Asset, AssetError, hash_assets
from ..site.items import Items
from ..site.recipes import Page
from ..site.theme import read_theme, unreadable_theme
from ..store.cache import Cache
from .arrange import Layout, Surroundings, describe_site, lay_out, strings_with
from .build import Project
from .empty import explain_no_entries
from .files import NamedFiles
from .job import Progress
from .lost import holds_lost_entries
from .memory import NO_MEMORY, Memory, read_memory, renew_memory
from .outside import OutsideLinks, ask_outside, find_outside_links, require_urllib3
from .pictures import check_pictures
from .prepare import prepare_note
from .public import PublicFiles, describe_place, find_public, settle_public
from .read import Notebook, note_rules
from .render import BATCH, PARALLEL_FROM, RenderSetup, rendering, set_up

STANDARD_INPUT = "<stdin>"
_HREF = re.compile(rb"""\s(?:href|src)=(?:"([^"]*)"|'([^']*)')""")
_ID = re.compile(rb"""\sid=(?:"([^"]*)"|'([^']*)')""")


class Checked(Struct, frozen=True):
    """The problems of a project and, if they were asked for, the links that lead to other sites."""

    diagnostics: tuple[Diagnostic, ...]
    outside: OutsideLinks = {}


class Found(Struct, frozen=True):
    """The cards that the site shows, the `hidden` drafts, the plugins, a cache with the texts, and what is remembered."""

    cards: list[Card]
    hidden: tuple[Card, ...]
    plugins: Plugins
    cache: Cache
    lock: Lock


def check_all(
    project: Project,
    progress: Progress,
    remark: Callable[[str], None],
    *,
    links: bool,
    external: bool,
    drafts: bool,
    every: bool,
) -> tuple[Diagnostic, ...]:
    """Check a project as `check_project` says and, with `external`, ask other sites for the links to them.

    `remark` is called with each line about what is no problem; with `every`, lists in it are whole. Raises CannotAskError.
    """
    if external:
        require_urllib3()
    checked = check_project(project, progress, links=links, outside=external, drafts=drafts, remark=remark)
    found = project.files.name_all(checked.diagnostics)
    if not external:
        return found
    outcome = ask_outside(project.folder, checked.outside, project.config.links, progress)
    for line in outcome.describe(every=every):
        remark(line)
    return (*found, *outcome.diagnostics)


def check_project(
    project: Project,
    progress: Progress,
    *,
    links: bool = False,
    outside: bool = False,
    drafts: bool = False,
    remark: Callable[[str], None] = lambda _: None,
) -> Checked:
    """Read all notes and arrange the archive.

    With `links`, also render all pages and follow their links. With `outside`, also return the links to other sites. `remark`
    is called with a sentence if a build would change `digest.lock`.
    """
    folder, config = project.folder, project.config
    with TemporaryDirectory() as place, Cache.open(Path(place), "") as cache:
        progress("read", 0, 0)
        try:
            plugins = find_plugins(folder, config.plugins)
            describe_site(config, plugins)
        except PluginError as error:
            return Checked((error.diagnostic,))
        notebook = Notebook(folder, cache, plugins)
        sources = notebook.read(config, Workers(), progress=progress)
        known = notebook.cards()
        cards = [card for card in known if drafts or not card.draft]
        hidden = () if drafts else tuple(card for card in known if card.draft)
        empty: tuple[Diagnostic, ...] = ()
        if sources.complete and all(card.page for card in cards):
            notes = [card for card in known if card.page is None]
            empty = explain_no_entries(folder, config, notebook.paths(), notes, sources.diagnostics, sources.left_out)
        memory, damage = _remembered(project) if sources.complete else (NO_MEMORY, ())
        complete = sources.complete and not holds_lost_entries(sources.diagnostics, known, memory.lock)
        if not complete:
            memory = NO_MEMORY  # it is unknown which entries of a note are gone if it cannot be read
        found = Found(cards, hidden, plugins, cache, memory.lock)
        layout, problems = _check_site(project, found, progress, links=links)
        if layout and complete and not (drafts or damage) and renew_memory(memory, layout.lock) is not memory:
            remark(project.files.name_in(_would_change(memory, layout.lock)))
        of_notes = printable(sources.diagnostics, drafts=drafts)
        return Checked((*empty, *of_notes, *damage, *problems), find_outside_links(cards, cache) if outside else {})


def check_note(project: Project, content: bytes) -> tuple[Diagnostic, ...]:
    """Return the problems that a note has by itself, by its bytes, in the order of their places; raises PluginError.

    The note is called `<stdin>`, so no date is looked for in its name. Links are not followed.
    """
    note = decode_note(STANDARD_INPUT, content)
    if isinstance(note, Diagnostic):
        return (structs.replace(note, hint="write UTF-8"),) if note.code == "undecodable" else (note,)
    plugins = find_plugins(project.folder, project.config.plugins)
    return prepare_note(note, note_rules(project.config), plugins).diagnostics


def _check_site(
    project: Project, found: Found, progress: Progress, *, links: bool
) -> tuple[Layout | None, tuple[Diagnostic, ...]]:
    """Plan all pages, and with `links` follow their links; return the plan, if there is one, and the problems."""
    folder, config, plugins = project.folder, project.config, found.plugins
    try:
        theme = read_theme(folder, config.templates, plugins.templates())
    except OSError as error:
        return None, (unreadable_theme(folder, error),)
    public_files = find_public(folder, config)
    named = NamedFiles(folder, config, found.cache)
    public_paths = public_files.files.keys()
    around = Surroundings(named, lambda: found.hidden, public_paths, theme, project.files.settings)
    try:
        layout = lay_out(folder, config, found.cards, around, plugins, found.lock)
    except PluginError as error:
        return None, (error.diagnostic,)
    findings = (*layout.changes, *layout.findings)
    try:
        assets = hash_assets(theme)
    except AssetError as error:
        mistake = Diagnostic(config.templates, 0, 0, "template", str(error), error.hint)
        return layout, (*findings, mistake)
    public, clashes = _settle_public(public_files, config, layout, assets)
    ui = strings_with(plugins, layout.site.language)
    clashes = (*clashes, *check_pictures(folder, config, layout.site, layout.archive, ui))
    setup = set_up(layout.site, config.utc_offset, theme, assets, plugins)
    files = {*public, *layout.files, *(asset.path for asset in assets.values())}
    try:
        followed = _follow_links(layout, setup, files, found.cache, progress) if links else ()
    except PluginError as error:
        followed = (error.diagnostic,)
    return layout, (*findings, *clashes, *followed)


def _remembered(project: Project) -> tuple[Memory, tuple[Diagnostic, ...]]:
    """Return what `digest.lock` remembers, and the problem with it if there is one."""
    memory = read_memory(project.folder, project.files.lock)
    return (NO_MEMORY, (memory,)) if isinstance(memory, Diagnostic) else (memory, ())


def _would_change(memory: Memory, lock: Lock) -> str:
    """Say what a build would change in `digest.lock`."""
    if memory.content is None:
        return f"a build would write {LOCK_FILE}, which remembers the site's addresses"
    return f"a build would change {LOCK_FILE}: {describe_changes(memory.lock, lock)}"


def _settle_public(
    found: PublicFiles, config: Config, layout: Layout, assets: Mapping[str, Asset]
) -> tuple[Set[str], tuple[Diagnostic, ...]]:
    """Return the public files by their path on the site, and the problems with them."""
    pages = {page.path: page for page in layout.pages}
    static = {asset.path: asset for asset in assets.values()}
    search = config.search.enabled
    files, clashes = settle_public(found, lambda path: describe_place(path, pages.get(path), static, search=search))
    return files.keys(), (*found.problems, *clashes)


def _follow_links(
    layout: Layout, setup: RenderSetup, files: Set[str], cache: Cache, progress: Progress
) -> tuple[Diagnostic, ...]:
    """Render every page and return a diagnostic for each link to a place that the site doesn't have."""
    ids: dict[str, frozenset[str]] = {}
    hrefs: dict[str, tuple[str, ...]] = {}
    mistakes: list[Diagnostic] = []
    pages = [page for page in layout.pages if not setup.page_types.of(page).whole_digest]  # no HTML
    for number, (page, content) in enumerate(_render_all(pages, setup, cache)):
        if number % BATCH == 0:
            progress("check", number, len(pages))
        if isinstance(content, Diagnostic):
            mistakes.append(content)
            continue
        ids[page.path] = frozenset(_attributes(_ID, content)) if b"<html" in content[:200] else frozenset()
        hrefs[page.path] = tuple(dict.fromkeys(_attributes(_HREF, content))) if ids[page.path] else ()
    others = (
        *(page.path for page in layout.pages if setup.page_types.of(page).whole_digest),
        *map(_site_path, files),
    )
    places = {**dict.fromkeys(others), **ids}
    root = layout.site.root
    broken = (
        Diagnostic(
            routes.file_of(path),
            0,
            0,
            "broken-link",
            f"the link `{href}` leads nowhere",
            "mend the link in the template or the note",
        )
        for path, found in hrefs.items()
        for href in found
        if _is_broken(href, path, root, places)
    )
    return (*dict.fromkeys(mistakes), *broken)


def _site_path(file: str) -> str:
    """Return the path by which links lead to a file."""
    return file.removesuffix("index.html") if file.endswith("/index.html") else file


def _render_all(pages: Sequence[Page], setup: RenderSetup, cache: Cache) -> Iterator[tuple[Page, bytes | Diagnostic]]:
    """Render pages; yield each with its bytes or the mistake in its template."""
    cache.commit()  # so that workers see all texts
    task = rendering(setup, cache, _join)
    with Workers().map(task, pages, size=BATCH, least=PARALLEL_FROM) as rendered:
        yield from zip(pages, rendered, strict=True)


def _join(_page: Page, content: bytes | Items | Diagnostic) -> bytes | Diagnostic:
    """Return the bytes of a page that may be rendered as items."""
    return content if isinstance(content, bytes | Diagnostic) else b"".join(content)


def _attributes(pattern: re.Pattern[bytes], html: bytes) -> Iterator[str]:
    for double, single in pattern.findall(html):
        yield unescape((double or single).decode())


def _is_broken(href: str, path: str, root: str, places: Mapping[str, frozenset[str] | None]) -> bool:
    """Return True if a link on the page at `path` leads to no place of the site.

    `places` maps site paths to the ids there. Of a file, such as a PDF document, they are not known.
    """
    address, _, fragment = href.partition("#")
    if not address:
        target = path
    elif address.startswith(root) and not address.startswith("//"):
        target = address.removeprefix(root).partition("?")[0]
    else:
        # Addresses of other sites are not checked. An address on this server outside the site's root is broken.
        return address.startswith("/") and not address.startswith("//")
    if target not in places:
        return True
    known = places[target]
    # `#top` is the top of any page, whether or not something has that id (HTML standard, "indicated part").
    return known is not None and bool(fragment) and fragment != "top" and fragment not in known
