"""The author's own pages, such as one about the site.

The page of a folder may be the table of contents of the pages in it: then they show its list beside their text, and lead to the
page before and after.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct, structs

from ...archive.archive import Record
from ...text.markup import trusted
from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head, with_media
from ..outlines import ContentsGroup, Heading, find_headings, read_contents
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, Targets
from ..views import EntryBody, Head, Link

_HEADING = re.compile(r"(</?h)([3-6])\b")


class OwnPageRecipe(Recipe, frozen=True):
    """A page of the author's own, and where the references in its text lead; the same of its table of contents, if it has one."""

    record: Record
    targets: Targets
    table: Record | None = None
    table_targets: Targets = ()


class OwnPageView(Struct, frozen=True):
    """`page.html`: a page of the author's own.

    `section` is the section of the link that a menu may have to it, or that of the home page. `headings` are the headings of its
    text, unless they are few. `contents` are the pages of the table of contents that it is in, `contents_page` leads to that
    table, and `previous` and `next` lead to the pages beside it in the table. On the page of the table itself, `contents` is empty.
    """

    head: Head
    section: str
    entry: EntryBody
    headings: tuple[Heading, ...]
    contents: tuple[ContentsGroup, ...]
    contents_page: Link | None
    previous: Link | None
    next: Link | None


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan every page of the author's own."""
    tables = _tables(arrangement)
    for record in arrangement.archive.pages:
        yield _plan_page(arrangement, record, tables)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page at a path."""
    for record in arrangement.archive.pages:
        if path == routes.path_of(record):
            yield _plan_page(arrangement, record, _tables(arrangement))


def _tables(arrangement: Arrangement) -> Mapping[str, Record]:
    """Return the tables of contents by their paths."""
    records = arrangement.archive.pages
    return {place.path: record for record in records if (place := record.card.page) and place.is_contents}


def _plan_page(arrangement: Arrangement, record: Record, tables: Mapping[str, Record]) -> Page:
    path = routes.path_of(record)
    table = next((tables[folder] for folder in _folders(path) if folder in tables), None) if tables else None
    targets = arrangement.targets(record)
    return Page(path, OwnPageRecipe(record, targets, table, arrangement.targets(table) if table else ()))


def _folders(path: str) -> Iterator[str]:
    """Yield a path, and those of the folders around it from the nearest on."""
    yield path
    while path:
        path = path[: path.rfind("/", 0, -1) + 1]
        yield path


def compose(parts: Parts, path: str, recipe: OwnPageRecipe) -> Template:
    """Compose a page of the author's own."""
    card = recipe.record.card
    entry = parts.entry(recipe.record, recipe.targets)
    text = _raise_headings(entry.commentary)
    contents = _read_contents(parts, recipe)
    table = parts.link(recipe.table.card.title, parts.to(routes.path_of(recipe.table))) if recipe.table else None
    previous, following = _beside(parts.to(path), table, contents)
    head = page_head(
        parts.site,
        path,
        parts.site.title if path == routes.HOME else card.title,
        description=card.opening,
        previous=previous.url if previous else "",
        next_=following.url if following else "",
    )
    is_table = recipe.table is recipe.record
    view = OwnPageView(
        head=with_media(parts.site, head, [(entry, recipe.targets)]),
        section=path or "home",
        entry=structs.replace(entry, commentary=text),
        headings=find_headings(text) if not is_table else (),
        contents=contents if not is_table else (),
        contents_page=table if not is_table else None,
        previous=previous,
        next=following,
    )
    return Template("page.html", view)


def _read_contents(parts: Parts, recipe: OwnPageRecipe) -> tuple[ContentsGroup, ...]:
    if recipe.table is None:
        return ()
    return read_contents(parts.body_of(recipe.table).commentary, recipe.table_targets, parts.site.root)


def _beside(url: str, table: Link | None, contents: tuple[ContentsGroup, ...]) -> tuple[Link | None, Link | None]:
    """Return links to the pages before and after a page in reading order, in which the table of contents comes first."""
    listed = [Link(page.label, page.url) for group in contents for page in group.pages]
    order = [*([table] if table else []), *(link for link in listed if not table or link.url != table.url)]
    place = next((number for number, link in enumerate(order) if link.url == url), None)
    if place is None:
        return None, None
    return order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None


def _raise_headings(html: Markup) -> Markup:
    """Let headings begin at the second level: those of an entry begin at the third, since a day's entries have the second."""
    return trusted(_HEADING.sub(lambda match: f"{match[1]}{int(match[2]) - 1}", html))


def texts(recipe: OwnPageRecipe) -> tuple[Record, ...]:
    """Return the page itself and its table of contents."""
    return (recipe.record, *([recipe.table] if recipe.table and recipe.table is not recipe.record else []))


def changed(recipe: OwnPageRecipe) -> dt.date | None:
    """Return the day of the page's last change, if its front matter names one."""
    return recipe.record.card.updated


OWN_PAGE = PageType(
    recipe=OwnPageRecipe,
    paths=None,
    plan=plan,
    find=find,
    compose=compose,
    texts=texts,
    in_sitemap=True,
    changed=changed,
)
