"""The command line. It parses options, calls the other packages and returns an exit code.

The exit code is 0 for success, 1 for problems in the notes or the templates, 2 for wrong usage or settings, and 130 after Ctrl-C.
Modules that only one command needs are imported in that command, so that `digest --help` and builds without changes start quickly.
"""

import gc
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

import click

from . import __version__
from .console import (
    FINE,
    INTERRUPTED,
    PROBLEMS,
    Option,
    base_url_option,
    drafts_option,
    follow_language_of,
    in_language,
    load_project,
    open_workers,
    print_diagnostics,
    refuse,
    remark,
    say,
    start_folder,
)
from .languages import LANGUAGES
from .usage import Group

if TYPE_CHECKING:
    from .diagnostics import Diagnostic
    from .problem_list import Format

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


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


class Commands(Group):
    """The commands. Those with a module of their own are imported when they are called, or listed."""

    modules: ClassVar = {
        name: f"{name}_command" for name in ("enrich", "export", "import", "new", "serve", "tags", "theme")
    }

    def invoke(self, context: click.Context) -> Any:
        """Run a command. Ctrl-C ends it in order, with the exit code of a program that a signal ended."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            remark("stopped")
            context.exit(INTERRUPTED)

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(context), *self.modules])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command by name."""
        if name not in self.modules:
            return super().get_command(context, name)
        from importlib import import_module
        from keyword import iskeyword

        function = f"{name}_" if iskeyword(name) else name
        command: click.Command = getattr(import_module(f".{self.modules[name]}", __package__), function)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn dated research notes into a fast, searchable static site.",
)
@click.version_option(
    __version__,
    prog_name="research-digest",  # another distribution has a command and a package named `digest` too
    message=f"%(prog)s %(version)s ({Path(__file__).parent}, Python {sys.version.partition(' ')[0]})",
)
def main() -> None:
    """Run the command line. Help is given in `help`, since `python -OO` removes docstrings."""


def report_options(command: Decorated) -> Decorated:
    """Add the options that commands which report problems share."""
    strict = click.option(
        "--strict", cls=Option, is_flag=True, envvar="DIGEST_STRICT", help="Exit with code 1 if there are warnings."
    )
    form = click.option(
        "--format",
        "form",
        cls=Option,
        envvar="DIGEST_FORMAT",
        type=click.Choice(["text", "json", "github"]),
        help="Format of problems. Default: `github` in GitHub Actions, otherwise `text`.",
    )
    every = click.option("--all", "every", is_flag=True, help="List every problem.")
    return strict(form(every(command)))


