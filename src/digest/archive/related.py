"""Archive -> for each entry, a few others near it by tags and by the papers they mention.

Made so that one new note changes the lists of few others: a tag's weight depends on the magnitude of its count alone,
and an entry is only compared with its neighbours in time among those that share a tag or a paper with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .archive import Archive, Record

LIMIT = 5
WINDOW = 12
"""How many entries on either side, in time, of one tag or paper are compared."""
PAPER_WEIGHT = 1.0
MIN_SCORE = 0.3
"""Below it lies what has a single very busy tag in common, which says nothing."""


class Neighbourhood:
    """Every entry's places in the lists, by time, of those that share a tag or a paper with it."""

    def __init__(self, archive: Archive) -> None:
        lists: list[tuple[float, Sequence[Record]]] = [
            (tag_weight(len(page.records)), page.records[::-1]) for page in archive.tags.values()
        ]
        papers: dict[str, list[Record]] = defaultdict(list)
        for record in archive.records:
            for paper in record.card.arxiv:
                papers[paper].append(record)
        lists += [(PAPER_WEIGHT, records) for records in papers.values() if len(records) > 1]
        self._places: dict[Record, list[tuple[float, Sequence[Record], int]]] = defaultdict(list)
        for weight, records in lists:
            for position, record in enumerate(records):
                self._places[record].append((weight, records, position))

    def related(self, record: Record, exclude: Iterable[Record]) -> tuple[Record, ...]:
        """Return up to five related entries, the closest first, without those that the page shows anyway."""
        scores: dict[Record, float] = defaultdict(float)
        for weight, records, position in self._places.get(record, ()):
            for other in records[max(0, position - WINDOW) : position + WINDOW + 1]:
                scores[other] += weight
        scores.pop(record, None)
        for shown in exclude:
            scores.pop(shown, None)
        day = record.card.date.toordinal()
        best = sorted(
            (-score, abs(other.card.date.toordinal() - day), other.id, other)
            for other, score in scores.items()
            if score >= MIN_SCORE
        )
        return tuple(other for *_, other in best[:LIMIT])


def find_related(archive: Archive, exclude: Mapping[str, Iterable[Record]]) -> dict[str, tuple[Record, ...]]:
    """Return up to five related entries by entry id, the closest first; those without any are absent.

    `exclude` are entries that the page shows anyway, such as those it mentions.
    """
    neighbourhood = Neighbourhood(archive)
    found = ((record.id, neighbourhood.related(record, exclude.get(record.id, ()))) for record in archive.records)
    return {identity: related for identity, related in found if related}


def tag_weight(count: int) -> float:
    """Return how much a shared tag says: 1 for a tag on two entries, less with every doubling."""
    return 2.0 / (1 + count.bit_length())
