"""Questions for the arXiv API: one request at a time and one every three seconds, as its terms of use ask.

A request that fails is made again after a pause, which doubles, or after the time that arXiv names. Only the API's own host is
asked: no redirect to another one is followed.
"""

import http.client
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, metadata
from typing import IO, TypeVar
from urllib.parse import urlencode, urlsplit

from .. import __version__

API = "https://export.arxiv.org/api/query"
PAUSE = 3.0
"""The seconds between two requests (info.arxiv.org/help/api/tou.html)."""
ATTEMPTS = 5
"""How often a question is asked before it is given up."""
LONGEST_WAIT = 120.0
"""The longest time in seconds that arXiv may ask us to wait."""
LARGEST = 20_000_000
"""The most bytes of an answer."""
LONGEST_ANSWER = 120.0
"""The most seconds that an answer may take in all."""
REDIRECTS = 3

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that say nothing about the question."""

Read = TypeVar("Read")


class StoppedError(Exception):
    """arXiv cannot be asked any more in this run; the message says why."""


class RefusedError(Exception):
    """arXiv refuses a question; the message says why."""


class GarbledError(Exception):
    """arXiv gives no answer to a question that can be read, however often it is asked; the message says why."""


class _FailedError(Exception):
    """A request failed in a way that may pass; `wait` is the time in seconds that the host names, if it does."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _SameHost(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise RefusedError("it redirects to another host")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def user_agent(site: str = "") -> str:
    """Return the name of the program with the project's address or, if the package has none, the address of the `site`."""
    try:
        urls = metadata("research-digest").get_all("Project-URL") or ()
    except PackageNotFoundError:
        urls = ()
    homes = (url.partition(", ")[2] for url in urls if url.startswith("Homepage,"))
    home = next(homes, site)
    return f"digest/{__version__} (+{home})" if re.fullmatch(r"https?://[!-~]+", home) else f"digest/{__version__}"


class Arxiv:
    """The API at an address. `clock` and `sleep` are those of `time`, `seconds` is the time for each step of a request."""

    def __init__(
        self,
        agent: str,
        api: str = API,
        *,
        seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._api = api
        self._headers = {"User-Agent": agent, "Accept": "application/atom+xml"}
        self._seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._free_at = clock()
        self._has_answered = False
        self._send = urllib.request.build_opener(_SameHost).open
        self.requests = 0
        """How many requests were made."""

    def ask(self, question: Mapping[str, str | int], read: Callable[[bytes], Read]) -> Read:
        """Return what `read` makes of the answer to a question; it raises ValueError for an answer that cannot be read.

        Raises RefusedError or GarbledError if only this question fails, and StoppedError if there is no use in asking on.
        """
        url = f"{self._api}?{urlencode(question)}"
        for attempt in range(ATTEMPTS):
            try:
                content = self._request(url)
            except _FailedError as error:
                failure, is_garbled = error, False
            else:
                self._has_answered = True
                try:
                    return read(content)
                except ValueError as error:
                    failure, is_garbled = _FailedError(f"its answer cannot be read: {error}"), True
            wait = PAUSE * 2**attempt if failure.wait is None else failure.wait
            if wait > LONGEST_WAIT:
                raise StoppedError(f"arXiv asks for {wait / 60:,.0f} minutes of quiet")
            if attempt < ATTEMPTS - 1:
                self._free_at = max(self._free_at, self._clock() + wait)
        if is_garbled:
            raise GarbledError(str(failure))
        raise StoppedError(f"arXiv {failure}, also after {ATTEMPTS} requests")

    def _request(self, url: str) -> bytes:
        """Wait for the turn, send a request and return the answer."""
        self._sleep(max(0.0, self._free_at - self._clock()))
        self.requests += 1
        request = urllib.request.Request(url, headers=self._headers)
        try:
            with self._send(request, timeout=self._seconds) as response:
                return self._read(response)
        except urllib.error.HTTPError as error:
            with error:
                if error.code in _PASSING:
                    wait = seconds_of(error.headers.get("Retry-After", ""), time.time())
                    raise _FailedError(f"answers {error.code}", wait) from error
                raise RefusedError(f"it answers {error.code}") from error
        except TimeoutError as error:
            raise _FailedError("does not answer in time") from error
        except urllib.error.URLError as error:
            raise self._explain(error.reason) from error
        except (http.client.HTTPException, OSError) as error:
            raise _FailedError("ends the connection") from error
        finally:
            self._free_at = max(self._free_at, self._clock() + PAUSE)

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        chunks, size, started = [], 0, self._clock()
        while chunk := response.read1(1 << 16):
            size += len(chunk)
            if size > LARGEST:
                raise RefusedError("its answer is too large")
            if self._clock() - started > LONGEST_ANSWER:
                raise _FailedError("does not answer in time")
            chunks.append(chunk)
        if response.length:
            raise _FailedError("ends the connection")
        return b"".join(chunks)

    def _explain(self, reason: object) -> Exception:
        """Return the error for a connection that could not be made."""
        if isinstance(reason, TimeoutError):
            return _FailedError("does not answer in time")
        if isinstance(reason, ssl.SSLCertVerificationError):
            return StoppedError(f"arXiv has no valid certificate: {reason.verify_message}")
        if not self._has_answered:
            where = urlsplit(self._api).netloc
            is_unknown = isinstance(reason, socket.gaierror)
            why = "no such host is known" if is_unknown else getattr(reason, "strerror", None) or reason
            return StoppedError(f"{where} cannot be reached ({why}); is this machine offline?")
        return _FailedError("cannot be reached")


def seconds_of(written: str, now: float) -> float | None:
    """Return the seconds of a `Retry-After` header, which may be a date; None if there is none. `now` is in seconds since 1970."""
    if re.fullmatch(r"\d{1,9}", written.strip()):
        return float(written)
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - now)
    except (ValueError, OverflowError):
        return None
