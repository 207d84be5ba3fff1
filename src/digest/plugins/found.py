"""The names of plugins in a project's settings -> their files and a hash of them, without running any.

A plugin is loaded when something first needs it. A build with nothing to do only compares the hash.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..diagnostics import Diagnostic, DiagnosticError
from ..disk import OutsideError, is_inside
from ..folders import read_folder

if TYPE_CHECKING:
    from .plugin import Plugin

FOLDER = "plugins"
"""The folder of a project that holds its own plugins."""


class PluginError(DiagnosticError):
    """A plugin cannot be loaded, or failed; the diagnostic names it and the line of its code."""


class PluginFile(Struct, frozen=True):
    """A file of a plugin: `name` is relative to the folder that holds the plugin."""

    name: str
    content: bytes


class Plugins(Struct, frozen=True):
    """The plugins of a project by name, in the order of its settings.

    A small value that is sent to workers. Each process loads the modules itself when it first needs them.
    `digest` is a hash of all their files.
    """

    folder: str = ""
    names: tuple[str, ...] = ()
    digest: bytes = b""

    @property
    def added(self) -> "Plugin":
        """Everything that the plugins add, as one; raises PluginError."""
        from .load import load_plugins

        return load_plugins(self)

    def check(self) -> None:
        """Load the plugins, to find out whether that is possible; raises PluginError."""
        _ = self.added

    def templates(self) -> dict[str, bytes]:
        """Return the files in the plugins' `templates/` folders by their name in the theme; raises PluginError and OSError."""
        found: dict[str, bytes] = {}
        for name in self.names:
            home = locate_plugin(Path(self.folder), name)
            if home.is_package:
                found |= {file.name: file.content for file in home.files_below(home.file.parent / "templates")}
        return found


NONE = Plugins()
"""The plugins of a project without any."""


def find_plugins(folder: Path, names: Iterable[str]) -> Plugins:
    """Find the plugins that a project's settings name, without running them; raises PluginError."""
    names = tuple(names)
    if not names:
        return NONE
    hashed = hashlib.blake2b(digest_size=16)
    for name in names:
        for file in locate_plugin(folder, name).files():
            for part in (name.encode(), file.name.encode(errors="surrogateescape"), file.content):
                hashed.update(len(part).to_bytes(8, "little") + part)
    return Plugins(str(folder), names, hashed.digest())


class PluginHome(Struct, frozen=True):
    """The place of a plugin: its module's file, and the project's folder."""

    name: str
    file: Path
    folder: Path

    @property
    def is_package(self) -> bool:
        """True if the plugin is a folder, which may hold templates."""
        return self.file.name == "__init__.py"

    def files(self) -> list[PluginFile]:
        """Read all files of the plugin; raises OSError."""
        if self.is_package:
            return self.files_below(self.file.parent)
        return [PluginFile(self.name, self.file.read_bytes())]

    def files_below(self, folder: Path) -> list[PluginFile]:
        """Read all files below a folder of the plugin, sorted by name, without compiled modules.

        An installed plugin may be made of links, as some installers do. A plugin of the project has none that lead out of it;
        raises PluginError and OSError.
        """
        if not folder.is_relative_to(self.folder / FOLDER):
            return _read_files(folder)
        try:
            found = read_folder(self.folder, folder.relative_to(self.folder).as_posix())
        except OutsideError as error:
            raise _outside(Path(error.filename).relative_to(self.folder).as_posix(), self.name) from error
        return [PluginFile(name, found[name]) for name in sorted(found) if "__pycache__" not in name.split("/")]

    def report(self, error: Exception) -> PluginError:
        """Return the error to raise for an exception, at the innermost line of the plugin's own code."""
        own = str(self.file.parent) if self.is_package else str(self.file)
        from traceback import extract_tb

        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(own)]
        file, line = (frames[-1].filename, frames[-1].lineno) if frames else (self.file, getattr(error, "lineno", 0))
        message = f"the plugin `{self.name}` failed: {type(error).__name__}: {error}"
        hint = "correct it, or remove it from `plugins:`"
        return PluginError(Diagnostic(self.shown(Path(file)), line or 0, 0, "plugin", message, hint))

    def shown(self, file: Path) -> str:
        """Return the name of a file in diagnostics: its path in the project or, if the plugin is installed, the plugin's name."""
        return file.relative_to(self.folder).as_posix() if file.is_relative_to(self.folder) else self.name


def locate_plugin(folder: Path, name: str) -> PluginHome:
    """Find the file of a plugin: in the project's folder, or of an installed module; raises PluginError."""
    from importlib.util import find_spec  # a project without plugins needs neither this nor tracebacks

    own = folder / FOLDER
    for file in (own / f"{name}.py", own / name / "__init__.py"):
        if file.is_file():
            if not is_inside(os.path.realpath(file), os.path.realpath(folder)):
                raise _outside(file.relative_to(folder).as_posix(), name)
            return PluginHome(name, file, folder)
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        message = f"there is no plugin `{name}`"
        hint = f"put it into `{FOLDER}/{name}.py`, or install a package of that name"
        raise PluginError(Diagnostic("digest.yaml", 0, 0, "plugin", message, hint))
    return PluginHome(name, Path(spec.origin), folder)


def _outside(path: str, name: str) -> PluginError:
    message = f"the plugin `{name}` is a link that leads out of the project"
    return PluginError(Diagnostic(path, 0, 0, "plugin", message, "put a copy of it into the project"))


def _read_files(folder: Path) -> list[PluginFile]:
    return [
        PluginFile(path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
