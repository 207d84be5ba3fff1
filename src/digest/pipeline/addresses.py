"""An address of the site, as an author writes it in a link -> what the site has there."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cached_property
from urllib.parse import unquote

from ..archive.archive import Record
from ..archive.references import References, SiteFile, SitePage, Target
from ..model import Reference
from ..plugins.found import PluginError
from ..site import routes
from ..site.arrangement import Arrangement, days_around
from ..site.assets import Asset
from ..site.page_types import PageTypes
from ..site.theme import STATIC

FindFile = Callable[[str], str]
"""A function from a site path to that of the file there, or an empty string."""

_DAY = re.compile(r"\d{4}/\d\d/\d\d/")
_ENTRY = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/")
_DAY_LENGTH = len("2024/03/19/")
_UNLINKED = References({}, {}, {}, {}, ())


class _Unlinked(Arrangement, frozen=True, dict=True):
    """An arrangement whose entries refer to nothing. It has the same pages, and planning one asks for no reference."""

    @cached_property
    def references(self) -> References:
        return _UNLINKED


class Addresses:
    """Finds what a site has at an address. Nothing is planned until the first one is looked up.

    `is_old` returns True for an address that the site once had and that leads on.
    """

    def __init__(
        self, arrangement: Arrangement, page_types: PageTypes, find_file: FindFile, is_old: Callable[[str], bool]
    ) -> None:
        site = arrangement.site
        self.base_url = site.url
        self._root = site.root
        self._archive = arrangement.archive
        self._page_types = page_types
        self._find_file = find_file
        self._is_old = is_old
        self._unlinked = _Unlinked(*(getattr(arrangement, name) for name in _Unlinked.__struct_fields__))
        self._found: dict[Reference, Target | None] = {}
        self._pages: dict[str, bool] = {}
        self._days: dict[str, Mapping[str, Record]] = {}

    def find(self, reference: Reference) -> Target | None:
        """Return what the site has at an address, or None. Its target begins with `/` or with the base URL."""
        if reference not in self._found:
            self._found[reference] = self._look_up(reference)
        return self._found[reference]

    def _look_up(self, reference: Reference) -> Target | None:
        written, mark, query = reference.target.partition("?")
        for path in self.paths(written):
            if record := self._record(path):
                return record
            if self._has_page(path):
                return SitePage(path, mark + query, self._part(path, reference.part))
            if file := self._find_file(path):
                return SiteFile(file)
            if self._is_old(path):
                return SitePage(path, mark + query, reference.part)
        return None

    def paths(self, address: str) -> Iterator[str]:
        """Yield the site paths that an address may mean, the likeliest first.

        Below a base path such as `/repo/`, authors write addresses with and without it; and some leave out the last `/`.
        """
        if self.base_url and address.startswith(self.base_url):
            paths = [address.removeprefix(self.base_url)]
        else:
            paths = [address.lstrip("/")]
            if address.startswith(self._root):
                paths.insert(0, address.removeprefix(self._root))
        for written in dict.fromkeys(paths):
            path = unicodedata.normalize("NFC", unquote(written))
            if f"/{path}".endswith("/index.html"):
                path = path.removesuffix("index.html")
            yield path
            if path and not path.endswith("/"):
                yield f"{path}/"

    def _part(self, path: str, part: str) -> str:
        """Return a part of a page unless the page is a day's and has neither such an entry nor a heading of one (`grok-1:method`).

        The ids of other pages are in their templates, so they are not known here.
        """
        match = _DAY.fullmatch(path)
        if not match or part == "top":
            return part
        slug, _, anchor = part.partition(":")
        entry = self._entries_of(path).get(f"{path}{slug}/")
        return part if entry and (not anchor or anchor in entry.card.anchors) else ""

    def path_of(self, address: str) -> str:
        """Return the site path that an address most likely means."""
        return next(self.paths(address.partition("?")[0]))

    def lasting(self) -> Iterator[str]:
        """Yield the paths of the pages that no entry has, except those of dates: tags, kinds and lists."""
        for path in (
            routes.ARCHIVE,
            routes.TAGS,
            routes.KINDS,
            routes.SEARCH,
            routes.NOTES,
            routes.FEED,
            routes.JSON_FEED,
        ):
            if self._has_page(path):
                yield path
        for tag in self._archive.tags.values():
            yield routes.tag(tag.name.slug)
        for kind in self._archive.kinds:
            yield routes.kind(kind)

    def _record(self, path: str) -> Record | None:
        match = _ENTRY.fullmatch(path)
        if match is None:
            return self._undated.get(path)
        return self._entries_of(path[:_DAY_LENGTH]).get(path)

    def _entries_of(self, day: str) -> Mapping[str, Record]:
        """Return the entries of a day by site path; the day is given by its own path."""
        if day not in self._days:
            around = days_around(self._archive, *day.strip("/").split("/"))
            self._days[day] = {routes.path_of(record): record for each in around for record in each.records}
        return self._days[day]

    @cached_property
    def _undated(self) -> Mapping[str, Record]:
        """The author's own pages and the notes without a date by site path."""
        return {routes.path_of(record): record for record in (*self._archive.pages, *self._archive.undated)}

    def _has_page(self, path: str) -> bool:
        if path not in self._pages:
            try:
                self._pages[path] = self._page_types.find(self._unlinked, path) is not None
            except PluginError:
                self._pages[path] = False  # planning all pages reports it
        return self._pages[path]


def file_finder(
    named: Callable[[], Set[str]],
    public: Set[str],
    static: Callable[[], Mapping[str, Asset]],
    *,
    search: bool,
) -> FindFile:
    """Return a function from a site path to that of the file, which is no page, or an empty string if there is none.

    `named` are the site paths of the files that notes name, `public` are the files that are copied as they are, and `static`
    are those of the theme by name: authors write `/static/logo.svg`, though the site has a hash in the name. Of the search
    index, only the file that leads to the others has a lasting address.
    """

    def find_file(path: str) -> str:
        if routes.file_of(path) in public or (search and path == routes.SEARCH_INDEX):
            return path
        if path.startswith(routes.FILES):
            return path if path in named() else ""
        if not path.startswith(STATIC):
            return ""
        assets = static()
        asset = assets.get(path.removeprefix(STATIC))
        return asset.path if asset else path * any(path == each.path for each in assets.values())

    return find_file
