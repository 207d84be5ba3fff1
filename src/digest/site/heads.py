"""The content of `<head>`: titles, addresses, links to feeds and to other forms, tags for reference managers, structured data."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from markupsafe import Markup
from msgspec import structs

from ..archive.archive import Record
from ..archive.references import SiteFile
from ..citations.work import cite, cite_further
from ..model import Body
from . import routes
from .recipes import Targets
from .reference_tags import note_tags, reference_tags
from .structured_data import HEADLINE_LENGTH, describe_entry, describe_page
from .views import Crumb, EntryBody, Head, Site

MARKDOWN = "text/markdown"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
JSON = "application/json"
DESCRIPTION_LENGTH = 200
ALT_LENGTH = 400
"""Characters of the text that stands for an image; X takes 420."""
CARD_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
"""Endings of images that services show beside a link."""


def page_head(
    site: Site,
    path: str,
    title: str,
    *,
    description: str = "",
    feed: tuple[str, str] | None = None,
    previous: str = "",
    next_: str = "",
    noindex: bool = False,
    crumbs: tuple[Crumb, ...] = (),
    entries: tuple[str, ...] = (),
    has_card: bool = False,
) -> Head:
    """Return the head of any page but an entry's.

    `feed` is the (title, path) of the page's own feed, if it has one. `crumbs` are the steps to the page, and `entries` the
    addresses of the entries that it lists, for search engines. A long `description` is cut. A page that `has_card` shows its own
    card image, and others the site's.
    """
    image, image_alt = _card(site, path, f"{title}: {description}") if has_card else _site_card(site)
    feeds = _site_feeds(site)
    if feed:
        feeds = ((feed[0], routes.address(site.root, feed[1]), ATOM), *feeds)
    canonical = "" if noindex or not site.url else routes.absolute(site.url, path)
    return Head(
        title=title,
        description=shorten(description) or site.description,
        canonical=canonical,
        lang=site.language,
        author=site.author,
        make_json_ld=partial(describe_page, site, title, canonical, crumbs, entries) if crumbs else Markup,
        feeds=feeds,
        alternates=((site.title, routes.address(site.root, routes.ENTRIES), JSON),),
        previous=previous,
        next=next_,
        noindex=noindex,
        image=image,
        image_alt=image_alt,
        is_card=bool(image),
    )


def entry_head(
    site: Site,
    record: Record,
    body: Body,
    utc_offset: str,
    previous: str,
    next_: str,
    crumbs: tuple[Crumb, ...] = (),
) -> Head:
    """Return the head of an entry's page.

    Reference managers save the work that an entry is about and, without one, the note. What they would take from the note for
    a work is left out: its date, and for want of the work's own, its opening and its author.
    """
    card = record.card
    path = routes.path_of(record)
    canonical = routes.absolute(site.url, path) if site.url else ""
    work = cite(card, body.entry.abstract)
    is_note = work.is_note
    start = midnight(card.date, utc_offset) if card.date else ""
    has_card = site.cards is not None and site.cards.entries
    image, image_alt = _card(site, path, card.title) if has_card else _site_card(site)

    def describe() -> Markup:
        further = (cite_further(further, card.lang) for further in body.entry.works)
        return describe_entry(
            site,
            record,
            (*(() if is_note else (work,)), *further),
            headline=shorten(card.title, HEADLINE_LENGTH),
            url=canonical,
            published=start,
            updated=midnight(card.updated, utc_offset) if card.updated else "",
            crumbs=crumbs,
        )

    return Head(
        title=card.title,
        description=shorten(card.opening) or site.description,
        is_abstract=is_note or bool(work.abstract),
        canonical=canonical,
        type="article",
        published=start if is_note else "",
        lang=card.lang,
        author=site.author if is_note or work.authors.names else "",
        make_meta=partial(note_tags, card.date) if is_note else partial(reference_tags, work),
        make_json_ld=describe,
        feeds=_site_feeds(site),
        alternates=(
            (card.title, routes.address(site.root, routes.entry_markdown(path)), MARKDOWN),
            (card.title, routes.address(site.root, routes.ENTRIES), JSON),
        ),
        previous=previous,
        next=next_,
        image=image,
        image_alt=image_alt,
        is_card=bool(image),
    )


def with_media(site: Site, head: Head, entries: Iterable[tuple[EntryBody, Targets]]) -> Head:
    """Add to a head what the texts of a page show: their first image, and whether there is sound or a film.

    A page with a card image of its own keeps that.
    """
    image, plays = "", False
    for entry, targets in entries:
        texts = (entry.commentary, *(translation.html for translation in entry.translations))
        plays = plays or any(element in text for text in texts for element in ("<video ", "<audio "))
        files = (target.path for _, target in targets if isinstance(target, SiteFile))
        image = image or next((path for path in files if path.endswith(CARD_IMAGES)), "")
    if not (image or plays):
        return head
    head = structs.replace(head, plays=plays)
    if not (image and site.url) or (head.is_card and head.image != _site_card(site)[0]):
        return head
    return structs.replace(head, image=routes.absolute(site.url, image), image_alt="", is_card=False)


def midnight(date: dt.date, utc_offset: str) -> str:
    """Return the start of a date in RFC 3339 format. Notes have no time of day."""
    return f"{date.isoformat()}T00:00:00{utc_offset}"


def shorten(text: str, limit: int = DESCRIPTION_LENGTH) -> str:
    """Return text cut to at most `limit` characters, between words if possible, with an ellipsis if it was cut."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(",.;:") + "…"


def _card(site: Site, path: str, text: str) -> tuple[str, str]:
    """Return the address of the card image of the page at a path, and the text that it shows."""
    return routes.absolute(site.url, routes.card_image(path)), shorten(text, ALT_LENGTH)


def _site_card(site: Site) -> tuple[str, str]:
    """Return the address of the site's card image and the text that it shows; both are empty if there is none."""
    if site.cards is None:
        return "", ""
    return _card(site, routes.HOME, ": ".join(filter(None, (site.title, site.description))))


def _site_feeds(site: Site) -> tuple[tuple[str, str, str], ...]:
    return (
        (site.title, routes.address(site.root, routes.FEED), ATOM),
        (site.title, routes.address(site.root, routes.JSON_FEED), JSON_FEED),
    )
