"""The command line. It parses options, calls the other packages and returns an exit code.

The exit code is 0 for success, 1 for problems in the notes or the templates, and 2 for wrong usage or settings. Modules that
only one command needs are imported in that command, so that `digest --help` and builds without changes start quickly.
"""

import datetime as dt
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

import click

from . import __version__
from .console import FINE, PROBLEMS, load_project, open_workers, print_diagnostics, refuse, require_notes, say
from .languages import LANGUAGES

if TYPE_CHECKING:
    from socket import socket

    from .diagnostics import Diagnostic
    from .problem_list import Format

Command = TypeVar("Command", bound=Callable[..., Any])


def run() -> NoReturn:
    """Run the command line and exit the process.

    The process exits without freeing a build's objects one by one, which would take 3% of the time of a full build.
    """
    _use_utf8()
    code: object = FINE
    try:
        main()
    except SystemExit as ending:
        code = ending.code
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a program may be started with one of them closed
        with suppress(OSError):  # the reader of the pipe has exited
            stream.flush()
    os._exit(code if isinstance(code, int) else FINE)


def _use_utf8() -> None:
    """Use UTF-8 for file names and allow every character in messages, in any locale.

    In a locale such as ko_KR.EUC-KR, Python encodes file names as EUC-KR: notes with Korean names could not be read, and
    pages would be written under names that no browser requests. So the program restarts in Python's UTF-8 mode, but still
    prints in the terminal's encoding. Characters that the encoding lacks are printed as escapes.
    """
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode and sys.executable:
        encoding = sys.stdout.encoding if sys.stdout else "ascii"
        os.environ.setdefault("PYTHONIOENCODING", f"{encoding}:backslashreplace")
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


class Commands(click.Group):
    """The commands. Those with a module of their own are imported when they are called, or listed."""

    modules: ClassVar = {"enrich": "enrich_command", "export": "export_command", "tags": "tags_command"}

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(context), *self.modules])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command by name."""
        if name not in self.modules:
            return super().get_command(context, name)
        from importlib import import_module

        command: click.Command = getattr(import_module(f".{self.modules[name]}", __package__), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn dated research notes into a fast, searchable static site.",
)
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
@click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The project's folder. Default: the current folder.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Run the command line. Help is given in `help`, since `python -OO` removes docstrings."""
    context.obj = folder.resolve()


def report_options(command: Command) -> Command:
    """Add the options that commands which report problems share."""
    strict = click.option("--strict", is_flag=True, help="Exit with code 1 if there are warnings.")
    form = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github"]),
        help="Format of problems. Default: `github` in GitHub Actions, otherwise `text`.",
    )
    every = click.option("--all", "every", is_flag=True, help="List every problem.")
    return strict(form(every(command)))


base_url_option = click.option(
    "--base-url", metavar="URL", help="Address of the site. Overrides `base_url` in digest.yaml."
)
drafts_option = click.option("--drafts", is_flag=True, help="Include entries with `draft: true` in their front matter.")


@main.command(help="Build the site.")
@report_options
@base_url_option
@click.option("--output", metavar="FOLDER", help="Folder for the site. Overrides `output` in digest.yaml.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Number of processes. Default: chosen by the amount of work."
)
@click.option("--scheduler", metavar="ADDRESS", help="Build on a Dask cluster, such as tcp://10.0.0.1:8786.")
@click.option("--clean", is_flag=True, help="Build everything anew, without the cache.")
@click.option("--explain", is_flag=True, help="Print each rebuilt file with the reason.")
@click.option("--frozen", is_flag=True, help="Fail if the build would change digest.lock.")
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
    frozen: bool,
    strict: bool,
    form: "Format | None",
    every: bool,
) -> None:
    """Run `digest build`."""
    # A build keeps its objects to the end. The garbage collector would take 10% of the time and find nothing.
    gc.disable()
    from .pipeline.build import Options
    from .pipeline.build import build as build_site
    from .problem_list import summarise
    from .progress import progress_bar
    from .store.lock import LockedError

    project = load_project(folder, form, base_url=base_url, output=output)
    try:
        with progress_bar() as progress, open_workers(workers or 0, scheduler) as opened:
            options = Options(opened, clean=clean, explain=explain, frozen=frozen)
            report = build_site(project, options, progress)
    except LockedError as error:
        refuse(str(error))
    if explain:
        for path, reason in report.reasons:
            say(f"{path}: {reason}")
    code = print_diagnostics(report.diagnostics, form, strict=strict, every=every)
    if report.diagnostics:
        say(summarise(report.diagnostics), err=True)
    for remark in report.remark.splitlines():
        say(remark, err=True)
    if stayed_out := report.stayed_out:
        say(f"left out: {', '.join(f'{reason} {count:,}' for reason, count in stayed_out)}", err=True)
    say(report.summary, err=True)
    sys.exit(code)


