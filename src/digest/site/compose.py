"""Page -> the view that its template sees, or the bytes of a file without a template.

Composition is a pure function of a recipe, the settings and the texts of the recipe's entries; nothing else of the
archive is in reach, which is what makes the hash of a recipe the fingerprint of its page.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from msgspec import Struct

from ..archive.archive import Record
from . import export, routes, views
from .calendars import end_of_month, make_calendar
from .feeds import json_feed
from .heads import entry_head, page_head
from .initials import initial_of
from .parts import Parts
from .recipes import (
    ArchiveRecipe,
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
    TagRecipe,
    TagsRecipe,
    YearRecipe,
)

BUSY_ROWS = 30
FACT_KINDS = ("model", "hardware")
"""Kinds whose entries are compared in a table of the figures in their text."""


class Template(Struct, frozen=True):
    """A view and the name of the template that renders it."""

    name: str
    view: Struct


def compose(page: Page, parts: Parts) -> Template | bytes | Iterator[bytes]:
    """Return what a page is rendered from, or where it needs no template its bytes, in parts where they are many."""
    return _COMPOSERS[type(page.recipe)](parts, page.path, page.recipe)


def _home(parts: Parts, path: str, recipe: HomeRecipe) -> Template:
    first = recipe.years[-1][0] if recipe.years else None
    calendar = None
    if recipe.counts:
        last = recipe.counts[-1][0]
        start = last - dt.timedelta(days=370)
        calendar = make_calendar(recipe.counts, start, last, parts.site.root)
    view = views.HomeView(
        head=page_head(parts.site, path, parts.site.title),
        days=tuple(parts.day_rows(day) for day in recipe.days),
        calendar=calendar,
        tags=parts.tags(recipe.tags),
        years=parts.years(recipe.years),
        entries=sum(count for _, count in recipe.years),
        first=dt.date(first, 1, 1) if first else None,
        last=recipe.counts[-1][0] if recipe.counts else None,
        feed=parts.to(routes.FEED),
        more=parts.to(routes.ARCHIVE),
    )
    return Template("home.html", view)


def _day(parts: Parts, path: str, recipe: DayRecipe) -> Template:
    records, date = recipe.day.records, recipe.day.date
    previous = parts.to(routes.day(recipe.previous)) if recipe.previous else ""
    next_ = parts.to(routes.day(recipe.next)) if recipe.next else ""
    description = " · ".join(record.card.title for record in records)
    head = page_head(parts.site, path, parts.ui.date(date), description=description, previous=previous, next_=next_)
    view = views.DayView(
        head=head,
        crumbs=parts.crumbs(date, day=True),
        date=date,
        kinds=parts.count_kinds(records),
        entries=tuple(map(parts.entry, records, recipe.targets)),
        previous=recipe.previous,
        previous_url=previous,
        next=recipe.next,
        next_url=next_,
    )
    return Template("day.html", view)


def _entry(parts: Parts, path: str, recipe: EntryRecipe) -> Template:
    record = recipe.record
    date = record.card.date
    previous = parts.row(recipe.previous) if recipe.previous else None
    next_ = parts.row(recipe.next) if recipe.next else None
    view = views.EntryView(
        head=entry_head(
            parts.site,
            record,
            parts.body_of(record),
            parts.utc_offset,
            previous.url if previous else "",
            next_.url if next_ else "",
        ),
        crumbs=(*parts.crumbs(date), views.Crumb(parts.ui.month_day(date), parts.to(routes.day(date)))),
        entry=parts.entry(record, recipe.targets),
        day_url=parts.to(routes.day(date)),
        siblings=parts.rows_of(recipe.siblings),
        mentions=parts.rows_of(recipe.mentions),
        mentioned_by=parts.rows_of(recipe.mentioned_by),
        same=parts.rows_of(recipe.same),
        related=parts.rows_of(recipe.related),
        previous=previous,
        next=next_,
        source=parts.to(routes.entry_markdown(path)),
    )
    return Template("entry.html", view)


def _markdown(parts: Parts, _path: str, recipe: MarkdownRecipe) -> bytes:
    return export.export_markdown(recipe.record, parts.body_of(recipe.record))


def _year(parts: Parts, path: str, recipe: YearRecipe) -> Template:
    year = recipe.year
    previous, next_ = (
        views.Link(parts.ui.year(other), parts.to(routes.year(other))) if other else None
        for other in (recipe.previous, recipe.next)
    )
    # The newest year goes on: months that are still to come would be all that a phone has room for.
    last = dt.date(year, 12, 31) if recipe.next else end_of_month(recipe.counts[-1][0])
    view = views.YearView(
        head=page_head(parts.site, path, parts.ui.year(year), previous=_url(previous), next_=_url(next_)),
        crumbs=(parts.archive_crumb(), views.Crumb(parts.ui.year(year))),
        year=year,
        calendar=make_calendar(recipe.counts, dt.date(year, 1, 1), last, parts.site.root),
        months=parts.months(recipe.counts),
        tags=parts.tags(recipe.tags),
        kinds=tuple((parts.site.kind(kind), count) for kind, count in recipe.kinds),
        entries=sum(count for _, count in recipe.counts),
        previous=previous,
        next=next_,
    )
    return Template("year.html", view)


def _month(parts: Parts, path: str, recipe: MonthRecipe) -> Template:
    month = recipe.month
    previous, next_ = (
        views.Link(parts.ui.month(other), parts.to(routes.month(other))) if other else None
        for other in (recipe.previous, recipe.next)
    )
    view = views.MonthView(
        head=page_head(parts.site, path, parts.ui.month(month), previous=_url(previous), next_=_url(next_)),
        crumbs=(*parts.crumbs(month)[:-1], views.Crumb(parts.ui.month_name(month))),
        month=month,
        days=tuple(parts.day_rows(day) for day in reversed(recipe.days)),
        tags=parts.tags(recipe.tags),
        entries=sum(len(day.records) for day in recipe.days),
        previous=previous,
        next=next_,
    )
    return Template("month.html", view)


def _archive(parts: Parts, path: str, recipe: ArchiveRecipe) -> Template:
    by_year = {year: tuple(counts) for year, counts in groupby(recipe.counts, key=lambda pair: pair[0].year)}
    totals = tuple((year, sum(count for _, count in by_year[year])) for year in sorted(by_year, reverse=True))
    calendars = (
        make_calendar(by_year[year], dt.date(year, 1, 1), dt.date(year, 12, 31), parts.site.root) for year, _ in totals
    )
    view = views.ArchiveView(
        head=page_head(parts.site, path, parts.ui.archive),
        crumbs=(views.Crumb(parts.ui.archive),),
        years=tuple(zip(parts.years(totals), calendars, strict=True)),
        entries=sum(count for _, count in totals),
    )
    return Template("archive.html", view)


def _tags(parts: Parts, path: str, recipe: TagsRecipe) -> Template:
    rows = [
        views.TagRow(parts.tag(trend.name, trend.count), trend.trend, trend.first, trend.last) for trend in recipe.tags
    ]
    labelled = sorted(rows, key=lambda row: (initial_of(row.tag.label), row.tag.label.casefold(), row.tag.url))
    view = views.TagsView(
        head=page_head(parts.site, path, parts.ui.tags),
        crumbs=(views.Crumb(parts.ui.tags),),
        busy=tuple(rows[:BUSY_ROWS]),
        groups=tuple(
            (initial[1], tuple(group))
            for initial, group in groupby(labelled, key=lambda row: initial_of(row.tag.label))
        ),
        years=recipe.years,
        total=len(rows),
    )
    return Template("tags.html", view)


def _tag(parts: Parts, path: str, recipe: TagRecipe) -> Template:
    name = recipe.name
    feed = routes.tag_feed(name.slug)
    title = parts.list_title(f"#{name.label}", recipe.page, recipe.pages)
    parents = [views.Crumb(parts.ui.tags, parts.to(routes.TAGS))]
    view = views.TagView(
        head=page_head(parts.site, path, title, feed=(f"#{name.label}", feed)),
        crumbs=(*parents, views.Crumb(f"#{name.label}")),
        tag=parts.tag(name, recipe.count),
        months=parts.by_month(recipe.records),
        timeline=parts.years(recipe.timeline, link=False),
        related=parts.tags(recipe.related),
        children=parts.tags(recipe.children),
        aliases=recipe.aliases,
        first=recipe.first,
        last=recipe.last,
        feed=parts.to(feed),
        pagination=parts.pagination(recipe.page, recipe.pages, lambda number: routes.tag(name.slug, number)),
    )
    return Template("tag.html", view)


def _kinds(parts: Parts, path: str, recipe: KindsRecipe) -> Template:
    view = views.KindsView(
        head=page_head(parts.site, path, parts.ui.kinds),
        crumbs=(views.Crumb(parts.ui.kinds),),
        kinds=tuple((parts.site.kind(kind), count, parts.rows_of(rows)) for kind, count, rows in recipe.kinds),
    )
    return Template("kinds.html", view)


def _kind(parts: Parts, path: str, recipe: KindRecipe) -> Template:
    kind = parts.site.kind(recipe.kind)
    columns, facts = _facts(parts, recipe.records) if recipe.kind in FACT_KINDS else ((), ())
    view = views.KindView(
        head=page_head(parts.site, path, parts.list_title(kind.label, recipe.page, recipe.pages)),
        crumbs=(views.Crumb(parts.ui.kinds, parts.to(routes.KINDS)), views.Crumb(kind.label)),
        kind=kind,
        count=recipe.count,
        months=parts.by_month(recipe.records),
        timeline=parts.years(recipe.timeline, link=False),
        columns=columns,
        facts=facts,
        pagination=parts.pagination(recipe.page, recipe.pages, lambda number: routes.kind(kind.name, number)),
    )
    return Template("kind.html", view)


def _search(parts: Parts, path: str, recipe: SearchRecipe) -> Template:
    view = views.SearchView(
        head=page_head(parts.site, path, parts.ui.search, noindex=True),
        crumbs=(views.Crumb(parts.ui.search),),
        index=parts.to(routes.SEARCH_INDEX),
        tags=parts.tags(recipe.tags),
        years=parts.years(recipe.years),
    )
    return Template("search.html", view)


def _not_found(parts: Parts, path: str, recipe: NotFoundRecipe) -> Template:
    head = page_head(parts.site, path, parts.ui.not_found, noindex=True)
    return Template("404.html", views.NotFoundView(head, parts.tags(recipe.tags)))


def _feed(parts: Parts, _path: str, recipe: FeedRecipe) -> Template:
    return Template("feed.xml", parts.feed(recipe))


def _json_feed(parts: Parts, _path: str, recipe: JsonFeedRecipe) -> bytes:
    return json_feed(parts.feed(recipe), parts.site)


def _entries(parts: Parts, _path: str, recipe: EntriesRecipe) -> Iterator[bytes]:
    base = parts.site.url or parts.site.root
    return export.export_entries(export.export_entry(record, parts.body_of(record), base) for record in recipe.records)


def _schema(parts: Parts, _path: str, _recipe: SchemaRecipe) -> bytes:
    return export.export_schema()


def _sitemap(parts: Parts, _path: str, recipe: SitemapRecipe) -> Template:
    urls = tuple(
        (routes.absolute(parts.site.url, path), date.isoformat() if date else "") for path, date in recipe.pages
    )
    return Template("sitemap.xml", views.SitemapView(urls))


def _robots(parts: Parts, _path: str, _recipe: RobotsRecipe) -> Template:
    sitemap = routes.absolute(parts.site.url, routes.SITEMAP) if parts.site.url else ""
    return Template("robots.txt", views.RobotsView(sitemap))


def _facts(parts: Parts, records: Iterable[Record]) -> tuple[tuple[str, ...], tuple[views.FactRow, ...]]:
    """Return the columns of a table of figures and its rows, columns in the order of `FACT_KEYS`."""
    from ..archive.facts import FACT_KEYS  # compiles many patterns, which few pages have a use for

    with_facts = [(record, dict(record.card.facts)) for record in records if record.card.facts]
    columns = tuple(key for key in FACT_KEYS if any(key in facts for _, facts in with_facts))
    rows = tuple(
        views.FactRow(parts.row(record), tuple(facts.get(key, "") for key in columns)) for record, facts in with_facts
    )
    return columns, rows


def _url(link: views.Link | None) -> str:
    return link.url if link else ""


_COMPOSERS: dict[type, Callable[[Parts, str, Any], Template | bytes | Iterator[bytes]]] = {
    HomeRecipe: _home,
    DayRecipe: _day,
    EntryRecipe: _entry,
    MarkdownRecipe: _markdown,
    YearRecipe: _year,
    MonthRecipe: _month,
    ArchiveRecipe: _archive,
    TagsRecipe: _tags,
    TagRecipe: _tag,
    KindsRecipe: _kinds,
    KindRecipe: _kind,
    SearchRecipe: _search,
    NotFoundRecipe: _not_found,
    FeedRecipe: _feed,
    JsonFeedRecipe: _json_feed,
    EntriesRecipe: _entries,
    SchemaRecipe: _schema,
    SitemapRecipe: _sitemap,
    RobotsRecipe: _robots,
}
