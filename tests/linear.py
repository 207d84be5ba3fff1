"""Whether work takes time in proportion to its input, however slow or busy the machine is."""

import gc
import time
from collections.abc import Callable

TIMES = 4
ROUNDS = 5
FLOOR_SECONDS = 0.02
"""What is quicker than this says nothing: the clock and the machine differ by as much."""


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Return True if four times the input takes less than eight times the CPU time.

    Linear work takes four times as long, quadratic work sixteen times. `work` gets the size of its input. A busy machine
    makes single runs slower, so the shortest of several counts.
    """
    once = many = float("inf")
    for _ in range(ROUNDS):
        once = min(once, _cpu_seconds(work, size))
        many = min(many, _cpu_seconds(work, TIMES * size))
        if many < 2 * TIMES * max(once, FLOOR_SECONDS):
            return True
    return False


def _cpu_seconds(work: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.disable()  # the collector's share grows with all that the tests keep, not with the input
    try:
        started = time.process_time()
        work(size)
        return time.process_time() - started
    finally:
        gc.enable()
