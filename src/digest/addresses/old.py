"""Old addresses -> where each of them leads."""

import datetime as dt
from collections.abc import Container, Iterable, Mapping

from msgspec import Struct, structs


class OldAddress(Struct, frozen=True):
    """An address that the site once had.

    `path` is a site path (`2024/03/19/grok/`): one that ends in `/` was a page, any other one a file. `target` is the
    site path that it leads to, perhaps with a `#fragment`, or an `https:` address of another site. It is None if nothing
    took its place: the entry was removed. `title` is the title of what it leads to, and empty if there is none or it is
    unknown. `date` is the day of an entry that was removed.
    """

    path: str
    target: str | None
    title: str = ""
    date: dt.date | None = None


class Settled(Struct, frozen=True):
    """Old addresses by path, each with the last address that it leads to, and the loops among them.

    A loop is a tuple of paths, each of which leads to the next and the last to the first.
    """

    addresses: Mapping[str, OldAddress] = {}
    loops: tuple[tuple[str, ...], ...] = ()


def settle(olds: Iterable[OldAddress], present: Container[str]) -> Settled:
    """Lead each old address straight to its last target. `present` contains the paths of the site's pages and files.

    An address that is present again is left out, and so is one in a loop or on its way into one. Of two old addresses with
    one path, the first counts. An address that leads to a removed one counts as removed with it.
    """
    known: dict[str, OldAddress] = {}
    for old in olds:
        if old.path not in present:
            known.setdefault(old.path, old)
    settled: dict[str, OldAddress | None] = {}
    loops: list[tuple[str, ...]] = []
    for path in known:
        chain = _unsettled(path, known, settled)
        last = chain[-1] if chain else None
        end = _next(known[last], known) if last else None
        if last and end is not None and end not in settled:  # it leads back into the chain
            start = chain.index(end)
            loops.append(_from_least(chain[start:]))
            settled.update(dict.fromkeys(chain))
            continue
        for step in reversed(chain):
            settled[step] = _lead_on(known[step], settled)
    addresses = {path: found for path in sorted(known) if (found := settled[path])}
    return Settled(addresses, tuple(sorted(loops)))


def _next(old: OldAddress, known: Mapping[str, OldAddress]) -> str | None:
    """Return the path of the old address that another one leads to, or None if it leads to none."""
    path = None if old.target is None else old.target.partition("#")[0]
    return path if path in known else None


def _unsettled(path: str, known: Mapping[str, OldAddress], settled: Container[str]) -> list[str]:
    """Follow old addresses from a path, up to one that is settled, leads to none or was met before."""
    chain: dict[str, None] = {}
    step: str | None = path
    while step is not None and step not in settled and step not in chain:
        chain[step] = None
        step = _next(known[step], known)
    return list(chain)


def _lead_on(old: OldAddress, settled: Mapping[str, OldAddress | None]) -> OldAddress | None:
    """Return an old address with the target of the one that it leads to, if that is settled already."""
    if old.target is None:
        return old
    path, mark, fragment = old.target.partition("#")
    if path not in settled:
        return old
    further = settled[path]
    if further is None:
        return None
    target = further.target
    if target is not None and mark and "#" not in target:
        target += mark + fragment
    return structs.replace(old, target=target, title=further.title, date=further.date)


def _from_least(loop: list[str]) -> tuple[str, ...]:
    least = loop.index(min(loop))
    return (*loop[least:], *loop[:least])
