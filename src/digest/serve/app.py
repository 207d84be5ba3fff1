"""A preview -> answers to a browser on this machine.

Only the two files of live reload and the public files are read from disk, so no path leads out of the site. A script element that
watches for changes is added to each HTML page when it is sent; the site itself has no such element.
"""

import asyncio
import contextlib
import hashlib
import mimetypes
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from ..diagnostics import Diagnostic
from ..site import routes
from ..site.theme import STATIC
from .preview import Preview

EVENTS = "/_digest/events"
"""No path of a site begins with an underscore: tags, kinds and dates all have their own first part."""
_HERE = Path(__file__).parent
_LIVE = (_HERE / "live.js").read_bytes()
STYLE = "/_digest/live.css"
SCRIPT = f"/_digest/live.{hashlib.blake2b(_LIVE, digest_size=5).hexdigest()}.js"
KEEP_ALIVE_SECONDS = 15
PROBLEMS_SHOWN = 50

_MEDIA_TYPES = {
    routes.FEED: "application/atom+xml",
    routes.JSON_FEED: "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_UNKNOWN_TYPE = "application/octet-stream"
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    # Other sites must not read the author's drafts.
    "Cross-Origin-Resource-Policy": "same-origin",
}
_KEPT = {**_HEADERS, "Cache-Control": "max-age=31536000, immutable"}
"""Headers of files with a hash in their address. A reloaded page need not request them again, which saves a fifth of the wait."""

Result = TypeVar("Result")


class _Problem(Struct, frozen=True):
    """A diagnostic as live.js shows it."""

    place: str
    severity: str
    code: str
    message: str
    hint: str


class _Change(Struct, frozen=True):
    """A change as live.js receives it: the page's present tag, and the problems."""

    tag: str
    errors: int
    warnings: int
    shown: tuple[_Problem, ...]


class LiveSite:
    """A preview in a thread of its own, and the event streams that wait for its changes."""

    def __init__(self, preview: Preview, thread: ThreadPoolExecutor) -> None:
        self._preview = preview
        self._thread = thread
        self._changed = asyncio.Condition()
        self._changes = 0
        self._closed = False

    async def ask(self, question: Callable[[Preview], Result]) -> Result:
        """Ask the preview a question, after the questions that were asked before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, self._preview)

    async def refresh(self, paths: Collection[str] | None) -> None:
        """Look at the changed `paths`, or at everything if None, and tell all event streams if the site changed."""
        if not await self.ask(lambda preview: preview.refresh(paths)):
            return
        async with self._changed:
            self._changes += 1
            self._changed.notify_all()

    async def close(self) -> None:
        """End all event streams, so that the server can stop."""
        async with self._changed:
            self._closed = True
            self._changed.notify_all()

    async def events(self, path: str, known: str = "") -> AsyncIterator[str]:
        """Yield server-sent events: the problems and the tag of the page at `path`, now and after every change.

        A browser whose page has another tag than `known` loads the page again, and is told the problems only then.
        """
        yield "retry: 400\n\n"
        seen = -1
        while not self._closed:
            if seen == self._changes:
                yield ": still here\n\n"
            else:
                seen = self._changes
                yield f"event: change\ndata: {await self.ask(lambda preview: _change(preview, path, known))}\n\n"
            await self._next_change(seen)

    async def _next_change(self, seen: int) -> None:
        """Wait for a change beyond those seen, for the end, or for the time to show that the connection is alive."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(KEEP_ALIVE_SECONDS), self._changed:
                await self._changed.wait_for(lambda: self._closed or self._changes != seen)


