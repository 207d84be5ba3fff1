"""What a build changes in the memory of addresses, in words."""

from collections.abc import Iterable, Iterator

from ..diagnostics import Diagnostic
from ..model import Card
from .lock import FILE_NAME, Held, HeldList, Lock
from .recognise import Recognised

NAMED = 3
"""How many addresses of one kind a sentence names."""


def explain_changes(recognised: Recognised) -> tuple[Diagnostic, ...]:
    """Warn of each entry of the last build that is gone, and of each that could be one of several.

    The place is the entry's line in `digest.lock`.
    """
    entries = recognised.lock.entries
    doubtful = {held.id for entries, _ in recognised.doubtful for held in entries}
    gone = [name for name in recognised.gone if name not in doubtful and name not in recognised.heirs]
    return tuple(
        sorted((*(_removed(entries[name]) for name in gone), *(_doubt(*pair) for pair in recognised.doubtful)))
    )


def _removed(held: Held) -> Diagnostic:
    message = f"the entry at `/{held.address}/` is gone, and its address now says so"
    hint = "if it has become another entry, lead there with `redirects:` in digest.yaml"
    return Diagnostic(FILE_NAME, held.line, 1, "removed-entry", message, hint)


def _doubt(entries: tuple[Held, ...], cards: tuple[Card, ...]) -> Diagnostic:
    places = _list(f"{card.source.path}:{card.source.first_line}" for card in cards)
    addresses = _list(f"`/{held.address}/`" for held in entries)
    if len(cards) > 1:
        message = f"the entries at {places} are equally like the one at {addresses}, so none of them is taken for it"
    else:
        message = f"the entries at {addresses} are equally like the one at {places}, so none is taken for it"
    hint = "lead the old address on with `redirects:` in digest.yaml"
    return Diagnostic(FILE_NAME, entries[0].line, 1, "doubtful-entry", message, hint)


def _list(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def describe_changes(former: Lock, now: Lock) -> str:
    """Say in one phrase what a build changes in the memory: `2 new addresses (`/a/`, `/b/`), 1 removed entry (`/c/`)`."""
    return ", ".join(_changes(former, now)) or "the order of its lines"


def _changes(former: Lock, now: Lock) -> Iterator[str]:
    known, lists = former.owners.keys() | former.lists.keys(), former.lists
    entries = now.entries.values()
    was_gone = {name for name, held in former.entries.items() if held.gone}
    new = [address for address in (*now.owners, *now.lists) if address not in known]
    moved = [address for address in now.former if address in known and address not in former.former]
    removed = [held.address for held in entries if held.gone and held.id not in was_gone and held.id in former.entries]
    back = [held.address for held in entries if not held.gone and held.id in was_gone]
    fewer = [address for address, held in now.lists.items() if held.gone and not lists.get(address, held).gone]
    yield from _count(new, "new address", "new addresses")
    yield from _count(moved, "address that leads on", "addresses that lead on")
    yield from _count(removed, "removed entry", "removed entries")
    yield from _count(back, "entry that is back", "entries that are back")
    yield from _count(fewer, "tag or kind that is gone", "tags or kinds that are gone")
    if former.site != now.site:
        yield f"the site's name, `{now.site}`"
    if others := sum(one != other for one, other in _common(former, now)):
        yield f"{others:,} {'line' if others == 1 else 'lines'} about known addresses"


def _common(former: Lock, now: Lock) -> Iterator[tuple[Held | HeldList, Held | HeldList]]:
    """Yield the entries and lists at the same addresses, as they were and as they are now, unless one came or went."""
    before = {held.address: held for held in former.entries.values()}
    for entry in now.entries.values():
        if entry.address in before and before[entry.address].gone == entry.gone:
            yield before[entry.address], entry
    for address, held in now.lists.items():
        if address in former.lists and former.lists[address].gone == held.gone:
            yield former.lists[address], held


def _count(addresses: list[str], one: str, several: str) -> Iterator[str]:
    if addresses:
        named = ", ".join(f"`/{address}/`" for address in sorted(addresses)[:NAMED])
        rest = ", …" if len(addresses) > NAMED else ""
        yield f"{len(addresses):,} {one if len(addresses) == 1 else several} ({named}{rest})"
