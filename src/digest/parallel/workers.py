"""Ordered maps over batches, and single calls: in this process, in forked ones, in a pool, or on a cluster.

Nothing else knows about workers: a stage gives a function and its items, and gets the results in the order of the items.
Only a few batches are under way at any time, so memory stays flat however many items there are.
"""

import itertools
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from .forking import ENDED, fork

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""Batches that may be done before their results are asked for, per worker."""


class Workers(Struct, frozen=True):
    """Who does the work: so many processes, 0 to choose by the size of the work, or a cluster's executor.

    On a cluster, `number` is how many workers it has.
    """

    number: int = 0
    cluster: "Executor | None" = None

    @contextmanager
    def map(
        self,
        function: Callable[[Sequence[Item]], Sequence[Result]],
        items: Iterable[Item],
        *,
        size: int,
        least: int,
        ahead: int = AHEAD,
        beside: bool = False,
    ) -> Iterator[Iterator[Result]]:
        """Give the results of `function` over batches of `size` items, in their order; what isn't begun at the end is dropped.

        Below `least` items the work takes no longer than processes cost, and is done as results are asked for; or `beside`, by
        one process at once, where this one has other things to do.
        Processes begin at once and work while this one does other things, up to `ahead` batches each: as many results
        may lie in memory. A sequence is best: forked processes have it in their memory. On a cluster the function, the
        items and the results have to be picklable. Where a process is killed, ChildProcessError is raised.
        """
        if self.cluster is not None:
            batches = _batches(items, size)
            yield _in_order((self.cluster.submit(function, batch) for batch in batches), self.number * ahead)
            return
        items = items if isinstance(items, Sequence) else list(items)
        number = self.number or (available_processors() if len(items) >= least else 1)
        is_small = number < 2 or len(items) <= size
        if is_small and not (beside and items and self._has_one_to_spare()):
            yield (result for batch in _batches(items, size) for result in function(batch))
        elif sys.platform == "linux":
            starts = range(0, len(items), size)
            number = 1 if is_small else number
            with ExitStack() as forked:
                shares = [partial(_run, function, items, size, starts[nth::number]) for nth in range(number)]
                streams = [_begin(forked, share, ahead) for share in shares]
                yield (result for nth in range(len(starts)) for result in next(streams[nth % number]))
        else:
            # Elsewhere forking isn't safe, so what travels to a worker is pickled.
            from concurrent.futures import ProcessPoolExecutor

            with _ending(ProcessPoolExecutor(number, initializer=end_with_parent)) as pool:
                yield _in_order((pool.submit(function, batch) for batch in _batches(items, size)), number * ahead)

    @contextmanager
    def beside(self, call: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
        """Call a function beside all else that this process does; gives a function that waits for its result.

        The process that calls it is ended at the end. Where there is none to spare, the call is made when it is waited for.
        """
        here = Workers(1) if self.cluster else self
        with here.map(lambda _: [call()], [None], size=1, least=2, beside=True) as results:
            yield cache(results.__next__)

    def _has_one_to_spare(self) -> bool:
        return self.number != 1 and sys.platform == "linux" and available_processors() > 1


@contextmanager
def _ending(pool: "ProcessPoolExecutor") -> "Iterator[ProcessPoolExecutor]":
    from concurrent.futures import BrokenExecutor

    try:
        yield pool
    except BrokenExecutor as error:
        raise ChildProcessError(ENDED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(forked: ExitStack, work: Callable[[], Iterator[Result]], ahead: int) -> Iterator[Result]:
    """Begin work in another process; where the system allows no more of them, it is done here as results are asked for."""
    try:
        return forked.enter_context(fork(work, ahead))
    except OSError:
        return work()


def _run(
    function: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item], size: int, starts: Iterable[int]
) -> Iterator[Sequence[Result]]:
    return (function(items[start : start + size]) for start in starts)


def _in_order(submitted: "Iterator[Future[Sequence[Result]]]", ahead: int) -> Iterator[Result]:
    """Submit some batches at once, and the others as results are taken."""
    pending = deque(itertools.islice(submitted, ahead + 1))
    return _take(pending, submitted)


def _take(
    pending: "deque[Future[Sequence[Result]]]", submitted: "Iterator[Future[Sequence[Result]]]"
) -> Iterator[Result]:
    while pending:
        results = pending.popleft().result()
        pending.extend(itertools.islice(submitted, 1))
        yield from results


def end_with_parent() -> None:
    """Let this process end when the one that forked it is killed, rather than wait for ever for work that no one sends.

    A Ctrl-C is for that one, which then ends this: a result that it cuts short would be waited for for ever.
    """
    import multiprocessing
    import threading

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
