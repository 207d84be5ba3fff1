"""An entry -> the work that it is about, with everything that is known of it."""

from typing import Literal

from msgspec import Struct

from ..model import Card, Entry
from ..urls import arxiv_id
from .names import Authors, parse_authors

WorkType = Literal["article", "article-journal", "paper-conference", "chapter", "software", "webpage", "post-weblog"]
"""The types of works in CSL's vocabulary: `article` is a preprint, `software` a model, `webpage` hardware and anything else."""


class CitedWork(Struct, frozen=True):
    """A work as bibliographies know it; a text or tuple is empty if it is unknown.

    `published` is the work's own date as far as it is known: `2024`, `2024-03` or `2024-03-19`. It is never the date of the
    note. `arxiv` is an id without a version, `categories` are arXiv's, the primary one first. `container` is the journal or the
    proceedings, `link` the address that leads to the work, and `pdf` that of its PDF file.
    """

    type: WorkType
    title: str
    authors: Authors = Authors()
    abstract: str = ""
    published: str = ""
    link: str = ""
    pdf: str = ""
    arxiv: str = ""
    categories: tuple[str, ...] = ()
    doi: str = ""
    container: str = ""
    lang: str = ""


def cite(entry: Entry | Card, abstract: str = "") -> CitedWork:
    """Return the work that an entry or a card is about."""
    paper = arxiv_id(entry.link or "") or ""
    return CitedWork(
        type="article" if entry.kind == "paper" else "software" if entry.kind == "model" else "webpage",
        title=entry.title,
        authors=parse_authors(entry.authors),
        abstract=abstract,
        published=entry.published,
        link=entry.link or "",
        arxiv=paper,
        categories=entry.categories,
        doi=entry.doi,
    )
