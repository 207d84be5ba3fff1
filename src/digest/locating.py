"""The folder in which a user stands, and the paths that the command line names -> the places of a project."""

import os
from pathlib import Path

from .site_files import MISNAMED, SETTINGS


class LocationError(ValueError):
    """A path that the user names cannot be used. The message says why."""


def find_project(start: Path, settings: str = SETTINGS) -> Path:
    """Return the nearest folder with a file of this name, from `start` upwards; `start` itself if there is none.

    A folder with notes needs no settings, so `start` also counts if it has a `notes` folder. The search ends at the top of a
    git repository, at the user's home folder, and at the edge of a file system.
    """
    if (start / "notes").is_dir() and settings == SETTINGS:
        return start
    wanted = (SETTINGS, MISNAMED) if settings == SETTINGS else (settings,)
    home, device = Path(os.path.expanduser("~")), _device(start)  # noqa: PTH111 - raises nothing without a home
    for folder in (start, *start.parents):
        if _device(folder) != device:
            break
        if any(os.path.lexists(folder / name) for name in wanted):
            return folder
        if folder == home or os.path.lexists(folder / ".git"):
            break
    return start


def _device(folder: Path) -> int | None:
    """Return the number of the file system that a folder is on, or None if it cannot be looked at."""
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def find_settings(start: Path, written: Path, *, upwards: bool) -> Path:
    """Return the file of settings that the user names, as seen from `start`; raises LocationError.

    With `upwards`, a plain name is also looked for in the folders above. The file's folder is the project.
    """
    place = start / written
    if upwards and len(written.parts) == 1:
        place = find_project(start, written.name) / written
    if not place.is_file():
        raise LocationError(f"there is no file {written} in {start}")
    if place.suffix not in (".yaml", ".yml") or place.name in (MISNAMED, "papers.yaml"):
        raise LocationError(
            f"{written} cannot have the settings of a site; give the file a name such as digest.en.yaml"
        )
    return place.parent.resolve() / place.name


def locate_output(folder: Path, start: Path, written: Path) -> str:
    """Return the output folder that the user names, as seen from `start`: relative to the project, or absolute outside of it.

    Raises LocationError for a folder that holds the project.
    """
    place = Path(os.path.abspath(start / written))  # noqa: PTH100 - a link in the project stays one, and a build refuses it
    if not place.is_relative_to(folder):
        place = place.parent.resolve() / place.name
    if place == folder or place in folder.parents:
        raise LocationError(f"`{written}` holds the project; name a folder of its own, such as `site`")
    return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else str(place)
