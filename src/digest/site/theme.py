"""The theme: the packaged files, and the files in the user's `templates/` folder that replace them."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..diagnostics import Diagnostic

PACKAGED = "theme:"
"""The prefix by which a packaged file is available even if the user has a file of the same name."""
STATIC = "static/"


def theme_folder() -> Path:
    """Return the folder of the packaged theme: in the package if it is installed, next to `src/` in a checkout."""
    installed = Path(__file__).parent.parent / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def read_theme(user_folder: Path, added: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, bytes]:
    """Return the content of all files of the theme by name, with `/` between its parts. Raises OSError.

    The files that plugins `added` replace packaged files of the same name, and the user's files replace both. Every packaged
    file is also there as `theme:NAME`, so that a template can extend the one that it replaces.
    """
    theme = theme_folder()
    packaged = _files(theme)
    files = {**packaged, **{PACKAGED + name: path for name, path in packaged.items()}}
    own = _files(user_folder) if user_folder.is_dir() else {}
    contents = {name: path.read_bytes() for name, path in files.items() if name not in own and name not in added}
    contents |= added
    contents |= {name: path.read_bytes() for name, path in own.items()}
    return dict(sorted(contents.items()))


def unreadable_theme(folder: Path, error: OSError) -> Diagnostic:
    """Return a diagnostic for a file of the theme that can't be read. `folder` is the project's."""
    file = Path(error.filename)
    shown = file.relative_to(folder) if file.is_relative_to(folder) else file
    return Diagnostic(shown.as_posix(), 0, 0, "template", f"the file cannot be read: {error.strerror}")


def templates_of(theme: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a theme's templates, each once: the user's by name, and the packaged ones as `theme:NAME`."""
    return {
        name: content
        for name, content in theme.items()
        if not name.removeprefix(PACKAGED).startswith(STATIC) and theme.get(PACKAGED + name) != content
    }


def _files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
