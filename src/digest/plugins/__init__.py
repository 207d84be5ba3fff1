"""Plugins: values that a project's own modules add to digest.

`plugins: [reading_time]` in `digest.yaml` names a module in the project's folder `plugins/` (`reading_time.py`, or a package with
an `__init__.py`) or an installed module. The module sets `plugin` to a `Plugin`; there is nothing to register. A plugin receives
and returns the same frozen structs as digest's own stages. The hashes by which a build decides what to do again cover the bytes
of its files. If a plugin fails, the error names it, and the site stays as it was.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model import Entry
    from ..notes.kinds import Evidence, Rule
    from ..text.rules.inline_rule import InlineRule, Run
    from .plugin import Plugin

__all__ = ["Entry", "Evidence", "InlineRule", "Plugin", "Rule", "Run"]

_HOMES = {
    "Entry": "..model",
    "Evidence": "..notes.kinds",
    "InlineRule": "..text.rules.inline_rule",
    "Plugin": ".plugin",
    "Rule": "..notes.kinds",
    "Run": "..text.rules.inline_rule",
}


def __getattr__(name: str) -> Any:
    """Load a name when a plugin imports it: a build with nothing to do needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name], __name__), name)
