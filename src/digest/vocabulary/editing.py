"""The text of digest.yaml -> the same text with one more alias, each comment and each line in its place."""

import codecs
import re
from collections.abc import Sequence
from typing import Any

from msgspec import structs

from ..config import parse_config
from ..model import tag_key
from ..yaml_nodes import compose_yaml

_PLAIN = re.compile(r"(?!(?i:y|n|yes|no|on|off|true|false|null)\Z)[^\W\d_][\w/+.-]*")
"""A tag that needs no quotes anywhere in YAML."""


class EditError(Exception):
    """An alias cannot be added; the message says why."""


def add_aliases(content: bytes, name: str, others: Sequence[str]) -> bytes:
    """Return the content of digest.yaml with `others` as further aliases of `name`; nothing else in it changes.

    The result is read again. Raises EditError if it would have a mistake, or if any other setting would change: YAML has more
    forms than this module knows. `content` must have no mistake.
    """
    before, _ = parse_config(content)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    written = mark + _insert(content.decode("utf-8-sig"), name, others).encode()
    after, mistakes = parse_config(written)
    if mistakes:
        hint = f" ({mistakes[0].hint})" if mistakes[0].hint else ""
        raise EditError(f"{mistakes[0].message}{hint}")
    spelling = next((tag for tag in before.aliases if tag_key(tag) == tag_key(name)), name)
    aliases = {**before.aliases, spelling: (*before.aliases.get(spelling, ()), *others)}
    if after != structs.replace(before, aliases=aliases):
        raise EditError(f"the file is written in an unusual way; add {_list(others)} under `aliases:` by hand")
    return written


def _list(others: Sequence[str]) -> str:
    return ", ".join(f"`{other}`" for other in others)


def _insert(text: str, name: str, others: Sequence[str]) -> str:
    root = compose_yaml(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    written = ", ".join(map(_scalar, others))
    if root is None:
        return _append(text, f"aliases:{newline}  {_scalar(name)}: [{written}]", newline)
    aliases = _value_of(root, "aliases")
    if aliases is None:
        if root.flow_style:
            return _insert_pair(text, root, f"aliases: {{{_scalar(name)}: [{written}]}}")
        margin = " " * root.start_mark.column
        line = f"{margin}aliases:{newline}{margin}  {_scalar(name)}: [{written}]"
        return _insert_line(text, root, line, newline)
    known = _list_of(aliases, tag_key(name))
    if known is None:
        if aliases.flow_style:
            return _insert_pair(text, aliases, f"{_scalar(name)}: [{written}]")
        margin = " " * aliases.start_mark.column
        return _insert_line(text, aliases, f"{margin}{_scalar(name)}: [{written}]", newline)
    if known.flow_style:
        return _insert_pair(text, known, written)
    margin = " " * known.start_mark.column
    return _insert_line(text, known, newline.join(f"{margin}- {_scalar(other)}" for other in others), newline)


def _value_of(mapping: Any, key: str) -> Any:
    return next((value for node, value in mapping.value if node.value == key), None)


def _list_of(aliases: Any, key: str) -> Any:
    """Return the node of a tag's list of aliases, or None if it has none yet."""
    return next((value for node, value in aliases.value if tag_key(node.value) == key), None)


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _insert_pair(text: str, collection: Any, written: str) -> str:
    """Insert an item after the last one of `[…]` or `{…}`."""
    if collection.value:
        last = collection.value[-1]
        end = _end_of(last[1] if isinstance(last, tuple) else last)
        return f"{text[:end]}, {written}{text[end:]}"
    end = collection.end_mark.index - 1
    return f"{text[:end]}{written}{text[end:]}"


def _insert_line(text: str, collection: Any, line: str, newline: str) -> str:
    """Insert a line below the last line of a collection in block style, and below the comment at its end."""
    end = _end_of(collection)
    stop = text.find("\n", end)
    if stop < 0:
        return _append(text, line, newline)
    return f"{text[: stop + 1]}{line}{newline}{text[stop + 1 :]}"


def _append(text: str, line: str, newline: str) -> str:
    gap = newline if text and not text.endswith("\n") else ""
    return f"{text}{gap}{line}{newline}"


def _end_of(node: Any) -> int:
    """Return the place right after the last character of a value.

    Collections in block style end where the next token begins, so their last item counts; and `|` texts end in a line break.
    """
    while node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    return end - 1 if node.id == "scalar" and node.style in ("|", ">") else end
