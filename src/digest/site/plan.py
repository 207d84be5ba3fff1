"""Archive -> every page of the site, each with its recipe.

Planning reads no text and composes nothing: it decides which pages there are and which entries each is made of.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct

from ..archive.archive import Archive, Day, Record, TagName, TagPage
from ..archive.references import References
from . import routes
from .recipes import (
    ArchiveRecipe,
    Counts,
    DayRecipe,
    EntriesRecipe,
    EntryRecipe,
    FeedRecipe,
    HomeRecipe,
    JsonFeedRecipe,
    KindRecipe,
    KindsRecipe,
    MarkdownRecipe,
    MonthRecipe,
    NotFoundRecipe,
    Page,
    RobotsRecipe,
    SchemaRecipe,
    SearchRecipe,
    SitemapRecipe,
    TagCounts,
    TagRecipe,
    TagsRecipe,
    TagTrend,
    Targets,
    YearRecipe,
)

BUSY_TAGS = 24
RELATED_TAGS = 12
KIND_PREVIEW = 5
SIBLINGS = 40
"""How many entries of its day an entry's page lists: without a bound, a day of thousands would list millions."""
YEAR_OF_DAYS = 371
"""Fifty-three whole weeks, so that the home page's calendar reaches back to the same date a year ago."""


T = TypeVar("T")


class Limits(Struct, frozen=True):
    """How much stands on a page: days on the home page, entries on a page of a list, entries in a feed."""

    home_days: int = 7
    per_page: int = 50
    feed_entries: int = 20


def plan_pages(
    archive: Archive,
    references: References,
    related: Callable[[Record], tuple[Record, ...]],
    limits: Limits,
    *,
    search: bool,
    sitemap: bool = True,
) -> tuple[Page, ...]:
    """List all pages of the site; `related` gives the entries that an entry's page shows as near to it.

    A site whose address is unknown has no `sitemap`, which must hold absolute addresses (sitemaps.org/protocol.html).
    """
    home, *frame = plan_frame(archive, limits, search=search)
    pages = [
        # First, since it takes by far the longest to make: whoever waits for the others makes it meanwhile.
        Page(routes.ENTRIES, EntriesRecipe(tuple(r for day in reversed(archive.days) for r in day.records))),
        home,
        *_plan_by_day(archive, references, related),
        *plan_years(archive),
        *plan_months(archive),
        *plan_tags(archive, references, limits),
        *plan_kinds(archive, limits),
        *plan_feeds(archive, references, limits),
        *frame,
    ]
    if sitemap:
        pages.append(Page(routes.SITEMAP, SitemapRecipe(tuple(_mapped(pages)))))
    return tuple(pages)


def _plan_by_day(
    archive: Archive, references: References, related: Callable[[Record], tuple[Record, ...]]
) -> Iterator[Page]:
    """Plan days and their entries side by side: whoever renders one has the texts of the others at hand."""
    entries = plan_entries(archive, references, related)
    for page, day in zip(plan_days(archive, references), archive.days, strict=True):
        yield page
        yield from islice(entries, 2 * len(day.records))


def plan_frame(archive: Archive, limits: Limits, *, search: bool) -> Iterator[Page]:
    """Plan the pages that there is one of, the home page first."""
    counts = tuple((day.date, len(day.records)) for day in archive.days)
    years = tuple(sorted(_count_years(counts).items(), reverse=True))
    busy = _busy_tags(_last_year(archive.days))
    yield Page(routes.HOME, HomeRecipe(archive.days[: -limits.home_days - 1 : -1], _recent(counts), busy, years))
    yield Page(routes.ARCHIVE, ArchiveRecipe(counts))
    if search:
        yield Page(routes.SEARCH, SearchRecipe(busy, years))
    yield Page(routes.NOT_FOUND, NotFoundRecipe(busy))
    yield Page(routes.ENTRIES_SCHEMA, SchemaRecipe())
    yield Page(routes.ROBOTS, RobotsRecipe())


def plan_days(archive: Archive, references: References) -> Iterator[Page]:
    """Plan every day's page."""
    for before, day, after in _neighbours(archive.days):
        targets = tuple(references.targets.get(record.id, ()) for record in day.records)
        recipe = DayRecipe(day, targets, before.date if before else None, after.date if after else None)
        yield Page(routes.day(day.date), recipe)


