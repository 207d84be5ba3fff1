"""The server on this machine: its port, the watcher and the application, until a stop is requested."""

import asyncio
import contextlib
import errno
import gc
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import uvicorn

from ..config import Config
from ..diagnostics import Diagnostic
from ..notes.discover import ENDINGS
from .app import make_app
from .connection import Connection, connection_limit
from .elsewhere import Elsewhere, find_elsewhere
from .guard import HEADERS
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


def open_socket(port: int | None) -> socket.socket:
    """Listen on a port of this machine, by default the first free one from 8000; raises PortTakenError."""
    for candidate in [port] if port else [*range(FIRST_PORT, FIRST_PORT + PORTS_TRIED), 0]:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, _address_option(), 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen()
        except OSError as error:
            listener.close()
            if port:
                raise PortTakenError(_describe(port, error)) from error
        else:
            return listener
    raise PortTakenError("no port is free")


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
    tell: Callable[[Iterable[Diagnostic]], object],
    stop: Stop,
) -> None:
    """Serve a project until a stop is requested. `tell` is called with the new problems after a change."""
    gc.disable()  # a refresh makes many objects that stay, and an author waits for it
    try:
        preview.index_ahead()
        asyncio.run(_serve(folder, preview, listener, tell, stop))
    except KeyboardInterrupt:
        pass  # a second signal
    finally:
        listener.close()


async def _serve(
    folder: Path,
    preview: Preview,
    listener: socket.socket,
    tell: Callable[[Iterable[Diagnostic]], object],
    stop: Stop,
) -> None:
    with ThreadPoolExecutor(max_workers=1) as thread:
        live = LiveSite(folder, preview, thread)
        address, port = listener.getsockname()
        config = uvicorn.Config(
            make_app(live, address, port),
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
        watching = asyncio.create_task(_follow(folder, preview, live, tell))
        try:
            await server.serve(sockets=[listener])
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def _follow(
    folder: Path, preview: Preview, live: LiveSite, tell: Callable[[Iterable[Diagnostic]], object]
) -> None:
    known = set(await live.ask(lambda preview: preview.problems))
    watch = Watch(folder, lambda: preview.config)
    watch.elsewhere = await asyncio.to_thread(find_elsewhere, folder, preview.config, ())
    async for paths in watch.changes():
        await live.refresh(_notes_among(paths, preview.config, watch.elsewhere))
        if paths is None:
            named = await live.ask(lambda preview: preview.named_places())
            watch.elsewhere = await asyncio.to_thread(find_elsewhere, folder, preview.config, named)
            # Nothing has changed for a while, and nobody waits for a page.
            problems = set(await live.ask(lambda preview: preview.problems))
            with contextlib.suppress(OSError):  # nobody reads the output any more; pages show problems too
                tell(problems - known)
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
