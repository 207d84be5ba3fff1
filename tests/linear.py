"""Check that work takes linear time, on any machine."""

import gc
import time
from collections.abc import Callable

TIMES = 4
ROUNDS = 5
FLOOR_SECONDS = 0.02
"""The least time that an input is taken to need: shorter times vary too much between runs."""


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Return True if an input of four times the size takes less than eight times the CPU time.

    Linear work takes four times as long, quadratic work sixteen times. `work` is called with the size of its input. Other load
    makes some runs slower, so the shortest of several runs counts.
    """
    once = many = float("inf")
    for _ in range(ROUNDS):
        many = min(many, _cpu_seconds(work, TIMES * size))
        if many < 2 * TIMES * FLOOR_SECONDS:
            return True
        once = min(once, _cpu_seconds(work, size))
        if many < 2 * TIMES * once:
            return True
    return False


def _cpu_seconds(work: Callable[[int], object], size: int) -> float:
    gc.disable()  # its time depends on the objects of other tests; to collect them first would take longer than most work
    try:
        started = time.process_time()
        work(size)
        return time.process_time() - started
    finally:
        gc.enable()
