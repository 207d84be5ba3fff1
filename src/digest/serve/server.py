"""The server on this machine: a port, the watcher and the application, until someone says stop."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import uvicorn

from ..diagnostics import Diagnostic
from ..notes.discover import ENDINGS
from .app import LiveSite, make_app
from .preview import Preview
from .watching import watch

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 20


class PortTakenError(Exception):
    """Something else listens on the port that was asked for; the message says which."""


def open_socket(port: int | None) -> socket.socket:
    """Take a port of this machine, the first that is free unless one is asked for; raises PortTakenError."""
    for candidate in [port] if port else [*range(FIRST_PORT, FIRST_PORT + PORTS_TRIED), 0]:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # Connections of a server that has just stopped must not keep its port from the next one.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen()
        except OSError as error:
            listener.close()
            if port:
                raise PortTakenError(f"port {port} is taken: {error.strerror}") from error
        else:
            return listener
    raise PortTakenError("no port is free")


def serve(
    folder: Path, preview: Preview, listener: socket.socket, tell: Callable[[Iterable[Diagnostic]], object]
) -> None:
    """Serve a project until interrupted; `tell` is given the problems that came up with a change."""
    # A request to terminate ends the server as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    gc.disable()  # a refresh makes much that stays, and an author waits for it
    try:
        preview.index_ahead()
        asyncio.run(_serve(folder, preview, listener, tell))
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()


async def _serve(
    folder: Path, preview: Preview, listener: socket.socket, tell: Callable[[Iterable[Diagnostic]], object]
) -> None:
    with ThreadPoolExecutor(max_workers=1) as thread:
        live = LiveSite(preview, thread)
        config = uvicorn.Config(
            make_app(live), http="h11", ws="none", loop="asyncio", lifespan="off", log_config=None, access_log=False
        )
        server = _Server(config, live)
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
    async for paths in watch(folder, lambda: preview.config):
        await live.refresh(_notes_among(paths))
        if paths is None:
            # All is quiet, and nobody waits for a page.
            problems = set(await live.ask(lambda preview: preview.problems))
            with contextlib.suppress(OSError):  # whoever read it has gone; pages show it too
                tell(problems - known)
            known = problems
            # What was made stays for long, and need never be looked through for garbage again.
            gc.collect()
            gc.freeze()


def _notes_among(paths: set[str] | None) -> set[str] | None:
    """Return what changed where that are notes alone; folders, settings and the theme ask for a look at everything."""
    return paths if paths and all(path.lower().endswith(ENDINGS) for path in paths) else None


class _Server(uvicorn.Server):
    """A server that ends its streams before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, live: LiveSite) -> None:
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._live.close()
        await super().shutdown(sockets)
