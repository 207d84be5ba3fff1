"""Archive -> who refers to whom: arXiv ids and wikilinks found in texts, led to the entries they mean.

A link is made only where the match is certain: the arXiv id of an entry's own link, the name of a note's file, or a
title that one entry alone has.
"""

import datetime as dt
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from msgspec import Struct

from ..model import Reference
from .archive import Archive, Record


class References(Struct, frozen=True):
    """What refers to what, by entry id; entries without any are absent.

    `targets` are what an entry's references resolve to: an entry, or the date of a day file. `mentions` are the
    distinct entries among them in order, `mentioned_by` the entries that mention one, newest first. `same` are other
    entries about the same work, oldest first. `broken` are wikilinks that lead nowhere.
    """

    targets: Mapping[str, tuple[tuple[Reference, Record | dt.date], ...]]
    mentions: Mapping[str, tuple[Record, ...]]
    mentioned_by: Mapping[str, tuple[Record, ...]]
    same: Mapping[str, tuple[Record, ...]]
    broken: tuple[tuple[Record, Reference], ...]


def find_references(archive: Archive) -> References:
    """Resolve every reference of every entry, and of every note without a date."""
    records = (*archive.undated, *archive.records)
    referring = [record for record in records if record.card.references]
    wanted = {reference for record in referring for reference in record.card.references}
    subjects = _by_subject(records, {_paper(reference) for reference in wanted if reference.kind == "arxiv"})
    links = (reference for reference in wanted if reference.kind == "note")
    notes = _by_name(records, {name for link in links for name in _names(link)})

    def end_of(reference: Reference) -> Record | dt.date | None:
        if reference.kind == "arxiv":
            return subjects.get(_paper(reference), (None,))[0]
        if reference.kind == "file":
            return None
        return next((notes[name] for name in _names(reference) if name in notes), None)

    ends = {reference: end_of(reference) for reference in wanted}
    targets: dict[str, tuple[tuple[Reference, Record | dt.date], ...]] = {}
    mentions: dict[str, tuple[Record, ...]] = {}
    mentioned_by: dict[str, dict[str, Record]] = defaultdict(dict)
    broken: list[tuple[Record, Reference]] = []
    for record in referring:
        found: dict[Reference, Record | dt.date] = {}
        for reference in record.card.references:
            if (end := ends[reference]) is not None:
                found[reference] = end
            elif reference.kind == "note" and reference.target:
                broken.append((record, reference))
        if not found:
            continue
        targets[record.id] = tuple(found.items())
        others = {other.id: other for other in found.values() if isinstance(other, Record) and other is not record}
        if others:
            mentions[record.id] = tuple(others.values())
        for other in others.values():
            mentioned_by[other.id][record.id] = record
    return References(
        targets=targets,
        mentions=mentions,
        mentioned_by={key: tuple(reversed(records.values())) for key, records in mentioned_by.items()},
        same=_same(subjects),
        broken=tuple(broken),
    )


def _file_name(path: str) -> str:
    return _compared(path.rpartition(".")[0])


def _compared(target: str) -> str:
    """Return what a wikilink and a note's file are compared by: no folder, no ending, one case."""
    name = unicodedata.normalize("NFC", target).strip().rpartition("/")[2]
    for ending in (".md", ".markdown", ".txt"):
        name = name.removesuffix(ending)
    return name.casefold()


def _paper(reference: Reference) -> str:
    return f"arxiv:{reference.target}"


def _names(link: Reference) -> tuple[str, str]:
    """Return what a wikilink may mean: a title, in which there may be a slash, or else a file."""
    return unicodedata.normalize("NFC", link.target).strip().casefold(), _compared(link.target)


def _by_subject(records: Sequence[Record], wanted: Set[str]) -> dict[str, list[Record]]:
    """Group entries by the work they are about, where that work is `wanted` or has several."""
    counts = Counter([record.subject for record in records])
    subjects: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.subject and (counts[record.subject] > 1 or record.subject in wanted):
            subjects[record.subject].append(record)
    return subjects


def _same(subjects: Mapping[str, list[Record]]) -> dict[str, tuple[Record, ...]]:
    return {
        record.id: tuple(other for other in records if other is not record)
        for records in subjects.values()
        if len(records) > 1
        for record in records
    }


def _by_name(records: Sequence[Record], wanted: Set[str]) -> dict[str, Record | dt.date]:
    """Map file names, titles that one entry alone has, and dates to what they name; only those that are `wanted`.

    A file of one entry names the entry, a file of several the day that it begins.
    """
    if not wanted:
        return {}
    files: dict[str, list[Record]] = defaultdict(list)
    titles: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        title, path = record.card.title, record.card.source.path
        if (name := unicodedata.normalize("NFC", title).casefold()) in wanted:
            titles[name].append(record)
        if _file_name(path) in wanted:
            files[path].append(record)
    dates = {record.card.date for record in records if record.card.date}
    names: dict[str, Record | dt.date] = {day: date for date in dates if (day := date.isoformat()) in wanted}
    names |= {title: named[0] for title, named in titles.items() if len(named) == 1}
    for path, named in files.items():
        names[_file_name(path)] = named[0] if len(named) == 1 else named[0].date
    return names
