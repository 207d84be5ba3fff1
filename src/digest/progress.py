"""The progress bar of a build."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .pipeline.job import Progress

SLOW_SECONDS = 0.4
"""Builds that take less time show no progress bar. It would only flicker."""


@contextmanager
def progress_bar() -> Iterator["Progress"]:
    """Show a progress bar on a terminal, once the build has run for `SLOW_SECONDS`."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield lambda _stage, _done, _total: None
        return
    started = time.perf_counter()
    bar: Any = None
    task: Any = None

    def show(stage: str, done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None:
            if time.perf_counter() - started < SLOW_SECONDS:
                return
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as ProgressBar

            # No refresh thread: a forked worker would inherit it in an unknown state.
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            bar = ProgressBar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
            bar.start()
            task = bar.add_task(stage)
        bar.update(task, description=stage, completed=done, total=total or None, refresh=True)

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()
