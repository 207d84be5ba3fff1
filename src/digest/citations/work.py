"""An entry -> the work that it is about, with everything that is known of it."""

from msgspec import Struct, structs

from ..model import Card, Entry, Span, Work
from ..scripts import language_of
from .dois import read_doi
from .names import Authors, parse_authors
from .publications import SCHOLARLY, Publication, WorkType
from .venues import read_address

_NOWHERE = Span("", 0, 0)

__all__ = ["SCHOLARLY", "CitedWork", "WorkType", "cite"]


class CitedWork(Struct, frozen=True):
    """A work as bibliographies know it; a text or tuple is empty if it is unknown.

    `published` is the work's own date as far as it is known: `2024`, `2024-03` or `2024-03-19`. It is never the date of the
    note. `arxiv` is an id without a version, `categories` are arXiv's, the primary one first. `container` is the journal or the
    conference, `link` the address that leads to the work, and `pdf` that of its PDF file. `series` and `volume` are those of
    the journal or of the proceedings.
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
    series: str = ""
    volume: str = ""

    @property
    def is_scholarly(self) -> bool:
        """Return True for a paper, whether it is published or not."""
        return self.type in SCHOLARLY

    @property
    def is_note(self) -> bool:
        """Return True if an entry is about no work that could be cited in place of the note itself."""
        return self.type == "post-weblog" or (self.type == "webpage" and not self.link)


def cite(entry: Entry | Card, abstract: str = "") -> CitedWork:
    """Return the work that an entry or a card is about.

    The type is that of the publication at the entry's link, or of the publication that its DOI names. Without either, a
    paper is an `article` and a model is `software`. Anything else is the page that the link leads to or, without a link,
    the note itself.
    """
    link = entry.link or ""
    told = _publication_of(link, entry.doi)
    return CitedWork(
        type=told.type if told else _type_of(entry.kind, link),
        title=entry.title,
        authors=parse_authors(entry.authors),
        abstract=abstract or (entry.abstract if isinstance(entry, Entry) else ""),
        published=_date_of(entry.published, told),
        link=(told.link if told else "") or link,
        pdf=told.pdf if told else "",
        arxiv=told.arxiv if told else "",
        categories=entry.categories,
        doi=entry.doi or (told.doi if told else ""),
        container=told.container if told else "",
        lang=entry.title_lang if isinstance(entry, Card) else language_of(entry.title, entry.lang),
        series=told.series if told else "",
        volume=told.volume if told else "",
    )


def cite_further(work: Work, lang: str) -> CitedWork:
    """Return a further work of an entry about several. `lang` is the language of the entry."""
    return cite(Entry(None, work.title, _NOWHERE, "paper", work.authors, work.abstract, link=work.link, lang=lang))


def _type_of(kind: str, link: str) -> WorkType:
    if kind == "paper":
        return "article"
    if kind == "model":
        return "software"
    return "webpage" if link or kind == "hardware" else "post-weblog"


def _publication_of(link: str, doi: str) -> Publication | None:
    """Return what a link and a DOI tell of one publication.

    A preprint may have appeared since: its DOI is then that of the conference or the journal, and says more than the link.
    """
    by_link = read_address(link) if link else None
    by_doi = read_doi(doi) if doi else None
    if not by_doi or (by_link and not by_link.arxiv) or (by_link and by_doi.type == "article"):
        return by_link
    if not by_link:
        return by_doi
    return structs.replace(by_doi, link=by_link.link, pdf=by_link.pdf, arxiv=by_link.arxiv)


def _date_of(published: str, told: Publication | None) -> str:
    """Return the date of a work: the one that the entry has, unless its preprint is of another year than the publication."""
    if not told or not told.published:
        return published
    is_of_preprint = told.arxiv and told.type != "article" and not published.startswith(told.published)
    return told.published if is_of_preprint or not published else published
