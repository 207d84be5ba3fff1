"""Documents into the whole index: segments, words across languages, fragments, and the manifest that names them.

Documents are numbered by date, then id. The oldest, in a multiple of `SETTLED`, make the base segment; the newest rest
makes a small one. A new note at the end therefore rewrites the small segment's few files and no others, and costs no
more in a large archive than in a small one.
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
"""Documents by which the base segment grows."""

_BATCH = 512
"""Documents whose terms are in memory as strings at a time."""

MANIFEST = "index.json"

FORMAT = "digest-search"
"""Name of the format, in the manifest."""


class SearchSettings(Struct, frozen=True):
    """The settings of search: the language of the notes, further rows of the glossary, and (key, label) of each kind."""

    language: str = "ko"
    glossary: tuple[Row, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()


class BaseSegment(Struct, frozen=True):
    """What a later build needs of the base segment to leave its files as they are; cached as MessagePack.

    `key` is a hash of all that the segment was made from. The files of words, at `words`, were made of `alignment` and of
    the glossary's rows that `rows` is a hash of.
    """

    key: bytes
    names: SegmentNames
    paths: tuple[str, ...]
    settled: Settled
    alignment: Alignment
    rows: bytes = b""
    words: tuple[str, ...] = ()


class SearchIndex(Struct, frozen=True):
    """A built index: files to write, paths of files that a former build wrote and that stay, and the base to cache."""

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
    """Build the index of the documents named by `keys`, in any order.

    `load` gives the terms of the documents it is asked for, in the order asked. `base` is the one a former build
    returned: where it still holds, its documents are not loaded and its files are listed as kept.
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
    """Count the documents of the base: the days before the one that a multiple of `SETTLED` falls in, all whole."""
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
    """Read documents a batch at a time into columns and fragments.

    Fragments are named by day, place in the day and check: `f/20240319-0-a7.bin`.
    """
    columns = Columns()
    fragments = []
    day, place = "", 0
    for start in range(0, len(keys), _BATCH):
        for document in load(keys[start : start + _BATCH]):
            place = place + 1 if document.key.date == day else 0
            day = document.key.date
            path = f"f/{day.replace('-', '')}-{place}-{document.check}.bin"
            columns.add(document)
            fragments.append(IndexFile(path, document.fragment))
    return columns, fragments
