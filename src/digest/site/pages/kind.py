"""The pages of each kind: its entries, cut into pages, and for some kinds a table of figures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ...archive.archive import Record
from ...archive.figures import FACT_KEYS, UNITS
from ...model import FACT_KINDS
from .. import routes
from ..arrangement import Arrangement
from ..chart_views import Timeline
from ..heads import page_head
from ..page_types import PageType, Template
from ..pagination import cut_pages
from ..parts import Parts
from ..recipes import MonthKinds, Page, Recipe
from ..timelines import Places, by_year, count_months, jumps_within, make_timeline
from ..views import Crumb, Fact, Head, Jump, Kind, Pagination, Row, YearRows

NOTES_IN_FULL = 50
"""Notes without a date that a page shows with their tags and first words; further ones are titles."""
LEAST_FILLED = 0.25
"""The share of a table's rows that have a fact, if it has a column of its own."""


class KindRecipe(Recipe, frozen=True):
    """A page of a kind's entries. `timeline` counts all of them by month, on the newest page only.

    `undated` are its notes without a date, all of them on the newest page and none on the others.
    """

    kind: str
    records: tuple[Record, ...]
    undated: tuple[Record, ...]
    page: int
    pages: int
    count: int
    timeline: MonthKinds


class FactColumn(Struct, frozen=True):
    """A column of a table of facts: a key, and whether its values are numbers, which stand to the right, or words."""

    key: str
    is_number: bool


class FactRow(Struct, frozen=True):
    """An entry in a table of facts: one for each of the table's columns, None if unknown, and those without a column."""

    row: Row
    facts: tuple[Fact | None, ...]
    others: tuple[Fact, ...]


class KindView(Struct, frozen=True):
    """`kind.html`: a page of a kind's entries, newest first, grouped by year and month; models and hardware as a table too.

    `facts` are the rows of a table: this page's entries that have any facts. `columns` are the facts that at least a quarter
    of the rows have. On the newest page, `timeline` is when the kind's entries were written and `count` counts all of them; on the
    others, `timeline` is None and `count` counts the page's own entries. `jumps` lead to the years of a long list: on the newest
    page to all of them, on the others to the page's own. `undated` are its notes without a date on the
    newest page; of many, the last are in `undated_titles`, to be listed by their titles alone.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    kind: Kind
    count: int
    years: tuple[YearRows, ...]
    jumps: tuple[Jump, ...]
    undated: tuple[Row, ...]
    undated_titles: tuple[Row, ...]
    timeline: Timeline | None
    columns: tuple[FactColumn, ...]
    facts: tuple[FactRow, ...]
    pagination: Pagination


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the pages of every kind."""
    for kind, records in arrangement.archive.kinds.items():
        undated = arrangement.undated_kinds.get(kind, ())
        months = count_months(records, [kind])
        for number, total, listed in cut_pages(records, arrangement.limits.per_page):
            newest = number == total
            recipe = KindRecipe(
                kind=kind,
                records=listed,
                undated=undated if newest else (),
                page=number,
                pages=total,
                count=len(records) + len(undated) if newest else len(listed),
                timeline=months if newest else (),
            )
            yield Page(routes.kind(kind, 0 if newest else number), recipe)


def compose(parts: Parts, path: str, recipe: KindRecipe) -> Template:
    """Compose a page of a kind."""
    kind = parts.site.kind(recipe.kind)
    columns, facts = _facts(parts, (*recipe.records, *recipe.undated)) if recipe.kind in FACT_KINDS else ((), ())
    crumbs = (Crumb(parts.ui.kinds, parts.to(routes.KINDS)), Crumb(kind.label))

    def to(number: int) -> str:
        return parts.to(routes.kind(kind.name, number))

    places = Places(recipe.timeline, len(recipe.records), recipe.pages, to)
    names = (record.card.title for record in (*recipe.records, *recipe.undated))
    view = KindView(
        head=page_head(
            parts.site,
            path,
            parts.list_title(kind.label, recipe.page, recipe.pages),
            description=" · ".join(names) or f"{kind.label}: {parts.ui.count_entries(0)}",
            crumbs=crumbs,
        ),
        crumbs=crumbs,
        kind=kind,
        count=recipe.count,
        years=by_year(parts, recipe.records),
        jumps=places.jumps() if recipe.page == recipe.pages else jumps_within(recipe.records),
        undated=parts.rows_of(recipe.undated[:NOTES_IN_FULL]),
        undated_titles=parts.rows_of(recipe.undated[NOTES_IN_FULL:]),
        timeline=make_timeline(parts, recipe.timeline, places, [kind.name]),
        columns=columns,
        facts=facts,
        pagination=parts.pagination(recipe.page, recipe.pages, lambda number: routes.kind(kind.name, number)),
    )
    return Template("kind.html", view)


def _facts(parts: Parts, records: Iterable[Record]) -> tuple[tuple[FactColumn, ...], tuple[FactRow, ...]]:
    """Return the columns of a table of figures, in the order of `FACT_KEYS`, and its rows."""
    rows = [(parts.row(record), record) for record in records if record.card.facts]
    found = [(row, parts.facts(record, f"{row.url}#", row.url)) for row, record in rows]
    counts = Counter(fact.key for _, facts in found for fact in facts)
    keys = [key for key in FACT_KEYS if counts[key] and counts[key] >= len(found) * LEAST_FILLED]
    return tuple(FactColumn(key, bool(UNITS[key])) for key in keys), tuple(_fact_row(*each, keys) for each in found)


def _fact_row(row: Row, facts: Sequence[Fact], keys: Sequence[str]) -> FactRow:
    by_key = {fact.key: fact for fact in facts}
    others = tuple(fact for fact in facts if fact.key not in keys)
    return FactRow(row, tuple(by_key.get(key) for key in keys), others)


KIND = PageType(recipe=KindRecipe, paths=r"kinds/.+/", plan=plan, compose=compose, in_sitemap=True)
