"""`digest enrich`: looks papers up on arXiv and writes papers.yaml.

Modules are imported when the command runs, so that the list of all commands is printed quickly.
"""

import datetime as dt
import os
import sys
from typing import TYPE_CHECKING

import click

from .console import INTERRUPTED, PROBLEMS, load_project, print_diagnostics, refuse, remark, say
from .usage import Command

if TYPE_CHECKING:
    from .pipeline.build import Project
    from .pipeline.enrich import Choice, Outlook

API_VARIABLE = "DIGEST_ARXIV_API"
"""The environment variable with the address of another API, such as a mirror's."""


@click.command(
    cls=Command, help="Look up papers on arXiv that lack a link, authors or any text, and write papers.yaml."
)
@click.option("--dry-run", is_flag=True, help="List what would be looked up. Nothing is asked or written.")
@click.option("--all", "every", is_flag=True, help="Also look up papers that lack only categories, a DOI or a date.")
@click.option("--again", is_flag=True, help="Also look up what arXiv did not have before.")
def enrich(*, dry_run: bool, every: bool, again: bool) -> None:
    """Run `digest enrich`."""
    project = load_project()
    from .pipeline.enrich import CannotEnrichError, Choice
    from .plugins.found import PluginError
    from .store.lock import LockedError
    from .store.places import PlaceError

    choice = Choice(every=every, again=again)
    try:
        sys.exit(_list(project, choice) if dry_run else _look_up(project, choice))
    except (CannotEnrichError, PluginError) as error:
        print_diagnostics([error.diagnostic], None, strict=False)
        remark("nothing more was looked up")
        sys.exit(PROBLEMS)
    except (LockedError, PlaceError) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename or 'papers.yaml'} cannot be read or written: {error.strerror or error}")


def _list(project: "Project", choice: "Choice") -> int:
    """List what would be looked up; return the exit code."""
    from .pipeline.enrich import look_ahead

    outlook = look_ahead(project, choice)
    for line in outlook.describe():
        say(line)
    code = _explain(outlook)
    remark(f"{outlook.summary}; nothing was asked or written")
    return code


def _look_up(project: "Project", choice: "Choice") -> int:
    """Look papers up; return the exit code."""
    from .pipeline.enrich import AGAIN, enrich
    from .progress import showing_progress
    from .web.answers import is_private
    from .web.arxiv import API, Arxiv, user_agent

    site = project.config.base_url
    arxiv = Arxiv(user_agent("" if is_private(site) else site), os.environ.get(API_VARIABLE) or API)
    try:
        with showing_progress() as progress:
            outlook, outcome = enrich(project, choice, arxiv, dt.date.today().isoformat(), progress, _tell_above_bar)
    except KeyboardInterrupt:
        remark(f"stopped; what was found is in papers.yaml: {AGAIN}")
        return INTERRUPTED
    code = _explain(outlook)
    if outcome.stopped:
        remark(outcome.stopped)
    remark(outcome.summary if outcome.requests else "nothing to look up")
    return PROBLEMS if outcome.left else code


def _tell_above_bar(line: str) -> None:
    """Print a line to standard error as it is now: while there is a progress bar, that puts the line above the bar."""
    from .diagnostics import visible

    if sys.stderr:
        sys.stderr.write(f"{visible(line)}\n")


def _explain(outlook: "Outlook") -> int:
    """Print the mistakes in papers.yaml and the remarks; return the exit code that follows from them."""
    code = print_diagnostics(outlook.mistakes, None, strict=False)
    for line in outlook.remarks:
        remark(line)
    if outlook.known:
        remark(f"{outlook.known:,} not asked for again, since arXiv had no answer before: --again asks once more")
    return code
