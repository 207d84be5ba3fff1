"""The newest entries in full as feeds: Atom (RFC 4287) for the site and for each tag, JSON Feed 1.1 for the site.

Ids never change, whatever becomes of an entry's address: feed readers would show the entry again. Nor does the time of the last
change, unless the author says so.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote
from zlib import crc32

import msgspec
from markupsafe import Markup
from msgspec import Struct

from ...archive.archive import Record, TagName, TagPage
from ...languages.strings import Strings
from ...limits import ROW_TAGS
from ...text.characters import printable
from .. import routes
from ..arrangement import Arrangement
from ..feed_content import find_works, write_content
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, Targets
from ..views import Site

EPOCH = "1970-01-01T00:00:00Z"
"""The last change of an empty feed: Atom demands a time, and the clock would change the bytes."""
NAMED_IN = "2000"
"""The year in ids of things that have no date."""
FIRST_OF_DAY = 3600
"""The time of a day's first entry, in seconds after midnight. Each further entry is a second earlier.

Readers show the newest entry first, and so the order is the author's. It is early, since readers hide what is still to come.
An entry that is added at the end of a day changes no time. After an hour of entries, each further one is a microsecond earlier.
"""
SECOND = 1_000_000
"""A second in microseconds."""


class FeedRecipe(Recipe, frozen=True):
    """The newest entries of a tag or, without a tag, of the site.

    `targets` and `places` are in the order of the entries. A place is an entry's number within its day, counted from 0.
    """

    tag: TagName | None
    records: tuple[Record, ...]
    targets: tuple[Targets, ...]
    places: tuple[int, ...]


class JsonFeedRecipe(FeedRecipe, frozen=True):
    """The same as JSON Feed."""


class FeedEntry(Struct, frozen=True):
    """An entry in a feed: absolute address, an id that never changes, RFC 3339 times, full content as HTML.

    `updated` changes only if the author names a day of the last change; `is_updated` is True then. `related` are the addresses of
    the works that the entry is about, its own first.
    """

    id: str
    url: str
    title: str
    lang: str
    published: str
    updated: str
    is_updated: bool
    tags: tuple[str, ...]
    summary: str
    related: tuple[str, ...]
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


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the Atom feeds of the site and of every tag."""
    yield _plan_site(arrangement)
    for tag in arrangement.archive.tags.values():
        if tag.records:
            yield _plan_tag(arrangement, tag)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the Atom feed at a path."""
    if path == routes.FEED:
        yield _plan_site(arrangement)
    for tag in arrangement.archive.tags.values():
        if tag.records and path == routes.tag_feed(tag.name.slug):
            yield _plan_tag(arrangement, tag)


def plan_json(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the JSON feed of the site."""
    records = _newest(arrangement)
    yield Page(routes.JSON_FEED, JsonFeedRecipe(None, records, *_beside(arrangement, records)))


def _plan_site(arrangement: Arrangement) -> Page:
    records = _newest(arrangement)
    return Page(routes.FEED, FeedRecipe(None, records, *_beside(arrangement, records)))


def _plan_tag(arrangement: Arrangement, tag: TagPage) -> Page:
    records = tag.records[: arrangement.limits.feed_entries]
    return Page(routes.tag_feed(tag.name.slug), FeedRecipe(tag.name, records, *_beside(arrangement, records)))


def _beside(arrangement: Arrangement, records: Iterable[Record]) -> tuple[tuple[Targets, ...], tuple[int, ...]]:
    """Return the targets and the places within their days of entries."""
    records = tuple(records)
    places = arrangement.places_in_days
    return tuple(map(arrangement.targets, records)), tuple(places[record.id] for record in records)


def _newest(arrangement: Arrangement) -> tuple[Record, ...]:
    limit = arrangement.limits.feed_entries
    newest: list[Record] = []
    for day in reversed(arrangement.archive.days):
        newest += day.records
        if len(newest) >= limit:
            break
    return tuple(newest[:limit])


def compose(parts: Parts, _path: str, recipe: FeedRecipe) -> Template:
    """Compose an Atom feed."""
    return Template("feed.xml", _feed_view(parts, recipe))


