"""The pages of each tag: its entries, cut into pages."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from ...archive.archive import Record, TagName, TagPage
from .. import routes
from ..arrangement import Arrangement
from ..bibliography import is_work
from ..chart_views import Timeline
from ..heads import page_head
from ..page_types import PageType, Template
from ..pagination import cut_pages
from ..parts import Parts
from ..recipes import MonthKinds, Page, Recipe, TagCounts
from ..timelines import LEAST_ENTRIES, Periods, Places, by_year, count_months, find_shares, jumps_within, make_timeline
from ..views import Crumb, Head, Jump, Pagination, Row, TagLink, YearRows

RELATED_TAGS = 12
NEIGHBOURS = 8
"""Tags that stand with their sparklines among the related ones. If there are as many, they stand alone."""
LEAST_TOGETHER = 3
"""Entries that a neighbour shares with the tag."""
NOTES_IN_FULL = 50
"""Notes without a date that a page shows with their tags and first words; further ones are titles."""


class Together(Struct, frozen=True):
    """A tag that a tag's entries also have: the number of these entries, in all and in each period of the tag's own time."""

    name: TagName
    count: int
    trend: tuple[int, ...]


class TagRecipe(Recipe, frozen=True):
    """A page of a tag's entries. `timeline` counts them by month and kind, `shares` are as in `find_shares`.

    `related` are tags that its entries also have, the most frequent ones as `neighbours`. All that is about the whole tag is empty
    except on the newest page.

    A tag `has_works` if any of all its entries is about a work.

    `undated` are its notes without a date, all of them on the newest page and none on the others.
    """

    name: TagName
    records: tuple[Record, ...]
    undated: tuple[Record, ...]
    page: int
    pages: int
    count: int
    timeline: MonthKinds
    shares: tuple[int, ...]
    neighbours: tuple[Together, ...]
    related: TagCounts
    above: tuple[TagName, ...]
    children: TagCounts
    aliases: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    has_works: bool


class Neighbour(Struct, frozen=True):
    """A tag that goes with the page's tag, and the number of entries that have both in each month, quarter or year."""

    tag: TagLink
    trend: tuple[int, ...]


class TagView(Struct, frozen=True):
    """`tag.html`: a page of a tag's entries, newest first, grouped by year and month.

    `description` says what the tag is for, `timeline` is when its entries were written, `neighbours` and `related` are the tags it
    goes with, `children` the tags right below it, `aliases` other spellings that lead here: all empty except on the newest page.
    `jumps` lead to the years of a long list: on the newest page to all of them, on the others to the page's own. `crumbs` has the tags above it. `tag.count`, `first` and `last` describe
    all of its entries on the newest page, and the page's own entries on the others. `undated` are its notes without a date
    on the newest page; a tag without any other has neither `first` nor `last` nor a `feed`. Of many, the last are in
    `undated_titles`, to be listed by their titles alone. `bibtex` is the address of its works in BibTeX, or empty without any.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    tag: TagLink
    description: str
    years: tuple[YearRows, ...]
    jumps: tuple[Jump, ...]
    undated: tuple[Row, ...]
    undated_titles: tuple[Row, ...]
    timeline: Timeline | None
    neighbours: tuple[Neighbour, ...]
    related: tuple[TagLink, ...]
    children: tuple[TagLink, ...]
    aliases: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    feed: str
    bibtex: str
    pagination: Pagination


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the pages of every tag."""
    for tag in arrangement.archive.tags.values():
        yield from _plan_tag(arrangement, tag)


def find(arrangement: Arrangement, path: str) -> Iterator[Page]:
    """Plan the pages of the tags at whose address a path begins."""
    for tag in arrangement.archive.tags.values():
        if path.startswith(routes.tag(tag.name.slug)):
            yield from _plan_tag(arrangement, tag)


