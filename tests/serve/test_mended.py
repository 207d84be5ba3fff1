"""What the terminal of `digest serve` says when the last problem is mended."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from digest.config import Config
from digest.diagnostics import Diagnostic
from digest.serve import server

ONE = Diagnostic("notes/a.txt", 1, 1, "missing-tags", "no tags")
TWO = Diagnostic("notes/b.txt", 1, 1, "missing-tags", "no tags")


class Live:
    """A live site whose problems come from a list, one for each time that they are asked for."""

    def __init__(self, problems: list[tuple[Diagnostic, ...]]) -> None:
        self._problems = iter(problems)

    async def ask(self, question: Any) -> Any:
        return next(self._problems) if question.__code__.co_names == ("problems",) else ()

    async def refresh(self, _notes: object) -> None: ...


class Preview:
    config = Config()
    site_files = None


def test_the_terminal_is_told_once_that_no_problem_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Watch:
        elsewhere = None

        def __init__(self, *_: object) -> None: ...

        async def changes(self) -> Any:
            for _ in range(4):
                yield None

    told: list[tuple[set[Diagnostic], bool]] = []

    def tell(problems: Any, *, is_mended: bool) -> None:
        told.append((set(problems), is_mended))

    monkeypatch.setattr(server, "Watch", Watch)
    monkeypatch.setattr(server, "find_elsewhere", lambda *_: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    live = Live([(ONE,), (ONE, TWO), (TWO,), (), ()])
    asyncio.run(server._follow(tmp_path, Preview(), live, tell))  # type: ignore[arg-type]
    assert told == [({TWO}, False), (set(), False), (set(), True), (set(), False)]
