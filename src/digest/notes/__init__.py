"""Notes as their author writes them -> entries, each with its parts and its place in the file.

`discover` finds and decodes the files; `parse` reads one. The parser loads when it is first asked for: a build with nothing
to do only finds files.
"""

from typing import TYPE_CHECKING, Any

from .rules import NoteRules

if TYPE_CHECKING:
    from .blocks import Block, ParsedNote
    from .parsing import parse

__all__ = ["Block", "NoteRules", "ParsedNote", "parse"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import parsing

    return getattr(parsing, name)
