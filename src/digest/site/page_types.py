"""The contract of a page type, and the collection of a site's page types.

A page type is one module in `pages/`: a recipe, a view, and functions from values to values. There is nothing to register: a
site's page types are a tuple, so a site can have more of them than `pages.PAGE_TYPES` lists.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import islice, pairwise
from operator import attrgetter
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from ..addresses.old import OldAddress
from ..archive.archive import Archive, Record
from ..languages.strings import Strings
from ..redirects import can_be_copy, path_of_target
from . import routes
from .arrangement import Arrangement
from .items import Items
from .parts import Parts
from .recipes import Page, Recipe
from .views import MenuLink

R = TypeVar("R", bound=Recipe)

Listed = tuple[str, dt.date | None]
"""A page in the sitemap: its path and the date of its last change, if that is known."""


class Template(Struct, frozen=True):
    """A view and the name of the template that renders it."""

    name: str
    view: Struct


Composed = Template | bytes | Items
"""What a page is made from: a view for a template or, without a template, its bytes, as items if there are many."""


class MenuEntry(Struct, frozen=True):
    """A link to a page from the frame of every page.

    `section` is the name by which templates say which part of the site they belong to (`{% set section = "tags" %}`).
    `label` takes the link's text from the words of the interface. `is_shown` returns False for an archive whose site has
    no such page. A page that `lists_notes` has no link on a site that consists of the author's own pages.
    """

    menu: Literal["masthead", "footer"]
    section: str
    path: str
    label: Callable[[Strings], str]
    is_shown: Callable[[Archive], bool] | None = None
    lists_notes: bool = False


def _no_pages(_arrangement: Arrangement) -> Iterable[Page]:
    return ()


def _no_texts(_recipe: Any) -> tuple[Record, ...]:
    return ()


def _unknown_date(_recipe: Any) -> dt.date | None:
    return None


class SamePathError(ValueError):
    """Two page types plan a page at the same path; the message names the path and both."""


class PageType(Struct, Generic[R], frozen=True, kw_only=True):
    """All that the site knows about one type of page.

    Functions are best defined at the top of their module, where other processes find them by name.
    """

    recipe: type[R]
    """The class of this type's recipes. No other page type has it."""
    paths: str | None
    """A regular expression for the whole path of this type's pages. No path matches those of two page types.

    None stands for any path: the author's own pages may have every path that matches no other type's, and old addresses may
    have the path of any page that is gone.
    """
    compose: Callable[[Parts, str, R], Composed]
    """Turn a path and a recipe into a view, using nothing else of the archive."""
    plan: Callable[[Arrangement], Iterable[Page]] = _no_pages
    """Yield all pages of this type, in any order. Planning reads no text."""
    plan_listing: Callable[[Arrangement, Iterator[Listed]], Iterable[Page]] | None = None
    """Yield the pages that list the site's other pages, given as items of the sitemap."""
    find: Callable[[Arrangement, str], Iterable[Page]] | None = None
    """Yield the page at a path that matches `paths`, if there is one. Other pages of this type may come with it.

    A preview calls this for each page that it shows. Without it, the preview plans all pages of this type.
    """
    samples: Callable[[Arrangement], Iterable[Page]] | None = None
    """Yield a few pages on which a preview tries a new theme. The default is the first planned page."""
    texts: Callable[[R], tuple[Record, ...]] = _no_texts
    """Return the entries whose whole text a page shows."""
    gives_way: bool = False
    """Whether a page stays out if another type has a page at its path, as old addresses do."""
    whole_digest: bool = False
    """Whether a page shows the text of every entry. Such pages are rendered first, in the main process."""
    in_sitemap: bool = False
    changed: Callable[[R], dt.date | None] = _unknown_date
    """Return the date that the sitemap gives as a page's last change, or None."""
    menu: MenuEntry | None = None


