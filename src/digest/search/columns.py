"""Documents' terms in columns: what the index keeps of each document while it is built, a few bytes a term.

Every string is held once, under a number; a document is a run of numbers. A hundred thousand documents so take the room
of their words' numbers, not of their words.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from .document import WEIGHT_UNIT, DocumentTerms

FIRST_WEIGHT = 8 * WEIGHT_UNIT
"""Weight of the arXiv id that a document is about; the others it mentions weigh a unit."""


class _Numbers(dict[str, int]):
    """Numbers strings in the order they are first asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Column:
    """Runs of numbers, one for each document; `weights` run beside them where there are any."""

    def __init__(self) -> None:
        """Begin without documents."""
        self.numbers = array("I")
        self.weights = array("H")
        self._ends = array("L", (0,))

    def add(self, numbers: Iterable[int], weights: Iterable[int] = ()) -> None:
        """Append a document."""
        self.numbers.extend(numbers)
        self.weights.extend(weights)
        self._ends.append(len(self.numbers))

    def run(self, index: int) -> slice:
        """Tell where a document's numbers stand."""
        return slice(self._ends[index], self._ends[index + 1])

    def count(self) -> Counter[int]:
        """Count the documents of each number; a document lists a number once."""
        return Counter(self.numbers)


class Row(Struct, frozen=True):
    """What the tables of documents hold of one: `series` is a hash of its title's words without numbers, or 0."""

    date: str
    kind: str
    tags: tuple[tuple[str, str], ...]
    check: str
    series: int


class Columns:
    """Documents in their order.

    `text` are the terms of titles, texts and tags, `names` those of authors, `english` the Latin ones to align, `signed` terms
    behind a sign: `@` arXiv ids, `~` whole names, `^` pairs of title words, `+` pairs of Hangul words, not stemmed yet.
    """

    def __init__(self) -> None:
        """Begin without documents."""
        self.rows: list[Row] = []
        self.text = Column()
        self.names = Column()
        self.english = Column()
        self.signed = Column()
        self._numbers = _Numbers()
        self._shared: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, document: DocumentTerms) -> None:
        """Append a document."""
        number = self._numbers.__getitem__
        share = self._shared.setdefault
        self.text.add(map(number, document.terms), document.weights)
        self.names.add(map(number, document.names), document.name_weights)
        self.english.add(map(number, document.english))
        signed = list(_signed(document))
        self.signed.add([number(term) for term, _ in signed], [weight for _, weight in signed])
        tags = tuple([share(tag, tag) for tag in document.tags])
        self.rows.append(Row(document.key.date, document.kind, tags, document.check, _series(document)))

    def words(self) -> list[str]:
        """List the strings by number."""
        return list(self._numbers)

    def __len__(self) -> int:
        """Count the documents."""
        return len(self.rows)


def _signed(document: DocumentTerms) -> Iterator[tuple[str, int]]:
    for first, second in document.pairs:
        yield f"+{first} {second}", WEIGHT_UNIT
    for phrase in document.phrases:
        yield f"^{phrase}", WEIGHT_UNIT
    for name in document.authors:
        yield f"~{name}", WEIGHT_UNIT
    for place, identifier in enumerate(document.arxiv):
        yield f"@{identifier}", WEIGHT_UNIT if place else FIRST_WEIGHT


def _series(document: DocumentTerms) -> int:
    """Hash the title's pairs of words but for those that end in a number, which tells the parts of a series apart."""
    pairs = [pair for pair in document.phrases if not pair[-1].isdigit()]
    return zlib.crc32("\n".join(pairs).encode()) if pairs else 0
