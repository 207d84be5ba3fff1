"""Tags -> the pairs of them that look alike, nearly certain ones and guesses, each with a reason.

A wrong pair costs the author more than a missed one, so a pair is certain only if hardly anything else explains it. No step
compares every tag with every other one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from msgspec import Struct

from ..model import tag_key
from ..search.glossary import Row
from .forms import american, form_of, singular, squash, words_of

SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "a", "with", "on", "from", "by"})
TAILS = frozenset({"learning", "model", "models", "method", "methods"})
"""Last words that add nothing: `contrastive-learning` is `contrastive`."""
SHORTEST_TYPO = 7
"""Shorter words differ in a letter because they are different words: `bert` and `bart`."""
RARE = 2
OFTEN = 5
"""A slip of spelling occurs in at most `RARE` entries, and the right spelling `OFTEN` times as often."""
VOWELS = frozenset("aeiou")


class Likeness(Struct, frozen=True, order=True):
    """Two tags that look alike, by their keys; `one` comes before `other` in the alphabet. `reason` completes "they look alike:"."""

    one: str
    other: str
    reason: str
    certain: bool


def find_alike(counts: Mapping[str, int], glossary: Iterable[Row]) -> tuple[Likeness, ...]:
    """Return the pairs of tags that look alike, sorted, each once with its best reason. `counts` has the entries of each tag."""
    found: dict[tuple[str, str], Likeness] = {}
    concepts = _Concepts(glossary)
    finders = (
        _same_forms(counts),
        _abbreviations(counts, concepts),
        _concepts_named_twice(counts, concepts),
        _slips(counts, concepts),
        _inflections(counts),
        _last_parts(counts),
    )
    for likeness in chain.from_iterable(finders):
        pair = likeness.one, likeness.other
        if pair not in found or (likeness.certain and not found[pair].certain):
            found[pair] = likeness
    return tuple(sorted(found.values()))


def _alike(one: str, other: str, reason: str, *, certain: bool) -> Likeness:
    return Likeness(min(one, other), max(one, other), reason, certain)


def _same_forms(counts: Mapping[str, int]) -> Iterator[Likeness]:
    """Yield tags that differ in hyphens, in the plural, in British spelling, or in shortened words."""
    for keys in _grouped(counts, form_of):
        for one, other in combinations(keys, 2):
            if squash(one) == squash(other):
                reason = "only the spaces or hyphens differ"
            elif squash(_plural_aside(one)) == squash(_plural_aside(other)):
                reason = "one is the plural of the other"
            else:
                reason = "the same words, written in another way"
            yield _alike(one, other, reason, certain=True)


def _plural_aside(key: str) -> str:
    start, hyphen, last = key.rpartition("-")
    return f"{start}{hyphen}{singular(last)}"


def _grouped(keys: Iterable[str], form: Callable[[str], str]) -> Iterator[list[str]]:
    """Yield the groups of keys that have a form in common."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        groups[form(key)].append(key)
    yield from (group for group in groups.values() if len(group) > 1)


class Spelling(Struct, frozen=True):
    """A spelling in the glossary: its row, and its place among the spellings of its language in that row."""

    row: int
    place: int
    is_korean: bool


class _Concepts:
    """The glossary by the forms of its spellings."""

    def __init__(self, glossary: Iterable[Row]) -> None:
        self.words: list[tuple[str, ...]] = []
        """The English spellings of each row, as keys of tags."""
        self.spellings: dict[str, list[Spelling]] = defaultdict(list)
        for number, (korean, english) in enumerate(glossary):
            self.words.append(tuple(map(tag_key, english)))
            for place, spelling in enumerate(korean):
                self.spellings[form_of(tag_key(spelling))].append(Spelling(number, place, is_korean=True))
            for place, key in enumerate(self.words[-1]):
                self.spellings[form_of(key)].append(Spelling(number, place, is_korean=False))

    def knows(self, key: str) -> bool:
        """Return True if the glossary has a tag."""
        return form_of(key) in self.spellings

    def rows_of(self, key: str) -> frozenset[int]:
        """Return the numbers of the rows that a tag stands in."""
        return frozenset(spelling.row for spelling in self.spellings.get(form_of(key), ()))

    def is_main(self, spelling: Spelling) -> bool:
        """Return True if a spelling is the first of its row in its language, or a form of the first."""
        if spelling.is_korean:
            return spelling.place == 0 or all(
                self._is_form(spelling.row, n) for n in range(len(self.words[spelling.row]))
            )
        return self._is_form(spelling.row, spelling.place)

    def _is_form(self, row: int, place: int) -> bool:
        """Return True if an English spelling is a form of the first one of its row, or its abbreviation."""
        first, other = self.words[row][0], self.words[row][place]
        if "-" not in first + other and len(_common_start(first, other)) > 6:
            return True
        return form_of(other) == form_of(first) or _is_longer_form(other, first) or _abbreviates(other, first)


