"""Old addresses that an author names -> where they lead, and what keeps them from leading there.

`redirects` in digest.yaml name them, and `aliases` in the front matter of notes and pages. Of two that are the same, the one
in digest.yaml counts, or else that of the first note.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct

from ..addresses.by_hand import read_redirects
from ..addresses.old import OldAddress
from ..archive.archive import Record
from ..config import FILE_NAME, Config
from ..diagnostics import Diagnostic
from ..model import NoteFile
from ..notes.discover import read_note
from ..redirects import AddressError, can_be_copy, can_be_page, is_web_address, path_of_target, read_old_address
from ..site import routes
from ..site.arrangement import Arrangement
from ..site.page_types import PageTypes
from .public import PublicFile, describe_place, find_public, find_rival

_FROM_THE_ROOT = "write it from the root of the site, such as `/new/`, or take the redirect out"


class ByHand(Struct, frozen=True):
    """The old addresses that an author names, and the problems with them. Those with an error stay out."""

    addresses: tuple[OldAddress, ...]
    problems: tuple[Diagnostic, ...]


def find_by_hand(
    folder: Path,
    config: Config,
    arrangement: Arrangement,
    page_types: PageTypes,
    leads_on: Callable[[str], bool],
    locate: Callable[[], Mapping[str, tuple[int, int]]],
) -> ByHand:
    """Find the old addresses that an author names.

    `leads_on` returns True for a path that is no page's, and still leads somewhere: that of a file that a note names, or one
    that an earlier build gave. `locate` finds the lines and columns of redirects in the settings (see `locate_redirects`).
    """
    found = _ByHand(folder, config, arrangement, page_types, leads_on, locate)
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
        locate: Callable[[], Mapping[str, tuple[int, int]]],
    ) -> None:
        self._folder = folder
        self._config = config
        self._arrangement = arrangement
        self._page_types = page_types
        self._leads_on = leads_on
        self._locate_redirects = locate
        self.problems: list[Diagnostic] = []

    def read(self) -> Iterator[OldAddress]:
        """Yield every old address that can lead on."""
        taken: dict[str, str] = {}
        folders: set[str] = set()
        for old, file in chain(self._read_settings(), self._read_aliases()):
            if clash := _find_clash(old.path, taken, folders):
                self._report(file, old.path, f"`/{old.path}` {clash}", "take one of the two out")
                continue
            taken[old.path] = file
            folders.update(_folders_of(old.path))
            yield from self._check(old, file)

    def _read_aliases(self) -> Iterator[tuple[OldAddress, str]]:
        """Yield the old addresses in the front matter of notes and pages, each with its file."""
        archive = self._arrangement.archive
        for record in chain(archive.pages, archive.undated, archive.records):
            for alias in record.card.aliases:
                if alias.startswith("/"):
                    target, title = self._end_of(record)
                    if alias[1:] != target:
                        yield OldAddress(alias[1:], target, title), record.card.source.path

    def _read_settings(self) -> Iterator[tuple[OldAddress, str]]:
        """Yield each redirect of the settings whose target exists, with their file."""
        for old in read_redirects(self._config.redirects.items())[0]:
            target = old.target or ""
            path = target if is_web_address(target) else path_of_target(target)
            if is_web_address(target) or path in self._written or self._leads_on(path):
                yield old, FILE_NAME
            elif page := self._page_types.find_present(self._arrangement, path):
                records = [record for record in self._page_types.texts(page) if routes.path_of(record) == path]
                yield OldAddress(old.path, target, records[0].card.title if records else ""), FILE_NAME
            elif routes.file_of(path) in self._public:
                yield old, FILE_NAME
            else:
                leads_to = self._config.redirects[self._written[old.path]]
                root, hint = self._config.root, _FROM_THE_ROOT
                if leads_to.startswith(root) and root != "/":
                    hint = f"leave out `{root[:-1]}`: addresses begin at the root of the site"
                self._report(FILE_NAME, old.path, f"`{leads_to}` is no page of the site", hint)

    def _check(self, old: OldAddress, file: str) -> Iterator[OldAddress]:
        """Yield an old address that a file names, unless something else is there."""
        rival = find_rival(routes.file_of(old.path), self._describe) or self._public_file_above(old.path)
        if rival:
            self._report(file, old.path, f"`/{old.path}` cannot lead on: its place is taken by {rival}", "take it out")
            return
        answers = can_be_page(old.path) or can_be_copy(old.path, old.target)
        if not self._config.redirects_file and (not answers or self._differs_in_case(old.path)):
            message = f"no page can lie at `/{old.path}`, so it leads on only if the server does that"
            hint = f"set `redirects_file` in {FILE_NAME}, or give the server the output of `digest redirects`"
            place = self._locate(file, old.path)
            self.problems.append(Diagnostic(file, *place, "server-redirect", message, hint))
        yield old

    def _public_file_above(self, path: str) -> str | None:
        """Name the public file that lies where an old address needs a folder; return None if there is none."""
        file = next((folder for folder in _folders_of(path) if folder in self._public), "")
        return f"the public file `{self._public[file].source}`" if file else None

    def _describe(self, path: str) -> str | None:
        page = self._page_types.find_present(self._arrangement, path)
        return describe_place(path, page, {}, search=self._config.search.enabled)

    def _differs_in_case(self, path: str) -> bool:
        """Return True if the site has a page whose file some systems take for the same."""
        folded = path.casefold()
        return folded != path and self._describe(folded) is not None

    @cached_property
    def _public(self) -> Mapping[str, PublicFile]:
        return find_public(self._folder, self._config).files

    @cached_property
    def _written(self) -> dict[str, str]:
        """The old addresses of the settings as they are written, by path."""
        return {read_old_address(address): address for address in self._config.redirects}

    @cached_property
    def _lines(self) -> Mapping[str, tuple[int, int]]:
        return self._locate_redirects()

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

    def _locate(self, file: str, path: str) -> tuple[int, int]:
        """Return the line and column of an old address in the settings, or in the front matter of a note."""
        if file == FILE_NAME:
            return self._lines.get(self._written[path], (0, 0))
        from ..notes.lines import split_lines  # few sites have such an address
        from ..notes.settings_block import SettingsBlock, find_settings

        note = read_note(self._folder, file)
        found = find_settings(split_lines(note.text)[0]) if isinstance(note, NoteFile) else None
        for setting in found.settings if isinstance(found, SettingsBlock) else ():
            for value in (setting.value, *setting.value.items):
                for part in value.text.split(","):
                    if _path_or_nothing(part.strip()) == path:
                        return value.line, value.column
        return 0, 0

    def _report(self, file: str, path: str, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(file, *self._locate(file, path), "old-address", message, hint))


def _find_clash(path: str, taken: Mapping[str, str], folders: Set[str]) -> str:
    """Say why an old address cannot lie beside others, or return nothing.

    `taken` maps the paths of others to the files that name them, and `folders` are the folders that they lie in.
    """
    if path in taken:
        return f"is an old address in `{taken[path]}` already, which counts"
    above = next((folder for folder in _folders_of(path) if folder in taken), "")
    if above:
        return f"would lie in a folder `/{above}`, which is an old address and a file"
    return "would be a file, and other old addresses lie in a folder of that name" if path in folders else ""


def _folders_of(path: str) -> Iterator[str]:
    """Yield the folders in which the page at an old address lies."""
    parts = routes.file_of(path).split("/")
    return ("/".join(parts[:n]) for n in range(1, len(parts)))


def _path_or_nothing(written: str) -> str:
    try:
        return read_old_address("/" + written.removeprefix("/"))
    except AddressError:
        return ""
