"""Files of the site that were just rendered, so that the next request need not render them again."""

from collections import OrderedDict

KEPT_BYTES = 1 << 26


class Kept:
    """The latest bytes of files by path, with their tag. If there are too many, those that were used the longest ago are dropped.

    A tag changes whenever the bytes do, so nothing here is ever out of date. One file is kept even if it is larger than the limit.
    """

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._files: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._size = 0

    def get(self, path: str, tag: str) -> bytes | None:
        """Return the bytes of a file, or None if those with this tag are not here."""
        kept_tag, content = self._files.get(path, ("", b""))
        if kept_tag != tag:
            return None
        self._files.move_to_end(path)
        return content

    def put(self, path: str, tag: str, content: bytes) -> None:
        """Keep the bytes of a file in place of those with another tag."""
        _, former = self._files.pop(path, ("", b""))
        self._files[path] = tag, content
        self._size += len(content) - len(former)
        while self._size > self._limit and len(self._files) > 1:
            _, (_, dropped) = self._files.popitem(last=False)
            self._size -= len(dropped)