class PageTypes(Struct, frozen=True, dict=True, cache_hash=True):
    """The page types of a site, in the order of its menus."""

    types: tuple[PageType[Any], ...]

    @cached_property
    def _by_recipe(self) -> dict[type[Recipe], PageType[Any]]:
        return {page_type.recipe: page_type for page_type in self.types}

    def of(self, page: Page) -> PageType[Any]:
        """Return a page's type."""
        return self._by_recipe[type(page.recipe)]

    def plan(self, arrangement: Arrangement) -> tuple[Page, ...]:
        """Plan all pages of the site.

        Pages that show every text come first, since they take longest: other processes render the rest meanwhile. The
        rest is sorted by path, which puts a day, its entries and their Markdown side by side: they share texts. Raises
        SamePathError if two page types plan a page at the same path.
        """
        first: list[Page] = []
        rest: list[Page] = []
        giving_way: list[Page] = []
        for page_type in self.types:
            pages = first if page_type.whole_digest else giving_way if page_type.gives_way else rest
            pages.extend(page_type.plan(arrangement))
        if arrangement.old_addresses:
            giving_way += self._plan_copies(arrangement, rest)
            # On a system that ignores case, two paths that differ only in it are one file.
            taken = {page.path.casefold() for page in (*first, *rest)}
            rest += (page for page in giving_way if page.path.casefold() not in taken)
        rest.sort(key=attrgetter("path"))
        for page, other in pairwise(rest):
            if page.path == other.path:
                names = sorted(type(twin.recipe).__name__ for twin in (page, other))
                raise SamePathError(f"two page types plan a page at `{page.path}`: those of {' and '.join(names)}")
        return (*first, *rest, *self._plan_listings(arrangement, rest))

    def find(self, arrangement: Arrangement, path: str) -> Page | None:
        """Return the page at a path, planning as few other pages as possible."""
        if page := self.find_present(arrangement, path):
            return page
        folded = path.casefold()
        is_free = folded == path or self.find_present(arrangement, folded) is None
        if not is_free:
            return None
        return self._find(arrangement, path, self._giving_way) or self._find_copy(arrangement, path)

    def find_present(self, arrangement: Arrangement, path: str) -> Page | None:
        """Return the page at a path, unless it is that of an old address."""
        return self._find(arrangement, path, self._types_at(path))

    def _find(self, arrangement: Arrangement, path: str, types: Iterable[PageType[Any]]) -> Page | None:
        planned = (page for page_type in types for page in self._plan_around(page_type, arrangement, path))
        return next((page for page in planned if page.path == path), None)

    def _plan_copies(self, arrangement: Arrangement, pages: Iterable[Page]) -> Iterator[Page]:
        """Yield copies of files for old addresses where no page can lie: a feed reader asks for the feed of a renamed tag."""
        olds = [old for old in arrangement.old_addresses if can_be_copy(old.path, old.target)]
        by_path = {page.path: page for page in pages} if olds else {}
        for old in olds:
            if copy := self._copy(arrangement, old, by_path.get):
                yield copy

    def _find_copy(self, arrangement: Arrangement, path: str) -> Page | None:
        old = arrangement.old_by_path.get(path)
        return self._copy(arrangement, old, partial(self.find_present, arrangement)) if old else None

    def _copy(self, arrangement: Arrangement, old: OldAddress, find: Callable[[str], Page | None]) -> Page | None:
        if not can_be_copy(old.path, old.target) or old.path in arrangement.led_by_host:
            return None
        page = find(path_of_target(old.target or ""))
        return Page(old.path, page.recipe) if page and not self.of(page).whole_digest else None

    def is_reserved(self, path: str) -> bool:
        """Return True if a path can be that of a page which the site itself makes, now or later."""
        return any(re.fullmatch(page_type.paths, path) for page_type in self.types if page_type.paths is not None)

    def samples(self, arrangement: Arrangement) -> tuple[Page, ...]:
        """Return a few pages of every type, except pages of the whole digest, on which to try a new theme."""
        pages = [page for page_type in self.types for page in _samples(page_type, arrangement)]
        return (*pages, *self._plan_listings(arrangement, pages))

    def compose(self, parts: Parts, page: Page) -> Composed:
        """Return what a page is rendered from."""
        return self._by_recipe[type(page.recipe)].compose(parts, page.path, page.recipe)

    def texts(self, page: Page) -> tuple[Record, ...]:
        """Return the entries whose whole text a page shows."""
        return self.of(page).texts(page.recipe)

    def menu(
        self, name: Literal["masthead", "footer"], ui: Strings, root: str, archive: Archive | None = None
    ) -> tuple[MenuLink, ...]:
        """Return the links of one of the frame's menus. `root` is the path of the home page.

        Without an archive, they are those that every site has.
        """
        is_empty = archive is not None and bool(archive.pages) and not (archive.days or archive.undated)
        entries = (each.menu for each in self.types if each.menu and not (is_empty and each.menu.lists_notes))
        return tuple(
            MenuLink(entry.section, entry.label(ui), routes.address(root, entry.path))
            for entry in entries
            if entry.menu == name and (not entry.is_shown or (archive and entry.is_shown(archive)))
        )

    @cached_property
    def _giving_way(self) -> tuple[PageType[Any], ...]:
        return tuple(page_type for page_type in self.types if page_type.gives_way)

    @cached_property
    def _anywhere(self) -> tuple[PageType[Any], ...]:
        return tuple(page_type for page_type in self.types if page_type.paths is None and not page_type.gives_way)

    def _types_at(self, path: str) -> tuple[PageType[Any], ...]:
        """Return the type whose paths a path matches or else the types that may have any. The home page may be of either."""
        for page_type in self.types:
            if page_type.paths is not None and re.fullmatch(page_type.paths, path):
                return (page_type, *self._anywhere) if path == routes.HOME else (page_type,)
        return self._anywhere

    def _plan_around(self, page_type: PageType[Any], arrangement: Arrangement, path: str) -> Iterable[Page]:
        if page_type.find:
            return page_type.find(arrangement, path)
        if page_type.plan_listing:
            return page_type.plan_listing(arrangement, self._listed(self._plan_listed(arrangement)))
        return page_type.plan(arrangement)

    def _plan_listed(self, arrangement: Arrangement) -> list[Page]:
        pages = [page for page_type in self.types if page_type.in_sitemap for page in page_type.plan(arrangement)]
        return sorted(pages, key=attrgetter("path"))

    def _plan_listings(self, arrangement: Arrangement, pages: list[Page]) -> Iterator[Page]:
        for page_type in self.types:
            if page_type.plan_listing:
                yield from page_type.plan_listing(arrangement, self._listed(pages))

    def _listed(self, pages: Iterable[Page]) -> Iterator[Listed]:
        for page in pages:
            page_type = self.of(page)
            if page_type.in_sitemap:
                yield page.path, page_type.changed(page.recipe)


def _samples(page_type: PageType[Any], arrangement: Arrangement) -> Iterable[Page]:
    if page_type.samples:
        return page_type.samples(arrangement)
    return () if page_type.whole_digest else islice(page_type.plan(arrangement), 1)