def _plan_tag(arrangement: Arrangement, tag: TagPage) -> Iterator[Page]:
    both = (*tag.records, *tag.undated)
    if not both and not tag.children:
        return
    undated = arrangement.by_title(tag.undated)
    neighbours, related = _find_related(tag)
    months = count_months(tag.records, [kind.name for kind in arrangement.site.kinds])
    shares = find_shares(months, arrangement.quarters)
    has_works = any(map(is_work, both))
    for number, total, records in cut_pages(tag.records, arrangement.limits.per_page):
        newest = number == total
        listed = tag.records if newest else records
        recipe = TagRecipe(
            name=tag.name,
            records=records,
            undated=undated if newest else (),
            page=number,
            pages=total,
            count=len(both) if newest else len(records),
            timeline=months if newest else (),
            shares=shares if newest else (),
            neighbours=neighbours if newest else (),
            related=related if newest else (),
            above=tag.above,
            children=tuple((child, arrangement.archive.tags[child.key].count) for child in tag.children if newest),
            aliases=tag.aliases if newest else (),
            first=listed[-1].date if listed else None,
            last=listed[0].date if listed else None,
            has_works=has_works,
        )
        yield Page(routes.tag(tag.name.slug, 0 if newest else number), recipe)


def _find_related(tag: TagPage) -> tuple[tuple[Together, ...], TagCounts]:
    """Return the tags that a tag's entries also have, the most frequent first: those with sparklines, and all others."""
    counts: dict[str, int] = {}
    names: dict[str, TagName] = {}
    for record in (*tag.records, *tag.undated):
        for other in record.tags:
            names[other.key] = other
            counts[other.key] = counts.get(other.key, 0) + 1
    counts.pop(tag.name.key, None)
    found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:RELATED_TAGS]
    dates: dict[str, list[dt.date]] = {key: [] for key, count in found[:NEIGHBOURS] if count >= LEAST_TOGETHER}
    if len(tag.records) < LEAST_ENTRIES or not dates:
        return (), tuple((names[key], count) for key, count in found)
    for record in tag.records:
        for other in record.tags:
            if other.key in dates:
                dates[other.key].append(record.date)
    periods = Periods(tag.records[-1].date, tag.records[0].date)
    neighbours = tuple(Together(names[key], counts[key], periods.count(together)) for key, together in dates.items())
    others = tuple((names[key], count) for key, count in found if key not in dates)
    return neighbours, others if len(neighbours) < NEIGHBOURS else ()


def compose(parts: Parts, path: str, recipe: TagRecipe) -> Template:
    """Compose a page of a tag."""
    name = recipe.name
    kinds = [kind.name for kind in parts.site.kinds]

    def to(number: int) -> str:
        return parts.to(routes.tag(name.slug, number))

    places = Places(recipe.timeline, len(recipe.records), recipe.pages, to)
    feed = routes.tag_feed(name.slug) if recipe.last else ""
    title = parts.list_title(f"#{name.label}", recipe.page, recipe.pages)
    links = [(f"#{above.label}", parts.to(routes.tag(above.slug))) for above in recipe.above]
    steps = [(parts.ui.tags, parts.to(routes.TAGS)), *links, (f"#{name.label}", "")]
    crumbs = tuple(Crumb(label, url) for label, url in steps)
    view = TagView(
        head=page_head(
            parts.site,
            path,
            title,
            description=name.description or f"#{name.label}: {parts.ui.count_entries(recipe.count)}",
            feed=(f"#{name.label}", feed) if feed else None,
            crumbs=crumbs,
            entries=parts.addresses((*recipe.records, *recipe.undated[:NOTES_IN_FULL])),
        ),
        crumbs=crumbs,
        tag=parts.tag(name, recipe.count),
        description=name.description if recipe.page == recipe.pages else "",
        years=by_year(parts, recipe.records),
        jumps=places.jumps() if recipe.page == recipe.pages else jumps_within(recipe.records),
        undated=parts.rows_of(recipe.undated[:NOTES_IN_FULL]),
        undated_titles=parts.rows_of(recipe.undated[NOTES_IN_FULL:]),
        timeline=make_timeline(parts, recipe.timeline, places, kinds, recipe.shares),
        neighbours=tuple(Neighbour(parts.tag(each.name, each.count), each.trend) for each in recipe.neighbours),
        related=parts.tags(recipe.related),
        children=parts.tags(recipe.children),
        aliases=recipe.aliases,
        first=recipe.first,
        last=recipe.last,
        feed=parts.to(feed) if feed else "",
        bibtex=parts.to(routes.bibtex(routes.tag(name.slug))) if recipe.has_works and parts.site.exports else "",
        pagination=parts.pagination(recipe.page, recipe.pages, lambda number: routes.tag(name.slug, number)),
    )
    return Template("tag.html", view)


TAG = PageType(recipe=TagRecipe, paths=r"tags/.+/", plan=plan, find=find, compose=compose, in_sitemap=True)
