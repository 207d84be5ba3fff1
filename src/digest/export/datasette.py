"""The site's title and the meaning of the database's tables -> the metadata that Datasette shows beside it."""

import msgspec

from ..site.views import Site

DATABASE = "digest"
"""The name by which Datasette knows a file `digest.sqlite` or `digest.db`."""

_TABLES: dict[str, dict[str, object]] = {
    "entries": {
        "description": "The entries, oldest first.",
        "label_column": "title",
        "sort_desc": "number",
        "facets": ["kind"],
        "columns": {
            "number": "The place of the entry in the archive; it changes when older entries come or go.",
            "id": "The id in feeds and in data/entries.json, which never changes.",
            "date": "The day of the note; nothing for a note without one.",
            "published": "The date of the work that the entry is about, as far as it is known.",
            "abstract": "The abstracts of all works in the entry, without markup.",
            "commentary": "The author's text as written, in Markdown.",
            "text": "The author's text and its translations, without markup.",
            "words": "Words without their Korean endings, for full-text search.",
            "path": "The note file.",
        },
    },
    "tags": {
        "description": "The tags with their labels, and the tag above each.",
        "label_column": "label",
        "sort_desc": "entries",
    },
    "entry_tags": {"description": "Which entry has which tag.", "facets": ["tag"]},
    "authors": {
        "description": "The authors of the works, in order. An organisation has neither a family nor a given name.",
        "facets": ["name"],
    },
    "works": {"description": "The works that entries are about.", "label_column": "title", "facets": ["type"]},
    "mentions": {
        "description": "What the texts refer to: papers by their arXiv ids, and other entries.",
        "facets": ["mentioned"],
    },
}


def write_metadata(site: Site) -> bytes:
    """Return a `metadata.json` for Datasette."""
    about = {"title": site.title, "description": site.description, "source": site.title, "source_url": site.url}
    metadata = {key: value for key, value in about.items() if value}
    document = {**metadata, "databases": {DATABASE: {"tables": _TABLES}}}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
