"""Records -> the structs that views are made of: rows, entries in full, links to tags, counts, crumbs.

Each is a pure function of records, their texts and the site's settings.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from ..archive.archive import Day, Record, TagName
from ..archive.figures import numbers_of
from ..archive.references import SiteFile, SitePage, Target
from ..citations.names import Name, parse_authors
from ..citations.plain import write_citation
from ..citations.work import cite, cite_further
from ..languages.strings import Strings
from ..limits import ROW_TAGS
from ..model import Body, Card, Fragment, Reference
from ..scripts import has_east_asian, language_of
from ..text.fragment import ResolvedFile, ResolvedReference, Resolver, resolve_references
from ..text.markup import isolated, listed, trusted
from . import routes, views
from .anchors import find_anchor
from .bibliography import Bibliography, is_work
from .pagination import listed_pages
from .recipes import Counts, Mentioning, TagCounts, Targets
from .reference_tags import coins
from .sources import link_label

ROWS_KEPT = 20_000
"""Rows to keep at most: all rows of a digest of decades, a few MB."""


class Parts:
    """Makes the structs that the views of one site are made of.

    `body_of` returns the text of an entry. It is called only for entries that a page shows in full.
    """

    def __init__(self, site: views.Site, ui: Strings, utc_offset: str, body_of: Callable[[Record], Body]) -> None:
        self.site = site
        self.ui = ui
        self.utc_offset = utc_offset
        self.body_of = body_of
        self._kinds = {kind.name: kind for kind in site.kinds}
        self._rows: dict[bytes, views.Row] = {}
        self._tag_languages: dict[str, str] = {}
        self.bibliography = Bibliography(site)

    def to(self, path: str) -> str:
        """Return the address of a path of this site."""
        return routes.address(self.site.root, path)

    def row(self, record: Record) -> views.Row:
        """Return an entry as a row. Rows are kept, since several pages show the same row."""
        row = self._rows.get(record.digest)
        if row is None:
            if len(self._rows) >= ROWS_KEPT:
                self._rows.clear()
            card = record.card
            kind = self._kinds[card.kind]
            tags = tuple(map(self.tag, record.tags))
            row = self._rows[record.digest] = views.Row(
                url=self.to(routes.path_of(record)),
                date=card.date,
                iso=card.date.isoformat() if card.date else "",
                written=self.ui.date(card.date) if card.date else "",
                month_day=self.ui.month_day(card.date) if card.date else "",
                kind=kind.name,
                kind_label=kind.label,
                kind_url=kind.url,
                title=self._title(card.title, card.title_html, card.title_lang),
                opening=opening_of(card),
                opening_lang=self._foreign(card.opening_lang),
                tags=tags,
                first_tags=tags if len(tags) <= ROW_TAGS.most else tags[: ROW_TAGS.most],
                authors=tuple(map(isolated, card.authors)),
                make_byline=lambda: self.byline(card.authors),
                draft=card.draft,
                make_coins=lambda: coins(cite(card)),
            )
        return row

    def byline(self, authors: Sequence[str]) -> str:
        """Return the authors of an entry in short: one or two by their last names, of more the first one and how many others."""
        if not authors:
            return ""
        shown = authors[:2] if len(authors) == 2 else authors[:1]
        names = [name.literal or short_name(name) for name in parse_authors(shown).names]
        return listed(names) + (f" {self.ui.more_authors(len(authors) - 1)}" if len(authors) > 2 else "")

    def search_link(self, record: Record, count: int) -> views.Link | None:
        """Return a link to the search for an entry's title, which finds `count` entries; None if there is none to make."""
        if not count or not self.site.search:
            return None
        return views.Link(self.ui.count_entries(count), f"{self.site.places.search}?q={quote(record.card.title)}")

    def citation(self, record: Record, path: str) -> views.Citation | None:
        """Return how to cite the entry at a path, or None if the site exports no works."""
        if not self.site.exports:
            return None
        return views.Citation(write_citation(self.bibliography.work(record)), self.to(routes.bibtex(path)))

    def works_of(self, records: Iterable[Record], path: str) -> str:
        """Return the address of the BibTeX file of the page at a path, which lists entries; empty if none is about a work."""
        return self.to(routes.bibtex(path)) if self.site.exports and any(map(is_work, records)) else ""

    def rows_of(self, records: Iterable[Record]) -> tuple[views.Row, ...]:
        """Return entries as rows."""
        return tuple(map(self.row, records))

    def passages(self, mentioning: Iterable[Mentioning]) -> tuple[views.Passage, ...]:
        """Return entries as rows, each with the sentence in which it mentions another entry."""
        return tuple(
            views.Passage(self.row(record), text, self._foreign(language_of(text, record.card.lang)) if text else "")
            for record, text in mentioning
        )

    def openings(self, records: Iterable[Record]) -> tuple[views.Passage, ...]:
        """Return entries as rows, each with its first sentences."""
        return tuple(views.Passage(row, row.opening, row.opening_lang) for row in map(self.row, records))

    def addresses(self, records: Iterable[Record]) -> tuple[str, ...]:
        """Return the addresses of entries."""
        return tuple(self.to(routes.path_of(record)) for record in records)

    def day_rows(self, day: Day) -> views.DayRows:
        """Return a day with its entries as rows."""
        return views.DayRows(day.date, self.to(routes.day(day.date)), self.rows_of(day.records))

    def by_month(self, records: Iterable[Record]) -> tuple[views.DayRows, ...]:
        """Group a list of entries by month."""
        months = groupby(records, key=lambda record: record.date.replace(day=1))
        return tuple(views.DayRows(month, self.to(routes.month(month)), self.rows_of(group)) for month, group in months)

    def entry(self, record: Record, targets: Targets, *, prefix: str = "") -> views.EntryBody:
        """Return an entry in full, with its references as links; `prefix` begins the ids in its text."""
        body = self.body_of(record)
        entry = body.entry
        resolve = self.resolver(targets, self.site.root)
        works = tuple(
            views.WorkView(
                title=self._title(work.title, title.html, title.lang),
                authors=tuple(map(isolated, work.authors)),
                abstract=self._abstract(abstract, resolve),
                link=work.link or "",
                coins=coins(cite_further(work, entry.lang), is_full=True),
            )
            for work, (title, abstract) in zip(entry.works, body.works, strict=True)
        )
        return views.EntryBody(
            row=self.row(record),
            anchor=record.slug,
            abstract=self._abstract(body.abstract, resolve),
            commentary=resolve_references(body.commentary, resolve, prefix=prefix),
            commentary_lang=self._foreign(body.commentary.lang),
            translations=tuple(
                views.TranslationView(text.lang, resolve_references(text, resolve, prefix=f"{prefix}{text.lang}:"))
                for text in body.translations
            ),
            works=works,
            facts=self.facts(record, f"#{prefix}", ""),
            coins=coins(cite(record.card, entry.abstract), is_full=True) if works else "",
            link=entry.link or "",
            link_label=link_label(entry.link or ""),
        )

    def facts(self, record: Record, to: str, to_title: str) -> tuple[views.Fact, ...]:
        """Return an entry's figures. `to` is the address of its text before an id, `to_title` that of its title."""
        return tuple(
            views.Fact(
                key=fact.key,
                value=fact.value,
                url=f"{to}{fact.place}" if fact.place else to_title,
                number=f"{max(numbers):.15g}" if (numbers := numbers_of(fact)) else "",
            )
            for fact in record.card.facts
        )

    def entry_in_day(self, record: Record, targets: Targets) -> views.EntryBody:
        """Return an entry in full for the page of its day, where other entries may have the same headings."""
        return self.entry(record, targets, prefix=f"{record.slug}:")

    def _abstract(self, fragment: Fragment | None, resolve: Resolver) -> views.Abstract | None:
        if fragment is None:
            return None
        return views.Abstract(resolve_references(fragment, resolve), self._foreign(fragment.lang))

    def resolver(self, targets: Targets, base: str) -> Resolver:
        """Return a function from a reference to its place, or None if it leads nowhere. `base` precedes site paths."""
        known: Mapping[Reference, Target] = dict(targets)
        anchors: dict[str, frozenset[str]] = {}

        def resolve(reference: Reference) -> ResolvedReference | ResolvedFile | None:
            target = known.get(reference)
            if target is None:
                return None
            if isinstance(target, SiteFile):
                return ResolvedFile(routes.address(base, target.path), target.width, target.height)
            if isinstance(target, SitePage):
                part = f"#{target.part}" if target.part else ""
                return ResolvedReference(f"{routes.address(base, target.path)}{target.query}{part}")
            if isinstance(target, dt.date):
                return ResolvedReference(base + routes.day(target), self.ui.date(target))
            place = ""
            if reference.part:
                if target.id not in anchors:
                    anchors[target.id] = frozenset(target.card.anchors)
                anchor = find_anchor(anchors[target.id], reference)
                place = f"#{anchor}" if anchor else ""
            # The excerpt is of the beginning, and so not of a place within.
            excerpt = "" if place else opening_of(target.card)
            return ResolvedReference(f"{base}{routes.path_of(target)}{place}", trusted(target.card.title_html), excerpt)

        return resolve

    def _title(self, text: str, html: str, lang: str) -> views.Title:
        return views.Title(text, trusted(html), self._foreign(lang))

    def _foreign(self, lang: str) -> str:
        """Return a language if it isn't the page's, and otherwise nothing: elements inherit the page's `lang`."""
        return "" if lang == self.site.language else lang

    def tag(self, name: TagName, count: int = 0) -> views.TagLink:
        """Return a link to a tag, with a count if one is given."""
        lang = self._tag_languages.get(name.key)
        if lang is None:
            lang = self._tag_languages[name.key] = language_of(name.label, self.site.notes_language)
        return views.TagLink(name.label, self.to(routes.tag(name.slug)), self._foreign(lang), count)

    def link(self, label: str, url: str) -> views.Link:
        """Return a link whose label is in any language."""
        return views.Link(label, url, self._foreign(language_of(label, self.site.notes_language)))

    def tags(self, counts: TagCounts) -> tuple[views.TagLink, ...]:
        """Return links to tags with their counts."""
        return tuple(self.tag(name, count) for name, count in counts)

    def years(self, counts: Iterable[tuple[int, int]], *, link: bool = True) -> tuple[views.Count, ...]:
        """Return counts per year, each with its share of the largest."""
        pairs = tuple(counts)
        most = max((count for _, count in pairs), default=1) or 1
        return tuple(
            views.Count(
                self.ui.year(year) if link else str(year),
                self.to(routes.year(year)) if link else "",
                count,
                round(count / most, 4),
            )
            for year, count in pairs
        )

    def months(self, counts: Counts) -> tuple[tuple[dt.date, views.Count], ...]:
        """Return a year's months with their counts."""
        months = [
            (month, sum(count for _, count in group))
            for month, group in groupby(counts, key=lambda pair: pair[0].replace(day=1))
        ]
        most = max((count for _, count in months), default=1)
        return tuple(
            (
                month,
                views.Count(self.ui.month_name(month), self.to(routes.month(month)), count, round(count / most, 4)),
            )
            for month, count in months
        )

    def count_kinds(self, records: Iterable[Record]) -> tuple[tuple[views.Kind, int], ...]:
        """Count the kinds of entries, in the order of kinds."""
        found = [record.card.kind for record in records]
        return tuple((kind, found.count(kind.name)) for kind in self.site.kinds if kind.name in found)

    def pagination(self, number: int, total: int, path: Callable[[int], str]) -> views.Pagination:
        """Return the links from one page of a list to others. `path` maps a number to a site path, 0 to the newest page's."""

        def to(page: int) -> str:
            return self.to(path(0 if page == total else page))

        return views.Pagination(
            number=number,
            total=total,
            pages=tuple((page, to(page)) for page in listed_pages(number, total)),
            newer=to(number + 1) if number < total else "",
            older=to(number - 1) if number > 1 else "",
        )

    def list_title(self, title: str, number: int, total: int) -> str:
        """Return the title of a page of a list, with its number unless it is the newest page."""
        return title if number == total else f"{title} · {self.ui.page(number, total)}"

    def archive_crumb(self) -> views.Crumb:
        """Return the step to the page of all dates."""
        return views.Crumb(self.ui.archive, self.to(routes.ARCHIVE))

    def crumbs(self, date: dt.date, *, day: bool = False) -> tuple[views.Crumb, ...]:
        """Return the steps to a month or, with `day`, to a date in it."""
        crumbs = (
            self.archive_crumb(),
            views.Crumb(self.ui.year(date.year), self.to(routes.year(date.year))),
            views.Crumb(self.ui.month_name(date), self.to(routes.month(date))),
        )
        return (*crumbs, views.Crumb(self.ui.month_day(date))) if day else crumbs


def opening_of(card: Card) -> str:
    """Return the opening of an entry: HTML if it has formulas or typographic marks, and plain text otherwise."""
    return trusted(card.opening_html) if card.opening_html else card.opening


def short_name(name: Name) -> str:
    """Return the name by which lists call a person: the family name or, in Korea, China and Japan, the whole name."""
    return name.full if has_east_asian(name.full) else f"{name.particle} {name.family}".strip()
