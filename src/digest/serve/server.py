"""The server on this machine: its port, the watcher and the application, until a stop is requested."""

import asyncio
import contextlib
import errno
import gc
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from pathlib import Path, PurePosixPath
from typing import Protocol

import uvicorn

from ..config import Config
from ..diagnostics import Diagnostic
from ..notes.discover import ENDINGS
from .app import make_app
from .connection import Connection, connection_limit
from .elsewhere import Elsewhere, find_elsewhere
from .guard import HEADERS, Names, in_address
from .live import LiveSite
from .preview import Preview
from .stopping import Stop
from .watching import Watch

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 20
GRACE_SECONDS = 3
"""How long open requests may take to end after a stop was requested."""

GARBAGE = 10_000
"""After so many new objects, those that are unreachable are collected. A saved note makes fewer."""


class PortTakenError(Exception):
    """The requested port cannot be used; the message names the port, the reason and the way out."""


class HostError(Exception):
    """The requested address is none of this machine's; the message says so."""


def open_socket(port: int | None, host: str | None = None) -> socket.socket:
    """Listen on a port of this machine, by default the first free one from 8000; raises PortTakenError and HostError.

    `host` is the address to listen at, or a name of it. By default only this machine can open the site.
    """
    family, address = _resolve(host or HOST)
    for candidate in [port] if port else [*range(FIRST_PORT, FIRST_PORT + PORTS_TRIED), 0]:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, _address_option(), 1)
        try:
            listener.bind((address, candidate))
            listener.listen()
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRNOTAVAIL:
                raise HostError(f"`{host}` is no address of this machine") from error
            if port:
                raise PortTakenError(_describe(port, error)) from error
        else:
            return listener
    raise PortTakenError("no port is free")


