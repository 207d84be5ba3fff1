"""Archive -> which entry refers to which: arXiv ids and wikilinks in texts, resolved to entries.

A reference becomes a link only if the match is certain: the arXiv id of an entry's own link, the name of a note file, or a
title that only one entry has.
"""

import datetime as dt
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from msgspec import Struct

from ..model import Reference
from .archive import Archive, Record


class References(Struct, frozen=True):
    """The references between entries. The keys of the mappings are entry ids; an entry without references is not in them.

    `targets` pairs each resolved reference of an entry with its target: another entry, or a date if it names a day.
    `mentions` are the distinct entries among the targets, in order of mention. `mentioned_by` is the inverse, newest first.
    `same` are the other entries about the same work, oldest first. `broken` are the wikilinks without a target.
    """

    targets: Mapping[str, tuple[tuple[Reference, Record | dt.date], ...]]
    mentions: Mapping[str, tuple[Record, ...]]
    mentioned_by: Mapping[str, tuple[Record, ...]]
    same: Mapping[str, tuple[Record, ...]]
    broken: tuple[tuple[Record, Reference], ...]


def find_references(archive: Archive) -> References:
    """Resolve every reference of every entry, note and page."""
    records = (*archive.pages, *archive.undated, *archive.records)
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
    """Return a name in the form in which wikilinks and files are compared: without folder and extension, case-folded."""
    name = unicodedata.normalize("NFC", target).strip().rpartition("/")[2]
    for ending in (".md", ".markdown", ".txt"):
        name = name.removesuffix(ending)
    return name.casefold()


def _paper(reference: Reference) -> str:
    return f"arxiv:{reference.target}"


def _names(link: Reference) -> tuple[str, str]:
    """Return the two readings of a wikilink: a title, which may contain a slash, and the name of a file."""
    return unicodedata.normalize("NFC", link.target).strip().casefold(), _compared(link.target)


def _by_subject(records: Sequence[Record], wanted: Set[str]) -> dict[str, list[Record]]:
    """Group entries by subject. Subjects of only one entry are left out unless they are `wanted`."""
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
    """Map the `wanted` names to their targets. A name is that of a file, a title that only one entry has, or a date.

    The name of a file with one entry means that entry. The name of a file with several means the day of the first one.
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
        names[_file_name(path)] = named[0] if len(named) == 1 or not named[0].card.date else named[0].date
    return names
