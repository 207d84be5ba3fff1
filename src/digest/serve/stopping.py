"""SIGINT and SIGTERM as one request to stop, from before the address is printed until the server has ended.

A user may send a signal as soon as the address is printed, but uvicorn handles signals only once its loop runs. Before that,
SIGINT would raise KeyboardInterrupt at any line. If a shell started the program in the background, SIGINT would be lost,
since such a program starts with SIGINT ignored.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGBREAK")  # the last is Ctrl-Break on Windows
    if hasattr(signal, name)
)


class Stop:
    """Whether a signal asked the program to stop.

    At first, a signal raises KeyboardInterrupt. After `expect`, the first signal only sets `requested`, so that the server can
    end in order. The next one raises, for a user who doesn't want to wait.
    """

    def __init__(self) -> None:
        self.requested = False
        self._expected = False

    def expect(self) -> None:
        """From now on, let the first signal only set `requested`."""
        self._expected = True

    def take(self, _number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        is_first, self.requested = not self.requested, True
        if not (is_first and self._expected):
            raise KeyboardInterrupt


@contextmanager
def listening_for_stop() -> Iterator[Stop]:
    """Listen for signals that ask to stop. When the context ends, the former handlers are set again."""
    stop = Stop()
    former = {number: signal.signal(number, stop.take) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
