"""The names of plugins -> everything that they add, as one `Plugin`. If one of its functions fails, the error names the plugin."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import structs

from ..diagnostics import Diagnostic
from ..model import Entry
from ..site.page_types import PageType
from ..text.rules.inline_rule import compile_rule
from .found import PluginError, PluginHome, Plugins, locate_plugin
from .plugin import Plugin

_NAMESPACE = "digest_plugins"
"""The package that the modules of a project's plugins belong to, so that none hides an installed module."""


@lru_cache(maxsize=1)
def load_plugins(plugins: Plugins) -> Plugin:
    """Load the plugins of a project; the last result is kept. Raises PluginError."""
    homes = [locate_plugin(Path(plugins.folder), name) for name in plugins.names]
    loaded = [(home, _load(home)) for home in homes]
    words: dict[str, dict[str, str]] = {}
    for _, plugin in loaded:
        for language, texts in plugin.words.items():
            words.setdefault(language, {}).update(texts)
    transforms = [_guard(home, plugin.transform) for home, plugin in loaded if plugin.transform]
    return Plugin(
        page_types=tuple(_guard_page_type(home, each) for home, plugin in loaded for each in plugin.page_types),
        kind_rules=tuple(
            structs.replace(rule, holds=_guard(home, rule.holds))
            for home, plugin in loaded
            for rule in plugin.kind_rules
        ),
        inline_rules=tuple(
            structs.replace(rule, write=_guard(home, rule.write))
            for home, plugin in loaded
            for rule in plugin.inline_rules
        ),
        transform=_chain(transforms) if transforms else None,
        template_globals={
            key: _guard(home, value) if callable(value) else value
            for home, plugin in loaded
            for key, value in plugin.template_globals.items()
        },
        words=words,
    )


def _load(home: PluginHome) -> Plugin:
    try:
        plugin = getattr(_import(home), "plugin", None)
    except Exception as error:
        raise home.report(error) from error
    if not isinstance(plugin, Plugin):
        message = f"the plugin `{home.name}` has no `plugin = Plugin(…)`"
        hint = "docs/plugins.md shows one"
        raise PluginError(Diagnostic(home.shown(home.file), 1, 1, "plugin", message, hint))
    for rule in plugin.inline_rules:
        try:
            compile_rule(rule)
        except ValueError as error:
            raise home.report(error) from error
    return plugin


def _import(home: PluginHome) -> ModuleType:
    """Import a plugin's module from its file, again if it was imported before: the file may have changed."""
    full = f"{_NAMESPACE}.{home.name}"
    for known in [module for module in sys.modules if module == full or module.startswith(f"{full}.")]:
        del sys.modules[known]
    sys.modules.setdefault(_NAMESPACE, ModuleType(_NAMESPACE))
    inside = [str(home.file.parent)] if home.is_package else None
    spec = importlib.util.spec_from_file_location(full, home.file, submodule_search_locations=inside)
    if spec is None or spec.loader is None:
        raise ImportError(f"{home.file.name} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    # Compiled from the source: if a file changes within a second and keeps its size, Python would use the old compiled module.
    exec(compile(home.file.read_bytes(), str(home.file), "exec", dont_inherit=True), vars(module))
    return module


def _chain(transforms: list[Callable[[Entry], Entry]]) -> Callable[[Entry], Entry]:
    def transform(entry: Entry) -> Entry:
        for each in transforms:
            entry = each(entry)
        return entry

    return transform


def _guard_page_type(home: PluginHome, page_type: PageType[Any]) -> PageType[Any]:
    """Return a page type with guarded functions: if one fails, the error names the plugin."""
    functions: dict[str, Any] = {
        field: _guard(home, function)
        for field in ("compose", "plan", "plan_listing", "find", "samples", "texts", "changed")
        if (function := getattr(page_type, field)) is not None
    }
    if page_type.menu:
        functions["menu"] = structs.replace(page_type.menu, label=_guard(home, page_type.menu.label))
    return structs.replace(page_type, **functions)


def _guard(home: PluginHome, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that raises PluginError for anything that the plugin's function raises."""

    def guarded(*arguments: Any, **options: Any) -> Any:
        try:
            result = function(*arguments, **options)
        except Exception as error:
            raise home.report(error) from error
        return _guard_items(home, result) if isinstance(result, Iterator) else result

    return guarded


def _guard_items(home: PluginHome, items: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from items
    except Exception as error:
        raise home.report(error) from error
