"""Settings and front matter in YAML, TOML or JSON -> tables in which every single value is a text.

A text says what the author wrote: `true`, `2024-03-19`, `007`. Nothing is constructed from YAML, so no tag can run anything.
"""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

from ..yaml_nodes import YamlError, compose_yaml
from .imported import Source, SourceError

Form = Literal["yaml", "toml", "json"]
Table = Mapping[str, Any]
"""A table of texts, lists and tables."""

_FORMS: Mapping[str, Form] = {"yaml": "yaml", "yml": "yaml", "toml": "toml", "json": "json"}


def read_table(text: str, form: Form) -> dict[str, Any]:
    """Return the table that a text is, with its keys in lower case at every level. Raises ValueError if it is none."""
    found = _load(text, form)
    if found in (None, ""):
        return {}
    if not isinstance(found, Mapping):
        raise ValueError("it is no table of keys and values")
    return {key: value for key, value in _plain(found).items() if isinstance(key, str)}


def read_settings(source: Source, path: str) -> dict[str, Any]:
    """Return the table in a settings file. Raises SourceError."""
    try:
        return read_table(source.load_text(path), _FORMS[path.rpartition(".")[2]])
    except ValueError as error:
        raise SourceError(f"the settings in `{path}` cannot be read: {error}") from error


def table_in(table: Table, *keys: str) -> Table:
    """Return the table at the end of a way through tables, or an empty one."""
    for key in keys:
        inner = table.get(key)
        table = inner if isinstance(inner, Mapping) else {}
    return table


def text_in(table: Table, *keys: str) -> str:
    """Return the text at the end of a way through tables, or an empty one."""
    value = table_in(table, *keys[:-1]).get(keys[-1])
    return value.strip() if isinstance(value, str) else ""


def texts_in(table: Table, key: str) -> tuple[str, ...]:
    """Return the texts of a list, or a single text as the only item."""
    value = table.get(key)
    items = value if isinstance(value, list) else [value]
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def is_true(text: str) -> bool:
    """Return True for a text that says so."""
    return text.strip().lower() in ("true", "yes", "on")


def _load(text: str, form: Form) -> Any:
    if form == "toml":
        return tomllib.loads(text)
    if form == "json":
        return json.loads(text)
    import yaml

    try:
        compose_yaml(text)  # within the limits of depth and size
        return yaml.load(text, Loader=yaml.CBaseLoader)
    except YamlError as error:
        raise ValueError(error.reason) from error
    except yaml.YAMLError as error:
        raise ValueError("it is not valid YAML") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key.lower() if isinstance(key, str) else key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None or value in ("~", "null", "Null", "NULL") else str(value)
