"""The page of trends: what the author has followed over time, in charts with a table under each."""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ...archive.archive import Archive
from ...archive.trends import Course, Trends, YearTag, find_trends, months_of, smooth_shares
from ...languages.strings import Strings
from .. import routes
from ..arrangement import Arrangement
from ..chart_views import Bar, Matrix
from ..heads import page_head
from ..matrices import make_matrix
from ..page_types import MenuEntry, PageType, Template
from ..parts import Parts
from ..plots import Dot, Tick, area, curve, label_dots, log_scale, stack, year_ticks
from ..recipes import Page, Recipe
from ..views import Crumb, Head, Kind, Row, TagLink

LEAST_DAYS = 5
"""Dates with entries that a site needs for a page of trends."""
RIDGE = 36.0
"""The height of a tag's curve. The curves of two tags overlap where both are high."""
COLUMNS = 150.0
PLOT_WIDTH, PLOT_HEIGHT = 720.0, 300.0
PLOT_LEFT, PLOT_RIGHT, PLOT_FOOT = 44.0, 20.0, 30.0
SHORT_TITLE = 26
LEAST_MODELS = 4
"""Models with sizes that a plot needs."""


class TrendsRecipe(Recipe, frozen=True):
    """The figures of the archive."""

    trends: Trends


class Figure(Struct, frozen=True):
    """A number with its name, and a sentence on how it is counted if the name doesn't say it."""

    name: str
    value: str
    meaning: str = ""


class Ridge(Struct, frozen=True):
    """The course of a tag: the paths of its curve and of the area under it, and for each period its entries and their share."""

    tag: TagLink
    line: str
    area: str
    total: int
    cells: tuple[tuple[int, str], ...]


class Model(Struct, frozen=True):
    """An entry about a model, with the sizes that it names as text, and its dots in the plot."""

    row: Row
    sizes: str
    dot: Dot


class Ranked(Struct, frozen=True):
    """An entry with how often it is mentioned; `share` is the ratio to the largest number."""

    row: Row
    count: int
    share: float


