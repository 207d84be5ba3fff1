"""Cards of the author's own pages -> pages at their addresses."""

from collections.abc import Callable, Container, Iterable
from itertools import count

from ..addresses.recognise import UNKNOWN, Recognised
from ..addresses.wishes import numbered, place_of
from ..diagnostics import Diagnostic
from ..limits import PAGE_PATH_BYTES
from ..model import Card
from .archive import Record

FRONT = "index"
"""The id of a page at the root of the site."""
HINT = "rename the file, or give it a `slug:` in its front matter"


def address_pages(
    cards: Iterable[Card], is_taken: Callable[[str], bool], recognised: Recognised = UNKNOWN
) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """Give the author's own pages their addresses.

    A page is left out, with an error, if the site itself may need its address (`is_taken`) or if another page has it. A page
    that is `recognised` keeps its id. An author may give a page the address that another page had; its id is its own. A page
    at the root of the site is the home page, whatever the site itself would show there.
    """
    records: dict[str, Record] = {}
    names = set(recognised.lock.entries)
    problems = []
    for card in sorted(cards, key=place_of):
        if card.page is None:
            raise ValueError(f"{card.source.path} is no page")
        path = card.page.path
        if len(path.encode()) > PAGE_PATH_BYTES.most:
            reason = f"its address has {len(path.encode()):,} bytes, and {PAGE_PATH_BYTES.most} is the most"
            problems.append(_collision(card, reason))
        elif path and is_taken(path):
            problems.append(_collision(card, f"the site has a page of its own at `/{path}`"))
        elif path in records:
            other = records[path].card.source.path
            problems.append(_collision(card, f"`{other}` is the page at `/{path}` already"))
        else:
            name = recognised.ids.get(id(card)) or _free_name(path[:-1] or FRONT, names)
            names.add(name)
            records[path] = Record(card, path[:-1], name, ())
    return tuple(records.values()), tuple(problems)


def _free_name(wanted: str, names: Container[str]) -> str:
    """Return an id that no page has or had."""
    return next(name for number in count(1) if (name := numbered(wanted, number)) not in names)


def _collision(card: Card, reason: str) -> Diagnostic:
    message = f"{reason}, so this page was left out"
    return Diagnostic(card.source.path, 0, 0, "page-address", message, HINT)