def _abbreviations(counts: Mapping[str, int], concepts: _Concepts) -> Iterator[Likeness]:
    """Yield abbreviations and what they stand for, if the notes have both.

    If the glossary has the abbreviation, it decides what that can stand for. Any other one is taken for the initials of the only
    tag that has them.
    """
    long: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(counts):
        words = words_of(key)
        if "-" in key and len(words) < 7 and "/" not in key:
            for initials in _initials(words):
                long[initials][form_of(key)].append(key)
    for short in sorted(counts):
        if not (short.isascii() and short.isalnum() and 2 <= len(short) <= 5):
            continue
        known = concepts.rows_of(short)
        if known:
            yield from _in_glossary(short, known, counts, concepts)
            continue
        expansions = long.get(short, {})
        for keys in expansions.values():
            for key in keys:
                certain = len(expansions) == 1 and len(short) > 2
                yield _alike(short, key, f"`{short}` are the initials of `{key}`", certain=certain)


def _initials(words: Sequence[str]) -> set[str]:
    """Return the initials of words, with and without small words; `to` may be written `2`."""
    spelled = [word for word in words if word]
    long = [word for word in spelled if word not in SMALL_WORDS]
    found = {"".join(word[0] for word in some) for some in (spelled, long)}
    return found | {"".join("2" if word == "to" else word[0] for word in spelled)}


def _in_glossary(short: str, rows: Iterable[int], counts: Mapping[str, int], concepts: _Concepts) -> Iterator[Likeness]:
    for row in sorted(rows):
        for spelling in concepts.words[row]:
            for key in (spelling, f"{spelling}s", spelling.removesuffix("s")):
                if key in counts and key != short and _abbreviates(short, key):
                    yield _alike(short, key, f"`{short}` stands for `{key}`", certain=True)


def _abbreviates(short: str, long: str) -> bool:
    """Return True if an abbreviation consists of the beginnings of words, in order: `vit` of `vision-transformer`.

    The first word alone (`pose` of `pose-estimation`) is none.
    """
    words = [word for word in words_of(long) if word]
    if len(words) < 2 or "-" in short or words[0].startswith(short):
        return False
    return any(_is_made_of(short, some) for some in (words, [word for word in words if word not in SMALL_WORDS]))


def _is_made_of(short: str, words: Sequence[str]) -> bool:
    """Return True if a word can be cut into beginnings of all words, in order."""
    if not words:
        return not short
    most = min(len(short), len(words[0]), 3)
    return any(short[:size] == words[0][:size] and _is_made_of(short[size:], words[1:]) for size in range(1, most + 1))


def _concepts_named_twice(counts: Mapping[str, int], concepts: _Concepts) -> Iterator[Likeness]:
    """Yield tags that the glossary has in one row.

    The glossary is made for search, where related words may lead to one another. So a Korean and an English tag are certain
    only if they are the first of the row in their language or forms of the first, and two English ones if they are forms of
    one another.
    """
    present: dict[int, list[tuple[str, Spelling]]] = defaultdict(list)
    for key in sorted(counts):
        for spelling in concepts.spellings.get(form_of(key), ()):
            present[spelling.row].append((key, spelling))
    for spelled in present.values():
        for (one, first), (other, second) in combinations(spelled, 2):
            if form_of(one) == form_of(other):
                continue
            if first.is_korean != second.is_korean:
                alone = len(concepts.rows_of(one)) == 1 == len(concepts.rows_of(other))
                certain = alone and concepts.is_main(first) and concepts.is_main(second)
                yield _alike(one, other, "the Korean and the English name", certain=certain)
            else:
                reason = "the glossary has both for one concept"
                yield _alike(one, other, reason, certain=not first.is_korean and _is_longer_form(one, other))


