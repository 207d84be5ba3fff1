"""Archive -> who refers to whom: arXiv ids and links to notes, files and addresses found in texts, led to what they mean.

A link is made only where the match is certain, or where one of several notes of a name is nearest; then a problem says so.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property, partial

from msgspec import Struct

from ..limits import SAME_WORK
from ..model import Card, Reference
from .archive import Archive, Record
from .names import Meaning, Named, NoteNames


class SiteFile(Struct, frozen=True, array_like=True):
    """A copied file: its site path, and its size in pixels if it is an image whose size is known."""

    path: str
    width: int = 0
    height: int = 0


class SitePage(Struct, frozen=True, array_like=True):
    """A page of the site that is no entry's, such as a day's or a tag's, by its site path.

    `query` is empty or begins with `?`. `part` is the part of a link after its `#`, unless the page has no such part.
    """

    path: str
    query: str = ""
    part: str = ""


class FoundFile(Struct, frozen=True):
    """The result of a search for a file: the file, or the code of the problem, or both if the file is the nearest of several.

    `candidates` are the files of an ambiguous name, or for a missing file the one with the most similar name.
    """

    file: SiteFile | None
    code: str = ""
    candidates: tuple[str, ...] = ()


AskedFile = tuple[str, str]
"""The folder of a note, and a file as the note names it."""
FindFiles = Callable[[Sequence[AskedFile]], Mapping[AskedFile, FoundFile]]
"""A function that finds files that notes name."""
Target = Record | dt.date | SiteFile | SitePage
"""What a reference leads to: an entry, the day of a file with several, a file, or another page of the site."""
FindAddress = Callable[[Reference], Target | None]
"""A function that finds what the site has at the address that is the target of a reference."""

FindFormer = Callable[[Reference, dt.date | None], Meaning | None]
"""A function that finds the entry that once had the name in a reference, which is in an entry of a day."""


class LinkProblem(Struct, frozen=True):
    """A reference in an entry that leads nowhere, to a draft, to one of several things of one name, or by a former name.

    `code` is one of `diagnostics.CODES`; `linked` is True if the reference leads somewhere all the same. The only candidate
    of a former name is the title of today.
    """

    record: Record
    reference: Reference
    code: str
    candidates: tuple[str, ...] = ()
    linked: bool = False


class References(Struct, frozen=True):
    """The references between entries. The keys of the mappings are entry ids; an entry without references is not in them.

    `targets` are what an entry's references lead to. `mentions` are the
    distinct entries among them in order, `mentioned_by` the entries that mention one, newest first. `same` are other
    entries about the same work, oldest first: the nearest in time of them. `crowds` are the numbers of entries about a work,
    by subject, if they are more than `same` holds. `whole` are references whose `#` belongs to a title.
    """

    targets: Mapping[str, tuple[tuple[Reference, Target], ...]]
    mentions: Mapping[str, tuple[Record, ...]]
    mentioned_by: Mapping[str, tuple[Record, ...]]
    same: Mapping[str, tuple[Record, ...]]
    problems: tuple[LinkProblem, ...]
    whole: Set[Reference] = frozenset()
    crowds: Mapping[str, int] = {}


def no_files(asked: Sequence[AskedFile]) -> Mapping[AskedFile, FoundFile]:
    """Find no file."""
    return {each: FoundFile(None, "missing-file") for each in asked}


def no_address(_reference: Reference) -> None:
    """Find nothing at any address."""
    return


def no_former(_reference: Reference, _day: dt.date | None) -> None:
    """Find no entry that once had a name."""
    return


def find_references(
    archive: Archive,
    *,
    drafts: Iterable[Card] = (),
    find_files: FindFiles = no_files,
    find_address: FindAddress = no_address,
    find_former: FindFormer = no_former,
    notes_folder: str = "notes",
) -> References:
    """Resolve every reference of every entry, note and page.

    `drafts` are the cards of notes that stay out, so that a link to one can be told from a broken one. `find_address` is
    called after `find_files`, so it may depend on the files that were found. `find_former` is asked for names that no note has.
    """
    records = (*archive.pages, *archive.undated, *archive.records)
    referring = [record for record in records if record.card.references]
    resolver = _Resolver(records, referring, drafts, find_files, find_address, find_former, notes_folder)
    targets: dict[str, tuple[tuple[Reference, Target], ...]] = {}
    mentions: dict[str, tuple[Record, ...]] = {}
    mentioned_by: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in referring:
        found = resolver.resolve(record)
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
        same=_same(resolver.papers),
        problems=tuple(resolver.problems),
        whole=frozenset(resolver.whole),
        crowds=_crowds(resolver.papers),
    )


class _Resolver:
    """Resolves references. Notes are indexed by name only if there is a reference to one."""

    def __init__(
        self,
        records: Sequence[Record],
        referring: Sequence[Record],
        drafts: Iterable[Card],
        find_files: FindFiles,
        find_address: FindAddress,
        find_former: FindFormer,
        notes_folder: str,
    ) -> None:
        wanted = {reference for record in referring for reference in record.card.references}
        self.papers = _by_subject(records, {_paper(reference) for reference in wanted if reference.kind == "arxiv"})
        self._files = find_files(_asked(referring))
        self._find_address = find_address
        self._find_former = find_former
        # The old address of a note is one of its names.
        notes = [each for each in wanted if each.kind in ("note", "address") and each.target]
        named = [Named(record.card, record) for record in records] if notes else []
        self._public = NoteNames(named, notes, notes_folder)
        hidden = [Named(card, None) for card in drafts] if notes else []
        self._hidden = NoteNames(hidden, notes, notes_folder) if hidden else None
        self._name_all = partial(NoteNames, (*named, *hidden), notes, notes_folder)
        self.problems: list[LinkProblem] = []
        self.whole: set[Reference] = set()

    def resolve(self, record: Record) -> dict[Reference, Target]:
        """Return what the references of an entry lead to, and take note of its problems."""
        found: dict[Reference, Target] = {}
        for reference in record.card.references:
            end: Target | None
            code, candidates = "", tuple[str, ...]()
            if reference.kind == "arxiv":
                end = self.papers.get(_paper(reference), (None,))[0]
            elif reference.kind == "file":
                file = self._files[_ask(record, reference)]
                end, code, candidates = file.file, file.code, file.candidates
                if code == "missing-file" and reference.target.startswith("/"):
                    end = self._find_address(reference)
                    code = "" if end else code
            elif reference.kind == "address":
                end, code, candidates = self._address(reference, record.card)
            elif reference.target:
                end, code, candidates = self._note(reference, record.card)
            else:
                continue
            if end is not None:
                found[reference] = end
            if code:
                self.problems.append(LinkProblem(record, reference, code, candidates, linked=end is not None))
        return found

    def _address(self, reference: Reference, card: Card) -> tuple[Target | None, str, tuple[str, ...]]:
        """Return what an address in the entry of a card leads to: what the site has there, or a note that once was there."""
        if end := self._find_address(reference):
            return end, "", ()
        if reference.target.startswith("/"):
            end, code, candidates = self._note(reference, card)
            if code != "broken-wikilink":
                return end, code, candidates
        return None, "missing-page", ()

    def _note(self, reference: Reference, card: Card) -> tuple[Target | None, str, tuple[str, ...]]:
        """Return what a reference in the entry of a card leads to, and the problem's code and candidates."""
        source = card.source.path
        meaning = self._public.find(reference, source)
        is_draft = self._hidden is not None and self._hidden.find(reference, source) is not None
        if meaning is None:
            if reference.target.startswith("/") and (end := self._find_address(reference)):
                return end, "", ()
            former = None if is_draft else self._find_former(reference, card.date)
            if former is None or not isinstance(former.end, Record):
                return None, "draft-link" if is_draft else "broken-wikilink", ()
            if former.whole:
                self.whole.add(reference)
            return former.end, "former-name", (former.end.card.title,)
        if meaning.whole:
            self.whole.add(reference)
        if is_draft and not meaning.candidates and self._may_mean_draft(reference, source, meaning):
            return meaning.end, "draft-link", ()
        return meaning.end, "ambiguous-link" if meaning.candidates else "", meaning.candidates

    def _may_mean_draft(self, reference: Reference, source: str, meaning: Meaning) -> bool:
        """Return True if a name that a draft has too would mean something else once the draft is published."""
        among_all = self._all.find(reference, source)
        return among_all is None or bool(among_all.candidates) or among_all.end != meaning.end

    @cached_property
    def _all(self) -> NoteNames:
        """The names of all notes, drafts among them. Few sites need them."""
        return self._name_all()


