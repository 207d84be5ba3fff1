"""Links that lead nowhere, or elsewhere than their author may think -> diagnostics at their line and column.

Only notes with such a link are read, each once.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path

from msgspec import structs

from ..archive.archive import Archive, Record
from ..archive.names import parts_of
from ..archive.references import LinkProblem, References, SiteFile, SitePage, Target
from ..diagnostics import Diagnostic
from ..model import NoteFile, Reference
from ..nearest import find_similar
from ..notes.discover import read_note
from ..site import routes
from ..site.anchors import find_anchor
from ..text.anchors import anchor_of
from ..urls import is_matched
from .addresses import Addresses
from .places import Key, Place, find_places, key_of

CANDIDATES_NAMED = 4
HINTED = 20
"""Broken links of each sort for which a similar name is looked for at most."""

_line_of: Callable[[Place], int] = attrgetter("line")


def diagnose_links(
    folder: Path, archive: Archive, references: References, addresses: Addresses, ignored: Sequence[str] = ()
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each place of each link with a problem.

    No problem is made of an absolute address that matches one of the patterns `ignored`.
    """
    found = [
        problem
        for problem in chain(references.problems, _missing_headings(archive, references))
        if problem.reference.kind != "address" or not is_matched(problem.reference.target, ignored)
    ]
    by_note: dict[str, list[LinkProblem]] = defaultdict(list)
    for problem in _suggest(map(_name_precisely, found), archive, addresses) if found else ():
        by_note[problem.record.card.source.path].append(problem)
    for path, problems in by_note.items():
        note = read_note(folder, path)
        places = find_places(note.text, addresses.base_url) if isinstance(note, NoteFile) else {}
        for problem in problems:
            yield from _diagnose(problem, places)


def _missing_headings(archive: Archive, references: References) -> Iterator[LinkProblem]:
    """Yield the references that lead to a note or a page, but to no heading, block or entry of it."""
    known: dict[str, frozenset[str]] = {}
    hinted: dict[tuple[str, str], tuple[str, ...]] = {}
    for record in chain(archive.pages, archive.undated, archive.records):
        parts = [(each, parts_of(each)[1]) for each in record.card.references if each.kind in ("note", "address")]
        ends = dict(references.targets.get(record.id, ())) if parts else {}
        for reference, part in parts:
            if not part:
                continue
            end = ends.get(reference) if reference.target else record
            if end is None or reference in references.whole:
                continue
            if isinstance(end, Record) and end.id not in known:
                known[end.id] = frozenset(end.card.anchors)
            if _has_part(end, structs.replace(reference, part=part), known):
                continue
            similar: tuple[str, ...] = ()
            if isinstance(end, Record) and ((end.id, part) in hinted or len(hinted) < HINTED):
                similar = hinted.setdefault((end.id, part), _similar_anchor(end, part))
            elif isinstance(end, dt.date) and ((end.isoformat(), part) in hinted or len(hinted) < HINTED):
                similar = hinted.setdefault((end.isoformat(), part), _titles_of(end, part, archive))
            yield LinkProblem(record, reference, "missing-heading", similar, linked=True)


def _has_part(end: Target, reference: Reference, known: Mapping[str, frozenset[str]]) -> bool:
    """Return True if the place that a reference leads to has the part that the reference names.

    `known` are the ids in the texts of entries, by the entry's id.
    """
    match end:
        case Record():
            return bool(find_anchor(known[end.id], reference))
        case SitePage():
            return bool(end.part)
    return isinstance(end, SiteFile)


def _similar_anchor(end: Record, part: str) -> tuple[str, ...]:
    wanted = anchor_of(part)
    similar = find_similar([wanted], end.card.anchors).get(wanted)
    return (f"#{similar}",) if similar else ()


def _titles_of(day: dt.date, part: str, archive: Archive) -> tuple[str, ...]:
    """Return the titles of a day's entries as parts of a link, or the one that is like the part."""
    titles = [record.card.title for record in archive.records if record.card.date == day]
    similar = find_similar([part], titles).get(part)
    return tuple(f"#{title}" for title in ([similar] if similar else titles))


def _name_precisely(problem: LinkProblem) -> LinkProblem:
    """Give a broken link to an address of the site, which might be the path of a note, the code of an address."""
    reference = problem.reference
    if problem.code == "broken-wikilink" and reference.target.startswith("/") and not reference.target.endswith(".md"):
        return structs.replace(problem, code="missing-page")
    return problem


