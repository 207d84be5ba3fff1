"""A folder -> the git repository around it: its root, its default branch, and the paths that it ignores.

Nothing in the repository is changed. Without git, a folder is in no repository.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

_USUAL = ("main", "master")


class Repository(Struct, frozen=True):
    """A repository: the folder at its root, and the names that its default branch has or may get with the first push."""

    root: Path
    branches: tuple[str, ...]


def find_repository(folder: Path) -> Repository | None:
    """Return the repository that a folder is in, or None. The folder need not exist yet.

    A folder that the repository around it ignores is not in it, such as one below a home folder that is a repository.
    """
    place = _existing(folder)
    top = _git(place, "rev-parse", "--show-toplevel")
    if not top:
        return None
    root = Path(top)
    if folder != root and _is_ignored(root, folder):
        return None
    return Repository(root, _find_branches(root))


def branches_of_new(folder: Path) -> tuple[str, ...]:
    """Return the names that the default branch of a new repository may have: that of hosts, and that of git on this machine."""
    return tuple(dict.fromkeys(("main", _git(_existing(folder), "var", "GIT_DEFAULT_BRANCH") or "master")))


def find_unignored(folder: Path, names: Iterable[str]) -> list[str]:
    """Return the folders, by name below `folder`, that git would add with `git add .`; none outside a repository.

    A folder with tracked files is left out: its author has added it on purpose.
    """
    if not _git(folder, "rev-parse", "--show-toplevel"):
        return []
    return [
        name
        for name in names
        if not _is_ignored(folder, folder / name / "file") and not _git(folder, "ls-files", "--", f"./{name}")
    ]


def find_origin(folder: Path) -> tuple[str, str]:
    """Return the address of the remote `origin` of the repository that a folder is in, and the commit; both may be empty."""
    return _git(folder, "remote", "get-url", "origin"), _git(folder, "rev-parse", "--verify", "--quiet", "HEAD")


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _is_ignored(root: Path, path: Path) -> bool:
    # git prints the path if it is ignored.
    return bool(_git(root, "check-ignore", "--", str(path)))


def _find_branches(root: Path) -> tuple[str, ...]:
    head = _git(root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    if head:
        return (head.removeprefix("origin/"),)
    pushed = _list_branches(root, "refs/remotes/origin")
    named = pushed or _list_branches(root, "refs/heads")
    current = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    branch = next((name for name in _USUAL if name in named), current or "main")
    # Before the first push, hosts say to rename the branch: `git branch -M main`.
    return (branch,) if pushed else tuple(dict.fromkeys((branch, "main")))


def _list_branches(root: Path, place: str) -> list[str]:
    return _git(root, "for-each-ref", "--format=%(refname:lstrip=-1)", place).splitlines()


def _git(folder: Path, *arguments: str) -> str:
    """Return the output of a git command without the space around it, or nothing if it fails."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, capture_output=True, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return os.fsdecode(done.stdout).strip()
