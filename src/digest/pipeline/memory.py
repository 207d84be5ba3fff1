"""A project's folder -> what `digest.lock` remembers, and back."""

from pathlib import Path

from msgspec import Struct

from ..addresses.lock import FILE_NAME, NOTHING, Lock, format_lock
from ..diagnostics import Diagnostic
from ..store.lock_file import read_lock_file, write_lock_file

UNWRITTEN = "lock-unwritten"
"""The code of the problem that the file cannot be written."""
REMARK = f"{FILE_NAME} had addresses twice or out of order, as a merge leaves them, and was put in order"


class Memory(Struct, frozen=True):
    """What a file remembers, and its content, which is None if there is no file."""

    content: bytes | None
    lock: Lock


NO_MEMORY = Memory(None, NOTHING)


def read_memory(folder: Path, name: str, former: Memory = NO_MEMORY) -> Memory | Diagnostic:
    """Read what the lock file of this name remembers, or return the problem with it. An unchanged file is the `former` memory."""
    content = read_content(folder, name)
    if isinstance(content, Diagnostic):
        return content
    return parse_memory(content, former)


def read_content(folder: Path, name: str) -> bytes | Diagnostic | None:
    """Return the content of the file, None if there is no file, or the problem with reading it."""
    try:
        return read_lock_file(folder, name)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return Diagnostic(FILE_NAME, 0, 0, "lock", message, "make it an ordinary file that can be read")


def parse_memory(content: bytes | None, former: Memory = NO_MEMORY) -> Memory | Diagnostic:
    """Return what a file with this content remembers, or the problem with it."""
    if content == former.content:
        return former
    from ..addresses.parsing import parse_lock  # its patterns are compiled only if there is something to make

    lock = NOTHING if content is None else parse_lock(content)
    return lock if isinstance(lock, Diagnostic) else Memory(content, lock)


def renew_memory(memory: Memory, lock: Lock) -> Memory:
    """Return the memory of a lock; it is the same object if its file has this content already."""
    content = format_lock(lock)
    same = memory.content is not None and memory.content.replace(b"\r\n", b"\n") == content
    return memory if same else Memory(content, lock)


def is_in_order(memory: Memory) -> bool:
    """Return True if the file has each address once, in the order of their bytes."""
    if memory.content is None:
        return True
    lines = [line for line in memory.content.splitlines() if not line.startswith(b"#")]
    lock = memory.lock
    return len(lines) == len(lock.entries) + len(lock.former) + len(lock.lists) and lines == sorted(lines)


def write_memory(folder: Path, name: str, memory: Memory) -> Diagnostic | None:
    """Write the file. If that fails, return the problem; the site is in place by then."""
    try:
        write_lock_file(folder, name, memory.content or b"")
    except OSError as error:
        message = f"the site is in place, but the file cannot be written: {error.strerror}"
        hint = "make it writable and build again, so that the site's addresses are remembered"
        return Diagnostic(FILE_NAME, 0, 0, UNWRITTEN, message, hint)
    return None
