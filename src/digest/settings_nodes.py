"""The nodes of digest.yaml -> values of the settings' types, and a diagnostic with line and column for each mistake."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from .diagnostics import Diagnostic
from .iri import ascii_host
from .site_files import SETTINGS
from .yaml_nodes import find_comment

FILE_NAME = SETTINGS
_TRUE = ("true", "yes", "on")
SiteName = Annotated[str, Meta(pattern=r"^([0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?(?:/[\w.~-]+)*)?$")]


def mistake_at(node: Any, message: str, hint: str = "") -> Diagnostic:
    """Return a mistake at the place of a node."""
    return Diagnostic(FILE_NAME, node.start_mark.line + 1, node.start_mark.column + 1, "config", message, hint)


def read_settings(node: Any, settings: type[Struct]) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """Return the values of a mapping by the names of the struct's fields, without the ones that have a mistake, and the mistakes.

    The values are None if the node is no mapping.
    """
    mistakes: list[Diagnostic] = []
    return _check_mapping(node, dict(_fields(settings)), "", mistakes), mistakes


def find_lost_values(node: Any, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a mistake for each value that YAML takes for a comment, since it begins with `#`."""
    if node.id == "mapping":
        for key, value in node.value:
            if comment := find_comment(lines, value):
                message = f"`{text_of(key)}` loses `{comment}`, which is a comment in YAML"
                hint = f'put it in quotes, or write a space after the `#`: `{text_of(key)}: "{comment}"`'
                yield mistake_at(key, message, hint)
            yield from find_lost_values(value, lines)
    elif node.id == "sequence":
        for item in node.value:
            yield from find_lost_values(item, lines)


def _check(node: Any, wanted: Any, path: str, mistakes: list[Diagnostic]) -> Any:
    """Convert a YAML node to the type `wanted`. If that fails, append a mistake and return None."""
    if isinstance(wanted, type) and issubclass(wanted, Struct):
        settings = _check_mapping(node, dict(_fields(wanted)), path, mistakes)
        return None if settings is None else wanted(**settings)
    if get_origin(wanted) is dict and node.id == "mapping":
        key_type, value_type = get_args(wanted)
        if get_origin(key_type) is Literal:
            return _check_mapping(node, dict.fromkeys(get_args(key_type), value_type), path, mistakes)
        for key, _ in node.value:
            _convert(key, key_type, f"{path}.{text_of(key)}", mistakes)
        return _check_mapping(node, {text_of(key): value_type for key, _ in node.value}, path, mistakes)
    if get_origin(wanted) is tuple and node.id == "sequence":
        return tuple(_check(item, get_args(wanted)[0], f"{path}[{n}]", mistakes) for n, item in enumerate(node.value))
    return _convert(node, wanted, path, mistakes)


def _convert(node: Any, wanted: Any, path: str, mistakes: list[Diagnostic]) -> Any:
    value = _plain(node)
    if wanted is bool and node.tag.endswith(":bool"):  # YAML 1.1 also has yes, no, on and off
        value = value.lower() in _TRUE
    try:
        return msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as error:
        mistakes.append(mistake_at(node, f"`{path}` {_sentence(error, node)}", _hint(wanted, value, path)))
    return None


def _hint(wanted: Any, value: Any, path: str) -> str:
    if wanted == SiteName and isinstance(value, str) and not value.isascii():
        host, slash, name = value.partition("/")
        with suppress(ValueError):
            return f"in ASCII it is `{ascii_host(host)}{slash}{name}`"
    if get_origin(wanted) is tuple and isinstance(value, str) and value:
        return f"write `{path.rpartition('.')[2]}: [{value}]`"
    if get_origin(wanted) is dict and isinstance(value, list):
        return _NO_LIST
    choices = get_args(wanted) if get_origin(wanted) is Literal else ()
    return f"it can be {' or '.join(f'`{choice}`' for choice in choices if choice)}" if choices else ""


_NO_LIST = "write `key: value` lines, without `- ` and without brackets"


