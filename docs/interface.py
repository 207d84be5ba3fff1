"""The command line and the names that Python programs import -> the tables and sections of docs/ that describe them."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, get_type_hints

import click
from msgspec import Struct

import digest
from digest.cli import main as command_line
from digest.console import SHARED
from digest.languages.messages import translate_message
from digest.languages.strings import Strings
from digest.site import views

HEADINGS = {"en": ("command", "option"), "ko": ("명령", "옵션")}
"""The headings of tables of commands and options, by language."""


def list_commands(language: str = "en") -> Iterator[str]:
    """Yield the table of commands, each with its usage, a link to its section and the first sentence of its help."""
    yield f"| {HEADINGS[language][0]} | |"
    yield "|---|---|"
    context = click.Context(command_line, info_name="digest")
    for name in command_line.list_commands(context):
        command = command_line.get_command(context, name)
        if command is not None:
            words = _first_sentence(_help(command.help, language))
            yield f"| [`{_usage(command, context)}`](#{name}) | {words} |"


def list_options(path: str, language: str = "en") -> Iterator[str]:
    """Yield the table of options of a command such as `tags merge`. An empty name means the options that all commands share."""
    command: click.Command = command_line
    context = click.Context(command, info_name="digest")
    for name in path.split():
        found = command.get_command(context, name) if isinstance(command, click.Group) else None
        if found is None:
            raise LookupError(f"there is no command {path}")
        command, context = found, click.Context(found, info_name=name, parent=context)
    yield f"| {HEADINGS[language][1]} | |"
    yield "|---|---|"
    for option in command.params if path else SHARED:
        if isinstance(option, click.Option) and not option.hidden:
            value = "" if option.is_flag else f" {_value(option, context)}"
            names = ", ".join(f"`{name}{value}`" for name in (*option.opts, *option.secondary_opts))
            yield f"| {names} | {_help(option.help, language)} |"


def list_option_tables(language: str = "en") -> dict[str, Callable[[], Iterator[str]]]:
    """Return functions that list options, by section: one section for each command, and one for the options that all commands share."""
    paths = ("", *_paths_of(command_line))
    return {f"options_{path.replace(' ', '_') or 'shared'}": partial(list_options, path, language) for path in paths}


def list_variables() -> Iterator[str]:
    """Yield the table of environment variables that set options, with the commands that have them."""
    context = click.Context(command_line)
    commands = {name: command_line.get_command(context, name) for name in command_line.list_commands(context)}
    found: dict[str, tuple[str, list[str]]] = {str(each.envvar): (each.opts[0], []) for each in SHARED if each.envvar}
    for name, command in commands.items():
        for option in command.params if command else ():
            if option.envvar:
                found.setdefault(str(option.envvar), (option.opts[0], []))[1].append(f"`{name}`")
    yield "| variable | option | commands |"
    yield "|---|---|---|"
    for variable, (option_name, names) in found.items():
        yield f"| `{variable}` | `{option_name}` | {', '.join(names) or 'every command'} |"


def _paths_of(group: click.Group, before: str = "") -> Iterator[str]:
    """Yield the words of each command that has options of its own, and of each command of a command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command and any(isinstance(each, click.Option) for each in command.params):
            yield f"{before}{name}"
        if isinstance(command, click.Group):
            yield from _paths_of(command, f"{before}{name} ")


def _usage(command: click.Command, context: click.Context) -> str:
    own = click.Context(command, info_name=command.name, parent=context)
    pieces = [] if isinstance(command, click.Group) else command.collect_usage_pieces(own)
    required = (
        f"{each.opts[0]} {_value(each, own)}" for each in command.params if each.required and each.opts[0] > "-"
    )
    options = [text for text in required if text.startswith("--")]
    return " ".join(
        [
            "digest",
            command.name or "",
            *options,
            *(piece.removesuffix("...") for piece in pieces if piece not in ("[OPTIONS]", "[-]")),
        ]
    )


def _value(option: click.Parameter, context: click.Context) -> str:
    """Return what stands for an option's value, with the bars between choices escaped for a table."""
    if isinstance(option.type, click.types.IntParamType) and option.metavar is None:
        return "N"
    return _in_cell(option.make_metavar(context).strip("[]"))


