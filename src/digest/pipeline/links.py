"""Links that lead nowhere, or elsewhere than their author may think -> diagnostics at their line and column.

Only notes with such a link are read, each once.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import unescape
from itertools import chain
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from ..archive.archive import Archive, Record
from ..archive.names import parts_of
from ..archive.references import LinkProblem, References
from ..diagnostics import Diagnostic
from ..model import NoteFile, Reference
from ..notes.discover import read_note
from ..notes.fences import CodeSpans, split_raw
from ..text.anchors import anchor_of
from ..text.targets import local_reference, wikilink_reference

CANDIDATES_NAMED = 4

_LINK = re.compile(
    r"""(?P<wikilink>!?\[\[)(?P<name>[^\[\]|\n]+)"""
    r"""|\]\([^\S\n]*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))+))"""
    r"""|\b(?:src|href)=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'>]+))"""
    r"""|^[ ]{0,3}\[[^\]\n]+\]:[^\S\n]*<?(?P<defined>[^\s>]+)"""
)
_TICKS = re.compile("`+")
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

Key = tuple[str, str, str]


class _Place(Struct, frozen=True):
    """A link in a note file: where it begins, and how it is written."""

    line: int
    column: int
    written: str
    is_wikilink: bool


_line_of: Callable[[_Place], int] = attrgetter("line")


def diagnose_links(folder: Path, archive: Archive, references: References) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each place of each link with a problem."""
    by_note: dict[str, list[LinkProblem]] = defaultdict(list)
    for problem in chain(references.problems, _missing_headings(archive, references)):
        by_note[problem.record.card.source.path].append(problem)
    for path, problems in by_note.items():
        note = read_note(folder, path)
        places = _find_places(note.text) if isinstance(note, NoteFile) else {}
        for problem in problems:
            yield from _diagnose(problem, places)


def _missing_headings(archive: Archive, references: References) -> Iterator[LinkProblem]:
    """Yield the references that lead to a note, but to no heading or block of it."""
    anchors: dict[str, frozenset[str]] = {}
    for record in chain(archive.pages, archive.undated, archive.records):
        parts = [(each, parts_of(each)[1]) for each in record.card.references if each.kind == "note"]
        ends = dict(references.targets.get(record.id, ())) if parts else {}
        for reference, part in parts:
            if not part:
                continue
            end = ends.get(reference) if reference.target else record
            if end is None or reference in references.whole:
                continue
            if isinstance(end, Record):
                if end.id not in anchors:
                    anchors[end.id] = frozenset(end.card.anchors)
                if anchor_of(part) in anchors[end.id]:
                    continue
            yield LinkProblem(record, reference, "missing-heading", linked=True)


def _diagnose(problem: LinkProblem, places: dict[Key, list[_Place]]) -> Iterator[Diagnostic]:
    source = problem.record.card.source
    same = places.get(_key(problem.reference), [])
    start = bisect_left(same, source.first_line, key=_line_of)
    written = same[start : bisect_right(same, source.last_line, start, key=_line_of)]
    for place in written or [_Place(source.first_line, 0, _written(problem.reference), is_wikilink=True)]:
        code = problem.code
        if code == "broken-wikilink" and not place.is_wikilink:
            code = "missing-note"
        message, hint = _words(problem, place.written)
        yield Diagnostic(source.path, place.line, place.column, code, message, hint)


def _words(problem: LinkProblem, written: str) -> tuple[str, str]:
    """Return the sentence and the hint of a problem."""
    match problem.code:
        case "draft-link":
            return f"`{written}` leads to a draft, which is not on the site", "publish the draft, or take the link out"
        case "ambiguous-link":
            named = [f"`{candidate}`" for candidate in problem.candidates[:CANDIDATES_NAMED]]
            more = len(problem.candidates) - len(named)
            listed = ", ".join(named) + (f" and {more} more" if more else "")
            outcome = "the nearest is taken" if problem.linked else "none is taken"
            return f"`{written}` may mean {listed}; {outcome}", "write a part of the path before the name"
        case "missing-heading":
            return (
                f"`{written}` names a heading or block that is not there",
                "write the heading as it is, or leave it out",
            )
        case "missing-file":
            hint = f"did you mean `{problem.candidates[0]}`?" if problem.candidates else "put the file beside the note"
            return f"there is no file `{problem.reference.target}`", hint
        case "outside-file":
            hint = "put a copy of the file beside the note"
            return f"`{problem.reference.target}` leads out of the project, where no file is read", hint
        case "refused-file":
            hint = "link to a place where it is published, or put it in the public folder"
            return f"`{problem.reference.target}` is not copied, since browsers or systems run such files", hint
        case "unreadable-file":
            hint = "save the file anew"
            return f"`{problem.reference.target}` cannot be read, or its metadata cannot be taken out", hint
    hint = "write the name of the note's file, or a title that one entry alone has"
    return f"`{written}` leads to no note", hint


def _find_places(text: str) -> dict[Key, list[_Place]]:
    """Find all links of a note to notes and files, outside code, by what they refer to."""
    places: dict[Key, list[_Place]] = defaultdict(list)
    fence = ""
    for number, line in enumerate(split_raw(text), start=1):
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
            continue
        if fence or not ("[" in line or "=" in line):
            continue
        if "`" in line:
            line = _blank_code(line)
        for link in _LINK.finditer(line):
            reference = _reference_of(link)
            if reference:
                is_wikilink = bool(link["wikilink"])
                written = f"[[{link['name']}]]" if is_wikilink else _destination(link)
                start = line.index("[[" if is_wikilink else written, link.start())
                places[_key(reference)].append(_Place(number, start + 1, written, is_wikilink))
    return places


def _blank_code(line: str) -> str:
    """Replace the inline code of a line with spaces, so that columns stay."""
    spans, parts, place = CodeSpans(line), list[str](), 0
    while ticks := _TICKS.search(line, place):
        end = spans.close(ticks.start(), ticks.end())
        parts += [line[place : ticks.start()], " " * (end - ticks.start()) if end else ticks[0]]
        place = end or ticks.end()
    return "".join([*parts, line[place:]])


def _destination(link: re.Match[str]) -> str:
    return next((link[name] for name in ("angled", "plain", "double", "single", "bare", "defined") if link[name]), "")


def _reference_of(link: re.Match[str]) -> Reference | None:
    if link["wikilink"]:
        return wikilink_reference(link["name"])
    return local_reference(unescape(_ESCAPE.sub(r"\1", _destination(link))))


def _key(reference: Reference) -> Key:
    """Return what references are compared by; the part of a file is no part of what is looked for."""
    target, part = (reference.target, "") if reference.kind == "file" else parts_of(reference)
    return reference.kind, unicodedata.normalize("NFC", target), unicodedata.normalize("NFC", part)


def _written(reference: Reference) -> str:
    part = f"#{reference.part}" if reference.part else ""
    return reference.target if reference.kind == "file" else f"[[{reference.target}{part}]]"
