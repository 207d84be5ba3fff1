"""Entries -> the text of a day file, for tests that print what they then parse."""

from collections.abc import Iterable
from itertools import groupby

from digest.model import Entry


def print_day_file(entries: Iterable[Entry]) -> str:
    """Write entries as their author would; they must hold nothing that a day file cannot say."""
    lines = []
    for date, of_day in groupby(entries, key=lambda entry: entry.date):
        lines.append(f"{date.year}년 {date.month}월 {date.day}일")
        for entry in of_day:
            lines.append(entry.title)
            lines += [entry.link] if entry.link else []
            lines += [f"({', '.join(entry.authors)})"] if entry.authors else []
            lines += [part for part in (entry.abstract, entry.commentary) if part]
            lines.append(" ".join(f"#{tag.label}" for tag in entry.tags))
    return "".join(line + "\n" for line in lines)
