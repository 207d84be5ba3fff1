"""The work of an entry -> what reference managers such as Zotero read of it in a page: tags in `<head>`, and COinS in lists.

The names of the tags are those of HighWire and Dublin Core, as Zotero documents them. Tags with `z:` are fields of Zotero's
own, which no other vocabulary has. A note is no page that Google Scholar indexes, so nothing here is meant for it.
"""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import quote_plus

from ..citations.names import Name
from ..citations.work import CitedWork, WorkType

ITEM_TYPES: dict[WorkType, str] = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "paper-conference": "conferencePaper",
    "chapter": "bookSection",
    "software": "computerProgram",
    "webpage": "webpage",
    "post-weblog": "blogPost",
}
"""Zotero's types of items by CSL's types of works."""

CREATORS_IN_COINS = 30
"""A list of more authors makes rows too long. Zotero looks up a work with a DOI and without authors."""

_CONTAINERS: dict[WorkType, str] = {
    "article-journal": "citation_journal_title",
    "paper-conference": "citation_conference_title",
}
_HOST = re.compile(r"https?://(?:www\.)?([^/?#:@]+)", re.IGNORECASE)
_SAFE = "/:;,!*()~@$"
_FORMAT = "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc"


def reference_tags(work: CitedWork) -> tuple[tuple[str, str], ...]:
    """Return the (name, content) of each tag that tells a reference manager of a work."""
    return tuple((name, content) for name, content in _tags(work) if content)


def _tags(work: CitedWork) -> Iterator[tuple[str, str]]:
    is_alone = len(work.authors.names) == 1
    yield "citation_title", work.title
    yield from (("citation_author", _as_tag(name, is_alone=is_alone)) for name in work.authors.names)
    yield "citation_publication_date", work.published.replace("-", "/")
    yield "citation_abstract", " ".join(work.abstract.split())
    yield "citation_language", work.lang
    yield _CONTAINERS.get(work.type, "citation_inbook_title"), work.container
    yield "citation_series_title", work.series
    yield "citation_volume", work.volume
    yield "citation_doi", work.doi
    yield "citation_public_url", work.link
    yield "citation_abstract_html_url", work.link
    yield "citation_pdf_url", work.pdf
    if work.arxiv:
        yield "citation_arxiv_id", work.arxiv
        if work.type == "article":
            yield "citation_publisher", "arXiv"
            yield "z:archiveID", f"arXiv:{work.arxiv}"
    if work.type == "webpage":
        # Zotero would copy a type of Dublin Core into another field of a web page, and this site's title into its website.
        yield "z:itemType", ITEM_TYPES[work.type]
        yield "DC.source", _host_of(work.link)
    else:
        yield "DC.type", ITEM_TYPES[work.type]


def _host_of(link: str) -> str:
    match = _HOST.match(link)
    return match[1] if match else ""


def note_tags(date: dt.date | None) -> tuple[tuple[str, str], ...]:
    """Return the tags of a page that is itself to be cited. Its title and its author are in tags of other names."""
    dated = (("citation_publication_date", date.isoformat().replace("-", "/")),) if date else ()
    return (*dated, ("z:itemType", ITEM_TYPES["post-weblog"]))


def coins(work: CitedWork, *, is_full: bool = False) -> str:
    """Return a paper as a ContextObject in Dublin Core, which is the title of an empty `<span class="Z3988">`.

    Other works give an empty text. If `is_full` is True, the abstract is in it, and a work of any kind gives a text. See NISO
    Z39.88-2004 and ocoins.info.
    """
    if not (work.is_scholarly or (is_full and not work.is_note)):
        return ""
    # Zotero takes a title behind the type of a conference paper for the title of the proceedings.
    fields = [("rft.title", " ".join(work.title.split())), ("rft.type", ITEM_TYPES[work.type])]
    names = work.authors.names
    if len(names) <= CREATORS_IN_COINS or not work.doi:
        fields += (("rft.creator", family_first(name)) for name in names)
    fields += (("rft.date", work.published), ("rft.source", work.container), ("rft.language", work.lang))
    if is_full:
        fields.append(("rft.description", " ".join(work.abstract.split())))
    fields += (("rft_id", f"info:doi/{work.doi}" if work.doi else ""), ("rft_id", work.link))
    known = [(key, value.replace("\n", " ")) for key, value in fields if value]
    # All values are quoted at once, which is faster.
    quoted = quote_plus("\n".join(value for _, value in known), _SAFE, errors="replace").split("%0A")
    return "&".join([_FORMAT, *(f"{key}={value}" for (key, _), value in zip(known, quoted, strict=True))])


def family_first(name: Name) -> str:
    """Return a name with the family name first: `van Rossum, Guido`.

    A comma at the end keeps a name of several words whole: `Gemini Team,` has no given name.
    """
    family = name.literal.replace(",", "") or " ".join(filter(None, (name.particle, name.family)))
    given = " ".join(filter(None, (name.given, name.suffix)))
    whole = f"{family}, {given}" if given else f"{family}," if " " in family else family
    return whole.replace(";", "")  # which would part two names


def _as_tag(name: Name, *, is_alone: bool) -> str:
    """Return a name as a tag has it. Zotero takes a tag that is alone for two names if each side of a comma has a space."""
    written = family_first(name)
    family, comma, given = written.partition(", ")
    return f"{family}{comma}{given.replace(' ', chr(0xA0))}" if is_alone and " " in family and given else written
