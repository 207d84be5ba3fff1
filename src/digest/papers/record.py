"""One paper of papers.yaml, and all of them by id and by title."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

FILE_NAME = "papers.yaml"


class Paper(Struct, frozen=True, array_like=True):
    """What is known of a paper on arXiv; a text or tuple is empty if it is unknown.

    `id` has no version; `version` is that of the paper when it was looked up, or 0. `published` is the day of the first version
    (`2024-03-19`), `categories` are arXiv's, the primary one first, and `doi` is that of the paper in a journal or in proceedings.
    `found` is the day on which the paper was looked up. Paragraphs of the abstract are joined by line feeds.

    The fields have the order of the file, in which git merges the records of two branches (`merge=union`): it gives both sides
    of a conflict whole if each side begins and ends with lines of its own, and no more than three lines between are the same.
    """

    id: str
    title: str = ""
    published: str = ""
    categories: tuple[str, ...] = ()
    found: str = ""
    authors: tuple[str, ...] = ()
    doi: str = ""
    abstract: str = ""
    version: int = 0


class Papers:
    """Papers by id and by title."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self.by_id: Mapping[str, Paper] = {paper.id: paper for paper in papers}

    def __reduce__(self) -> "tuple[Callable[..., Papers], tuple[tuple[Paper, ...]]]":
        """Pass to another process without the index of titles."""
        return Papers, (tuple(self.by_id.values()),)

    def __iter__(self) -> Iterator[Paper]:
        return iter(self.by_id.values())

    def __bool__(self) -> bool:
        return bool(self.by_id)

    @cached_property
    def by_title(self) -> Mapping[str, tuple[Paper, ...]]:
        """The papers of each title, as `fold_title` writes it."""
        from .matching import fold_title  # builds without changes have no use for it

        found: dict[str, tuple[Paper, ...]] = {}
        for paper in self:
            key = fold_title(paper.title)
            found[key] = (*found.get(key, ()), paper)
        return found


NO_PAPERS = Papers()
