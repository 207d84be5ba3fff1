"""`digest.lock`: the addresses that a site has given, and what is needed to recognise their entries again.

The file has one line an address, in the order of their bytes, so that git can merge it line by line (`merge=union`):

    # digest.lock 1
    # site user.github.io/repo
    2024/03/19/grok-1 xY 8sQa P0kPz3w
    2024/03/20/grok-1.5 xY - H7Bd =2024-03-19/grok @kim2024grok
    2024/03/19/grok >2024-03-19/grok
    2024/03/21/mamba Kq uR3_ Aw0e gone
    tags/llm 3 0aB4z9cQkL

An entry's line has the mark of its file and its sketch (see `sketch`), then its id unless that follows from the address, then
`@` and the key by which bibliographies cite it, then `gone` if it was removed, or `>` and the id of the entry that it was joined
to. A former address has `>` and an id. A list's
line has the number of its pages and the marks of a few of its entries.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from ..site_files import LOCK

FILE_NAME = LOCK
VERSION = 1
HEADER = f"# digest.lock {VERSION}"
SITE = "# site "
GONE = "gone"


class Held(Struct, frozen=True):
    """What is remembered of an entry: its last address, the mark of its file, its sketch, and its citation key, if it has one.

    An entry that is `gone` may have an `heir`: the id of the entry that its text was joined to. `line` is its line in the
    file, or 0.
    """

    id: str
    address: str
    file: str
    sketch: str
    gone: bool = False
    heir: str = ""
    line: int = 0
    key: str = ""


class HeldList(Struct, frozen=True):
    """What is remembered of a tag, of a kind or of the list of notes without a date.

    `pages` is the largest number of pages that it had. `members` are marks of the ids of a few of its entries, five letters
    each. A list that is `gone` may have an `heir`: the key of the tag or the kind that took its place.
    """

    address: str
    key: str
    pages: int
    members: str = ""
    gone: bool = False
    heir: str = ""
    line: int = 0


class Lock(Struct, frozen=True, dict=True):
    """All that is remembered: entries by id, former addresses with their ids, and lists by address.

    `site` is the site's name, or empty. An address is a site path without its last `/`.
    """

    site: str = ""
    entries: Mapping[str, Held] = {}
    former: Mapping[str, str] = {}
    lists: Mapping[str, HeldList] = {}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The id of the entry that each address belongs to, for ever."""
        return {**self.former, **{held.address: held.id for held in self.entries.values()}}

    def addresses_of(self, name: str) -> tuple[str, ...]:
        """Return all addresses of an entry, the last one first."""
        return self._several.get(name) or (self.entries[name].address,)

    @cached_property
    def _several(self) -> Mapping[str, tuple[str, ...]]:
        """All addresses of the entries that have several, by id."""
        several: dict[str, tuple[str, ...]] = {}
        for address, owner in self.former.items():
            if owner in self.entries:
                several[owner] = (*several.get(owner, (self.entries[owner].address,)), address)
        return several

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The slugs of tags by their keys."""
        return {held.key: held.address[5:] for held in self.lists.values() if held.address.startswith("tags/")}


NOTHING = Lock()
"""The lock of a site that was never built."""


def id_at(address: str) -> str:
    """Return the id of an entry whose first address this is: `2024-03-19/grok-1` of `2024/03/19/grok-1`."""
    if address[4:11:3] == "///":
        date = address[:10]
        digits = date.replace("/", "")
        if len(digits) == 8 and digits.isdecimal():
            return date.replace("/", "-") + address[10:]
    return address


def format_lock(lock: Lock) -> bytes:
    """Write a lock as a file."""
    lines = [f"{address} >{owner}" for address, owner in lock.former.items()]
    lines += [_format_entry(held) for held in lock.entries.values()]
    lines += [_format_list(held) for held in lock.lists.values()]
    site = [SITE + lock.site] if lock.site else []
    return "".join(f"{line}\n" for line in (HEADER, *site, *sorted(lines))).encode()


def _format_entry(held: Held) -> str:
    line = f"{held.address} {held.file} {held.sketch}"
    if id_at(held.address) != held.id:
        line += f" ={held.id}"
    if held.key:
        line += f" @{held.key}"
    return line + _format_end(gone=held.gone, heir=held.heir)


def _format_list(held: HeldList) -> str:
    line = f"{held.address} {held.pages}"
    if held.members:
        line += f" {held.members}"
    if held.key != key_at(held.address):
        line += f" ={held.key}"
    return line + _format_end(gone=held.gone, heir=held.heir)


def key_at(address: str) -> str:
    """Return the key of the tag or the kind at an address, if it is written like its slug."""
    return address.partition("/")[2]


def _format_end(*, gone: bool, heir: str) -> str:
    if not gone:
        return ""
    return f" >{heir}" if heir else f" {GONE}"
