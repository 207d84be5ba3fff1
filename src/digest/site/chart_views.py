"""The structs of charts that the views of several page types share. Like those of `views`, they are complete."""

from msgspec import Struct

from .plots import Column, Tick


class Strip(Struct, frozen=True):
    """A year's dates as one picture: for each level, the path of its dates; `ticks` name its months."""

    paths: tuple[tuple[int, str], ...]
    ticks: tuple[Tick, ...]


class MatrixYear(Struct, frozen=True):
    """A year in a matrix: its number of entries and, for each column, the month's count, level and address.

    Addresses are empty without entries.
    """

    year: int
    url: str
    months: tuple[tuple[int, int, str], ...]
    total: int


class Matrix(Struct, frozen=True):
    """Entries per month, a row for each year with entries, newest first, and a column for each of the months `numbers`.

    `levels` explains the levels from 1 to 4: each with the least and the greatest number of entries in a month.
    """

    numbers: tuple[int, ...]
    years: tuple[MatrixYear, ...]
    levels: tuple[tuple[int, int, int], ...]


class Bar(Struct, frozen=True):
    """A month or a year in a chart of columns, with its address or, without entries, none. `title` says what it shows.

    `columns` are the parts of its column by their class, and `counts` the number in each part.
    """

    url: str
    label: str
    title: str
    columns: tuple[tuple[str, Column], ...]
    counts: tuple[int, ...]


class Shares(Struct, frozen=True):
    """A tag's share of all entries by quarter: the paths of its curve and of the area under it, and a row for each quarter.

    `x` and `width` place the curve under the columns of months, in per cent. `rows` are (quarter, entries, share), and `highest` is
    the row with the highest share.
    """

    line: str
    area: str
    length: int
    x: float
    width: float
    rows: tuple[tuple[str, int, str], ...]
    highest: tuple[str, int, str]


class Timeline(Struct, frozen=True):
    """The months of a tag's or a kind's entries, or their years if there are too many months: columns over `ticks`.

    Their addresses, and those in the `matrix` of the same numbers, lead to the first entry of the period in the list. `shares` is
    None if it has too little to say.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    monthly: bool
    matrix: Matrix
    shares: Shares | None = None
