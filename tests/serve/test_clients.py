"""Slow, broken and many clients: none of them keeps the server from answering the others."""

import shutil
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from ..program import PATIENCE_SECONDS
from ..project import DAY, write_project
from .conftest import Served, read_all

LIMIT = 30
FEW_CLIENTS = f"import digest.serve.connection as limits; limits.CONNECTIONS = {LIMIT}"
LITTLE_TIME = "import digest.serve.connection as limits; limits.REQUEST_SECONDS = limits.STALLED_SECONDS = 2"
"""Time enough for a client of these tests on a busy machine."""
HEAD = b"Host: localhost:PORT\r\n"
LARGE = 40_000_000
"""More than systems keep for a client that doesn't read."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("clients"), {"notes/2024-03-19.txt": DAY, "public/large.bin": ""})
    with (folder / "public/large.bin").open("r+b") as large:
        large.truncate(LARGE)
    return folder


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    with Served(project, before=FEW_CLIENTS) as served:
        served.get("/")
        yield served


@pytest.fixture(scope="module")
def hurried(project: Path) -> Iterator[Served]:
    """Serve a copy of the project, for clients that have little time."""
    copy = project.with_name(f"{project.name}-hurried")
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".digest"))
    with Served(copy, before=LITTLE_TIME) as hurried:
        hurried.get("/")
        yield hurried


def drip(connection: socket.socket) -> bytes:
    """Send a byte every few milliseconds until the server ends the connection; return all that came."""
    end = time.monotonic() + PATIENCE_SECONDS
    connection.settimeout(0.02)
    received = b""
    while time.monotonic() < end:
        try:
            chunk = connection.recv(1 << 16)
        except TimeoutError:
            chunk = None
        except ConnectionError:
            return received
        if chunk == b"":
            return received
        received += chunk or b""
        try:
            connection.sendall(b"a")
        except ConnectionError:
            return received + read_all(connection)
    raise AssertionError("the server never ended the connection")


def send_until_closed(connection: socket.socket) -> None:
    """Send bytes, and read none, until the server has closed the connection."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            connection.sendall(b"a")
        except ConnectionError:
            return
        time.sleep(0.02)
    raise AssertionError("the server never closed the connection")


SLOW_REQUESTS = {
    b"": [b"408"],
    b"GET / HT": [b"408"],
    b"GET / HTTP/1.1\r\n" + HEAD + b"A: ": [b"408"],
    b"GET / HTTP/1.1\r\n" + HEAD + b"\r\n": [b"200", b"408"],
    b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Length: 99999\r\n\r\n": [b"405"],
    b"GET / HTTP/1.1\r\n" + HEAD + b"Content-Length: 99999\r\n\r\n": [b"200"],
}
"""Requests that never end, and the status of each answer."""


def test_a_request_that_takes_too_long_ends(hurried: Served) -> None:
    def answers(request: bytes) -> list[bytes]:
        with hurried.connect() as connection:
            connection.sendall(request.replace(b"PORT", str(hurried.port).encode()))
            return [part[:3] for part in drip(connection).split(b"HTTP/1.1 ")[1:]]

    with ThreadPoolExecutor(len(SLOW_REQUESTS)) as pool:
        assert dict(zip(SLOW_REQUESTS, pool.map(answers, SLOW_REQUESTS), strict=True)) == SLOW_REQUESTS


def test_a_connection_without_a_request_ends_without_a_word(hurried: Served) -> None:
    with hurried.connect() as connection:
        assert read_all(connection) == b""


def test_a_client_that_never_reads_is_given_up(hurried: Served) -> None:
    with ExitStack() as opened:
        clients = [opened.enter_context(hurried.connect()) for _ in range(8)]
        for client in clients:
            client.sendall(b"GET /large.bin HTTP/1.1\r\n" + HEAD.replace(b"PORT", str(hurried.port).encode()) + b"\r\n")
        assert hurried.get("/2024/03/19/")[0] == 200
        for client in clients:
            send_until_closed(client)


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_broken_connections_leave_nothing_open(served: Served) -> None:
    def count() -> int:
        return sum(1 for _ in Path(f"/proc/{served.process.pid}/fd").iterdir())

    before = count()
    requests = [
        b"",
        b"GET",
        b"GET /2024/03/19/ HTTP/1.1\r\n" + HEAD + b"\r\n",
        b"GET /large.bin HTTP/1.1\r\n" + HEAD + b"\r\n",
    ]
    for number in range(100):
        with served.connect() as client:
            client.sendall(requests[number % 4].replace(b"PORT", str(served.port).encode()))
            if number % 3 == 0:  # end by a reset
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif number % 3 == 1:
                client.shutdown(socket.SHUT_WR)
    end = time.monotonic() + PATIENCE_SECONDS
    few = before + 10  # each kind of request was made 25 times, and the server may have opened files of its own
    while served.get("/2024/03/19/")[0] != 200 or count() > few:
        assert time.monotonic() < end, [link.readlink() for link in Path(f"/proc/{served.process.pid}/fd").iterdir()]
        time.sleep(0.05)


def test_idle_connections_keep_nobody_out(served: Served) -> None:
    with ExitStack() as opened:
        for _ in range(4 * LIMIT):
            opened.enter_context(served.connect())
        assert served.get("/2024/03/19/")[0] == 200


def test_more_clients_than_can_be_served_are_told_to_come_back(served: Served) -> None:
    request = b"GET /_digest/events HTTP/1.1\r\n" + HEAD.replace(b"PORT", str(served.port).encode()) + b"\r\n"
    with ExitStack() as opened:
        for _ in range(LIMIT - 1):
            client = opened.enter_context(served.connect())
            client.sendall(request)
            assert client.recv(12) == b"HTTP/1.1 200"
        status, headers, content = served.get("/2024/03/19/")
        assert (status, content, headers["x-content-type-options"]) == (503, b"Service Unavailable", "nosniff")
    end = time.monotonic() + PATIENCE_SECONDS
    while served.get("/2024/03/19/")[0] != 200:
        assert time.monotonic() < end
        time.sleep(0.05)


CLIENTS, SAVES = 100, 15


def test_a_hundred_clients_get_whole_pages_while_the_site_is_rebuilt(tmp_path: Path) -> None:
    notes = {f"notes/2403{day:02} Day.md": f"Text of day {day}.\n" * 200 for day in range(1, 20)}
    project = write_project(tmp_path, {"digest.yaml": "title: Log\n", **notes})
    paths = [
        *(f"/2024/03/{day:02}/" for day in range(1, 20)),
        "/",
        "/data/entries.json",
        "/feed.xml",
        "/search/index.json",
    ]
    over = threading.Event()

    def read(served: Served, number: int) -> tuple[int, list[str]]:
        asked, broken = 0, []
        while not over.is_set():
            path = paths[(number + asked) % len(paths)]
            status, headers, content = served.get(path)
            is_whole = content.rstrip().endswith((b"</html>", b"}", b"]", b"</feed>"))
            if status != 200 or len(content) != int(headers["content-length"]) or not is_whole:
                broken.append(f"{path} {status} {len(content)}")
            asked += 1
        return asked, broken

    with Served(project) as served, ThreadPoolExecutor(CLIENTS) as pool:
        results = [pool.submit(read, served, number) for number in range(CLIENTS)]
        try:
            for number in range(SAVES):
                write_project(project, {"notes/240301 Day.md": f"Text number {number}.\n" * 200})
                served.wait_until("/2024/03/01/", f"Text number {number}.".encode())
        finally:
            over.set()
        asked = [result.result() for result in results]
    assert [broken for _, broken in asked if broken] == []
    assert all(count for count, _ in asked)
