"""List the words that the notes align across languages.

They are in the shard of their word, so that a query that reads the postings of a word has them too.
"""

from collections import defaultdict
from collections.abc import Mapping

from .alignment import Alignment
from .coding import number, text
from .leaves import word_key

Pairs = tuple[str, ...]
"""Lines of a word and what it is aligned with: each a strength and a term, separated by tabs."""


def pairs_of(alignment: Alignment) -> dict[str, Pairs]:
    """Return the lines of aligned words by their key in the shards."""
    aligned: defaultdict[str, list[str]] = defaultdict(list)
    for stem, terms in alignment:
        for term, strength in terms:
            aligned[stem].append(f"{strength}{term}")
            aligned[term].append(f"{strength}{stem}")
    pairs: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(aligned):
        pairs[word_key(word)].append("\t".join((word, *aligned[word])))
    return {key: tuple(lines) for key, lines in pairs.items()}


def size_of_pairs(pairs: Pairs) -> int:
    """Return what lines add to the size of their leaf."""
    return sum(map(len, pairs))


def encode_pairs(pairs: Mapping[str, Pairs]) -> bytes:
    """Encode the lines of several keys: their number, and the lines."""
    lines = [line for key in sorted(pairs) for line in pairs[key]]
    return number(len(lines)) + text("\n".join(lines))
