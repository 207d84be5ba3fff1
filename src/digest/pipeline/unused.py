"""Settings and templates without an effect.

These are aliases and kinds that no entry has, excluded files that don't exist, and templates that replace nothing.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..config import FILE_NAME, Config
from ..diagnostics import Diagnostic
from ..model import Card, tag_key
from ..plugins.found import Plugins
from ..site.missing_assets import MissingAsset, find_missing_assets
from ..site.theme import PACKAGED, STATIC
from ..site.unused_templates import find_unused_templates

_PATTERN_SIGNS = frozenset("*?[")
Locate = Callable[[str], Mapping[str, tuple[int, int]]]
"""Returns the line and column of each key below a setting (see `config.locate_keys`)."""


def find_unused_settings(
    folder: Path, config: Config, cards: Iterable[Card], drafts: Callable[[], Iterable[Card]], locate: Locate
) -> tuple[Diagnostic, ...]:
    """Return a notice for each alias and kind in the settings that no entry has, and for each excluded path without a file.

    `drafts` returns the cards that are not among `cards`: a setting that a draft needs is used.
    """
    missing = tuple(_find_missing_excludes(folder, config, locate))
    if not config.aliases and not config.kinds:
        return missing
    known = (*cards, *drafts())
    return (*_find_unused_aliases(config, known, locate), *_find_unused_kinds(config, known, locate), *missing)


def _find_missing_excludes(folder: Path, config: Config, locate: Locate) -> Iterator[Diagnostic]:
    """Yield a notice for each excluded path that leads to no file. A pattern may be meant for files to come."""
    missing = [path for path in config.exclude if not _PATTERN_SIGNS & set(path) and not _exists(folder, path)]
    places = locate("exclude") if missing else {}
    for path in missing:
        inside = f"{config.notes}/{path}"
        hint = f"paths begin at the project's folder: `{inside}`" if _exists(folder, inside) else "take it out"
        message = f"there is no file or folder `{path}` to leave out"
        yield Diagnostic(FILE_NAME, *places.get(path, (0, 0)), "unused-setting", message, hint)


def _exists(folder: Path, path: str) -> bool:
    """Return True if the project has a file at a path, which may be written in another normal form on disk."""
    inside = not path.startswith("/") and ".." not in path.split("/")
    return inside and any((folder / unicodedata.normalize(form, path)).exists() for form in ("NFC", "NFD"))


def _find_unused_aliases(config: Config, cards: Iterable[Card], locate: Locate) -> Iterator[Diagnostic]:
    used = {key for card in cards for tag in card.tags for key in _with_uppers(tag.key)}
    used |= {tag_key(tag.parent) for tag in config.tags.values()}  # other settings may name a tag by its alias
    used |= {tag_key(tag) for kind in config.kinds.values() for tag in kind.tags}
    unused = [
        (alias, name) for name, others in config.aliases.items() for alias in others if tag_key(alias) not in used
    ]
    places = locate("aliases") if unused else {}
    for alias, name in unused:
        message = f"no entry has the tag `{alias}`, an alias of `{name}`"
        yield Diagnostic(
            FILE_NAME, *places.get(alias, (0, 0)), "unused-setting", message, "take it out if no entry is to have it"
        )


def _find_unused_kinds(config: Config, cards: Iterable[Card], locate: Locate) -> Iterator[Diagnostic]:
    unused = config.kinds.keys() - {card.kind for card in cards} if config.kinds else ()
    places = locate("kinds") if unused else {}
    for name in sorted(unused):
        tags = ", ".join(f"`{tag}`" for tag in config.kinds[name].tags)
        hint = (
            f"give entries one of its tags: {tags}"
            if tags
            else "give it `tags:` that entries have, or a rule in a plugin"
        )
        yield Diagnostic(
            FILE_NAME, *places.get(name, (0, 0)), "unused-setting", f"no entry is of the kind `{name}`", hint
        )


def _with_uppers(key: str) -> Iterator[str]:
    """Yield a key and, for `a/b`, that of `a` too."""
    while key:
        yield key
        key = key.rpartition("/")[0]


def diagnose_templates(config: Config, theme: Mapping[str, bytes], plugins: Plugins) -> tuple[Diagnostic, ...]:
    """Return a warning for each file in the folder of templates that has no effect, and for each that is missing there."""
    if len(theme) == 2 * sum(name.startswith(PACKAGED) for name in theme):
        return ()  # no file has a name of its own
    added = plugins.templates().keys() if plugins.names else frozenset()
    found = find_unused_templates(theme, frozenset(added), has_plugins=bool(plugins.names))
    missing = (_diagnose_missing(config, asset) for asset in find_missing_assets(theme))
    return (*(_diagnose_template(config, name, near) for name, near in found), *missing)


def _diagnose_missing(config: Config, asset: MissingAsset) -> Diagnostic:
    message = f"there is no file `{asset.name}` beside this style sheet"
    hint = f"write `{asset.known}`" if asset.known else "put the file there, or correct its name"
    return Diagnostic(f"{config.templates}/{asset.sheet}", asset.line, asset.column, "missing-file", message, hint)


def _diagnose_template(config: Config, name: str, near: str) -> Diagnostic:
    user = "no other file of the theme names it" if name.startswith(STATIC) else "no other template uses it"
    message = f"the theme has no file `{name}`, and {user}"
    hint = f"did you mean `{near}`?" if near else 'remove it, or use it in a template: `{% include "' + name + '" %}`'
    return Diagnostic(f"{config.templates}/{name}", 0, 0, "unused-template", message, hint)
