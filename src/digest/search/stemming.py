"""Hangul tokens into stems, by what the notes themselves attest.

No dictionary and no analyser: an ending is stripped when the stem it leaves stands alone somewhere in the notes, or
carries another ending elsewhere. Words that never meet the rule stay whole, and are found by their beginnings.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from .tokens import stems

_SHORT_STEM_DOCUMENTS = 3
"""Documents that attest a stem of one syllable: fewer are mostly accidents of spelling."""

_OWN_ENDINGS = 3
"""Endings met behind a token from which it may be a stem that only looks like a shorter one with an ending."""


class Stemmer:
    """Stems tokens by an attested vocabulary; a growing table of what it has met makes it quick."""

    def __init__(self, frequencies: Mapping[str, int], known: frozenset[str] = frozenset()) -> None:
        """Take the documents each Hangul token occurs in, and stems already settled by older notes."""
        self._frequencies = frequencies
        self._known = known
        splits = {token: stems(token) for token in frequencies}
        self._carriers = Counter(stem for found in splits.values() for stem, _ in found)
        self._table = {token: self._choose(token, found) for token, found in splits.items()}

    def stem(self, token: str) -> str:
        """Strip the longest ending that leaves an attested stem."""
        found = self._table.get(token)
        if found is None:
            found = self._table[token] = self._choose(token, stems(token))
        return found

    def _choose(self, token: str, splits: Sequence[tuple[str, str]]) -> str:
        if token in self._known:
            return token
        for stem, _ in splits:
            if stem in self._known or self._is_attested(stem):
                # 이미지 ends like 이미 + 지, but carries more endings itself than 이미 does.
                carried = self._carriers.get(token, 0)
                whole = carried >= _OWN_ENDINGS and 2 * carried >= self._carriers.get(stem, 0)
                return token if whole else stem
        return token

    def _is_attested(self, stem: str) -> bool:
        if len(stem) == 1:
            return self._frequencies.get(stem, 0) >= _SHORT_STEM_DOCUMENTS
        return stem in self._frequencies or self._carriers.get(stem, 0) > 1


def count_documents(documents: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count the documents each token occurs in; a document lists a token once."""
    return Counter(chain.from_iterable(documents))
