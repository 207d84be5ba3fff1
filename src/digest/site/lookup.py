"""A path -> the page that lies there, planning no more of the site than the few pages around it.

Whoever looks at one page while notes change waits for this. What it finds is what `plan_pages` lists under that path.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from operator import attrgetter

from ..archive.archive import Archive, Day, Record
from ..archive.references import References
from . import routes
from .plan import (
    Limits,
    plan_days,
    plan_entries,
    plan_feeds,
    plan_frame,
    plan_kinds,
    plan_months,
    plan_pages,
    plan_tag,
    plan_tags,
    plan_years,
    years_of,
)
from .recipes import Page

_DAY = re.compile(r"(\d{4})/(\d\d)/(\d\d)/")
_MONTH, _YEAR = re.compile(r"\d{4}/\d\d/"), re.compile(r"\d{4}/")


class SiteMap:
    """The pages of a site by their path; arguments are those of `plan_pages`.

    The `references` are asked for by those pages alone that need them: it takes the whole archive to find them.
    """

    def __init__(
        self,
        archive: Archive,
        references: Callable[[], References],
        related: Callable[[Record], tuple[Record, ...]],
        limits: Limits,
        *,
        search: bool,
        sitemap: bool = True,
    ) -> None:
        self._archive = archive
        self._references = references
        self._related = related
        self._limits = limits
        self._search = search
        self._sitemap = sitemap
        self._found: dict[str, Page | None] = {}

    def page(self, path: str) -> Page | None:
        """Return the page at a path, or nothing where there is none."""
        if path not in self._found:
            near = self._plan_around(path)
            self._found[path] = next((page for page in near if page.path == path), None)
        return self._found[path]

    def samples(self) -> Iterator[Page]:
        """Yield a page of every sort that a template renders."""
        yield from plan_frame(self._archive, self._limits, search=self._search)
        for plan in (plan_years, plan_months):
            yield from list(plan(self._archive))[-1:]
        yield from list(plan_kinds(self._archive, self._limits))[:2]
        yield from plan_feeds(self._archive, self._references(), self._limits)
        if self._archive.days:
            yield from self._plan_day(self._archive.days[-1].date)
        for tag in list(self._archive.tags.values())[:1]:
            yield from plan_tag(self._archive, self._references(), tag, self._limits, years_of(self._archive))
        yield from (page for page in [self.page(routes.TAGS), self.page(routes.SITEMAP)] if page)

    def _plan_around(self, path: str) -> Iterator[Page]:
        archive, references, limits = self._archive, self._references, self._limits
        if day := _DAY.match(path):
            yield from self._plan_day(dt.date(*map(int, day.groups()))) if _exists(day) else ()
        elif _MONTH.match(path):
            yield from plan_months(archive)
        elif _YEAR.match(path):
            yield from plan_years(archive)
        elif path == routes.TAGS:
            yield from plan_tags(archive, references(), limits)
        elif path.startswith(routes.TAGS):
            for tag in archive.tags.values():
                if path.startswith(routes.tag(tag.name.slug)):
                    yield from plan_tag(archive, references(), tag, limits, years_of(archive))
        elif path.startswith(routes.KINDS):
            yield from plan_kinds(archive, limits)
        elif path in (routes.FEED, routes.JSON_FEED):
            yield from plan_feeds(archive, references(), limits)
        elif path in (routes.ENTRIES, routes.SITEMAP):
            yield from plan_pages(
                archive, references(), self._related, limits, search=self._search, sitemap=self._sitemap
            )
        else:
            yield from plan_frame(archive, limits, search=self._search)

    def _plan_day(self, date: dt.date) -> Iterator[Page]:
        """Plan the pages of a day and of its entries, which know those before and after them."""
        days = self._archive.days
        place = bisect_left(days, date, key=attrgetter("date"))
        if place == len(days) or days[place].date != date:
            return
        around = days[max(0, place - 1) : place + 2]
        yield from plan_days(_only(around), self._references())
        yield from plan_entries(_only(around), self._references(), self._related)


def _only(days: tuple[Day, ...]) -> Archive:
    return Archive(records=tuple(record for day in days for record in day.records), days=days, tags={}, kinds={})


def _exists(day: re.Match[str]) -> bool:
    try:
        dt.date(*map(int, day.groups()))
    except ValueError:
        return False
    return True
