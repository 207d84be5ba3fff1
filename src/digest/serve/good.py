"""Values that are read from files while their author writes them.

Many editors empty a file, or remove it, before they write it.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

MOMENT_SECONDS = 0.2
"""How long a file may stay empty or away while an editor saves it. The watcher waits longer before it looks for the last time."""

Value = TypeVar("Value")


class Good(Generic[Value]):
    """The last value without a mistake that was seen twice. A value that was seen only once may come from a half-written file."""

    def __init__(self) -> None:
        self.settled: Value | None = None
        self.latest: Value | None = None

    def see(self, value: Value) -> None:
        """Take note of a value without a mistake."""
        self.latest = value

    def settle(self) -> None:
        """Settle the value that was seen last, since it was seen again."""
        self.settled = self.latest

    def fall_back(self) -> Value | None:
        """Return the settled value, in place of one with a mistake."""
        self.latest = self.settled
        return self.settled


def was_just_changed(folder: Path, path: str) -> bool:
    """Return True if a file, or the folder from which it is gone, was changed in the last moment."""
    for place in (folder / path, (folder / path).parent):
        with suppress(OSError):
            return abs(time.time() - place.stat().st_mtime) < MOMENT_SECONDS
    return False


def is_blank(path: Path) -> bool:
    """Return True if a file is empty or away."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def keep_blank(
    files: Mapping[str, bytes], former: Mapping[str, bytes], is_in_doubt: Callable[[str], bool]
) -> Mapping[str, bytes]:
    """Return the content of files by name, of empty files the former content while it is in doubt that they stay empty."""
    kept = {
        name: former[name] for name, content in files.items() if not content and former.get(name) and is_in_doubt(name)
    }
    return {**files, **kept} if kept else files
