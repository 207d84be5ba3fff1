"""The theme: the packaged files, and the files in the user's `templates/` folder that replace them."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..diagnostics import Diagnostic
from ..disk import OutsideError
from ..folders import read_folder

PACKAGED = "theme:"
"""The prefix by which a packaged file is available even if the user has a file of the same name."""
STATIC = "static/"
OWN = "own/"
"""The folder of empty templates that a project fills."""
OWN_STYLES = "css/own.css"
"""The static file that every page has as its last style sheet, if a project has it."""


def theme_folder() -> Path:
    """Return the folder of the packaged theme: in the package if it is installed, next to `src/` in a checkout."""
    installed = Path(__file__).parent.parent / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def read_theme(project: Path, folder: str, added: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, bytes]:
    """Return the content of all files of the theme by name, with `/` between its parts; raises OSError.

    The files that plugins `added` replace packaged files of the same name, and the user's files in a `folder` of the project
    replace both. Every packaged file is also there as `theme:NAME`, so that a template can extend the one that it replaces.
    """
    packaged = _packaged_files(theme_folder())
    files = {**packaged, **{PACKAGED + name: path for name, path in packaged.items()}}
    own = read_folder(project, folder)
    contents = {name: path.read_bytes() for name, path in files.items() if name not in own and name not in added}
    return dict(sorted({**contents, **added, **own}.items()))


def unreadable_theme(folder: Path, error: OSError) -> Diagnostic:
    """Return a diagnostic for a file of the theme that can't be read. `folder` is the project's."""
    file = Path(error.filename)
    shown = file.relative_to(folder) if file.is_relative_to(folder) else file
    hint = "put a copy of it into the project" if isinstance(error, OutsideError) else ""
    return Diagnostic(shown.as_posix(), 0, 0, "template", f"the file cannot be read: {error.strerror}", hint)


def templates_of(theme: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a theme's templates, each once: the user's by name, and the packaged ones as `theme:NAME`."""
    return {
        name: content
        for name, content in theme.items()
        if not name.removeprefix(PACKAGED).startswith(STATIC) and theme.get(PACKAGED + name) != content
    }


def read_packaged() -> dict[str, bytes]:
    """Return the content of all packaged files by name, with `/` between its parts; raises OSError."""
    return {name: path.read_bytes() for name, path in sorted(_packaged_files(theme_folder()).items())}


def _packaged_files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
