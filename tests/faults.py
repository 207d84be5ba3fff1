"""Calls of the file system that fail, or end the process, at a chosen one of them.

A `Disk` counts the calls that touch a folder, and the writes to files in it. It lets the one with a chosen number fail, that one
and every later change, or it ends the process there, as a signal would. SQLite is tested so (sqlite.org/testing.html).
"""

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest

Ending = Literal["once", "for good", "kill"]

CHANGES = ("replace", "rename", "link", "unlink", "mkdir", "rmdir", "truncate")
LOOKS = ("lstat", "stat", "scandir", "fstat")
KILLED = 77
"""The exit code of a process that ended at a call."""


class Disk:
    """The file system below a folder, which fails at call `number`, counted from 1; 0 only counts."""

    def __init__(self, folder: Path, number: int = 0, ending: Ending = "once") -> None:
        self.calls = 0
        self.failed: list[str] = []
        self._written: set[int] = set()
        self._folder = os.fspath(folder)
        self._number = number
        self._ending = ending

    def touch(self, name: str, path: object = None, *, is_change: bool = True) -> None:
        """Count a call, and fail if it is the chosen one."""
        if path is not None and not self._is_ours(path):
            return
        self.calls += 1
        is_later = self._ending == "for good" and is_change and self.calls > self._number > 0
        if self.calls == self._number or is_later:
            if self._ending == "kill":
                os._exit(KILLED)
            self.failed.append(name)
            raise OSError(errno.EIO, os.strerror(errno.EIO), path and str(path))

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._folder)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Use this file system instead of the real one."""
        with pytest.MonkeyPatch.context() as patched:
            for name in (*CHANGES, *LOOKS):
                patched.setattr(os, name, self._wrap(name, getattr(os, name)))
            patched.setattr(os, "open", self._wrap_descriptor(os.open))
            patched.setattr(os, "write", self._wrap_write(os.write))
            patched.setattr(os, "close", self._wrap_close(os.close))
            opened = self._wrap_open(builtins.open)
            patched.setattr(builtins, "open", opened)
            patched.setattr(io, "open", opened)
            yield

    def _wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def faulty(*arguments: Any, **options: Any) -> Any:
            path = None if name == "fstat" else arguments[0] if arguments else "."
            self.touch(name, path, is_change=name in CHANGES)
            return call(*arguments, **options)

        return faulty

    def _wrap_descriptor(self, call: Callable[..., int]) -> Callable[..., int]:
        def faulty(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
            is_change = bool(flags & os.O_CREAT)
            self.touch("open", path, is_change=is_change)
            file = call(path, flags, *arguments, **options)
            if is_change and self._is_ours(path):
                self._written.add(file)
            return file

        return faulty

    def _wrap_write(self, call: Callable[..., int]) -> Callable[..., int]:
        def faulty(file: int, content: Any) -> int:
            if file in self._written:
                self.touch("write")
            return call(file, content)

        return faulty

    def _wrap_close(self, call: Callable[[int], None]) -> Callable[[int], None]:
        def faulty(file: int) -> None:
            call(file)
            if file in self._written:
                self._written.remove(file)
                self.touch("close")

        return faulty

    def _wrap_open(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def faulty(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            is_change = mode[0] in "wxa"
            self.touch("open", file, is_change=is_change)
            opened = call(file, mode, *arguments, **options)
            is_ours = file in self._written or self._is_ours(file)
            self._written.discard(file)  # the file object closes it
            return _File(self, opened) if is_change and is_ours else opened

        return faulty


class _File:
    """An open file whose writes may fail. What was written to its buffer before a kill is lost."""

    def __init__(self, disk: Disk, file: Any) -> None:
        self._disk = disk
        self._file = file

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._disk.touch("close")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, content: Any) -> Any:
        self._disk.touch("write")
        return self._file.write(content)

    def writelines(self, lines: Any) -> None:
        self._disk.touch("write")
        self._file.writelines(lines)

    def flush(self) -> None:
        self._disk.touch("flush")
        self._file.flush()


def run_and_die(disk: Disk, work: Callable[[], object]) -> bool:
    """Run `work` in a process that ends at the chosen call; return True if it did end there."""
    if not (child := os.fork()):
        code = 1
        try:
            with disk.in_place():
                work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED
