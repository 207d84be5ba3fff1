"""A tag's key -> the form that all spellings of it have: without hyphens, plural, and shortened words."""

import re
from collections.abc import Iterator

SHORTENED = {
    "img": "image",
    "imgs": "image",
    "vid": "video",
    "gen": "generation",
    "seq": "sequence",
    "conv": "convolution",
    "aug": "augmentation",
    "det": "detection",
    "seg": "segmentation",
    "recog": "recognition",
    "lang": "language",
    "doc": "document",
    "repr": "representation",
    "opt": "optimization",
    "nn": "neural-network",
}
"""Words that are shortened inside tags. A tag that is only such a word is left as it is."""

_BRITISH = (
    (re.compile(r"is(ation|ing)$"), r"iz\1"),
    (re.compile(r"^(behavi|col|neighb)our"), r"\1or"),
    (re.compile(r"^(model|label|travel)l(?=ing$|ed$)"), r"\1"),
)
_IZING = frozenset({"rising", "raising", "advising", "promising", "noising", "denoising", "comprising", "surprising"})
"""Words in `-ising` that no spelling writes with a `z`."""
_SINGULAR = frozenset({"news", "lens", "series", "species", "canvas", "atlas", "bias", "alias", "chaos", "windows"})
"""Words that end in `s` without being a plural."""

_APART = re.compile(r"(?<![0-9])-|-(?![0-9])")
"""A hyphen that stands between two digits in `gpt-3-5` separates numbers, and no other one makes a difference."""
_TWO = re.compile(r"(?<=[a-z])2(?=[a-z])")


def squash(key: str) -> str:
    """Return a key without its hyphens."""
    return _APART.sub("", key)


def singular(word: str) -> str:
    """Return a word without the ending of the plural."""
    if word in _SINGULAR or len(word) < 4 or word.endswith(("ss", "us", "is", "ics", "'s")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def american(word: str) -> str:
    """Return a word as American English spells it."""
    if word in _IZING:
        return word
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


def words_of(key: str) -> tuple[str, ...]:
    """Return the words of a key; a `2` between letters is the word `to`."""
    return tuple(_TWO.sub("-to-", key).split("-"))


def form_of(key: str) -> str:
    """Return the form that a tag's spellings have in common. Keys with the same form are most likely one tag."""
    return "/".join(squash("-".join(_plain_words(part))) for part in key.split("/"))


def _plain_words(part: str) -> Iterator[str]:
    words = words_of(part)
    for place, word in enumerate(words):
        if len(words) > 1:
            word = SHORTENED.get(word, word)
        yield american(singular(word) if place == len(words) - 1 else word)
