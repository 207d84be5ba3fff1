"""The names of tags -> digest.yaml with aliases, or the reason why they cannot be merged."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from ..archive.archive import Archive
from ..config import FILE_NAME, Config
from ..disk import OutsideError, is_inside, read_inside
from ..model import tag_key
from ..nearest import find_similar
from ..store.replacing import replace_content
from .editing import EditError, add_aliases
from .suggest import Merge, describe_merge, spell


class MergeError(Exception):
    """Tags cannot be merged; the message says why."""


class PlannedMerge(Struct, frozen=True):
    """What changes with each tag that becomes an alias, the label of the tag to keep, and the new content of digest.yaml."""

    merges: tuple[Merge, ...]
    into: str
    content: bytes


def plan_merge(
    folder: Path, archive: Archive, config: Config, others: Sequence[str], into: str, settings: str = FILE_NAME
) -> PlannedMerge:
    """Return what a merge changes; raises MergeError and OSError. `others` are tags that entries have, `into` may be a new one.

    `settings` is the name of the file with the settings.
    """
    keep = tag_key(into.removeprefix("#"))
    if not keep:
        raise MergeError("name the tag to keep")
    keys = list(dict.fromkeys(tag_key(other.removeprefix("#")) for other in others))
    meant = {tag_key(alias): name for name, aliases in config.aliases.items() for alias in aliases}
    if keep in meant and tag_key(meant[keep]) != keep:
        raise MergeError(f"`{into}` is an alias of `{meant[keep]}`; name that one with --into")
    for key in keys:
        _check_tag(archive, key, keep, meant)
    _check_settings(config, keys, settings)
    try:
        before = read_inside(folder, settings)
    except FileNotFoundError:
        before = b""
    spelled = spell(archive, keys)
    name = archive.tags[keep].name if keep in archive.tags else None
    try:
        content = add_aliases(before, name.spelling if name else into.removeprefix("#"), spelled)
    except EditError as error:
        raise MergeError(f"{settings} was not changed: {error}") from error
    merges = tuple(describe_merge(archive, config, key, keep) for key in keys)
    return PlannedMerge(merges, name.label if name else into.removeprefix("#"), content)


def _check_tag(archive: Archive, key: str, keep: str, meant: "dict[str, str]") -> None:
    if key == keep:
        raise MergeError(f"`{key}` and the tag to keep are one tag already")
    if key in meant:
        raise MergeError(f"`{key}` is an alias of `{meant[key]}` already")
    page = archive.tags.get(key)
    if page is None or not page.count:
        near = find_similar([key], (other for other, each in archive.tags.items() if each.count)).get(key)
        raise MergeError(f"no entry has the tag `{key}`" + (f"; did you mean `{near}`?" if near else ""))


def _check_settings(config: Config, keys: Iterable[str], file: str) -> None:
    for key in keys:
        for setting, names in (("aliases", config.aliases), ("tags", config.tags)):
            if name := next((name for name in names if tag_key(name) == key), None):
                raise MergeError(f"`{name}` stands under `{setting}:` in {file}; move its settings to the tag to keep")


def write_merge(folder: Path, planned: PlannedMerge, settings: str = FILE_NAME) -> None:
    """Write the settings; raises OSError. If it is a link to a file inside the project, that file is written."""
    base, real = os.path.realpath(folder), os.path.realpath(folder / settings)
    if not is_inside(real, base):
        raise OutsideError(settings)
    replace_content(Path(real), planned.content)
