"""Cards -> the layout of the site: the archive, every page, and what is wrong beyond single notes."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from .. import __version__
from ..archive.archive import Archive, build_archive
from ..archive.references import References, find_references
from ..archive.related import find_related
from ..config import Config
from ..diagnostics import Diagnostic
from ..model import KINDS, Card
from ..site import routes
from ..site.plan import Limits, plan_pages
from ..site.recipes import Page
from ..site.strings import strings_for
from ..site.views import Kind, Places, Site
from .locate import locate_wikilinks


class Layout(Struct, frozen=True):
    """All that the site will be, before any text is read; `findings` are problems beyond single notes."""

    site: Site
    archive: Archive
    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]


def lay_out(folder: Path, config: Config, cards: Iterable[Card]) -> Layout:
    """Arrange the archive and plan all pages."""
    site = describe_site(config)
    archive, collisions = build_archive(cards, config.aliases, [kind.name for kind in site.kinds])
    references = find_references(archive)
    pages, doubles = _plan(config, archive, references)
    broken = locate_wikilinks(folder, references.broken)
    return Layout(site, archive, tuple(pages), (*collisions, *doubles, *broken))


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


def _plan(config: Config, archive: Archive, references: References) -> tuple[list[Page], list[Diagnostic]]:
    """Plan all pages; of two with one path the later is left out and reported."""
    shown = {
        record.id: (
            *references.mentions.get(record.id, ()),
            *references.mentioned_by.get(record.id, ()),
            *references.same.get(record.id, ()),
        )
        for record in archive.records
    }
    limits = Limits(config.home_days, config.per_page, config.feed_entries)
    planned = plan_pages(archive, references, find_related(archive, shown), limits, search=config.search.enabled)
    pages: dict[str, Page] = {}
    doubles = []
    for page in planned:
        if page.path in pages:
            message = f"two pages have the address `/{page.path}`; the first one is built"
            hint = "rename one of the tags that lead there"
            doubles.append(Diagnostic(config.notes, 0, 0, "tag-collision", message, hint))
        else:
            pages[page.path] = page
    return list(pages.values()), doubles
