"""Cards -> the layout of the site: the archive, every page, and what is wrong beyond single notes."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct

from .. import __version__
from ..archive.archive import Archive, Record, build_archive
from ..archive.references import References, find_references
from ..archive.related import Neighbourhood
from ..archive.renewal import renew_archive
from ..config import Config
from ..diagnostics import Diagnostic
from ..model import KINDS, Card
from ..site import routes
from ..site.languages import strings_for
from ..site.lookup import SiteMap
from ..site.plan import Limits, plan_pages
from ..site.recipes import Page
from ..site.views import Kind, Places, Site
from .locate import locate_wikilinks


class Arrangement(Struct, frozen=True, dict=True):
    """The archive, and what it takes to see the whole of it for, which is found out when it is asked for."""

    folder: Path
    site: Site
    archive: Archive
    limits: Limits
    collisions: tuple[Diagnostic, ...]

    @cached_property
    def references(self) -> References:
        """What refers to what."""
        return find_references(self.archive)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """The problems beyond single notes."""
        return (*self.collisions, *locate_wikilinks(self.folder, self.references.broken))

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        return Neighbourhood(self.archive)

    def related(self, record: Record) -> tuple[Record, ...]:
        """Return the entries near one, without those that its page shows anyway."""
        found = (self.references.mentions, self.references.mentioned_by, self.references.same)
        shown = chain.from_iterable(records.get(record.id, ()) for records in found)
        return self._neighbourhood.related(record, shown)


class Layout(Struct, frozen=True):
    """All that the site will be, before any text is read; `findings` are problems beyond single notes."""

    site: Site
    archive: Archive
    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]


def arrange(folder: Path, config: Config, cards: Iterable[Card]) -> Arrangement:
    """Put all entries in their order."""
    site = describe_site(config)
    archive, collisions = build_archive(cards, config.aliases, [kind.name for kind in site.kinds])
    limits = Limits(config.home_days, config.per_page, config.feed_entries)
    return Arrangement(folder, site, archive, limits, collisions)


def rearrange(former: Arrangement, config: Config, gone: Sequence[Card], come: Sequence[Card]) -> Arrangement:
    """Go on from a former arrangement of the same settings; those who are `gone` are the very cards that it has."""
    kinds = [kind.name for kind in former.site.kinds]
    archive, collisions = renew_archive(former.archive, gone, come, config.aliases, kinds)
    return Arrangement(former.folder, former.site, archive, former.limits, collisions)


def lay_out(folder: Path, config: Config, cards: Iterable[Card]) -> Layout:
    """Arrange the archive and plan all pages."""
    arranged = arrange(folder, config, cards)
    pages = plan_pages(
        arranged.archive,
        arranged.references,
        arranged.related,
        arranged.limits,
        search=config.search.enabled,
        sitemap=bool(config.base_url),
    )
    return Layout(arranged.site, arranged.archive, pages, arranged.findings)


def look_up(arranged: Arrangement, *, search: bool) -> SiteMap:
    """Return the pages of an arrangement by their path, planned when they are asked for."""
    return SiteMap(
        arranged.archive,
        lambda: arranged.references,
        arranged.related,
        arranged.limits,
        search=search,
        sitemap=bool(arranged.site.url),
    )


def describe_site(config: Config) -> Site:
    """Return the settings as templates see them."""
    ui = strings_for(config.language)
    root = config.root
    names = [*KINDS, *(name for name in config.kinds if name not in KINDS)]
    labels = {name: settings.label for name, settings in config.kinds.items()}
    return Site(
        title=config.title or ui.site_title,
        description=config.description,
        author=config.author,
        language=config.language,
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
        search=config.search.enabled,
        generator=f"digest {__version__}",
    )
