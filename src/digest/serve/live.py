"""A preview in a thread of its own, and the pages that wait for its changes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from ..diagnostics import Diagnostic, visible
from ..languages import translate
from ..site import routes
from ..wording import counted
from .good import was_just_changed
from .kept import Kept
from .preview import Preview

KEEP_ALIVE_SECONDS = 15
PROBLEMS_SHOWN = 50

Result = TypeVar("Result")
Content: TypeAlias = bytes | Diagnostic | Path | None
"""The content of a file of the site, as `Preview.content` returns it."""


class Found(Struct, frozen=True):
    """The target of an address: a file of the site, with its path and tag, or another address.

    `host_target` is the address, as it stands in a link, to which the host of the site will lead.
    """

    path: str
    tag: str
    elsewhere: str = ""
    host_target: str = ""


class _Problem(Struct, frozen=True):
    """A diagnostic as live.js shows it."""

    place: str
    severity: str
    code: str
    message: str
    hint: str


class _Change(Struct, frozen=True):
    """A change as live.js receives it: the page's present tag, the problems, and the page's new address if it `moved`.

    `summary` counts the problems, and `more` those that are not shown. Both are in the language `lang`, as messages and hints are.
    """

    tag: str
    errors: int
    warnings: int
    shown: tuple[_Problem, ...]
    moved: str
    lang: str
    summary: str
    more: str


class LiveSite:
    """A preview in a thread of its own, and the event streams that wait for its changes."""

    def __init__(self, folder: Path, preview: Preview, thread: ThreadPoolExecutor, language: str = "en") -> None:
        self.folder = folder
        self.language = language
        self._preview = preview
        self._thread = thread
        self._kept = Kept()
        self._changed = asyncio.Condition()
        self._changes = 0
        self._closed = False

    async def ask(self, question: Callable[[Preview], Result]) -> Result:
        """Ask the preview a question, after the questions that were asked before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, self._preview)

    async def find(self, address: str) -> tuple[Found, Content]:
        """Find the target of an address with its content, which is rendered only if its tag is a new one."""
        return await self.ask(lambda preview: self._find(preview, address))

    def _find(self, preview: Preview, address: str) -> tuple[Found, Content]:
        found = find(preview, address)
        if found.elsewhere or found.host_target:
            return found, None
        content: Content = self._kept.get(found.path, found.tag)
        if content is None:
            with contextlib.suppress(OSError):  # a file that a note names has just been removed
                content = preview.content(found.path)
            if isinstance(content, bytes):
                self._kept.put(found.path, found.tag, content)
        return found, content

    async def refresh(self, paths: Collection[str] | None) -> None:
        """Look at the changed `paths`, or at everything if None, and tell all event streams if the site changed."""
        in_doubt = partial(was_just_changed, self.folder)
        if not await self.ask(lambda preview: preview.refresh(paths, in_doubt)):
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
                yield f"event: change\ndata: {await self.ask(partial(_change, path=path, known=known, language=self.language))}\n\n"
            await self._next_change(seen)

    async def _next_change(self, seen: int) -> None:
        """Wait for a change beyond those seen, for the end, or for the time to show that the connection is alive."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(KEEP_ALIVE_SECONDS), self._changed:
                await self._changed.wait_for(lambda: self._closed or self._changes != seen)


def _change(preview: Preview, path: str, known: str, language: str) -> str:
    if moved := preview.moved(path.removeprefix(preview.root)):
        return describe_change("", (), moved=quote(preview.root + moved))
    tag = find(preview, path).tag
    return describe_change(tag, preview.problems if known in ("", tag) else (), language=language)


def describe_change(tag: str, problems: tuple[Diagnostic, ...], *, moved: str = "", language: str = "en") -> str:
    """Return the message for live.js as JSON, errors first. Notices are left to the commands: nothing is to be mended."""
    say = partial(translate, code=language)
    found = {problem for problem in problems if problem.severity != "notice"}
    ordered = sorted(found, key=lambda problem: (problem.severity != "error", problem))
    errors = sum(problem.severity == "error" for problem in ordered)
    shown = (
        _Problem(
            place=":".join([visible(problem.path), *(str(n) for n in (problem.line, problem.column) if n)]),
            severity=problem.severity,
            code=problem.code,
            message=say(visible(problem.message)),
            hint=say(visible(problem.hint)),
        )
        for problem in ordered[:PROBLEMS_SHOWN]
    )
    warnings = len(ordered) - errors
    counts = [say(counted(count, noun)) for count, noun in ((errors, "error"), (warnings, "warning")) if count]
    left = len(ordered) - PROBLEMS_SHOWN
    change = _Change(
        tag,
        errors,
        warnings,
        tuple(shown),
        moved,
        lang=language,
        summary=", ".join(counts),
        more=say(f"and {left:,} more; digest check lists them all") if left > 0 else "",
    )
    return msgspec.json.encode(change).decode()


def find(preview: Preview, address: str) -> Found:
    """Find the target of an address. If there is none, it is the page for missing addresses."""
    lost = Found(routes.NOT_FOUND, preview.tag(routes.NOT_FOUND))
    if not address.startswith(preview.root):
        home = address in ("/", preview.root.rstrip("/"))
        return Found(lost.path, lost.tag, preview.root) if home else lost
    path = address.removeprefix(preview.root)
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    if tag := preview.tag(path):
        return Found(path, tag)
    if target := preview.host_target(path):
        return Found(lost.path, lost.tag, host_target=target)
    return Found(lost.path, lost.tag, f"{address}/") if path and preview.tag(f"{path}/") else lost
