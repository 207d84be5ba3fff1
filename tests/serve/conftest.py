"""`digest serve` as a process of its own, and a small client to ask it with."""

import contextlib
import http.client
import json
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

import pytest

from ..program import PATIENCE_SECONDS, Piped
from ..project import DAY, write_project

Serve = Callable[..., "Served"]


class Served(Piped):
    """A running server of a project. `before` is a statement that is run before the server starts."""

    def __init__(self, folder: Path, *arguments: str, before: str = "") -> None:
        super().__init__("-C", str(folder), "serve", *arguments, before=f"progress.SLOW_SECONDS = 1e9; {before}")
        self.told: list[str] = []
        """The lines up to the one with the address."""
        for line in iter(self.stderr.readline, ""):
            self.told.append(line)
            if address := re.search(r"http://127\.0\.0\.1:(\d+)(\S+)", line):
                self.port, self.root = int(address[1]), address[2]
                return
        raise AssertionError("".join(self.told))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.stop()
        finally:
            super().__exit__(kind, error, at)  # a server that does not end must not fail the tests after this one too

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """Ask the server to end and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(PATIENCE_SECONDS)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a path exactly as it is written; returns status, headers in lower case and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        """Open a connection to the server."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def send(self, request: bytes) -> bytes:
        """Send bytes, in which PORT stands for the server's port, and return all that comes until the server closes."""
        with self.connect() as connection:
            connection.sendall(request.replace(b"PORT", str(self.port).encode()))
            return read_all(connection)

    def memory(self) -> int:
        """Return the kilobytes of memory that the server holds now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0])

    def wait_until(self, path: str, shows: bytes) -> None:
        """Ask for a page until it shows something."""
        end = time.monotonic() + PATIENCE_SECONDS
        while shows not in (content := self.get(path)[2]):
            assert time.monotonic() < end, content.decode()
            time.sleep(0.01)

    @contextmanager
    def watching(self, path: str) -> Iterator[list[tuple[int, bytes]]]:
        """Ask for a page all the time; yields a list of the status and the content of each answer."""
        answers: list[tuple[int, bytes]] = []
        over = threading.Event()

        def ask() -> None:
            while not over.wait(0.005):
                answers.append(self.get(path)[::2])

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            yield answers
        finally:
            over.set()
            asking.join()

    def wait_for_change(self, path: str, etag: str) -> None:
        """Ask for a page until it has another tag."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.get(path, if_none_match=etag)[1]["etag"] == etag:
            assert time.monotonic() < end, path
            time.sleep(0.01)

    @contextmanager
    def events(self, **asked: str) -> Iterator[Iterator[dict[str, Any]]]:
        """Listen to changes, as the page and the tag that are `asked` for; each is what is wrong at that moment."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request("GET", f"/_digest/events?{urlencode(asked)}")
        answer = connection.getresponse()
        assert answer.getheader("content-type", "").startswith("text/event-stream")
        lines = iter(answer.readline, b"")
        try:
            yield (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))
        finally:
            connection.close()


def read_all(connection: socket.socket) -> bytes:
    """Read until the server closes; a connection that it resets gives what came before."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(1 << 16):
            received += chunk
    return received


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project of one day, under a sub-path."""
    return write_project(
        tmp_path / "project",
        {"digest.yaml": "title: 기록\nbase_url: https://digest.example/repo/\n", "notes/2024-03-19.txt": DAY},
    )


@pytest.fixture
def serve(project: Path) -> Iterator[Serve]:
    """Serve the project with the options given, until the test is over."""
    running: list[Served] = []

    def start(*arguments: str, before: str = "") -> Served:
        running.append(Served(project, *arguments, before=before))
        return running[-1]

    yield start
    for served in running:
        served.__exit__(None, None, None)
