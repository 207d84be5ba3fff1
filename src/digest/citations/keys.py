"""Works -> their keys in bibliographies: `kim2024attention`, from the first author, the year and the title.

A key is made once. `digest.lock` remembers it, so no later edit of this or any other entry changes it, and no other work ever
gets it. Without a lock, keys are given in the order of the digest.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from msgspec import Struct

from .names import Name
from .romanise import family_to_ascii, to_ascii
from .work import CitedWork

LONGEST_PART = 24
"""The letters of a name or a word that a key has at most."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"-[1-9]\d*$")
_SMALL_WORDS = frozenset(
    "a an and are as at be by can do does for from how in into is it its no not of on or our over that the their this to "  # noqa: SIM905
    "toward towards under using via we what when where which who why will with you your".split()
)


class Cited(Struct, frozen=True):
    """An entry as keys are given to it.

    `id` is the entry's, `identity` that of its work: entries about the same work have the same. `base` returns the key that
    the work has if no other work has it; it is called only if the entry has no key yet.
    """

    id: str
    identity: str
    base: Callable[[], str]


def give_keys(cited: Iterable[Cited], held: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of works by the ids of entries. `cited` are in the order of the digest, `held` are remembered keys.

    Entries about one work have one key, the first that any of them has. No work gets a key that another entry holds, be it
    present or gone. If two works hold one key, as after a merge of two branches, a work whose data give the key comes before
    the others, and otherwise the first one.
    """
    cited = tuple(cited)
    keys = _kept_keys(cited, held)
    taken = {*held.values(), *keys.values()}
    numbers: dict[str, int] = {}
    for each in cited:
        if each.identity not in keys:
            base = each.base()
            number = numbers.get(base, 1)
            while (key := _numbered(base, number)) in taken:
                number += 1
            numbers[base] = number + 1
            taken.add(key)
            keys[each.identity] = key
    return {each.id: keys[each.identity] for each in cited}


def find_other_keys(keys: Mapping[str, str], held: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the further keys of works, by their keys: those of entries that were about different works when they got them."""
    given = set(keys.values())
    others: dict[str, set[str]] = {}
    for name, key in keys.items():
        if held.get(name, key) not in given:
            others.setdefault(key, set()).add(held[name])
    return {key: tuple(sorted(names)) for key, names in others.items()}


def _kept_keys(cited: Iterable[Cited], held: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of works, by their identity, that entries hold already. No two works have one key."""
    holders: dict[str, list[Cited]] = {}
    for each in cited:
        if key := held.get(each.id):
            holders.setdefault(key, []).append(each)
    keys: dict[str, str] = {}
    for key, entries in holders.items():
        owner = entries[0]
        if any(each.identity != owner.identity for each in entries):
            owner = next((each for each in entries if each.base() == _NUMBER.sub("", key)), owner)
        keys.setdefault(owner.identity, key)
    return keys


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def base_key(work: CitedWork) -> str:
    """Return the key of a work as its own data give it, without a number; never empty.

    A work without authors has two words of its title, and one without a known date no year. A bare address of arXiv, which has
    no title yet, gives `arxiv240100002`.
    """
    if work.arxiv and not work.authors.names and ("://" in work.title or work.arxiv in work.title):
        return "arxiv" + to_ascii(work.arxiv)
    words = _significant_words(work.title)
    name = _name_part(work.authors.names[0]) if work.authors.names else ""
    if not name and words:
        name, *words = words
    return f"{name[:LONGEST_PART]}{work.published[:4]}{words[0][:LONGEST_PART] if words else ''}" or "untitled"


def _name_part(name: Name) -> str:
    """Return the family name in ASCII, or the first word of an organisation's name that tells it from others."""
    if name.family:
        return family_to_ascii(name.family)
    words = _significant_words(name.literal)
    if len(words) > 1 and words[0] == "team":
        return words[1]
    joined = to_ascii(name.literal) if " " not in name.literal else ""  # `01.AI`, `DeepSeek-AI`
    return joined or (words[0] if words else "")


def _significant_words(text: str) -> list[str]:
    """Return the first two words of a text in ASCII, without small words, letters and numbers if it has others."""
    words = (to_ascii(found[0]) for found in _WORD.finditer(text))
    kept = list(islice(filter(_is_significant, words), 2))
    return kept or [word for word in map(to_ascii, _WORD.findall(text)) if word][:2]


def _is_significant(word: str) -> bool:
    return len(word) > 1 and word not in _SMALL_WORDS and not word.isdecimal()
