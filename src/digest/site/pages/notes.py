"""The list of all notes without a date, by folder or by initial, cut into pages."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Literal

from msgspec import Struct

from ...archive.archive import Archive, Record
from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..initials import initial_of
from ..page_types import MenuEntry, PageType, Template
from ..pagination import count_whole_pages, listed_pages
from ..parts import Parts
from ..recipes import Page, Recipe
from ..views import Crumb, Head, Jump, Pagination, Row

FEW = 20
"""So many notes in one folder stand in one list. More are grouped by initial."""

Grouping = Literal["", "folder", "initial"]
Group = tuple[str, tuple[Record, ...]]
"""A folder or an initial with its notes. The name is empty for notes in no folder, and for titles without an initial."""


class NotesRecipe(Recipe, frozen=True):
    """A page of the list. `index` are the groups of the whole list as (name, count, page), on the first page only."""

    groups: tuple[Group, ...]
    index: tuple[tuple[str, int, int], ...]
    grouping: Grouping
    page: int
    pages: int
    count: int


class NotesView(Struct, frozen=True):
    """`notes.html`: a page of the notes without a date, by title. `groups` are (folder or initial, its notes).

    `grouping` says what they are grouped by; without it, there is one group.

    `index` leads to every group, on the first page of a list with several; `count` counts all notes. In `pagination`, `newer` is the
    page before this one and `older` the page after it.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    count: int
    grouping: Grouping
    index: tuple[Jump, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    pagination: Pagination


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the pages of the list, if there are notes without a date."""
    folders = arrangement.folders
    grouping = _grouping(arrangement)
    listed = [
        (_group_of(grouping, folder, record), record) for folder, records in folders.items() for record in records
    ]
    size = arrangement.limits.per_page
    pages = count_whole_pages(len(listed), size)
    index: dict[str, tuple[int, int]] = {}
    for place, (name, _) in enumerate(listed):
        count, page = index.get(name, (0, place // size + 1))
        index[name] = count + 1, page
    for page in range(1, pages + 1):
        groups = groupby(listed[(page - 1) * size : page * size], key=itemgetter(0))
        recipe = NotesRecipe(
            groups=tuple((name, tuple(record for _, record in group)) for name, group in groups),
            index=tuple((name, *place) for name, place in index.items()) if page == 1 and len(index) > 1 else (),
            grouping=grouping,
            page=page,
            pages=pages,
            count=len(listed),
        )
        yield Page(routes.notes(page), recipe)


def _grouping(arrangement: Arrangement) -> Grouping:
    if len(arrangement.folders) > 1:
        return "folder"
    return "initial" if len(arrangement.archive.undated) > FEW else ""


def _group_of(grouping: Grouping, folder: str, record: Record) -> str:
    if grouping == "folder":
        return folder
    return initial_of(record.card.title)[1] if grouping else ""


def compose(parts: Parts, path: str, recipe: NotesRecipe) -> Template:
    """Compose a page of the list."""
    places = {name: number for number, (name, *_) in enumerate(recipe.index, 1)}
    crumbs = (Crumb(parts.ui.notes),)
    names = (record.card.title for _, records in recipe.groups for record in records)
    view = NotesView(
        head=page_head(parts.site, path, _title(parts, recipe), description=" · ".join(names), crumbs=crumbs),
        crumbs=crumbs,
        count=recipe.count,
        grouping=recipe.grouping,
        index=tuple(
            Jump(
                name or parts.ui.other_initial,
                f"#g{places[name]}" if page == 1 else parts.to(routes.notes(page)),
                count,
            )
            for name, count, page in recipe.index
        ),
        groups=tuple((name, parts.rows_of(records)) for name, records in recipe.groups),
        pagination=_pagination(parts, recipe),
    )
    return Template("notes.html", view)


def _title(parts: Parts, recipe: NotesRecipe) -> str:
    title = parts.ui.all_notes  # the kind of notes may have the shorter one
    return title if recipe.page == 1 else f"{title} · {parts.ui.page(recipe.page, recipe.pages)}"


def _pagination(parts: Parts, recipe: NotesRecipe) -> Pagination:
    number, total = recipe.page, recipe.pages
    return Pagination(
        number=number,
        total=total,
        pages=tuple((page, parts.to(routes.notes(page))) for page in reversed(listed_pages(number, total))),
        newer=parts.to(routes.notes(number - 1)) if number > 1 else "",
        older=parts.to(routes.notes(number + 1)) if number < total else "",
    )


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.notes


def is_shown(archive: Archive) -> bool:
    """Return True if there are notes without a date."""
    return bool(archive.undated)


NOTES = PageType(
    recipe=NotesRecipe,
    paths=r"notes/(?:page/\d+/)?",
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "notes", routes.NOTES, label, is_shown),
)
