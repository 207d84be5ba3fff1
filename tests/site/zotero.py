"""Zotero's reading of a page, written anew from the field lists of its translators and from its documentation.

`Embedded Metadata` reads the tags of a page, and `COinS` reads its lists. COinS has the higher priority: a page with any is
never read for its tags. The rules here are those that decide a field; the translators know many more names of tags.
"""

import re
from typing import Any
from urllib.parse import unquote

from lxml import html

Item = dict[str, Any]

HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_conference_title": "conferenceName",
    "citation_volume": "volume",
    "citation_series_title": "series",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
TYPES_OF_TAGS = {"citation_journal_title": "journalArticle", "citation_conference_title": "conferencePaper"}
PREFIXES = ("dc", "dcterms", "og", "article", "z")
KNOWN_TYPES = (
    "preprint",
    "journalArticle",
    "conferencePaper",
    "bookSection",
    "computerProgram",
    "webpage",
    "blogPost",
)
# Each field with the tags that it is taken from, the first one that there is.
RDF = {
    "title": ("dc:title", "og:title"),
    "date": ("og:published_time", "article:published_time", "dc:date.issued", "dcterms:issued", "dc:date"),
    "abstractNote": ("og:description", "dcterms:abstract", "dc:description"),
    "language": ("dc:language",),
    "url": ("og:url",),
    "publicationTitle": ("dc:source",),
}
OWN_TITLE = ("blogPost", "webpage")


def read(page: html.HtmlElement) -> Item | list[Item]:
    """Return the item that Zotero would save of a page, or the items among which it would ask its user to choose."""
    spans = [span for span in page.xpath("//span[@title]") if "Z3988" in (span.get("class") or "").split()]
    if spans:
        items = [read_coins(span.get("title")) for span in spans]
        return items[0] if len(items) == 1 else items
    return read_tags(page)


def read_tags(page: html.HtmlElement) -> Item:
    tags: list[tuple[str, str]] = []
    for meta in page.iter("meta"):
        # A name hides a property.
        name, content = meta.get("name") or meta.get("property"), meta.get("content")
        if name and content:
            tags.append((name, content))
    first = dict(reversed(tags))
    rdf: dict[str, str] = {}
    for name, content in tags:
        prefix, mark, rest = re.sub(r"[.:_]", ":", name, count=1).partition(":")
        if mark and prefix.lower() in PREFIXES:
            rdf.setdefault(f"{prefix.lower()}:{rest[0].lower()}{rest[1:]}", content)
    item: Item = {"itemType": _type(tags, rdf)}
    for field, names in RDF.items():
        item[field] = next((rdf[name] for name in names if name in rdf), "")
    if item["itemType"] in OWN_TITLE and not item["publicationTitle"]:
        item["publicationTitle"] = rdf.get("og:site_name", "")
    item |= {name.removeprefix("z:"): content for name, content in rdf.items() if name.startswith("z:")}
    item |= {field: first[name] for name, field in HIGHWIRE.items() if first.get(name, "").strip()}
    item["creators"] = _creators([content for name, content in tags if name == "citation_author"])
    item["pdf"] = first.get("citation_pdf_url", "")
    return _fall_back(item, page, first)


def _fall_back(item: Item, page: html.HtmlElement, first: dict[str, str]) -> Item:
    """Fill what is missing from parts of the page that say less."""
    if not item["creators"] and "author" in first:
        item["creators"] = [clean_author(first["author"], by_comma=False)]
    item["abstractNote"] = item["abstractNote"] or first.get("description", "")
    canonical = page.xpath("string(//head/link[@rel='canonical']/@href)")
    item["url"] = item["url"] or canonical
    item["language"] = item["language"] or page.get("lang")
    item["date"] = item["date"] or page.xpath("string((//time/@datetime)[1])")
    return {key: value for key, value in item.items() if value}


def _type(tags: list[tuple[str, str]], rdf: dict[str, str]) -> str:
    of_tags = [TYPES_OF_TAGS[name] for name, _ in tags if name in TYPES_OF_TAGS]
    if of_tags:
        return of_tags[-1]
    if rdf.get("z:itemType") in KNOWN_TYPES:
        return rdf["z:itemType"]
    if rdf.get("og:type") == "website":
        return "webpage"
    if rdf.get("dc:type") in KNOWN_TYPES:
        return rdf["dc:type"]
    return "journalArticle" if any(name == "citation_title" for name, _ in tags) else "webpage"


def _creators(contents: list[str]) -> list[str]:
    creators: list[str] = []
    for content in contents:
        names = re.split(r"\s*;\s*", content)
        if len(names) == len(contents) == 1:
            by_comma = re.split(r"\s*,\s*", names[0])
            if len(by_comma) > 1 and all(" " in name for name in by_comma[:2]):
                names = by_comma
        creators += (clean_author(name, by_comma="," in name) for name in names if re.search(r"[^\s,-.;]", name))
    return creators


def clean_author(author: str, *, by_comma: bool) -> str:
    """Return a name as `family | given`, or as it is if it has one part."""
    author = re.sub(r"[\s\xa0]+", " ", author.strip("\xa0 .,/[]:"), count=1)
    if by_comma:
        parts = re.split(r"[,،] ?", author)
        family, given = parts[0], parts[1] if len(parts) > 1 else ""
    else:
        given, _, family = author.rpartition(" ")
    given = " ".join(f"{word}." if re.fullmatch("-?[A-Z]", word) else word for word in given.split())
    return " | ".join(filter(None, (family, given)))


def read_coins(title: str) -> Item:
    """Read a ContextObject of the format `dc`, its keys in the order in which they stand."""
    pairs = [(key, part) for key, part in (pair.split("=")[:2] for pair in title.split("&"))]
    assert ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc") in pairs
    item: Item = {"itemType": "webpage", "creators": []}
    for key, written in pairs:
        value = unquote(re.sub(r"\+|%2[bB]", " ", written), errors="strict")
        if key == "rft_id" and value.startswith("info:doi/"):
            item["DOI"] = value[9:]
        elif key == "rft_id" and re.match(r"https?://", value):
            item["url"] = value
        elif key == "rft.title":
            taken = item["itemType"] in ("journalArticle", "bookSection", "conferencePaper")
            item["publicationTitle" if taken else "title"] = value
        elif key == "rft.creator":
            item["creators"].append(clean_author(value, by_comma="," in value))
        elif key == "rft.type" and value in KNOWN_TYPES:
            item["itemType"] = value
        elif key in COINS:
            item[COINS[key]] = value
    return item


COINS = {
    "rft.date": "date",
    "rft.source": "publicationTitle",
    "rft.language": "language",
    "rft.description": "abstractNote",
}
