"""Cards of one day, or without a date -> their addresses, of which no two are the same."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..diagnostics import Diagnostic
from ..model import Card, Span
from .recognise import Recognised
from .wishes import first_wish, number_in, numbered, second_wish


def give_addresses(cards: Sequence[Card], recognised: Recognised) -> tuple[list[str], list[Diagnostic]]:
    """Give each card an address. `cards` are in order, and all that can want the same addresses are among them.

    An address that belongs to an entry is given to no other one, whether the entry is present or not. Also return a warning
    for each card whose address has a number.
    """
    owners = recognised.lock.owners
    taken: dict[str, Card] = {}
    numbers: dict[str, int] = {}
    doubles: list[tuple[Card, str]] = []
    for card in cards:
        name = recognised.ids.get(id(card))
        address = first_wish(card)
        if address in taken or owners.get(address, name) != name:
            address = _find_place(card, name, recognised, taken, numbers)
            doubles.append((card, address))
        taken[address] = card
    return list(taken), list(_explain(doubles, taken, recognised, cards)) if doubles else []


def _find_place(
    card: Card, name: str | None, recognised: Recognised, taken: Mapping[str, Card], numbers: dict[str, int]
) -> str:
    """Return the address with the least number that is free or belongs to the entry. `numbers` has the first free ones."""
    wish = second_wish(card)
    number = numbers.get(wish, 1)
    while (address := numbered(wish, number)) in taken or address in recognised.lock.owners:
        number += 1
    numbers[wish] = number
    own = [at for at in recognised.lock.addresses_of(name) if at not in taken] if name else []
    return numbered(wish, min([number, *filter(None, (number_in(at, wish) for at in own))]))


def _explain(
    doubles: Sequence[tuple[Card, str]], taken: Mapping[str, Card], recognised: Recognised, cards: Sequence[Card]
) -> Iterator[Diagnostic]:
    """Yield a warning for each address with a number."""
    sizes = Counter([card.source.path for card in cards])
    for card, address in doubles:
        wish = second_wish(card)
        if address == wish:
            continue
        slug = address.rpartition("/")[2]
        place = card.source
        if wish in taken:
            first = taken[wish].source
            message = f'"{card.title}" has the address of the entry at {first.path}:{first.first_line}; it is built at `{slug}`'
            yield Diagnostic(
                place.path, place.first_line, 1, "duplicate-address", message, _ways_out(place, first, sizes)
            )
        elif recognised.lock.owners.get(address) is None:
            message = f'"{card.title}" has an address that belonged to another entry; it is built at `{slug}`'
            hint = "give it another title if you want an address without a number"
            yield Diagnostic(place.path, place.first_line, 1, "held-address", message, hint)


def _ways_out(one: Span, other: Span, sizes: Mapping[str, int]) -> str:
    """Return the hint for two entries of one address; `sizes` are the numbers of entries in files."""
    hint = "give one of them another title"
    # In a file of several entries, front matter describes none of them alone.
    alone = min(sizes[one.path], sizes[other.path]) == 1
    return f"{hint}, or set `slug:` in its front matter" if alone else hint
