"""Ordered maps over batches: in this process, in forked ones, or on a cluster.

Nothing else knows about workers: a stage gives a function and its items, and gets the results in the order of the items.
Only a few batches are under way at any time, so memory stays flat however many items there are.
"""

import itertools
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""Batches submitted beyond the one whose results are awaited, per worker."""


class Workers(Struct, frozen=True):
    """Who does the work: so many processes, 0 to choose by the size of the work, or a cluster's executor.

    On a cluster, `number` is how many workers it has.
    """

    number: int = 0
    cluster: "Executor | None" = None

    def map(
        self,
        function: Callable[[Sequence[Item]], Sequence[Result]],
        items: Iterable[Item],
        *,
        size: int,
        least: int,
    ) -> Iterator[Result]:
        """Yield the results of `function` over batches of `size` items, in their order.

        Below `least` items, starting processes takes longer than the work. A sequence is best: forked processes have it
        in their memory. On a cluster the function, the items and the results have to be picklable.
        """
        if self.cluster is not None:
            batches = _batches(items, size)
            yield from _in_order((self.cluster.submit(function, batch) for batch in batches), self.number)
            return
        items = items if isinstance(items, Sequence) else list(items)
        number = self.number or (available_processors() if len(items) >= least else 1)
        if number < 2 or len(items) <= size:
            for batch in _batches(items, size):
                yield from function(batch)
        elif sys.platform == "linux":
            yield from _map_forked(function, items, size, number)
        else:
            # Elsewhere forking isn't safe, so what travels to a worker is pickled.
            from concurrent.futures import ProcessPoolExecutor

            with ProcessPoolExecutor(number, initializer=_end_with_parent) as pool:
                yield from _in_order((pool.submit(function, batch) for batch in _batches(items, size)), number)


_shared: tuple[Callable[[Sequence[Any]], Sequence[Any]], Sequence[Any]] | None = None
"""What forked workers find in their memory: the function and its items."""


def _map_forked(
    function: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item], size: int, number: int
) -> Iterator[Result]:
    # A build with nothing to do has no use for these, which take a tenth of its time to load.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    global _shared  # set while workers are forked, which is how they get it
    _shared = function, items
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(number, mp_context=context, initializer=_end_with_parent) as pool:
            starts = range(0, len(items), size)
            yield from _in_order((pool.submit(_run_shared, start, start + size) for start in starts), number)
    finally:
        _shared = None


def _run_shared(start: int, end: int) -> Sequence[Any]:
    if _shared is None:
        raise RuntimeError("this worker was not forked by a map")
    function, items = _shared
    return function(items[start:end])


def _in_order(submitted: "Iterator[Future[Sequence[Result]]]", number: int) -> Iterator[Result]:
    pending: deque[Future[Sequence[Result]]] = deque()
    for future in submitted:
        pending.append(future)
        if len(pending) > number * AHEAD:
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()


def _end_with_parent() -> None:
    """Let a worker end when the build is killed, rather than wait for ever for work that no one sends."""
    import multiprocessing
    import threading

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
