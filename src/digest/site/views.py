"""What every template sees: one documented struct per template.

A view is complete: templates neither sort nor query, and nothing reaches them but their view (`view`), the site's
settings (`site`), the words of the interface (`ui`, see `strings.py`), `asset(name)`, which gives the address of a
static file, and `cached(macro)`, which keeps what a macro gave. A page's fingerprint is a hash of its view, so a view holds nothing that its page doesn't show: a count of
all entries in a view would render every page again with every note.

Addresses in views begin at the server's root and already hold the base path (`/repo/2024/03/19/`). Fields of type
`Markup` are HTML made by the text stage; all else is plain text that templates escape.
"""

import datetime as dt
from typing import Literal

from markupsafe import Markup
from msgspec import Struct


class Places(Struct, frozen=True):
    """Addresses that the frame of every page leads to."""

    home: str
    archive: str
    tags: str
    kinds: str
    search: str
    feed: str


class Site(Struct, frozen=True):
    """Settings of the whole site; available to every template as `site`.

    `url` is the absolute address of the home page ending in `/`, or empty when no base URL is configured; `root` is its
    path part, `/` or `/repo/`. `kinds` are all kinds in their order. `search` tells whether the site has one; where it
    has none, no page shows a search field.
    """

    title: str
    description: str
    author: str
    language: Literal["ko", "en"]
    url: str
    root: str
    kinds: tuple["Kind", ...]
    places: Places
    search: bool
    generator: str

    def kind(self, name: str) -> "Kind":
        """Return the kind with this key; raises StopIteration for a key that is no kind of the site."""
        return next(kind for kind in self.kinds if kind.name == name)


class Kind(Struct, frozen=True):
    """A kind of entry: `name` is the stable key (and CSS class), `label` the word shown."""

    name: str
    label: str
    url: str


class Link(Struct, frozen=True):
    """A named address. `lang` is set where the label's language differs from the page's."""

    label: str
    url: str
    lang: str = ""


class TagLink(Struct, frozen=True):
    """A tag with its page; `count` is 0 where no count is shown."""

    label: str
    url: str
    lang: str = ""
    count: int = 0


class Crumb(Struct, frozen=True):
    """A step of the path to a page; the last one has no address."""

    label: str
    url: str = ""


class Head(Struct, frozen=True):
    """What stands in `<head>`.

    `title` is the page's own; the site's is put behind it, except where they are the same (home). `canonical` is absolute, or empty without a base URL. `meta` holds `citation_*` pairs, `json_ld` a JSON document
    safe inside a script element. `feeds` are (title, address, media type) of feeds to announce, `alternates` the same
    for other forms of this very page. `previous` and `next` are addresses in reading order, or empty.
    """

    title: str
    description: str = ""
    canonical: str = ""
    type: str = "website"
    published: str = ""
    lang: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: Markup = Markup("")
    feeds: tuple[tuple[str, str, str], ...] = ()
    alternates: tuple[tuple[str, str, str], ...] = ()
    previous: str = ""
    next: str = ""
    noindex: bool = False


class Title(Struct, frozen=True):
    """An entry's title: plain, as HTML (math set, nothing else), and its language where that isn't the page's."""

    text: str
    html: Markup
    lang: str


class Row(Struct, frozen=True):
    """An entry in a list: what the home page, archives, tags and kinds show of it.

    `opening` is the first sentence or two of the commentary as plain text, `opening_lang` its language where that isn't
    the page's. `kind` is the key of the entry's kind, `kind_label` and `kind_url` are its word and its page. `iso` is the
    date for machines (`2024-03-19`), `written` and `month_day` the same as `ui.date` and `ui.month_day` write it.
    """

    url: str
    date: dt.date
    iso: str
    written: str
    month_day: str
    kind: str
    kind_label: str
    kind_url: str
    title: Title
    opening: str
    opening_lang: str
    tags: tuple[TagLink, ...]
    authors: tuple[str, ...] = ()


class Fact(Struct, frozen=True):
    """A figure found in an entry's text: `key` names what it is (see `strings.py`), `value` is as written."""

    key: str
    value: str


class Abstract(Struct, frozen=True):
    """An abstract as HTML paragraphs, with its language where that isn't the page's."""

    html: Markup
    lang: str


