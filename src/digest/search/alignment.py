"""Notes with two languages into pairs of Korean stems and English terms that go together.

Every note says something in Korean about an English title, often an abstract and a translation too. A pair is kept when
its words meet in far more notes than chance allows; the table is small, and made from settled notes only, so that a new
note doesn't change it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from .columns import Columns
from .stemming import Stemmer

_MIN_TOGETHER = 4
"""Notes that a pair must share."""

_MIN_STRENGTH = 0.24
"""Cosine of the two words' notes below which a pair is left out."""

_MAX_SHARE = 0.12
"""Part of all notes beyond which a word says too little to be aligned."""

_KEPT = 3
"""English terms kept for a stem."""

_RIVALS = 2
"""Stems kept for an English term."""

STRENGTHS = 9
"""Steps of a pair's strength."""

Alignment = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def align(columns: Columns, stemmer: Stemmer) -> Alignment:
    """Pair each Korean stem with the English terms it keeps company with, strongest first, strengths 1 to 9."""
    stems = list(map(stemmer.stem, columns.vocabulary()))
    terms = columns.english_vocabulary()
    most = max(_MIN_TOGETHER, int(_MAX_SHARE * len(columns)))
    english_counts = columns.english.count()
    useful = {
        number: terms[number]
        for number, count in english_counts.items()
        if _MIN_TOGETHER <= count <= most and len(terms[number]) > 2 and not terms[number][0].isdigit()
    }
    counts = {term: english_counts[number] for number, term in useful.items()}
    english: list[list[str]] = []
    occurrences: defaultdict[str, list[int]] = defaultdict(list)
    for place, index in enumerate(_without_series(columns)):
        for word in {stems[number] for number in columns.words.numbers[columns.words.run(index)]}:
            occurrences[word].append(place)
        numbers = columns.english.numbers[columns.english.run(index)]
        english.append([useful[number] for number in numbers if number in useful])
    found: list[tuple[str, str, float]] = []
    for word in sorted(occurrences):
        members = occurrences[word]
        if len(word) > 1 and _MIN_TOGETHER <= len(members) <= most:
            together = Counter(chain.from_iterable(map(english.__getitem__, members)))
            found += [(word, term, strength) for strength, term in _strongest(together, len(members), counts)]
    return _mutual(found)


def _mutual(pairs: Sequence[tuple[str, str, float]]) -> Alignment:
    """Keep the pairs whose stem is among the strongest of their English term too."""
    rivals: dict[str, list[float]] = {}
    for _, term, strength in pairs:
        rivals.setdefault(term, []).append(strength)
    floors = {term: sorted(strengths, reverse=True)[:_RIVALS][-1] for term, strengths in rivals.items()}
    kept: dict[str, list[tuple[str, int]]] = {}
    for word, term, strength in pairs:
        if strength >= floors[term]:
            kept.setdefault(word, []).append((term, max(1, min(STRENGTHS, round(strength * 10)))))
    return tuple((word, tuple(terms)) for word, terms in kept.items())


def _without_series(columns: Columns) -> Iterator[int]:
    """Leave out notes whose title says the same as an older one's: a series would pair its title with all it holds."""
    seen: set[int] = set()
    for index, row in enumerate(columns.rows):
        if row.series not in seen:
            yield index
        if row.series:
            seen.add(row.series)


def _strongest(together: Mapping[str, int], documents: int, counts: Mapping[str, int]) -> list[tuple[float, str]]:
    # A term occurs at least as often as it is shared, so one shared by fewer is too weak whatever its count.
    least = max(_MIN_TOGETHER, int(_MIN_STRENGTH**2 * documents))
    strengths = [
        (shared / math.sqrt(documents * counts[term]), term) for term, shared in together.items() if shared >= least
    ]
    strengths.sort(key=lambda pair: (-pair[0], pair[1]))
    floor = max(_MIN_STRENGTH, 0.6 * strengths[0][0]) if strengths else 0.0
    return [pair for pair in strengths[:_KEPT] if pair[0] >= floor]
