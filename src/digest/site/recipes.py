"""A page and its recipe: which entries it shows, without their text.

A page's view is a pure function of its recipe, the settings and the texts of the recipe's entries. So the hash of a recipe, in
which the digest of each entry stands for the entry, is the page's fingerprint: equal fingerprint, equal page. An unchanged page
is recognised without composing it.
"""

import datetime as dt
import hashlib
from functools import lru_cache
from operator import attrgetter

import msgspec
from msgspec import Struct

from ..archive.archive import Record, TagName
from ..archive.references import Target
from ..model import Reference

Targets = tuple[tuple[Reference, Target], ...]
"""The references in one entry's text, each with the entry, day or file that it leads to."""

Counts = tuple[tuple[dt.date, int], ...]
"""Entries per date, oldest first. Dates without entries are absent."""

MonthKinds = tuple[tuple[dt.date, tuple[int, ...]], ...]
"""Entries of each kind per month, by the first date of the month, oldest first. Months without entries are absent."""

TagCounts = tuple[tuple[TagName, int], ...]
"""Entries per tag, busiest first."""

Mentioning = tuple[Record, str]
"""An entry that mentions another one, and the sentence that does, or nothing."""


class Recipe(Struct, frozen=True):
    """The base of all recipes. A recipe's class determines its page type."""


class Page(Struct, frozen=True):
    """A file of the site: its site path (see `routes`) and its recipe."""

    path: str
    recipe: Recipe


def fingerprint(page: Page, epoch: bytes) -> bytes:
    """Return the hash of everything that determines a page's bytes.

    `epoch` is the hash of versions, settings and theme. Returns 16 bytes.
    """
    try:
        recipe = _ENCODER.encode((page.path, type(page.recipe).__name__, page.recipe))
    except AttributeError as error:
        raise TypeError(f"{type(page.recipe).__name__} holds what has no digest: {error}") from error
    hashed = _begin(epoch).copy()
    hashed.update(recipe)
    return hashed.digest()


@lru_cache(maxsize=1)
def _begin(epoch: bytes) -> "hashlib.blake2b":
    """Return the hash with the epoch as its key, to be copied for each page."""
    return hashlib.blake2b(digest_size=16, key=epoch)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=attrgetter("digest"))
"""Encodes a record as its digest. It is asked for a dozen records a page, and so it runs no Python code."""