@main.command(help="Build the site.")
@report_options
@base_url_option
@click.option(
    "--output",
    cls=Option,
    metavar="FOLDER",
    envvar="DIGEST_OUTPUT",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the site, anywhere on this machine. Overrides `output` in digest.yaml.",
)
@click.option(
    "--workers",
    cls=Option,
    type=click.IntRange(min=1),
    envvar="DIGEST_WORKERS",
    help="Number of processes. Default: chosen by the amount of work.",
)
@click.option(
    "--scheduler",
    cls=Option,
    metavar="ADDRESS",
    envvar="DIGEST_SCHEDULER",
    help="Build on a Dask cluster, such as tcp://10.0.0.1:8786.",
)
@click.option("--clean", is_flag=True, help="Build everything anew, without the cache.")
@click.option("--explain", is_flag=True, help="Print why files were rebuilt. With --all, list every file.")
@click.option(
    "--frozen",
    cls=Option,
    is_flag=True,
    envvar="DIGEST_FROZEN",
    help="Fail if the build would change digest.lock.",
)
def build(
    *,
    base_url: str | None,
    output: Path | None,
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
    from .progress import showing_progress
    from .store.lock import LockedError

    project = load_project(form, base_url=base_url, output=output)
    try:
        with showing_progress() as progress, open_workers(workers or 0, scheduler) as opened:
            options = Options(opened, clean=clean, explain=explain, frozen=frozen)
            report = build_site(project, options, progress)
    except LockedError as error:
        refuse(str(error))
    if explain:
        from .pipeline.reasons import list_reasons

        for line in list_reasons(report.reasons, every=every):
            say(in_language(line))
    code = print_diagnostics(report.diagnostics, form, strict=strict, every=every)
    if report.diagnostics:
        remark(summarise(report.diagnostics))
    for line in report.remark.splitlines():
        remark(line)
    if stayed_out := report.stayed_out:
        remark(f"left out: {', '.join(f'{reason} {count:,}' for reason, count in stayed_out)}")
    remark(report.summary)
    sys.exit(code)


@main.command(
    help="Read all notes and report problems, without changing the site. With `-`, read one note from standard input."
)
@report_options
@click.argument("note", required=False, metavar="[-]", type=click.Choice(["-"]))
@click.option("--links", is_flag=True, help="Also render all pages and check the links and ids in them.")
@click.option("--external", is_flag=True, help="Also ask other sites whether the links to them work.")
@drafts_option
def check(*, note: str | None, strict: bool, form: "Format | None", every: bool, **wanted: bool) -> None:
    """Run `digest check`."""
    from .problem_list import summarise

    remarks: tuple[str, ...] = ()
    if note:
        if any(wanted.values()):
            refuse("`-` reads one note, so it cannot be combined with --links, --external or --drafts")
        diagnostics = _check_standard_input(form)
    else:
        diagnostics, remarks = _check_project(form, every=every, **wanted)
    code = print_diagnostics(diagnostics, form, strict=strict, every=every)
    for line in (*remarks, summarise(diagnostics)):
        remark(line)
    sys.exit(code)


def _check_project(
    form: "Format | None", *, every: bool, **wanted: bool
) -> "tuple[tuple[Diagnostic, ...], tuple[str, ...]]":
    """Check all notes; return the problems, and lines about what is no problem."""
    from .pipeline.check import check_all
    from .pipeline.outside import CannotAskError
    from .progress import showing_progress

    project = load_project(form)
    remarks: list[str] = []
    try:
        with showing_progress() as progress:
            return check_all(project, progress, remarks.append, every=every, **wanted), tuple(remarks)
    except (ChildProcessError, CannotAskError) as error:
        refuse(str(error))


def _check_standard_input(form: "Format | None") -> "tuple[Diagnostic, ...]":
    """Check a note that another program writes, such as an editor. The settings of the project count, if there is one."""
    from .pipeline.check import check_note
    from .plugins.found import PluginError

    project = load_project(form, needs_notes=False)
    try:
        return check_note(project, sys.stdin.buffer.read() if sys.stdin else b"")
    except PluginError as error:
        return (error.diagnostic,)


@main.command(help="Print where old addresses lead, as settings of a server. Nothing is built.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["netlify", "nginx", "caddy", "json"]),
    required=True,
    help="The server: `netlify` is also read by Cloudflare Pages; `json` is for any other.",
)
@base_url_option
def redirects(*, form: str, base_url: str | None) -> None:
    """Print where old addresses lead, as settings of a server."""
    from .pipeline.redirects import find_redirects
    from .site.host_redirects import write_redirects

    found, problems = find_redirects(load_project(base_url=base_url))
    print_diagnostics(problems, "text", strict=False, err=True)
    click.echo(write_redirects(found, form), nl=False)
    sys.exit(PROBLEMS if problems else FINE)


@main.command(help="Create a project. It has settings, a first note, and a workflow that publishes it on GitHub Pages.")
@click.argument(
    "target", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path, file_okay=False), default="."
)
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
def init(*, target: Path, notes: Path | None, language: str | None) -> None:
    """Run `digest init`."""
    import datetime as dt
    import shlex

    from .languages import nearest_language
    from .scaffold import OutsideError, describe_inventory, find_notes_folder, make_project

    folder = start_folder()
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
    follow_language_of(target)
    for path in made.files:
        say(path)
    following = "digest serve --open"
    if target != Path.cwd():
        below = target.is_relative_to(Path.cwd())
        following = f"cd {shlex.quote(os.path.relpath(target) if below else str(target))} && {following}"
    for line in (*(describe_inventory(found) if found else ()), *made.advice, f"next: {following}"):
        remark(line)
