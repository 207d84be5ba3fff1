"""Give the rows of the glossary postings of their own, so that what a row adds to a query word is in the file of the word.

A row is a term of each key that its spellings have: `*` and the key, then all spellings, separated by tabs. Its postings there are the sum
of what its spellings find, without the words of the same key, since their own postings are in the same file.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from .coding import LEVEL_WEIGHTS, LEVELS
from .document import WEIGHT_UNIT, levels_of
from .glossary import Row, chain_spellings, spelling_tokens
from .leaves import word_key
from .tokens import ROW_SIGN, is_hangul

Phrase = tuple[tuple[str, ...], ...]
"""The tokens of a spelling, each as the terms that stand for it: a note has the spelling if it has a term of each token."""

_WEIGHTS = tuple([round(weight * WEIGHT_UNIT) for weight in LEVEL_WEIGHTS])

ROW_SCALE = 2.25
"""How much more a level stands for in a row than in a word, since the weights of several spellings are added up."""

_LEAST_INFLECTED = 4
_SIBILANT = re.compile(r"(?:s|x|ch|sh)$")
_SEPARATOR = re.compile(r"[\s\U00010000-\U0010ffff]+")
"""What a term must not have: the marks between lines and columns, and characters that are two in JavaScript."""


class Rows(Struct, frozen=True):
    """The rows as terms.

    `terms` has the places in `phrases` of the phrases that count for each term, and `counted` the terms that each phrase counts for.
    `by_form` has the places of phrases by the terms that stand for their longest token.
    """

    phrases: tuple[Phrase, ...]
    terms: dict[str, tuple[int, ...]]
    counted: tuple[tuple[str, ...], ...]
    by_form: dict[str, tuple[int, ...]]

    def levels_in(self, levels: Mapping[str, int]) -> dict[str, int]:
        """Return the levels of the rows in a document whose terms have these levels."""
        weights: defaultdict[str, int] = defaultdict(int)
        places = {place for form in levels.keys() & self.by_form.keys() for place in self.by_form[form]}
        for place in places:
            weight = min([_most(forms, levels) for forms in self.phrases[place]])
            if weight:
                for term in self.counted[place]:
                    weights[term] += weight
        return dict(zip(weights, _levels_of(weights.values()), strict=True))

    def postings(self, postings: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, "array[int]"]]:
        """Yield the rows that documents have with their postings, given those of words, as ascending `document * LEVELS + level`."""
        weights = [_weights_of(phrase, postings) for phrase in self.phrases]
        known: dict[tuple[int, ...], array[int]] = {}
        for term, phrases in self.terms.items():
            places = tuple([place for place in phrases if weights[place]])
            if places:
                if places not in known:
                    known[places] = _summed([weights[place] for place in places])
                yield term, known[places]


@lru_cache(maxsize=2)
def compile_rows(glossary: tuple[Row, ...]) -> Rows:
    """Return the rows of a glossary as terms."""
    numbers: dict[Phrase, int] = {}
    terms: dict[str, tuple[int, ...]] = {}
    for row in glossary:
        spellings = [spelling for spelling in chain_spellings(row) if spelling_tokens(spelling)]
        written = "\t".join([_SEPARATOR.sub(" ", spelling) for spelling in spellings])
        # The phrases of each spelling by the spelling as one word.
        phrases: dict[str, list[Phrase]] = {}
        for tokens in map(spelling_tokens, spellings):
            phrases.setdefault("".join(tokens), []).extend(_phrases_of(tokens))
        words: defaultdict[str, list[str]] = defaultdict(list)
        for word in phrases:
            words[word_key(word)].append(word)
        for key, own in words.items():
            # A row of a single word adds the others to it.
            sole = own[0] if len(own) == 1 else None
            counting = dict.fromkeys([phrase for word in phrases if word != sole for phrase in phrases[word]])
            others = [phrase for phrase in counting if len(phrase) > 1 or word_key(phrase[0][0]) != key]
            if others:
                terms[f"{ROW_SIGN}{key}\t{written}"] = tuple(
                    [numbers.setdefault(phrase, len(numbers)) for phrase in others]
                )
    counted: list[list[str]] = [[] for _ in numbers]
    for term, places in terms.items():
        for place in places:
            counted[place].append(term)
    by_form: defaultdict[str, list[int]] = defaultdict(list)
    for phrase, place in numbers.items():
        for form in max(phrase, key=lambda forms: len(forms[0])):
            by_form[form].append(place)
    return Rows(
        tuple(numbers), terms, tuple(map(tuple, counted)), {form: tuple(places) for form, places in by_form.items()}
    )


def _phrases_of(tokens: tuple[str, ...]) -> Iterator[Phrase]:
    """Yield the phrases of a spelling: its tokens and, if it has several, these as one word."""
    yield tuple(map(_forms_of, tokens))
    if len(tokens) > 1:
        yield (("".join(tokens),),)


@lru_cache(maxsize=1 << 13)
def _forms_of(token: str) -> tuple[str, ...]:
    """Return a token and, if it is English, its possible plurals and singulars, as `variantsOf` in search-plan.js does."""
    if is_hangul(token) or len(token) < _LEAST_INFLECTED or "0" <= token[-1] <= "9":
        return (token,)
    forms = [token, token + "s"]
    if token.endswith("y"):
        forms.append(token[:-1] + "ies")
    if token.endswith("ies"):
        forms.append(token[:-3] + "y")
    elif token.endswith("s") and not token.endswith("ss"):
        forms.append(token[:-1])
    if _SIBILANT.search(token):
        forms.append(token + "es")
    return tuple(forms)


def _most(forms: tuple[str, ...], levels: Mapping[str, int]) -> int:
    """Return the most that one of these terms weighs in a document, or 0 if it has none of them."""
    found = [levels[form] for form in forms if form in levels]
    return _WEIGHTS[max(found)] if found else 0


def _levels_of(weights: Iterable[int]) -> bytes:
    """Return the levels of rows with these weights."""
    return levels_of([round(weight / ROW_SCALE) for weight in weights])


def _weights_of(phrase: Phrase, postings: Mapping[str, Sequence[int]]) -> dict[int, int]:
    """Return the documents that have a phrase, with its weight in each."""
    found: dict[int, int] | None = None
    for forms in phrase:
        weights: dict[int, int] = {}
        for form in forms:
            for entry in postings.get(form, ()):
                document, level = divmod(entry, LEVELS)
                weight = _WEIGHTS[level]
                if weight > weights.get(document, 0):
                    weights[document] = weight
        if found is None:
            found = weights
        else:
            found = {each: min(weight, found[each]) for each, weight in weights.items() if each in found}
        if not found:
            return {}
    return found or {}


def _summed(weights: list[dict[int, int]]) -> "array[int]":
    """Return documents with the sums of their weights as postings."""
    total = dict(weights[0])
    for each in weights[1:]:
        for document, weight in each.items():
            total[document] = total.get(document, 0) + weight
    documents = sorted(total)
    levels = _levels_of([total[document] for document in documents])
    return array("I", [document * LEVELS + level for document, level in zip(documents, levels, strict=True)])
