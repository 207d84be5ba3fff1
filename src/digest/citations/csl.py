"""Works -> CSL-JSON, version 1.0.2 of the schema, as Zotero, pandoc and citeproc read it."""

import msgspec
from msgspec import Struct

from .names import Authors, Name
from .plain import date_parts, plain_title
from .work import CitedWork


class _Person(Struct, frozen=True, omit_defaults=True, rename={"particle": "non-dropping-particle"}):
    """A name variable of CSL."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


class _Date(Struct, frozen=True, rename={"parts": "date-parts"}):
    """A date variable of CSL."""

    parts: tuple[list[int], ...]


class _Item(
    Struct, frozen=True, omit_defaults=True, rename={"container": "container-title", "series": "collection-title"}
):
    """An item of CSL-JSON."""

    id: str
    type: str
    title: str
    author: tuple[_Person, ...] = ()
    issued: _Date | None = None
    container: str = ""
    series: str = ""
    volume: str = ""
    publisher: str = ""
    archive: str = ""
    archive_location: str = ""
    number: str = ""
    DOI: str = ""
    URL: str = ""
    abstract: str = ""
    language: str = ""


_OTHERS = _Person(literal="others")
"""What pandoc writes for BibTeX's `others`, and sets as `et al.`: CSL has no sign for further authors."""
_ENCODER = msgspec.json.Encoder()


def write_csl(work: CitedWork, key: str) -> bytes:
    """Return a work as an item of CSL-JSON, on one line without a line feed."""
    item = _Item(
        id=key,
        type=work.type,
        title=plain_title(work),
        author=_authors(work.authors),
        issued=_Date((date_parts(work),)) if work.published else None,
        container=work.container,
        series=work.series,
        volume=work.volume,
        publisher="arXiv" if work.arxiv and not work.container else "",
        archive="arXiv" if work.arxiv else "",
        archive_location=work.arxiv,
        number=f"arXiv:{work.arxiv}" if work.arxiv else "",
        DOI=work.doi,
        URL=work.link,
        abstract=work.abstract,
        language=work.lang,
    )
    return _ENCODER.encode(item)


def _authors(authors: Authors) -> tuple[_Person, ...]:
    names = tuple(map(_person, authors.names))
    return (*names, _OTHERS) if names and authors.others else names


def _person(name: Name) -> _Person:
    return _Person(name.family, name.given, name.particle, name.suffix, name.literal)
