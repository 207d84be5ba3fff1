"""Records -> the files of the search index, indexing only entries that changed since the last build."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache as cache_of
from functools import partial
from typing import TYPE_CHECKING, Protocol

import msgspec
from msgspec import Struct, structs

from ..archive.archive import Archive, Record
from ..config import Config
from ..languages import strings_for
from ..parallel.task import Task, return_done
from ..parallel.workers import Workers
from ..search import (
    DocumentKey,
    SearchDocument,
    SearchSettings,
    build_index,
    index_document,
)
from ..site import routes
from ..site.views import Site
from ..store.cache import decode_body
from ..urls import arxiv_id

if TYPE_CHECKING:
    from .job import Progress

BATCH = 64
PARALLEL_FROM = 400
PAGE_KIND = "page"
"""The kind that search knows the author's own pages by."""
FEATURES = {"code": "<pre", "math": "<math"}
"""What `has:` finds: the names of features, and the beginning of the element that shows one in a text."""

_KEY = msgspec.msgpack.Decoder(DocumentKey)


class TermStore(Protocol):
    """A cache as far as the index needs it."""

    def term_keys(self) -> dict[bytes, bytes]:
        """Return the encoded search keys of all indexed entries."""

    def raw_body(self, digest: bytes) -> bytes:
        """Return an entry's encoded body."""

    def raw_terms(self, digest: bytes) -> bytes:
        """Return an entry's encoded search terms."""

    def index_row(self, name: str) -> bytes | None:
        """Return a row of the last index."""

    def save_terms(self, digest: bytes, key: bytes, terms: bytes, fragment: bytes) -> None:
        """Save a record's part of the index."""

    def save_index(self, rows: Mapping[str, bytes | None], *, whole: bool) -> None:
        """Save rows of the index."""

    def drop_terms(self, digests: Iterable[bytes]) -> None:
        """Forget records that are gone."""

    def commit(self) -> None:
        """Make changes visible to workers."""


class IndexedSite(Struct, frozen=True):
    """The files of the index by site path: the bytes of files to write, and the paths of files that stay as they are.

    `fragments` are the files that search shows entries from, with the digest under which the cache has their bytes.
    """

    files: dict[str, bytes]
    fragments: dict[str, bytes]
    kept: tuple[str, ...]


class Indexed(Struct, frozen=True):
    """An indexed document: its encoded key and terms, and the file from which search shows it."""

    digest: bytes
    key: bytes
    terms: bytes
    fragment: bytes


def searchable(archive: Archive) -> tuple[Record, ...]:
    """Return everything that search finds: pages, notes without a date, and entries."""
    return (*archive.pages, *archive.undated, *archive.records)


class IndexedEntries(Struct, frozen=True):
    """The keys of all entries, and the digests in the cache of all indexed documents by the digest in their key.

    `gone` are the digests in the cache of documents that no entry has any more. The last index may have them.
    """

    keys: Sequence[DocumentKey]
    digests: Mapping[bytes, bytes]
    gone: Sequence[bytes]


def index_site(
    records: Sequence[Record], site: Site, config: Config, cache: TermStore, workers: Workers, *, reuse: bool
) -> IndexedSite:
    """Update the index to match the archive. Without `reuse`, write all of its files."""
    return write_index(index_entries(records, site, cache, workers), site, config, cache, reuse=reuse)


def index_entries(
    records: Sequence[Record], site: Site, cache: TermStore, workers: Workers, progress: "Progress | None" = None
) -> IndexedEntries:
    """Index the entries that the cache lacks; `progress` is called after each batch of them.

    The cache keeps the terms of former entries until the files are written.
    """
    digests = {_digest(record, site): record for record in records}
    encoded = cache.term_keys()
    missing = [(digest, record) for digest, record in digests.items() if digest not in encoded]
    cache.commit()  # so that workers see all texts
    indexing = Task(partial(_fetch_document, site, cache), _index_document, return_done)
    with workers.map(indexing, missing, size=BATCH, least=PARALLEL_FROM) as found:
        for number, indexed in enumerate(found, 1):
            cache.save_terms(indexed.digest, indexed.key, indexed.terms, indexed.fragment)
            encoded[indexed.digest] = indexed.key
            if number % BATCH == 0:
                if progress:
                    progress("index", number, len(missing))
                cache.commit()  # a preview that writes to it meanwhile waits for one batch of rows at most
    of_content = {digest: _KEY.decode(key).digest for digest, key in encoded.items()}
    # There are as many keys as entries, so they share the strings that exist anyway.
    written = cache_of(dt.date.isoformat)
    keys = [
        DocumentKey(written(record.card.date) if record.card.date else "", record.id, of_content[digest])
        for digest, record in digests.items()
    ]
    gone = [digest for digest in encoded if digest not in digests]
    return IndexedEntries(keys, {content: digest for digest, content in of_content.items()}, gone)


