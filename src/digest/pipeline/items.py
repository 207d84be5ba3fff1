"""Write a file of many items, and take the items that did not change from the file in place.

For each such file the cache keeps the keys and the lengths of its items. A file that was altered since it was written is not used.
"""

import hashlib
import mmap
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import msgspec
from msgspec import Struct, structs

from ..disk import open_file
from ..site.items import Items
from ..store.staging import HASH_SIZE, Put, Stage


class Written(Struct, frozen=True, array_like=True):
    """The items of a file that was written: the hash of its bytes, a hash of the settings, the keys, and the lengths in bytes."""

    hash: bytes
    setup: bytes
    keys: list[bytes]
    lengths: list[int]


_WRITTEN = msgspec.msgpack.Decoder(Written)


def put_items(stage: Stage, path: str, items: Items, setup: bytes, former: bytes | None) -> Put:
    """Put a file of items into the staging directory. `setup` is a hash of everything besides the keys that decides the bytes.

    `former` is the `items` of the `Put` of the last build, if there was one.
    """
    with ExitStack() as opened:
        places, content = _find_items(opened, stage.site + path, items, setup, former)
        keys: list[bytes] = []
        lengths: list[int] = []
        put = stage.put(path, _write(items, places, content, keys, lengths))
    return structs.replace(put, items=msgspec.msgpack.encode(Written(put.hash, setup, keys, lengths)))


def _find_items(
    opened: ExitStack, place: str, items: Items, setup: bytes, former: bytes | None
) -> tuple[dict[bytes, tuple[int, int]], memoryview]:
    """Return the first byte and the end of each item of the file in place, by its key, and the content of the file."""
    nothing: tuple[dict[bytes, tuple[int, int]], memoryview] = {}, memoryview(b"")
    written = _WRITTEN.decode(former) if former else None
    if written is None or written.setup != setup:
        return nothing
    with suppress(OSError, ValueError):  # it is gone, or empty
        file = opened.enter_context(open_file(place))
        mapped = opened.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        content = opened.enter_context(memoryview(mapped))
        if hashlib.sha256(content).digest()[:HASH_SIZE] == written.hash:
            places = {}
            start = len(items.head)
            for key, length in zip(written.keys, written.lengths, strict=True):
                places[key] = start, start + length
                start += length + len(items.between)
            return places, content
    return nothing


def _write(
    items: Items, places: dict[bytes, tuple[int, int]], content: memoryview, keys: list[bytes], lengths: list[int]
) -> Iterator[bytes | memoryview]:
    """Yield the content of a file in chunks, and note the keys and the lengths of its items. Neighbours in place stay together."""
    gap = len(items.between)
    before = items.head
    start = end = 0
    for key, make in items.items:
        place = places.get(key)
        keys.append(key)
        if place is None:
            made = make()
            if end:
                yield content[start:end]
            yield before
            yield made
            start = end = 0
            lengths.append(len(made))
        else:
            first, last = place
            if end and first == end + gap:
                end = last
            else:
                if end:
                    yield content[start:end]
                yield before
                start, end = place
            lengths.append(last - first)
        before = items.between
    if end:
        yield content[start:end]
    yield items.tail if keys else items.head + items.tail
