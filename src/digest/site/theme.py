"""Where the packaged theme lies, and the files that a user's `templates/` folder puts over it."""

from pathlib import Path


def theme_folder() -> Path:
    """Return the packaged theme: inside the package when installed, beside `src/` in a checkout."""
    installed = Path(__file__).parent.parent / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def read_theme(user_folder: Path) -> dict[str, bytes]:
    """Read every file of the theme by its name, `/` between its parts; the user's hide the packaged ones.

    A file that the user's hides is still there as `theme:NAME`, so that a template can extend the one it replaces.
    """
    theme = theme_folder()
    packaged = _files(theme)
    files = {**packaged, **{f"theme:{name}": path for name, path in packaged.items()}}
    if user_folder.is_dir():
        files |= _files(user_folder)
    return {name: path.read_bytes() for name, path in sorted(files.items())}


def _files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
