"""The bytes of a `digest.lock` -> what they remember, or the problem with them.

A merge of two branches may leave addresses twice or out of order. That is no damage: an entry that is present comes before one that is gone,
a present address before a former one, and otherwise the first line in the order of bytes counts. No address is forgotten. Two names of the
site are an error: feed readers know it by one of them, and only its author knows which.
"""

import re
from collections.abc import Iterable

from msgspec import structs

from ..diagnostics import Diagnostic
from .lock import FILE_NAME, GONE, SITE, VERSION, Held, HeldList, Lock, id_at, key_at
from .sketch import EMPTY
from .wishes import UNDATED

_HEADER = re.compile(r"# digest\.lock ([1-9]\d{0,8})")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_STEP = r"""(?!\.{1,2}(?:/|$|\ ))[^\s/\\:*?"<>|\x00-\x1f\x7f\ufeff\ufffd]+"""
_PLACE = rf"{_STEP}(?:/{_STEP})*"
_LETTER = "[0-9A-Za-z_-]"
_KEY = r"[0-9a-z]+(?:-[1-9]\d{0,8})?"
_ADDRESS = re.compile(rf"{_PLACE}(?= )")
_FORMER = re.compile(rf"({_PLACE}) >({_PLACE})")
_ENTRY = re.compile(
    rf"({_PLACE}) ({_LETTER}{{2}}) ((?:{_LETTER}{{4}}|-) (?:{_LETTER}(?:{_LETTER}{{3}}){{1,7}}|-))(?: =({_PLACE}))?"
    rf"(?: @({_KEY}))?(?: ({GONE}|>{_PLACE}))?"
)
_LIST = re.compile(
    rf"((?:tags|kinds)/{_PLACE}|notes) ([1-9]\d{{0,8}})(?: ((?:{_LETTER}{{5}}){{1,3}}))?(?: =(\S+))?(?: ({GONE}|>\S+))?"
)
_ENTRY_FIELDS = tuple(
    re.compile(field)
    for field in (
        rf" {_LETTER}{{2}}(?= )",
        rf" (?:{_LETTER}{{4}}|-)(?= )",
        rf" (?:{_LETTER}(?:{_LETTER}{{3}}){{1,7}}|-)(?= |$)",
    )
)
_LIST_FIELDS = (re.compile(r" [1-9]\d{0,8}(?= |$)"),)

_UNKNOWN = "--"
"""The mark of the file of an entry of which only former addresses are known."""
ONE_SITE = "keep the line of the published site and remove the other one: feed readers know the site by this name"
RESTORE = "restore the file from version control, or delete it to remember the present addresses anew"


