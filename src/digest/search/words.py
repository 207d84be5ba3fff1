"""List the words across languages: aligned pairs, and rows of the glossary.

They are in the shard of their word, so that a query that reads the postings of a word has them too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from .alignment import Alignment
from .coding import number, text
from .glossary import Row, chain_spellings, spelling_tokens
from .leaves import word_key


class Across(Struct, frozen=True, array_like=True):
    """The words across languages of a key, a line each: a word and its parts, separated by tabs.

    In `pairs` each part is a strength and the term that is aligned with the word. In `rows` the parts are the other spellings of a row
    of the glossary, and the word is one of its spellings without spaces.
    """

    pairs: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """What the lines add to the size of their leaf."""
        return sum(map(len, self.pairs)) + sum(map(len, self.rows))


def words_across(alignment: Alignment, rows: Sequence[Row]) -> dict[str, Across]:
    """Return the words across languages by their key in the shards. The rows of a word stay in their order."""
    aligned: defaultdict[str, list[str]] = defaultdict(list)
    for stem, terms in alignment:
        for term, strength in terms:
            aligned[stem].append(f"{strength}{term}")
            aligned[term].append(f"{strength}{stem}")
    pairs: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(aligned):
        pairs[word_key(word)].append("\t".join((word, *aligned[word])))
    glossary: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for word, line in _lines(row):
            glossary[word_key(word)].append(line)
    return {key: Across(tuple(pairs[key]), tuple(glossary[key])) for key in {**pairs, **glossary}}


def encode_across(across: Mapping[str, Across]) -> bytes:
    """Encode the words of several keys: the number of pairs and their lines, then the number of rows and theirs."""
    ordered = [across[key] for key in sorted(across)]
    pairs = [line for each in ordered for line in each.pairs]
    rows = [line for each in ordered for line in each.rows]
    return number(len(pairs)) + text("\n".join(pairs)) + number(len(rows)) + text("\n".join(rows))


@cache
def _lines(row: Row) -> tuple[tuple[str, str], ...]:
    """Return a line for each spelling of a row, with its word."""
    words = {spelling: "".join(spelling_tokens(spelling)) for spelling in chain_spellings(row)}
    lines = []
    for word in filter(None, dict.fromkeys(words.values())):
        others = [spelling for spelling, other in words.items() if other != word]
        if others:
            lines.append((word, "\t".join((word, *others))))
    return tuple(lines)
