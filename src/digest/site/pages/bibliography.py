"""The works of each day, month and tag, and all works, as files for bibliographies."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement
from ..bibliography import Reference, refer
from ..items import Items
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe

ENDINGS = ("bib", "csl.json", "ris")
"""The endings of the files of all works: BibTeX, CSL-JSON and RIS."""


class BibliographyRecipe(Recipe, frozen=True):
    """Works, each once, in the order of the page that the file belongs to, and all works in the order of the digest."""

    references: tuple[Reference, ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the files of every day, month and tag that has works, and those of all works."""
    if not arrangement.site.exports:
        return
    archive = arrangement.archive
    for day in archive.days:
        yield from _plan_file(arrangement, routes.day(day.date), day.records)
    for month, days in groupby(archive.days, key=lambda day: day.date.replace(day=1)):
        yield from _plan_file(arrangement, routes.month(month), chain.from_iterable(day.records for day in days))
    for tag in archive.tags.values():
        yield from _plan_file(arrangement, routes.tag(tag.name.slug), (*tag.records, *tag.undated))
    if all_works := refer(arrangement.works, (*archive.records, *archive.undated)):
        for ending in ENDINGS:
            yield Page(f"{routes.BIBLIOGRAPHY}.{ending}", BibliographyRecipe(all_works))


def _plan_file(arrangement: Arrangement, path: str, records: Iterable[Record]) -> Iterator[Page]:
    if references := refer(arrangement.works, records):
        yield Page(routes.bibtex(path), BibliographyRecipe(references))


def compose(parts: Parts, path: str, recipe: BibliographyRecipe) -> bytes | Items:
    """Write works in the format that a path ends in."""
    if path.startswith(routes.BIBLIOGRAPHY):
        return parts.bibliography.write_all(recipe.references, path.removeprefix(f"{routes.BIBLIOGRAPHY}."))
    return parts.bibliography.bibtex(recipe.references)


BIBLIOGRAPHY = PageType(
    recipe=BibliographyRecipe,
    paths=r"(?:\d{4}/\d\d/(?:\d\d/)?|tags/.+/)index\.bib|data/works\.(?:bib|csl\.json|ris)",
    plan=plan,
    compose=compose,
)
