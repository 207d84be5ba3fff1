"""Exports and folders of other programs -> notes as digest wants them, for `digest import`.

Each format has a module with `recognises(source)` and `read(source)`; `writing` writes what they return.
"""

from types import ModuleType

from .imported import Imported, Source, SourceError

KINDS = ("telegram", "substack", "hugo", "jekyll", "quartz", "logseq", "obsidian", "paper-list")
"""The formats, in the order in which a source is compared with them."""

__all__ = ["KINDS", "Imported", "Source", "SourceError", "find_kind", "read_source"]


def find_kind(source: Source) -> str | None:
    """Return the format of a source, or None if it is none of those known."""
    return next((kind for kind in KINDS if _module(kind).recognises(source)), None)


def read_source(kind: str, source: Source) -> Imported:
    """Read a source in a format; raises SourceError."""
    imported: Imported = _module(kind).read(source)
    return imported


def _module(kind: str) -> ModuleType:
    from importlib import import_module

    return import_module(f".{kind.replace('-', '_')}", __package__)
