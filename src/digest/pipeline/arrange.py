"""Cards -> the plan of the site: the archive, every page, and the problems beyond single notes."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct, structs

from .. import __version__
from ..archive.archive import Archive, build_archive
from ..archive.far_dates import find_far_days
from ..archive.renewal import renew_archive
from ..config import Config
from ..diagnostics import Diagnostic
from ..languages import strings_for
from ..languages.strings import Strings
from ..model import KINDS, Card
from ..plugins.found import NONE, PluginError, Plugins
from ..site import routes
from ..site.arrangement import Arrangement, Limits
from ..site.page_types import PageTypes, SamePathError
from ..site.pages import PAGE_TYPES
from ..site.recipes import Page
from ..site.views import Kind, Places, Site
from .locate import locate_far_days, locate_wikilinks

PAGES = PageTypes(PAGE_TYPES)
"""The page types of every site."""


@lru_cache(maxsize=1)
def page_types_of(plugins: Plugins) -> PageTypes:
    """Return the page types of a site with plugins; raises PluginError."""
    return PageTypes((*PAGE_TYPES, *plugins.added.page_types)) if plugins.names else PAGES


class ProjectArrangement(Arrangement, frozen=True, dict=True, kw_only=True):
    """The arrangement of a project's notes. `collisions` are entries and tags that wanted the same address."""

    folder: Path
    collisions: tuple[Diagnostic, ...]

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """The problems beyond single notes, found when they are first asked for."""
        far = locate_far_days(self.folder, find_far_days(self.archive.days))
        return (*self.collisions, *locate_wikilinks(self.folder, self.references.broken), *far)


class Layout(Struct, frozen=True):
    """All that the site will be, before any text is read. `findings` are problems beyond single notes."""

    site: Site
    archive: Archive
    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]


def arrange(folder: Path, config: Config, cards: Iterable[Card], plugins: Plugins = NONE) -> ProjectArrangement:
    """Put all entries in order and give each its address."""
    site = describe_site(config, plugins)
    archive, collisions = build_archive(cards, config.aliases, [kind.name for kind in site.kinds])
    limits = Limits(config.home_days, config.per_page, config.feed_entries)
    return ProjectArrangement(site, archive, limits, folder=folder, collisions=collisions)


def rearrange(
    former: ProjectArrangement, config: Config, gone: Sequence[Card], come: Sequence[Card]
) -> ProjectArrangement:
    """Update an arrangement of the same settings. The cards that are `gone` are the very objects that it holds."""
    kinds = [kind.name for kind in former.site.kinds]
    archive, collisions = renew_archive(former.archive, gone, come, config.aliases, kinds)
    return ProjectArrangement(former.site, archive, former.limits, folder=former.folder, collisions=collisions)


def lay_out(folder: Path, config: Config, cards: Iterable[Card], plugins: Plugins = NONE) -> Layout:
    """Arrange the archive and plan all pages; raises PluginError."""
    arranged = arrange(folder, config, cards, plugins)
    try:
        pages = page_types_of(plugins).plan(arranged)
    except SamePathError as error:
        hint = "give the page of the plugin another path"
        raise PluginError(Diagnostic("digest.yaml", 0, 0, "plugin", str(error), hint)) from error
    return Layout(arranged.site, arranged.archive, pages, arranged.findings)


def strings_with(plugins: Plugins, language: str) -> Strings:
    """Return the words of the interface in a language, with the words of plugins; raises PluginError."""
    strings = strings_for(language)
    if not plugins.names:
        return strings
    words = plugins.added.words
    return structs.replace(strings, more={**words.get("en", {}), **words.get(language, {})})


def describe_site(config: Config, plugins: Plugins = NONE) -> Site:
    """Return the settings as templates see them; raises PluginError."""
    page_types, ui = page_types_of(plugins), strings_with(plugins, config.language)
    root = config.root
    names = [*KINDS, *(name for name in config.kinds if name not in KINDS)]
    labels = {name: settings.label for name, settings in config.kinds.items()}
    return Site(
        title=config.title or ui.site_title,
        description=config.description,
        author=config.author,
        language=config.language,
        notes_language=config.language_of_notes,
        url=config.base_url,
        root=root,
        kinds=tuple(
            Kind(name, labels.get(name) or ui.kind(name), routes.address(root, routes.kind(name))) for name in names
        ),
        places=Places(
            home=root,
            archive=routes.address(root, routes.ARCHIVE),
            tags=routes.address(root, routes.TAGS),
            kinds=routes.address(root, routes.KINDS),
            search=routes.address(root, routes.SEARCH),
            feed=routes.address(root, routes.FEED),
        ),
        masthead=page_types.menu("masthead", ui, root),
        footer=page_types.menu("footer", ui, root),
        search=config.search.enabled,
        generator=f"digest {__version__}",
    )
