"""A newly started process and its results, for systems where forking is not safe.

It does the same as a forked process. It takes a few tenths of a second to start, since it loads the program again, and it
receives its work pickled. Each process has its own pipe; `forking` says why.
"""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from .forking import ENDED, send_results

Result = TypeVar("Result")


@contextmanager
def spawn(work: Callable[[], Iterable[Result]], ahead: int = 1) -> Iterator[Iterator[Result]]:
    """Start `work` in a new process at once; gives its results as they come.

    `work` must be picklable, and this process may have threads. Everything else is as with `fork`.
    """
    context = get_context("spawn")
    answers, answering = context.Pipe(duplex=False)
    with answers:
        process = context.Process(target=_answer, args=(work, answering, ahead), daemon=True)
        with answering, _interrupts_held():  # this process keeps no end to write into: the pipe ends with the new one
            process.start()
        try:
            yield _take(answers)
        finally:
            process.kill()
            process.join()
            process.close()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts, if the system can; the process inherits that until it ignores Ctrl-C."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _answer(work: Callable[[], Iterable[object]], answering: Connection, ahead: int) -> None:
    """Do the work in the new process and send its results."""
    # Ctrl-C reaches both processes. The parent ends this one, so that no result is cut short.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    send_results(work, answering.send_bytes, ahead)
    # As with a fork: skip the interpreter's shutdown, since everything ends with the process anyway.
    os._exit(0)


def _end_with_parent() -> None:
    """Wait until the process that started this one has ended, whatever the reason; then exit."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _take(answers: Connection) -> Iterator[Any]:
    while True:
        try:
            done, outcome = pickle.loads(answers.recv_bytes())
        except (EOFError, OSError) as error:
            raise ChildProcessError(ENDED) from error
        if not done:
            raise outcome
        yield outcome
