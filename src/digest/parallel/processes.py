"""How this system starts another process: `fork`, `spawn`, or `none` if it starts none.

Linux forks. This takes a millisecond or two, and the new process has everything that is in memory. Other systems spawn: a
newly started process loads the program and receives its work pickled. The environment variable `DIGEST_START_METHOD` chooses
another way, so that tests on Linux can run the code of other systems.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Literal, TypeVar, get_args

Result = TypeVar("Result")

Way = Literal["fork", "spawn", "none"]

VARIABLE = "DIGEST_START_METHOD"


def chosen_way() -> Way:
    """Return how to start processes; raises ValueError if `DIGEST_START_METHOD` names a way that this system lacks."""
    asked = os.environ.get(VARIABLE)
    if not asked:
        return "fork" if sys.platform == "linux" else "spawn"
    for way in get_args(Way):
        if asked == way and (way != "fork" or hasattr(os, "fork")):
            return way  # type: ignore[no-any-return]
    raise ValueError(f"{VARIABLE} is `{asked}`; it can be {', '.join(possible_ways())}")


def possible_ways() -> list[Way]:
    """Return the values that `DIGEST_START_METHOD` can have on this system."""
    return ["fork", "spawn", "none"] if hasattr(os, "fork") else ["spawn", "none"]


def start(work: Callable[[], Iterable[Result]], ahead: int = 1) -> AbstractContextManager[Iterator[Result]]:
    """Start a process that does `work`, in the chosen way; gives its results as they come.

    See `forking.fork` and `spawning.spawn`. The way must not be `none`. Raises OSError if the system allows no more
    processes.
    """
    if chosen_way() == "fork":
        from .forking import fork

        return fork(work, ahead)
    from .spawning import spawn

    return spawn(work, ahead)


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
