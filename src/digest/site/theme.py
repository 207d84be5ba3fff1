"""Where the packaged theme lies, and the files that a user's `templates/` folder puts over it."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..diagnostics import Diagnostic

PACKAGED = "theme:"
"""What stands before the name of a packaged file that a user's may hide."""
STATIC = "static/"


def theme_folder() -> Path:
    """Return the packaged theme: inside the package when installed, beside `src/` in a checkout."""
    installed = Path(__file__).parent.parent / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def read_theme(user_folder: Path, added: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, bytes]:
    """Read every file of the theme by its name, `/` between its parts; the user's hide the `added` ones of plugins, and the packaged ones.

    A file that the user's hides is still there as `theme:NAME`, so that a template can extend the one it replaces.
    Raises OSError.
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
    """Report what keeps the theme of the project in a folder from being read."""
    file = Path(error.filename)
    shown = file.relative_to(folder) if file.is_relative_to(folder) else file
    return Diagnostic(shown.as_posix(), 0, 0, "template", f"the file cannot be read: {error.strerror}")


def templates_of(theme: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a theme's templates, each once: the user's by their name, the packaged ones behind `theme:`."""
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
