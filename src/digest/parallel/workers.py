"""Ordered maps over batches on this machine, and single calls that run beside other work.

Processes start working at once and stay only a few batches ahead of the results that were used, so memory does not grow
with the number of items.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import TypeVar

from msgspec import Struct

from .processes import available_processors, chosen_way, start
from .task import Done, Fetched, Item, Result, Task, batches_of, run_batches

Value = TypeVar("Value")

AHEAD = 3
"""How many batches each process may finish before their results are used."""


class Workers(Struct, frozen=True):
    """Processes of this machine: `number` of them, or 0 to choose by the size of the work."""

    number: int = 0

    @contextmanager
    def map(
        self,
        task: Task[Item, Fetched, Done, Result],
        items: Sequence[Item],
        *,
        size: int,
        least: int,
        ahead: int = AHEAD,
        beside: bool = False,
    ) -> Iterator[Iterator[Result]]:
        """Run a task for all items in batches of `size`; gives the results in the order of the items.

        For fewer than `least` items, no pool of processes is started: this process computes them lazily or, with
        `beside=True`, one child process computes them at once. Processes start at once and work while this one does other
        things. Each may be up to `ahead` batches ahead, whose results stay in memory. Work that has not begun when the
        context ends is dropped. Raises ChildProcessError if a process was killed.
        """
        way = chosen_way()
        number = self.number or (available_processors() if len(items) >= least else 1)
        is_small = number < 2 or len(items) <= size
        # Only a fork starts fast enough to be worth it for a few items.
        has_one_to_spare = way == "fork" and self.number != 1 and available_processors() > 1
        batches = batches_of(items, size)
        if way == "none" or (is_small and not (beside and items and has_one_to_spare)):
            yield (result for batch in batches for result in task.run(batch))
            return
        number = 1 if is_small else min(number, len(batches))
        with ExitStack() as processes:
            shares = [partial(run_batches, task, batches[nth::number]) for nth in range(number)]
            streams = [_begin(processes, share, ahead) for share in shares]
            yield (result for nth in range(len(batches)) for result in next(streams[nth % number]))

    @contextmanager
    def beside(self, call: Callable[[], Value]) -> Iterator[Callable[[], Value]]:
        """Call a function in another process; gives a function that waits for its result.

        The other process ends with the context. If the machine has none to spare, this process calls the function when its
        result is needed.
        """
        task: Task[None, None, Value, Value] = Task(lambda _: None, lambda _: call(), lambda _, value: value)
        with Workers.map(self, task, [None], size=1, least=2, beside=True) as results:
            yield cache(results.__next__)


def _begin(processes: ExitStack, work: Callable[[], Iterator[list[Result]]], ahead: int) -> Iterator[list[Result]]:
    """Begin work in another process. If the system allows no more processes, do the work here when results are needed."""
    try:
        return processes.enter_context(start(work, ahead))
    except OSError:
        return work()
