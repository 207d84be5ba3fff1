"""An answer of the arXiv API, which is an Atom feed -> the papers in it.

Whatever comes from the network may be wrong or hostile: a document with a DOCTYPE is refused, so there are no entities to
expand, texts are cleaned and cut, and a value that is not what it should be counts as unknown. The fields are described in
the arXiv API user's manual (info.arxiv.org/help/api/user-manual.html, section 3.3).
"""

import re
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from msgspec import Struct

from ..limits import AUTHORS, TITLE_LENGTH
from ..urls import arxiv_id, arxiv_version
from .parsing import LONGEST_NAME, LONGEST_VERSION, clean, clean_abstract, is_category, is_date, is_doi
from .record import Paper

DEEPEST = 20
"""The most elements inside one another; a feed has four."""
MOST_CATEGORIES = 50

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ERRORS = "arxiv.org/api/errors"
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n[ \t]{2,}")


class FeedError(ValueError):
    """An answer is no feed."""


class Feed(Struct, frozen=True):
    """The papers of an answer, how many there are in all, and arXiv's message if it refused the question."""

    papers: tuple[Paper, ...]
    total: int
    refusal: str = ""


def parse_feed(content: bytes, found: str = "") -> Feed:
    """Return the papers of an answer; `found` is the day on which they were looked up. Raises FeedError."""
    root = _parse(content)
    if root.tag != f"{_ATOM}feed":
        raise FeedError("it is no Atom feed")
    entries = root.findall(f"{_ATOM}entry")
    for entry in entries:
        if _ERRORS in _text(entry, f"{_ATOM}id"):
            return Feed((), 0, _text(entry, f"{_ATOM}summary")[:200] or "it names no reason")
    papers = tuple(paper for entry in entries if (paper := _read(entry, found)))
    total = _text(root, _TOTAL)
    return Feed(papers, int(total) if re.fullmatch(r"\d{1,9}", total) else len(papers))


def _parse(content: bytes) -> Element:
    builder, depth = TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")

    def open_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise FeedError("it nests too deep")
        builder.start(f"{{{name}" if "}" in name else name, attributes)

    def close_element(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(f"{{{name}" if "}" in name else name)

    def refuse(*_arguments: object) -> NoReturn:
        raise FeedError("it has a DOCTYPE")

    parser.StartElementHandler = open_element
    parser.EndElementHandler = close_element
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
        return builder.close()
    except FeedError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FeedError(f"it is no valid XML: {error}") from error


def _text(element: Element, path: str) -> str:
    return clean(element.findtext(path, ""))


def _read(entry: Element, found: str) -> Paper | None:
    """Return the paper of an entry, or None if it has no id or no title, as the entry of an unknown id has not."""
    address = _text(entry, f"{_ATOM}id")
    identifier, title = arxiv_id(address), _text(entry, f"{_ATOM}title")
    if not identifier or not title or len(title) > TITLE_LENGTH.most:
        return None
    names = [_text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")[: AUTHORS.most]]
    primary = entry.find(f"{_ARXIV}primary_category")
    terms = [
        each.get("term", "") for each in (*([] if primary is None else [primary]), *entry.findall(f"{_ATOM}category"))
    ]
    doi, published = _text(entry, f"{_ARXIV}doi"), _text(entry, f"{_ATOM}published")[:10]
    version = arxiv_version(address)
    summary = _PARAGRAPH.sub("\x0c", (entry.findtext(f"{_ATOM}summary") or "").strip()).replace("\n", " ")
    return Paper(
        id=identifier,
        title=title,
        authors=tuple(name for name in names if 0 < len(name) <= LONGEST_NAME),
        published=published if is_date(published) else "",
        categories=tuple(dict.fromkeys(filter(is_category, terms)))[:MOST_CATEGORIES],
        doi=doi if is_doi(doi) else "",
        version=int(version[1:] or 0) if len(version) <= LONGEST_VERSION else 0,
        found=found,
        abstract=clean_abstract(summary.replace("\x0c", "\n")),
    )
