"""Find pairs of Korean stems and English terms that mean the same, in notes of both languages.

A note comments in Korean on an English title, often with an abstract or a translation. A pair is kept if its words share far
more notes than chance allows. The table is made from the older notes only, so that a new note does not change it, and of a large
archive from a sample of them, so that a change of an old note takes no longer than in a small one.
"""

import math
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

_MIN_TOGETHER = 4
"""Minimum number of notes that the two words of a pair share."""

_MIN_STRENGTH = 0.24
"""Minimum strength of a pair: the cosine of the two words' sets of notes."""

_MAX_SHARE = 0.12
"""Maximum share of all notes that a word may occur in: a more frequent word says too little."""

_KEPT = 3
"""Maximum number of English terms of a stem."""

_RIVALS = 2
"""Maximum number of stems of an English term."""

_MOST_PAIRS = 2_000_000
"""Maximum number of pairs of a stem and an English term in a note: a longer note says too little about which belong together."""

STRENGTHS = 9
"""Number of steps that a pair's strength is rounded to."""

SAMPLE_BITS = 12
"""Binary logarithm of the maximum expected number of notes in the sample."""

Alignment = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


class SampledNote(Struct, frozen=True, array_like=True, order=True):
    """A note of the sample: its stems and its English terms as arrays of numbers, and the hash of its series."""

    date: str
    id: str
    stems: bytes
    terms: bytes
    series: int


class Sample(Struct):
    """Notes to align, ordered, with the stems and the English terms that their numbers stand for."""

    stems: list[str]
    terms: list[str]
    notes: list[SampledNote]


def halvings_of(documents: int) -> int:
    """Return how often the sample of this many notes is halved."""
    return max(0, (documents - 1).bit_length() - SAMPLE_BITS)


def is_sampled(identifier: str, halvings: int) -> bool:
    """Return True if a note is in a sample that is halved so often. It depends on no other note."""
    return zlib.crc32(identifier.encode()) >> (32 - halvings) == 0


def packed(numbers: Iterable[int]) -> bytes:
    """Return numbers as the bytes of an array."""
    return array("I", numbers).tobytes()


def align(sample: Sample) -> Alignment:
    """Return the English terms of each Korean stem with their strengths from 1 to 9, the strongest first."""
    terms = sample.terms
    most = max(_MIN_TOGETHER, int(_MAX_SHARE * len(sample.notes)))
    english_counts = Counter(chain.from_iterable([array("I", note.terms) for note in sample.notes]))
    useful = {
        number: terms[number]
        for number, count in english_counts.items()
        if _MIN_TOGETHER <= count <= most and len(terms[number]) > 2 and not terms[number][0].isdigit()
    }
    counts = {term: english_counts[number] for number, term in useful.items()}
    english: list[list[str]] = []
    occurrences: defaultdict[int, list[int]] = defaultdict(list)
    for place, note in enumerate(_without_series(sample.notes)):
        stems = array("I", note.stems)
        near = [useful[number] for number in array("I", note.terms) if number in useful]
        is_short = len(stems) * len(near) <= _MOST_PAIRS
        english.append(near if is_short else [])
        for stem in stems if is_short else ():
            occurrences[stem].append(place)
    found: list[tuple[str, str, float]] = []
    by_word = sorted([(sample.stems[number], members) for number, members in occurrences.items()])
    for word, members in by_word:
        if len(word) > 1 and _MIN_TOGETHER <= len(members) <= most:
            together = Counter(chain.from_iterable(map(english.__getitem__, members)))
            found += [(word, term, strength) for strength, term in _strongest(together, len(members), counts)]
    return _mutual(found)


def _mutual(pairs: Sequence[tuple[str, str, float]]) -> Alignment:
    """Keep the pairs whose stem is also among the strongest stems of the English term."""
    rivals: dict[str, list[float]] = {}
    for _, term, strength in pairs:
        rivals.setdefault(term, []).append(strength)
    floors = {term: sorted(strengths, reverse=True)[:_RIVALS][-1] for term, strengths in rivals.items()}
    kept: dict[str, list[tuple[str, int]]] = {}
    for word, term, strength in pairs:
        if strength >= floors[term]:
            kept.setdefault(word, []).append((term, max(1, min(STRENGTHS, round(strength * 10)))))
    return tuple((word, tuple(terms)) for word, terms in kept.items())


def _without_series(notes: Sequence[SampledNote]) -> Iterator[SampledNote]:
    """Yield the notes but the later parts of series: the title of a series would pair with everything in its notes."""
    seen: set[int] = set()
    for note in notes:
        if note.series not in seen:
            yield note
        if note.series:
            seen.add(note.series)


def _strongest(together: Mapping[str, int], documents: int, counts: Mapping[str, int]) -> list[tuple[float, str]]:
    # A term occurs in at least as many notes as it shares. Below this, no count can give the minimum strength.
    least = max(_MIN_TOGETHER, int(_MIN_STRENGTH**2 * documents))
    strengths = [
        (shared / math.sqrt(documents * counts[term]), term) for term, shared in together.items() if shared >= least
    ]
    strengths.sort(key=lambda pair: (-pair[0], pair[1]))
    floor = max(_MIN_STRENGTH, 0.6 * strengths[0][0]) if strengths else 0.0
    return [pair for pair in strengths[:_KEPT] if pair[0] >= floor]
