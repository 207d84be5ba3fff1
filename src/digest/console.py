"""What the commands share: a project from its options, messages, and exit codes.

Modules are imported when a function needs them, so that commands start quickly.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from .config import Config
    from .diagnostics import Diagnostic
    from .parallel.workers import Workers
    from .pipeline.build import Project
    from .pipeline.reading import Reading
    from .problem_list import Format
    from .site_files import SiteFiles

FINE, PROBLEMS, USAGE = 0, 1, 2
"""The exit codes: success, problems in the notes or the templates, wrong usage or settings."""
INTERRUPTED = 130
"""The exit code after Ctrl-C, as in shells."""


class Option(click.Option):
    """An option that may also be set by an environment variable. Then a message about a wrong value names the variable."""

    def __init__(self, *names: Any, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.show_envvar = True

    def resolve_envvar_value(self, context: click.Context) -> str | None:
        """Return the value of the variable, or None if it is empty. Older versions of click take every value for a yes."""
        return (os.environ.get(str(self.envvar)) or None) if self.envvar else None

    def get_error_hint(self, context: click.Context | None) -> str:
        """Return the name by which a message about a wrong value calls the option."""
        if context and self.name and context.get_parameter_source(self.name) is ParameterSource.ENVIRONMENT:
            return str(self.envvar)
        return click.Parameter.get_error_hint(self, context)


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Keep the value of an option that is shared by all commands. The command's own comes last, and the environment counts least."""
    key, source = f"digest.{option.name}", context.get_parameter_source(option.name or "")
    if source is ParameterSource.COMMANDLINE or (source is ParameterSource.ENVIRONMENT and key not in context.meta):
        context.meta[key] = value


def asked(name: str) -> Any:
    """Return the value of an option that is shared by all commands, or None if it is not given."""
    context = click.get_current_context(silent=True)
    return context.meta.get(f"digest.{name}") if context else None


def _shared(*names: str, **settings: Any) -> Option:
    return Option(list(names), expose_value=False, callback=_keep, **settings)


SHARED = (
    _shared(
        "-C",
        "--project",
        "project",
        metavar="FOLDER",
        envvar="DIGEST_PROJECT",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        help="The project's folder. Default: the nearest one with a digest.yaml, from the current folder upwards.",
    ),
    _shared(
        "--config",
        "config",
        metavar="FILE",
        envvar="DIGEST_CONFIG",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The settings of another site from the same notes, such as digest.en.yaml.",
    ),
    _shared("-q", "--quiet", "quiet", is_flag=True, help="Print only problems and results."),
    _shared("-v", "--verbose", "verbose", is_flag=True, help="Also print the project, its files, and each stage."),
    _shared(
        "--color",
        "color",
        envvar="DIGEST_COLOR",
        type=click.Choice(["auto", "always", "never"]),
        help="When to print in colour. Default: on terminals.",
    ),
)
"""The options that may stand before a command as well as after it. The last one counts."""


def language() -> str:
    """Return the code of the language of messages, which is decided once for a command."""
    context = click.get_current_context(silent=True)
    if context is None:
        return "en"
    if _language_key() not in context.meta:
        context.meta[_language_key()] = _find_language()
    return str(context.meta[_language_key()])


def follow_language_of(folder: Path) -> None:
    """Print further messages in the language that the settings of a new project ask for."""
    from .message_language import choose_message_language
    from .site_files import SETTINGS

    click.get_current_context().meta[_language_key()] = choose_message_language(os.environ, folder, SETTINGS)


def _language_key() -> str:
    # Help is asked for before all options are read.
    return f"digest.language:{asked('project')}:{asked('config')}"


def _find_language() -> str:
    from .locating import LocationError, find_project, find_settings
    from .message_language import choose_message_language
    from .site_files import SETTINGS

    start, written = start_folder(), asked("config")
    folder, settings = start, SETTINGS
    try:
        if written:
            place = find_settings(start, written, upwards=asked("project") is None)
            folder, settings = place.parent, place.name
        elif not asked("project"):
            folder = find_project(start)
    except LocationError:
        pass  # the command reports it
    return choose_message_language(os.environ, folder, settings)


def in_language(text: str) -> str:
    """Return a message in the language of messages."""
    if (code := language()) == "en":
        return text
    from .diagnostics import visible
    from .languages import translate

    return translate(visible(text), code)


base_url_option = click.option(
    "--base-url",
    cls=Option,
    metavar="URL",
    envvar="DIGEST_BASE_URL",
    help="Address of the site. Overrides `base_url` in digest.yaml.",
)
drafts_option = click.option("--drafts", is_flag=True, help="Include entries with `draft: true` in their front matter.")


class Place(NamedTuple):
    """The folder of a project, and the names of the files of one of its sites."""

    folder: Path
    files: "SiteFiles"


def start_folder() -> Path:
    """Return the folder of `-C`, or the current one."""
    return (asked("project") or Path()).resolve()


def find_place() -> Place:
    """Return the project and the site that the options name. Without them, look for `digest.yaml` from the current folder upwards.

    Exit if an option names something that isn't there.
    """
    from .locating import LocationError, find_project, find_settings
    from .site_files import FIRST, SiteFiles

    start, written = start_folder(), asked("config")
    try:
        if written is None:
            place = Place(start if asked("project") else find_project(start), FIRST)
        else:
            settings = find_settings(start, written, upwards=asked("project") is None)
            place = Place(settings.parent, SiteFiles(settings.name))
    except LocationError as error:
        refuse(str(error))
    click.get_current_context().meta["digest.folder"] = place.folder
    if place.folder != start:
        remark(f"project: {place.folder}")
    detail(f"settings: {place.folder / place.files.settings}")
    return place


