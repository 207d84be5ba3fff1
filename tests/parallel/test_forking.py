"""Work in forked processes: its results, its mistakes and its end."""

import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

from digest.parallel.forking import fork
from digest.parallel.task import Task, return_done
from digest.parallel.workers import Workers
from digest.store.cache import Cache

Result = TypeVar("Result")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forking is safe on Linux alone")


@pytest.fixture(autouse=True)
def fork_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_START_METHOD", "fork")


def each(work: Callable[[int], Result]) -> Task[int, int, Result, Result]:
    """Make a task of a function."""
    return Task(int, work, return_done)


@contextmanager
def elsewhere(call: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Make a call in a forked process."""
    with fork(lambda: [call()]) as results:
        yield results.__next__


def test_a_call_gives_its_result_from_another_process() -> None:
    with elsewhere(lambda: ("셈", os.getpid())) as result:
        word, process = result()
    assert word == "셈"
    assert process != os.getpid()


def test_a_result_that_fills_no_pipe_at_once_comes_whole() -> None:
    with elsewhere(lambda: b"x" * 3_000_000) as result:
        assert result() == b"x" * 3_000_000


def test_what_a_call_raises_is_raised_where_its_result_is_waited_for() -> None:
    def refuse() -> NoReturn:
        raise OSError(28, "No space left on device", "site/index.html")

    with elsewhere(refuse) as result, pytest.raises(OSError, match="No space left on device") as caught:
        result()
    assert caught.value.filename == "site/index.html"
    assert "in refuse" in caught.value.__notes__[0]


def test_a_result_that_cannot_be_sent_is_an_error_that_says_so() -> None:
    with elsewhere(lambda: sys.stdout) as result, pytest.raises(TypeError, match="pickle"):
        result()


def test_a_call_that_nobody_waits_for_ends_with_its_context(tmp_path: Path) -> None:
    def sleep() -> None:
        tell_process(tmp_path)
        time.sleep(600)

    started = time.monotonic()
    with elsewhere(sleep):
        child = wait_for_process(tmp_path)
    assert time.monotonic() - started < 500
    assert not Path(f"/proc/{child}").exists()


def test_a_process_that_is_killed_is_an_error_of_the_one_that_waits() -> None:
    with elsewhere(lambda: os.kill(os.getpid(), signal.SIGKILL)) as result, pytest.raises(ChildProcessError):
        result()


def test_a_process_that_is_killed_while_it_answers_is_an_error_too(tmp_path: Path) -> None:
    def answer() -> bytes:
        tell_process(tmp_path)
        return b"x" * 3_000_000

    with elsewhere(answer) as result:
        child = wait_for_process(tmp_path)
        time.sleep(0.2)  # the answer fills the pipe
        os.kill(child, signal.SIGKILL)
        with pytest.raises(ChildProcessError):
            result()


def test_a_worker_that_is_killed_is_an_error_of_the_one_that_waits() -> None:
    def end(_item: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    with (
        pytest.raises(ChildProcessError, match="was ended"),
        Workers(2).map(each(end), range(10), size=1, least=1) as results,
    ):
        list(results)


def test_a_worker_that_is_killed_while_it_sends_a_result_leaves_nobody_waiting(tmp_path: Path) -> None:
    """In a pool whose processes write into one pipe, the rest of the result would be waited for for ever."""

    def send(item: int) -> bytes:
        if item == 0:
            tell_process(tmp_path)
        return b"x" * 3_000_000

    with Workers(2).map(each(send), range(4), size=1, least=1) as results:
        child = wait_for_process(tmp_path)
        time.sleep(0.2)  # the result fills the pipe
        os.kill(child, signal.SIGKILL)
        with pytest.raises(ChildProcessError):
            list(results)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_results_come_in_the_order_of_their_items_whoever_is_first(number: int) -> None:
    def rest(item: int) -> int:
        time.sleep(0.05 if item % 8 == 0 else 0)
        return item

    with Workers(number).map(each(rest), range(25), size=2, least=1) as results:
        assert list(results) == list(range(25))


def test_a_worker_goes_no_further_ahead_than_it_is_told(tmp_path: Path) -> None:
    def note(item: int) -> bytes:
        (tmp_path / str(item)).touch()
        return bytes(3_000_000)

    with Workers(2).map(each(note), range(20), size=1, least=1, ahead=2) as results:
        time.sleep(0.5)
        # One of each is on its way into the pipe, two wait, and one waits for room.
        assert len(list(tmp_path.iterdir())) <= 2 * 4
        assert sum(map(len, results)) == 20 * 3_000_000


def test_a_ctrl_c_is_for_the_one_that_forked_its_workers_alone() -> None:
    """One worker waits for work and one is at it when a terminal sends it to all of them."""
    program = """
import signal, time
from digest.parallel.task import Task, return_done
from digest.parallel.workers import Workers
def rest(seconds):
    time.sleep(seconds)
    return seconds
signal.signal(signal.SIGINT, signal.default_int_handler)  # a program started in the background ignores it
with Workers(2).map(Task(float, rest, return_done), [0, 600], size=1, least=1) as results:
    print(next(results), flush=True)
    list(results)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as asked:
        assert asked.stdout is not None
        assert asked.stdout.readline() == "0.0\n"
        os.killpg(asked.pid, signal.SIGINT)
        _, told = asked.communicate(timeout=120)
    assert told.count("Traceback") == 1
    assert told.endswith("KeyboardInterrupt\n")


def test_where_the_system_allows_no_more_processes_the_call_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    opened = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr("digest.parallel.workers.available_processors", lambda: 2)
    with Workers().beside(os.getpid) as result:
        assert result() == os.getpid()
    assert len(list(Path("/proc/self/fd").iterdir())) == opened


def test_a_ctrl_c_cuts_no_result_of_a_worker_short() -> None:
    def interrupt(item: int) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        return item

    with Workers(2).map(each(interrupt), range(10), size=1, least=1) as results:
        assert list(results) == list(range(10))


def test_a_program_that_is_told_to_bury_its_processes_unseen_gets_results() -> None:
    former = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with elsewhere(lambda: 1) as result:
            assert result() == 1
    finally:
        signal.signal(signal.SIGCHLD, former)


def test_what_is_being_written_to_the_cache_stays_whole_when_another_process_reads_it(tmp_path: Path) -> None:
    def read() -> int:
        found = cache.count_outputs()
        gc.collect()  # a connection lies in a circle, and is closed once that is found
        return found

    with Cache.open(tmp_path, "1") as cache:
        for number in range(3000):
            cache.save_terms(b"%d" % number, b"", bytes(2000), b"")  # more than SQLite keeps back
        with elsewhere(read) as result:
            assert result() == 0
        cache.commit()
        with elsewhere(lambda: len(cache.term_keys())) as result:
            assert result() == 3000


def test_a_worker_opens_the_cache_once_for_all_batches(tmp_path: Path) -> None:
    with Cache.open(tmp_path, "1") as cache:
        batches = [pickle.dumps(cache.raw_body), pickle.dumps(cache.raw_body)]
    first, second = map(pickle.loads, batches)
    with first.__self__:
        assert first == second
        assert not first.__self__.is_written_here


def test_a_call_ends_with_the_process_that_made_it() -> None:
    program = """
import os, time
from digest.parallel.forking import fork

def call():
    print(os.getpid(), flush=True)
    time.sleep(600)

with fork(lambda: [call()]) as results:
    next(results)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    deadline = time.monotonic() + 120
    while is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(process: int) -> bool:
    """Return True if a process runs, False if it is gone or a zombie."""
    try:
        status = Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def tell_process(folder: Path) -> None:
    """Leave the number of this process in a folder."""
    (folder / "new").write_text(str(os.getpid()), "utf-8")
    (folder / "new").replace(folder / "process")


def wait_for_process(folder: Path) -> int:
    """Return the number that a process left in a folder."""
    while not (folder / "process").exists():
        time.sleep(0.01)
    return int((folder / "process").read_text("utf-8"))
