"""Style sheets of a project -> the files that they name and that the theme doesn't have."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from .theme import PACKAGED, STATIC

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_REFERENCE = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?P<name>[^"')\s]+)""")
_ELSEWHERE = re.compile(r"[#/]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""The beginning of a reference to a part of the page, to an address of the site, or to one with a scheme such as `data:`."""


class MissingAsset(Struct, frozen=True):
    """A file that a style sheet names: the sheet, the line and column of the name, and the name. `known` is what to write instead."""

    sheet: str
    line: int
    column: int
    name: str
    known: str = ""


def find_missing_assets(theme: Mapping[str, bytes]) -> Iterator[MissingAsset]:
    """Yield the files that a project's own style sheets name and the theme doesn't have."""
    for sheet in sorted(theme):
        is_own = not sheet.startswith(PACKAGED) and theme[sheet] != theme.get(PACKAGED + sheet)
        if is_own and sheet.startswith(STATIC) and sheet.endswith(".css"):
            yield from _find_in(sheet, theme)


def _find_in(sheet: str, theme: Mapping[str, bytes]) -> Iterator[MissingAsset]:
    # Comments become blanks, so that every name keeps its place.
    text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), theme[sheet].decode(errors="replace"))
    for reference in _REFERENCE.finditer(text):
        name = reference["name"]
        target = _resolve(sheet, name)
        if _ELSEWHERE.match(name) or not target.startswith(STATIC) or target in theme:
            continue
        start = reference.start("name")
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        bare = re.split("[?#]", name)[0]
        yield MissingAsset(sheet, line, column, name, bare if _resolve(sheet, bare) in theme else "")


def _resolve(sheet: str, name: str) -> str:
    """Return the name in the theme of a file that a sheet names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(sheet), name))
