"""Documents' terms in columns: what the index keeps of each document while it is built, a few bytes a term.

Every string is held once. Terms that are final go straight into postings; Hangul words wait as numbers until all of them
are known, for their stems depend on one another. A hundred thousand documents so take the room of numbers, not of words.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import count
from typing import Any

from msgspec import Struct

from .coding import LEVELS
from .document import DocumentTerms


class Postings(dict[str, "tuple[int] | array[int]"]):
    """Ascending `document * LEVELS + level` by term.

    Most terms occur in one document, and share a tuple with its others of that level; the rest have an array.
    """

    def add(self, document: int, terms: Iterable[str], levels: bytes) -> None:
        """Append a document to its terms, behind all older documents."""
        first = document * LEVELS
        alone = [(entry,) for entry in range(first, first + LEVELS)]
        setdefault = self.setdefault
        for term, level in zip(terms, levels, strict=True):
            entry = alone[level]
            found = setdefault(term, entry)
            if found is not entry:
                if isinstance(found, tuple):
                    found = self[term] = array("I", found)
                found.append(first + level)


class Column:
    """Runs of numbers, one for each document; `weights` run beside them where there are any."""

    def __init__(self) -> None:
        """Begin without documents."""
        self.numbers = array("I")
        self.weights = bytearray()
        self._ends = array("L", (0,))

    def add(self, numbers: Iterable[int], weights: bytes = b"") -> None:
        """Append a document."""
        self.numbers.extend(numbers)
        self.weights += weights
        self._ends.append(len(self.numbers))

    def run(self, index: int) -> slice:
        """Tell where a document's numbers stand."""
        return slice(self._ends[index], self._ends[index + 1])

    def count(self) -> Counter[int]:
        """Count the documents of each number; a document lists a number once."""
        return Counter(self.numbers)


class Row(Struct, frozen=True):
    """What the tables of documents hold of one, and its `series`."""

    date: str
    kind: str
    tags: tuple[tuple[str, str], ...]
    check: str
    series: int


class Columns:
    """Documents in their order.

    `postings` are those of terms that stay as they are, of which `in_text` stand in titles, texts and tags. `words` are the
    numbers of Hangul words in texts, `names` of those in names, `pairs` of neighbours, one after the other; `english` those
    of terms to align, which have numbers of their own.
    """

    def __init__(self) -> None:
        """Begin without documents."""
        self.rows: list[Row] = []
        self.postings = Postings()
        self.in_text: set[str] = set()
        self.words = Column()
        self.names = Column()
        self.pairs = Column()
        self.english = Column()
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._english_numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._shared: dict[Any, Any] = {}

    def add(self, document: DocumentTerms) -> None:
        """Append a document."""
        number = self._numbers.__getitem__
        share = self._shared.setdefault
        self.postings.add(len(self.rows), document.terms, document.levels)
        self.in_text.update(document.terms[: document.in_text])
        words = list(map(number, document.words))
        self.words.add(words[: len(document.weights)], document.weights)
        self.names.add(map(number, document.names), document.name_weights)
        self.pairs.add(map(words.__getitem__, document.pairs))
        self.english.add(map(self._english_numbers.__getitem__, document.english))
        tags = tuple([share(tag, tag) for tag in document.tags])
        date, kind, check = [share(each, each) for each in (document.key.date, document.kind, document.check)]
        self.rows.append(Row(date, kind, tags, check, document.series))

    def vocabulary(self) -> list[str]:
        """List the Hangul words by number."""
        return list(self._numbers)

    def english_vocabulary(self) -> list[str]:
        """List the terms to align by number."""
        return list(self._english_numbers)

    def __len__(self) -> int:
        """Count the documents."""
        return len(self.rows)
