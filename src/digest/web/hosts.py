"""Many addresses -> an answer for each: several hosts at a time, one request of a host at a time."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue

from .answers import Answer, is_private, server_of
from .asking import LONGEST_WAIT, Asker, BusyError

HOSTS = 8
"""How many hosts are asked at the same time."""

Asked = tuple[str, Answer]


class Hosts:
    """Gives turns: one request of a host at a time, and `delay` seconds between two of them."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._stop = threading.Event()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free_at: dict[str, float] = {}
        self._guard = threading.Lock()
        self._busy: set[str] = set()

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait until the host of an address may be asked; raises BusyError if it must not be asked any more."""
        host = server_of(url)
        with self._guard:
            lock = self._locks[host]
        with lock:
            if host in self._busy:
                raise BusyError("the host wants to be left alone for longer")
            if self._stop.wait(max(0.0, self._free_at.get(host, 0.0) - time.monotonic())):
                raise BusyError("the run was stopped")
            try:
                yield
            finally:
                self._free_at[host] = max(self._free_at.get(host, 0.0), time.monotonic() + self._delay)

    def put_off(self, url: str, seconds: float) -> None:
        """Let the next turn of a host wait. If it asks for too much, it is not asked again."""
        host = server_of(url)
        if seconds > LONGEST_WAIT:
            self._busy.add(host)
        else:
            self._free_at[host] = max(self._free_at.get(host, 0.0), time.monotonic() + seconds)

    def stop(self) -> None:
        """Give no more turns."""
        self._stop.set()


def ask_all(
    urls: Iterable[str],
    *,
    delay: float,
    is_refused: Callable[[str], bool] = is_private,
    seconds: float = 15.0,
) -> Generator[Asked, None, None]:
    """Ask for every address and yield each with its answer, as the answers come.

    If the caller stops early, no further request is made. `seconds` is the time that a server has for each step.
    """
    queues: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        queues[server_of(url)].append(url)
    answers: SimpleQueue[Asked | Exception] = SimpleQueue()
    hosts = Hosts(delay)
    asker = Asker(hosts.turn, hosts.put_off, is_refused, seconds=seconds)
    executor = ThreadPoolExecutor(HOSTS, thread_name_prefix="links")
    try:
        for queue in queues.values():
            executor.submit(_ask_host, asker, queue, answers)
        for _ in range(sum(map(len, queues.values()))):
            asked = answers.get()
            if isinstance(asked, Exception):
                raise asked
            yield asked
    finally:
        hosts.stop()
        executor.shutdown(wait=False, cancel_futures=True)
        asker.close()


def _ask_host(asker: Asker, urls: Sequence[str], answers: "SimpleQueue[Asked | Exception]") -> None:
    """Ask one host for all of its addresses; an error that nobody foresaw goes to the thread that waits."""
    try:
        for url in urls:
            try:
                answers.put((url, asker.ask(url)))
            except BusyError as error:
                answers.put((url, Answer("unsure", f"was not asked: {error}")))
    except Exception as error:  # `ask_all` raises it again
        answers.put(error)