def _is_longer_form(one: str, other: str) -> bool:
    """Return True if two tags differ in an empty last word, or in the ending of their last words."""
    short, long = sorted((one.split("-"), other.split("-")), key=len)
    if len(long) == len(short) + 1:
        return long[:-1] == short and long[-1] in TAILS
    same = len(long) == len(short) > 1 and long[:-1] == short[:-1]
    return same and len(_common_start(one, other)) - len("-".join(long[:-1])) > 6


def _common_start(one: str, other: str) -> str:
    size = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        size += 1
    return one[:size]


def _slips(counts: Mapping[str, int], concepts: _Concepts) -> Iterator[Likeness]:
    """Yield rare tags that differ from a frequent one in one letter, as a slip of the fingers makes it."""
    near: dict[str, set[str]] = defaultdict(set)
    for key in counts:
        if len(key) >= SHORTEST_TYPO and key.isascii():
            for place in range(len(key)):
                near[key[:place] + key[place + 1 :]].add(key)
            near[key].add(key)
    seen: set[tuple[str, str]] = set()
    for keys in near.values():
        for one, other in combinations(sorted(keys), 2):
            rare, common = sorted((one, other), key=lambda key: (counts[key], key))
            if (one, other) in seen or counts[rare] > RARE or counts[common] < OFTEN * counts[rare]:
                continue
            seen.add((one, other))
            words = _differing_words(rare, common)
            if words and (slip := _slip_of(*words)) is not None and not concepts.knows(rare):
                yield _alike(rare, common, f"`{rare}` may be a slip of spelling", certain=slip)


def _differing_words(rare: str, common: str) -> tuple[str, str] | None:
    """Return the only two words in which keys differ, or None. Words with digits, and short ones, are names."""
    pairs = [(a, b) for a, b in zip(rare.split("-"), common.split("-"), strict=False) if a != b]
    if rare.count("-") != common.count("-") or len(pairs) != 1:
        return None
    one, other = pairs[0]
    return pairs[0] if min(len(one), len(other)) >= SHORTEST_TYPO and one.isalpha() and other.isalpha() else None


def _slip_of(rare: str, common: str) -> bool | None:
    """Return True if a word is a likely slip of another one, False if it may be, and None if it isn't one letter away.

    Slips are two letters in the wrong order, a letter that is missing, doubled or added inside the word, and a wrong vowel.
    Another consonant may well make another word: `efficientnet` and `efficientdet`. So may the first and the last letter.
    """
    start = len(_common_start(rare, common))
    end = len(_common_start(rare[::-1], common[::-1]))
    if start == 0:
        return None
    if len(rare) == len(common):
        end = min(end, len(rare) - start)
        middle, right = rare[start : len(rare) - end], common[start : len(common) - end]
        if len(middle) == 2:
            return True if middle == right[::-1] and end else None
        return (middle in VOWELS and right in VOWELS and end > 0) if len(middle) == 1 else None
    if abs(len(rare) - len(common)) != 1 or start + end < min(len(rare), len(common)):
        return None
    return 0 < start < min(len(rare), len(common))


def _inflections(counts: Mapping[str, int]) -> Iterator[Likeness]:
    """Yield forms of one verb or noun, such as `instruct` and `instruction`; these are guesses."""
    for keys in _grouped((key for key in counts if key.isascii()), _stem_of):
        for one, other in combinations(keys, 2):
            if form_of(one) != form_of(other):
                yield _alike(one, other, "forms of one word", certain=False)


def _stem_of(key: str) -> str:
    start, hyphen, last = key.rpartition("-")
    word = american(singular(last))
    for ending in ("ing", "ion", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 4:
            word = word[: -len(ending)]
            break
    return squash(f"{start}{hyphen}{word}")


def _last_parts(counts: Mapping[str, int]) -> Iterator[Likeness]:
    """Yield tags that are the last part of another one, such as `lm` and `nlp/lm`; these are guesses."""
    for key in counts:
        last = key.rpartition("/")[2]
        if last != key and last in counts:
            yield _alike(last, key, f"`{last}` is the last part of `{key}`", certain=False)
