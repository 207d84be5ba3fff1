"""Build the whole index, or renew the index of an earlier build, and write the manifest that names all files but fragments.

Documents are ordered by date, then id. Those before the month that the 128th newest falls in are the older notes, the rest the newer
ones. The files that a reader needs first are written for each of the two, so that a new note leaves the large ones as they are.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec import Struct

from .changes import NotRenewableError
from .coding import VERSION, IndexFile
from .document import DocumentKey, decode_terms
from .glossary import Row, related_words, shipped_glossary
from .leaves import SHARDS, TAILS, Trie
from .renewal import Renewal
from .state import STATE, State, decode_state, encode, fragments_of
from .whole import build_whole

MANIFEST = "index.json"

FORMAT = "digest-search"
"""Name of the format in the manifest."""


class SearchSettings(Struct, frozen=True):
    """The settings of search: the language of the notes, further rows of the glossary, and (key, label) of each kind."""

    language: str = "ko"
    glossary: tuple[Row, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()


class SearchIndex(Struct, frozen=True):
    """A built index: the files to write, the paths of earlier files that stay, and the rows to cache.

    `fragments` has the path of each document's fragment with the digest in the document's key. A row without a value is to be removed.
    If the index is `whole`, so are all earlier rows.
    """

    files: tuple[IndexFile, ...]
    fragments: Mapping[str, bytes]
    kept: tuple[str, ...]
    rows: Mapping[str, bytes | None]
    whole: bool


class PartNames(Struct, frozen=True):
    """The older or the newer notes in the manifest: their number, and the names of their dictionary, days and groups."""

    count: int
    core: str
    documents: str
    groups: str


class TrieNames(Struct, frozen=True):
    """Shards or tails in the manifest: the shape of their trie, and the names of their leaves one after the other, in preorder."""

    shape: str
    names: str


class Manifest(Struct, frozen=True):
    """The manifest, which names all other files but fragments."""

    format: str
    version: int
    language: str
    notes: int
    kinds: tuple[tuple[str, str], ...]
    parts: tuple[PartNames, ...]
    shards: TrieNames
    tails: TrieNames


def build_index(
    keys: Iterable[DocumentKey],
    fetch: Callable[[bytes], bytes],
    settings: SearchSettings,
    row: Callable[[str], bytes | None] | None = None,
) -> SearchIndex:
    """Build the index of the documents with these keys, in any order.

    `fetch` returns the encoded terms of a document by the digest in its key. `row` returns a row of the last index: if they can be
    used, only the files that change are written. For that, `fetch` must also know the documents of the last index; it raises KeyError
    for others. The files do not depend on the last index.
    """
    keys = tuple(keys)
    # All rows by which a query is widened, those of the settings first.
    glossary = (*settings.glossary, *shipped_glossary(), *related_words())
    key = _hash(f"{VERSION}:".encode() + msgspec.msgpack.encode(glossary))
    former = row(STATE) if row else None
    state = decode_state(former) if former else None
    if row and state and state.key == key:
        try:
            renewal = Renewal(state, row, fetch, glossary)
            renewal.run(keys)
        except (NotRenewableError, KeyError):
            pass
        else:
            return _finish(renewal.state, renewal.tries, renewal.files, settings, rows=renewal.rows, kept=renewal.kept)
    whole = build_whole(keys, lambda digest: decode_terms(fetch(digest)), key, glossary)
    return _finish(whole.state, whole.tries, whole.files, settings, rows=whole.rows, kept=None)


def _finish(
    state: State,
    tries: Mapping[str, Trie],
    files: Iterable[IndexFile],
    settings: SearchSettings,
    *,
    rows: Mapping[str, bytes | None],
    kept: list[str] | None,
) -> SearchIndex:
    """Add the manifest; without `kept` the index is whole."""
    manifest = IndexFile(MANIFEST, msgspec.json.encode(_manifest(state, tries, settings)))
    return SearchIndex(
        (*files, manifest), fragments_of(state), tuple(kept or ()), {**rows, STATE: encode(state)}, whole=kept is None
    )


def _manifest(state: State, tries: Mapping[str, Trie], settings: SearchSettings) -> Manifest:
    shards, tails = [
        TrieNames(tries[kind].shape, "".join([state.names[kind][node] for node in tries[kind].leaves]))
        for kind in (SHARDS, TAILS)
    ]
    counts = [count for count in state.documents if count] or [0]
    tables = state.tables
    return Manifest(
        format=FORMAT,
        version=VERSION,
        language=settings.language,
        notes=sum(counts),
        kinds=settings.kinds,
        parts=tuple(
            [
                PartNames(count, tables[f"d{place}"], tables[f"n{place}"], tables[f"g{place}"])
                for place, count in enumerate(counts)
            ]
        ),
        shards=shards,
        tails=tails,
    )


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
