"""`digest new`: the note file of a day, in the author's editor."""

import datetime as dt
import sys

import click

from .console import is_terminal, load_project, refuse, remark, say
from .usage import Command


@click.command(
    cls=Command,
    help="Open the note file of DATE, by default today's, in $EDITOR. Create the file if it doesn't exist. "
    "DATE is a date such as 2024-03-19, `today` or `yesterday`.",
)
@click.argument("date", nargs=-1)
@click.option(
    "--no-edit", is_flag=True, help="Create the file without opening it, as always happens without a terminal."
)
def new(*, date: tuple[str, ...], no_edit: bool) -> None:
    """Run `digest new`."""
    from .notes.spoken_dates import read_spoken_date
    from .scaffold import OutsideError, make_note

    project = load_project()
    written, today = " ".join(date), dt.date.today()
    day = read_spoken_date(written, today) if written else today
    if day is None:
        refuse(f"`{written}` is not a date; write it like 2024-03-19, or `today` or `yesterday`")
    try:
        path, is_new = make_note(project.folder, project.config, day)
    except OutsideError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename} cannot be written: {error.strerror}")
    say(str(path.relative_to(project.folder)))
    if not is_new:
        remark("the file already exists; it was not changed")
    # An editor without a terminal to draw on waits for ever.
    if not no_edit and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        click.edit(filename=str(path))
