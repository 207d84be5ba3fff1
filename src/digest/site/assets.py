"""Static files -> files with a hash of their content in the name, so that browsers may cache them forever.

References between static files are rewritten: `url(…)` and `@import` in style sheets, `from "./x.js"` and
`import("./x.js")` in modules. Comments are removed, and the modules of search are joined. A file is hashed after that, so if a file changes, so do
the names of all files that refer to it.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from ..conflicts import START, find_conflict
from . import scripts, styles
from .joined import JOINED, join_modules

_FOLDER = "static/"
_REFERENCE = {
    ".css": re.compile(r"""(?P<before>url\(\s*["']?|@import\s+["'])(?P<name>[^"')]+)"""),
    ".js": re.compile(r"""(?P<before>(?:\bfrom|\bimport\(|\bimport)\s*["'])(?P<name>\.{1,2}/[^"']+)"""),
}
_STRIP = {".css": styles.strip_comments, ".js": scripts.strip_comments}


class Asset(Struct, frozen=True):
    """A static file under its hashed path, relative to the site's root."""

    path: str
    content: bytes


class AssetError(ValueError):
    """A theme that can't be built. The message names the files, and `hint` says what to do.

    The name of a file, or the content of a style sheet or script, isn't UTF-8. Or files refer to one another in a circle,
    so that the hash of each would depend on itself.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def hash_assets(theme: Mapping[str, bytes]) -> Mapping[str, Asset]:
    """Return a theme's static files by their name without a hash (`css/digest.css`). Raises AssetError."""
    for name in theme:
        try:
            name.encode()
        except UnicodeEncodeError as error:
            shown = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
            raise AssetError(f"`{shown}`: the file's name is not UTF-8", "rename the file") from error
    files = tuple((name.removeprefix(_FOLDER), theme[name]) for name in sorted(theme) if name.startswith(_FOLDER))
    return _hash_all(files, theme.get(JOINED, b"").decode(errors="replace"))


@lru_cache(maxsize=2)
def _hash_all(files: tuple[tuple[str, bytes], ...], joined: str) -> Mapping[str, Asset]:
    """Hash static files, given as (name, content). The result is kept, since a build needs it more than once."""
    contents = dict(files)
    published = join_modules(contents, joined)
    assets: dict[str, Asset] = {}
    # A module that was joined is published only if a script of the project refers to it.
    for name in sorted(published):
        _hash_asset(name, contents | published, assets, ())
    return assets


def _hash_asset(name: str, contents: Mapping[str, bytes], assets: dict[str, Asset], trail: tuple[str, ...]) -> Asset:
    if name in assets:
        return assets[name]
    if name in trail:
        message = f"static files refer to one another in a circle: {' → '.join((*trail, name))}"
        raise AssetError(message, "remove one of the references")
    content = contents[name]
    folder, (stem, ending) = posixpath.dirname(name), posixpath.splitext(name)
    if pattern := _REFERENCE.get(ending):

        def replace(match: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(folder, match["name"]))
            if target not in contents:
                return match[0]
            path = _hash_asset(target, contents, assets, (*trail, name)).path
            relative = posixpath.relpath(path, posixpath.join("static", folder))
            return match["before"] + (relative if relative.startswith(".") else f"./{relative}")

        try:
            text = content.decode()
            if START in text and (conflict := find_conflict(text.split("\n"))):
                message = f"a merge conflict begins in line {conflict.first_line} of `{_FOLDER}{name}`"
                raise AssetError(message, conflict.report("").hint)
            content = pattern.sub(replace, _STRIP[ending](text)).encode()
        except UnicodeDecodeError as error:
            message = f"`{_FOLDER}{name}` is not UTF-8: byte {error.start}"
            raise AssetError(message, "save the file as UTF-8") from error
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    assets[name] = Asset(f"static/{stem}.{digest}{ending}", content)
    return assets[name]
