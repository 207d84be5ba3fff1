"""Describe an index as the cache keeps it, in rows, so that a change reads and writes few of them.

The row `state` has the dictionaries and the names of all files, the row `older` the numbers of older notes that have a term. There is a row for each leaf (`p…`, `t…`),
each group of spellings (`s…`) and each month of documents (`m…`), and the row `sample` has the notes that are aligned.
"""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from .alignment import Alignment, Sample
from .document import DIGEST_BYTES
from .postings import Postings
from .spellings import Group
from .tables import Row, fragment_path
from .vocabulary import GONE, Vocabulary
from .words import Pairs

STATE = "state"
SAMPLE = "sample"
OLDER_VOCABULARY = "older"

RECENT = 128
"""Minimum number of newer notes, if there are as many."""


class Month(Struct, array_like=True):
    """The documents of a month: their digests one after the other, and the paths of their fragments."""

    digests: bytes
    fragments: tuple[str, ...]


class State(Struct, array_like=True):
    """All that a change of any note may need.

    `key` is a hash of everything else that the index depends on. `documents` are the numbers of older and newer notes. `older_core` is
    the dictionary of the older notes with the class of each term; `is_older_small` means that it has all their terms. `fresh` has the terms that are not eligible by
    the older notes, and `gone` are those of `older_core` that no note has.
    `tables` has the names of dictionaries and tables by the beginnings of their paths. `sizes` and `names` are of the shards and tails:
    the sizes of keys, and the names of leaves.
    """

    key: bytes
    boundary: str
    documents: tuple[int, int]
    months: dict[str, Month]
    older_core: dict[str, int]
    is_older_small: bool
    fresh: Vocabulary
    gone: list[str]
    tables: dict[str, str]
    sizes: dict[str, dict[str, int]]
    names: dict[str, dict[int, str]]
    alignment: Alignment


def core_of(state: State) -> dict[str, int]:
    """Return the terms of all dictionaries with their classes."""
    core = state.older_core | state.fresh.core()
    for term in state.gone:
        del core[term]
    return core


def dictionaries_of(state: State) -> list[dict[str, int]]:
    """Return the dictionary of the older notes, if there are any, and the terms of all notes that are added to it or not there."""
    fresh = state.fresh.core() | dict.fromkeys(state.gone, GONE)
    return [state.older_core, fresh] if state.documents[0] else [fresh]


class StoredLeaf(Struct, array_like=True):
    """The terms of a leaf with their postings, and the aligned words by key.

    `named` counts the older and newer documents that have a token in names only.
    """

    postings: dict[str, Postings]
    named: dict[str, tuple[int, int]]
    pairs: dict[str, Pairs]


def fragments_of(state: State) -> dict[str, bytes]:
    """Return the digest of each document by the path of its fragment."""
    return {
        path: month.digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES]
        for month in state.months.values()
        for at, path in enumerate(month.fragments)
    }


encode = msgspec.msgpack.Encoder().encode
decode_state = msgspec.msgpack.Decoder(State).decode
decode_leaf = msgspec.msgpack.Decoder(StoredLeaf).decode
decode_group = msgspec.msgpack.Decoder(Group).decode
decode_rows = msgspec.msgpack.Decoder(list[Row]).decode
decode_vocabulary = msgspec.msgpack.Decoder(Vocabulary).decode
decode_sample = msgspec.msgpack.Decoder(Sample).decode


def boundary_of(months: Mapping[str, int]) -> str:
    """Return the month from which on notes are newer, given the number of notes of each month.

    It is the month that the 128th newest note falls in. If there are no notes before it, all notes are newer and it is empty.
    """
    recent = 0
    for month in sorted(months, reverse=True):
        recent += months[month]
        if recent >= RECENT:
            return month if month > min(months) else ""
    return ""


def month_of_rows(rows: Iterable[Row]) -> Month:
    """Return a month with these documents, in order."""
    digests, fragments = [], []
    date, place = None, 0
    for row in rows:
        place = place + 1 if row.date == date else 0
        date = row.date
        digests.append(row.digest)
        fragments.append(fragment_path(row, place))
    return Month(b"".join(digests), tuple(fragments))
