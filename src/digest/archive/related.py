"""Archive -> for each entry, a few related entries, which share tags, words, or papers that their texts mention.

The fewer entries have a trait in common, the more it weighs. `bench/related.py` measures how often a note that the author
linked is among the related ones.

A new note must change the lists of few other entries. So the weight of a trait changes only when the number of its entries
doubles, and an entry is compared only with its neighbours in time: the nearest entries that share a trait with it.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from math import sqrt

from ..model import Card
from .archive import Archive, Record

LIMIT = 5
WINDOW = 8
"""For each shared trait, the number of earlier and of later entries to compare with."""
MOST_WITH_WORD = 31
"""A word that more entries have relates none of them."""
NAME_FACTOR = 4
"""How many times as much as another word a name weighs."""
MIN_SCORE = 120
"""The least score of related entries. A rare tag or name in common is enough, one other word or a common tag is not."""
FAR = 10**7
"""Days, more than there are between any two dates."""

Trait = tuple[Sequence[int], int]
"""What several entries have in common: the places of these entries in the timeline, in order, and what it weighs."""


def timeline_of(archive: Archive) -> tuple[Record, ...]:
    """Return all entries in the order in which they are near one another: notes without a date by path, then the oldest entries first."""
    return (*archive.undated, *archive.records)


class Neighbourhood:
    """Finds the related entries of an archive's entries. The traits of all entries are found when they are first needed.

    If the related entries of only some are wanted, they are `among`, and only their traits are found.
    """

    def __init__(self, archive: Archive, among: Iterable[Record] | None = None) -> None:
        self._timeline = timeline_of(archive)
        self._among = None if among is None else tuple(among)

    @cached_property
    def _places(self) -> Mapping[Record, int]:
        """The places of all entries in the timeline."""
        return {record: place for place, record in enumerate(self._timeline)}

    @cached_property
    def _tags(self) -> Mapping[str, Trait]:
        return _weigh(self._index(lambda record: record.keys))

    @cached_property
    def _papers(self) -> Mapping[str, Trait]:
        return _weigh(self._index(lambda record: record.card.arxiv))

    @cached_property
    def _words(self) -> Mapping[str, Trait]:
        """The words that few entries have, in lower case. A word is a name if at least half of its entries have it as a name."""
        index: dict[str, list[int]] = defaultdict(list)
        as_name: Counter[str] = Counter()
        for word, places in self._index(lambda record: record.card.terms.split(), str.lower).items():
            index[word.lower()] += places
            if word[0].isupper():
                as_name[word.lower()] = len(places)
        few = {word: sorted(places) for word, places in index.items() if len(places) <= MOST_WITH_WORD}
        return {
            word: (places, weight if 2 * as_name[word] >= len(places) else weight // NAME_FACTOR)
            for word, (places, weight) in _weigh(few).items()
        }

    @cached_property
    def _sizes(self) -> Sequence[float]:
        """By how much to divide the score of each entry: an entry with many traits shares some with any other."""
        return [sqrt(_count_traits(record)) for record in self._timeline]

    def _traits_of(self, record: Record) -> list[Trait]:
        """Return what an entry shares with others. A word that is also a tag of the entry counts once."""
        card, keys, tags, papers, words = record.card, record.keys, self._tags, self._papers, self._words
        traits = [tags[key] for key in keys if key in tags]
        traits += [papers[paper] for paper in card.arxiv if paper in papers]
        traits += [words[word] for word in card.terms.lower().split() if word in words and word not in keys]
        return traits

    def _index(
        self, traits_of: Callable[[Record], Sequence[str]], folded: Callable[[str], str] | None = None
    ) -> Mapping[str, list[int]]:
        """Map each trait to the places of the entries that have it. Traits that are the same when `folded` belong together."""
        index: dict[str, list[int]] = defaultdict(list)
        wanted: Set[str] | None = None
        if self._among is not None:
            those = chain.from_iterable(map(traits_of, self._among))
            wanted = frozenset(map(folded, those) if folded else those)
        for place, record in enumerate(self._timeline):
            traits = traits_of(record)
            if wanted is not None and wanted.isdisjoint(map(folded, traits) if folded else traits):
                continue
            for trait in traits:
                if wanted is None or (folded(trait) if folded else trait) in wanted:
                    index[trait].append(place)
        return index

    def related(self, record: Record, exclude: Iterable[Record]) -> tuple[Record, ...]:
        """Return up to `LIMIT` related entries, the closest first, without the entries in `exclude`."""
        here = self._places[record]
        scores: dict[int, int] = {}
        for places, weight in self._traits_of(record):
            if len(places) > 2 * WINDOW:
                at = bisect_left(places, here)
                places = places[max(0, at - WINDOW) : at + WINDOW + 1]
            for place in places:
                scores[place] = scores.get(place, 0) + weight
        scores.pop(here, None)
        for shown in exclude:
            scores.pop(self._places.get(shown, here), None)
        sizes = self._sizes
        near = [(score / sizes[place], place) for place, score in scores.items() if score >= MIN_SCORE]
        if len(near) > LIMIT:
            least = sorted(near)[-LIMIT][0]
            near = [(score, place) for score, place in near if score >= least]
        others = [(-score, self._timeline[place]) for score, place in near]
        closest = sorted([(score, _days_between(record.card, other.card), other.id, other) for score, other in others])
        return tuple([other for *_, other in closest[:LIMIT]])


def _weigh(index: Mapping[str, Sequence[int]]) -> Mapping[str, Trait]:
    """Return the places with the weight of each trait that several entries have."""
    return {trait: (places, trait_weight(len(places))) for trait, places in index.items() if len(places) > 1}


def _count_traits(record: Record) -> int:
    """Count the tags, papers and words of an entry, also the ones that no other entry has."""
    card = record.card
    return len(record.keys) + len(card.arxiv) + card.terms.count(" ") + 1


def _days_between(card: Card, other: Card) -> int:
    """Return how far two entries are apart. Notes without a date are near one another, and far from days."""
    if card.date and other.date:
        return abs(card.date.toordinal() - other.date.toordinal())
    return FAR if card.date or other.date else 0


def trait_weight(count: int) -> int:
    """Return the weight of a trait that `count` entries share: 444 for two entries, and less with every doubling."""
    return 4000 // (1 + count.bit_length()) ** 2
