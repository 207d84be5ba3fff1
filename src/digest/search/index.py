"""Build the whole index: segments, words across languages, fragments, and the manifest that names them.

Documents are numbered by date, then id. The oldest, up to a multiple of `SETTLED`, form the base segment; the rest form a small
segment. A new note at the end rewrites the few files of the small segment only, however large the archive is.
"""

import hashlib
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct, structs

from .alignment import Alignment, align
from .coding import VERSION, IndexFile
from .columns import Columns
from .document import DocumentKey, DocumentTerms
from .glossary import Row, relevant_rows, shipped_glossary
from .segment import SegmentNames, Settled, build_segment, stemmer_of
from .words import word_files, word_names

SETTLED = 128
"""Number of documents by which the base segment grows."""

_BATCH = 512
"""Number of documents whose terms are held as strings at a time."""

MANIFEST = "index.json"

FORMAT = "digest-search"
"""Name of the format in the manifest."""


class SearchSettings(Struct, frozen=True):
    """The settings of search: the language of the notes, further rows of the glossary, and (key, label) of each kind."""

    language: str = "ko"
    glossary: tuple[Row, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()


class BaseSegment(Struct, frozen=True):
    """The base segment as the cache keeps it, so that a later build can leave its files as they are.

    `key` is a hash of everything the segment was made from. `words` are the paths of the files of words, which were made from
    `alignment` and from the rows of the glossary; `rows` is a hash of these rows.
    """

    key: bytes
    names: SegmentNames
    paths: tuple[str, ...]
    settled: Settled
    alignment: Alignment
    rows: bytes = b""
    words: tuple[str, ...] = ()


class SearchIndex(Struct, frozen=True):
    """A built index: the files to write, the paths of earlier files that stay, and the base segment to cache."""

    files: tuple[IndexFile, ...]
    kept: tuple[str, ...]
    base: BaseSegment | None


class Manifest(Struct, frozen=True):
    """The manifest, which names all other files but fragments."""

    format: str
    version: int
    language: str
    notes: int
    kinds: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    segments: tuple[SegmentNames, ...]


def build_index(
    keys: Sequence[DocumentKey],
    load: Callable[[Sequence[DocumentKey]], Sequence[DocumentTerms]],
    settings: SearchSettings,
    base: BaseSegment | None = None,
) -> SearchIndex:
    """Build the index of the documents with these keys, in any order.

    `load` returns the terms of documents in the order of its keys. `base` is the base segment of an earlier build: if it is still
    valid, its documents are not loaded and its files are listed as kept.
    """
    ordered = sorted(keys)
    split = _settled_count(ordered)
    old, new = ordered[:split], ordered[split:]
    files: list[IndexFile] = []
    kept: list[str] = []
    segments: list[SegmentNames] = []
    former, base = base, None
    if old:
        key = _base_key(old)
        if former is not None and former.key == key:
            base = former
            kept += base.paths
        else:
            base, written = _build_base(key, *_read(old, load))
            files += written
        segments.append(base.names)
    settled = base.settled if base else Settled()
    alignment: Alignment = base.alignment if base else ()
    vocabulary = settled
    if new:
        columns, fragments = _read(new, load)
        stemmer = stemmer_of(columns, settled)
        segment = build_segment(split, columns, stemmer, settled)
        files += (*segment.files, *fragments)
        segments.append(segment.names)
        vocabulary = segment.settled
        if base is None:
            alignment = align(columns, stemmer)
    rows = relevant_rows((*settings.glossary, *shipped_glossary()), settled, vocabulary)
    rows_key = _hash(msgspec.msgpack.encode(rows))
    if base is not None and base.rows == rows_key:
        words = base.words
        kept += words
    else:
        written_words = word_files(alignment, rows)
        files += written_words
        words = tuple([file.path for file in written_words])
        if base is not None:
            base = structs.replace(base, rows=rows_key, words=words)
    manifest = Manifest(
        FORMAT, VERSION, settings.language, len(ordered), settings.kinds, word_names(words), tuple(segments)
    )
    files.append(IndexFile(MANIFEST, msgspec.json.encode(manifest)))
    return SearchIndex(tuple(files), tuple(kept), base)


def _settled_count(ordered: Sequence[DocumentKey]) -> int:
    """Return the number of documents in the base segment: all whole days before the day that a multiple of `SETTLED` falls in."""
    split = len(ordered) // SETTLED * SETTLED
    last = ordered[split - 1].date if split else ""
    while split and ordered[split - 1].date == last:
        split -= 1
    return split


def _base_key(keys: Sequence[DocumentKey]) -> bytes:
    return _hash(f"{VERSION}:{SETTLED}".encode() + b"".join([key.digest for key in keys]))


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _build_base(key: bytes, columns: Columns, fragments: Sequence[IndexFile]) -> tuple[BaseSegment, list[IndexFile]]:
    stemmer = stemmer_of(columns, Settled())
    alignment = align(columns, stemmer)
    segment = build_segment(0, columns, stemmer, Settled())
    files = [*segment.files, *fragments]
    paths = tuple(file.path for file in files)
    return BaseSegment(key, segment.names, paths, segment.settled, alignment), files


def _read(
    keys: Sequence[DocumentKey], load: Callable[[Sequence[DocumentKey]], Sequence[DocumentTerms]]
) -> tuple[Columns, list[IndexFile]]:
    """Load documents a batch at a time, and return their columns and their fragments.

    Fragments are named by day, place in the day and checksum: `f/20240319-0-a7.bin`. Without a date, the day is 0.
    """
    columns = Columns()
    fragments = []
    day: str | None = None
    place = 0
    for start in range(0, len(keys), _BATCH):
        for document in load(keys[start : start + _BATCH]):
            place = place + 1 if document.key.date == day else 0
            day = document.key.date
            path = f"f/{day.replace('-', '') or 0}-{place}-{document.check}.bin"
            columns.add(document)
            fragments.append(IndexFile(path, document.fragment))
    return columns, fragments
