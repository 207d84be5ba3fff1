"""The newest entries in full as feeds: Atom (RFC 4287) for the site and for each tag, JSON Feed 1.1 for the site.

Ids never change, whatever becomes of an entry's address.
"""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import msgspec
from markupsafe import Markup
from msgspec import Struct

from ...archive.archive import Record, TagName, TagPage
from ...languages.strings import Strings
from ...limits import FEED_TEXT, ROW_TAGS
from ...text.fragment import resolve_references
from ...text.markup import block_quote, paragraph
from .. import routes
from ..arrangement import Arrangement
from ..heads import midnight
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, Targets
from ..views import Site

EPOCH = "1970-01-01T00:00:00Z"
"""The last change of an empty feed: Atom demands a time, and the clock would change the bytes."""


class FeedRecipe(Recipe, frozen=True):
    """The newest entries of a tag or, without a tag, of the site. `targets` are in the order of the entries."""

    tag: TagName | None
    records: tuple[Record, ...]
    targets: tuple[Targets, ...]


class JsonFeedRecipe(FeedRecipe, frozen=True):
    """The same as JSON Feed."""


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
    yield Page(routes.JSON_FEED, JsonFeedRecipe(None, records, tuple(map(arrangement.targets, records))))


def _plan_site(arrangement: Arrangement) -> Page:
    records = _newest(arrangement)
    return Page(routes.FEED, FeedRecipe(None, records, tuple(map(arrangement.targets, records))))


def _plan_tag(arrangement: Arrangement, tag: TagPage) -> Page:
    records = tag.records[: arrangement.limits.feed_entries]
    recipe = FeedRecipe(tag.name, records, tuple(map(arrangement.targets, records)))
    return Page(routes.tag_feed(tag.name.slug), recipe)


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
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "language": entry.lang,
            "content_html": str(entry.content),
            "summary": entry.summary,
            "date_published": entry.published,
            "tags": list(entry.tags),
        }
        for entry in view.entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.subtitle,
        "home_page_url": view.url,
        "feed_url": routes.absolute(_base(parts.site), routes.JSON_FEED),
        "language": view.lang,
        "authors": [{"name": view.author}],
        "items": items,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _feed_view(parts: Parts, recipe: FeedRecipe) -> FeedView:
    site, tag = parts.site, recipe.tag
    entries = tuple(map(_feed_entry, [parts] * len(recipe.records), recipe.records, recipe.targets))
    return FeedView(
        id=f"tag:{_authority(site)},2000:{quote('tag/' + tag.slug) if tag else 'site'}",
        title=f"{site.title} · #{tag.label}" if tag else site.title,
        subtitle="" if tag else site.description,
        lang=site.language,
        url=routes.absolute(_base(site), routes.tag(tag.slug) if tag else routes.HOME),
        self_url=routes.absolute(_base(site), routes.tag_feed(tag.slug) if tag else routes.FEED),
        updated=max((entry.updated for entry in entries), default=EPOCH),
        author=site.author or site.title,
        entries=entries,
    )


def _feed_entry(parts: Parts, record: Record, targets: Targets) -> FeedEntry:
    card = record.card
    url = routes.absolute(_base(parts.site), routes.entry(record.date, record.slug))
    return FeedEntry(
        id=f"tag:{_authority(parts.site)},{record.date.isoformat()}:{quote(record.slug)}",
        url=url,
        title=card.title,
        lang=card.lang,
        published=midnight(record.date, parts.utc_offset),
        updated=midnight(record.date, parts.utc_offset),
        tags=tuple(tag.label for tag in record.tags[: ROW_TAGS.most]),
        summary=card.opening,
        content=_content(parts, record, targets, url),
    )


def _content(parts: Parts, record: Record, targets: Targets, page: str) -> Markup:
    """Return the whole text of the entry at `page`, the author's words first, with absolute links and no ids.

    Of a text beyond the limit, return the first sentences: the feed of each of its tags would hold it again.
    """
    body = parts.body_of(record)
    fragments = (body.commentary, *([body.abstract] if body.abstract else []), *body.translations)
    if sum(len(fragment.html) for fragment in fragments) > FEED_TEXT.most:
        return paragraph(record.card.opening)
    resolve = parts.resolver(targets, _base(parts.site))
    paragraphs = [resolve_references(body.commentary, resolve, page=page, ids=False)]
    if body.entry.authors:
        paragraphs.append(paragraph(", ".join(body.entry.authors)))
    if body.abstract:
        paragraphs.append(block_quote(resolve_references(body.abstract, resolve), body.abstract.lang))
    paragraphs += [
        resolve_references(text, resolve, prefix=f"{text.lang}:", page=page, ids=False) for text in body.translations
    ]
    return Markup("\n").join(paragraphs)


def _base(site: Site) -> str:
    return site.url or site.root


def _authority(site: Site) -> str:
    """Return the authority of tag URIs (RFC 4151): the site's host, which outlives any path on it."""
    return urlsplit(site.url).hostname or "localhost"


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
    menu=MenuEntry("footer", "feed", routes.FEED, label),
)
JSON_FEED = PageType(recipe=JsonFeedRecipe, paths=r"feed\.json", plan=plan_json, compose=compose_json, texts=texts)