class WorkView(Struct, frozen=True):
    """A further work of an entry that is about several."""

    title: Title
    authors: tuple[str, ...]
    abstract: Abstract | None
    link: str


class TranslationView(Struct, frozen=True):
    """The commentary in another language."""

    lang: str
    html: Markup


class EntryBody(Struct, frozen=True):
    """An entry in full, as the day page and the entry page show it.

    `anchor` is its id on the day page (its slug). `link` is the work's own address; `arxiv` the ids the entry is about
    or mentions first. `abstract` is None where there is none.
    """

    row: Row
    anchor: str
    abstract: Abstract | None
    commentary: Markup
    commentary_lang: str
    translations: tuple[TranslationView, ...]
    works: tuple[WorkView, ...]
    facts: tuple[Fact, ...]
    link: str
    link_label: str


class DayRows(Struct, frozen=True):
    """A day in a list of days, with its entries as rows."""

    date: dt.date
    url: str
    rows: tuple[Row, ...]


class Cell(Struct, frozen=True):
    """A date in a calendar: `level` 0 to 4 says how much was written, `url` is empty on days without entries."""

    date: dt.date
    count: int
    level: int
    url: str


class CalendarMonth(Struct, frozen=True):
    """A month of a calendar: `week` is the index of the week with its first day; `url` is empty without entries."""

    week: int
    first: dt.date
    url: str


class Calendar(Struct, frozen=True):
    """A run of whole weeks, Monday first; cells outside the run are None.

    `months` are all months of the run in order, with the addresses of their pages.
    """

    weeks: tuple[tuple[Cell | None, ...], ...]
    months: tuple[CalendarMonth, ...]
    first: dt.date
    last: dt.date
    entries: int
    days: int


class Count(Struct, frozen=True):
    """A named number with an address; `share` is its part of the largest in its list, 0 to 1."""

    label: str
    url: str
    count: int
    share: float = 0.0


class Pagination(Struct, frozen=True):
    """Where a page stands in a list cut into pages.

    Pages are numbered from the oldest, so that a numbered page keeps its entries for good; the newest, at the list's own
    address, has the number `total`. `pages` are (number, address), newest first: of all while they are few, else of the
    newest, the oldest, those around this one and some in between. `newer` and `older` are the addresses beside this page,
    or empty.
    """

    number: int
    total: int
    pages: tuple[tuple[int, str], ...]
    newer: str = ""
    older: str = ""


class HomeView(Struct, frozen=True):
    """`home.html`: the newest days, a calendar of the last year, busy tags of that year."""

    head: Head
    days: tuple[DayRows, ...]
    calendar: Calendar | None
    tags: tuple[TagLink, ...]
    years: tuple[Count, ...]
    entries: int
    first: dt.date | None
    last: dt.date | None
    feed: str
    more: str


class DayView(Struct, frozen=True):
    """`day.html`: a day in full, in the author's order. `kinds` are (kind, count) present that day."""

    head: Head
    crumbs: tuple[Crumb, ...]
    date: dt.date
    kinds: tuple[tuple[Kind, int], ...]
    entries: tuple[EntryBody, ...]
    previous: dt.date | None
    previous_url: str
    next: dt.date | None
    next_url: str


class EntryView(Struct, frozen=True):
    """`entry.html`: one entry at its permanent address.

    `mentions` are entries that its text refers to, `mentioned_by` those that refer to it, `same` other entries about
    the same work, `related` entries near it by tags and references. `siblings` are the day's entries in order, this one
    among them. `source` is the Markdown form of the page.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    entry: EntryBody
    day_url: str
    siblings: tuple[Row, ...]
    mentions: tuple[Row, ...]
    mentioned_by: tuple[Row, ...]
    same: tuple[Row, ...]
    related: tuple[Row, ...]
    previous: Row | None
    next: Row | None
    source: str


class YearView(Struct, frozen=True):
    """`year.html`: a year's calendar, its months with counts, its busy tags."""

    head: Head
    crumbs: tuple[Crumb, ...]
    year: int
    calendar: Calendar
    months: tuple[tuple[dt.date, Count], ...]
    tags: tuple[TagLink, ...]
    kinds: tuple[tuple[Kind, int], ...]
    entries: int
    previous: Link | None
    next: Link | None


