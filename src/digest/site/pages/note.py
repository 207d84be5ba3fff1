"""A page for each note without a date at its permanent address."""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ...archive.archive import Record
from .. import routes
from ..arrangement import Arrangement
from ..heads import entry_head, with_media
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Mentioning, Page, Recipe, Targets
from ..sources import list_sources
from ..views import Citation, Crumb, EntryBody, Head, Link, Passage, Row

SIBLINGS = 9
"""Notes of its folder that a note's page knows, itself among them. The others stand in its margin, which is no longer."""


class NoteRecipe(Recipe, frozen=True):
    """A note without a date, its folder, and the entries that its page links to."""

    record: Record
    folder: str
    siblings: tuple[Record, ...]
    targets: Targets
    mentions: tuple[Record, ...]
    mentioned_by: tuple[Mentioning, ...]
    same: tuple[Record, ...]
    same_count: int
    related: tuple[Record, ...]


class NoteView(Struct, frozen=True):
    """`note.html`: a note without a date at its permanent address.

    `folder` is its folder below that of all notes, or empty, and `siblings` are other notes in it, the nearest by title.
    `notes_url` is the address of all notes. The other fields are those of an entry's page.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    entry: EntryBody
    sources: tuple[Link, ...]
    folder: str
    notes_url: str
    siblings: tuple[Row, ...]
    mentions: tuple[Passage, ...]
    mentioned_by: tuple[Passage, ...]
    same: tuple[Row, ...]
    all_same: Link | None
    related: tuple[Row, ...]
    source: str
    citation: Citation | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every note without a date."""
    for folder, records in arrangement.folders.items():
        yield from _plan_folder(arrangement, folder, records, range(len(records)))


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page of one note without a date."""
    for record in arrangement.archive.undated:
        if path == routes.path_of(record):
            folder = arrangement.folder_of(record)
            records = arrangement.folders[folder]
            yield from _plan_folder(arrangement, folder, records, [records.index(record)])


def _plan_folder(
    arrangement: Arrangement, folder: str, records: tuple[Record, ...], places: Iterable[int]
) -> Iterator[Page]:
    """Plan the pages of the notes at some places in a folder."""
    references = arrangement.references
    for place in places:
        record = records[place]
        start = max(0, min(place - SIBLINGS // 2, len(records) - SIBLINGS))
        recipe = NoteRecipe(
            record=record,
            folder=folder,
            siblings=records[start : start + SIBLINGS],
            targets=arrangement.targets(record),
            mentions=references.mentions.get(record.id, ()),
            mentioned_by=arrangement.mentioned_by(record),
            same=references.same.get(record.id, ()),
            same_count=references.crowds.get(record.subject or "", 0),
            related=arrangement.related(record),
        )
        yield Page(routes.path_of(record), recipe)


def compose(parts: Parts, path: str, recipe: NoteRecipe) -> Template:
    """Compose the page of a note."""
    record = recipe.record
    notes = parts.to(routes.NOTES)
    crumbs = (Crumb(parts.ui.notes, notes), *([Crumb(recipe.folder)] if recipe.folder else []))
    entry = parts.entry(record, recipe.targets)
    head = entry_head(parts.site, record, parts.body_of(record), parts.utc_offset, "", "", crumbs)
    view = NoteView(
        head=with_media(parts.site, head, [(entry, recipe.targets)]),
        crumbs=crumbs,
        entry=entry,
        sources=list_sources(parts.body_of(record)),
        folder=recipe.folder,
        notes_url=notes,
        siblings=parts.rows_of(other for other in recipe.siblings if other is not record),
        mentions=parts.openings(recipe.mentions),
        mentioned_by=parts.passages(recipe.mentioned_by),
        same=parts.rows_of(recipe.same),
        all_same=parts.search_link(record, recipe.same_count),
        related=parts.rows_of(recipe.related),
        source=parts.to(routes.entry_markdown(path)),
        citation=parts.citation(record, path),
    )
    return Template("note.html", view)


def texts(recipe: NoteRecipe) -> tuple[Record, ...]:
    """Return the note itself."""
    return (recipe.record,)


def changed(recipe: NoteRecipe) -> dt.date | None:
    """Return the day of the note's last change, if its front matter names one."""
    return recipe.record.card.updated


NOTE = PageType(
    recipe=NoteRecipe,
    paths=r"notes/[^/]+/",
    plan=plan,
    find=find,
    compose=compose,
    texts=texts,
    in_sitemap=True,
    changed=changed,
)
