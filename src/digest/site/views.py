"""The structs that the views of several page types share. The view of each page type is in its module in `pages/`.

A view is complete: templates neither sort nor query. Templates can use their view (`view`), the site's settings (`site`),
the words of the interface (`ui`, see `languages/strings.py`), `asset(name)`, which returns the address of a static file,
and `cached(macro)`, which remembers a macro's results. A view contains only what its page shows: if views contained the
number of all entries, every new note would change every page.

Addresses in views start at the server's root and include the base path (`/repo/2024/03/19/`). Fields of type `Markup` are
HTML from the text stage. All other text is plain, and templates escape it.

What a small theme may leave out is made when a template first reads it: `head.json_ld` is the result of the function in `make_json_ld`.
"""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from unicodedata import east_asian_width

from markupsafe import Markup
from msgspec import Struct


class Places(Struct, frozen=True):
    """Addresses of pages that templates link to by name."""

    home: str
    archive: str
    tags: str
    kinds: str
    search: str
    feed: str
    manifest: str = ""
    worker: str = ""


class Cards(Struct, frozen=True):
    """The pages that have a card image of their own: the days, and the entries. All others show the card of the site."""

    days: bool
    entries: bool


PHONE_LETTERS = 28
"""Latin letters of the name and the menu that fit into one line of a phone, which is 360 px wide, beside two buttons."""


class Site(Struct, frozen=True):
    """Settings of the whole site; available to every template as `site`.

    `url` is the absolute address of the home page ending in `/`, or empty without a base URL. `root` is its path, `/` or
    `/repo/`. `kinds` are all kinds in their order. `masthead` and `footer` are the links in the frame of every page.
    `search` is True if the site has a search; without it, no page shows a search field. `exports` is True if it has files for
    bibliographies. `id` is the name by which feeds
    know the site, such as `user.github.io/repo`. It stays the same if the site moves to another address. `cards` says which pages
    have card images, and is None on a site without them. `offline` is True if browsers keep pages to read without a connection.
    `policy` is the Content-Security-Policy of a page without media of the site, and `policy_with_media` that of a page with some.
    """

    title: str
    description: str
    author: str
    language: str
    notes_language: str
    url: str
    root: str
    kinds: tuple["Kind", ...]
    places: Places
    masthead: tuple["MenuLink", ...]
    footer: tuple["MenuLink", ...]
    search: bool
    generator: str
    id: str
    policy: Markup
    policy_with_media: Markup
    exports: bool = True
    cards: Cards | None = None
    offline: bool = False

    @property
    def takes_two_lines(self) -> bool:
        """True if the site's name and its menu are too long for one line of a phone. A Hangul letter counts twice."""
        words = self.title + "".join(link.label for link in self.masthead)
        return sum(1 + (east_asian_width(char) in "WF") for char in words) > PHONE_LETTERS

    def kind(self, name: str) -> "Kind":
        """Return the kind with a key. Raises StopIteration if the site has no such kind."""
        return next(kind for kind in self.kinds if kind.name == name)


class Kind(Struct, frozen=True):
    """A kind of entry. `name` is its stable key and CSS class, `label` the word that pages show."""

    name: str
    label: str
    url: str


class MenuLink(Struct, frozen=True):
    """A link in the frame of every page. Templates that set `section` to its `section` belong to it."""

    section: str
    label: str
    url: str


class Link(Struct, frozen=True):
    """A named address. `lang` is set if the label's language differs from the page's."""

    label: str
    url: str
    lang: str = ""


class TagLink(Struct, frozen=True):
    """A tag with its page. `count` is 0 if no count is shown."""

    label: str
    url: str
    lang: str = ""
    count: int = 0


class Citation(Struct, frozen=True):
    """How to cite an entry: in one line of `text`, and the address of its BibTeX file."""

    text: str
    bibtex: str


class Crumb(Struct, frozen=True):
    """A step of the path to a page. The last step has no address."""

    label: str
    url: str = ""


class Head(Struct, frozen=True, dict=True):
    """The content of `<head>`.

    `title` is the page's own. Templates append the site's title unless they are equal, as on the home page. `canonical` is
    absolute, or empty without a base URL. `meta` holds the name and the content of further tags, `json_ld` a JSON document that
    is safe inside a script element. `author` and `published` are the page's own author and date. Both are empty if a
    reference manager would take them for the author and the date of the work that the page is about. For the same reason,
    `is_abstract` is False if the description must not be taken for an abstract. `feeds` are (title, address, media type) of feeds to announce,
    `alternates` the same for other forms of this page and for its data. `previous` and `next` are addresses in reading order, or empty. `image` is the absolute address of an image
    that stands for the page, or empty, and `image_alt` says what it shows. It `is_card` if digest drew it: then it is 1200 pixels
    wide and 630 high. A page that `plays` has sound or a film.
    """

    title: str
    description: str = ""
    is_abstract: bool = True
    canonical: str = ""
    type: str = "website"
    published: str = ""
    lang: str = ""
    author: str = ""
    make_meta: Callable[[], tuple[tuple[str, str], ...]] = tuple
    make_json_ld: Callable[[], Markup] = Markup
    feeds: tuple[tuple[str, str, str], ...] = ()
    alternates: tuple[tuple[str, str, str], ...] = ()
    previous: str = ""
    next: str = ""
    noindex: bool = False
    image: str = ""
    image_alt: str = ""
    is_card: bool = False
    plays: bool = False

    @cached_property
    def meta(self) -> tuple[tuple[str, str], ...]:
        """Return the name and the content of further tags."""
        return self.make_meta()

    @cached_property
    def json_ld(self) -> Markup:
        """Return a JSON document that is safe inside a script element."""
        return self.make_json_ld()


