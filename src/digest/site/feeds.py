"""Newest entries -> Atom (RFC 4287) and JSON Feed 1.1, in full, with ids that never change."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

import msgspec
from markupsafe import Markup

from ..archive.archive import Record
from ..model import Body
from . import routes
from .heads import midnight
from .recipes import FeedRecipe, Targets
from .views import FeedEntry, FeedView, Site

EPOCH = "1970-01-01T00:00:00Z"
"""What an empty feed says of its last change: Atom demands a time, and the clock would change the bytes."""


def feed_view(
    recipe: FeedRecipe,
    site: Site,
    utc_offset: str,
    body_of: Callable[[Record], Body],
    content_of: Callable[[Body, Targets], Markup],
) -> FeedView:
    """Compose a feed; `content_of` gives an entry's whole text as HTML with absolute addresses."""
    base = site.url or site.root
    tag = recipe.tag
    path = routes.tag(tag.slug) if tag else routes.HOME
    entries = tuple(
        _feed_entry(record, body_of(record), targets, site, utc_offset, content_of)
        for record, targets in zip(recipe.records, recipe.targets, strict=True)
    )
    return FeedView(
        id=f"tag:{_authority(site)},2000:{quote('tag/' + tag.slug) if tag else 'site'}",
        title=f"{site.title} · #{tag.label}" if tag else site.title,
        subtitle="" if tag else site.description,
        lang=site.language,
        url=routes.absolute(base, path),
        self_url=routes.absolute(base, routes.tag_feed(tag.slug) if tag else routes.FEED),
        updated=max((entry.updated for entry in entries), default=EPOCH),
        author=site.author or site.title,
        entries=entries,
    )


def json_feed(view: FeedView, site: Site) -> bytes:
    """Write a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    base = site.url or site.root
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
        "feed_url": routes.absolute(base, routes.JSON_FEED),
        "language": view.lang,
        "authors": [{"name": view.author}],
        "items": items,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _feed_entry(
    record: Record,
    body: Body,
    targets: Targets,
    site: Site,
    utc_offset: str,
    content_of: Callable[[Body, Targets], Markup],
) -> FeedEntry:
    card = record.card
    return FeedEntry(
        id=f"tag:{_authority(site)},{card.date.isoformat()}:{quote(record.slug)}",
        url=routes.absolute(site.url or site.root, routes.entry(card.date, record.slug)),
        title=card.title,
        lang=card.lang,
        published=midnight(card.date, utc_offset),
        updated=midnight(card.date, utc_offset),
        tags=tuple(tag.label for tag in record.tags),
        summary=card.opening,
        content=content_of(body, targets),
    )


def _authority(site: Site) -> str:
    """Return who vouches for the ids (RFC 4151): the site's host, which outlives any path on it."""
    return urlsplit(site.url).hostname or "localhost"
