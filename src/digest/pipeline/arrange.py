"""Cards -> the plan of the site: the archive, every page, and the problems that concern several notes."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, structs

from .. import __version__
from ..addresses.changes import explain_changes
from ..addresses.lock import NOTHING, Lock
from ..addresses.old import OldAddress, settle
from ..addresses.recognise import Recognised, recognise
from ..archive.archive import Archive, Record, build_archive
from ..archive.far_dates import find_far_days
from ..archive.kinship import find_kinship
from ..archive.own_pages import address_pages
from ..archive.references import References, find_references
from ..archive.renewal import renew_archive
from ..config import FILE_NAME, Config, locate_keys, locate_redirects, locate_tags
from ..diagnostics import Diagnostic
from ..languages import strings_for
from ..languages.strings import Strings
from ..model import KINDS, Card
from ..plugins.found import NONE, PluginError, Plugins
from ..site import routes
from ..site.arrangement import Arrangement, Limits
from ..site.assets import Asset, AssetError, hash_assets
from ..site.bibliography import CiteKeys, make_keys
from ..site.forwarding import forward
from ..site.page_types import PageTypes, SamePathError
from ..site.pages import PAGE_TYPES
from ..site.policy import write_policy
from ..site.recipes import Page
from ..site.remembering import NO_KEYS, remember
from ..site.views import Cards, Kind, MenuLink, Places, Site
from .addresses import Addresses, file_finder
from .by_hand import ByHand, find_by_hand
from .files import NamedFiles
from .former_names import FormerNames
from .links import diagnose_links
from .locate import locate_far_days
from .public import read_own_redirects
from .tag_names import diagnose_tags, vocabulary_of
from .unused import diagnose_templates, find_unused_settings

PAGES = PageTypes(PAGE_TYPES)
"""The page types of every site."""


@lru_cache(maxsize=1)
def page_types_of(plugins: Plugins) -> PageTypes:
    """Return the page types of a site with plugins; raises PluginError."""
    return PageTypes((*PAGE_TYPES, *plugins.added.page_types)) if plugins.names else PAGES


class Surroundings(Struct, frozen=True):
    """Everything else that links lead to, beside published entries.

    `files` finds the files that notes name, `public` are the paths of the files that are copied as they are, and `theme` has the
    theme's files by name. `drafts` returns the cards that are not published, if a link needs them. `settings` is the name of the
    file with the settings, which name redirects and tags.
    """

    files: NamedFiles
    drafts: Callable[[], Iterable[Card]]
    public: Set[str] = frozenset()
    theme: Mapping[str, bytes] = {}
    settings: str = FILE_NAME

    def beside(self, notes: Mapping[str, tuple[Card, ...]], *, show_drafts: bool) -> "Surroundings":
        """Return the surroundings with the drafts among notes, unless drafts are shown."""
        if show_drafts:
            return structs.replace(self, drafts=tuple)
        return structs.replace(self, drafts=lambda: [card for cards in notes.values() for card in cards if card.draft])

    def static(self) -> Mapping[str, Asset]:
        """Return the theme's static files by name; none if one of them has a mistake, which another stage reports."""
        try:
            return hash_assets(self.theme)
        except AssetError:
            return {}


