"""The address of a Dask scheduler -> workers on other machines, through the same interface as those on this one.

A worker that is lost has its batches done again by others. Workers whose program or libraries differ from this machine's
would give other bytes, and are refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..store.epoch import program_hash
from .workers import Workers

CONNECT_SECONDS = 10


class ClusterError(Exception):
    """There is no cluster to work with; the message says why."""


@contextmanager
def open_cluster(address: str) -> Iterator[Workers]:
    """Connect to a scheduler; raises ClusterError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("a scheduler needs the extra `dask`: install `research-digest[dask]`") from error
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
        yield Workers(len(hashes), client.get_executor())
