"""A pseudo-terminal to run the command line in."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from .program import call, start
from .project import NO_VARIABLES

STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""A sequence that sets the style of the text behind it (SGR)."""
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-ln-z]|[\x00-\x08\x0b-\x1a]")
"""Sequences and characters that move the cursor or erase something."""


def run_in_terminal(
    folder: Path, *arguments: str, before: str = "", env: Mapping[str, str] | None = None, typed: bytes = b""
) -> tuple[int, str]:
    """Run the command line with all of its streams on a terminal; return its exit code and what the terminal got.

    `before` is a statement that is run first, and `typed` what a user types.
    """
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    controller, terminal = pty.openpty()
    env = {**_surroundings(), "TERM": "xterm-256color", "COLUMNS": "120", **(env or {})}
    process = start(*arguments, streams=(terminal,) * 3, before=before, folder=folder, env=env)
    os.close(terminal)
    if typed:
        os.write(controller, typed)
    shown = b"".join(iter(lambda: _read(controller), b""))
    code = process.wait()
    os.close(controller)
    return code, shown.decode().replace("\r\n", "\n")


def run_in_pipes(
    folder: Path, *arguments: str, before: str = "", env: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a log of CI or another program sees it. `given` is its standard input."""
    return call(*arguments, before=before, folder=folder, env={**_surroundings(), **(env or {})}, given=given)


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NO_VARIABLES}


def _read(controller: int) -> bytes:
    """Return the output of a program on its terminal, or nothing after the program has closed it."""
    try:
        return os.read(controller, 65536)
    except OSError:
        return b""
