"""The files in a project's folder of templates -> those that replace no file of the theme and that nothing uses.

A misspelt name is otherwise without an effect, and nobody learns of it.
"""

import re
from collections.abc import Iterator, Mapping, Set
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from .theme import PACKAGED, STATIC

_TEMPLATES = (".html", ".xml", ".txt")
"""The endings of files that may be meant as templates. Other files beside them are notes of the author."""
_DYNAMIC = re.compile(
    rb"""\{%-?\s*(?:include|extends|import|from)\s+(?!["'][^"'~]*["']\s*(?:ignore|with|without|import|as|-?%\}))"""
)
"""A tag that names a template by an expression: it may mean any."""
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_NEAR, _VERY_NEAR = 0.6, 0.8
"""How alike two names are, from 0 to 1, if one may be meant by the other, and if it almost certainly is."""


def find_unused_templates(
    theme: Mapping[str, bytes], added: Set[str], *, has_plugins: bool
) -> Iterator[tuple[str, str]]:
    """Yield the name of each unused file of the project, with the name of the theme's file that may be meant, or nothing.

    `added` are the names of the files that plugins add. A plugin may use a template that no other one names: with plugins, and among static
    files, which notes may link to, only names that are almost those of the theme are reported. Names that are not UTF-8 are another mistake.
    """
    packaged = {name.removeprefix(PACKAGED) for name in theme if name.startswith(PACKAGED)}
    own = [name for name in theme if not name.startswith(PACKAGED) and name not in packaged and name not in added]
    readable = [name for name in own if not _NOT_UTF8.search(name)]
    suspects = [name for name in readable if name.startswith(STATIC) or name.endswith(_TEMPLATES)]
    if not suspects:
        return
    may_use_any = has_plugins or any(_DYNAMIC.search(content) for content in theme.values())
    for name in suspects:
        near, likeness = _find_nearest(name, packaged)
        is_certain = likeness >= _VERY_NEAR or not (may_use_any or name.startswith(STATIC))
        if is_certain and not _is_named(name, theme):
            yield name, near if likeness >= _NEAR else ""


def _find_nearest(name: str, packaged: Set[str]) -> tuple[str, float]:
    """Return the most similar name among those of the same ending, whatever their folders, and how alike they are."""
    path = PurePosixPath(name)
    rated = [
        (SequenceMatcher(None, other.stem, path.stem).ratio(), other.parent == path.parent, str(other))
        for other in map(PurePosixPath, sorted(packaged))
        if other.suffix == path.suffix and str(other).startswith(STATIC) == name.startswith(STATIC)
    ]
    likeness, _, near = max(rated, default=(0.0, False, ""))
    return near, likeness


def _is_named(name: str, theme: Mapping[str, bytes]) -> bool:
    """Return True if another file of the theme holds the name, as templates, style sheets and scripts refer to one another."""
    if name.startswith(STATIC):
        wanted = re.escape(name.rpartition("/")[2].encode())
    else:
        wanted = rb"""["']""" + re.escape(name.encode()) + rb"""["']"""
    return any(re.search(wanted, content) for other, content in theme.items() if other != name)
