"""`digest new`: the note file of a day, in the author's editor."""

import datetime as dt
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from .console import is_terminal, load_project, refuse, remark, say
from .usage import Command


@click.command(
    cls=Command,
    help="Open the note file of DATE, by default today's, in $EDITOR. Create the file if it doesn't exist. "
    "DATE is a date such as 2024-03-19, 3/19, 19, `friday`, `yesterday` or `tomorrow`.",
)
@click.argument("date", nargs=-1)
@click.option(
    "--no-edit", is_flag=True, help="Create the file without opening it, as always happens without a terminal."
)
def new(*, date: tuple[str, ...], no_edit: bool) -> None:
    """Run `digest new`."""
    from .scaffold import OutsideError, make_note, remove_empty_note

    project = load_project()
    day = _read_day(" ".join(date))
    # An editor without a terminal to draw on waits for ever.
    edits = not no_edit and is_terminal(sys.stdin) and is_terminal(sys.stdout)
    if edits:
        _require_editor()
    try:
        path, is_new = make_note(project.folder, project.config, day)
    except OutsideError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename} cannot be written: {error.strerror}")
    say(str(path.relative_to(project.folder)))
    if not is_new:
        remark("the file already exists; it was not changed")
    if edits and not _edit(path):
        if is_new:
            remove_empty_note(path, project.config, day)
        refuse("the editor ended with an error; set EDITOR to another one, or use `--no-edit`")


def _read_day(written: str) -> dt.date:
    from .notes.spoken_dates import read_spoken_date

    today = dt.date.today()
    if not written:
        return today
    found = read_spoken_date(written, today)
    if found is None:
        refuse(f"`{written}` is not a date; write it like 2024-03-19, 3/19, 19, `friday`, `yesterday` or `tomorrow`")
    if found.date is None:
        refuse(f"there is no day `{written}`")
    return found.date


def _require_editor() -> None:
    """Refuse an editor that is not there before a file is made for it."""
    editor = _named_editor()
    words = split_command(editor)
    if editor and (not words or shutil.which(words[0]) is None):
        refuse(f"the editor `{editor}` cannot be run; set EDITOR to one that you have, or use `--no-edit`")


def _edit(path: Path) -> bool:
    """Open a file in the user's editor, wait until the editor ends, and return True if it ended well."""
    words = split_command(_named_editor())
    try:
        if not words:
            click.edit(filename=str(path))  # click finds an editor of the system
            return True
        # Windows runs programs such as `code.cmd` only by their whole path.
        program = shutil.which(words[0]) or words[0]
        return subprocess.run([program, *words[1:], str(path)], check=False).returncode == 0
    except (OSError, click.ClickException):
        return False


def _named_editor() -> str:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def split_command(command: str, system: str = os.name) -> list[str]:
    """Split a command line into words; nothing if a quotation mark is never closed.

    On Windows (`nt`), a backslash is a part of a path.
    """
    try:
        words = shlex.split(command, posix=system != "nt")
    except ValueError:
        return []
    return [word.strip('"') for word in words] if system == "nt" else words
