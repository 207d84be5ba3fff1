"""The guide to the site for language models: what it is about, and where its texts and its data are. See llmstxt.org."""

from collections.abc import Iterator

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement
from ..page_types import PageType
from ..parts import Parts
from ..recipes import Page, Recipe

NEWEST = 20
"""Entries whose Markdown files the guide lists."""


class LlmsRecipe(Recipe, frozen=True):
    """The newest entries, and how many there are."""

    newest: tuple[Record, ...]
    count: int
    has_days: bool


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the guide."""
    archive = arrangement.archive
    records = [record for day in archive.days[: -NEWEST - 1 : -1] for record in day.records]
    newest = tuple((*records, *arrangement.by_title(archive.undated))[:NEWEST])
    yield Page(routes.LLMS, LlmsRecipe(newest, len(archive.records) + len(archive.undated), bool(archive.days)))


def compose(parts: Parts, _path: str, recipe: LlmsRecipe) -> bytes:
    """Write the guide as Markdown in the form of the llms.txt proposal."""
    return ("\n\n".join(_sections(parts, recipe)) + "\n").encode()


def _sections(parts: Parts, recipe: LlmsRecipe) -> Iterator[str]:
    site = parts.site
    base = site.url or site.root
    yield f"# {_line(site.title)}"
    if site.description:
        yield f"> {_line(site.description)}"
    yield (
        f"Entries on this site: {recipe.count:,}. Each is a note with a page of its own. Beside the page lies "
        "another form of it:\n\n"
        "- `index.md` is the note as Markdown. Its front matter has the date of the note, the title, the kind, the language, the "
        "authors, the tags, the link to the work, and the date (`issued`), the DOI and the arXiv categories of the work. Below "
        "stand the abstract, as a quotation, and the note itself."
    )
    yield "## Data\n\n" + _list(
        ("All entries", routes.ENTRIES, "every entry with its text, newest day first, as versioned JSON"),
        ("Schema", routes.ENTRIES_SCHEMA, "the JSON Schema of that file"),
        base=base,
    )
    if recipe.newest:
        yield ("## Newest entries\n\n" if recipe.has_days else "## Entries\n\n") + _list(
            *((record.card.title, _markdown(record), _about(record)) for record in recipe.newest), base=base
        )
    dates = [("Dates", routes.ARCHIVE, "every day with entries, by year")] if recipe.has_days else []
    yield "## Lists\n\n" + _list(
        *dates,
        ("Tags", routes.TAGS, "every tag with its entries"),
        ("Kinds", routes.KINDS, "every kind of entry, such as papers and models"),
        base=base,
    )
    yield "## Optional\n\n" + _list(
        ("Feed", routes.FEED, "the newest entries in full, as Atom"),
        ("JSON Feed", routes.JSON_FEED, "the same as JSON"),
        base=base,
    )


def _list(*items: tuple[str, str, str], base: str) -> str:
    return "\n".join(
        f"- [{_label(name)}]({routes.absolute(base, path)})" + (f": {notes}" if notes else "")
        for name, path, notes in items
    )


def _markdown(record: Record) -> str:
    return routes.entry_markdown(routes.path_of(record))


def _about(record: Record) -> str:
    return ", ".join(filter(None, (record.card.kind, record.card.date.isoformat() if record.card.date else "")))


def _line(text: str) -> str:
    return " ".join(text.split())


def _label(text: str) -> str:
    """Return a text that can be the label of a link in Markdown."""
    return _line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("<", "\\<")


LLMS_TXT = PageType(recipe=LlmsRecipe, paths=r"llms\.txt", plan=plan, compose=compose)