def _help(text: str | None, language: str) -> str:
    """Return the help of a command or an option in a language, without its full stop."""
    translated = text if language == "en" else translate_message(text or "", language)
    if translated is None:
        raise LookupError(f"there is no translation of: {text}")
    return _in_cell(_joined(translated).rstrip("."))


def list_interface(module: str) -> Iterator[str]:
    """Yield a section for each name that a module exports: what it is, its signature or its fields, and its methods.

    A name that another page describes has a link to it.
    """
    exported = importlib.import_module(module)
    for name in sorted(exported.__all__, key=str.lower):
        value = getattr(exported, name)
        yield from ("", f"### `{name}`", "")
        if elsewhere := _described_elsewhere(name, value, module):
            yield elsewhere
            continue
        if inspect.isfunction(value):
            yield from ("```py", _signature(name, value, in_block=True), "```", "")
        yield _paragraphs(value)
        if isinstance(value, type) and issubclass(value, Struct) and value.__struct_fields__:
            yield from ("", *_fields(value))
        yield from _members(value)


def _fields(struct: type[Struct]) -> Iterator[str]:
    hints = get_type_hints(struct)
    yield "| field | type |"
    yield "|---|---|"
    yield from (f"| `{name}` | `{_in_cell(_bare(hints[name]))}` |" for name in struct.__struct_fields__)


def _described_elsewhere(name: str, value: Any, module: str) -> str:
    if value is Strings:
        return f"{_paragraphs(Strings)}\n\nIts methods are the calls that templates make on [`ui`](templates.md#what-a-template-sees)."
    if getattr(value, "__module__", "") == views.__name__:
        return f"See [what templates get](templates.md#{name.lower()})."
    return (
        f"See [digest in programs](programs.md#{name.lower()})."
        if name in digest.__all__ and module != "digest"
        else ""
    )


def _members(value: Any) -> Iterator[str]:
    """Yield the table of the public methods and properties of a class, or of the functions of a module."""
    rows = []
    for name, member in vars(value).items():
        function = getattr(member, "func", getattr(member, "fget", member))
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        is_own = inspect.isclass(value) or function.__module__ == getattr(value, "__name__", "")
        call = _signature(name, function).removeprefix("def ") if function is member else name
        if is_own and function.__doc__:
            rows.append(f"| `{_in_cell(call)}` | {_first_sentence(function.__doc__)} |")
    if rows and not inspect.isfunction(value):
        yield from ("", "| call | what it does |", "|---|---|", *rows)


def _signature(name: str, function: Callable[..., Any], *, in_block: bool = False) -> str:
    """Return the head of a function's definition, without `self` and the modules of types; `in_block`, in lines that fit."""
    parts, kind = [], None
    for each in inspect.signature(function).parameters.values():
        if each.name == "self":
            continue
        if each.kind is inspect.Parameter.KEYWORD_ONLY and kind is not each.kind:
            parts.append("*")
        kind = each.kind
        default = "" if each.default is each.empty else f" = {_default(each.default)}"
        parts.append(f"{each.name}: {_bare(each.annotation)}{default}")
    result = _bare(inspect.signature(function).return_annotation)
    line = f"def {name}({', '.join(parts)}) -> {result}"
    listed = "".join(f"    {part},\n" for part in parts)
    return line if len(line) <= 100 or not in_block else f"def {name}(\n{listed}) -> {result}"


def _default(value: Any) -> str:
    return f"{type(value).__name__}()" if isinstance(value, Struct) else repr(value).replace("'", '"')


def _bare(annotation: Any) -> str:
    """Write a type as Python does, without modules."""
    is_plain = isinstance(annotation, type) and not hasattr(annotation, "__args__")
    text = annotation.__name__ if is_plain else str(annotation)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", text).replace("~", "").replace("NoneType", "None")


def _paragraphs(value: Any) -> str:
    """Return a docstring with its indentation removed."""
    return inspect.cleandoc(value.__doc__ or "")


def _first_sentence(text: str) -> str:
    """Return the first sentence of a text, without its full stop. A date such as `3. 19.` has no sentence's end."""
    return re.split(r"(?<=[^\W\d]\.|[`)]\.)\s", _joined(text))[0].rstrip(".")


def _joined(text: str | None) -> str:
    return " ".join((text or "").split())


def _in_cell(text: str) -> str:
    """Escape the bars of a text for a table."""
    return text.replace("|", "\\|")