@main.command(help="Read all notes and report problems, without changing the site.")
@report_options
@click.option("--links", is_flag=True, help="Also render all pages and check the links and ids in them.")
@click.option("--external", is_flag=True, help="Also ask other sites whether the links to them work.")
@drafts_option
@click.pass_obj
def check(folder: Path, /, *, strict: bool, form: "Format | None", every: bool, **wanted: bool) -> None:
    """Run `digest check`."""
    from .pipeline.check import check_all
    from .pipeline.outside import CannotAskError
    from .problem_list import summarise
    from .progress import progress_bar

    project = load_project(folder, form)
    remarks: list[str] = []
    try:
        with progress_bar() as progress:
            diagnostics = check_all(project, progress, remarks.append, every=every, **wanted)
    except (ChildProcessError, CannotAskError) as error:
        refuse(str(error))
    code = print_diagnostics(diagnostics, form, strict=strict, every=every)
    for line in (*remarks, summarise(diagnostics)):
        say(line, err=True)
    sys.exit(code)


@main.command(help="Serve the site on this machine and rebuild it on every change.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to listen on. Default: the first free port from 8000."
)
@drafts_option
@base_url_option
@click.pass_obj
def serve(folder: Path, *, port: int | None, drafts: bool, base_url: str | None) -> None:
    """Run `digest serve`."""
    from .config import load_config
    from .serve.preview import open_preview
    from .serve.server import PortTakenError, open_socket
    from .serve.server import serve as serve_site
    from .serve.stopping import listening_for_stop
    from .store.lock import LockedError
    from .store.places import PlaceError
    from .wording import counted

    require_notes(folder, load_config(folder)[0])

    def tell(problems: "Iterable[Diagnostic]") -> None:
        print_diagnostics(problems, "text", strict=False)

    try:
        with (
            listening_for_stop() as stop,
            open_socket(port) as listener,
            open_preview(folder, drafts=drafts, base_url=base_url, address=_address_of(listener)) as preview,
        ):
            tell(preview.problems)
            stop.expect()
            address = _address_of(listener).removesuffix("/") + preview.root
            say(f"{counted(preview.entries, 'entry')} at {address} (Ctrl-C stops)", err=True)
            serve_site(folder, preview, listener, tell, stop)
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (LockedError, PlaceError, PortTakenError, ValueError) as error:
        refuse(str(error))


def _address_of(listener: "socket") -> str:
    return f"http://{listener.getsockname()[0]}:{listener.getsockname()[1]}/"


@main.command(help="Print where old addresses lead, as settings of a server. Nothing is built.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["netlify", "nginx", "caddy", "json"]),
    required=True,
    help="The server: `netlify` is also read by Cloudflare Pages; `json` is for any other.",
)
@base_url_option
@click.pass_obj
def redirects(folder: Path, *, form: str, base_url: str | None) -> None:
    """Print where old addresses lead, as settings of a server."""
    from .pipeline.redirects import find_redirects
    from .problem_list import format_diagnostics
    from .site.host_redirects import write_redirects

    found, problems = find_redirects(load_project(folder, None, base_url=base_url))
    if problems:
        click.echo(format_diagnostics(problems, "text"), nl=False, err=True)
    click.echo(write_redirects(found, form), nl=False)
    sys.exit(PROBLEMS if problems else FINE)


@main.command(help="Open the note file of DATE, by default today's, in $EDITOR. Create the file if it doesn't exist.")
@click.argument("date", required=False)
@click.option("--no-edit", is_flag=True, help="Create the file without opening it.")
@click.pass_obj
def new(folder: Path, *, date: str | None, no_edit: bool) -> None:
    """Run `digest new`."""
    from .notes.dates import parse_date_line
    from .scaffold import OutsideError, make_note

    project = load_project(folder, None)
    day = dt.date.today()
    if date is not None:
        line = parse_date_line(date)
        if line is None or line.date is None:
            refuse(f"`{date}` is not a date; write it like 2024-03-19")
        day = line.date
    try:
        path, is_new = make_note(folder, project.config, day)
    except OutsideError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename} cannot be written: {error.strerror}")
    say(str(path.relative_to(folder)))
    if not is_new:
        say("the file already exists; it was not changed", err=True)
    if not no_edit:
        click.edit(filename=str(path))


@main.command(help="Create a project. It has settings, a first note, and a workflow that publishes it on GitHub Pages.")
@click.argument("target", required=False, type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--from",
    "notes",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Use the notes of a folder, such as that of Obsidian, Logseq, Jekyll, Hugo or Quartz, in the project or the project itself.",
)
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    help="Language of the interface. Default: that of the notes with --from, otherwise ko.",
)
@click.pass_obj
def init(folder: Path, *, target: Path, notes: Path | None, language: str | None) -> None:
    """Run `digest init`."""
    from .languages import nearest_language
    from .scaffold import OutsideError, describe_inventory, find_notes_folder, make_project

    target = (folder / target).resolve()
    found = None
    try:
        if notes is not None:
            from .inventory import take_inventory

            found = take_inventory(target, find_notes_folder(notes, target, folder))
            language = language or nearest_language(found.language)
        made = make_project(target, language or "ko", dt.date.today(), found=found)
    except FileExistsError as error:
        refuse(f"{error.filename} already exists; nothing was changed")
    except OutsideError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename} cannot be read or written: {error.strerror}")
    for path in made.files:
        say(path)
    remarks = (
        (*describe_inventory(found), *made.advice, "next: digest build, or digest serve") if found else made.advice
    )
    for remark in remarks:
        say(remark, err=True)
