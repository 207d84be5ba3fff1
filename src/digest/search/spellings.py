"""Count the spellings of Hangul words, and stem them.

The stem of a word depends on words with the same first letter only, so spellings are counted in groups by first letter. A note
changes few groups, and a group changes stems only if a spelling appears in it or goes.

All postings are those of the stems that all notes attest. The dictionary of the older notes has the stems that the older notes attest,
so that it does not change with a new note.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from .stemming import SHORT_STEM_DOCUMENTS, Stemmer

OLDER, ALL = 0, 1
"""The notes that attest stems: those before the boundary, and all."""

Counts = tuple[dict[str, int], dict[str, int]]


class Group(Struct, array_like=True):
    """The spellings with one first letter.

    `words` has the number of older and of all documents of each word, `stems` the stems of words that are not stems themselves, and
    `older` the number of older documents of each stem that older notes attest.
    """

    words: Counts = ({}, {})
    stems: tuple[dict[str, str], dict[str, str]] = ({}, {})
    older: dict[str, int] = {}


def stem_words(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the stems of words with one first letter, by their numbers of documents, but for words that are stems themselves."""
    stemmer = Stemmer(counts)
    stems = [(word, stemmer.stem(word)) for word in counts]
    return {word: stem for word, stem in stems if stem != word}


def group_spellings(older: Mapping[str, int], everywhere: Mapping[str, int]) -> dict[str, Group]:
    """Group spellings by their first letter, and stem them. The older documents of stems are not counted yet."""
    counts: defaultdict[str, Counts] = defaultdict(lambda: ({}, {}))
    for place, table in enumerate((older, everywhere)):
        for spelling, count in table.items():
            counts[spelling[0]][place][spelling] = count
    return {first: Group(each, (stem_words(each[OLDER]), stem_words(each[ALL])), {}) for first, each in counts.items()}


def recount(group: Group, changes: Iterable[tuple[str, int, int]]) -> Group:
    """Return a group after changes, each a word, `OLDER` or `ALL`, and what is added to its number of documents.

    Words are stemmed anew only if that may change a stem.
    """
    words = dict(group.words[OLDER]), dict(group.words[ALL])
    may_restem = [False, False]
    for word, notes, added in changes:
        before = words[notes].get(word, 0)
        after = before + added
        may_restem[notes] |= (before > 0) != (after > 0)
        may_restem[notes] |= len(word) == 1 and (before >= SHORT_STEM_DOCUMENTS) != (after >= SHORT_STEM_DOCUMENTS)
        if after:
            words[notes][word] = after
        else:
            del words[notes][word]
    older, everywhere = [
        stem_words(words[notes]) if may_restem[notes] else group.stems[notes] for notes in (OLDER, ALL)
    ]
    return Group(words, (older, everywhere), dict(group.older))