def _hint_for_mapping(node: Any, fields: dict[str, Any], path: str) -> str:
    """Return what to write instead of a value that is no mapping."""
    if node.id == "sequence":
        return _NO_LIST
    if "enabled" in fields and node.tag.endswith(":bool"):
        is_on = node.value.lower() in _TRUE
        return f"to switch it {'on' if is_on else 'off'}, write `{path}: {{enabled: {str(is_on).lower()}}}`"
    if not path and (wrong := re.match(r"([\w-]+)(?::(?=\S)|\s*：)", node.value)):
        rest = node.value[wrong.end() :].strip()
        return f"write `{wrong[1]}: {rest}`, with a colon and a space" if "\n" not in rest else ""
    if not path and (bare := re.fullmatch(r"([\w-]+) +(\S.*)", node.value)) and bare[1] in fields:
        is_line = node.start_mark.line == node.end_mark.line
        return f"write `{bare[1]}: {bare[2]}`, with a colon and a space" if is_line else ""
    return ""


def _check_mapping(node: Any, fields: dict[str, Any], path: str, mistakes: list[Diagnostic]) -> dict[str, Any] | None:
    if node.id != "mapping":
        message = f"`{path or FILE_NAME}` must contain `key: value` lines"
        mistakes.append(mistake_at(node, message, _hint_for_mapping(node, fields, path)))
        return None
    settings: dict[str, Any] = {}
    first_lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = text_of(key_node)
        name = f"{path}.{key}" if path else key
        if key_node.id != "scalar":
            mistakes.append(mistake_at(key_node, f"a key of `{path or FILE_NAME}` must be text"))
        elif key not in fields:
            import difflib

            near = difflib.get_close_matches(key, fields, n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(sorted(fields))}"
            mistakes.append(mistake_at(key_node, f"unknown key `{name}`", hint))
        elif key in first_lines:
            hint = f"keep one of the two; the first is in line {first_lines[key]}"
            mistakes.append(mistake_at(key_node, f"`{name}` is set twice", hint))
        else:
            first_lines[key] = key_node.start_mark.line + 1
            before = len(mistakes)
            value = _check(value_node, fields[key], name, mistakes)
            if len(mistakes) == before:
                settings[key] = value
    return settings


def _fields(struct: type[Struct]) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(struct, include_extras=True)
    for name in struct.__struct_fields__:
        yield name, hints[name]


def _plain(node: Any) -> Any:
    """Return a node's value with all scalars as text, so that `title: 2024` is a title and not a number."""
    if node.id == "sequence":
        return [_plain(item) for item in node.value]
    if node.id == "mapping":
        return {text_of(key): _plain(value) for key, value in node.value}
    return node.value


def text_of(key: Any) -> str:
    """Return the text of a key; a key that is a list or a mapping has a sign for one."""
    return key.value if key.id == "scalar" else "…"


def _sentence(error: msgspec.ValidationError, node: Any) -> str:
    message = str(error).split(" - at `")[0]
    if message.startswith("Invalid enum value"):
        return f"cannot be `{node.value}`"
    if message.startswith("Expected `str` matching regex"):
        form = next(form for start, form in _FORMS.items() if start in message)
        return f"cannot be `{node.value}`: write {form}"
    for technical, plain in _TYPES.items():
        message = message.replace(technical, plain)
    return message[0].lower() + message[1:]


_FORMS = {
    "^([0-9A": "a host, perhaps with a path, such as `user.github.io/repo`",
    "^[+-]": "an offset such as `+09:00`",
    "^[a-z]": "it in lower-case letters, digits and hyphens",
    "^[A-Za": "the name of a Python module such as `reading_time`",
    "^([A-Z": "a language tag such as `ko` or `en-GB`",
}
_TYPES = {
    "`null`": "nothing",
    "`int`": "a number",
    "`str`": "text",
    "`array`": "a list",
    "`bool`": "true or false",
    "`object`": "`key: value` lines",
}
