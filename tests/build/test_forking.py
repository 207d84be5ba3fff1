"""A call in a forked process: its result, its mistakes and its end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from digest.build.forking import fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forking is safe on Linux alone")


def sleep() -> int:
    time.sleep(60)
    return 1


def test_a_call_gives_its_result_from_another_process() -> None:
    with fork(lambda: ("셈", os.getpid())) as result:
        word, process = result()
    assert word == "셈"
    assert process != os.getpid()


def test_a_result_that_fills_no_pipe_at_once_comes_whole() -> None:
    with fork(lambda: b"x" * 3_000_000) as result:
        assert result() == b"x" * 3_000_000


def test_what_a_call_raises_is_raised_where_its_result_is_waited_for() -> None:
    def refuse() -> NoReturn:
        raise OSError(28, "No space left on device", "site/index.html")

    with fork(refuse) as result, pytest.raises(OSError, match="No space left on device"):
        result()


def test_a_call_that_nobody_waits_for_ends_with_its_context() -> None:
    started = time.monotonic()
    with fork(sleep):
        pass
    assert time.monotonic() - started < 30
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_process_that_is_killed_is_an_error_of_the_one_that_waits() -> None:
    with fork(lambda: os.kill(os.getpid(), signal.SIGKILL)) as result, pytest.raises(ChildProcessError):
        result()


def test_a_call_ends_with_the_process_that_made_it() -> None:
    program = """
import os, time
from digest.build.forking import fork

def call():
    print(os.getpid(), flush=True)
    time.sleep(60)

with fork(call) as result:
    result()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    deadline = time.monotonic() + 30
    while is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(process: int) -> bool:
    """Tell whether a process is there and no corpse that nobody has buried yet."""
    try:
        status = Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
