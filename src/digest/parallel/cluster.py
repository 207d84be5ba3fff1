"""Workers on other machines, which a Dask scheduler at a given address manages.

If a worker is lost, others repeat its batches. A worker whose program or libraries differ from those of this machine is
refused, since it could produce other bytes.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..store.epoch import program_hash
from .task import Done, Fetched, Item, Result, Task, batches_of
from .workers import AHEAD, Workers

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

CONNECT_SECONDS = 10


class ClusterError(Exception):
    """The cluster cannot be used; the message says why."""


class Cluster(Workers, frozen=True, kw_only=True):
    """The workers of a Dask scheduler, which runs `work` there; `number` is how many workers it has.

    Single calls (`beside`) run on this machine, since they work with its files.
    """

    executor: "Executor"

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

        Every batch goes to the cluster, however few there are. Only a few batches are under way at any time, since each
        carries everything that it needs. `least`, `ahead` and `beside` concern processes of this machine and have no effect.
        """
        submitted = (
            (batch, self.executor.submit(_work, task.work, [task.fetch(item) for item in batch]))
            for batch in batches_of(items, size)
        )
        pending = deque(islice(submitted, self.number * AHEAD + 1))
        try:
            yield _take(task, pending, submitted)
        finally:
            for _, future in pending:
                future.cancel()


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler; raises ClusterError."""
    try:
        from distributed import Client
    except ImportError as error:
        from ..installed import requirement_with

        raise ClusterError(f'a scheduler needs an extra: pip install "{requirement_with("dask")}"') from error
    try:
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(f"there is no scheduler at {address}: {error}") from error
    with client:
        hashes = client.run(program_hash)
        if not hashes:
            raise ClusterError(f"the scheduler at {address} has no workers")
        if others := sorted(worker for worker, found in hashes.items() if found != program_hash()):
            raise ClusterError(f"workers have another version of digest or of its libraries: {', '.join(others)}")
        yield Cluster(number=len(hashes), executor=client.get_executor())


def _work(work: Callable[[Fetched], Done], batch: Sequence[Fetched]) -> list[Done]:
    """Run on a worker of the cluster."""
    return [work(fetched) for fetched in batch]


def _take(
    task: Task[Item, Fetched, Done, Result],
    pending: "deque[tuple[Sequence[Item], Future[list[Done]]]]",
    submitted: "Iterator[tuple[Sequence[Item], Future[list[Done]]]]",
) -> Iterator[Result]:
    """Yield the results of the batches in order. After each batch that is taken, submit another one."""
    while pending:
        batch, future = pending.popleft()
        done = future.result()
        pending.extend(islice(submitted, 1))
        for item, each in zip(batch, done, strict=True):
            yield task.keep(item, each)
