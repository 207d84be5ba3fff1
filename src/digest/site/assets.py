"""Static files -> files whose names hold a hash of their content, so that browsers may keep them for good.

References between them are rewritten: `url(…)` and `@import` in style sheets, `from "./x.js"` and `import("./x.js")` in
modules. Scripts lose their comments. A file's hash is taken after that, so a change reaches the name of everything that refers to it.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping

from msgspec import Struct

from .scripts import strip_comments

_FOLDER = "static/"
_REFERENCE = {
    ".css": re.compile(r"""(?P<before>url\(\s*["']?|@import\s+["'])(?P<name>[^"')]+)"""),
    ".js": re.compile(r"""(?P<before>(?:\bfrom|\bimport\(|\bimport)\s*["'])(?P<name>\.{1,2}/[^"']+)"""),
}


class Asset(Struct, frozen=True):
    """A static file under its hashed path, relative to the site's root."""

    path: str
    content: bytes


class AssetError(ValueError):
    """A static file is no text, or refers to itself in a circle so that no hash can be in all names.

    Or a file of the theme has a name that no address can have. The message names the files, `hint` says what to do.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def hash_assets(theme: Mapping[str, bytes]) -> dict[str, Asset]:
    """Return the static files among a theme's by their plain name (`css/digest.css`); raises AssetError."""
    for name in theme:
        try:
            name.encode()
        except UnicodeEncodeError as error:
            shown = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
            raise AssetError(f"`{shown}`: the file's name is not UTF-8", "rename the file") from error
    contents = {name.removeprefix(_FOLDER): content for name, content in theme.items() if name.startswith(_FOLDER)}
    assets: dict[str, Asset] = {}
    for name in sorted(contents):
        _hash_asset(name, contents, assets, ())
    return assets


def _hash_asset(name: str, contents: Mapping[str, bytes], assets: dict[str, Asset], trail: tuple[str, ...]) -> Asset:
    if name in assets:
        return assets[name]
    if name in trail:
        message = f"static files refer to one another in a circle: {' → '.join((*trail, name))}"
        raise AssetError(message, "take one of the references out")
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
            content = pattern.sub(replace, strip_comments(text) if ending == ".js" else text).encode()
        except UnicodeDecodeError as error:
            message = f"`{_FOLDER}{name}` is not UTF-8: byte {error.start}"
            raise AssetError(message, "save the file as UTF-8") from error
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    assets[name] = Asset(f"static/{stem}.{digest}{ending}", content)
    return assets[name]
