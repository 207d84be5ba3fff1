"""Each entry, and each note without a date, as files for bibliographies beside its page: BibTeX and CSL-JSON."""

from collections.abc import Iterable, Iterator

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement, days_around
from ..bibliography import Reference
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe


class CitationRecipe(Recipe, frozen=True):
    """An entry with its citation key, and the further keys of its work."""

    record: Record
    key: str
    others: tuple[str, ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the files of every entry."""
    return _plan_entries(arrangement, (*arrangement.archive.records, *arrangement.archive.undated))


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the files of one day and its neighbours, or those of notes without a date."""
    if path.startswith(routes.NOTES):
        return _plan_entries(arrangement, arrangement.archive.undated)
    year, month, day, _, _ = path.split("/")
    around = days_around(arrangement.archive, year, month, day)
    return _plan_entries(arrangement, (record for each in around for record in each.records))


def _plan_entries(arrangement: Arrangement, records: Iterable[Record]) -> Iterator[Page]:
    if not arrangement.site.exports:
        return
    made = arrangement.cite_keys
    for record in records:
        key, path = made.keys[record.id], routes.path_of(record)
        recipe = CitationRecipe(record, key, made.others.get(key, ()))
        yield Page(routes.bibtex(path), recipe)
        yield Page(routes.csl(path), recipe)


def compose(parts: Parts, path: str, recipe: CitationRecipe) -> bytes:
    """Write the work that an entry is cited as."""
    references = (Reference(recipe.record, recipe.key, recipe.others),)
    return parts.bibliography.bibtex(references) if path.endswith(".bib") else parts.bibliography.csl(references)


CITATION = PageType(
    recipe=CitationRecipe,
    paths=r"(?:\d{4}/\d\d/\d\d|notes)/[^/]+/index\.(?:bib|csl\.json)",
    plan=plan,
    find=find,
    compose=compose,
)
