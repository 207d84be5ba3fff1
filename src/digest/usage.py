"""Commands with their help and their messages about wrong usage in the language of messages."""

import re
from typing import IO, Any

import click

from .console import SHARED, in_language, language


class Command(click.Command):
    """A command with the shared options, and with its help in the language of messages."""

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        """Return the command's own options and arguments, and then the shared options."""
        return [*super().get_params(context), *SHARED]

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        """Read the options. The message about wrong usage is in the language of messages."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            if error.ctx is None:  # click names no command if an option at the end lacks its value
                error.ctx = click.Context(self, parent, info_name)
            raise _translated(error) from None

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that names the arguments."""
        pieces = " ".join(self.collect_usage_pieces(context))
        with context.scope(cleanup=False):
            formatter.write_usage(context.command_path, pieces, prefix=in_language("Usage: "))

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sentences that describe the command."""
        formatter.write_paragraph()
        with context.scope(cleanup=False):
            text = _wrapped(in_language(self.help or ""), formatter.width - 4)
        formatter.write(click.wrap_text(text, formatter.width, "  ", "  ", preserve_paragraphs=True) + "\n")

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options into the help, the shared ones last."""
        sections = {
            "Options": [each for each in super().get_params(context) if isinstance(each, click.Option)],
            "Options of every command": SHARED,
        }
        with context.scope(cleanup=False):
            for title, options in sections.items():
                records = [row for each in options if (row := each.get_help_record(context))]
                rows = [(name, _wrapped(_translate_option(text), formatter.width - 34)) for name, text in records]
                with formatter.section(in_language(title)):
                    formatter.write_dl(rows)


class Group(Command, click.Group):
    """A command with commands of its own."""

    command_class = Command

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands into the help."""
        super().format_options(context, formatter)
        self.format_commands(context, formatter)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands into the help, each with its first sentence."""
        with context.scope(cleanup=False):
            found = {name: self.get_command(context, name) for name in self.list_commands(context)}
            helps = {name: in_language(command.help or "") for name, command in found.items() if command}
            rows = [
                (name, _wrapped(f"{text.partition('. ')[0].rstrip('.')}.", formatter.width - 14))
                for name, text in helps.items()
            ]
            with formatter.section(in_language("Commands")):
                formatter.write_dl(rows)

    def resolve_command(self, context: click.Context, args: list[str]) -> Any:
        """Find the command that the arguments name."""
        try:
            return super().resolve_command(context, args)
        except click.UsageError as error:
            raise _translated(error) from None


def _translate_option(text: str) -> str:
    """Return the help of an option in the language of messages, with the notes that follow it in brackets."""
    sentence, brackets, notes = text.partition("  [")
    if not brackets:
        return in_language(text)
    translated = "; ".join(map(in_language, notes.removesuffix("]").split("; ")))
    return f"{in_language(sentence)}  [{translated}]"


def _wrapped(text: str, columns: int) -> str:
    """Wrap a text that has characters of two columns. Click counts characters, so it would fill lines twice too long."""
    if text.isascii():
        return text
    from unicodedata import east_asian_width

    lines, room = [""], 0
    for word in text.split():
        width = 1 + sum(1 + (east_asian_width(char) in "WF") for char in word)
        if width > room and lines[-1]:
            lines.append("")
            room = columns
        elif not lines[-1]:
            room = columns
        lines[-1] += f" {word}" if lines[-1] else word
        room -= width
    return "\b\n" + "\n".join(lines)  # click leaves the lines of a paragraph with this mark as they are


class _TranslatedUsageError(click.UsageError):
    """Wrong usage, with a message in the language of messages."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the usage of the command, where help is found, and what is wrong."""
        if self.ctx is not None:
            with self.ctx.scope(cleanup=False):
                hint = in_language(f"Try '{self.ctx.command_path} --help' for help.")
            click.echo(f"{self.ctx.get_usage()}\n{hint}\n", file=file, err=file is None)
        click.echo(self.message, file=file, err=file is None)


def _translated(error: click.UsageError) -> click.UsageError:
    """Return an error of usage that is shown in the language of messages."""
    if error.ctx is None or isinstance(error, _TranslatedUsageError | click.exceptions.NoArgsIsHelpError):
        return error
    with error.ctx.scope(cleanup=False):
        if language() == "en":
            return error
        # The error is translated by itself: a name in it may look like the beginning of another message.
        message = in_language(re.sub(r":\n\t|,\n\t", lambda match: f"{match[0][0]} ", error.format_message()))
        return _TranslatedUsageError(in_language(f"Error: {message}"), error.ctx)
