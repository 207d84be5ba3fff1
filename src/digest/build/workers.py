"""Ordered maps over batches, in this process or in others.

Nothing else knows about workers: a stage gives a function and its items, and gets the results in the order of the items.
Only a few batches are under way at any time, so memory stays flat however many items there are.
"""

import itertools
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""Batches submitted beyond the one whose results are awaited, per worker."""


def map_batches(
    executor: Executor | None,
    function: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    *,
    size: int,
    workers: int = 1,
) -> Iterator[Result]:
    """Yield the results of `function` over batches of `size` items, in their order.

    Without an executor the function runs here; with one it and the items must be picklable.
    """
    batches = _batches(items, size)
    if executor is None:
        for batch in batches:
            yield from function(batch)
        return
    pending: deque[Future[Sequence[Result]]] = deque()
    for batch in batches:
        pending.append(executor.submit(function, batch))
        if len(pending) > workers * AHEAD:
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()


def open_executor(workers: int) -> AbstractContextManager[Executor | None]:
    """Start a pool of processes; with fewer than two workers there is none."""
    if workers < 2:
        return nullcontext()
    # Forked workers have every module imported already; elsewhere forking isn't safe.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let a worker end when the build is killed, rather than wait for ever for work that no one sends."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def default_workers(items: int, least: int) -> int:
    """Choose how many workers a job deserves: one below `least` items, where starting others takes longer."""
    return available_processors() if items >= least else 1


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
