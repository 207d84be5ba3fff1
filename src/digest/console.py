"""What the commands share: a project from its options, messages, and exit codes.

Modules are imported when a function needs them, so that commands start quickly.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from .config import Config
    from .diagnostics import Diagnostic
    from .parallel.workers import Workers
    from .pipeline.build import Project
    from .pipeline.reading import Reading
    from .problem_list import Format

FINE, PROBLEMS, USAGE = 0, 1, 2
"""The exit codes: success, problems in the notes or the templates, wrong usage or settings."""


def load_project(
    folder: Path, form: "Format | None", *, base_url: str | None = None, output: str | None = None
) -> "Project":
    """Return a project with its settings and the options that override them. Exit if there is a mistake in them."""
    from .config import load_config, override
    from .parallel.processes import chosen_way
    from .pipeline.build import Project

    config, mistakes = load_config(folder)
    if mistakes:
        print_diagnostics(mistakes, form, strict=True)
        sys.exit(USAGE)
    try:
        chosen_way()  # refuse an unknown DIGEST_WORKERS before anything is done
        config = override(config, base_url=base_url, output=output)
    except ValueError as error:
        refuse(str(error))
    require_notes(folder, config)
    return Project(folder, config)


@contextmanager
def open_reading(project: "Project") -> "Iterator[Reading]":
    """Yield the published entries of a project. If they cannot be read, print the problems to standard error and exit."""
    from .pipeline.reading import UnreadError, open_project
    from .problem_list import default_format, format_diagnostics

    try:
        with open_project(project) as reading:
            yield reading
    except UnreadError as error:
        click.echo(format_diagnostics(error.diagnostics, default_format()), nl=False, err=True)
        sys.exit(PROBLEMS)


def require_notes(folder: Path, config: "Config") -> None:
    """Exit if a project has no folder of notes."""
    if not (folder / config.notes).is_dir():
        refuse(f"there is no folder `{config.notes}` in {folder}; run `digest init` to create a project")


@contextmanager
def open_workers(number: int, address: str | None) -> "Iterator[Workers]":
    """Yield the workers of the scheduler at an address or, without one, `number` workers on this machine."""
    if address is None:
        from .parallel.workers import Workers

        yield Workers(number)
        return
    from .parallel.cluster import ClusterError, open_cluster

    try:
        with open_cluster(address) as workers:
            yield workers
    except ClusterError as error:
        refuse(str(error))


def say(text: str, *, err: bool = False) -> None:
    """Print a line. It may hold texts of authors and names of files."""
    from .diagnostics import visible

    click.echo(visible(text), err=err)


def print_diagnostics(
    diagnostics: Iterable["Diagnostic"], form: "Format | None", *, strict: bool, every: bool = False
) -> int:
    """Print problems and return the resulting exit code."""
    from .diagnostics import has_errors
    from .problem_list import default_format, format_diagnostics

    found = list(diagnostics)
    text = format_diagnostics(found, form or default_format(), every=every)
    if text:
        click.echo(text, nl=False)
    return PROBLEMS if has_errors(found, strict=strict) else FINE


def refuse(message: str) -> NoReturn:
    """Print the reason why a command does nothing, and exit."""
    say(f"digest: {message}", err=True)
    sys.exit(USAGE)
