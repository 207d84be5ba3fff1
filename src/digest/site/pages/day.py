"""A page for each day, with its entries in full."""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ...archive.archive import Day, Record
from .. import routes
from ..arrangement import Arrangement, days_around, neighbours
from ..heads import page_head, with_media
from ..page_types import PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe, Targets
from ..views import Crumb, EntryBody, Head, Kind


class DayRecipe(Recipe, frozen=True):
    """A day, its entries' `targets` in the order of the entries, and the days before and after it."""

    day: Day
    targets: tuple[Targets, ...]
    previous: dt.date | None
    next: dt.date | None


class DayView(Struct, frozen=True):
    """`day.html`: a day in full, in the author's order. `kinds` are (kind, count) present that day.

    `bibtex` is the address of its works in BibTeX, or empty without any.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    date: dt.date
    week_url: str
    kinds: tuple[tuple[Kind, int], ...]
    entries: tuple[EntryBody, ...]
    previous: dt.date | None
    previous_url: str
    next: dt.date | None
    next_url: str
    bibtex: str


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of every day."""
    yield from _plan_days(arrangement, arrangement.archive.days)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the page of one day."""
    year, month, day, _ = path.split("/")
    pages = _plan_days(arrangement, days_around(arrangement.archive, year, month, day))
    yield from (page for page in pages if page.path == path)


def samples(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of the newest day."""
    for day in arrangement.archive.days[-1:]:
        yield from find(arrangement, routes.day(day.date))


def _plan_days(arrangement: Arrangement, days: Sequence[Day]) -> Iterator[Page]:
    for before, day, after in neighbours(days):
        targets = tuple(map(arrangement.targets, day.records))
        recipe = DayRecipe(day, targets, before.date if before else None, after.date if after else None)
        yield Page(routes.day(day.date), recipe)


def compose(parts: Parts, path: str, recipe: DayRecipe) -> Template:
    """Compose the page of a day."""
    records, date = recipe.day.records, recipe.day.date
    previous = parts.to(routes.day(recipe.previous)) if recipe.previous else ""
    next_ = parts.to(routes.day(recipe.next)) if recipe.next else ""
    description = " · ".join(record.card.title for record in records)
    crumbs = parts.crumbs(date, day=True)
    head = page_head(
        parts.site,
        path,
        parts.ui.date(date),
        description=description,
        previous=previous,
        next_=next_,
        crumbs=crumbs,
        entries=parts.addresses(records),
        has_card=parts.site.cards is not None and parts.site.cards.days,
    )
    entries = tuple(map(parts.entry_in_day, records, recipe.targets))
    view = DayView(
        head=with_media(parts.site, head, zip(entries, recipe.targets, strict=True)),
        crumbs=crumbs,
        date=date,
        week_url=parts.to(routes.week(date)),
        kinds=parts.count_kinds(records),
        entries=entries,
        previous=recipe.previous,
        previous_url=previous,
        next=recipe.next,
        next_url=next_,
        bibtex=parts.works_of(records, path),
    )
    return Template("day.html", view)


def texts(recipe: DayRecipe) -> tuple[Record, ...]:
    """Return the day's entries."""
    return recipe.day.records


def changed(recipe: DayRecipe) -> dt.date:
    """Return the day's date."""
    return recipe.day.date


DAY = PageType(
    recipe=DayRecipe,
    paths=r"\d{4}/\d\d/\d\d/",
    plan=plan,
    find=find,
    samples=samples,
    compose=compose,
    texts=texts,
    in_sitemap=True,
    changed=changed,
)
