"""digest: raw daily research notes in, a structured, searchable static site out.

The names in `__all__` are the interface for programs, described in `docs/programs.md`. Each is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import ConfigError, Notes, build, check, load_config, parse, read
    from .config import Config
    from .diagnostics import Diagnostic
    from .model import Entry, Span, Tag, Translation, Work
    from .pipeline.build import Report
    from .plugins.found import PluginError
    from .store.lock import LockedError

__version__ = "0.1.0"

__all__ = [
    "Config",
    "ConfigError",
    "Diagnostic",
    "Entry",
    "LockedError",
    "Notes",
    "PluginError",
    "Report",
    "Span",
    "Tag",
    "Translation",
    "Work",
    "build",
    "check",
    "load_config",
    "parse",
    "read",
]

_HOMES = {
    "Config": "config",
    "Diagnostic": "diagnostics",
    "Entry": "model",
    "LockedError": "store.lock",
    "PluginError": "plugins.found",
    "Report": "pipeline.build",
    "Span": "model",
    "Tag": "model",
    "Translation": "model",
    "Work": "model",
}
"""The modules of the names that `api` does not define."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES.get(name, 'api')}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