def plan_entries(
    archive: Archive, references: References, related: Callable[[Record], tuple[Record, ...]]
) -> Iterator[Page]:
    """Plan every entry's page and its Markdown file."""
    siblings = {record.id: near for day in archive.days for record, near in _siblings(day.records)}
    for before, record, after in _neighbours(archive.records):
        path = routes.entry(record.card.date, record.slug)
        recipe = EntryRecipe(
            record=record,
            siblings=siblings[record.id],
            targets=references.targets.get(record.id, ()),
            mentions=references.mentions.get(record.id, ()),
            mentioned_by=references.mentioned_by.get(record.id, ()),
            same=references.same.get(record.id, ()),
            related=related(record),
            previous=before,
            next=after,
        )
        yield Page(path, recipe)
        yield Page(routes.entry_markdown(path), MarkdownRecipe(record))


def plan_years(archive: Archive) -> Iterator[Page]:
    """Plan every year's page."""
    years = [(year, tuple(days)) for year, days in groupby(archive.days, key=lambda day: day.date.year)]
    for before, (year, days), after in _neighbours(years):
        records = [record for day in days for record in day.records]
        kinds = Counter(record.card.kind for record in records)
        recipe = YearRecipe(
            year=year,
            counts=tuple((day.date, len(day.records)) for day in days),
            tags=_busy_tags(records),
            kinds=tuple((kind, kinds[kind]) for kind in archive.kinds if kinds[kind]),
            previous=before[0] if before else None,
            next=after[0] if after else None,
        )
        yield Page(routes.year(year), recipe)


def plan_months(archive: Archive) -> Iterator[Page]:
    """Plan every month's page."""
    months = [(month, tuple(days)) for month, days in groupby(archive.days, key=lambda day: day.date.replace(day=1))]
    for before, (month, days), after in _neighbours(months):
        recipe = MonthRecipe(
            month=month,
            days=days,
            tags=_busy_tags([record for day in days for record in day.records]),
            previous=before[0] if before else None,
            next=after[0] if after else None,
        )
        yield Page(routes.month(month), recipe)


def plan_tags(archive: Archive, references: References, limits: Limits) -> Iterator[Page]:
    """Plan every tag's pages and its feed, and the page of all tags."""
    years = years_of(archive)
    trends = []
    for tag in archive.tags.values():
        per_year = Counter(record.card.date.year for record in tag.records)
        trend = tuple(per_year[year] for year in years)
        first, last = tag.records[-1].card.date, tag.records[0].card.date
        trends.append(TagTrend(tag.name, len(tag.records), trend, first, last))
        yield from plan_tag(archive, references, tag, limits, years)
    trends.sort(key=lambda trend: (-trend.count, trend.name.key))
    yield Page(routes.TAGS, TagsRecipe(tuple(trends), years))


def plan_tag(
    archive: Archive, references: References, tag: TagPage, limits: Limits, years: tuple[int, ...]
) -> Iterator[Page]:
    """Plan a tag's pages and its feed; `years` are those of the archive."""
    timeline = _timeline(tag.records, years)
    together = Counter(other for record in tag.records for other in record.tags if other.key != tag.name.key)
    related = tuple(sorted(together.items(), key=lambda pair: (-pair[1], pair[0].key))[:RELATED_TAGS])
    feed = tag.records[: limits.feed_entries]
    yield Page(routes.tag_feed(tag.name.slug), FeedRecipe(tag.name, feed, _targets(references, feed)))
    for number, total, records in _cut(tag.records, limits.per_page):
        newest = number == total
        listed = tag.records if newest else records
        recipe = TagRecipe(
            name=tag.name,
            records=records,
            page=number,
            pages=total,
            count=len(listed),
            timeline=timeline if newest else (),
            related=related if newest else (),
            children=tuple((child, len(archive.tags[child.key].records)) for child in tag.children if newest),
            aliases=tag.aliases if newest else (),
            first=listed[-1].card.date,
            last=listed[0].card.date,
        )
        yield Page(routes.tag(tag.name.slug, 0 if newest else number), recipe)


