"""The command line as a process of its own.

On Linux it is forked from a process that has already loaded digest, which takes a tenth of the time of a new interpreter.
"""

import multiprocessing
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import reduction
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self, TextIO

from .packages import ROOT

PATIENCE_SECONDS = 120
"""How long a test waits for an event: a busy machine takes its time, and what never comes still fails."""
PROGRAM = "from digest import cli, progress; {before}\ncli.run()"


class Forked:
    """A command in a forked process, with the methods of `subprocess.Popen` that tests need."""

    def __init__(
        self,
        arguments: tuple[str, ...],
        streams: tuple[int, int, int],
        before: str,
        folder: Path,
        env: Mapping[str, str],
    ) -> None:
        if str(ROOT) not in sys.path:
            sys.path.append(str(ROOT))  # the process that forks imports this package by its name
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([f"{__package__}.warm"])
        copies = tuple(map(_Copied, streams))
        self._process = context.Process(target=_run, args=(arguments, copies, before, str(folder), dict(env)))
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code of a command that has ended."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("digest", timeout or 0)
        return code

    def send_signal(self, sig: int) -> None:
        """Send a signal to a command that has not ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """End the command at once."""
        self.send_signal(signal.SIGKILL)


class _Copied:
    """A file descriptor that arrives in the forked process as the number of a copy."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _take, (reduction.DupFd(self._number),)


def _take(copy: Any) -> int:
    return int(copy.detach())


def _run(arguments: tuple[str, ...], streams: tuple[int, ...], before: str, folder: str, env: dict[str, str]) -> None:
    """Become the command, in the forked process."""
    os.chdir(folder)
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a suite that a shell started in the background ignores it
    os.environ.clear()
    os.environ.update(env)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", 1 if os.isatty(1) else -1, "utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
    sys.argv = ["-c", *arguments]
    exec(PROGRAM.format(before=before), {})


def start(
    *arguments: str,
    streams: tuple[int, int, int],
    before: str = "",
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes] | Forked":
    """Start a command whose standard streams are these file descriptors.

    `before` is a statement that is run first, in which `cli` and `progress` are modules of digest.
    """
    folder, env = folder or Path.cwd(), os.environ if env is None else env
    if platform.system() == "Linux":  # a type checker would take the rest for dead code if this were `sys.platform`
        return Forked(arguments, streams, before, folder, env)
    stdin, stdout, stderr = streams
    command = [sys.executable, "-c", PROGRAM.format(before=before), *arguments]
    return subprocess.Popen(command, cwd=folder, env=dict(env), stdin=stdin, stdout=stdout, stderr=stderr)


def call(
    *arguments: str,
    before: str = "",
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with `given` as its standard input, and return what it printed."""
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        streams = (stdin.fileno(), stdout.fileno(), stderr.fileno())
        code = start(*arguments, streams=streams, before=before, folder=folder, env=env).wait(PATIENCE_SECONDS)
        shown = []
        for stream in (stdout, stderr):
            stream.seek(0)
            shown.append(stream.read().decode())
    return subprocess.CompletedProcess(arguments, code, *shown)


class Piped:
    """A running command whose output a test reads as it comes. It is killed at the end of its context."""

    def __init__(self, *arguments: str, before: str = "", env: Mapping[str, str] | None = None) -> None:
        self.stdout, stdout = _open_pipe()
        self.stderr, stderr = _open_pipe()
        streams = (os.open(os.devnull, os.O_RDONLY), stdout, stderr)
        self.process = start(*arguments, streams=streams, before=before, env=env)
        for stream in streams:
            os.close(stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        self.stdout.close()
        self.stderr.close()


def _open_pipe() -> tuple[TextIO, int]:
    """Open a pipe; returns its end to read from, as text, and the descriptor of the other."""
    reading, writing = os.pipe()
    return os.fdopen(reading, encoding="utf-8"), writing
