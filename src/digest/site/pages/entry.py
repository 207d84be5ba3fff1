"""A page for each entry at its permanent address."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial

from msgspec import Struct

from ...archive.archive import Day, Record
from .. import routes
from ..arrangement import Arrangement, days_around, neighbours
from ..heads import entry_head, with_media
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Mentioning, Page, Recipe, Targets
from ..sources import list_sources
from ..views import Citation, Crumb, EntryBody, Head, Link, Passage, Row

SIBLINGS = 9
"""Entries of its day that an entry's page knows, itself among them. The others stand in its margin, which is no longer."""
SAMPLES = 10
"""Entries on which a preview tries a new theme."""


class EntryRecipe(Recipe, frozen=True):
    """An entry and the entries that its page links to."""

    record: Record
    siblings: tuple[Record, ...]
    targets: Targets
    mentions: tuple[Record, ...]
    mentioned_by: tuple[Mentioning, ...]
    same: tuple[Record, ...]
    same_count: int
    related: tuple[Record, ...]
    previous: Record | None
    next: Record | None


class EntryView(Struct, frozen=True, dict=True):
    """`entry.html`: one entry at its permanent address.

    `sources` lead to the work that it is about, in its several forms, and to code. `read_before` and `read_again` are earlier and
    later entries about the same work, oldest first.

    `mentioned_by` are entries that refer to it, each with the sentence that does, `mentions` entries that its text refers to,
    each with its first sentences, `same` other entries about the same work, `all_same` a link to the search for all of them if there are more, `related` entries
    near it by tags, names and references. `siblings` are other entries of the day, in order. `source` is the Markdown form of
    the page, and `citation` says how to cite the entry, unless the site exports no works.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    entry: EntryBody
    make_sources: Callable[[], tuple[Link, ...]]
    read_before: tuple[Row, ...]
    read_again: tuple[Row, ...]
    day_url: str
    siblings: tuple[Row, ...]
    mentions: tuple[Passage, ...]
    mentioned_by: tuple[Passage, ...]
    same: tuple[Row, ...]
    all_same: Link | None
    related: tuple[Row, ...]
    previous: Row | None
    next: Row | None
    source: str
    citation: Citation | None

    @cached_property
    def sources(self) -> tuple[Link, ...]:
        """Return links to the work in its several forms, and to code."""
        return self.make_sources()


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every entry."""
    for siblings, before, record, after in _in_order(arrangement.archive.days):
        yield _plan_entry(arrangement, siblings, before, record, after)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page of one entry."""
    year, month, day, _, _ = path.split("/")
    for siblings, before, record, after in _in_order(days_around(arrangement.archive, year, month, day)):
        if path == routes.entry(record.date, record.slug):
            yield _plan_entry(arrangement, siblings, before, record, after)


def samples(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the pages of the newest day's first entries."""
    for day in arrangement.archive.days[-1:]:
        for record in day.records[:SAMPLES]:
            yield from find(arrangement, routes.entry(day.date, record.slug))


def _in_order(
    days: Sequence[Day],
) -> Iterator[tuple[tuple[Record, ...], Record | None, Record, Record | None]]:
    """Yield (siblings, entry before, entry, entry after) for each entry of some days."""
    siblings = (near for day in days for near in _siblings(day.records))
    records = [record for day in days for record in day.records]
    for near, (before, record, after) in zip(siblings, neighbours(records), strict=True):
        yield near, before, record, after


def _siblings(records: tuple[Record, ...]) -> Iterator[tuple[Record, ...]]:
    """Yield, for each entry of a day, itself and the entries around it: on most days, all entries of the day."""
    for place in range(len(records)):
        start = max(0, min(place - SIBLINGS // 2, len(records) - SIBLINGS))
        yield records[start : start + SIBLINGS]


def _plan_entry(
    arrangement: Arrangement,
    siblings: tuple[Record, ...],
    before: Record | None,
    record: Record,
    after: Record | None,
) -> Page:
    references = arrangement.references
    recipe = EntryRecipe(
        record=record,
        siblings=siblings,
        targets=references.targets.get(record.id, ()),
        mentions=references.mentions.get(record.id, ()),
        mentioned_by=arrangement.mentioned_by(record),
        same=references.same.get(record.id, ()),
        same_count=references.crowds.get(record.subject or "", 0),
        related=arrangement.related(record),
        previous=before,
        next=after,
    )
    return Page(record.path, recipe)


def compose(parts: Parts, path: str, recipe: EntryRecipe) -> Template:
    """Compose the page of an entry."""
    record = recipe.record
    date = record.date
    previous = parts.row(recipe.previous) if recipe.previous else None
    next_ = parts.row(recipe.next) if recipe.next else None
    body = parts.body_of(record)
    entry = parts.entry(record, recipe.targets)
    crumbs = (*parts.crumbs(date), Crumb(parts.ui.month_day(date), parts.to(routes.day(date))))
    head = entry_head(
        parts.site,
        record,
        body,
        parts.utc_offset,
        previous.url if previous else "",
        next_.url if next_ else "",
        crumbs,
    )
    view = EntryView(
        head=with_media(parts.site, head, [(entry, recipe.targets)]),
        crumbs=crumbs,
        entry=entry,
        make_sources=partial(list_sources, body),
        read_before=parts.rows_of(other for other in recipe.same if other.card.date and other.card.date < date),
        read_again=parts.rows_of(other for other in recipe.same if other.card.date and other.card.date > date),
        day_url=parts.to(routes.day(date)),
        siblings=parts.rows_of(other for other in recipe.siblings if other is not record),
        mentions=parts.openings(recipe.mentions),
        mentioned_by=parts.passages(recipe.mentioned_by),
        same=parts.rows_of(recipe.same),
        all_same=parts.search_link(record, recipe.same_count),
        related=parts.rows_of(recipe.related),
        previous=previous,
        next=next_,
        source=parts.to(routes.entry_markdown(path)),
        citation=parts.citation(record, path),
    )
    return Template("entry.html", view)


def texts(recipe: EntryRecipe) -> tuple[Record, ...]:
    """Return the entry itself."""
    return (recipe.record,)


def changed(recipe: EntryRecipe) -> dt.date:
    """Return the entry's date."""
    return recipe.record.date


ENTRY = PageType(
    recipe=EntryRecipe,
    paths=r"\d{4}/\d\d/\d\d/[^/]+/",
    plan=plan,
    find=find,
    samples=samples,
    compose=compose,
    texts=texts,
    in_sitemap=True,
    changed=changed,
)