class TrendsView(Struct, frozen=True):
    """`trends.html`: figures and charts of all entries with a date. A chart that has too little to say is empty.

    `years` are the busiest tag of each year. `ridges` have `periods` as the heads of their table, which are quarters or years, and
    `ticks` on their axis. `bars` count the entries of each of `kinds` in months or years, `words` the words in them; they share
    `bar_ticks`. `matrix` has all months. `sizes` are the lines of the plot of models by their height, `size_ticks`
    its dates by their x.
    """

    head: Head
    crumbs: tuple[Crumb, ...]
    title: str
    years: tuple[tuple[int, str, TagLink], ...]
    figures: tuple[Figure, ...]
    ridges: tuple[Ridge, ...]
    quarterly: bool
    periods: tuple[str, ...]
    ticks: tuple[Tick, ...]
    kinds: tuple[Kind, ...]
    monthly: bool
    bars: tuple[Bar, ...]
    busiest: Bar | None
    words: tuple[Bar, ...]
    wordiest: Bar | None
    bar_ticks: tuple[Tick, ...]
    matrix: Matrix
    models: tuple[Model, ...]
    sizes: tuple[tuple[float, str], ...]
    size_ticks: tuple[tuple[float, str], ...]
    mentioned: tuple[Ranked, ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page if the site has enough days for it."""
    if is_shown(arrangement.archive):
        trends = find_trends(arrangement.archive, arrangement.references.mentioned_by)
        yield Page(routes.TRENDS, TrendsRecipe(trends))


def is_shown(archive: Archive) -> bool:
    """Return True if an archive has enough days to have trends."""
    return len(archive.days) >= LEAST_DAYS


def compose(parts: Parts, path: str, recipe: TrendsRecipe) -> Template:
    """Compose the page of trends."""
    trends, ui = recipe.trends, parts.ui
    places = [
        place for place, _ in enumerate(parts.site.kinds) if any(month.kinds[place] for month in trends.stretches)
    ]
    kinds = tuple(parts.site.kinds[place] for place in places)
    bars = _bars(
        parts,
        trends,
        [[month.kinds[place] for place in places] for month in trends.stretches],
        [kind.name for kind in kinds],
    )
    words = _bars(parts, trends, [[month.words] for month in trends.stretches], [""])
    models, sizes, size_ticks = _models(parts, trends)
    crumbs = (Crumb(ui.trends),)
    view = TrendsView(
        head=page_head(parts.site, path, ui.trends, description=ui.trends_text, crumbs=crumbs),
        crumbs=crumbs,
        title=_title(ui, trends.years),
        years=tuple((year.year, parts.to(routes.year(year.year)), parts.tag(year.tag)) for year in trends.years),
        figures=tuple(_figures(ui, trends)),
        ridges=tuple(_ridge(parts, course, trends.totals) for course in trends.courses),
        quarterly=trends.quarterly,
        periods=tuple(ui.quarter(first) if trends.quarterly else str(first.year) for first in trends.periods),
        ticks=year_ticks(trends.periods, points=True),
        kinds=kinds,
        monthly=trends.monthly,
        bars=bars,
        busiest=max(bars, key=lambda bar: sum(bar.counts), default=None),
        words=words if trends.words else (),
        wordiest=max(words, key=lambda bar: sum(bar.counts), default=None),
        bar_ticks=year_ticks([month.first for month in trends.stretches]),
        matrix=make_matrix(
            ((month.first, month.entries) for month in trends.months),
            lambda year: parts.to(routes.year(year)),
            lambda month: parts.to(routes.month(month)),
        ),
        models=models,
        sizes=sizes,
        size_ticks=size_ticks,
        mentioned=_mentioned(parts, trends),
    )
    return Template("trends.html", view)


def _title(ui: Strings, years: Sequence[YearTag]) -> str:
    """Return what the site moved from and to, if it moved, or otherwise the name of the page."""
    if len(years) < 2 or years[0].tag == years[-1].tag:
        return ui.trends
    first, last = years[0], years[-1]
    return ui.from_to(first.year, f"#{first.tag.label}", last.year, f"#{last.tag.label}")


def _figures(ui: Strings, trends: Trends) -> Iterator[Figure]:
    yield Figure(ui.figure_entries, f"{trends.entries:,}")
    yield Figure(ui.figure_days, f"{trends.days:,}", ui.figure_days_text)
    yield Figure(ui.figure_per_day, f"{trends.entries / trends.days:.1f}", ui.figure_per_day_text)
    if trends.streak > 1:
        yield Figure(ui.figure_streak, ui.count_days(trends.streak), ui.figure_streak_text)
    if trends.words:
        yield Figure(ui.figure_words, f"{trends.words:,}", ui.figure_words_text)
        yield Figure(ui.figure_length, f"{round(trends.words / trends.entries):,}", ui.figure_length_text)


def _ridge(parts: Parts, course: Course, totals: Sequence[int]) -> Ridge:
    shares = smooth_shares(course.counts, totals)
    most = max(shares)
    heights = [share / most for share in shares]
    cells = (
        (count, f"{count / total:.0%}" if count else "") for count, total in zip(course.counts, totals, strict=True)
    )
    return Ridge(parts.tag(course.tag), curve(heights, RIDGE), area(heights, RIDGE), course.total, tuple(cells))


def _bars(parts: Parts, trends: Trends, counts: Sequence[Sequence[int]], names: Sequence[str]) -> tuple[Bar, ...]:
    """Return a column for each month or year; `names` are the classes of its parts. A single column is no chart."""
    if len(counts) < 2:
        return ()
    bars = []
    for month, row, columns in zip(trends.stretches, counts, stack(counts, COLUMNS), strict=True):
        written = parts.ui.month(month.first) if trends.monthly else parts.ui.year(month.first.year)
        path = routes.month(month.first) if trends.monthly else routes.year(month.first.year)
        bars.append(
            Bar(
                url=parts.to(path) if month.entries else "",
                label=written,
                title=f"{written}: {sum(row):,}",
                columns=tuple((names[column.part], column) for column in columns),
                counts=tuple(row),
            )
        )
    return tuple(bars)


def _mentioned(parts: Parts, trends: Trends) -> tuple[Ranked, ...]:
    most = max((count for _, count in trends.mentioned), default=1)
    return tuple(Ranked(parts.row(record), count, round(count / most, 4)) for record, count in trends.mentioned)


def _models(
    parts: Parts, trends: Trends
) -> tuple[tuple[Model, ...], tuple[tuple[float, str], ...], tuple[tuple[float, str], ...]]:
    """Return the models, the lines of the scale of their sizes, and the marks of the scale of dates."""
    if len(trends.sizes) < LEAST_MODELS:
        return (), (), ()
    height = PLOT_HEIGHT - PLOT_FOOT
    scale = log_scale((number for _, numbers in trends.sizes for number in numbers), height)
    first, last = trends.sizes[0][0].date, trends.sizes[-1][0].date
    width = (PLOT_WIDTH - PLOT_LEFT - PLOT_RIGHT) / max((last - first).days, 1)
    dots = [
        (
            round(PLOT_LEFT + (record.date - first).days * width, 1),
            tuple(map(scale.place, numbers)),
            _short_title(record.card.title),
        )
        for record, numbers in trends.sizes
    ]
    labelled = label_dots(dots, PLOT_WIDTH, height)
    models = tuple(
        Model(parts.row(record), " · ".join(map(short_number, numbers)), dot)
        for (record, numbers), dot in zip(trends.sizes, labelled, strict=True)
    )
    powers = range(scale.low, scale.high + 1)
    lines = tuple((scale.place(10.0**power), short_number(10.0**power)) for power in powers)
    dates = _marked_months(first, last)
    return (
        models,
        lines,
        tuple((round(PLOT_LEFT + (date - first).days * width, 1), parts.ui.month(date)) for date in dates),
    )


def _marked_months(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return at most five first dates of months, evenly apart, within a period."""
    months = months_of(first, last)[1:]
    return months[:: max(1, -(-len(months) // 5))]


def _short_title(title: str) -> str:
    name = title.partition(":")[0].strip()
    return name if len(name) <= SHORT_TITLE else name[: SHORT_TITLE - 1].rstrip() + "…"


def short_number(number: float) -> str:
    """Write a number of parameters with the letter of its thousands: `314B`, `1.5B`, `350M`."""
    for letter, size in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3)):
        if number >= size:
            return f"{number / size:.4g}{letter}"
    return f"{number:.4g}"


def label(ui: Strings) -> str:
    """Return the text of the link in the masthead."""
    return ui.trends


TRENDS = PageType(
    recipe=TrendsRecipe,
    paths=routes.TRENDS,
    plan=plan,
    compose=compose,
    in_sitemap=True,
    menu=MenuEntry("masthead", "trends", routes.TRENDS, label, is_shown),
)
