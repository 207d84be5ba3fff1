"""Mistakes in templates -> messages that name what is written, and the name that was probably meant."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

import jinja2
from jinja2.utils import missing

_UNCLOSED = re.compile(r"Unexpected end of template\..* needs to be closed is '(?P<block>\w+)'\.")
_UNKNOWN = re.compile(r"No (?P<kind>filter|test) named '(?P<name>[^']+)'\.")
_TAG = re.compile(r"Encountered unknown tag '(?P<name>\w+)'\.(?:.* needs to be closed is '(?P<block>\w+)'\.)?")
_TAGS = (
    "autoescape", "block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro", "raw", "set", "with",
)  # fmt: skip


class Undefined(jinja2.StrictUndefined):
    """A name without a value. Any use of it is an error that names what it was looked up in."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = str(self._undefined_name)
        if self._undefined_obj is missing:
            return f"there is no variable `{name}`"
        owner = self._undefined_obj
        names = owner if isinstance(owner, dict) else (each for each in dir(owner) if not each.startswith("_"))
        near = _suggest(name, map(str, names))
        return f"`{type(owner).__name__}` has no attribute `{name}`" + (f"; {near}" if near else "")


def explain_undefined(error: jinja2.UndefinedError, usual_hint: str) -> tuple[str, str]:
    """Return the message and the hint for a name without a value."""
    message, _, near = (error.message or "").partition("; ")
    return message, near or usual_hint


def explain_syntax(error: jinja2.TemplateSyntaxError, environment: jinja2.Environment) -> tuple[str, str]:
    """Return the message and the hint for a template that cannot be parsed."""
    message = error.message or ""
    usual_hint = "see Jinja's documentation for template designers"
    if unclosed := _UNCLOSED.fullmatch(message):
        block = unclosed["block"]
        return f"`{{% {block} %}}` is not closed", f"write `{{% end{block} %}}` at its end"
    if unknown := _UNKNOWN.fullmatch(message):
        names: dict[str, Any] = environment.filters if unknown["kind"] == "filter" else environment.tests
        return f"there is no {unknown['kind']} `{unknown['name']}`", _suggest(unknown["name"], names) or usual_hint
    if tag := _TAG.fullmatch(message):
        name, block = tag["name"], tag["block"]
        if name.startswith("end"):
            hint = f"write `{{% end{block} %}}` before it" if block else "remove it"
            return f"`{{% {name} %}}` closes nothing", hint
        return f"there is no tag `{name}`", _suggest(name, _TAGS) or usual_hint
    return f"the template cannot be parsed: {message}", usual_hint


def _suggest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else ""
