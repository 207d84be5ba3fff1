"""A small site on this machine that answers as sites on the web do, and remembers how it was asked."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BIG = 50_000_000
"""The size in bytes of a page that nobody should read."""


class Site:
    """Counts the requests of a server: the lines, their times and headers, and how many were under way at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once = 0
        self.sent = 0
        self.url = ""
        self.target = ""
        """Where `/away` redirects to."""
        self.late_seconds = 1.0
        """How long `/slow` waits before it answers, unless `is_late` is set."""
        self.is_late = threading.Event()
        self._now = 0
        self._guard = threading.Lock()

    def begin(self, request: BaseHTTPRequestHandler) -> None:
        """Remember a request that is under way from now on."""
        with self._guard:
            self.asked.append(f"{request.command} {request.path}")
            self.times.append(time.monotonic())
            self.headers.append(dict(request.headers))
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def end(self) -> None:
        """Count a request that is about to be answered, before the client can make the next one."""
        with self._guard:
            self._now -= 1


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_HEAD(self) -> None:
        self.site.begin(self)
        self._answer()

    def do_GET(self) -> None:
        self.do_HEAD()

    def end_headers(self) -> None:
        self.site.end()
        super().end_headers()

    def _answer(self) -> None:
        name = self.path.strip("/")
        is_head = self.command == "HEAD"
        if name.isdigit():
            self._send(int(name))
        elif name.startswith(("no-head-4", "no-head-5")):
            self._send(int(name.removeprefix("no-head-")) if is_head else 200)
        elif name == "reset" or (name == "no-head-at-all" and is_head):
            self._reset()
        elif name == "slow":
            self.site.is_late.wait(self.site.late_seconds)
            self._send(200)
        elif name == "big":
            self._send_much()
        elif name.startswith("busy-"):
            self._be_busy(name)
        elif target := self._target(name):
            self._send(int(target[0]), {"Location": target[1]})
        else:
            self._send(200, {"Set-Cookie": "a=b"})

    def _target(self, name: str) -> tuple[str, str] | None:
        """Return the status and the address of a redirect."""
        if name.startswith("to-"):
            _, status, target = name.split("-", 2)
            return status, f"/{target}"
        if name.startswith("chain-"):
            return "302", f"/chain-{int(name.removeprefix('chain-')) + 1}"
        elsewhere = {
            "circle": "/to-302-circle",
            "mail": "mailto:a@b.example",
            "nonsense": "http://[::1/",
            "hangul": "/굴뚝".encode().decode("latin-1"),
            "away": self.site.target,
        }
        return ("302", elsewhere[name]) if name in elsewhere else None

    def _be_busy(self, name: str) -> None:
        """Ask the client to wait: for ever, or before its second request."""
        if name == "busy-for-long":
            self._send(429, {"Retry-After": "86400"})
        elif self.site.asked.count(f"{self.command} {self.path}") == 1:
            self._send(429, {"Retry-After": "1"})
        else:
            self._send(200)

    def _send(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_much(self) -> None:
        if self.command == "HEAD":
            self._send(405)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(BIG))
        self.end_headers()
        try:
            while self.site.sent < BIG:
                self.wfile.write(bytes(100_000))
                self.site.sent += 100_000
        except OSError:
            self.close_connection = True

    def _reset(self) -> None:
        """End the connection without an answer."""
        self.site.end()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def finish(self) -> None:
        with suppress(OSError, ValueError):  # the connection may be closed already
            super().finish()

    def log_message(self, *_arguments: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        pass  # a client that leaves early is what these tests are about


@contextmanager
def running_site(certificate: tuple[Path, Path] | None = None) -> Iterator[Site]:
    """Run a site on a free port; with the files of a certificate and its key, over TLS."""
    site = Site()
    pages = type("Pages", (_Pages,), {"site": site})
    with _Server(("127.0.0.1", 0), pages) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        site.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
