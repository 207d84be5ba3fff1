"""The request for one address: `HEAD`, then `GET` if that fails; redirects by hand, and never a whole page.

A redirect may lead to another host, so every single request waits for its turn with the host that it goes to.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urldefrag, urljoin, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from .. import __version__
from ..iri import split_address
from .answers import Answer, answer_of

REDIRECTS = 10
RETRIES = 2
"""How often an address is asked for again if its host names a time."""
LONGEST_WAIT = 60.0
"""The longest time, in seconds, that a host may ask us to wait."""
HEADERS = {
    "User-Agent": f"digest/{__version__} (link checker)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WAIT = frozenset({429, 503})

Turn = Callable[[str], AbstractContextManager[None]]
"""A function from an address to a context in which its host may be asked; raises `BusyError` if it must not be asked any more."""
Delay = Callable[[str, float], None]
"""A function that puts off the next turn of an address's host by a number of seconds."""


class BusyError(Exception):
    """A host asked for more time than we have, or the run is over."""


class Response:
    """A status, and what its headers say of another address or of time."""

    __slots__ = ("location", "status", "wait")

    def __init__(self, status: int, location: str = "", wait: float | None = None) -> None:
        self.status = status
        self.location = location
        self.wait = wait


class Asker:
    """Asks for addresses. `turn` and `delay` decide when; `is_refused` names addresses to which no redirect is followed."""

    def __init__(self, turn: Turn, delay: Delay, is_refused: Callable[[str], bool], *, seconds: float = 15.0) -> None:
        self._turn = turn
        self._delay = delay
        self._is_refused = is_refused
        # No cookies, no pool that grows, no retry or redirect that we don't see.
        self._pool = urllib3.PoolManager(
            num_pools=16,
            maxsize=1,
            headers=HEADERS,
            timeout=urllib3.Timeout(connect=seconds, read=seconds),
            retries=False,
        )

    def ask(self, url: str) -> Answer:
        """Return what an address leads to, after all redirects; raises BusyError."""
        if split_address(url) is None:
            return Answer("broken", "is no valid address")
        address, seen, is_permanent = urldefrag(url).url, [urldefrag(url).url], True
        for _ in range(REDIRECTS + 1):
            response = self._respond(address)
            if isinstance(response, Answer):
                return response
            if response.status not in _REDIRECTS or not response.location:
                answer = answer_of(response.status)
                is_moved = answer.state == "good" and is_permanent and len(seen) > 1
                return Answer("moved", "moved for good", address) if is_moved else answer
            is_permanent = is_permanent and response.status in _PERMANENT
            try:
                address = urldefrag(urljoin(address, response.location)).url
                scheme = urlsplit(address).scheme
            except ValueError:
                return Answer("broken", "redirects to no valid address")
            if scheme not in ("http", "https"):
                return Answer("unsure", "redirects to something that is no web page")
            if self._is_refused(address):
                return Answer("unsure", "redirects into a private network")
            if address in seen:
                return Answer("broken", "redirects in a circle")
            seen.append(address)
        return Answer("broken", f"redirects more than {REDIRECTS} times")

    def _respond(self, url: str) -> Response | Answer:
        """Return the response to `HEAD` or, if the server doesn't like that, the response to `GET`."""
        response = self._request("HEAD", url)
        if isinstance(response, Response) and (response.status < 400 or response.status in (401, 410, 429)):
            return response
        if isinstance(response, Answer) and not response.detail.startswith("ends the connection"):
            return response
        return self._request("GET", url)

    def _request(self, method: str, url: str) -> Response | Answer:
        """Send a request, also again if the host names a time; return the response or the reason why there is none."""
        for attempt in range(RETRIES + 1):
            with self._turn(url):
                try:
                    response = self._send(method, url)
                except (HTTPError, LocationValueError, UnicodeError, ValueError) as error:
                    return Answer("broken", _reason(error))
            if response.wait is None or attempt == RETRIES:
                break
            self._delay(url, response.wait)
        return response

    def _send(self, method: str, url: str) -> Response:
        response = self._pool.request(method, url, redirect=False, preload_content=False)
        try:
            wait = _seconds(response.headers.get("Retry-After", "")) if response.status in _WAIT else None
            return Response(response.status, _utf8(response.headers.get("Location", "")), wait)
        finally:
            if method == "HEAD":
                response.release_conn()
            else:
                response.close()  # the page itself is of no interest

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()


def _utf8(header: str) -> str:
    """Return a header that was read as Latin-1, but that its server may have written in UTF-8, as many do with Hangul."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _seconds(written: str) -> float | None:
    """Return the seconds of a `Retry-After` header, which may be a date."""
    if not written:
        return None
    try:
        return urllib3.Retry().parse_retry_after(written)
    except HTTPError:
        return None


def _reason(error: Exception) -> str:
    """Return in a few words why there is no response."""
    match error:
        case NameResolutionError():
            return "has no such host"
        case NewConnectionError():  # some versions derive it from the next one
            return "cannot be reached"
        case ConnectTimeoutError() | ReadTimeoutError():
            return "does not answer in time"
        case SSLError():
            return f"has no valid certificate: {_plain(error)}"
        case LocationValueError() | UnicodeError() | ValueError():
            return "is no valid address"
    return "ends the connection"


def _plain(error: Exception) -> str:
    """Return the cause in OpenSSL's words, without its names and numbers."""
    words = str(error).rpartition("certificate verify failed: ")[2] or str(error)
    return words.partition(" (_ssl.c")[0]
