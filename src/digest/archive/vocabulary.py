"""What the settings say of tags: labels, descriptions and parents."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct


class Vocabulary(Struct, frozen=True):
    """The settings of tags, by key. `spellings` has every tag that has settings, as the author writes it there."""

    spellings: Mapping[str, str] = {}
    labels: Mapping[str, str] = {}
    descriptions: Mapping[str, str] = {}
    parents: Mapping[str, str] = {}


NO_VOCABULARY = Vocabulary()


@lru_cache(maxsize=10_000)
def parents_by_name(key: str) -> tuple[str, ...]:
    """Return the keys of the tags that a tag lies below by its name, the topmost first: `a` and `a/b` for `a/b/c`."""
    parts = key.split("/")
    return tuple("/".join(parts[:n]) for n in range(1, len(parts)))


def find_above(used: Iterable[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Return the tag right above each tag of the site that has one. All are keys, and the site has the upper ones too.

    A parent in the settings counts if the site has that tag, or if it has settings itself.
    """
    keys = list(used)
    known = {*keys, *vocabulary.spellings}
    known |= {parent for key in known for parent in parents_by_name(key)}
    above: dict[str, str] = {}
    for key in keys:
        while key not in above:
            parent = vocabulary.parents.get(key, "")
            upper = parent if parent in known else key.rpartition("/")[0]
            if not upper:
                break
            above[key] = upper
            key = upper
    return above


def chain_above(key: str, above: Mapping[str, str]) -> Iterator[str]:
    """Yield the tags above a tag, the nearest first."""
    while key in above:
        key = above[key]
        yield key
