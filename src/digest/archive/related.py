"""Archive -> for each entry, a few others near it by tags and by the papers they mention.

Made so that one new note changes the lists of few others: a tag's weight depends on the magnitude of its count alone,
and an entry is only compared with its neighbours in time among those that share a tag or a paper with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from .archive import Archive, Record

LIMIT = 5
WINDOW = 12
"""How many entries on either side, in time, of one tag or paper are compared."""
PAPER_WEIGHT = 1.0
MIN_SCORE = 0.3
"""Below it lies what has a single very busy tag in common, which says nothing."""


class _Line(Struct, frozen=True):
    """Those that share a tag or a paper, oldest first, and each one's position among them."""

    weight: float
    records: Sequence[Record]
    positions: Mapping[Record, int]


class Neighbourhood:
    """Every entry's places in the lists, by time, of those that share a tag or a paper with it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lines: dict[str, _Line] = {}

    @cached_property
    def _papers(self) -> Mapping[str, _Line]:
        papers: dict[str, list[Record]] = defaultdict(list)
        for record in self._archive.records:
            for paper in record.card.arxiv:
                papers[paper].append(record)
        return {paper: _line(PAPER_WEIGHT, records) for paper, records in papers.items() if len(records) > 1}

    def _tag(self, key: str) -> _Line:
        if key not in self._lines:
            records = self._archive.tags[key].records
            self._lines[key] = _line(tag_weight(len(records)), records[::-1])
        return self._lines[key]

    def _lines_of(self, record: Record) -> Iterator[_Line]:
        yield from (self._tag(key) for key in sorted(record.keys))
        yield from (self._papers[paper] for paper in record.card.arxiv if paper in self._papers)

    def related(self, record: Record, exclude: Iterable[Record]) -> tuple[Record, ...]:
        """Return up to five related entries, the closest first, without those that the page shows anyway."""
        lines = list(self._lines_of(record))
        if sum(line.weight for line in lines) < MIN_SCORE:
            return ()
        scores: dict[Record, float] = {}
        for line in lines:
            position = line.positions[record]
            near = line.records[max(0, position - WINDOW) : position + WINDOW + 1]
            if scores:
                for other in near:
                    scores[other] = scores.get(other, 0.0) + line.weight
            else:
                scores = dict.fromkeys(near, line.weight)
        scores.pop(record, None)
        for shown in exclude:
            scores.pop(shown, None)
        day = record.date.toordinal()
        best = sorted(
            (-score, abs(other.date.toordinal() - day), other.id, other)
            for other, score in scores.items()
            if score >= MIN_SCORE
        )
        return tuple(other for *_, other in best[:LIMIT])


def _line(weight: float, records: Sequence[Record]) -> _Line:
    return _Line(weight, records, {record: position for position, record in enumerate(records)})


def tag_weight(count: int) -> float:
    """Return how much a shared tag says: 2/3 for a tag on two entries, less with every doubling."""
    return 2.0 / (1 + count.bit_length())