class Title(Struct, frozen=True):
    """An entry's title as plain text and as HTML (only math is markup). `lang` is its language if it isn't the page's."""

    text: str
    html: Markup
    lang: str


class Row(Struct, frozen=True, dict=True):
    """An entry in a list, as the home page and the pages of months, tags and kinds show it.

    `opening` is the first sentence or two of the commentary, as plain text or as HTML with formulas, `opening_lang` its language if it isn't the
    page's. `kind` is the key of the entry's kind, `kind_label` and `kind_url` are its name and its page. `iso` is the date
    for machines (`2024-03-19`); `written` and `month_day` are the same date as `ui.date` and `ui.month_day` write it. A note
    without a date has None as its date, and `iso`, `written` and `month_day` are empty. `first_tags` are the tags that lists
    show, `byline` names the authors in short (`Guo 외 5명`). `draft` is true only while `digest serve --drafts` shows drafts.
    `coins` is the entry's paper for reference managers, as the title of an empty `<span class="Z3988">`, or empty.
    """

    url: str
    date: dt.date | None
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
    first_tags: tuple[TagLink, ...]
    authors: tuple[str, ...] = ()
    make_byline: Callable[[], str] = str
    draft: bool = False
    make_coins: Callable[[], str] = str

    @cached_property
    def byline(self) -> str:
        """Return the authors in short."""
        return self.make_byline()

    @cached_property
    def coins(self) -> str:
        """Return the entry's paper for reference managers."""
        return self.make_coins()


class Passage(Struct, frozen=True):
    """An entry and a sentence of its text, which is plain text and may be empty. `lang` is set if it isn't the page's."""

    row: Row
    text: str
    lang: str = ""


class Fact(Struct, frozen=True):
    """A figure found in an entry's text: `key` is its name (see `ui.fact`), `value` is as written.

    `url` leads to the sentence that states it; it is empty for a figure of the title where the title is on the page.
    `number` is the largest number in the value, for sorting, or empty.
    """

    key: str
    value: str
    url: str
    number: str


class Abstract(Struct, frozen=True):
    """An abstract as HTML paragraphs, with its language if it isn't the page's."""

    html: Markup
    lang: str


class WorkView(Struct, frozen=True):
    """A further work of an entry that is about several; `coins` is as in a row."""

    title: Title
    authors: tuple[str, ...]
    abstract: Abstract | None
    link: str
    coins: str = ""


class TranslationView(Struct, frozen=True):
    """The commentary in another language."""

    lang: str
    html: Markup


class EntryBody(Struct, frozen=True):
    """The full text of an entry, as the page of its day and its own page show it.

    `anchor` is its id on the day page (its slug). `link` is the address of the work that it is about, or empty, and
    `link_label` a short name for that address. `coins` is its first work for reference managers if it is about several, for
    its own page.
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
    coins: str = ""


class DayRows(Struct, frozen=True):
    """A day, or a month, in a list, with its entries as rows. A month is given by its first date."""

    date: dt.date
    url: str
    rows: tuple[Row, ...]


class YearRows(Struct, frozen=True):
    """A year in a list, with its months. Its anchor on the page is `y` and the year."""

    year: int
    months: tuple[DayRows, ...]


class Jump(Struct, frozen=True):
    """A link to a part of a long list, such as the first entry of a year, with its number of entries; 0 if that isn't shown.

    `anchor` is empty if the entry is on the page itself. Otherwise, it is the id of the link, so that an address that names the
    year leads to the link when newer entries have moved the year to another page.
    """

    label: str
    url: str
    count: int
    anchor: str = ""


class Mention(Struct, frozen=True):
    """A work that several entries of a period mention. `row` is the entry about it; without one, `url` leads to arXiv.

    `count` is the number of entries that mention it.
    """

    row: Row | None
    label: str
    url: str
    count: int


class Cell(Struct, frozen=True):
    """A date in a calendar. `level`, 0 to 4, grows with `count`. `url` is empty on days without entries."""

    date: dt.date
    count: int
    level: int
    url: str


class CalendarMonth(Struct, frozen=True):
    """A month of a calendar. `week` is the index of the week with its first day. `url` is empty without entries."""

    week: int
    first: dt.date
    url: str


class Calendar(Struct, frozen=True):
    """The dates from `first` to `last` in whole weeks, Monday first. Cells outside that period are None.

    `months` are all months of the period in order, with the addresses of their pages.
    """

    weeks: tuple[tuple[Cell | None, ...], ...]
    months: tuple[CalendarMonth, ...]
    first: dt.date
    last: dt.date
    entries: int
    days: int


class Count(Struct, frozen=True):
    """A named number with an address. `share` is its ratio to the largest number in its list, 0 to 1."""

    label: str
    url: str
    count: int
    share: float = 0.0


class Pagination(Struct, frozen=True):
    """The place of a page in a list that is cut into pages.

    Pages are numbered from the oldest, so that a numbered page keeps its entries for good. The newest page, at the list's
    own address, has the number `total`. `pages` are (number, address), newest first: of all pages if they are few, and
    otherwise of the newest, the oldest, the pages nearby and some in between. `newer` and `older` are the addresses of the
    pages next to this one, or empty.
    """

    number: int
    total: int
    pages: tuple[tuple[int, str], ...]
    newer: str = ""
    older: str = ""
