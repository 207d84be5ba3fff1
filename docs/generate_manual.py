"""The command line's own help -> docs/digest.1, the manual page that the package installs.

Run this with `make docs`; a test fails if the page is out of date. groff_man(7) describes the macros.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from digest.cli import main as command_line
from digest.console import SHARED

PAGE = Path(__file__).parent / "digest.1"

EXIT_CODES = (
    ("0", "Success."),
    ("1", "There are problems in the notes or the templates; with --strict, also warnings."),
    ("2", "Wrong usage, or a mistake in digest.yaml."),
    ("130", "The command was stopped with Ctrl-C."),
)
FILES = (
    ("digest.yaml", "The settings."),
    ("digest.lock", "The addresses of the site, to be committed."),
    ("papers.yaml", "What digest enrich found."),
    (".digest/", "The results of earlier builds. It can be deleted at any time."),
)


def write_manual() -> str:
    """Return the manual page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH DIGEST 1 "" "" "digest"'
    yield ".SH NAME"
    yield rf"digest \- {_escape(_sentence(command_line.help)).rstrip('.')}"
    yield ".SH SYNOPSIS"
    yield ".B digest"
    yield r".RI [ OPTIONS ]\ COMMAND\ [ ARGUMENTS ]"
    yield ".SH OPTIONS OF EVERY COMMAND"
    yield from _options(click.Context(command_line, info_name="digest"), SHARED)
    yield ".SH COMMANDS"
    yield from _commands(command_line, click.Context(command_line, info_name="digest"))
    for title, rows in (("EXIT STATUS", EXIT_CODES), ("FILES", FILES)):
        yield f".SH {title}"
        for term, text in rows:
            yield from (".TP", f".B {_escape(term)}", _escape(text))


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    """Yield a section for each command of a group, and for each command of a command."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        own = click.Context(command, info_name=name, parent=context)
        pieces = ["[COMMAND]"] if isinstance(command, click.Group) else command.collect_usage_pieces(own)
        arguments = " ".join(piece for piece in pieces if piece != "[OPTIONS]")
        yield f".SS {_escape(f'{own.command_path} {arguments}'.strip())}"
        yield _escape(_sentence(command.help))
        yield from _options(own, [each for each in command.params if isinstance(each, click.Option)])
        if isinstance(command, click.Group):
            yield from _commands(command, own)


def _options(context: click.Context, options: "list[click.Option] | tuple[click.Option, ...]") -> Iterator[str]:
    for option in options:
        if record := option.get_help_record(context):
            yield from (".TP", f".B {_escape(record[0])}", _escape(record[1]))


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def _escape(text: str) -> str:
    """Escape a text for roff: hyphens stay hyphens that can be copied, and no line begins with a control character."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", "")
    return re.sub(r"^(?=\.)", r"\\&", text)


def main() -> None:
    """Write the manual page."""
    PAGE.write_text(write_manual(), "utf-8")


if __name__ == "__main__":
    main()