class ProjectArrangement(Arrangement, frozen=True, dict=True, kw_only=True):
    """The arrangement of a project's notes and pages.

    `collisions` are entries, tags and pages that wanted the same address, `cards` all cards, and `own_cards` those of all pages
    of the author's own, those without an address among them. `recognised` says which of them earlier builds knew. `former_kinship` is
    what the last build remembers of related entries, or None if only a few pages are planned.
    """

    folder: Path
    config: Config
    cards: tuple[Card, ...]
    recognised: Recognised
    collisions: tuple[Diagnostic, ...]
    own_cards: tuple[Card, ...]
    plugins: Plugins
    surroundings: Surroundings
    former_kinship: bytes | None = None

    @cached_property
    def kinship(self) -> tuple[Mapping[str, tuple[Record, ...]], bytes]:
        """The related entries of all entries by id, and what the next build needs to find them again."""
        return find_kinship(self.archive, self._shown_with, self.former_kinship or b"")

    def related(self, record: Record) -> tuple[Record, ...]:
        """Return the related entries of an entry. A build finds those of all entries at once."""
        return super().related(record) if self.former_kinship is None else self.kinship[0][record.id]

    @cached_property
    def references(self) -> References:
        """What entries refer to, files among it."""
        around = self.surroundings
        return find_references(
            self.archive,
            drafts=around.drafts(),
            find_files=around.files.find,
            find_address=self.addresses.find,
            find_former=lambda reference, day: self._former_names.find(reference, day),
            notes_folder=self.notes_folder,
        )

    @cached_property
    def _former_names(self) -> FormerNames:
        """The former names of entries. Only links that name no note ask for them."""
        return FormerNames(self.archive, self.lock)

    @cached_property
    def addresses(self) -> Addresses:
        """What the site has at the addresses that authors write."""
        around = self.surroundings
        find_file = file_finder(
            lambda: around.files.sources.keys(), around.public, around.static, search=self.site.search
        )
        return Addresses(self, page_types_of(self.plugins), find_file, lambda path: path in self._named_paths)

    @cached_property
    def by_hand(self) -> ByHand:
        """The old addresses that the author names."""
        locate = partial(locate_redirects, self.folder, self.surroundings.settings)
        return find_by_hand(self.folder, self.config, self, page_types_of(self.plugins), self._leads_on, locate)

    def _leads_on(self, path: str) -> bool:
        """Return True for a path that has no page of its own and leads somewhere: an address of earlier builds, or a file."""
        return path in self._remembered_paths or path in self.files

    @property
    def files(self) -> Mapping[str, str]:
        """The files that notes name: their paths on disk by site path."""
        return self.surroundings.files.sources if self.references else {}

    @cached_property
    def cite_keys(self) -> CiteKeys:
        """The keys by which bibliographies cite entries: remembered keys, and new ones."""
        held = {name: held.key for name, held in self.recognised.lock.entries.items() if held.key}
        return make_keys(self.site, self.archive, held)

    @cached_property
    def lock(self) -> Lock:
        """What a build leaves in `digest.lock`."""
        return remember(
            self.archive,
            self.recognised,
            self.config.aliases,
            per_page=self.config.per_page,
            site=self.config.kept_name,
            keys=self.cite_keys.keys if self.config.exports else NO_KEYS,
        )

    @cached_property
    def remembered(self) -> tuple[OldAddress, ...]:
        """The addresses that earlier builds gave and the site no longer has."""
        return forward(self.archive, self.lock, self.config.per_page, exports=self.config.exports)

    @cached_property
    def _named_paths(self) -> frozenset[str]:
        """The old addresses that lead on, those among them that the author names even if something is wrong with them.

        Unlike `old_addresses`, they are known before references are led.
        """
        return frozenset((*self._remembered_paths, *(path.lstrip("/") for path in self.config.redirects)))

    @cached_property
    def _remembered_paths(self) -> frozenset[str]:
        return frozenset(old.path for old in self.remembered)

    @cached_property
    def old_addresses(self) -> tuple[OldAddress, ...]:
        """The addresses that the site once had and no longer has, by path. Those that the author names come before others."""
        by_hand = self.by_hand.addresses
        return tuple(settle((*by_hand, *self.remembered), ()).addresses.values()) if by_hand else self.remembered

    @cached_property
    def changes(self) -> tuple[Diagnostic, ...]:
        """What became of entries of the last build that are gone. The next build has nothing to say about them."""
        return explain_changes(self.recognised)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """The problems that concern several notes. They are found when a caller first needs them."""
        far = locate_far_days(self.folder, find_far_days(self.archive.days))
        links = diagnose_links(self.folder, self.archive, self.references, self.addresses, self.config.links.ignore)
        settings, drafts = self.surroundings.settings, self.surroundings.drafts
        tags = diagnose_tags(self.config, self.archive, drafts, partial(locate_tags, self.folder, settings))
        locate = partial(locate_keys, self.folder, settings)
        unused = find_unused_settings(self.folder, self.config, self.cards, drafts, locate)
        templates = diagnose_templates(self.config, self.surroundings.theme, self.plugins)
        return (*self.collisions, *self.by_hand.problems, *links, *far, *tags, *unused, *templates)