def _suggest(problems: Iterator[LinkProblem], archive: Archive, addresses: Addresses) -> Iterator[LinkProblem]:
    """Yield problems, broken links among them with the most similar name or address, if there is one."""
    found = tuple(problems)
    names = dict.fromkeys(_name_in(p.reference) for p in found if p.code == "broken-wikilink")
    pages = {p.reference.target: addresses.path_of(p.reference.target) for p in found if p.code == "missing-page"}
    records = (*archive.pages, *archive.undated, *archive.records) if names or pages else ()
    near_names = find_similar(tuple(names)[:HINTED], chain.from_iterable(map(_names_of, records)))
    near_pages = find_similar(
        tuple(dict.fromkeys(pages.values()))[:HINTED],
        chain(map(routes.path_of, records), addresses.lasting() if pages else ()),
        key=_last_step,
    )
    for problem in found:
        target = problem.reference.target
        near = None
        if problem.code == "broken-wikilink":
            near = near_names.get(_name_in(problem.reference))
        elif problem.code == "missing-page" and (path := near_pages.get(pages[target])) is not None:
            near = f"/{path}" if target.startswith("/") else f"{addresses.base_url}{path}"
        yield structs.replace(problem, candidates=(near,)) if near else problem


def _name_in(reference: Reference) -> str:
    """Return the name of a note in a reference, without folders and ending."""
    name = _last_step(parts_of(reference)[0])
    return name.removesuffix(".md")


def _names_of(record: Record) -> Iterator[str]:
    """Yield an entry's title and the name of its file, unless it is the same."""
    title, path = record.card.title, record.card.source.path
    yield title
    name = path[path.rfind("/") + 1 : path.rfind(".")]
    if name != title:
        yield name


def _last_step(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _diagnose(problem: LinkProblem, places: Mapping[Key, list[Place]]) -> Iterator[Diagnostic]:
    source = problem.record.card.source
    same = places.get(key_of(problem.reference), [])
    start = bisect_left(same, source.first_line, key=_line_of)
    written = same[start : bisect_right(same, source.last_line, start, key=_line_of)]
    for place in written or [Place(source.first_line, 0, _written(problem.reference), is_wikilink=True)]:
        code = problem.code
        if code == "broken-wikilink" and not place.is_wikilink:
            code = "missing-note"
        message, hint = _words(problem, place.written)
        yield Diagnostic(source.path, place.line, place.column, code, message, hint)


def _words(problem: LinkProblem, written: str) -> tuple[str, str]:
    """Return the sentence and the hint of a problem."""
    similar = f"did you mean `{problem.candidates[0]}`?" if problem.candidates else ""
    match problem.code:
        case "draft-link" if problem.linked:
            message = f"`{written}` is the name of a draft too, and leads to the note that is on the site"
            return message, "write a part of the path before the name"
        case "draft-link":
            return f"`{written}` leads to a draft, which is not on the site", "publish the draft, or take the link out"
        case "former-name":
            title = problem.candidates[0]
            message = f"`{written}` is a former name of `{title}`, and leads there"
            return message, "write the new title, so that the link needs no memory of the old one"
        case "ambiguous-link":
            named = [f"`{candidate}`" for candidate in problem.candidates[:CANDIDATES_NAMED]]
            more = len(problem.candidates) - len(named)
            listed = ", ".join(named) + (f" and {more} more" if more else "")
            outcome = "the nearest is taken" if problem.linked else "none is taken"
            is_one_file = len({place.rpartition(":")[0] for place in problem.candidates}) == 1
            hint = (
                "give one of these entries another title" if is_one_file else "write a part of the path before the name"
            )
            return f"`{written}` may mean {listed}; {outcome}", hint
        case "missing-page":
            return f"the site has nothing at `{written}`", similar or "look the address up on the site"
        case "missing-heading":
            message = f"`{written}` names a heading or block that is not there"
            if len(problem.candidates) > 1:
                titles = ", ".join(f"`{candidate}`" for candidate in problem.candidates[:CANDIDATES_NAMED])
                more = len(problem.candidates) - CANDIDATES_NAMED
                return message, f"the entries of that day are {titles}" + (f" and {more:,} more" if more > 0 else "")
            return message, similar or "write the heading as it is in the note, or leave it out"
        case "missing-file":
            return f"there is no file `{problem.reference.target}`", similar or "put the file beside the note"
        case "outside-file":
            hint = "put a copy of the file beside the note"
            return f"`{problem.reference.target}` leads out of the project, where no file is read", hint
        case "refused-file":
            hint = "link to a place where it is published, or put it in the public folder"
            return f"`{problem.reference.target}` is not copied, since browsers or systems run such files", hint
        case "unreadable-file":
            hint = "save the file anew"
            return f"`{problem.reference.target}` cannot be read, or its metadata cannot be taken out", hint
    hint = similar or "write the name of the note's file, or a title that one entry alone has"
    return f"`{written}` leads to no note", hint


def _written(reference: Reference) -> str:
    part = f"#{reference.part}" if reference.part else ""
    if reference.kind == "file":
        return reference.target
    return f"{reference.target}{part}" if reference.kind == "address" else f"[[{reference.target}{part}]]"