def _asked(referring: Iterable[Record]) -> tuple[AskedFile, ...]:
    """Return the files that entries name, each once for a folder."""
    return tuple(
        dict.fromkeys(
            _ask(record, reference)
            for record in referring
            for reference in record.card.references
            if reference.kind == "file"
        )
    )


def _ask(record: Record, reference: Reference) -> AskedFile:
    return record.card.source.path.rpartition("/")[0], reference.target


def _paper(reference: Reference) -> str:
    return f"arxiv:{reference.target}"


def _by_subject(records: Sequence[Record], wanted: Set[str]) -> dict[str, list[Record]]:
    """Group entries by subject. Subjects of only one entry are left out unless they are `wanted`."""
    counts = Counter([record.subject for record in records])
    subjects: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.subject and (counts[record.subject] > 1 or record.subject in wanted):
            subjects[record.subject].append(record)
    return subjects


def _same(subjects: Mapping[str, list[Record]]) -> dict[str, tuple[Record, ...]]:
    same: dict[str, tuple[Record, ...]] = {}
    for records in subjects.values():
        for place, record in enumerate(records if len(records) > 1 else ()):
            start = max(0, min(place - SAME_WORK.most // 2, len(records) - SAME_WORK.most - 1))
            near = records[start : start + SAME_WORK.most + 1]
            same[record.id] = tuple(other for other in near if other is not record)
    return same


def _crowds(subjects: Mapping[str, list[Record]]) -> dict[str, int]:
    """Count the entries of each work about which there are more than a page lists."""
    counts = {subject: len(records) for subject, records in subjects.items()}
    return {subject: count for subject, count in counts.items() if count > SAME_WORK.most + 1}
