"""A call -> its result, made in a forked process that starts within a millisecond or two.

A pool of processes takes twenty times as long to load and to start, which pays for much work alone. The process ends with the
one that forked it, however that ends.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TypeVar

Result = TypeVar("Result")

ENDED = "a process that did a part of the work was ended, as the system does where memory is short"


@contextmanager
def fork(call: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Make a call in another process at once; gives a function that waits, once, for the result, which has to be picklable.

    What the call raises is raised there, with a note of where it came from; ChildProcessError where the process was killed.
    The process is ended at the end. A process with threads must not fork. Raises OSError where the system allows no more.
    """
    answer, answering = os.pipe()
    parting, alive = os.pipe()
    parent = os.getpid()
    try:
        child = os.fork()
        if not child:
            os.close(answer)
            os.close(alive)
            _answer(call, answering, parting)
    except OSError:
        for end in (answer, answering, parting, alive):
            os.close(end)
        raise
    finally:
        # Whatever is raised in the other process, a Ctrl-C among it, must not go on with what this one was about to do.
        if os.getpid() != parent:
            os._exit(1)
    os.close(answering)
    os.close(parting)
    try:
        yield lambda: _wait(answer)
    finally:
        os.close(answer)
        os.close(alive)
        with suppress(ChildProcessError):  # where SIGCHLD is ignored, the system has buried it
            os.waitpid(child, 0)


def _answer(call: Callable[[], object], answering: int, parting: int) -> NoReturn:
    import pickle
    import threading

    threading.Thread(target=_end_with_parent, args=(parting,), daemon=True).start()
    try:
        encoded = pickle.dumps((True, call()))
    except Exception as error:
        import traceback

        error.add_note("".join(traceback.format_exception(error)))
        encoded = pickle.dumps((False, error))
    with os.fdopen(answering, "wb") as pipe:
        pipe.write(encoded)
    os._exit(0)


def _end_with_parent(parting: int) -> NoReturn:
    """End once the other end of the pipe is closed, which the system does for a process that was killed."""
    os.read(parting, 1)
    os._exit(1)


def _wait(answer: int) -> Any:
    import pickle

    with os.fdopen(answer, "rb", closefd=False) as pipe:
        encoded = pipe.read()
    try:
        done, outcome = pickle.loads(encoded)
    except (EOFError, pickle.UnpicklingError) as error:
        raise ChildProcessError(ENDED) from error
    if not done:
        raise outcome
    return outcome
