"""How far a command has come: a bar on a terminal, and plain lines elsewhere, as in logs of CI.

Both show nothing of a command that ends within a second.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .console import asked, can_draw, in_language, remark, uses_colour

if TYPE_CHECKING:
    from .pipeline.job import Progress

SLOW_SECONDS = 1.0
"""Commands that take less time show no progress. It would only flicker."""
STAGE_CELLS = 6
"""The width of the longest stage of a build, in both languages: `render`, `그리기`."""


@contextmanager
def showing_progress() -> Iterator["Progress"]:
    """Show the stages of a command as they are told of, unless the user wants to read only problems."""
    if asked("quiet"):
        yield lambda _stage, _done, _total: None
        return
    shown: list[_Bar | _Lines | _Times] = [_Times()] if asked("verbose") else []
    if can_draw(sys.stderr):
        shown.append(_Bar())
    elif not shown:
        shown.append(_Lines())

    def show(stage: str, done: int, total: int) -> None:
        for each in shown:
            each.show(stage, done, total)

    try:
        yield show
    finally:
        for each in reversed(shown):
            each.stop()


class _Lines:
    """A line for each stage that begins, or is still at work, after `SLOW_SECONDS`."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._told = ""

    def show(self, stage: str, done: int, total: int) -> None:
        if stage != self._told and time.perf_counter() - self._started >= SLOW_SECONDS:
            self._told = stage
            remark(stage + (f" {done:,} of {total:,}" if done else f" {total:,}" if total else ""))

    def stop(self) -> None:
        """Print nothing more."""


class _Bar:
    """A bar with the stage, what is done of it, and the time that is left of it."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._bar: Any = None
        self._task: Any = None
        self._stage = ""

    def show(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            if time.perf_counter() - self._started < SLOW_SECONDS:
                return
            self._bar = _make_bar()
            self._bar.start()
        if stage != self._stage:
            # A stage has a task of its own, since the time that is left follows from the speed so far.
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._stage, self._task = stage, self._bar.add_task(in_language(stage), total=total or None)
        self._bar.update(self._task, completed=done, total=total or None, refresh=True)

    def stop(self) -> None:
        """Remove the bar from the terminal."""
        if self._bar is not None:
            self._bar.stop()


def _make_bar() -> Any:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task
    from rich.text import Text

    class Stage(ProgressColumn):
        """The stage, padded so that the bar of a build stays in its place. A Korean letter fills two cells."""

        def render(self, task: Task) -> Text:
            return Text(task.description + " " * (STAGE_CELLS - cell_len(task.description)))

    class Count(ProgressColumn):
        """What is done of a stage, of how much; nothing while that is unknown."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.completed:,.0f}/{task.total:,.0f}" if task.total else "")

    class Left(ProgressColumn):
        """The time that is left of a stage; nothing while that is unknown."""

        def render(self, task: Task) -> Text:
            seconds = task.time_remaining
            left = "" if seconds is None else f"{seconds // 60:.0f}:{seconds % 60:02.0f} left"
            return Text(in_language(left))

    console = Console(stderr=True, no_color=not uses_colour(sys.stderr))
    columns = (Stage(), BarColumn(), Count(), Left())
    # No refresh thread: a forked worker would inherit it in an unknown state.
    return Progress(*columns, console=console, transient=True, auto_refresh=False)


class _Times:
    """A line for each stage that ended, with its seconds."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0

    def show(self, stage: str, _done: int, _total: int) -> None:
        if stage != self._stage:
            self.stop()
            self._stage, self._began = stage, time.perf_counter()

    def stop(self) -> None:
        if self._stage:
            remark(f"{self._stage} {time.perf_counter() - self._began:.2f} s")
            self._stage = ""
