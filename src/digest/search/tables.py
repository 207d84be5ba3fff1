"""Write the tables of documents: their days and places, and the kinds and tags that they have."""

from collections.abc import Sequence

from msgspec import Struct

from .coding import NamedFile, gaps, name_file, number, text


class Row(Struct, frozen=True, array_like=True):
    """A document in the tables. `digest` is the hash of its content, `check` the checksum in the name of its fragment."""

    date: str
    id: str
    digest: bytes
    kind: str
    tags: tuple[tuple[str, str], ...]
    check: str


def fragment_path(row: Row, place: int) -> str:
    """Return the path of a document's fragment: `f/20240319-0-a7.bin`. Without a date, the day is 0."""
    return f"f/{row.date.replace('-', '') or 0}-{place}-{row.check}.bin"


def split_rows(rows: Sequence[Row], older: int) -> list[Sequence[Row]]:
    """Return the rows of the older and of the newer notes, or of all if none are older."""
    return [rows[:older], rows[older:]] if older else [rows]


def table_files(place: int, rows: Sequence[Row]) -> tuple[NamedFile, NamedFile]:
    """Return the table of days and the table of groups of these documents."""
    count = number(len(rows))
    checks = "".join([row.check for row in rows]).encode()
    return (
        name_file(f"n{place}", b"n", [count + _days(rows), checks]),
        name_file(f"g{place}", b"g", [count + _groups(rows)]),
    )


def _days(rows: Sequence[Row]) -> bytes:
    """Encode the days, each as the difference to the day before as `20240319` and its number of documents."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.date] = counts.get(row.date, 0) + 1
    out = [number(len(counts))]
    before = 0
    for date, count in counts.items():
        day = int(date.replace("-", "") or 0)
        out += (number(day - before), number(count))
        before = day
    return b"".join(out)


def _groups(rows: Sequence[Row]) -> bytes:
    """Encode the kinds and the tags, each with its documents."""
    kinds: dict[str, list[int]] = {}
    labels: dict[str, str] = {}
    tagged: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        kinds.setdefault(row.kind, []).append(index)
        for key, label in row.tags:
            labels.setdefault(key, label)
            members = tagged.setdefault(key, [])
            if not members or members[-1] != index:
                members.append(index)
    out = [number(len(kinds))]
    for kind in sorted(kinds):
        out += (text(kind), gaps(kinds[kind]))
    out.append(number(len(tagged)))
    for key in sorted(tagged):
        out += (text(key), text(labels[key]), gaps(tagged[key]))
    return b"".join(out)
