"""Folders of the program's own: how they are made and removed, however deep they are."""

import os
from contextlib import suppress

LONGEST = 1000
"""Folders whose path below the top is longer than this are moved to the top before they are emptied: systems limit paths."""


def make_folders(path: str) -> None:
    """Make a folder, and the folders above it that are not there yet; raises OSError."""
    missing = []
    while True:
        try:
            os.mkdir(path)  # noqa: PTH102 - strings, not paths, in this package: it is called for every folder of a site
            break
        except FileExistsError:
            break
        except FileNotFoundError:
            missing.append(path)
            path = os.path.dirname(path)  # noqa: PTH120
    for path in reversed(missing):
        with suppress(FileExistsError):  # another process has just made it
            os.mkdir(path)  # noqa: PTH102


def remove_tree(top: str) -> None:
    """Remove a folder and everything in it, as far as the system allows. Links in it are removed and not followed.

    Python's own function calls itself for each folder in a folder, which ends at about a thousand, and fails with paths that
    are too long.
    """
    waiting, emptied = [top], []
    while waiting:
        folder = waiting.pop()
        emptied.append(folder)
        with suppress(OSError), os.scandir(folder) as items:
            for item in items:
                if not item.is_dir(follow_symlinks=False):
                    with suppress(OSError):
                        os.unlink(item.path)  # noqa: PTH108
                elif len(item.path) - len(top) <= LONGEST:
                    waiting.append(item.path)
                else:
                    place = f"{top}{os.sep}{len(emptied)}-{len(waiting)}"
                    with suppress(OSError):
                        os.rename(item.path, place)  # noqa: PTH104
                        waiting.append(place)
    for folder in reversed(emptied):
        with suppress(OSError):
            os.rmdir(folder)  # noqa: PTH106
