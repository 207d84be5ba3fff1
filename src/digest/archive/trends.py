"""Archive -> the figures of its trends: how much was written and when, and what about.

All numbers count entries with a date. Everything is a plain count, so that a chart and the table under it show the same.
"""

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from .archive import Archive, Record, TagName, TagPage
from .figures import fact_of, numbers_of

COURSES = 18
"""Tags whose course is shown."""
LEAST_IN_COURSE = 5
"""Entries that a tag needs for a course: the shares of a rarer tag jump about."""
LEAST_PERIODS = 4
"""Periods that courses need: fewer make no curve."""
LEAST_COURSES = 3
"""Courses that a comparison needs."""
MOST_PERIODS = 60
MONTHS = 120
"""Months that a chart shows at most; of more, it shows years."""
EARLY_SHARE = 0.01
"""The first years of an archive are left out of charts over time while they hold less than this share of its entries."""
LEAST_FOR_YEAR = 3
"""Entries that the busiest tag of a year needs to stand for the year."""
MENTIONED = 8
LEAST_MENTIONS = 2
LEAST_MENTIONED = 3
"""Entries that a list of the most mentioned needs."""
SIZES = 40
"""Models whose sizes are shown: the newest."""


class Course(Struct, frozen=True):
    """A tag's entries in each period, and how many entries it has."""

    tag: TagName
    counts: tuple[int, ...]
    total: int


class Stretch(Struct, frozen=True):
    """A month or a year by its first date: its entries of each kind, in the order of kinds, and the words written in them."""

    first: dt.date
    kinds: tuple[int, ...]
    words: int

    @property
    def entries(self) -> int:
        """The number of entries."""
        return sum(self.kinds)


class YearTag(Struct, frozen=True):
    """The tag that a year's entries have most often."""

    year: int
    tag: TagName
    count: int


class Trends(Struct, frozen=True):
    """The figures of an archive.

    `entries` and `words` are all of them, `days` the dates with entries, `streak` is the longest run of such dates. `periods` are
    the first dates of quarters or years (see `quarterly`), `totals` the entries in each, and `courses` the busiest tags over
    these periods, in the order of their centres of gravity. `months` are all months from the first to the last, `stretches` the
    months since `periods` begin or, unless `monthly`, the years. `sizes` are entries about models that name a number of parameters, oldest first, each with
    the numbers; `mentioned` are entries with the number of other entries that mention them, most first.
    """

    entries: int
    words: int
    days: int
    streak: int
    first: dt.date
    last: dt.date
    years: tuple[YearTag, ...]
    quarterly: bool
    periods: tuple[dt.date, ...]
    totals: tuple[int, ...]
    courses: tuple[Course, ...]
    months: tuple[Stretch, ...]
    monthly: bool
    stretches: tuple[Stretch, ...]
    sizes: tuple[tuple[Record, tuple[float, ...]], ...]
    mentioned: tuple[tuple[Record, int], ...]


def find_trends(archive: Archive, mentioned_by: Mapping[str, Sequence[Record]]) -> Trends:
    """Return the figures of an archive that has at least one day. `mentioned_by` are the entries that mention one, by its id."""
    dates = [day.date for day in archive.days]
    months = _months(archive)
    start = start_of_charts([(month.first, month.entries) for month in months])
    quarterly, periods = _periods(start, dates[-1])
    totals = _count(periods, (record.date for record in archive.records))
    is_long = _months_between(start, dates[-1]) >= MONTHS
    return Trends(
        entries=len(archive.records),
        words=sum(month.words for month in months),
        days=len(dates),
        streak=_longest_run(dates),
        first=dates[0],
        last=dates[-1],
        years=tuple(_tags_of_years(archive.records, start)),
        quarterly=quarterly,
        periods=periods,
        totals=totals,
        courses=_courses(archive.tags.values(), periods, totals),
        months=months,
        monthly=not is_long,
        stretches=_by_year(months, start) if is_long else tuple(month for month in months if month.first >= start),
        sizes=_sizes(archive.kinds.get("model", ())),
        mentioned=_most_mentioned(archive.records, mentioned_by),
    )


