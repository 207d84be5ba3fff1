"""The work of a stage on one item, divided into three steps that can run in different places."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")
Fetched = TypeVar("Fetched")
Done = TypeVar("Done")
Result = TypeVar("Result")


class Task(Struct, Generic[Item, Fetched, Done, Result], frozen=True):
    """Three steps that turn an item into a result.

    - `fetch(item)` runs on the machine that has the project's files and cache, and returns everything that `work` needs.
    - `work(fetched)` is pure and may run on another machine.
    - `keep(item, done)` runs on the machine with the files again, and returns the result for the stage.

    A process of this machine runs all three. A cluster runs only `work`; this machine runs `fetch` and `keep`.
    Functions, items and results must be picklable, except that forked processes need only picklable results.
    """

    fetch: Callable[[Item], Fetched]
    work: Callable[[Fetched], Done]
    keep: Callable[[Item, Done], Result]

    def run(self, batch: Sequence[Item]) -> list[Result]:
        """Run all three steps for each item of a batch, one item after the other."""
        return [self.keep(item, self.work(self.fetch(item))) for item in batch]


def return_done(_item: object, done: Done) -> Done:
    """Return the value that `work` returned: the `keep` of a task that keeps nothing."""
    return done


def batches_of(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Cut items into batches of `size`; the last may be shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def run_batches(task: Task[Item, Fetched, Done, Result], batches: Sequence[Sequence[Item]]) -> Iterator[list[Result]]:
    """Run a task over batches, one list of results after the other."""
    return map(task.run, batches)
