"""A forked process and its results. It starts within a millisecond or two.

The pools of the standard library take three times as long to load and to start. All processes of such a pool write into
one pipe. If one of them is killed while it sends a result, for example because memory is short, the pool waits forever for
the rest of that result. Here each process has its own pipe, which closes when the process ends. If the process that forked
it ends, a forked process ends too, whatever the reason.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TypeVar

Result = TypeVar("Result")

ENDED = "a process that did a part of the work was ended, as the system does when memory is short"

_ENDINGS = frozenset({signal.SIGINT, signal.SIGTERM})


@contextmanager
def fork(work: Callable[[], Iterable[Result]], ahead: int = 1) -> Iterator[Iterator[Result]]:
    """Start `work` in a forked process at once; gives its results as they come.

    The process goes on while up to `ahead` results wait to be taken. Results must be picklable. If the process raises an
    exception, this function raises it too, with a note that holds its traceback. Raises ChildProcessError if the process was killed,
    and OSError if the system allows no more processes. The process ends with the context. A process that has threads
    must not fork.
    """
    answers, answering = os.pipe()
    parting, alive = os.pipe()
    parent = os.getpid()
    # A KeyboardInterrupt in the middle of a fork would be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        child = os.fork()
        if not child:
            os.close(answers)
            os.close(alive)
            _answer(work, answering, parting, ahead)
    except OSError:
        for end in (answers, answering, parting, alive):
            os.close(end)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
        raise
    finally:
        # If anything escapes in the child, exit at once: it must never unwind into the parent's code.
        if os.getpid() != parent:
            os._exit(1)
    os.close(answering)
    os.close(parting)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
        yield _take(answers)
    finally:
        os.close(answers)
        os.close(alive)
        with suppress(ChildProcessError):  # if SIGCHLD is ignored, the system has reaped the process
            os.waitpid(child, 0)


def _answer(work: Callable[[], Iterable[object]], answering: int, parting: int, ahead: int) -> NoReturn:
    """Do the work in the child and send its results; never return."""
    from threading import Thread

    # Ctrl-C reaches both processes. The parent ends this one, so that no result is cut short.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
    Thread(target=_end_with_parent, args=(parting,), daemon=True).start()

    def send(encoded: bytes) -> None:
        rest = memoryview(encoded)
        while rest:
            rest = rest[os.write(answering, rest) :]

    send_results(work, send, ahead)
    os._exit(0)


def send_results(work: Callable[[], Iterable[object]], send: Callable[[bytes], object], ahead: int) -> None:
    """Do work and send each result, pickled as a pair: (True, result) or (False, exception).

    A thread sends, so that work goes on while up to `ahead` results wait. After an exception nothing more is sent.
    """
    import pickle
    from queue import Queue
    from threading import Thread

    waiting: Queue[bytes] = Queue(ahead)

    def send_all() -> None:
        with suppress(OSError):  # nobody wants the results any more, and this process is about to be ended
            while encoded := waiting.get():
                send(encoded)

    sender = Thread(target=send_all, daemon=True)
    sender.start()
    try:
        for result in work():
            waiting.put(pickle.dumps((True, result)))
    except Exception as error:
        waiting.put(pickle.dumps((False, _portable(error))))
    waiting.put(b"")
    sender.join()


def _portable(error: Exception) -> Exception:
    """Return an exception that survives pickling, with a note that holds the traceback."""
    import pickle
    import traceback

    note = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(note)
    return error


def _end_with_parent(parting: int) -> NoReturn:
    """Wait until the other end of the pipe is closed, which the system does if the parent is killed; then exit."""
    os.read(parting, 1)
    os._exit(1)


def _take(answers: int) -> Iterator[Any]:
    import pickle

    with os.fdopen(answers, "rb", buffering=1 << 16, closefd=False) as pipe:
        while True:
            try:
                done, outcome = pickle.load(pipe)
            except (EOFError, pickle.UnpicklingError) as error:
                raise ChildProcessError(ENDED) from error
            if not done:
                raise outcome
            yield outcome
