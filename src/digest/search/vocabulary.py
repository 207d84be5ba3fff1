"""Choose the terms of the dictionaries, which a reader has before the first query.

There are two, so that a new note leaves the large one as it is: that of the older notes by themselves, and what all notes add to it.
Terms of the first keep the class that they have there. Both depend on numbers of documents and on nothing else.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from .coding import LARGE_CLASS, NamedFile, checksum, frequency_class, name_file, term_list
from .tokens import is_hangul

_INFLECTED = frozenset("다는고은면서던며지게네요군죠음라아어해히할한된할되하되나니겠있없")
"""Last syllables of words that are mostly inflected verbs: those that occur once stay out of the dictionary."""

SMALL = 4000
"""Maximum number of terms of a small archive, whose dictionary has all of them."""

GONE = LARGE_CLASS + 1
"""Class of a term that the dictionary of the older notes has and all notes together have not: it has another stem."""

CORE_HANGUL = 8000
CORE_OTHER = 5000
"""Maximum numbers of Hangul and other terms in a dictionary; rarer terms are in tails."""


def is_eligible(term: str, documents: int) -> bool:
    """Return True if a dictionary may have a term of texts: a Hangul stem, or another term that occurs more than once."""
    return documents > 1 or (is_hangul(term) and term[-1] not in _INFLECTED)


class Vocabulary(Struct, array_like=True):
    """Terms of texts: how many there are, and the numbers of documents of those that a dictionary may have.

    `is_alone` means that no other dictionary has further terms.
    """

    is_alone: bool
    terms: int = 0
    eligible: dict[str, int] = {}

    @property
    def is_small(self) -> bool:
        """Return True if the dictionary has all terms: tails would cost more requests than they save bytes."""
        return self.is_alone and self.terms <= SMALL

    def may_have(self, term: str, documents: int) -> bool:
        """Return True if a term with this number of documents is eligible."""
        return documents > 0 and (self.is_small or is_eligible(term, documents))

    def recount(self, term: str, documents: int) -> None:
        """Set the number of documents of a term."""
        if self.may_have(term, documents):
            self.eligible[term] = documents
        else:
            self.eligible.pop(term, None)

    def core(self) -> dict[str, int]:
        """Choose the terms of the dictionary, and return their classes."""
        chosen: Iterable[str] = self.eligible
        if not self.is_small:
            hangul = {term: documents for term, documents in self.eligible.items() if is_hangul(term)}
            other = {term: documents for term, documents in self.eligible.items() if term not in hangul}
            chosen = (*_commonest(hangul, CORE_HANGUL), *_commonest(other, CORE_OTHER))
        return {term: frequency_class(self.eligible[term]) for term in chosen}


def count_vocabulary(counts: Mapping[str, int], *, is_alone: bool) -> Vocabulary:
    """Return the vocabulary of terms with these numbers of documents."""
    vocabulary = Vocabulary(is_alone, len(counts))
    vocabulary.eligible = {term: count for term, count in counts.items() if vocabulary.may_have(term, count)}
    return vocabulary


def _commonest(counts: Mapping[str, int], limit: int) -> list[str]:
    """Choose the terms with the most documents. Among equals a hash decides, so that no letter is preferred."""
    if len(counts) <= limit:
        return list(counts)
    least = sorted(counts.values(), reverse=True)[limit - 1]
    chosen = [term for term, count in counts.items() if count > least]
    tied = [term for term, count in counts.items() if count == least]
    return chosen + sorted(tied, key=lambda term: (checksum(term), term))[: limit - len(chosen)]


def dictionary_file(stem: str, core: Mapping[str, int]) -> NamedFile:
    """Return the file of a dictionary: sorted terms, and the class of each."""
    terms = sorted(core)
    return name_file(stem, b"d", [*term_list(terms), bytes([core[term] for term in terms])])
