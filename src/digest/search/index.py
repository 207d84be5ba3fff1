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
from .glossary import Row, chain_spellings, related_words, relevant_rows, shipped_glossary, spelling_tokens
from .leaves import SHARDS, TAILS, Trie
from .renewal import Renewal
from .state import STATE, State, decode_state, encode, fragments_of
from .whole import build_whole
from .words import word_files, word_names

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
    """The manifest, which names all other files but fragments. `words` are names one after the other."""

    format: str
    version: int
    language: str
    notes: int
    kinds: tuple[tuple[str, str], ...]
    words: str
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
    key = _hash(f"{VERSION}:".encode() + msgspec.msgpack.encode(settings.glossary))
    spellings = frozenset(
        token
        for each in _rows_of_glossary(settings)
        for spelling in chain_spellings(each)
        for token in spelling_tokens(spelling)
    )
    former = row(STATE) if row else None
    state = decode_state(former) if former else None
    if row and state and state.key == key:
        try:
            renewal = Renewal(state, row, fetch, spellings)
            renewal.run(keys)
        except (NotRenewableError, KeyError):
            pass
        else:
            return _finish(renewal.state, renewal.tries, renewal.files, settings, rows=renewal.rows, kept=renewal.kept)
    whole = build_whole(keys, lambda digest: decode_terms(fetch(digest)), key, spellings)
    return _finish(whole.state, whole.tries, whole.files, settings, rows=whole.rows, kept=None)


def _finish(
    state: State,
    tries: Mapping[str, Trie],
    files: list[IndexFile],
    settings: SearchSettings,
    *,
    rows: Mapping[str, bytes | None],
    kept: list[str] | None,
) -> SearchIndex:
    """Add the words across languages and the manifest; without `kept` the index is whole."""
    relevant = relevant_rows(_rows_of_glossary(settings), frozenset(state.spoken))
    rows_key = _hash(msgspec.msgpack.encode((relevant, state.alignment)))
    kept_words: tuple[str, ...] = ()
    if kept is not None and state.rows == rows_key:
        kept_words = state.words
    else:
        written = word_files(state.alignment, relevant)
        files += [file for file in written if kept is None or file.path not in state.words]
        kept_words = tuple([file.path for file in written if kept is not None and file.path in state.words])
        state.words = tuple([file.path for file in written])
        state.rows = rows_key
    files.append(IndexFile(MANIFEST, msgspec.json.encode(_manifest(state, tries, settings))))
    stays = (*kept, *kept_words) if kept is not None else ()
    return SearchIndex(tuple(files), fragments_of(state), stays, {**rows, STATE: encode(state)}, whole=kept is None)


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
        words="".join(word_names(state.words)),
        parts=tuple(
            [
                PartNames(count, tables[f"d{place}"], tables[f"n{place}"], tables[f"g{place}"])
                for place, count in enumerate(counts)
            ]
        ),
        shards=shards,
        tails=tails,
    )


def _rows_of_glossary(settings: SearchSettings) -> tuple[Row, ...]:
    """Return all rows by which a query is widened, those of the settings first."""
    return (*settings.glossary, *shipped_glossary(), *related_words())


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
