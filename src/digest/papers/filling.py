"""An entry and the papers that were looked up -> the entry with everything that its author left open.

The author's own words always win: a record fills only what is empty. What an entry is recognised by, its address and its
names, stay as they are without papers.yaml.
"""

from collections.abc import Iterator

from msgspec import structs

from ..model import Entry
from ..urls import arxiv_id, arxiv_label_at
from .matching import fold_title, match_paper
from .record import Paper, Papers

ABSTRACT = "https://arxiv.org/abs/"


def id_in_title(title: str) -> str:
    """Return the arXiv id if a title is only a paper's address or its id as `arXiv:2305.10403`; else nothing."""
    end, paper, _ = arxiv_label_at(title, 0, len(title))
    return arxiv_id(title) or (paper if paper and end == len(title) else "")


def own_id(entry: Entry) -> str:
    """Return the arXiv id that an entry gives itself, by its link or else by its title; or nothing."""
    if entry.page:
        return ""
    return (arxiv_id(entry.link) or "") if entry.link else id_in_title(entry.title)


def is_nameless(entry: Entry) -> bool:
    """Return True if the title of an entry only repeats the arXiv id of its link."""
    paper = own_id(entry)
    bare = entry.title.casefold().removeprefix("arxiv").lstrip(":- ").partition("v")[0]
    return bool(paper) and (id_in_title(entry.title) == paper or bare == paper)


def wants_link(entry: Entry) -> bool:
    """Return True for a paper whose author gave no link."""
    return entry.kind == "paper" and not entry.link and not entry.page and bool(fold_title(entry.title))


def title_key(title: str) -> str:
    """Return the key of all entries and records with this title."""
    return f"title:{fold_title(title)}"


def keys_of(entry: Entry) -> Iterator[str]:
    """Yield the keys of the records that an entry and its further works may be filled from."""
    if paper := own_id(entry):
        yield paper
    elif wants_link(entry):
        yield title_key(entry.title)
    yield from (title_key(work.title) for work in entry.works if work.title and not work.link)


def changed_keys(former: Papers, papers: Papers) -> frozenset[str]:
    """Return the keys of all records that differ, so that entries with these keys have to be filled anew."""
    names = former.by_id.keys() | papers.by_id.keys()
    pairs = [(former.by_id.get(name), papers.by_id.get(name)) for name in names]
    differing = [paper for pair in pairs if pair[0] != pair[1] for paper in pair if paper]
    return frozenset(key for paper in differing for key in (paper.id, title_key(paper.title)))


def find_paper(entry: Entry, papers: Papers) -> Paper | None:
    """Return the record of the paper that an entry is about: by its arXiv id or, without a link, by title and authors."""
    if paper := own_id(entry):
        return papers.by_id.get(paper)
    return _find_by_title(entry.title, entry.authors, papers) if wants_link(entry) else None


def _find_by_title(title: str, authors: tuple[str, ...], papers: Papers) -> Paper | None:
    same = papers.by_title.get(fold_title(title), ()) if title else ()
    return match_paper(title, authors, same).paper if same else None


def fill(entry: Entry, papers: Papers) -> Entry:
    """Return an entry with everything that its author left open and that the records know."""
    if not papers:
        return entry
    filled = _fill_works(entry, papers) if entry.works else entry
    paper = find_paper(entry, papers)
    if paper is None:
        return filled
    nameless = is_nameless(entry) and bool(paper.title)
    return structs.replace(
        filled,
        title=paper.title if nameless else entry.title,
        # Links to the note, and its address, go by the title that the author wrote.
        slug=(entry.slug or entry.title) if nameless else entry.slug,
        aliases=tuple(dict.fromkeys((*entry.aliases, entry.title))) if nameless else entry.aliases,
        # An entry with a link to arXiv is a note only if its author says so.
        kind="paper" if entry.kind == "note" and not entry.link else entry.kind,
        link=entry.link or ABSTRACT + paper.id,
        arxiv=tuple(dict.fromkeys((paper.id, *filled.arxiv))),
        authors=entry.authors or paper.authors,
        abstract=entry.abstract or paper.abstract,
        published=entry.published or paper.published,
        doi=entry.doi or paper.doi,
        categories=entry.categories or paper.categories,
    )


def _fill_works(entry: Entry, papers: Papers) -> Entry:
    """Return an entry whose further works have their links."""
    found = [None if work.link else _find_by_title(work.title, work.authors, papers) for work in entry.works]
    works = tuple(
        structs.replace(work, link=ABSTRACT + paper.id) if paper else work
        for work, paper in zip(entry.works, found, strict=True)
    )
    arxiv = (*entry.arxiv, *(paper.id for paper in found if paper))
    return structs.replace(entry, works=works, arxiv=tuple(dict.fromkeys(arxiv)))