def load_project(
    form: "Format | None" = None,
    *,
    base_url: str | None = None,
    output: Path | None = None,
    needs_notes: bool = True,
) -> "Project":
    """Return the project with its settings and the options that override them. Exit if there is a mistake in them."""
    from .config import OverrideError, load_config, override
    from .locating import LocationError, locate_output
    from .parallel.processes import chosen_way
    from .pipeline.build import Project

    folder, files = find_place()
    config, mistakes = load_config(folder, files)
    if mistakes:
        print_diagnostics(mistakes, form, strict=True)
        sys.exit(USAGE)
    try:
        chosen_way()  # refuse an unknown way before anything is done
        named = None if output is None else locate_output(folder, start_folder(), output)
        config = override(config, base_url=base_url, output=named)
    except OverrideError as error:
        refuse_option(error.setting, error.message, error.hint)
    except LocationError as error:
        refuse_option("output", str(error))
    except ValueError as error:
        refuse(str(error))
    if needs_notes:
        require_notes(folder, config, files.settings)
    return Project(folder, config, files)


def name_option(name: str) -> str:
    """Return what a user calls an option: the environment variable that set it, or its long name."""
    context = click.get_current_context()
    if context.get_parameter_source(name) is ParameterSource.ENVIRONMENT:
        return next(str(each.envvar) for each in context.command.params if each.name == name)
    return f"--{name.replace('_', '-')}"


@contextmanager
def open_reading(project: "Project") -> "Iterator[Reading]":
    """Yield the published entries of a project. If they cannot be read, print the problems to standard error and exit."""
    from .pipeline.reading import UnreadError, open_project

    try:
        with open_project(project) as reading:
            yield reading
    except UnreadError as error:
        print_diagnostics(error.diagnostics, None, strict=False, err=True)
        sys.exit(PROBLEMS)


def require_notes(folder: Path, config: "Config", settings: str) -> None:
    """Exit if a project has no folder of notes."""
    if (folder / config.notes).is_dir():
        return
    if (folder / settings).exists():
        refuse(
            f"there is no folder `{config.notes}` in {folder}; "
            f"create it, or name another folder under `notes:` in {settings}"
        )
    else:
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


def is_terminal(stream: IO[str] | None) -> bool:
    """Return True for a terminal. A stream may be closed, or None if the program was started so."""
    return stream is not None and not stream.closed and stream.isatty()


def can_draw(stream: IO[str] | None) -> bool:
    """Return True for a terminal that can set colours and move its cursor."""
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def uses_colour(stream: IO[str] | None) -> bool:
    """Return True if text for a stream is to be coloured.

    The order is that of Python's own messages: the program's option, `NO_COLOR` (no-color.org), `FORCE_COLOR`
    (force-color.org), and the kind of terminal.
    """
    wanted = asked("color") or "auto"
    if wanted != "auto":
        return bool(wanted == "always")
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or can_draw(stream)


def say(text: str, *, err: bool = False) -> None:
    """Print a line as it is. It may hold texts of authors and names of files."""
    from .diagnostics import visible

    click.echo(visible(text), err=err)


def remark(text: str) -> None:
    """Print a line about what a command does to standard error, unless the user wants to read only problems."""
    if not asked("quiet"):
        say(in_language(text), err=True)


def detail(text: str) -> None:
    """Print a line to standard error if the user wants to read more than the usual."""
    if asked("verbose"):
        remark(text)


def print_diagnostics(
    diagnostics: Iterable["Diagnostic"],
    form: "Format | None",
    *,
    strict: bool,
    every: bool = False,
    err: bool = False,
) -> int:
    """Print problems, with `err` to standard error, and return the resulting exit code."""
    from .diagnostics import has_errors
    from .problem_list import default_format, format_diagnostics, locate_in_repository

    found = list(diagnostics)
    form = form or default_format()
    shown = locate_in_repository(found, _project_folder()) if form == "github" else found
    coloured = uses_colour(sys.stderr if err else sys.stdout)
    text = format_diagnostics(shown, form, every=every, coloured=coloured, language=language())
    if text:
        click.echo(text, nl=False, err=err, color=coloured)
    return PROBLEMS if has_errors(found, strict=strict) else FINE


def _project_folder() -> Path:
    """Return the folder of the project that the running command works on."""
    return asked("folder") or start_folder()


def refuse_option(name: str, message: str, hint: str = "") -> NoReturn:
    """Print the reason why the value of an option cannot be used, and exit."""
    between = "; " if language() == "en" else ". "
    refuse(f"{name_option(name)}: {between.join(map(in_language, filter(None, (message, hint))))}")


def refuse(message: str) -> NoReturn:
    """Print the reason why a command does nothing, and exit."""
    from .diagnostics import visible

    coloured = uses_colour(sys.stderr)
    name = click.style("digest:", fg="red", bold=True) if coloured else "digest:"
    click.echo(f"{name} {visible(in_language(message))}", err=True, color=coloured)
    sys.exit(USAGE)
