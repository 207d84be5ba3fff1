"""The lines of a file -> the merge conflict that git left in it.

Git writes `<<<<<<< OURS`, the lines of one side, `=======`, the lines of the other side and `>>>>>>> THEIRS`. Only all three
markers in this order are a conflict: `=======` alone may underline a heading, and a text may quote one of them.
"""

import re
from collections.abc import Sequence, Set

from msgspec import Struct

from .diagnostics import Diagnostic

START = "<<<<<<<"
"""A file without this holds no conflict."""

_START, _MIDDLE, _END = re.compile(r"<{7}(?: |$)"), re.compile(r"={7}$"), re.compile(r">{7}(?: |$)")


class Conflict(Struct, frozen=True):
    """A merge conflict: the 1-based numbers of its first and its last line."""

    first_line: int
    last_line: int

    def report(self, path: str, code: str = "merge-conflict") -> Diagnostic:
        """Return the error for the file at a path."""
        message = f"a merge conflict begins here and ends in line {self.last_line}"
        hint = f"keep the lines that you want, and remove the three lines of `{START}`, `=======` and `>>>>>>>`"
        return Diagnostic(path, self.first_line, 1, code, message, hint)


def find_conflict(lines: Sequence[str], quoted: Set[int] = frozenset()) -> Conflict | None:
    """Return the first merge conflict among lines; those whose 0-based index is in `quoted` are code and are passed over."""
    first, has_middle = 0, False
    for index, written in enumerate(lines):
        if index in quoted:
            continue
        line = written.rstrip()
        if _START.match(line):
            first, has_middle = index + 1, False
        elif first and _MIDDLE.match(line):
            has_middle = True
        elif has_middle and _END.match(line):
            return Conflict(first, index + 1)
    return None
