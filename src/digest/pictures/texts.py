"""The archive -> what stands on its cards, by the site path of each image."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

from ..archive.archive import Archive, Day, Record
from ..languages.strings import Strings
from ..site import routes
from ..site.periods import start_of_week
from ..site.views import Site

MOST_TITLES = 6
"""Titles of a day that its card has at most; how many fit depends on their length."""
WEEKS = 53
LEAST_WEEKS = 6
_POWER = re.compile(r"<(msup|msub)>((?:(?!<\1>).)*?)<mn>(\d+)</mn></\1>", re.DOTALL)
_DIGITS = {"msup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "msub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
_TAG = re.compile(r"<[^>]*>")


class Line(Struct, frozen=True):
    """A title with the key of its kind."""

    kind: str
    title: str


class SitePicture(Struct, frozen=True, tag="site"):
    """The card of the site. `weeks` are the entries of each kind in the weeks of the last year, oldest first."""

    title: str
    description: str
    tally: str
    kinds: tuple[str, ...]
    weeks: tuple[tuple[int, ...], ...]


class DayPicture(Struct, frozen=True, tag="day"):
    """The card of a day: its date in numerals, its first titles, and the number of entries of each kind in words."""

    site: str
    numerals: str
    year: str
    lines: tuple[Line, ...]
    count: int
    kinds: tuple[Line, ...]


class EntryPicture(Struct, frozen=True, tag="entry"):
    """The card of an entry. `kind` holds the name of its kind."""

    site: str
    kind: Line
    title: str
    authors: str
    date: str


Picture = SitePicture | DayPicture | EntryPicture


def plan_pictures(site: Site, archive: Archive, ui: Strings) -> Iterator[tuple[str, Picture]]:
    """Yield the site path and the content of every card of a site; none if it has no cards."""
    cards = site.cards
    if cards is None:
        return
    yield routes.card_image(routes.HOME), _site_picture(site, archive, ui)
    for day in archive.days if cards.days else ():
        yield routes.card_image(routes.day(day.date)), _day_picture(site, ui, day)
    for record in (*archive.records, *archive.undated) if cards.entries else ():
        yield routes.card_image(routes.path_of(record)), _entry_picture(site, ui, record)


def texts_of(picture: Picture) -> tuple[str, ...]:
    """Return all texts that are drawn on a card."""
    if isinstance(picture, SitePicture):
        return picture.title, picture.description, picture.tally
    if isinstance(picture, DayPicture):
        return (
            picture.site,
            picture.numerals,
            picture.year,
            *(line.title for line in (*picture.lines, *picture.kinds)),
        )
    return picture.site, picture.kind.title, picture.title, picture.authors, picture.date


def plain_title(html: str) -> str:
    """Return the text of a title, whose markup is that of formulas; numbers above and below the line stay there."""
    if "<" in html:
        html = _TAG.sub("", _POWER.sub(lambda match: match[2] + match[3].translate(_DIGITS[match[1]]), html))
    return unescape(html)


def _site_picture(site: Site, archive: Archive, ui: Strings) -> SitePicture:
    days = archive.days
    return SitePicture(
        title=site.title,
        description=site.description,
        tally=ui.tally(days[0].date, len(archive.records)) if days else "",
        kinds=tuple(kind.name for kind in site.kinds),
        weeks=_weeks(site, days) if days else (),
    )


def _weeks(site: Site, days: tuple[Day, ...]) -> tuple[tuple[int, ...], ...]:
    """Count the entries of each kind in each week of the last year, or return nothing if the site is only a few weeks old."""
    places = {kind.name: place for place, kind in enumerate(site.kinds)}
    end = start_of_week(days[-1].date)
    first = max(start_of_week(days[0].date), end - dt.timedelta(weeks=WEEKS - 1))
    weeks = [[0] * len(places) for _ in range((end - first).days // 7 + 1)]
    if len(weeks) < LEAST_WEEKS:
        return ()
    for day in reversed(days):
        if day.date < first:
            break
        for record in day.records:
            weeks[(day.date - first).days // 7][places[record.card.kind]] += 1
    return tuple(map(tuple, weeks))


def _day_picture(site: Site, ui: Strings, day: Day) -> DayPicture:
    counts = Counter(record.card.kind for record in day.records)
    return DayPicture(
        site=site.title,
        numerals=ui.numerals(day.date),
        year=ui.year_and_weekday(day.date),
        lines=tuple(
            Line(record.card.kind, plain_title(record.card.title_html)) for record in day.records[:MOST_TITLES]
        ),
        count=len(day.records),
        kinds=tuple(Line(kind.name, f"{kind.label} {counts[kind.name]:,}") for kind in site.kinds if counts[kind.name]),
    )


def _entry_picture(site: Site, ui: Strings, record: Record) -> EntryPicture:
    card = record.card
    others = len(card.authors) - 1
    authors = ", ".join(card.authors) if others < 3 else f"{card.authors[0]} {ui.more_authors(others)}"
    return EntryPicture(
        site=site.title,
        kind=Line(card.kind, site.kind(card.kind).label),
        title=plain_title(card.title_html),
        authors=authors,
        date=ui.date(card.date) if card.date else "",
    )