def plan_kinds(archive: Archive, limits: Limits) -> Iterator[Page]:
    """Plan the page of all kinds and every kind's pages."""
    years = years_of(archive)
    preview = tuple((kind, len(records), records[:KIND_PREVIEW]) for kind, records in archive.kinds.items())
    yield Page(routes.KINDS, KindsRecipe(preview))
    for kind, records in archive.kinds.items():
        timeline = _timeline(records, years)
        for number, total, listed in _cut(records, limits.per_page):
            newest = number == total
            count, shown = (len(records), timeline) if newest else (len(listed), ())
            recipe = KindRecipe(kind, listed, number, total, count, shown)
            yield Page(routes.kind(kind, 0 if newest else number), recipe)


def plan_feeds(archive: Archive, references: References, limits: Limits) -> Iterator[Page]:
    """Plan the site's feeds."""
    newest: list[Record] = []
    for day in reversed(archive.days):
        newest += day.records
        if len(newest) >= limits.feed_entries:
            break
    records = tuple(newest[: limits.feed_entries])
    targets = _targets(references, records)
    yield Page(routes.FEED, FeedRecipe(None, records, targets))
    yield Page(routes.JSON_FEED, JsonFeedRecipe(None, records, targets))


def _mapped(pages: Iterable[Page]) -> Iterator[tuple[str, dt.date | None]]:
    """Yield what belongs in the sitemap: pages for readers, sorted, with the date of their newest entry."""
    shown = [page for page in pages if page.path.endswith("/") or page.path == routes.HOME]
    for page in sorted(shown, key=attrgetter("path")):
        recipe = page.recipe
        if isinstance(recipe, DayRecipe):
            yield page.path, recipe.day.date
        elif isinstance(recipe, EntryRecipe):
            yield page.path, recipe.record.card.date
        elif not isinstance(recipe, SearchRecipe):
            yield page.path, None


def years_of(archive: Archive) -> tuple[int, ...]:
    """List the years that have entries, oldest first."""
    return tuple(dict.fromkeys(day.date.year for day in archive.days))


def _timeline(records: Iterable[Record], years: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Count entries by year, from the first that has any to the last of the archive."""
    per_year = Counter(record.card.date.year for record in records)
    first = min(per_year, default=0)
    return tuple((year, per_year[year]) for year in years if year >= first)


def _targets(references: References, records: Iterable[Record]) -> tuple[Targets, ...]:
    return tuple(references.targets.get(record.id, ()) for record in records)


def _neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    for n, item in enumerate(items):
        yield items[n - 1] if n else None, item, items[n + 1] if n + 1 < len(items) else None


def _siblings(records: tuple[Record, ...]) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """Yield each entry of a day with those around it, itself among them: all on any day that a person wrote."""
    for place, record in enumerate(records):
        start = max(0, min(place - SIBLINGS // 2, len(records) - SIBLINGS))
        yield record, records[start : start + SIBLINGS]


def _cut(records: tuple[Record, ...], size: int) -> Iterator[tuple[int, int, tuple[Record, ...]]]:
    """Cut a list, newest first, into pages: (number, how many pages, entries).

    Pages are numbered from the oldest, and all but the newest are full: a new entry changes the newest page alone, and
    a numbered page keeps its entries. The newest holds up to twice as many, so that it is never nearly empty.
    """
    older = max(0, len(records) // size - 1)
    newest = len(records) - older * size
    yield older + 1, older + 1, records[:newest]
    for number in range(older, 0, -1):
        start = len(records) - number * size
        yield number, older + 1, records[start : start + size]


def _count_years(counts: Counts) -> Counter[int]:
    years: Counter[int] = Counter()
    for date, count in counts:
        years[date.year] += count
    return years


def _recent(counts: Counts) -> Counts:
    if not counts:
        return ()
    start = counts[-1][0] - dt.timedelta(days=YEAR_OF_DAYS - 1)
    return tuple((date, count) for date, count in counts if date >= start)


def _last_year(days: tuple[Day, ...]) -> list[Record]:
    if not days:
        return []
    start = days[-1].date - dt.timedelta(days=YEAR_OF_DAYS - 1)
    return [record for day in days if day.date >= start for record in day.records]


def _busy_tags(records: Iterable[Record]) -> TagCounts:
    counts: Counter[TagName] = Counter(tag for record in records for tag in record.tags)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].key))[:BUSY_TAGS])
