"""Redirects as an author writes them in digest.yaml -> old addresses, and every mistake in them."""

from collections.abc import Iterable

from msgspec import Struct

from ..redirects import AddressError, path_of_target, read_old_address, read_target
from .old import OldAddress, settle

_OLD_HINT = "write an address on the site, from its root, such as `/old/`"
_TARGET_HINT = "write an address on the site, such as `/new/`, or one that begins with `https://`"


class RedirectMistake(Struct, frozen=True):
    """A mistake in the redirect with a number, counted from 0: in its old address or, with `in_target`, in its target."""

    number: int
    message: str
    hint: str
    in_target: bool = False


def read_redirects(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[OldAddress, ...], tuple[RedirectMistake, ...]]:
    """Read pairs of an old address and its target, both as written. Redirects with a mistake stay out."""
    numbers: dict[str, int] = {}
    written: list[str] = []
    olds: list[OldAddress] = []
    mistakes: list[RedirectMistake] = []
    for number, (address, leads_to) in enumerate(pairs):
        written.append(address)
        try:
            path = read_old_address(address)
        except AddressError as error:
            mistakes.append(RedirectMistake(number, f"`{address}` {error}", _OLD_HINT))
            continue
        if path in numbers:
            message = f"`{address}` and `{written[numbers[path]]}` are one address"
            mistakes.append(RedirectMistake(number, message, "keep one of the two"))
            continue
        numbers[path] = number
        try:
            olds.append(OldAddress(path, read_target(leads_to)))
        except AddressError as error:
            mistakes.append(RedirectMistake(number, f"`{leads_to}` {error}", _TARGET_HINT, in_target=True))
    whole = tuple(_without_query(old) if path_of_target(old.target or "") in numbers else old for old in olds)
    for loop in settle(whole, ()).loops:
        steps = " to ".join(f"`/{path}`" for path in (*loop, loop[0]))
        message = f"the redirects lead in a loop, from {steps}"
        mistakes.append(RedirectMistake(numbers[loop[0]], message, "let one of them lead to a page"))
    return whole, tuple(sorted(mistakes, key=lambda mistake: mistake.number))


def _without_query(old: OldAddress) -> OldAddress:
    """Return a redirect to an old address without its query, which has no meaning for a page that only leads on."""
    place, mark, fragment = (old.target or "").partition("#")
    return OldAddress(old.path, path_of_target(place) + mark + fragment)