def write_index(entries: IndexedEntries, site: Site, config: Config, cache: TermStore, *, reuse: bool) -> IndexedSite:
    """Write the files of the index of these entries: those that changed or, without `reuse`, all of them."""
    settings = SearchSettings(
        language=config.language_of_notes,
        glossary=tuple(_glossary_rows(config)),
        kinds=(*((kind.name, kind.label) for kind in site.kinds), *_page_kind(site)),
    )

    def fetch(digest: bytes) -> bytes:
        return cache.raw_terms(entries.digests[digest])

    index = build_index(entries.keys, fetch, settings, cache.index_row if reuse else None)
    # The rows and the terms that they were made from change together, or not at all.
    cache.save_index(index.rows, whole=index.whole)
    cache.drop_terms(entries.gone)
    return IndexedSite(
        {routes.SEARCH + file.path: file.content for file in index.files},
        {routes.SEARCH + path: entries.digests[digest] for path, digest in index.fragments.items()},
        tuple([routes.SEARCH + path for path in index.kept]),
    )


def _fetch_document(site: Site, cache: TermStore, missing: tuple[bytes, Record]) -> tuple[bytes, SearchDocument]:
    """Return the document that search indexes for a record, with the record's digest."""
    digest, record = missing
    return digest, _document(record, site, cache)


def _index_document(fetched: tuple[bytes, SearchDocument]) -> Indexed:
    """Index a document, and take the fragment out of its terms."""
    digest, document = fetched
    terms = index_document(document)
    encode = msgspec.msgpack.encode
    return Indexed(digest, encode(terms.key), encode(structs.replace(terms, fragment=b"")), terms.fragment)


def _document(record: Record, site: Site, cache: TermStore) -> SearchDocument:
    body = decode_body(cache.raw_body(record.card.digest))
    card = record.card
    abstracts = [body.abstract, *(abstract for _, abstract in body.works)]
    texts = [text for text in (body.commentary, *abstracts) if text]
    links = [card.link or "", *(work.link or "" for work in body.entry.works)]
    return SearchDocument(
        id=record.id,
        url=routes.address(site.root, routes.path_of(record)),
        title=card.title,
        other_titles=tuple(work.title for work in body.entry.works),
        date=card.date.isoformat() if card.date else "",
        kind=PAGE_KIND if card.page else card.kind,
        tags=tuple((tag.key, tag.label) for tag in record.tags),
        authors=(*card.authors, *(name for work in body.entry.works for name in work.authors)),
        abstract="\n".join(abstract.plain for abstract in abstracts if abstract),
        commentary=body.commentary.plain,
        translations="\n".join(text.plain for text in body.translations),
        arxiv=card.arxiv,
        papers=tuple(filter(None, map(arxiv_id, links))),
        features=tuple(name for name, mark in FEATURES.items() if any(mark in text.html for text in texts)),
    )


def _digest(record: Record, site: Site) -> bytes:
    """Hash everything that decides an entry's part of the index: the entry, and the base path of the site."""
    return hashlib.blake2b(record.digest + site.root.encode(), digest_size=16).digest()


def _page_kind(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the kind of the author's own pages with its label, unless the settings have a kind of that name."""
    if all(kind.name != PAGE_KIND for kind in site.kinds):
        yield PAGE_KIND, strings_for(site.language).kind(PAGE_KIND)


def _glossary_rows(config: Config) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for term, others in config.search.glossary.items():
        yield (term,), ((others,) if isinstance(others, str) else others)
