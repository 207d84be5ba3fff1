"""The author's own pages, such as one about the site."""

import datetime as dt
import re
from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct, structs

from ...archive.archive import Record
from ...text.markup import trusted
from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head, with_media
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, Targets
from ..views import EntryBody, Head

_HEADING = re.compile(r"(</?h)([3-6])\b")


class OwnPageRecipe(Recipe, frozen=True):
    """A page of the author's own, and where the references in its text lead."""

    record: Record
    targets: Targets


class OwnPageView(Struct, frozen=True):
    """`page.html`: a page of the author's own. `section` is the section of the link that a menu may have to it."""

    head: Head
    section: str
    entry: EntryBody


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan every page of the author's own."""
    for record in arrangement.archive.pages:
        yield _plan_page(arrangement, record)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page at a path."""
    for record in arrangement.archive.pages:
        if path == routes.path_of(record):
            yield _plan_page(arrangement, record)


def _plan_page(arrangement: Arrangement, record: Record) -> Page:
    return Page(routes.path_of(record), OwnPageRecipe(record, arrangement.targets(record)))


def compose(parts: Parts, path: str, recipe: OwnPageRecipe) -> Template:
    """Compose a page of the author's own."""
    card = recipe.record.card
    entry = parts.entry(recipe.record, recipe.targets)
    head = page_head(parts.site, path, card.title, description=card.opening)
    view = OwnPageView(
        head=with_media(parts.site, head, [(entry, recipe.targets)]),
        section=path,
        entry=structs.replace(entry, commentary=_raise_headings(entry.commentary)),
    )
    return Template("page.html", view)


def _raise_headings(html: Markup) -> Markup:
    """Let headings begin at the second level: those of an entry begin at the third, since a day's entries have the second."""
    return trusted(_HEADING.sub(lambda match: f"{match[1]}{int(match[2]) - 1}", html))


def texts(recipe: OwnPageRecipe) -> tuple[Record, ...]:
    """Return the page itself."""
    return (recipe.record,)


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
