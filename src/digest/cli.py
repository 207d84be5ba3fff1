"""The command line: options in, calls, exit codes out.

Exit codes: 0 fine, 1 problems in the notes or the templates, 2 wrong usage or settings. What only one command needs is
imported there, since `digest --help` and a build with nothing to do are waited for.
"""

import datetime as dt
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from . import __version__
from .languages import LANGUAGES

if TYPE_CHECKING:
    from .config import Config
    from .diagnostics import Diagnostic, Format
    from .parallel.workers import Workers
    from .pipeline.build import Project, Report
    from .pipeline.job import Progress

Command = TypeVar("Command", bound=Callable[..., Any])

FINE, PROBLEMS, USAGE = 0, 1, 2
SLOW_SECONDS = 0.4
"""A build that is over sooner shows no progress bar, which would only flicker."""


def run() -> NoReturn:
    """Run the command line as a program of its own.

    It exits without freeing the objects of a build one by one, which takes a thirtieth of a cold build's time.
    """
    _use_utf8()
    code: object = FINE
    try:
        main()
    except SystemExit as ending:
        code = ending.code
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a program may be started with one of them closed
        with suppress(OSError):  # whoever read it has gone
            stream.flush()
    os._exit(code if isinstance(code, int) else FINE)


def _use_utf8() -> None:
    """Name files in UTF-8 and print any character, whatever the locale.

    In a locale such as ko_KR.EUC-KR, Python encodes file names as EUC-KR: notes with Korean names could not be read, and
    pages would be written under names that no browser asks for. The program then starts again in Python's UTF-8 mode and
    still prints in the terminal's encoding. A character that the terminal's encoding lacks is printed as its escape.
    """
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode and sys.executable:
        encoding = sys.stdout.encoding if sys.stdout else "ascii"
        os.environ.setdefault("PYTHONIOENCODING", f"{encoding}:backslashreplace")
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
@click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The project's folder, instead of the one you are in.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Turn dated research notes into a fast, searchable static site."""
    context.obj = folder.resolve()


def report_options(command: Command) -> Command:
    """Add the options of commands that report problems."""
    strict = click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
    form = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github"]),
        help="How problems are printed; `github` under GitHub Actions, else `text`.",
    )
    return strict(form(command))


base_url_option = click.option("--base-url", metavar="URL", help="The site's address, over the one in digest.yaml.")
drafts_option = click.option("--drafts", is_flag=True, help="Show entries whose front matter says `draft: true`.")


@main.command()
@report_options
@base_url_option
@click.option("--output", metavar="FOLDER", help="Where the site is written, over the place in digest.yaml.")
@click.option("--workers", type=click.IntRange(min=1), help="How many processes to use; chosen by the work otherwise.")
@click.option("--scheduler", metavar="ADDRESS", help="Have a Dask cluster do the work, such as tcp://10.0.0.1:8786.")
@click.option("--clean", is_flag=True, help="Reuse nothing of earlier builds.")
@click.option("--explain", is_flag=True, help="Say of each file that is made again why.")
@click.pass_obj
def build(
    folder: Path,
    *,
    base_url: str | None,
    output: str | None,
    workers: int | None,
    scheduler: str | None,
    clean: bool,
    explain: bool,
    strict: bool,
    form: "Format | None",
) -> None:
    """Build the site."""
    # What a build makes it keeps to its end; looking for garbage among it takes a tenth of the time and finds none.
    gc.disable()
    from .pipeline.build import Options
    from .pipeline.build import build as build_site
    from .store.lock import LockedError

    project = _load_project(folder, form, base_url=base_url, output=output)
    try:
        with _progress() as progress, _open_workers(workers or 0, scheduler) as opened:
            options = Options(opened, clean=clean, explain=explain)
            report = build_site(project, options, progress)
    except LockedError as error:
        _refuse(str(error))
    if explain:
        for path, reason in report.reasons:
            click.echo(f"{path}: {reason}")
    code = _print_diagnostics(report.diagnostics, form, strict=strict)
    if report.remark:
        click.echo(report.remark, err=True)
    click.echo(_summary(report), err=True)
    sys.exit(code)


@main.command()
@report_options
@click.option("--links", is_flag=True, help="Render all pages too, and check every link inside the site.")
@drafts_option
@click.pass_obj
def check(folder: Path, *, links: bool, drafts: bool, strict: bool, form: "Format | None") -> None:
    """Read all notes and report their problems; writes nothing."""
    from .pipeline.check import check_project

    project = _load_project(folder, form)
    try:
        with _progress() as progress:
            diagnostics = check_project(project, progress, links=links, drafts=drafts)
    except ChildProcessError as error:
        _refuse(str(error))
    code = _print_diagnostics(diagnostics, form, strict=strict)
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    click.echo(f"{_count(errors, 'error')}, {_count(len(diagnostics) - errors, 'warning')}", err=True)
    sys.exit(code)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; the first free one from 8000 else.")
