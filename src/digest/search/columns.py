"""Hold the terms of all documents in columns, a few bytes a term, while the index is built.

Every string is held once. Terms that need no stemming go straight into postings. Hangul words are held as numbers until all of
them are known, since their stems depend on one another. A large archive thus takes the memory of numbers and not of strings.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import count, takewhile
from typing import Any

from .coding import LEVELS
from .document import DocumentTerms
from .tables import Row
from .tokens import is_token


class Postings(dict[str, "tuple[int] | array[int]"]):
    """The postings of each term: ascending `document * LEVELS + level`.

    Most terms occur in one document: they share a tuple with its other terms of that level. The rest have an array each.
    """

    def add(self, document: int, terms: Iterable[str], levels: bytes) -> None:
        """Append a document to the postings of its terms; documents come in ascending order."""
        first = document * LEVELS
        alone = [(entry,) for entry in range(first, first + LEVELS)]
        setdefault = self.setdefault
        for term, entry in zip(terms, map(alone.__getitem__, levels), strict=True):
            found = setdefault(term, entry)
            if found is not entry:
                if isinstance(found, tuple):
                    self[term] = array("I", found + entry)
                else:
                    found.append(entry[0])


class Column:
    """A run of numbers for each document, with a weight for each number if the column has weights."""

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
        """Return the slice of a document's numbers."""
        return slice(self._ends[index], self._ends[index + 1])

    def count(self, documents: int) -> Counter[int]:
        """Return how many of the first documents have each number; a document has a number at most once."""
        return Counter(self.numbers[: self._ends[documents]])


class Columns:
    """The terms of documents, in the order of the documents. The first `older` of them are the older notes.

    `postings` has the terms that are not stemmed. `named` counts the older and the newer documents that have a token in names only; here
    tokens that are not stemmed are counted. Hangul words have numbers: `words` of texts, `names` of names, `pairs` of neighbouring words, one after the other. `english` has numbers
    of its own, of the terms to align. `series` has a hash for each document (see `DocumentTerms`).
    """

    def __init__(self, older: int) -> None:
        """Begin without documents."""
        self.older = older
        self.rows: list[Row] = []
        self.series = array("L")
        self.postings = Postings()
        self.named: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
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
        index = len(self.rows)
        self.postings.add(index, document.terms, document.levels)
        self.named[index >= self.older].update(takewhile(is_token, document.terms[document.in_text :]))
        words = list(map(number, document.words))
        self.words.add(words, document.weights)
        self.names.add(map(number, document.names), document.name_weights)
        self.pairs.add(map(words.__getitem__, document.pairs))
        self.english.add(map(self._english_numbers.__getitem__, document.english))
        tags = tuple([share(tag, tag) for tag in document.tags])
        key = document.key
        date, kind, check = [share(each, each) for each in (key.date, document.kind, document.check)]
        self.rows.append(Row(date, key.id, key.digest, kind, tags, check))
        self.series.append(document.series)

    def vocabulary(self) -> list[str]:
        """Return the Hangul words, ordered by number."""
        return list(self._numbers)

    def english_vocabulary(self) -> list[str]:
        """Return the terms to align, ordered by number."""
        return list(self._english_numbers)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.rows)
