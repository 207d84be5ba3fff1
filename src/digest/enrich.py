"""`digest enrich`: the options and the messages of looking papers up."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from .diagnostics import Diagnostic, has_errors, visible
from .pipeline.build import Project
from .pipeline.enrich import AGAIN, CannotEnrichError, Choice, Outlook, Tell, enrich, look_ahead
from .plugins.found import PluginError
from .progress import progress_bar
from .store.lock import LockedError
from .store.places import PlaceError
from .web.answers import is_private
from .web.arxiv import API, Arxiv, user_agent

API_VARIABLE = "DIGEST_ARXIV_API"
"""The environment variable with the address of another API, such as a mirror's."""

DONE, PROBLEMS, REFUSED, INTERRUPTED = 0, 1, 2, 130


class Say(Protocol):
    """A function that prints a line to standard output or, with `err`, to standard error."""

    def __call__(self, text: str, *, err: bool = False) -> None:
        """Print a line."""


Report = Callable[[Iterable[Diagnostic]], None]


def run_enrich(project: Project, say: Say, report: Report, *, dry_run: bool, every: bool, again: bool) -> int:
    """Run the command and return its exit code. `report` prints problems."""
    choice, tell = Choice(every=every, again=again), partial(say, err=True)
    try:
        return _list(project, choice, say, report) if dry_run else _look_up(project, choice, tell, report)
    except CannotEnrichError as error:
        report((error.diagnostic,) if error.diagnostic else ())
        tell("nothing more was looked up: correct the file first")
        return PROBLEMS
    except PluginError as error:
        report((error.diagnostic,))
        return PROBLEMS
    except (LockedError, PlaceError) as error:
        tell(f"digest: {error}")
    except OSError as error:
        tell(f"digest: {error.filename or 'papers.yaml'} cannot be read or written: {error.strerror or error}")
    return REFUSED


def _list(project: Project, choice: Choice, say: Say, report: Report) -> int:
    outlook = look_ahead(project, choice)
    for line in outlook.describe():
        say(line)
    _explain(outlook, partial(say, err=True), report)
    say(f"{outlook.summary}; nothing was asked or written", err=True)
    return PROBLEMS if has_errors(outlook.mistakes) else DONE


def _look_up(project: Project, choice: Choice, tell: Tell, report: Report) -> int:
    site = project.config.base_url
    arxiv = Arxiv(user_agent("" if is_private(site) else site), os.environ.get(API_VARIABLE) or API)
    try:
        with progress_bar() as progress:
            outlook, outcome = enrich(project, choice, arxiv, dt.date.today().isoformat(), progress, _tell_above_bar)
    except KeyboardInterrupt:
        tell(f"stopped; what was found is in papers.yaml: {AGAIN}")
        return INTERRUPTED
    _explain(outlook, tell, report)
    if outcome.stopped:
        tell(outcome.stopped)
    tell(outcome.summary if outcome.requests else "nothing to look up")
    return PROBLEMS if outcome.left or has_errors(outlook.mistakes) else DONE


def _tell_above_bar(line: str) -> None:
    """Print a line to standard error as it is now: while there is a progress bar, that puts the line above the bar."""
    if sys.stderr:
        sys.stderr.write(f"{visible(line)}\n")


def _explain(outlook: Outlook, tell: Tell, report: Report) -> None:
    report(outlook.mistakes)
    for remark in outlook.remarks:
        tell(remark)
    if outlook.known:
        tell(f"{outlook.known:,} not asked for again, since arXiv had no answer before: --again asks once more")
