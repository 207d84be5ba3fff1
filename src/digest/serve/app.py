"""A preview -> answers to a browser on this machine.

The application answers only under the names of this machine, and only to GET and HEAD. Addresses are looked up in the preview, so
no address leads out of the site. Only public files and files that notes name are read from disk, by paths that the preview gives.
A script element that watches for changes is added to each HTML page when it is sent; the site itself has no such element.
"""

import hashlib
import mimetypes
from collections.abc import Container, Mapping
from email.utils import formatdate
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..diagnostics import Diagnostic, visible
from ..languages import translate
from ..site import routes
from ..site.theme import STATIC
from .conditions import Part, Version, failed_condition, wanted_part
from .guard import is_own_host, is_own_page
from .live import LiveSite
from .opened import Opened, open_patiently

EVENTS = "/_digest/events"
"""The site's own pages have no path that begins with an underscore: tags, kinds and dates all have their own first part."""
_HERE = Path(__file__).parent
_LIVE = (_HERE / "live.js").read_bytes()
STYLE = "/_digest/live.css"
SCRIPT = f"/_digest/live.{hashlib.blake2b(_LIVE, digest_size=5).hexdigest()}.js"
METHODS = ("GET", "HEAD")

_MEDIA_TYPES = {
    routes.FEED: "application/atom+xml",
    routes.JSON_FEED: "application/feed+json",
    routes.REDIRECTS_FILE: "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".bib": "text/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
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
_CHANGING = {"Cache-Control": "no-cache"}
_LASTING = {"Cache-Control": "max-age=31536000, immutable"}
"""Headers of files with a hash in their address. A reloaded page need not request them again, which saves a fifth of the wait."""


def make_app(live: LiveSite, names: Container[str], address: str) -> ASGIApp:
    """Make the application of a server that answers under some names: the site under its base path, with live reload.

    `address` is the one that a browser on this machine can use.
    """
    packaged = {SCRIPT: (_LIVE, ".js", _LASTING), STYLE: ((_HERE / "live.css").read_bytes(), ".css", _CHANGING)}

    async def answer(request: Request) -> Response:
        if request.scope["http_version"] not in ("1.0", "1.1"):
            return refuse(505, "This server speaks HTTP/1.1.", Connection="close")
        authority, path = _split_target(request.scope["path"])
        if not is_own_host(request.headers, names) or (authority and authority.lower() not in names):
            return refuse(421, f"This server answers only as {address}. Open http://{address}/ instead.")
        if request.method not in METHODS:
            return refuse(405, "This server only answers GET and HEAD.", Allow=", ".join(METHODS))
        if path == EVENTS:
            return _follow(live, request) if is_own_page(request.headers, names) else refuse(403, _STRANGER)
        if path in packaged:
            content, ending, headers = packaged[path]
            return Response(content, headers={**headers, "Content-Type": _MEDIA_TYPES[ending]})
        return await _answer(live, request, path)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await answer(Request(scope))
        except Exception:
            await refuse(500, "The server made a mistake, which it prints where it was started.")(scope, receive, send)
            raise
        await response(scope, receive, send)

    return app


_STRANGER = "Only pages of this server may listen to its changes."


def _split_target(target: str) -> tuple[str, str]:
    """Return the authority and the path of a request's target; clients of a proxy write both (RFC 9112, section 3.2.2)."""
    if target.startswith("/"):
        return "", target
    authority, slash, path = target.removeprefix("http://").partition("/")
    return authority, slash + path or "/"


def refuse(status: int, reason: str, **headers: str) -> Response:
    """Return an answer that says in a line why a request was refused."""
    return Response(f"{reason}\n", status, {**_CHANGING, **headers, "Content-Type": _MEDIA_TYPES[".txt"]})


def _follow(live: LiveSite, request: Request) -> Response:
    asked, headers = request.query_params, {**_CHANGING, "Content-Type": "text/event-stream; charset=utf-8"}
    if request.method == "HEAD":
        return Response(headers=headers)
    return StreamingResponse(live.events(asked.get("page", "/"), asked.get("tag", "")), headers=headers)


async def _answer(live: LiveSite, request: Request, address: str) -> Response:
    found, content = await live.find(address)
    if found.host_target:
        return RedirectResponse(found.host_target, headers=_CHANGING)
    if found.elsewhere:
        query = request.scope["query_string"].decode("latin-1")
        return RedirectResponse(quote(found.elsewhere) + (f"?{query}" if query else ""), headers=_CHANGING)
    media_type = media_type_of(found.path)
    headers = {**(_LASTING if found.path.startswith((STATIC, routes.FILES)) else _CHANGING), "Content-Type": media_type}
    if isinstance(content, Diagnostic):
        fault = _with_script(_fault(content, live.language), found.tag)
        return Response(fault, 500, {**_CHANGING, "Content-Type": _MEDIA_TYPES[".html"]})
    if content is None:
        return refuse(404, "The file has just been removed.")
    if isinstance(content, Path):
        opened = await open_patiently(live.folder, content)
        return _send_file(opened, request, headers) if opened else refuse(404, "The file has just been removed.")
    if media_type == _MEDIA_TYPES[".html"]:
        content = _with_script(content, found.tag)
    if found.path == routes.NOT_FOUND:
        return Response(content, 404, headers)
    return _send_bytes(content, Version(f'"{found.tag}"'), request, headers)


def _send_bytes(content: bytes, version: Version, request: Request, headers: Mapping[str, str]) -> Response:
    short, part, headers = _plan(request, version, len(content), headers)
    return short or Response(content[part.start : part.end], _status(headers), headers)


def _send_file(opened: Opened, request: Request, headers: Mapping[str, str]) -> Response:
    short, part, headers = _plan(request, opened.version, opened.size, headers)
    if short or request.method == "HEAD":
        opened.close()
        return short or Response(status_code=_status(headers), headers=headers)
    return _FileResponse(opened, part, headers)


class _FileResponse(StreamingResponse):
    """An answer that closes its file when it ends, whatever the reason: nothing else would while the garbage collector is off."""

    def __init__(self, opened: Opened, part: Part, headers: Mapping[str, str]) -> None:
        super().__init__(opened.read(part), _status(headers), headers)
        self._opened = opened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._opened.close()


def _plan(
    request: Request, version: Version, size: int, headers: Mapping[str, str]
) -> tuple[Response | None, Part, Mapping[str, str]]:
    """Return the answer if none of a file is to be sent; otherwise None, the part to send, and the headers that go with it."""
    headers = {**headers, "ETag": version.tag, "Accept-Ranges": "bytes"}
    if version.changed is not None:
        headers["Last-Modified"] = formatdate(version.changed, usegmt=True)
    everything = Part(0, size)
    failed = failed_condition(request.headers, version)
    if failed == 304:
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return Response(status_code=304, headers=kept), everything, headers
    if failed:
        return refuse(failed, "The file is another version now."), everything, headers
    try:
        part = wanted_part(request.headers, version, size) if request.method == "GET" else None
    except ValueError:
        return refuse(416, f"The file has {size} bytes.", **{"Content-Range": f"bytes */{size}"}), everything, headers
    if part:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size}"
    part = part or everything
    return None, part, {**headers, "Content-Length": str(part.end - part.start)}


def _status(headers: Mapping[str, str]) -> int:
    return 206 if "Content-Range" in headers else 200


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


def _fault(problem: Diagnostic, language: str) -> bytes:
    """Return the page that is shown instead of a page whose template fails."""
    text = escape(f"{visible(problem.path)}:{problem.line}: {translate(visible(problem.message), language)}")
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{text}</title><pre>{text}</pre>\n'.encode()