def make_app(live: LiveSite) -> Starlette:
    """Make the application: the site under its base path, with live reload. It answers only to the names of this machine."""

    async def site(request: Request) -> Response:
        return await _answer(live, request)

    async def events(request: Request) -> Response:
        asked = request.query_params
        stream = live.events(asked.get("page", "/"), asked.get("tag", ""))
        return StreamingResponse(stream, media_type="text/event-stream", headers=_HEADERS)

    def packaged(content: bytes, media_type: str, headers: Mapping[str, str]) -> Callable[[Request], Response]:
        return lambda _request: Response(content, media_type=media_type, headers=headers)

    return Starlette(
        routes=[
            Route(EVENTS, events),
            Route(SCRIPT, packaged(_LIVE, "text/javascript", _KEPT)),
            Route(STYLE, packaged((_HERE / "live.css").read_bytes(), "text/css", _HEADERS)),
            Route("/{path:path}", site),
        ],
        # A page of another site can make its own name lead to this machine; the browser then still sends that name.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )


def _change(preview: Preview, path: str, known: str) -> str:
    tag = _find(preview, path).tag
    return describe_change(tag, preview.problems if known in ("", tag) else ())


def describe_change(tag: str, problems: tuple[Diagnostic, ...]) -> str:
    """Return the message for live.js as JSON, errors first."""
    ordered = sorted(set(problems), key=lambda problem: (problem.severity != "error", problem))
    errors = sum(problem.severity == "error" for problem in ordered)
    shown = (
        _Problem(
            place=":".join([problem.path, *(str(n) for n in (problem.line, problem.column) if n)]),
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            hint=problem.hint,
        )
        for problem in ordered[:PROBLEMS_SHOWN]
    )
    return msgspec.json.encode(_Change(tag, errors, len(ordered) - errors, tuple(shown))).decode()


class _Found(Struct, frozen=True):
    """The target of an address: a file of the site, with its path and tag, or another address."""

    path: str
    tag: str
    elsewhere: str = ""


def _find(preview: Preview, address: str) -> _Found:
    """Find the target of an address. If there is none, it is the page for missing addresses."""
    lost = _Found(routes.NOT_FOUND, preview.tag(routes.NOT_FOUND))
    if not address.startswith(preview.root):
        home = address in ("/", preview.root.rstrip("/"))
        return _Found(lost.path, lost.tag, preview.root) if home else lost
    path = address.removeprefix(preview.root)
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    if tag := preview.tag(path):
        return _Found(path, tag)
    return _Found(lost.path, lost.tag, f"{address}/") if path and preview.tag(f"{path}/") else lost


async def _answer(live: LiveSite, request: Request) -> Response:
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}

    def look(preview: Preview) -> tuple[_Found, bytes | Diagnostic | Path | None]:
        found = _find(preview, request.scope["path"])
        wanted = request.method == "GET" and not found.elsewhere and f'"{found.tag}"' not in known
        return found, preview.content(found.path) if wanted else None

    found, content = await live.ask(look)
    if found.elsewhere:
        return RedirectResponse(found.elsewhere, headers=_HEADERS)
    lasting = _KEPT if found.path.startswith((STATIC, routes.FILES)) else _HEADERS
    headers = {**lasting, "ETag": f'"{found.tag}"', "Content-Type": media_type_of(found.path)}
    status = 404 if found.path == routes.NOT_FOUND else 200
    if f'"{found.tag}"' in known:
        return Response(status_code=304, headers={**lasting, "ETag": headers["ETag"]})
    if isinstance(content, Diagnostic):
        return Response(
            _with_script(_fault(content), found.tag), 500, {**_HEADERS, "Content-Type": _MEDIA_TYPES[".html"]}
        )
    if isinstance(content, Path):
        return FileResponse(content, status, headers)
    if content is None:
        return Response(status_code=status, headers=headers)
    is_html = headers["Content-Type"] == _MEDIA_TYPES[".html"]
    return Response(_with_script(content, found.tag) if is_html else content, status, headers)


def media_type_of(path: str) -> str:
    """Return the media type of a file of the site, by the kind of file or else by the ending of its name."""
    if path.endswith("/" + routes.FEED):
        return _MEDIA_TYPES[routes.FEED]
    ending = Path(routes.file_of(path)).suffix
    return _MEDIA_TYPES.get(path) or _MEDIA_TYPES.get(ending) or mimetypes.guess_type(path)[0] or _UNKNOWN_TYPE


def _with_script(html: bytes, tag: str) -> bytes:
    script = f'<script type="module" src="{SCRIPT}" data-digest-tag="{tag}"></script>\n'.encode()
    before, end, after = html.rpartition(b"</body>")
    return before + script + end + after if end else html + script


def _fault(problem: Diagnostic) -> bytes:
    """Return the page that is shown instead of a page whose template fails."""
    text = escape(f"{problem.path}:{problem.line}: {problem.message}")
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{text}</title><pre>{text}</pre>\n'.encode()
