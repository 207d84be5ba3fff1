"""Work -> its results, done in a forked process that starts within a millisecond or two.

The library's pools of processes take three times as long to load and to start. And where one of their processes is killed while
it sends a result, as the system does when memory is short, they wait for the rest of it for ever: all of them write into
one pipe. Here each has its own, which ends with it. The process ends with the one that forked it, however that ends.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TypeVar

Result = TypeVar("Result")

ENDED = "a process that did a part of the work was ended, as the system does where memory is short"

_ENDINGS = frozenset({signal.SIGINT, signal.SIGTERM})


@contextmanager
def fork(work: Callable[[], Iterable[Result]], ahead: int = 1) -> Iterator[Iterator[Result]]:
    """Do work in another process at once; gives its results, which have to be picklable, as they come.

    It goes on while up to `ahead` results wait to be taken. What is raised there is raised here, with a note of where it came
    from; ChildProcessError where the process was killed. It is ended at the end. A process with threads must not fork.
    Raises OSError where the system allows no more processes.
    """
    answers, answering = os.pipe()
    parting, alive = os.pipe()
    parent = os.getpid()
    # In the middle of forking what they raise would be lost.
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
        # Whatever is raised in the other process must not go on with what this one was about to do.
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
        with suppress(ChildProcessError):  # where SIGCHLD is ignored, the system has buried it
            os.waitpid(child, 0)


def _answer(work: Callable[[], Iterable[object]], answering: int, parting: int, ahead: int) -> NoReturn:
    import pickle
    from queue import Queue
    from threading import Thread

    # A Ctrl-C is for the one that forked, which then ends this: no result is cut short.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
    waiting: Queue[bytes] = Queue(ahead)
    Thread(target=_end_with_parent, args=(parting,), daemon=True).start()
    sender = Thread(target=_send, args=(waiting, answering), daemon=True)
    sender.start()
    try:
        for result in work():
            waiting.put(pickle.dumps((True, result)))
    except Exception as error:
        import traceback

        error.add_note("".join(traceback.format_exception(error)))
        waiting.put(pickle.dumps((False, error)))
    waiting.put(b"")
    sender.join()
    os._exit(0)


def _send(waiting: Any, answering: int) -> None:
    with os.fdopen(answering, "wb", buffering=0) as pipe:
        while encoded := memoryview(waiting.get()):
            while encoded:
                encoded = encoded[pipe.write(encoded) :]


def _end_with_parent(parting: int) -> NoReturn:
    """End once the other end of the pipe is closed, which the system does for a process that was killed."""
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
