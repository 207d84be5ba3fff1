"""Build a static search index that a browser reads in small pieces.

`index_document` turns one document into its terms, independently of the other documents. `build_index` turns the terms of
all documents into files. Both are pure functions. `templates/static/js/search.js` reads the files; `docs/search.md` describes them.
"""

from .coding import IndexFile
from .document import DocumentKey, DocumentTerms, SearchDocument, index_document, key_of
from .glossary import Row, parse_glossary
from .index import MANIFEST, SearchIndex, SearchSettings, build_index

__all__ = [
    "MANIFEST",
    "DocumentKey",
    "DocumentTerms",
    "IndexFile",
    "Row",
    "SearchDocument",
    "SearchIndex",
    "SearchSettings",
    "build_index",
    "index_document",
    "key_of",
    "parse_glossary",
]
