"""A card -> the addresses that its entry wants, the best one first. They are site paths without their last `/`."""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ..model import Card
from ..slugs import slugify

UNDATED = "notes"
"""The first part of the address of a note without a date."""


def first_wish(card: Card) -> str:
    """Return the address that an entry wants."""
    if card.page:
        return card.page.path[:-1]
    slug = card.slug or slugify(card.title)
    return f"{day_address(card.date) if card.date else UNDATED}/{slug}"


def second_wish(card: Card) -> str:
    """Return the address that an entry gets if the first is taken, with a number if this is taken too.

    A note without a date has its folder's name in it, since notes in different folders often have the same title.
    """
    folder = card.source.path.rpartition("/")[0].rpartition("/")[2]
    if card.page or card.date or not folder:
        return first_wish(card)
    return f"{UNDATED}/{slugify(f'{folder} {card.title}')}"


def all_wishes(card: Card) -> Iterator[str]:
    """Yield the addresses that an entry wants, without end."""
    first, second = first_wish(card), second_wish(card)
    yield first
    number = 1 if second != first else 2
    while True:
        yield numbered(second, number)
        number += 1


@lru_cache(maxsize=1 << 15)
def day_address(date: dt.date) -> str:
    """Return the address of a day: `2024/03/19`."""
    return date.isoformat().replace("-", "/")


def numbered(address: str, number: int) -> str:
    """Return an address with a number from 2 on; the first has none."""
    return address if number == 1 else f"{address}-{number}"


def number_in(address: str, wish: str) -> int:
    """Return the number of an address among those of one wish, or 0 if it is none of them."""
    if address == wish:
        return 1
    number = address[len(wish) + 1 :]
    if not address.startswith(f"{wish}-") or not (number.isascii() and number.isdecimal()):
        return 0
    return int(number) if number[0] != "0" and int(number) > 1 else 0


def place_of(card: Card) -> tuple[dt.date, str, int]:
    """Return the sort key of an entry: date, path, line. Notes without a date come first."""
    return card.date or dt.date.min, unicodedata.normalize("NFC", card.source.path), card.source.first_line