def _resolve(host: str) -> tuple[int, str]:
    """Return the family and the number of an address or a name; raises HostError."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise HostError(f"`{host}` is no address and no known name") from error
    return family, str(place[0])


class Tell(Protocol):
    """A function that prints the new problems after a change."""

    def __call__(self, problems: Iterable[Diagnostic], *, is_mended: bool) -> object:
        """Print the problems. `is_mended` is True if there were problems before the change and none is left."""


def address_of(listener: socket.socket) -> str:
    """Return the address at which a browser on this machine finds a server: `http://127.0.0.1:8000/`."""
    return f"http://{_authority_of(listener)}/"


def _authority_of(listener: socket.socket) -> str:
    address, port = listener.getsockname()[:2]
    if ip_address(address).is_unspecified:
        address = "::1" if listener.family == socket.AF_INET6 else HOST
    return f"{in_address(address)}:{port}"


def warn_of_public(listener: socket.socket, root: str) -> str:
    """Return a warning about a server that other machines can reach, with the address that they use if it is known."""
    address, port = listener.getsockname()[:2]
    if ip_address(address).is_unspecified:
        address = _find_own_address(listener.family)
    if not address:
        return "warning: other machines can open this site, with everything that it shows"
    place = f"http://{in_address(address)}:{port}{root}"
    return f"warning: other machines can open this site, with everything that it shows, at {place}"


def _find_own_address(family: int) -> str:
    """Return this machine's address in its network, or nothing without a network. Nothing is sent."""
    example = "2001:db8::1" if family == socket.AF_INET6 else "192.0.2.1"  # for documentation, RFC 3849 and 5737
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((example, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def is_public(listener: socket.socket) -> bool:
    """Return True if other machines can reach a server."""
    return not ip_address(listener.getsockname()[0]).is_loopback


def open_browser(address: str, give_up: Callable[[], object]) -> None:
    """Open an address in the user's browser, or call `give_up`.

    A thread does this: a browser in the terminal ends only when its user leaves it.
    """
    from webbrowser import open as show_page

    threading.Thread(target=lambda: show_page(address) or give_up(), daemon=True).start()


def _describe(port: int, error: OSError) -> str:
    """Say why a port cannot be used, and what to do."""
    way_out = "choose another one, or leave out `--port` to get a free one"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; {way_out}"
    return f"port {port} cannot be used: {error.strerror}; {way_out}"


def _address_option() -> int:
    """Return the socket option that lets a server take the port of one that has just stopped, and of no other.

    On POSIX that is SO_REUSEADDR. On Windows, SO_REUSEADDR lets two servers share a port, and SO_EXCLUSIVEADDRUSE
    forbids it (learn.microsoft.com, "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE").
    """
    if sys.platform == "win32":
        return socket.SO_EXCLUSIVEADDRUSE
    return socket.SO_REUSEADDR


def serve(
    folder: Path,
    preview: Preview,
    listener: socket.socket,
    tell: Tell,
    stop: Stop,
    *,
    host: str | None = None,
    begin: Callable[[], object] | None = None,
    language: str = "en",
) -> None:
    """Serve a project until a stop is requested. `tell` is called after a change.

    `host` is the name by which the user calls the address that the server listens at. `begin` is called when a browser can
    open the site, and may start a thread. Pages show problems in `language`.
    """
    gc.disable()  # a refresh makes many objects that stay, and an author waits for it
    try:
        preview.index_ahead()
        address, port = listener.getsockname()[:2]
        names = Names(address, port, host or "")
        with ThreadPoolExecutor(max_workers=1) as thread:
            live = LiveSite(folder, preview, thread, language)
            asyncio.run(_serve(live, preview, listener, tell, stop, names, begin))
    except KeyboardInterrupt:
        pass  # a second signal
    finally:
        listener.close()


async def _serve(
    live: LiveSite,
    preview: Preview,
    listener: socket.socket,
    tell: Tell,
    stop: Stop,
    names: Names,
    begin: Callable[[], object] | None,
) -> None:
    config = uvicorn.Config(
        make_app(live, names, _authority_of(listener)),
        http=Connection,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",  # a broken request is no concern of the author
        access_log=False,
        server_header=False,
        headers=list(HEADERS.items()),
        limit_concurrency=connection_limit(),
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, live, stop)
    watching = asyncio.create_task(_follow(live.folder, preview, live, tell))
    if begin:
        begin()
    try:
        await server.serve(sockets=[listener])
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _follow(folder: Path, preview: Preview, live: LiveSite, tell: Tell) -> None:
    known = set(await live.ask(lambda preview: preview.problems))
    watch = Watch(folder, lambda: preview.config, preview.site_files)
    watch.elsewhere = await asyncio.to_thread(find_elsewhere, folder, preview.config, ())
    async for paths in watch.changes():
        await live.refresh(_notes_among(paths, preview.config, watch.elsewhere))
        if paths is None:
            named = await live.ask(lambda preview: preview.named_places())
            watch.elsewhere = await asyncio.to_thread(find_elsewhere, folder, preview.config, named)
            # Nothing has changed for a while, and nobody waits for a page.
            problems = set(await live.ask(lambda preview: preview.problems))
            with contextlib.suppress(OSError):  # nobody reads the output any more; pages show problems too
                tell(problems - known, is_mended=bool(known and not problems))
            known = problems
            # The objects in memory now will stay for long, so the collector need not look through them again.
            gc.collect()
            gc.freeze()


def _notes_among(paths: set[str] | None, config: Config, elsewhere: Elsewhere) -> set[str] | None:
    """Return the paths if all are notes or pages that have one name. Otherwise return None: everything has to be looked at."""
    return paths if paths and all(_is_note(path, config) and not elsewhere.concerns(path) for path in paths) else None


def _is_note(path: str, config: Config) -> bool:
    is_public = bool(config.public_folder) and PurePosixPath(path).is_relative_to(config.public_folder)
    return path.lower().endswith(ENDINGS) and not is_public


class _Server(uvicorn.Server):
    """A server that listens for no signals of its own, and ends its streams before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, live: LiveSite, stop: Stop) -> None:
        super().__init__(config)
        self._live = live
        self._stop = stop

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def on_tick(self, counter: int) -> bool:
        if gc.get_count()[0] > GARBAGE:
            gc.collect(0)  # each connection leaves a kilobyte in reference cycles
        return self._stop.requested or await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._live.close()
        await super().shutdown(sockets)
