"""The content of `<head>`: titles, addresses, links to feeds, citation tags and structured data."""

import datetime as dt
from collections.abc import Iterable

from markupsafe import Markup
from msgspec import structs

from ..archive.archive import Record
from ..archive.references import SiteFile
from ..model import Body
from ..text.markup import script_json
from ..urls import arxiv_id
from . import routes
from .recipes import Targets
from .views import EntryBody, Head, Site

MARKDOWN = "text/markdown"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
DESCRIPTION_LENGTH = 200
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
) -> Head:
    """Return the head of any page but an entry's. `feed` is the (title, path) of the page's own feed, if it has one."""
    feeds = _site_feeds(site)
    if feed:
        feeds = ((feed[0], routes.address(site.root, feed[1]), ATOM), *feeds)
    return Head(
        title=title,
        description=description or site.description,
        canonical="" if noindex or not site.url else routes.absolute(site.url, path),
        lang=site.language,
        feeds=feeds,
        previous=previous,
        next=next_,
        noindex=noindex,
    )


def entry_head(site: Site, record: Record, body: Body, utc_offset: str, previous: str, next_: str) -> Head:
    """Return the head of an entry's page."""
    card = record.card
    path = routes.path_of(record)
    canonical = routes.absolute(site.url, path) if site.url else ""
    markdown = routes.address(site.root, routes.entry_markdown(path))
    return Head(
        title=card.title,
        description=shorten(card.opening) or site.description,
        canonical=canonical,
        type="article",
        published=midnight(card.date, utc_offset) if card.date else "",
        lang=card.lang,
        meta=_citation(body) if card.kind == "paper" else (),
        json_ld=_json_ld(site, record, body, canonical, utc_offset),
        feeds=_site_feeds(site),
        alternates=((card.title, markdown, MARKDOWN),),
        previous=previous,
        next=next_,
    )


def with_media(site: Site, head: Head, entries: Iterable[tuple[EntryBody, Targets]]) -> Head:
    """Add to a head what the texts of a page show: their first image, and whether there is sound or a film."""
    image, plays = "", False
    for entry, targets in entries:
        texts = (entry.commentary, *(translation.html for translation in entry.translations))
        plays = plays or any(element in text for text in texts for element in ("<video ", "<audio "))
        files = (target.path for _, target in targets if isinstance(target, SiteFile))
        image = image or next((path for path in files if path.endswith(CARD_IMAGES)), "")
    if not (image or plays):
        return head
    return structs.replace(head, image=routes.absolute(site.url, image) if image and site.url else "", plays=plays)


def midnight(date: dt.date, utc_offset: str) -> str:
    """Return the start of a date in RFC 3339 format. Notes have no time of day."""
    return f"{date.isoformat()}T00:00:00{utc_offset}"


def shorten(text: str, limit: int = DESCRIPTION_LENGTH) -> str:
    """Return text cut to at most `limit` characters, between words if possible, with an ellipsis if it was cut."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(",.;:") + "…"


def _site_feeds(site: Site) -> tuple[tuple[str, str, str], ...]:
    return (
        (site.title, routes.address(site.root, routes.FEED), ATOM),
        (site.title, routes.address(site.root, routes.JSON_FEED), JSON_FEED),
    )


def _citation(body: Body) -> tuple[tuple[str, str], ...]:
    """Return the `citation_*` tags of a paper, which Zotero and Google Scholar read."""
    entry = body.entry
    paper = arxiv_id(entry.link or "")
    pairs = [("citation_title", entry.title), *(("citation_author", name) for name in entry.authors)]
    if paper:
        pairs += [
            ("citation_arxiv_id", paper),
            ("citation_abstract_html_url", f"https://arxiv.org/abs/{paper}"),
            ("citation_pdf_url", f"https://arxiv.org/pdf/{paper}"),
        ]
        if year := _arxiv_year(paper):
            pairs.append(("citation_publication_date", str(year)))
    return tuple(pairs)


def _arxiv_year(paper: str) -> int | None:
    """Return the year in an arXiv id: the first two digits or, in an old id, the two digits after the slash."""
    digits = paper.rpartition("/")[2][:2]
    year = int(digits)
    return 1900 + year if year >= 91 else 2000 + year


def _json_ld(site: Site, record: Record, body: Body, canonical: str, utc_offset: str) -> Markup:
    entry = body.entry
    posting: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": entry.title,
        **({"datePublished": midnight(record.date, utc_offset)} if entry.date else {}),
        "inLanguage": entry.lang,
        "isPartOf": {"@type": "Blog", "name": site.title},
    }
    if site.author:
        posting["author"] = {"@type": "Person", "name": site.author}
    if canonical:
        posting["url"] = posting["mainEntityOfPage"] = canonical
    if record.tags:
        posting["keywords"] = [tag.label for tag in record.tags]
    if record.card.kind == "paper":
        paper: dict[str, object] = {"@type": "ScholarlyArticle", "name": entry.title}
        if entry.authors:
            paper["author"] = [{"@type": "Person", "name": name} for name in entry.authors]
        if entry.abstract:
            paper["abstract"] = entry.abstract
        if identity := arxiv_id(entry.link or ""):
            paper["identifier"] = f"arXiv:{identity}"
            paper["sameAs"] = f"https://arxiv.org/abs/{identity}"
        elif entry.link:
            paper["url"] = entry.link
        posting["about"] = paper
    return script_json(posting)