def parse_lock(content: bytes) -> Lock | Diagnostic:
    """Parse the content of a `digest.lock`; return a diagnostic with line and column if it cannot be relied on."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        return _damage(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1, "the file is not UTF-8 text here")
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if line[:1] in "<=>|" and _CONFLICT.match(line):
            hint = "keep the lines of both sides and remove the lines with marks; the next build puts the rest in order"
            return Diagnostic(FILE_NAME, number, 1, "lock", "a merge left a conflict here", hint)
    header = _HEADER.fullmatch(lines[0])
    if header is None:
        return _damage(1, 1, "the file does not begin with `# digest.lock` and its version")
    if int(header[1]) > VERSION:
        message = f"the file was written by a later version of digest, which writes version {header[1]}"
        return Diagnostic(FILE_NAME, 1, 15, "lock", message, "update digest")
    if lines[-1]:
        return _damage(len(lines), 0, "the last line is cut off")
    return _Reader().read(lines[1:-1])


class _Reader:
    """Collects what the lines of a file say."""

    def __init__(self) -> None:
        self.site = ""
        self.entries: list[Held] = []
        self.former: list[tuple[str, str]] = []
        self.lists: dict[str, HeldList] = {}

    def read(self, lines: list[str]) -> Lock | Diagnostic:
        """Read all lines after the header."""
        for number, line in enumerate(lines, 2):
            if line[:1] == "#":
                if line.startswith(SITE):
                    name = line.removeprefix(SITE)
                    if self.site not in ("", name):
                        message = f"the site has two names here, `{self.site}` and `{name}`"
                        return Diagnostic(FILE_NAME, number, 1, "lock", message, ONE_SITE)
                    self.site = name
                elif not _HEADER.fullmatch(line):
                    return _damage(number, 1, "this is no line of a `digest.lock`")
            elif not (self._read_list if _is_list(line) else self._read_entry)(line, number):
                return _damage(number, _fault(line) + 1, "this is no line of a `digest.lock`")
        return self._settle()

    def _read_entry(self, line: str, number: int) -> bool:
        """Read a line about an entry or a former address of one."""
        if match := _ENTRY.fullmatch(line):
            address, file, sketch, name, key, end = match.groups()
            gone, heir = _end(end)
            self.entries.append(Held(name or id_at(address), address, file, sketch, gone, heir, number, key or ""))
        elif match := _FORMER.fullmatch(line):
            self.former.append((match[1], match[2]))
        return match is not None

    def _read_list(self, line: str, number: int) -> bool:
        if (match := _LIST.fullmatch(line)) is None:
            return False
        address, pages, members, key, end = match.groups()
        gone, heir = _end(end)
        held = HeldList(address, key or key_at(address), int(pages), members or "", gone, heir, number)
        known = self.lists.get(address)
        self.lists[address] = held if known is None else _join_lists(known, held)
        return True

    def _settle(self) -> Lock:
        entries, former = settle_owners(self.entries, self.former)
        return Lock(self.site, entries, former, self.lists)


def settle_owners(
    present: Iterable[Held], formers: Iterable[tuple[str, str]]
) -> tuple[dict[str, Held], dict[str, str]]:
    """Leave one owner to each address, and one entry to each id; return the entries by id and the owners of former addresses.

    No id and no address is forgotten, unless an entry has none but the address of another one.
    """
    held: dict[str, Held] = {}
    owners: dict[str, str] = {}
    former: dict[str, str] = {}
    for entry in sorted(present, key=_precedence):
        if owners.setdefault(entry.address, entry.id) != entry.id:
            first = _first_address(entry.id)  # two branches gave one address to two entries
            if not first or owners.setdefault(first, entry.id) != entry.id:
                continue
            entry = structs.replace(entry, address=first)
        if entry.id not in held:
            held[entry.id] = entry
        elif entry.address != held[entry.id].address:
            former[entry.address] = entry.id
    for address, owner in sorted(formers):
        if owners.setdefault(address, owner) == owner:
            known = held.setdefault(owner, Held(owner, address, _UNKNOWN, EMPTY, gone=True))
            if known.address != address:
                former[address] = owner
    for name, entry in held.items():
        if _is_at_first_address(entry):
            continue
        first = _first_address(name)
        if first and owners.setdefault(first, name) == name and entry.address != first:
            former[first] = name
    entries = {name: _with_heir(entry, held) for name, entry in held.items()}
    return entries, former


def _precedence(entry: Held) -> tuple[object, ...]:
    """Return the sort key by which entries get their addresses: present entries first, and among them entries at their first address."""
    is_moved = not _is_at_first_address(entry) and id_at(entry.address) != entry.id
    return (
        entry.gone,
        is_moved,
        entry.address,
        entry.id,
        not entry.heir,
        entry.heir,
        not entry.key,
        entry.key,
        entry.sketch,
        entry.file,
    )


def _with_heir(entry: Held, held: dict[str, Held]) -> Held:
    """Return an entry without an heir that is unknown or the entry itself."""
    return (
        structs.replace(entry, heir="") if entry.heir and (entry.heir not in held or entry.heir == entry.id) else entry
    )


def _is_at_first_address(entry: Held) -> bool:
    """Return True for an entry at the dated address that its id was made of. Nearly all entries are there, so this is quick."""
    address, name = entry.address, entry.id
    return address[4:5] == "/" and address[10:] == name[10:] and address[:10].replace("/", "-") == name[:10]


def _first_address(name: str) -> str:
    """Return the address that an entry's id was made of, or nothing for a page of the author's own, which may have another."""
    if name.startswith(f"{UNDATED}/"):
        return name
    address = f"{name[:10].replace('-', '/')}{name[10:]}"
    return address if id_at(address) != address and id_at(address) == name else ""


def _join_lists(one: HeldList, other: HeldList) -> HeldList:
    """Join two lines about one list: it is gone only if both say so."""
    first, second = sorted((one, other), key=lambda held: (held.gone, not held.heir, held.key, held.members, held.heir))
    return structs.replace(first, pages=max(first.pages, second.pages))


def _is_list(line: str) -> bool:
    """Return True for a line about a tag, a kind or the list of notes without a date."""
    return line.startswith(("tags/", "kinds/", "notes "))


def _end(end: str | None) -> tuple[bool, str]:
    return end is not None, "" if end in (None, GONE) else str(end)[1:]


def _fault(line: str) -> int:
    """Return the place in a line, from 0, of the first field that cannot be read."""
    address = _ADDRESS.match(line)
    if address is None:
        return 0
    at = address.end()
    if line.startswith(" >", at):
        return at + 2
    for field in _LIST_FIELDS if _is_list(line) else _ENTRY_FIELDS:
        found = field.match(line, at)
        if found is None:
            return at + 1
        at = found.end()
    return at + 1


def _damage(line: int, column: int, message: str) -> Diagnostic:
    return Diagnostic(FILE_NAME, line, column, "lock", message, RESTORE)
