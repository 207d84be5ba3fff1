"""A folder in a git repository -> the day of each file's first commit.

Used for notes that give no date themselves, if the settings say `dates: git`.
"""

import datetime as dt
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_COMMIT = "\x01"


class HistoryError(Exception):
    """The dates can't be taken from git; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def first_commits(root: Path, folder: str) -> Mapping[str, dt.date]:
    """Return the day of the first commit of every file below `root/folder`, by its path below the root.

    The day is that of the author, in the author's own time zone; a renamed file keeps the day of its first name. Raises
    HistoryError without git, without a repository, and for a shallow clone, whose first commits are missing.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise HistoryError(
            "this is a shallow clone, in which the first commits are missing",
            "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout",
        )
    log = _git(
        root, "log", "--reverse", "--relative", "--date=short", f"--format={_COMMIT}%ad", "--name-status", "-M", "-z",
        "--", folder,
    )  # fmt: skip
    return _read_log(log)


def _read_log(log: str) -> dict[str, dt.date]:
    dates: dict[str, dt.date] = {}
    day = dt.date.min
    words = iter(log.split("\0"))
    for word in words:
        head, is_commit, written = word.partition(_COMMIT)
        if is_commit:
            day = dt.date.fromisoformat(written.strip())
            continue
        status = head.strip()
        if not status:
            continue
        path = next(words)
        if status[0] == "R":
            new = next(words)
            dates[new] = dates.get(path, day)
        elif status[0] == "C":
            dates.setdefault(next(words), day)
        elif status[0] != "D":
            dates.setdefault(path, day)
    return dates


def _git(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, env=environment, capture_output=True, check=True)
    except FileNotFoundError:
        raise HistoryError("git is not installed", "install git, or remove `dates: git`") from None
    except subprocess.CalledProcessError as error:
        reason = os.fsdecode(error.stderr).strip().removeprefix("fatal: ").partition("\n")[0]
        if "does not have any commits" in reason:
            return ""
        raise HistoryError(f"git gives no dates: {reason}", "commit the notes, or remove `dates: git`") from None
    return os.fsdecode(done.stdout)
