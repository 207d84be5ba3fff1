"""A browser's connection: HTTP by uvicorn and h11, within limits of time and number."""

import asyncio
import sys

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .guard import HEADERS

REQUEST_SECONDS = 10
"""How long a request may take to arrive, from the connection or from its first byte."""
STALLED_SECONDS = 30
"""How long a client may leave what was sent to it unread."""
CONNECTIONS = 400
"""How many connections may be open at once."""


def connection_limit() -> int:
    """Return how many connections this process may hold: at most half of the files that the system lets it open."""
    if sys.platform == "win32":
        return CONNECTIONS
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if files == resource.RLIM_INFINITY else max(1, min(CONNECTIONS, files // 2))


class Connection(H11Protocol):
    """A connection that ends if the client is too slow, or if there are too many and it has waited for a request the longest."""

    _waiting_since = 0.0
    _overdue: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request. If there are too many connections, end the one that has waited the longest."""
        super().connection_made(transport)
        self._wait_for_request()
        if self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency:
            self._make_room(self.limit_concurrency)

    def _make_room(self, limit: int) -> None:
        """End the connection that has waited the longest. If all others are at work, let this one's request be refused."""
        there = [each for each in self.connections if isinstance(each, Connection) and not each.transport.is_closing()]
        waiting = [each for each in there if each.is_waiting and each is not self]
        if len(there) >= limit and waiting:
            min(waiting, key=lambda each: each._waiting_since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all timers."""
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        for timer in (self._overdue, self._stalled):
            if timer is not None:
                timer.cancel()

    @property
    def is_waiting(self) -> bool:
        """Whether no request has arrived whose answer is not complete."""
        return self.cycle is None or self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        """Take in bytes of a request; from its first byte, the rest must arrive in time."""
        super().data_received(data)
        if not self.is_waiting:
            self._stop_waiting()
        elif self._overdue is None:
            self._wait_for_request()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._waiting_since = self.loop.time()
        super().on_response_complete()

    def _wait_for_request(self) -> None:
        self._waiting_since = self.loop.time()
        self._overdue = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _give_up(self) -> None:
        """End a connection whose request did not arrive in time; say so if a part of it did."""
        self._overdue = None
        if self.transport.is_closing() or not self.is_waiting:
            return
        if self.conn.trailing_data[0] and self.conn.our_state is h11.IDLE:
            self._refuse(408, "The request took too long to arrive.")
        else:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Begin to wait for the client to read."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALLED_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on, since the client has read."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP request; the message of uvicorn is replaced."""
        self._refuse(400, "This is no HTTP request that the server understands.")

    def _refuse(self, status: int, reason: str) -> None:
        """Send a line that says why a request was refused, unless an answer was begun, and close the connection."""
        body = f"{reason}\n".encode()
        headers = [
            *((name.encode(), value.encode()) for name, value in HEADERS.items()),
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        try:
            for event in (h11.Response(status_code=status, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:
            self.transport.abort()
        else:
            self.transport.close()
