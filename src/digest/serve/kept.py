"""Files of the site that were just rendered, so that the next request need not render them again."""

from collections import OrderedDict

KEPT_BYTES = 1 << 26


class Kept:
    """The bytes of files by path and tag. If there are too many bytes, those that were used the longest ago are dropped.

    A tag changes whenever the bytes do, so nothing here is ever out of date. One file is kept even if it is larger than the limit.
    """

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._files: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0

    def get(self, path: str, tag: str) -> bytes | None:
        """Return the bytes of a file, or None if they are not here."""
        content = self._files.get((path, tag))
        if content is not None:
            self._files.move_to_end((path, tag))
        return content

    def put(self, path: str, tag: str, content: bytes) -> None:
        """Keep the bytes of a file that is not here yet."""
        self._files[path, tag] = content
        self._size += len(content)
        while self._size > self._limit and len(self._files) > 1:
            self._size -= len(self._files.popitem(last=False)[1])
