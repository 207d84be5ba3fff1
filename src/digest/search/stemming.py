"""Reduce Hangul tokens to stems that the notes themselves attest.

There is no dictionary and no morphological analysis. An ending is stripped if the stem occurs in the notes by itself or with
another ending. Other words stay whole, and are found by their beginnings.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from .tokens import stems

SHORT_STEM_DOCUMENTS = 3
"""Minimum number of documents that attest a stem of one syllable: in fewer it is mostly a slip of spelling."""

_OWN_ENDINGS = 3
"""Minimum number of endings after a token for it to be a stem itself, though it looks like a shorter stem with an ending."""


class Stemmer:
    """Stems tokens by an attested vocabulary, and remembers the stem of every token."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        """Take the number of documents of each Hangul token."""
        self._frequencies = frequencies
        splits = {token: stems(token) for token in frequencies}
        self._carriers = Counter(stem for found in splits.values() for stem, _ in found)
        self._table = {token: self._choose(token, found) for token, found in splits.items()}

    def stem(self, token: str) -> str:
        """Return a token without the longest ending that leaves an attested stem."""
        found = self._table.get(token)
        if found is None:
            found = self._table[token] = self._choose(token, stems(token))
        return found

    def _choose(self, token: str, splits: Sequence[tuple[str, str]]) -> str:
        for stem, _ in splits:
            if self._is_attested(stem):
                # 이미지 looks like 이미 + 지, but has more endings itself than 이미 has.
                carried = self._carriers.get(token, 0)
                whole = carried >= _OWN_ENDINGS and 2 * carried >= self._carriers.get(stem, 0)
                return token if whole else stem
        return token

    def _is_attested(self, stem: str) -> bool:
        if len(stem) == 1:
            return self._frequencies.get(stem, 0) >= SHORT_STEM_DOCUMENTS
        return stem in self._frequencies or self._carriers.get(stem, 0) > 1


def count_documents(documents: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return the number of documents of each token; a document has a token at most once."""
    return Counter(chain.from_iterable(documents))
