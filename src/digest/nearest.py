"""Things of one name -> the one nearest to the folder in which the name is used; and a wrong name -> the most similar one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeVar

Item = TypeVar("Item")


def folder_of(path: str) -> str:
    """Return the folder of a path, or nothing for a path without one."""
    return path.rpartition("/")[0]


def folders_above(folder: str) -> Iterator[str]:
    """Yield a folder and every folder around it, the innermost first and the project itself, `""`, last."""
    while folder:
        yield folder
        folder = folder_of(folder)
    yield ""


CLOSE = 0.7
"""How alike two names must be, as difflib measures it from 0 to 1."""


def find_similar(
    wanted: Sequence[str], names: Iterable[str], key: Callable[[str], str] = lambda name: name
) -> dict[str, str]:
    """Map each wanted name to the most similar of many names, if one is similar enough.

    A name is compared only if its `key` begins or ends as half of the wanted one does: a single mistake leaves one half as it
    is. So nearly all names are passed over at once.
    """
    if not wanted:
        return {}
    from difflib import SequenceMatcher  # only a broken link needs it

    starts: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, list[str]] = defaultdict(list)
    for each in wanted:
        folded = key(each).casefold()
        middle = len(folded) // 2
        if middle:
            starts[folded[:middle]].append(each)
            ends[folded[middle:]].append(each)
    lengths = sorted({len(half) for half in (*starts, *ends)})
    short = min(lengths, default=0)
    first, last = {half[:short] for half in starts}, {half[-short:] for half in ends}
    best: dict[str, tuple[float, str]] = {}
    for name in names:
        folded = key(name).casefold()
        near: list[str] = []
        if folded[:short] in first:
            near += [each for length in lengths for each in starts.get(folded[:length], ())]
        if folded[-short:] in last:
            near += [each for length in lengths for each in ends.get(folded[-length:], ())]
        for each in dict.fromkeys(near):
            likeness = SequenceMatcher(None, name.casefold(), each.casefold()).ratio()
            if likeness > best.get(each, (CLOSE, ""))[0]:
                best[each] = likeness, name
    return {each: name for each, (_, name) in best.items()}


class Namesakes(Generic[Item]):
    """Things of one name by the path of the file that each is in."""

    def __init__(self) -> None:
        self._items: dict[str, list[Item]] = {}

    def add(self, path: str, item: Item) -> None:
        """Add a thing."""
        self._items.setdefault(path, []).append(item)

    @property
    def items(self) -> Iterable[tuple[str, Item]]:
        """The things with the paths of their files, in the order in which they were added."""
        return ((path, item) for path, items in self._items.items() for item in items)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the files, made once for all links that use the name."""
        return tuple(path for path, _ in self.items)

    @property
    def only(self) -> Item | None:
        """The thing, if there is only one."""
        if len(self._items) > 1:
            return None
        (items,) = self._items.values()
        return items[0] if len(items) == 1 else None

    def within(self, path: str) -> Item | None:
        """Return the only thing in a file, or None."""
        items = self._items.get(path, ())
        return items[0] if len(items) == 1 else None

    def nearest(self, folder: str) -> Item | None:
        """Return the thing nearest to a folder: it shares most folders with it and lies in fewest others.

        Return None if two are equally near.
        """
        for above in folders_above(folder):
            if paths := self._nearest.get(above):
                return self.within(paths[0]) if len(paths) == 1 else None
        return None

    @cached_property
    def _nearest(self) -> dict[str, list[str]]:
        """The paths with the fewest folders below each folder that has any; at most two of them."""
        nearest: dict[str, list[str]] = {}
        for path in sorted(self._items, key=lambda path: (path.count("/"), path)):
            for above in folders_above(folder_of(path)):
                kept = nearest.setdefault(above, [])
                if len(kept) < 2 and (not kept or kept[0].count("/") == path.count("/")):
                    kept.append(path)
        return nearest
