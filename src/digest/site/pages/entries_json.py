"""The whole digest as JSON, and its JSON Schema."""

from collections.abc import Iterator
from functools import partial

import msgspec

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement
from ..export import export_entries, export_entry, export_schema, named_files
from ..items import Item, Items
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe


class EntriesRecipe(Recipe, frozen=True):
    """All entries, newest day first, then the notes without a date, and the files that they name.

    `files` has, for each entry that names any, its id and the author's name and the site path of each file.
    """

    records: tuple[Record, ...]
    files: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class SchemaRecipe(Recipe, frozen=True):
    """The schema depends on nothing but the program."""


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the file of all entries."""
    records = tuple(record for day in reversed(arrangement.archive.days) for record in day.records)
    records += arrangement.archive.undated
    files = ((record.id, named_files(arrangement.targets(record))) for record in records)
    yield Page(routes.ENTRIES, EntriesRecipe(records, tuple(each for each in files if each[1])))


def plan_schema(_arrangement: Arrangement) -> Iterator[Page]:
    """Plan the schema."""
    yield Page(routes.ENTRIES_SCHEMA, SchemaRecipe())


def compose(parts: Parts, _path: str, recipe: EntriesRecipe) -> Items:
    """Write all entries as JSON, one at a time."""
    return export_entries(_items(parts, recipe))


def _items(parts: Parts, recipe: EntriesRecipe) -> Iterator[Item]:
    """Yield the entries. The key of one is its digest, and the files that it names."""
    files = dict(recipe.files)
    for record in recipe.records:
        named = files.get(record.id, ())
        key = record.digest + msgspec.msgpack.encode(named) if named else record.digest
        yield key, partial(_write_entry, parts, record, named)


def _write_entry(parts: Parts, record: Record, files: tuple[tuple[str, str], ...]) -> bytes:
    return export_entry(record, parts.body_of(record), parts.site.url or parts.site.root, files)


def compose_schema(_parts: Parts, _path: str, _recipe: SchemaRecipe) -> bytes:
    """Write the schema."""
    return export_schema()


def texts(recipe: EntriesRecipe) -> tuple[Record, ...]:
    """Return all entries."""
    return recipe.records


ENTRIES_JSON = PageType(
    recipe=EntriesRecipe,
    paths=r"data/entries\.json",
    plan=plan,
    compose=compose,
    texts=texts,
    whole_digest=True,
)
ENTRIES_SCHEMA = PageType(
    recipe=SchemaRecipe, paths=r"data/entries\.schema\.json", plan=plan_schema, compose=compose_schema
)