class Layout(Struct, frozen=True):
    """The plan of the whole site, made before any text is read.

    `files` maps the site paths of files that notes name to their paths on disk. `findings` are problems that concern several
    notes, `changes` those with entries that are gone, and `lock` is what the build leaves in `digest.lock`. `kinship` is what it
    remembers of related entries.
    """

    site: Site
    archive: Archive
    pages: tuple[Page, ...]
    files: Mapping[str, str]
    findings: tuple[Diagnostic, ...]
    changes: tuple[Diagnostic, ...]
    lock: Lock
    kinship: bytes


def arrange(
    folder: Path,
    config: Config,
    cards: Iterable[Card],
    around: Surroundings,
    plugins: Plugins = NONE,
    lock: Lock = NOTHING,
) -> ProjectArrangement:
    """Put all entries in order and give each, and each page of the author's own, its address."""
    cards = tuple(cards)
    recognised = recognise(cards, lock)
    notes, own_cards = _split(cards)
    made = build_archive(notes, config.aliases, _kinds(config), recognised, vocabulary_of(config))
    return _arrange(folder, config, made, (cards, own_cards, recognised), around, plugins)


def rearrange(
    former: ProjectArrangement, gone: Sequence[Card], come: Sequence[Card], around: Surroundings
) -> ProjectArrangement:
    """Update an arrangement if settings and lock are the same. `gone` must contain the same card objects as the arrangement."""
    config, before = former.config, former.recognised
    left = {id(card) for card in gone}
    still = [card for card in former.cards if id(card) not in left]
    cards = (*still, *come)
    recognised = recognise(cards, before.lock)
    # A card may be another entry now, since the card that was this entry is gone or has come back.
    others = [card for card in still if recognised.ids.get(id(card)) != before.ids.get(id(card))]
    gone_notes, _ = _split((*gone, *others))
    come_notes, _ = _split((*others, *come))
    _, own_cards = _split(cards)
    vocabulary = vocabulary_of(config)
    made = renew_archive(former.archive, gone_notes, come_notes, config.aliases, _kinds(config), recognised, vocabulary)
    return _arrange(former.folder, config, made, (cards, own_cards, recognised), around, former.plugins)


def _arrange(
    folder: Path,
    config: Config,
    made: tuple[Archive, tuple[Diagnostic, ...]],
    known: tuple[tuple[Card, ...], tuple[Card, ...], Recognised],
    around: Surroundings,
    plugins: Plugins,
) -> ProjectArrangement:
    """Complete an archive with the author's own pages; `known` are all cards, those of pages, and which are known."""
    (archive, collisions), (cards, own_cards, recognised) = made, known
    pages, doubles = address_pages(own_cards, page_types_of(plugins).is_reserved, recognised)
    archive = structs.replace(archive, pages=pages)
    return ProjectArrangement(
        site=describe_site(config, plugins, archive, recognised.lock.site),
        archive=archive,
        limits=Limits(config.home_days, config.per_page, config.feed_entries),
        notes_folder=config.notes,
        redirects_file=config.redirects_file,
        own_redirects=read_own_redirects(folder, config),
        folder=folder,
        config=config,
        cards=cards,
        recognised=recognised,
        collisions=(*collisions, *doubles),
        own_cards=own_cards,
        plugins=plugins,
        surroundings=around,
    )