@drafts_option
@base_url_option
@click.pass_obj
def serve(folder: Path, *, port: int | None, drafts: bool, base_url: str | None) -> None:
    """Show the site on this machine and follow every change."""
    from .config import load_config
    from .serve.preview import open_preview
    from .serve.server import PortTakenError, open_socket
    from .serve.server import serve as serve_site
    from .serve.stopping import listening_for_stop
    from .store.lock import LockedError

    _require_notes(folder, load_config(folder)[0])

    def tell(problems: "Iterable[Diagnostic]") -> None:
        _print_diagnostics(problems, "text", strict=False)

    try:
        with (
            listening_for_stop() as stop,
            open_socket(port) as listener,
            open_preview(folder, drafts=drafts, base_url=base_url) as preview,
        ):
            tell(preview.problems)
            stop.expect()
            address = f"http://{listener.getsockname()[0]}:{listener.getsockname()[1]}{preview.root}"
            click.echo(f"{_count(preview.entries, 'entry')} at {address} (Ctrl-C stops)", err=True)
            serve_site(folder, preview, listener, tell, stop)
    except (LockedError, PortTakenError, ValueError, OSError) as error:
        _refuse(str(error))


@main.command()
@click.argument("date", required=False)
@click.option("--no-edit", is_flag=True, help="Only make the file.")
@click.pass_obj
def new(folder: Path, *, date: str | None, no_edit: bool) -> None:
    """Open the note file of a day (today, unless DATE says otherwise) in $EDITOR, made if there is none."""
    from .notes.dates import parse_date_line
    from .scaffold import make_note

    project = _load_project(folder, None)
    day = dt.date.today()
    if date is not None:
        line = parse_date_line(date)
        if line is None or line.date is None:
            _refuse(f"`{date}` is no date; write it like 2024-03-19")
        day = line.date
    try:
        path, is_new = make_note(folder, project.config, day)
    except OSError as error:
        _refuse(f"{error.filename} cannot be written: {error.strerror}")
    click.echo(path.relative_to(folder))
    if not is_new:
        click.echo("it was there already, and stays as it is", err=True)
    if not no_edit:
        click.edit(filename=str(path))


@main.command()
@click.argument("target", required=False, type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--from",
    "vault",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="An Obsidian vault in the folder, or the folder itself, whose notes become the site.",
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="ko", show_default=True)
@click.pass_obj
def init(folder: Path, *, target: Path, vault: Path | None, language: str) -> None:
    """Make a ready project: settings, a first note, and a workflow that publishes it on GitHub Pages."""
    from .scaffold import OutsideError, make_project

    target = (folder / target).resolve()
    try:
        made = make_project(target, language, dt.date.today(), vault=vault)
    except FileExistsError as error:
        _refuse(f"{error.filename} exists already; nothing was changed")
    except OutsideError as error:
        _refuse(str(error))
    for path in made:
        click.echo(path.relative_to(target))


def _load_project(
    folder: Path, form: "Format | None", *, base_url: str | None = None, output: str | None = None
) -> "Project":
    from .config import load_config, override
    from .parallel.processes import chosen_way
    from .pipeline.build import Project

    config, mistakes = load_config(folder)
    if mistakes:
        _print_diagnostics(mistakes, form, strict=True)
        sys.exit(USAGE)
    try:
        chosen_way()  # refuse an unknown DIGEST_WORKERS before anything is done
        config = override(config, base_url=base_url, output=output)
    except ValueError as error:
        _refuse(str(error))
    _require_notes(folder, config)
    return Project(folder, config)


def _require_notes(folder: Path, config: "Config") -> None:
    if not (folder / config.notes).is_dir():
        _refuse(f"there is no folder `{config.notes}` in {folder}; `digest init` makes a project")


@contextmanager
def _open_workers(number: int, address: str | None) -> "Iterator[Workers]":
    """Give the workers of the scheduler at an address, or `number` of this machine."""
    if address is None:
        from .parallel.workers import Workers

        yield Workers(number)
        return
    from .parallel.cluster import ClusterError, open_cluster

    try:
        with open_cluster(address) as workers:
            yield workers
    except ClusterError as error:
        _refuse(str(error))


def _print_diagnostics(diagnostics: Iterable["Diagnostic"], form: "Format | None", *, strict: bool) -> int:
    """Print problems and return the exit code that they ask for."""
    from .diagnostics import default_format, format_diagnostics, has_errors

    found = list(diagnostics)
    text = format_diagnostics(found, form or default_format())
    if text:
        click.echo(text, nl=False)
    return PROBLEMS if has_errors(found, strict=strict) else FINE


def _summary(report: "Report") -> str:
    if report.refused:
        return f"nothing was published, the site is as it was; {report.seconds:.2f} s"
    if not report.written and not report.removed:
        done = "nothing to write"
    else:
        removed = f", {report.removed:,} removed" if report.removed else ""
        done = f"{report.written:,} written{removed}"
    return f"{_count(report.entries, 'entry')}, {_count(report.files, 'file')}, {done} in {report.seconds:.2f} s"


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Show how far a build has come where a person watches, once it has taken a while."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield lambda _stage, _done, _total: None
        return
    import time

    started = time.perf_counter()
    bar: Any = None
    task: Any = None

    def show(stage: str, done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None:
            if time.perf_counter() - started < SLOW_SECONDS:
                return
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            # Without a thread of its own, which a forked worker would inherit in an unknown state.
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
            bar.start()
            task = bar.add_task(stage)
        bar.update(task, description=stage, completed=done, total=total or None, refresh=True)

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()


def _refuse(message: str) -> NoReturn:
    click.echo(f"digest: {message}", err=True)
    sys.exit(USAGE)
