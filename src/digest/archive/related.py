"""Archive -> for each entry, a few related entries, which share its tags or mention the same papers.

A new note must change the lists of few other entries. So the weight of a tag changes only when its count doubles, and an
entry is compared only with its neighbours in time: the nearest entries that share a tag or a paper with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from ..model import Card
from .archive import Archive, Record

LIMIT = 5
WINDOW = 12
"""For each shared tag or paper, the number of earlier and of later entries to compare with."""
PAPER_WEIGHT = 1.0
FAR = 10**7
"""Days, more than there are between any two dates."""
MIN_SCORE = 0.3
"""Two entries that share only one very common tag score less, and are not related."""


class _Line(Struct, frozen=True):
    """The timeline of a tag or a paper: notes without a date by path, then the oldest entries first; and each one's position."""

    weight: float
    records: Sequence[Record]
    positions: Mapping[Record, int]


class Neighbourhood:
    """Finds the related entries of an archive's entries. Each timeline is made once, when it is first needed."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lines: dict[str, _Line] = {}

    @cached_property
    def _papers(self) -> Mapping[str, _Line]:
        papers: dict[str, list[Record]] = defaultdict(list)
        for record in (*self._archive.undated, *self._archive.records):
            for paper in record.card.arxiv:
                papers[paper].append(record)
        return {paper: _line(PAPER_WEIGHT, records) for paper, records in papers.items() if len(records) > 1}

    def _tag(self, key: str) -> _Line:
        if key not in self._lines:
            tag = self._archive.tags[key]
            records = (*tag.undated, *tag.records[::-1])
            self._lines[key] = _line(tag_weight(len(records)), records)
        return self._lines[key]

    def _lines_of(self, record: Record) -> Iterator[_Line]:
        yield from (self._tag(key) for key in sorted(record.keys))
        yield from (self._papers[paper] for paper in record.card.arxiv if paper in self._papers)

    def related(self, record: Record, exclude: Iterable[Record]) -> tuple[Record, ...]:
        """Return up to `LIMIT` related entries, the closest first, without the entries in `exclude`."""
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
        best = sorted(
            (-score, _days_between(record.card, other.card), other.id, other)
            for other, score in scores.items()
            if score >= MIN_SCORE
        )
        return tuple(other for *_, other in best[:LIMIT])


def _days_between(card: Card, other: Card) -> int:
    """Return how far two entries are apart. Notes without a date are near one another, and far from days."""
    if card.date and other.date:
        return abs(card.date.toordinal() - other.date.toordinal())
    return FAR if card.date or other.date else 0


def _line(weight: float, records: Sequence[Record]) -> _Line:
    return _Line(weight, records, {record: position for position, record in enumerate(records)})


def tag_weight(count: int) -> float:
    """Return the weight of a tag that `count` entries share: 2/3 for two entries, and less with every doubling."""
    return 2.0 / (1 + count.bit_length())
