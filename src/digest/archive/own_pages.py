"""Cards of the author's own pages -> pages at their addresses."""

from collections.abc import Callable, Iterable, Mapping

from ..addresses.wishes import place_of
from ..diagnostics import Diagnostic
from ..limits import PAGE_PATH_BYTES
from ..model import Card
from .archive import Record

NO_IDS: Mapping[int, str] = {}
"""The ids of recognised cards if there are none."""
HINT = "rename the file, or give it a `slug:` in its front matter"


def address_pages(
    cards: Iterable[Card], is_taken: Callable[[str], bool], ids: Mapping[int, str] = NO_IDS
) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """Give the author's own pages their addresses.

    A page is left out, with an error, if the site itself may need its address (`is_taken`) or if another page has it. `ids`
    are the ids of recognised cards by `id(card)`.
    """
    records: dict[str, Record] = {}
    problems = []
    for card in sorted(cards, key=place_of):
        if card.page is None:
            raise ValueError(f"{card.source.path} is no page")
        path = card.page.path
        if len(path.encode()) > PAGE_PATH_BYTES.most:
            reason = f"its address has {len(path.encode()):,} bytes, and {PAGE_PATH_BYTES.most} is the most"
            problems.append(_collision(card, reason))
        elif is_taken(path):
            problems.append(_collision(card, f"the site has a page of its own at `/{path}`"))
        elif path in records:
            other = records[path].card.source.path
            problems.append(_collision(card, f"`{other}` is the page at `/{path}` already"))
        else:
            records[path] = Record(card, path[:-1], ids.get(id(card), path[:-1]), ())
    return tuple(records.values()), tuple(problems)


def _collision(card: Card, reason: str) -> Diagnostic:
    message = f"{reason}, so this page was left out"
    return Diagnostic(card.source.path, 0, 0, "page-address", message, HINT)
