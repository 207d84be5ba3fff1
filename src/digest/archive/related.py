"""Archive -> for each entry, a few others near it by tags and by the papers they mention.

Made so that one new note changes the lists of few others: a tag's weight depends on the magnitude of its count alone,
and an entry is only compared with its neighbours in time among those that share a tag or a paper with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .archive import Archive, Record

LIMIT = 5
WINDOW = 12
"""How many entries on either side, in time, of one tag or paper are compared."""
PAPER_WEIGHT = 1.0
MIN_SCORE = 0.3
"""Below it lies what has a single very busy tag in common, which says nothing."""


def find_related(archive: Archive, exclude: Mapping[str, Iterable[Record]]) -> dict[str, tuple[Record, ...]]:
    """Return up to five related entries by entry id, the closest first.

    `exclude` are entries that the page shows anyway, such as those it mentions.
    """
    lists: list[tuple[float, list[Record]]] = [
        (tag_weight(len(page.records)), list(reversed(page.records))) for page in archive.tags.values()
    ]
    papers: dict[str, list[Record]] = defaultdict(list)
    for record in archive.records:
        for paper in record.card.arxiv:
            papers[paper].append(record)
    lists += [(PAPER_WEIGHT, records) for records in papers.values() if len(records) > 1]
    scores: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    by_id = {record.id: record for record in archive.records}
    for weight, records in lists:
        ids = [record.id for record in records]
        for position, identity in enumerate(ids):
            near = scores[identity]
            for other in ids[max(0, position - WINDOW) : position + WINDOW + 1]:
                near[other] += weight
    related: dict[str, tuple[Record, ...]] = {}
    for identity, near in scores.items():
        record = by_id[identity]
        near.pop(identity, None)
        for shown in exclude.get(identity, ()):
            near.pop(shown.id, None)
        day = record.card.date.toordinal()
        best = sorted(
            (
                (-score, abs(by_id[other].card.date.toordinal() - day), other)
                for other, score in near.items()
                if score >= MIN_SCORE
            )
        )[:LIMIT]
        if best:
            related[identity] = tuple(by_id[other] for *_, other in best)
    return related


def tag_weight(count: int) -> float:
    """Return how much a shared tag says: 1 for a tag on two entries, less with every doubling."""
    return 2.0 / (1 + count.bit_length())
