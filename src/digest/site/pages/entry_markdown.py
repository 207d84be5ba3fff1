"""Each entry, and each note without a date, as a Markdown file beside its page."""

from collections.abc import Iterator

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement, days_around
from ..export import export_markdown
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe


class MarkdownRecipe(Recipe, frozen=True):
    """An entry."""

    record: Record


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the Markdown file of every entry."""
    yield from map(_plan_entry, (*arrangement.archive.records, *arrangement.archive.undated))


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the Markdown files of one day and its neighbours, or that of one note without a date."""
    if path.startswith(routes.NOTES):
        yield from (page for page in map(_plan_entry, arrangement.archive.undated) if page.path == path)
        return
    year, month, day, _, _ = path.split("/")
    for around in days_around(arrangement.archive, year, month, day):
        yield from map(_plan_entry, around.records)


def _plan_entry(record: Record) -> Page:
    return Page(routes.entry_markdown(routes.path_of(record)), MarkdownRecipe(record))


def compose(parts: Parts, _path: str, recipe: MarkdownRecipe) -> bytes:
    """Write an entry as Markdown."""
    return export_markdown(recipe.record, parts.body_of(recipe.record))


def texts(recipe: MarkdownRecipe) -> tuple[Record, ...]:
    """Return the entry itself."""
    return (recipe.record,)


ENTRY_MARKDOWN = PageType(
    recipe=MarkdownRecipe,
    paths=r"(?:\d{4}/\d\d/\d\d|notes)/[^/]+/index\.md",
    plan=plan,
    find=find,
    compose=compose,
    texts=texts,
)