def compose_json(parts: Parts, _path: str, recipe: JsonFeedRecipe) -> bytes:
    """Write a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    view = _feed_view(parts, recipe)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": printable(view.title),
        **({"description": printable(view.subtitle)} if view.subtitle else {}),
        "home_page_url": view.url,
        "feed_url": routes.absolute(_base(parts.site), routes.JSON_FEED),
        "language": view.lang,
        "authors": [{"name": printable(view.author)}],
        "items": [_json_item(entry) for entry in view.entries],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _json_item(entry: FeedEntry) -> Mapping[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        **({"external_url": entry.related[0]} if entry.related else {}),
        "title": printable(entry.title),
        "language": entry.lang,
        "content_html": printable(entry.content),
        **({"summary": printable(entry.summary)} if entry.summary else {}),
        "date_published": entry.published,
        **({"date_modified": entry.updated} if entry.is_updated else {}),
        **({"tags": [printable(tag) for tag in entry.tags]} if entry.tags else {}),
    }


def _feed_view(parts: Parts, recipe: FeedRecipe) -> FeedView:
    site, tag = parts.site, recipe.tag
    entries = tuple(
        _feed_entry(parts, record, targets, place)
        for record, targets, place in zip(recipe.records, recipe.targets, recipe.places, strict=True)
    )
    return FeedView(
        id=_tag_uri(site, NAMED_IN, f"tag/{tag.slug}" if tag else "site"),
        title=f"{site.title} · #{tag.label}" if tag else site.title,
        subtitle=tag.description if tag else site.description,
        lang=site.language,
        url=routes.absolute(_base(site), routes.tag(tag.slug) if tag else routes.HOME),
        self_url=routes.absolute(_base(site), routes.tag_feed(tag.slug) if tag else routes.FEED),
        updated=max((entry.updated for entry in entries), default=EPOCH),
        author=site.author or site.title,
        entries=entries,
    )


def _feed_entry(parts: Parts, record: Record, targets: Targets, place: int) -> FeedEntry:
    card, body = record.card, parts.body_of(record)
    url = routes.absolute(_base(parts.site), routes.entry(record.date, record.slug))
    works = find_works(body)
    first, name = _first_address(record)
    # Readers may show an entry again if the time of its last change is another one, so not even a move to another day changes it.
    updated = max(first or record.date, card.updated or dt.date.min)
    return FeedEntry(
        id=_tag_uri(parts.site, first.isoformat() if first else NAMED_IN, name),
        url=url,
        title=card.title,
        lang=card.lang,
        published=time_of(record.date, parts.utc_offset, place),
        updated=change_time_of(updated, parts.utc_offset, record.id),
        is_updated=card.updated is not None,
        tags=tuple(tag.label for tag in record.tags[: ROW_TAGS.most]),
        summary=card.opening,
        related=tuple(works),
        content=write_content(parts, record, body, works, targets, url),
    )


def _first_address(record: Record) -> tuple[dt.date | None, str]:
    """Return the first date that an entry had, and its name within it. A note that had none at first has only a name."""
    first, _, slug = record.id.partition("/")
    try:
        return dt.date.fromisoformat(first), slug
    except ValueError:
        return None, record.id


def _base(site: Site) -> str:
    return site.url or site.root


def _tag_uri(site: Site, date: str, name: str) -> str:
    """Return a tag URI (RFC 4151) of the site: no other site has it, not even one below another path of the same host.

    Its authority is the host in the site's name. The path in it comes before a `:`, which is escaped in the other parts.
    """
    host, _, path = site.id.partition("/")
    return f"tag:{host.lower()},{date}:{quote(path)}{':' if path else ''}{quote(name)}"


def time_of(date: dt.date, utc_offset: str, place: int) -> str:
    """Return a time in RFC 3339 format for the entry at a place within its day, counted from 0. No two places share one."""
    if place < FIRST_OF_DAY:
        return _write_time(date, (FIRST_OF_DAY - place) * SECOND, utc_offset)
    return _write_time(date, max(0, SECOND - 1 - (place - FIRST_OF_DAY)), utc_offset)


def change_time_of(date: dt.date, utc_offset: str, identifier: str) -> str:
    """Return a time in RFC 3339 format for the last change of an entry on a date.

    Its fraction of a second comes from the entry's id, so that entries of one day have different times, and an entry keeps its
    own if others are added, moved or removed.
    """
    return _write_time(date, FIRST_OF_DAY * SECOND + crc32(identifier.encode()) % SECOND, utc_offset)


def _write_time(date: dt.date, microseconds: int, utc_offset: str) -> str:
    time = dt.datetime.combine(date, dt.time.min) + dt.timedelta(microseconds=microseconds)
    return f"{time.isoformat()}{utc_offset}"


def texts(recipe: FeedRecipe) -> tuple[Record, ...]:
    """Return the entries of a feed."""
    return recipe.records


def label(ui: Strings) -> str:
    """Return the text of the link in the footer."""
    return ui.feed


FEEDS = PageType(
    recipe=FeedRecipe,
    paths=r"(?:tags/.+/)?feed\.xml",
    plan=plan,
    find=find,
    compose=compose,
    texts=texts,
    menu=MenuEntry("footer", "feed", routes.FEED, label, lists_notes=True),
)
JSON_FEED = PageType(recipe=JsonFeedRecipe, paths=r"feed\.json", plan=plan_json, compose=compose_json, texts=texts)
