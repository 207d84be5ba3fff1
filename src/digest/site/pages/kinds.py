"""The page of all kinds."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ...archive.archive import Record
from ...archive.trends import start_of_charts
from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement
from ..chart_views import Bar
from ..heads import page_head
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..plots import Tick, year_ticks
from ..recipes import MonthKinds, Page, Recipe
from ..timelines import count_months, last_months, month_bars
from ..views import Crumb, Head, Kind, Row

NEWEST = 3
"""Entries that the page shows of each kind."""
LEAST_ENTRIES, LEAST_MONTHS = 6, 3
"""Entries of a kind, and months of the site, that a chart needs."""
HEIGHT = 40.0
"""The height of the columns of months."""


class KindsRecipe(Recipe, frozen=True):
    """Each kind that has entries, with its count, its newest entries and its entries per month; notes without a date come after all others."""

    kinds: tuple[tuple[str, int, tuple[Record, ...], MonthKinds], ...]


class KindRow(Struct, frozen=True):
    """A kind with its number of entries, its share of all unless that is less than a per cent or all, its months in a chart, and its newest entries.

    The charts of all kinds have the same months, each in its own scale. A kind with too few entries has none.
    """

    kind: Kind
    count: int
    share: str
    bars: tuple[Bar, ...]
    newest: tuple[Row, ...]


class KindsView(Struct, frozen=True):
    """`kinds.html`: every kind with its months and its newest entries. `ticks` mark the years below every chart.

    `entries` counts entries with a date, and `notes` those without.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    kinds: tuple[KindRow, ...]
    ticks: tuple[Tick, ...]
    entries: int
    notes: int


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page of all kinds."""
    kinds = []
    for kind, records in arrangement.archive.kinds.items():
        undated = arrangement.undated_kinds.get(kind, ())
        newest = (*records[:NEWEST], *undated)[:NEWEST]
        if newest:
            kinds.append((kind, len(records) + len(undated), newest, count_months(records, [kind])))
    yield Page(routes.KINDS, KindsRecipe(tuple(kinds)))


def compose(parts: Parts, path: str, recipe: KindsRecipe) -> Template:
    """Compose the page of all kinds."""
    crumbs = (Crumb(parts.ui.kinds),)
    months = _chart_months([counts for *_, counts in recipe.kinds])
    total = sum(count for _, count, *_ in recipe.kinds)
    dated = sum(sum(of_month) for *_, counts in recipe.kinds for _, of_month in counts)
    names = (parts.site.kind(kind).label for kind, *_ in recipe.kinds)
    view = KindsView(
        head=page_head(parts.site, path, parts.ui.kinds, description=" · ".join(names), crumbs=crumbs),
        crumbs=crumbs,
        kinds=tuple(
            KindRow(
                kind=parts.site.kind(kind),
                count=count,
                share=f"{count / total:.0%}" if total / 100 <= count < total else "",
                bars=_bars(parts, kind, counts, months),
                newest=parts.rows_of(newest),
            )
            for kind, count, newest, counts in recipe.kinds
        ),
        ticks=year_ticks(months) if months else (),
        entries=dated,
        notes=total - dated,
    )
    return Template("kinds.html", view)


def _chart_months(kinds: Iterable[MonthKinds]) -> Sequence[dt.date]:
    """Return the months of the charts of all kinds."""
    totals: Counter[dt.date] = Counter()
    for months in kinds:
        totals.update({month: sum(counts) for month, counts in months})
    return last_months(start_of_charts(sorted(totals.items())), max(totals)) if totals else ()


def _bars(parts: Parts, kind: str, counts: MonthKinds, months: Sequence[dt.date]) -> tuple[Bar, ...]:
    if len(months) < LEAST_MONTHS or sum(sum(of_month) for _, of_month in counts) < LEAST_ENTRIES:
        return ()
    return month_bars(parts, counts, months, [kind], lambda month: parts.to(routes.month(month)), HEIGHT)


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.kinds


KINDS = PageType(
    recipe=KindsRecipe,
    paths=routes.KINDS,
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "kinds", routes.KINDS, label, lists_notes=True),
)
