"""The page of all tags."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from ...archive.archive import TagName
from ...archive.trends import LEAST_RISING, Rising
from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement
from ..heads import page_head
from ..initials import initial_of
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..recipes import Page, Recipe
from ..timelines import Periods
from ..views import Crumb, Head, Jump, TagLink

BUSY_ROWS = 30
"""Tags that stand with their course above the index of all tags."""
LEAST_JUMPED = 60
"""Tags that jumps to their initials need."""


class TagTrend(Struct, frozen=True):
    """A tag with its count, and its first and last date if any entry has one; a busy one also with its course: its entries per period."""

    name: TagName
    count: int
    trend: tuple[int, ...]
    first: dt.date | None
    last: dt.date | None


class TagsRecipe(Recipe, frozen=True):
    """All tags, busiest first, those below others with the tag above them, and the years of the site, oldest first.

    `rising` are tags on the rise. `below` are pairs of a tag's key and the names of the tags right below it.
    """

    tags: tuple[TagTrend, ...]
    below: tuple[tuple[str, tuple[TagName, ...]], ...]
    years: tuple[int, ...]
    rising: tuple[Rising, ...]


class TagRow(Struct, frozen=True):
    """A tag in the list of all tags: its count and, if it is among the busy ones, its entries per month, quarter or year for a sparkline.

    A tag that only notes without a date have has neither `first` nor `last`.
    """

    tag: TagLink
    trend: tuple[int, ...]
    first: dt.date | None
    last: dt.date | None


class TagOnRise(Struct, frozen=True):
    """A tag on the rise, with its entries in each of the last twelve months."""

    tag: TagLink
    trend: tuple[int, ...]


class TagFamily(Struct, frozen=True):
    """A tag with the tags right below it."""

    tag: TagLink
    children: tuple[TagLink, ...]


class TagsView(Struct, frozen=True):
    """`tags.html`: all tags. `busy` by count (the first of them), `groups` all by initial (Hangul initial or letter).

    `rising` are tags on the rise, and `jumps` lead to the initials if there are many tags.

    `families` are the tags that have others below them, each followed by the families of its children.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    busy: tuple[TagRow, ...]
    families: tuple[TagFamily, ...]
    groups: tuple[tuple[str, tuple[TagRow, ...]], ...]
    rising: tuple[TagOnRise, ...]
    jumps: tuple[Jump, ...]
    years: tuple[int, ...]
    total: int


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of all tags."""
    years = tuple(year for year, _ in reversed(arrangement.years))
    tags = [tag for tag in arrangement.archive.tags.values() if tag.count or tag.children]
    tags.sort(key=lambda tag: (-tag.count, tag.name.key))
    days = arrangement.archive.days
    course = Periods(days[0].date, days[-1].date) if days else None
    trends = []
    for place, tag in enumerate(tags):
        shown = tag.records if place < BUSY_ROWS else ()
        trend = course.count(record.date for record in shown) if course and shown else ()
        first, last = (tag.records[-1].date, tag.records[0].date) if tag.records else (None, None)
        trends.append(TagTrend(tag.name, tag.count, trend, first, last))
    below = tuple((tag.name.key, tag.children) for tag in tags if tag.children)
    rising = arrangement.rising if len(arrangement.rising) >= LEAST_RISING else ()
    yield Page(routes.TAGS, TagsRecipe(tuple(trends), below, years, rising))


def compose(parts: Parts, path: str, recipe: TagsRecipe) -> Template:
    """Compose the page of all tags."""
    rows = [TagRow(parts.tag(trend.name, trend.count), trend.trend, trend.first, trend.last) for trend in recipe.tags]
    labelled = sorted(rows, key=lambda row: _by_label(row.tag))
    groups = tuple(
        (initial[1], tuple(group)) for initial, group in groupby(labelled, key=lambda row: initial_of(row.tag.label))
    )
    crumbs = (Crumb(parts.ui.tags),)
    names = (f"#{row.tag.label}" for row in rows)
    view = TagsView(
        head=page_head(parts.site, path, parts.ui.tags, description=" · ".join(names), crumbs=crumbs),
        crumbs=crumbs,
        busy=tuple(row for row in rows[:BUSY_ROWS] if row.tag.count),
        families=tuple(
            _families(recipe, {trend.name.key: row.tag for trend, row in zip(recipe.tags, rows, strict=True)})
        ),
        groups=groups,
        rising=tuple(TagOnRise(parts.tag(tag.tag, tag.total), tag.months) for tag in recipe.rising),
        jumps=tuple(
            Jump(initial or parts.ui.other_initial, f"#i{number}", 0) for number, (initial, _) in enumerate(groups, 1)
        )
        if len(rows) >= LEAST_JUMPED
        else (),
        years=recipe.years,
        total=len(rows),
    )
    return Template("tags.html", view)


def _by_label(tag: TagLink) -> tuple[tuple[int, str], str, str]:
    """Return the sort key of a tag in an index."""
    return initial_of(tag.label), tag.label.casefold(), tag.url


def _families(recipe: TagsRecipe, links: Mapping[str, TagLink]) -> Iterator[TagFamily]:
    """Yield the tags that have others below them, each before the families of its children."""
    below = {
        key: sorted((child.key for child in names), key=lambda key: _by_label(links[key]))
        for key, names in recipe.below
    }
    lower = {child for children in below.values() for child in children}
    waiting = sorted(below.keys() - lower, key=lambda key: _by_label(links[key]), reverse=True)
    while waiting:
        key = waiting.pop()
        yield TagFamily(links[key], tuple(links[child] for child in below[key]))
        waiting += [child for child in reversed(below[key]) if child in below]


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.tags


TAGS = PageType(
    recipe=TagsRecipe,
    paths=routes.TAGS,
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "tags", routes.TAGS, label, lists_notes=True),
)
