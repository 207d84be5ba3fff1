"""Each entry, and each note without a date, as JSON beside its page, as `data/entries.json` has it."""

from collections.abc import Iterator
from functools import partial

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement, days_around
from ..export import export_entry, named_files
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe


class EntryJsonRecipe(Recipe, frozen=True):
    """An entry and the files that it names: the author's name and the site path of each."""

    record: Record
    files: tuple[tuple[str, str], ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the JSON file of every entry."""
    yield from map(partial(_plan_entry, arrangement), (*arrangement.archive.records, *arrangement.archive.undated))


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the JSON files of one day and its neighbours, or that of one note without a date."""
    if path.startswith(routes.NOTES):
        planned = map(partial(_plan_entry, arrangement), arrangement.archive.undated)
        yield from (page for page in planned if page.path == path)
        return
    year, month, day, _, _ = path.split("/")
    for around in days_around(arrangement.archive, year, month, day):
        yield from map(partial(_plan_entry, arrangement), around.records)


def _plan_entry(arrangement: Arrangement, record: Record) -> Page:
    recipe = EntryJsonRecipe(record, named_files(arrangement.targets(record)))
    return Page(routes.entry_json(routes.path_of(record)), recipe)


def compose(parts: Parts, _path: str, recipe: EntryJsonRecipe) -> bytes:
    """Write an entry as JSON."""
    base = parts.site.url or parts.site.root
    return bytes(export_entry(recipe.record, parts.body_of(recipe.record), base, recipe.files)) + b"\n"


def texts(recipe: EntryJsonRecipe) -> tuple[Record, ...]:
    """Return the entry itself."""
    return (recipe.record,)


ENTRY_JSON = PageType(
    recipe=EntryJsonRecipe,
    paths=r"(?:\d{4}/\d\d/\d\d|notes)/[^/]+/index\.json",
    plan=plan,
    find=find,
    compose=compose,
    texts=texts,
)