class MonthView(Struct, frozen=True):
    """`month.html`: a month's days, newest first, with their entries as rows."""

    head: Head
    crumbs: tuple[Crumb, ...]
    month: dt.date
    days: tuple[DayRows, ...]
    tags: tuple[TagLink, ...]
    entries: int
    previous: Link | None
    next: Link | None


class ArchiveView(Struct, frozen=True):
    """`archive.html`: every year with its calendar, newest first."""

    head: Head
    crumbs: tuple[Crumb, ...]
    years: tuple[tuple[Count, Calendar], ...]
    entries: int


class TagRow(Struct, frozen=True):
    """A tag in the list of all tags: its count, and its entries per year over the site's years (for a sparkline)."""

    tag: TagLink
    trend: tuple[int, ...]
    first: dt.date
    last: dt.date


class TagsView(Struct, frozen=True):
    """`tags.html`: all tags. `busy` by count (the first of them), `groups` all by initial (Hangul initial or letter)."""

    head: Head
    crumbs: tuple[Crumb, ...]
    busy: tuple[TagRow, ...]
    groups: tuple[tuple[str, tuple[TagRow, ...]], ...]
    years: tuple[int, ...]
    total: int


class TagView(Struct, frozen=True):
    """`tag.html`: a page of a tag's entries, newest first, grouped by month.

    `timeline` are its entries per year, `related` the tags it goes with, `children` the tags below it (`a/b` below `a`),
    `aliases` other spellings that lead here: all empty but on the newest page. `tag.count`, `first` and `last` are those
    of all its entries on the newest page and of the page's own elsewhere.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    tag: TagLink
    months: tuple[DayRows, ...]
    timeline: tuple[Count, ...]
    related: tuple[TagLink, ...]
    children: tuple[TagLink, ...]
    aliases: tuple[str, ...]
    first: dt.date
    last: dt.date
    feed: str
    pagination: Pagination


class KindsView(Struct, frozen=True):
    """`kinds.html`: every kind with its count and its newest entries."""

    head: Head
    crumbs: tuple[Crumb, ...]
    kinds: tuple[tuple[Kind, int, tuple[Row, ...]], ...]


class FactRow(Struct, frozen=True):
    """An entry in a table of facts; `values` stand in the order of the table's columns, empty where unknown."""

    row: Row
    values: tuple[str, ...]


class KindView(Struct, frozen=True):
    """`kind.html`: a page of a kind's entries, newest first, grouped by month; models and hardware as a table too.

    `columns` are keys of facts; `facts` the rows of this page's entries that have any. `timeline` is empty and `count` is
    of the page's own entries but on the newest page.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    kind: Kind
    count: int
    months: tuple[DayRows, ...]
    timeline: tuple[Count, ...]
    columns: tuple[str, ...]
    facts: tuple[FactRow, ...]
    pagination: Pagination


class SearchView(Struct, frozen=True):
    """`search.html`: the search page; without scripts it leads to tags and dates.

    `index` is the address of the search index's manifest.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    index: str
    tags: tuple[TagLink, ...]
    years: tuple[Count, ...]


class NotFoundView(Struct, frozen=True):
    """`404.html`: says so, and leads on."""

    head: Head
    tags: tuple[TagLink, ...]


class FeedEntry(Struct, frozen=True):
    """An entry in a feed: absolute address, an id that never changes, RFC 3339 times, full content as HTML."""

    id: str
    url: str
    title: str
    lang: str
    published: str
    updated: str
    tags: tuple[str, ...]
    summary: str
    content: Markup


class FeedView(Struct, frozen=True):
    """`feed.xml`: an Atom feed (RFC 4287) of the site or of a tag."""

    id: str
    title: str
    subtitle: str
    lang: str
    url: str
    self_url: str
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]


class SitemapView(Struct, frozen=True):
    """`sitemap.xml`: (absolute address, last change as a date or empty) of every page, sorted."""

    urls: tuple[tuple[str, str], ...]


class RobotsView(Struct, frozen=True):
    """`robots.txt`: allows all, and names the sitemap where the site's address is known."""

    sitemap: str
