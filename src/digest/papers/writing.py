"""The text of papers.yaml and new records -> the text with them; every other line stays as it is.

A new record goes before the first one with a greater id, so that a file in order stays in order. A known record gets only the
fields that it lacks, and what its author changed stays. Each text is in double quotes as in JSON, which is YAML.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import structs

from .parsing import FIELDS, INDENT, Record, read_record, split_records
from .record import Paper

HEADER = (
    "# Papers that `digest enrich` found on arXiv. Builds read this file and ask nobody.",
    "# Keep it in version control. You may edit, remove and comment on records: no run changes a field that is there.",
    "",
)
"""The first lines of a new file."""
_PLAIN = frozenset({"published", "found"})


def format_paper(paper: Paper) -> list[str]:
    """Return the lines of a record."""
    version = f"v{paper.version}" if paper.version else ""
    return [f"{_quote(paper.id + version)}:", *_format_fields(paper, FIELDS)]


def _format_fields(paper: Paper, names: Iterable[str], indent: int = INDENT) -> list[str]:
    return [f"{' ' * indent}{name}: {_format_value(name, value)}" for name in names if (value := getattr(paper, name))]


def _format_value(name: str, value: object) -> str:
    if name in _PLAIN:
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(value if name == 'categories' else map(_quote, value))}]"
    return _quote(str(value))


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def add_papers(text: str, papers: Iterable[Paper]) -> str:
    """Return the text of papers.yaml with further records, or with further fields of known records.

    `text` is empty if there is no file. Its line ends stay as they are. Records of `text` that cannot be read stay too.
    """
    fresh = sorted(papers, key=lambda paper: paper.id)
    if not fresh:
        return text
    raw = _lines_of(text) if text.strip() else [*HEADER]
    lines = [line.removesuffix("\r") for line in raw]
    end = "\r\n" if len(lines[0]) < len(raw[0]) else "\n"
    records = [read_record(chunk) for chunk in split_records("\n".join(lines))]
    starts = [_start_of(lines, record.chunk.line) for record in records]
    ends_of = [_end_of(lines, start) for start in (*starts[1:], len(lines))]
    known = {record.paper.id: place for place, record in reversed([*enumerate(records)]) if record.paper}
    # A record that is out of order, or that cannot be read, counts as the one before it.
    order = [*accumulate((record.paper.id if record.paper else "" for record in records), max)]
    added: dict[int, list[str]] = {}
    replaced: dict[int, int] = {}
    for paper in fresh:
        if (at := known.get(paper.id)) is None:
            place = bisect_left(order, paper.id)
            line = starts[place] if place < len(starts) else len(lines)
            added.setdefault(line, []).extend(format_paper(paper))
        elif indent := records[at].indent:
            missing = [name for name in FIELDS if name not in records[at].names]
            added.setdefault(ends_of[at], [])[:0] = _format_fields(paper, missing, indent)
        else:
            line = records[at].chunk.line
            added.setdefault(line, []).extend(format_paper(_lay_over(records[at], paper)))
            replaced[line] = ends_of[at]
    written: list[str] = []
    at = 0
    while at <= len(raw):
        written += [line + end for line in added.get(at, ())]
        if at in replaced:
            at = replaced[at]
        else:
            written += [f"{line}\n" for line in raw[at : at + 1]]
            at += 1
    return "".join(written)


def _lines_of(text: str) -> list[str]:
    """Return the lines of a text without the blank ones at its end; a line may end in a carriage return."""
    lines = text.split("\n")
    if lines[-1] and lines[0].endswith("\r") and not lines[-1].endswith("\r"):
        lines[-1] += "\r"
    while not lines[-1].strip():
        lines.pop()
    return lines


def _lay_over(record: Record, paper: Paper) -> Paper:
    """Return a paper with the fields that its record has."""
    return structs.replace(paper, **{name: getattr(record.paper, name) for name in record.names})


def _start_of(lines: Sequence[str], line: int) -> int:
    """Return where a record begins with the comments right above it. Those at the top of the file belong to the file."""
    start = line
    while start and lines[start - 1].startswith("#"):
        start -= 1
    return start or line


def _end_of(lines: Sequence[str], following: int) -> int:
    """Return where a record ends, without the blank lines before the one that follows."""
    end = following
    while end and not lines[end - 1].strip():
        end -= 1
    return end
