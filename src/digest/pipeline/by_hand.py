"""Old addresses that an author names -> where they lead, and what keeps them from leading there.

`redirects` in digest.yaml name them, and `aliases` in the front matter of notes and pages. Of two that are the same, the one
in digest.yaml counts, or else that of the first note.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct

from ..addresses.by_hand import read_redirects
from ..addresses.old import OldAddress
from ..archive.archive import Record
from ..config import FILE_NAME, Config, locate_redirects
from ..diagnostics import Diagnostic
from ..model import NoteFile
from ..notes.discover import read_note
from ..notes.lines import split_lines
from ..notes.settings_block import SettingsBlock, find_settings
from ..redirects import AddressError, can_be_copy, can_be_page, is_web_address, path_of_target, read_old_address
from ..site import routes
from ..site.arrangement import Arrangement
from ..site.page_types import PageTypes
from .public import describe_place, find_public, find_rival

_FROM_THE_ROOT = "write it from the root of the site, such as `/new/`, or take the redirect out"


class ByHand(Struct, frozen=True):
    """The old addresses that an author names, and the problems with them. Those with an error stay out."""

    addresses: tuple[OldAddress, ...]
    problems: tuple[Diagnostic, ...]


def find_by_hand(
    folder: Path, config: Config, arrangement: Arrangement, page_types: PageTypes, leads_on: Callable[[str], bool]
) -> ByHand:
    """Find the old addresses that an author names.

    `leads_on` returns True for a path that is no page's, and still leads somewhere: that of a file that a note names, or one
    that an earlier build gave.
    """
    found = _ByHand(folder, config, arrangement, page_types, leads_on)
    return ByHand(tuple(found.read()), tuple(found.problems))


class _ByHand:
    """Reads redirects and collects the problems with them."""

    def __init__(
        self,
        folder: Path,
        config: Config,
        arrangement: Arrangement,
        page_types: PageTypes,
        leads_on: Callable[[str], bool],
    ) -> None:
        self._folder = folder
        self._config = config
        self._arrangement = arrangement
        self._page_types = page_types
        self._leads_on = leads_on
        self.problems: list[Diagnostic] = []

    def read(self) -> Iterator[OldAddress]:
        """Yield every old address that can lead on."""
        taken: dict[str, str] = {}
        for old, written in self._read_settings():
            taken[old.path] = f"`redirects` in {FILE_NAME}"
            yield from self._check(old, FILE_NAME, self._lines.get(written, (0, 0)))
        for record in self._records_with_addresses():
            card = record.card
            target, title = self._end_of(record)
            for alias in card.aliases:
                path = alias[1:]
                if not alias.startswith("/") or path == target:
                    continue
                if other := taken.get(path):
                    place = self._locate_alias(card.source.path, path)
                    message = f"`{alias}` is an old address in {other} already, which counts"
                    self._report(card.source.path, place, message, "take one of the two out")
                    continue
                taken[path] = f"`{card.source.path}`"
                yield from self._check(OldAddress(path, target, title), card.source.path, None)

    def _read_settings(self) -> Iterator[tuple[OldAddress, str]]:
        """Yield each redirect of the settings whose target exists, with its old address as written."""
        written = {read_old_address(address): address for address in self._config.redirects}
        for old in read_redirects(self._config.redirects.items())[0]:
            target = old.target or ""
            path = target if is_web_address(target) else path_of_target(target)
            if is_web_address(target) or path in written or self._leads_on(path):
                yield old, written[old.path]
            elif page := self._page_types.find_present(self._arrangement, path):
                records = [record for record in self._page_types.texts(page) if routes.path_of(record) == path]
                yield OldAddress(old.path, target, records[0].card.title if records else ""), written[old.path]
            elif routes.file_of(path) in self._public:
                yield old, written[old.path]
            else:
                leads_to = self._config.redirects[written[old.path]]
                root, hint = self._config.root, _FROM_THE_ROOT
                if leads_to.startswith(root) and root != "/":
                    hint = f"leave out `{root[:-1]}`: addresses begin at the root of the site"
                place = self._lines.get(written[old.path], (0, 0))
                self._report(FILE_NAME, place, f"`{leads_to}` is no page of the site", hint)

    def _check(self, old: OldAddress, file: str, place: tuple[int, int] | None) -> Iterator[OldAddress]:
        """Yield an old address, unless something else is there. `place` is its line and column; without one, it is an alias."""
        rival = find_rival(routes.file_of(old.path), self._describe)
        answers = can_be_page(old.path) or can_be_copy(old.path, old.target)
        if not rival and (self._config.redirects_file or (answers and not self._differs_in_case(old.path))):
            yield old
            return
        place = place or self._locate_alias(file, old.path)
        if rival:
            self._report(file, place, f"`/{old.path}` cannot lead on: its place is taken by {rival}", "take it out")
        else:
            yield old
            message = f"no page can lie at `/{old.path}`, so it leads on only if the server does that"
            hint = f"set `redirects_file` in {FILE_NAME}, or give the server the output of `digest redirects`"
            self.problems.append(Diagnostic(file, *place, "server-redirect", message, hint))

    def _describe(self, path: str) -> str | None:
        page = self._page_types.find_present(self._arrangement, path)
        return describe_place(path, page, {}, search=self._config.search.enabled)

    def _differs_in_case(self, path: str) -> bool:
        """Return True if the site has a page whose file some systems take for the same."""
        folded = path.casefold()
        return folded != path and self._describe(folded) is not None

    @cached_property
    def _public(self) -> frozenset[str]:
        return frozenset(find_public(self._folder, self._config).files)

    @cached_property
    def _lines(self) -> dict[str, tuple[int, int]]:
        return dict(locate_redirects(self._folder))

    def _records_with_addresses(self) -> list[Record]:
        archive = self._arrangement.archive
        records = chain(archive.pages, archive.undated, archive.records)
        named = (record for record in records if record.card.aliases)
        return [record for record in named if any(alias.startswith("/") for alias in record.card.aliases)]

    def _end_of(self, record: Record) -> tuple[str, str]:
        """Return what the old addresses of an entry's file lead to, with its title: the entry, or the day of several."""
        date = record.card.date
        if date and self._sizes[record.card.source.path] > 1:
            return routes.day(date), ""
        return routes.path_of(record), record.card.title

    @cached_property
    def _sizes(self) -> Counter[str]:
        """The numbers of entries in note files with entries of a date."""
        return Counter(record.card.source.path for record in self._arrangement.archive.records)

    def _locate_alias(self, file: str, path: str) -> tuple[int, int]:
        """Return the line and column of an old address in the front matter of a note."""
        note = read_note(self._folder, file)
        found = find_settings(split_lines(note.text)[0]) if isinstance(note, NoteFile) else None
        for setting in found.settings if isinstance(found, SettingsBlock) else ():
            for value in (setting.value, *setting.value.items):
                for part in value.text.split(","):
                    if _path_or_nothing(part.strip()) == path:
                        return value.line, value.column
        return 0, 0

    def _report(self, file: str, place: tuple[int, int], message: str, hint: str) -> None:
        self.problems.append(Diagnostic(file, *place, "old-address", message, hint))


def _path_or_nothing(written: str) -> str:
    try:
        return read_old_address("/" + written.removeprefix("/"))
    except AddressError:
        return ""
