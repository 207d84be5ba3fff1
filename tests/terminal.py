"""A pseudo-terminal to run the command line in."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

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
    surroundings = {name: value for name, value in os.environ.items() if name not in NO_VARIABLES}
    process = subprocess.Popen(
        [sys.executable, "-c", f"from digest import cli, progress; {before}\ncli.run()", *arguments],
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**surroundings, "TERM": "xterm-256color", "COLUMNS": "120", **(env or {})},
    )
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
    surroundings = {name: value for name, value in os.environ.items() if name not in NO_VARIABLES}
    done = subprocess.run(
        [sys.executable, "-c", f"from digest import cli, progress; {before}\ncli.run()", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        env={**surroundings, **(env or {})},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _read(controller: int) -> bytes:
    """Return the output of a program on its terminal, or nothing after the program has closed it."""
    try:
        return os.read(controller, 65536)
    except OSError:
        return b""