def _split(cards: Iterable[Card]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Split cards into the cards of notes and the cards of the author's own pages."""
    notes: list[Card] = []
    own: list[Card] = []
    for card in cards:
        (own if card.page else notes).append(card)
    return tuple(notes), tuple(own)


def _kinds(config: Config) -> tuple[str, ...]:
    return (*KINDS, *(name for name in config.kinds if name not in KINDS))


def frame_epoch(epoch: bytes, site: Site) -> bytes:
    """Hash an epoch together with the menus and the site's name, which depend on notes, pages and `digest.lock`."""
    varying = msgspec.msgpack.encode((site.masthead, site.footer, site.id))
    return hashlib.blake2b(epoch + varying, digest_size=16).digest()


def lay_out(
    folder: Path,
    config: Config,
    cards: Iterable[Card],
    around: Surroundings,
    plugins: Plugins = NONE,
    lock: Lock = NOTHING,
) -> Layout:
    """Arrange the archive and plan all pages; raises PluginError."""
    return plan_pages(arrange(folder, config, cards, around, plugins, lock))


def plan_pages(arranged: ProjectArrangement, kinship: bytes = b"") -> Layout:
    """Plan all pages of an arrangement; raises PluginError. `kinship` is that of the last build."""
    arranged = structs.replace(arranged, former_kinship=kinship)
    try:
        pages = page_types_of(arranged.plugins).plan(arranged)
    except SamePathError as error:
        hint = "give the page of the plugin another path"
        raise PluginError(Diagnostic("digest.yaml", 0, 0, "plugin", str(error), hint)) from error
    findings, changes, kinship = arranged.findings, arranged.changes, arranged.kinship[1]
    return Layout(arranged.site, arranged.archive, pages, arranged.files, findings, changes, arranged.lock, kinship)


def strings_with(plugins: Plugins, language: str) -> Strings:
    """Return the words of the interface in a language, with the words of plugins; raises PluginError."""
    strings = strings_for(language)
    if not plugins.names:
        return strings
    words = plugins.added.words
    return structs.replace(strings, more={**words.get("en", {}), **words.get(language, {})})


def describe_site(config: Config, plugins: Plugins = NONE, archive: Archive | None = None, name: str = "") -> Site:
    """Return the settings as templates see them; raises PluginError.

    Without an archive, the menus hold the links that every site has. `name` is the name of the site that was kept, if any.
    """
    page_types, ui = page_types_of(plugins), strings_with(plugins, config.language)
    root = config.root
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
            Kind(name, labels.get(name) or ui.kind(name), routes.address(root, routes.kind(name)))
            for name in _kinds(config)
        ),
        places=Places(
            home=root,
            archive=routes.address(root, routes.ARCHIVE),
            tags=routes.address(root, routes.TAGS),
            kinds=routes.address(root, routes.KINDS),
            search=routes.address(root, routes.SEARCH),
            feed=routes.address(root, routes.FEED),
            manifest=routes.address(root, routes.MANIFEST),
            worker=routes.address(root, routes.WORKER),
        ),
        masthead=(*page_types.menu("masthead", ui, root, archive), *_own_links("masthead", root, archive)),
        footer=(*_own_links("footer", root, archive), *page_types.menu("footer", ui, root, archive)),
        search=config.search.enabled,
        exports=config.exports,
        cards=Cards(config.cards.days, config.cards.entries) if config.cards.enabled and config.base_url else None,
        offline=config.offline,
        policy=write_policy(config.csp, with_media=False),
        policy_with_media=write_policy(config.csp, with_media=True),
        generator=f"digest {__version__}",
        id=config.id or name or config.name,
    )


def _own_links(menu: Literal["masthead", "footer"], root: str, archive: Archive | None) -> tuple[MenuLink, ...]:
    """Return the links of a menu to the author's own pages. Their sections are their paths."""
    places = [record.card.page for record in archive.pages if record.card.page] if archive else []
    wanted = sorted((place for place in places if place.menu == menu), key=lambda place: (place.order, place.label))
    return tuple(MenuLink(place.path, place.label, routes.address(root, place.path)) for place in wanted)
