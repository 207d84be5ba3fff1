"""A file of the whole archive as a list of items, so that the next build makes only the items that changed."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

Item = tuple[bytes, Callable[[], bytes]]
"""The key of an item, which decides its bytes together with the settings and the theme, and a function that makes them."""


class Items(Struct, frozen=True):
    """The content of a file: its items, the bytes before the first, between two and after the last of them."""

    items: Iterable[Item]
    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the content in chunks. The items are made one after the other."""
        before = self.head
        for _, make in self.items:
            yield before
            yield make()
            before = self.between
        yield (self.tail if before is self.between else self.head + self.tail)