def _months(archive: Archive) -> tuple[Stretch, ...]:
    """Return all months from the first with entries to the last, those without any too."""
    places = {kind: place for place, kind in enumerate(archive.kinds)}
    kinds: dict[tuple[int, int], list[int]] = {}
    words: Counter[tuple[int, int]] = Counter()
    for day in archive.days:
        month = (day.date.year, day.date.month)
        counts = kinds.setdefault(month, [0] * len(places))
        for record in day.records:
            counts[places[record.card.kind]] += 1
            words[month] += record.card.words
    none = (0,) * len(places)
    every = months_of(archive.days[0].date, archive.days[-1].date)
    return tuple(
        Stretch(first, tuple(kinds.get((first.year, first.month), none)), words[first.year, first.month])
        for first in every
    )


def months_of(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first dates of all months from the month of `first` to that of `last`."""
    months = (divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(_months_between(first, last) + 1))
    return [dt.date(year, month + 1, 1) for year, month in months]


def _months_between(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def start_of_charts(months: Sequence[tuple[dt.date, int]]) -> dt.date:
    """Return the first month of charts over time: the first of all, or January once the first years hold too little.

    `months` are first dates of months with the number of their entries, in order. Months without entries may be absent.
    """
    least = sum(count for _, count in months) * EARLY_SHARE
    start, early = months[0][0], 0
    for month, count in months:
        if early and month.year > start.year:
            start = dt.date(month.year, 1, 1)
        early += count
        if early >= least:
            break
    return start


def _by_year(months: Iterable[Stretch], start: dt.date) -> tuple[Stretch, ...]:
    years: dict[int, Stretch] = {}
    for month in months:
        if month.first < start:
            continue
        year = years.get(month.first.year)
        kinds = tuple(map(sum, zip(year.kinds, month.kinds, strict=True))) if year else month.kinds
        words = month.words + (year.words if year else 0)
        years[month.first.year] = Stretch(dt.date(month.first.year, 1, 1), kinds, words)
    return tuple(years.values())


def _periods(start: dt.date, last: dt.date) -> tuple[bool, tuple[dt.date, ...]]:
    """Return the first dates of the quarters or, of more than `MOST_PERIODS`, of the years; True comes with quarters."""
    first = start.year * 4 + (start.month - 1) // 3
    quarters = range(first, last.year * 4 + (last.month - 1) // 3 + 1)
    if len(quarters) <= MOST_PERIODS:
        return True, tuple(dt.date(quarter // 4, quarter % 4 * 3 + 1, 1) for quarter in quarters)
    return False, tuple(dt.date(year, 1, 1) for year in range(start.year, last.year + 1))


def _count(periods: Sequence[dt.date], dates: Iterable[dt.date]) -> tuple[int, ...]:
    """Count dates in each period; dates before the first period are left out."""
    counts = Counter(bisect_right(periods, date) - 1 for date in dates)
    return tuple(counts[place] for place in range(len(periods)))


def _courses(tags: Iterable[TagPage], periods: Sequence[dt.date], totals: Sequence[int]) -> tuple[Course, ...]:
    frequent = [tag for tag in tags if len(tag.records) >= LEAST_IN_COURSE]
    if len(periods) < LEAST_PERIODS or len(frequent) < LEAST_COURSES:
        return ()
    busy = sorted(frequent, key=lambda tag: (-len(tag.records), tag.name.key))
    courses = [
        Course(tag.name, _count(periods, (record.date for record in tag.records)), len(tag.records))
        for tag in busy[:COURSES]
    ]
    return tuple(sorted(courses, key=lambda course: (_centre(smooth_shares(course.counts, totals)), course.tag.key)))


def smooth_shares(counts: Sequence[int], totals: Sequence[int]) -> tuple[float, ...]:
    """Return the share of counts in totals for each period, 0 to 1, in which the neighbouring periods count half.

    A period without entries takes the share of its neighbours, and 0 if these have none either.
    """
    weighted = zip(_spread(counts), _spread(totals), strict=True)
    return tuple(count / total if total else 0.0 for count, total in weighted)


def _spread(counts: Sequence[int]) -> list[int]:
    around = [0, *counts, 0]
    return [around[n - 1] + 2 * around[n] + around[n + 1] for n in range(1, len(counts) + 1)]


def _centre(shares: Sequence[float]) -> float:
    """Return the centre of gravity of shares, as a place in their list."""
    return sum(place * share for place, share in enumerate(shares)) / (sum(shares) or 1)


def _longest_run(dates: Sequence[dt.date]) -> int:
    longest = run = 0
    before = None
    for date in dates:
        run = run + 1 if before and (date - before).days == 1 else 1
        longest, before = max(longest, run), date
    return longest


def _tags_of_years(records: Iterable[Record], start: dt.date) -> Iterator[YearTag]:
    years: dict[int, Counter[TagName]] = {}
    for record in records:
        if record.date >= start:
            years.setdefault(record.date.year, Counter()).update(record.tags)
    for year, counts in years.items():
        tag, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0].key), default=(None, 0))
        if tag and count >= LEAST_FOR_YEAR:
            yield YearTag(year, tag, count)


def _sizes(models: Sequence[Record]) -> tuple[tuple[Record, tuple[float, ...]], ...]:
    sizes = [(record, sizes_of(record)) for record in models]
    return tuple([(record, numbers) for record, numbers in sizes if numbers][:SIZES][::-1])


def sizes_of(record: Record) -> tuple[float, ...]:
    """Return the numbers of parameters that an entry about a model names; a product such as `8×7B` is none."""
    fact = fact_of(record.card, "parameters")
    return numbers_of(fact) if fact else ()


def _most_mentioned(
    records: Iterable[Record], mentioned_by: Mapping[str, Sequence[Record]]
) -> tuple[tuple[Record, int], ...]:
    counts = [(record, len(mentioned_by.get(record.id, ()))) for record in records]
    most = sorted((pair for pair in counts if pair[1] >= LEAST_MENTIONS), key=lambda pair: (-pair[1], pair[0].id))
    return tuple(most[:MENTIONED]) if len(most) >= LEAST_MENTIONED else ()


MONTH_COUNT = 12
RISING = 6
RECENT = 91
"""The days of the newest quarter of a year, whose entries a tag on the rise has more of than before."""
LEAST_RECENT = 3
LEAST_RISING = 3
"""Tags on the rise that a list of them needs."""


class Rising(Struct, frozen=True):
    """A tag on the rise: its entries in each of the last twelve months, oldest first, and in all of them."""

    tag: TagName
    months: tuple[int, ...]
    total: int


def find_rising(records: Iterable[Record], last: dt.date) -> tuple[Rising, ...]:
    """Return the tags that the newest quarter of a year, up to `last`, has more of than the other three let expect.

    `records` are entries of the year before `last`. A tag rises by the entries that it has beyond the expected number, as a
    multiple of the deviation that chance alone would give (the square root of that number).
    """
    months: dict[TagName, list[int]] = {}
    recent: Counter[TagName] = Counter()
    for record in records:
        place = MONTH_COUNT - 1 - _months_between(record.date, last)
        if place < 0:
            continue
        is_recent = (last - record.date).days < RECENT
        for tag in record.tags:
            months.setdefault(tag, [0] * MONTH_COUNT)[place] += 1
            recent[tag] += is_recent
    rising = []
    for tag, counts in months.items():
        total = sum(counts)
        expected = (total - recent[tag]) / 3
        rise = (recent[tag] - expected) / (expected + 1) ** 0.5
        if recent[tag] >= LEAST_RECENT and rise > 1:
            rising.append((-rise, tag.key, Rising(tag, tuple(counts), total)))
    return tuple(tag for _, _, tag in sorted(rising)[:RISING])
