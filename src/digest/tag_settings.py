"""The settings of tags in digest.yaml: their labels, descriptions and parents, and the mistakes in them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from .diagnostics import Diagnostic
from .limits import TAG_DEPTH, TAG_LENGTH, TEXT_LENGTH
from .model import tag_key
from .settings_nodes import mistake_at, text_of

Label = Annotated[str, Meta(max_length=TAG_LENGTH.most)]
Description = Annotated[str, Meta(max_length=TEXT_LENGTH.most)]


class TagSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`tags.<tag>`: the label that pages show, a sentence about the tag, and the tag above it."""

    label: Label = ""
    description: Description = ""
    parent: str = ""


def find_tag_mistakes(
    node: Any, tags: Mapping[str, TagSettings], aliases: Mapping[str, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    """Yield the mistakes in the settings of tags that show without the notes. `node` is the mapping that they were read from."""
    keys = {text_of(key): key for key, _ in node.value}
    values = {text_of(key): dict(_values(value)) for key, value in node.value}
    meant = {tag_key(alias): name for name, others in aliases.items() for alias in others}
    spellings: dict[str, str] = {}
    labels: dict[str, str] = {}
    for name, settings in tags.items():
        key = tag_key(name)
        if (first := spellings.setdefault(key, name)) != name:
            yield mistake_at(keys[name], f"`{name}` and `{first}` are one tag", "keep one of the two")
        elif key in meant and tag_key(meant[key]) != key:
            tag = meant[key]
            yield mistake_at(keys[name], f"`{name}` is an alias of `{tag}`", f"move these settings to `{tag}`")
        if settings.label.startswith("#"):
            yield mistake_at(
                values[name]["label"], f"the label `{settings.label}` begins with `#`", "leave the `#` out"
            )
        elif settings.label and (other := labels.setdefault(tag_key(settings.label), name)) != name:
            message = f"`{name}` and `{other}` have the same label"
            hint = "change one of the labels, or make one tag an alias of the other under `aliases:`"
            yield mistake_at(values[name]["label"], message, hint)
        if settings.parent and "/" in key:
            above = key.rpartition("/")[0]
            message, hint = f"`{name}` lies below `{above}` by its name", "leave its `parent` out"
            yield mistake_at(values[name]["parent"], message, hint)
    yield from _find_loops(tags, {key: tag_key(name) for key, name in meant.items()}, values)


def _values(node: Any) -> Iterator[tuple[str, Any]]:
    if node.id == "mapping":
        yield from ((text_of(key), value) for key, value in node.value)


def _find_loops(
    tags: Mapping[str, TagSettings], meant: Mapping[str, str], values: Mapping[str, Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    """Yield each loop of parents, at the first of its tags, and each tag that lies too deep."""
    parents = parents_of(tags, meant)
    looped: set[str] = set()
    for name, settings in tags.items():
        key = tag_key(name)
        if not settings.parent or key in looped:
            continue
        path = [key]
        while (above := above_by(path[-1], parents)) and above not in path:
            path.append(above)
        if above == key:
            looped.update(path)
            message = f"the parents lead in a loop, from {' to '.join(f'`{each}`' for each in (*path, key))}"
            yield mistake_at(values[name]["parent"], message, "take one of the parents out")
        elif not above and len(path) > TAG_DEPTH.most:
            message = f"`{name}` lies below {len(path) - 1} other tags; at most {TAG_DEPTH.most - 1} are allowed"
            yield mistake_at(values[name]["parent"], message, "give it or one of them a higher parent")


def parents_of(tags: Mapping[str, TagSettings], meant: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of tags' parents by the keys of the tags. `meant` maps the key of an alias to the key of its tag."""
    above = {tag_key(name): tag_key(settings.parent) for name, settings in tags.items() if settings.parent}
    return {key: meant.get(parent, parent) for key, parent in above.items()}


def above_by(key: str, parents: Mapping[str, str]) -> str:
    """Return the key of the tag above another one, which is its parent or, for `a/b`, `a`; empty if there is none."""
    return parents.get(key) or key.rpartition("/")[0]
