"""`digest theme`: the theme's files, the content of one, and a copy of it in the project."""

import sys
from typing import NoReturn

import click

from .console import in_language, is_terminal, load_project, refuse, remark, say
from .usage import Command


def _complete(_context: click.Context, _argument: click.Parameter, begun: str) -> list[str]:
    """Return the theme's files that a name begins, by their path or by the name alone."""
    from .site.theme import read_packaged
    from .site.theme_files import describe_files

    names = list(describe_files(read_packaged()))
    return [name for name in names if name.startswith(begun)] or [name for name in names if f"/{begun}" in name]


@click.command(
    cls=Command,
    help="List the files of the theme, or print the one with a NAME, such as `day.html` or `css/digest.css`.",
)
@click.argument("name", required=False, shell_complete=_complete)
@click.option("--copy", is_flag=True, help="Copy the file into the project's templates, where it replaces the theme's.")
@click.option("--force", is_flag=True, help="With --copy, replace the file if the project has it.")
def theme(*, name: str | None, copy: bool, force: bool) -> None:
    """Run `digest theme`."""
    from .site.theme import read_packaged
    from .site.theme_files import find_files

    if force and not copy:
        refuse("--force belongs to --copy")
    packaged = read_packaged()
    if name is None:
        if copy:
            refuse("name the file to copy; `digest theme` lists all files")
        _list(packaged)
        return
    found = find_files(name, packaged)
    if len(found) != 1:
        _refuse_name(name, found, packaged)
    if copy:
        _copy(found[0], packaged[found[0]], force=force)
    else:
        _print(found[0], packaged[found[0]])


def _list(packaged: dict[str, bytes]) -> None:
    from .site.theme_files import describe_files

    project = load_project(needs_notes=False)
    folder = project.folder / project.config.templates
    width = max(map(len, packaged))
    replaced = 0
    for name, description in describe_files(packaged).items():
        own = (folder / name).is_file()
        replaced += own
        say(f"{'*' if own else ' '} {name:<{width}}  {in_language(description)}".rstrip())
    if replaced:
        remark(f"*: {project.config.templates}/ has a file of this name, which replaces the theme's")
    remark("digest theme NAME prints a file; with --copy, it copies it into the project")


def _refuse_name(name: str, found: list[str], packaged: dict[str, bytes]) -> NoReturn:
    if found:
        refuse(f"several files end with `{name}`: {', '.join(f'`{each}`' for each in found)}; write more of the name")
    from difflib import get_close_matches

    meant = {spelling: each for each in packaged for spelling in (each, each.rpartition("/")[2])}
    near = get_close_matches(name.removeprefix("templates/"), meant, n=1)
    hint = f"did you mean `{meant[near[0]]}`?" if near else "`digest theme` lists all files"
    refuse(f"the theme has no file `{name}`; {hint}")


def _print(name: str, content: bytes) -> None:
    try:
        click.echo(content.decode(), nl=False)
    except UnicodeDecodeError:
        if is_terminal(sys.stdout):
            refuse(f"`{name}` is a picture; --copy copies it into the project")
        click.echo(content, nl=False)


def _copy(name: str, content: bytes, *, force: bool) -> None:
    from .scaffold import OutsideError, write_copy

    project = load_project(needs_notes=False)
    path = f"{project.config.templates}/{name}"
    try:
        write_copy(project.folder, path, content, replace=force)
    except FileExistsError:
        refuse(f"{path} already exists; nothing was changed. --force replaces it")
    except OutsideError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{path} cannot be written: {error.strerror}")
    say(path)
    if b"{% block main %}" in content and name != "base.html":
        remark(
            f'to change one block alone, begin the file with {{% extends "theme:{name}" %}} and keep only that block'
        )
