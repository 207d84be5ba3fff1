"""Archive -> who refers to whom: arXiv ids and wikilinks found in texts, led to the entries they mean.

A link is made only where the match is certain: the arXiv id of an entry's own link, the name of a note's file, or a
title that one entry alone has.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from ..model import Reference
from .archive import Archive, Record, link_name


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
    """Resolve every reference of every entry."""
    subjects = _by_subject(archive.records)
    papers = {key: records[0] for key, records in subjects.items()}
    notes = _by_name(archive)
    targets: dict[str, tuple[tuple[Reference, Record | dt.date], ...]] = {}
    mentions: dict[str, tuple[Record, ...]] = {}
    mentioned_by: dict[str, dict[str, Record]] = defaultdict(dict)
    broken: list[tuple[Record, Reference]] = []
    for record in archive.records:
        if not record.card.references:
            continue
        found: dict[Reference, Record | dt.date] = {}
        for reference in record.card.references:
            target = (
                papers.get(f"arxiv:{reference.target}")
                if reference.kind == "arxiv"
                else notes.get(link_name(reference.target))
            )
            if target is not None:
                found[reference] = target
            elif reference.kind == "note":
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


def _by_subject(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Group entries by the work they are about; one with an arXiv id is found by its title as well."""
    subjects: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.subject:
            subjects[record.subject].append(record)
    return subjects


def _same(subjects: Mapping[str, list[Record]]) -> dict[str, tuple[Record, ...]]:
    return {
        record.id: tuple(other for other in records if other is not record)
        for records in subjects.values()
        if len(records) > 1
        for record in records
    }


def _by_name(archive: Archive) -> dict[str, Record | dt.date]:
    """Map file names, and titles that one entry alone has, to what they name.

    A file of one entry names the entry, a file of several the day that it begins.
    """
    files: dict[str, list[Record]] = defaultdict(list)
    titles: dict[str, list[Record]] = defaultdict(list)
    for record in archive.records:
        files[record.card.source.path].append(record)
        titles[record.names[0]].append(record)
    names: dict[str, Record | dt.date] = {title: records[0] for title, records in titles.items() if len(records) == 1}
    for records in files.values():
        names[records[0].names[1]] = records[0] if len(records) == 1 else records[0].card.date
    return names
