"""The block of settings at the top of a note -> its keys and values, in YAML, TOML, JSON or Logseq's properties.

A block that looks like front matter and can't be read withholds the note: the author may have written `draft: true` in it.
Values are kept as the author's text: nothing is constructed, so neither Python tags nor aliases that multiply can do
anything.
"""

import json
import re
from collections.abc import Iterator, Sequence, Set
from typing import Any, Literal

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..limits import SETTINGS_LENGTH
from ..yaml_nodes import YamlError, compose_yaml, find_comment
from .known_keys import IN_PROSE, KNOWN, KOREAN_IN_PROSE, WITHHOLDING, english_key
from .lines import MARGIN, Line


class Value(Struct, frozen=True):
    """A value at its place; `text` is that of a text, `items` are those of a list. A `map` keeps nothing of its inside.

    `comment` is what the author wrote in place of nothing, if YAML takes it for a comment.
    """

    line: int
    column: int
    kind: Literal["nothing", "text", "list", "map"]
    text: str = ""
    items: tuple["Value", ...] = ()
    comment: str = ""


class Setting(Struct, frozen=True):
    """A key at its place with its value."""

    key: str
    line: int
    column: int
    value: Value


class SettingsBlock(Struct, frozen=True):
    """The settings of a block that ends at `last_line`, counted from 1."""

    last_line: int
    settings: tuple[Setting, ...]


class Unreadable(Struct, frozen=True):
    """A block that looks like front matter and can't be read: the note stays out."""

    line: int
    column: int
    message: str
    hint: str = ""

    def report(self, path: str) -> Diagnostic:
        """Return the error for the note at a path."""
        hint = f"{self.hint}; until then the note stays out" if self.hint else "until it is mended the note stays out"
        return Diagnostic(path, self.line, self.column, "front-matter-syntax", self.message, hint)


_TOO_LONG = f"the front matter is longer than {SETTINGS_LENGTH.most:,} characters"
_DASHES = re.compile(r"[-‐-―−─━﹘﹣－]{2,}")
"""What an author may type, or an editor make, of `---`."""
_KEY = re.compile(r"""[ \t]*(?:- +)?["']?(?P<key>[\w-][\w .-]{0,40}?)["']?[ \t]*(?P<mark>[:：=](?!//|:))""")
_PROPERTY = re.compile(r"(?P<key>[A-Za-z가-힣][\w-]{0,40})::(?:[ \t]+(?P<value>.*))?$")
# No key is looked for inside another, so that a long line without a mark takes no longer than any other.
_TABLE_KEYS = {mark: re.compile(rf"""(?:"([^"]*+)"|'([^']*+)'|(?<![\w.-])([\w.-]++))\s*+{mark}\s*""") for mark in "=:"}
_JSON_START = re.compile(r"\{\s*(?:[\"'}]|$)")
_PLAIN_HINT = "put text with `:`, `#` or quotation marks into quotes"

Found = SettingsBlock | Unreadable | None


def find_settings(lines: Sequence[Line]) -> Found:
    """Read the block of settings at the top of a note's lines; None if there is none.

    Blank lines may stand before it. A `---` line with prose below it is a rule, and no block.
    """
    start = next((index for index, line in enumerate(lines) if line.text), len(lines))
    if start == len(lines):
        return None
    opening = lines[start].text
    if _DASHES.fullmatch(opening):
        return _find_yaml(lines, start)
    if opening.strip("+＋") == "" and len(opening) > 1:
        return _find_toml(lines, start)
    if _JSON_START.match(opening):
        return _find_json(lines, start)
    if _PROPERTY.match(opening):
        return _find_properties(lines, start)
    if opening.startswith("%YAML") and start + 1 < len(lines) and _DASHES.fullmatch(lines[start + 1].text):
        return _find_yaml(lines, start + 1)
    if _holds_known_key([lines[start]]) and _hides(_paragraph(lines[start:]), but=IN_PROSE | KOREAN_IN_PROSE):
        message = f"`{_shown(lines[start])}` looks like front matter that has lost its first line"
        return Unreadable(lines[start].number, 1, message, "write `---` on the line before it and below the last key")
    return None


def _find_yaml(lines: Sequence[Line], start: int) -> Found:
    end = next((index for index in range(start + 1, len(lines)) if _closes(lines[index])), None)
    inside = lines[start + 1 : end]
    if re.fullmatch("-{3,}", lines[start].text) is None:
        if not _holds_known_key(_paragraph(inside)):
            return None
        message = f"front matter begins with `---`, not with `{lines[start].text}`"
        return Unreadable(lines[start].number, 1, message, "write three hyphens")
    if end is None:
        return _explain_unclosed(lines, start, "---")
    # A line that nearly closes a block ends it for its author; the lines below it are prose.
    near = next((line for line in _paragraph(inside) if _DASHES.fullmatch(line.text)), None)
    if near and _holds_known_key(inside):
        return Unreadable(
            near.number, 1, f"front matter ends with `---`, not with `{near.text}`", "write three hyphens"
        )
    if not _begins_like_settings(inside) and not _hides(inside):
        return None if any(line.text for line in inside) else SettingsBlock(lines[end].number, ())
    return _parse_yaml(inside, lines[end].number)


def _closes(line: Line) -> bool:
    return line.raw[:1] in "-." and re.fullmatch(r"-{3,}|\.{3}", line.raw.rstrip(MARGIN)) is not None


def _explain_unclosed(lines: Sequence[Line], start: int, mark: str) -> Unreadable | None:
    inside = lines[start + 1 :]
    head = _paragraph(inside)
    if not _holds_known_key(head) and not _hides(inside[:40]):
        return None
    message = f"the front matter that begins with `{mark}` is never closed"
    near = next((line for line in head if _is_near_close(line.text)), None)
    if near:
        message = f"front matter that begins with `{mark}` ends with `{mark}`, not with `{near.text}`"
    place = near or lines[start]
    return Unreadable(place.number, 1, message, f"write `{mark}` on a line of its own below the last key")


def _is_near_close(text: str) -> bool:
    return bool(text) and (_DASHES.fullmatch(text) is not None or text.strip("+＋-*=_~.") == "")


def _paragraph(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines up to the first blank one below any text."""
    first = next((index for index, line in enumerate(lines) if line.text), len(lines))
    end = next((index for index in range(first, len(lines)) if not lines[index].text), len(lines))
    return lines[first:end]


def _keys(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if match := _KEY.match(line.text):
            yield match["key"]


def _holds_known_key(lines: Sequence[Line]) -> bool:
    return any(english_key(key) in KNOWN for key in _keys(lines))


def _hides(lines: Sequence[Line], *, but: Set[str] = frozenset()) -> bool:
    for key in _keys(lines):
        name = english_key(key)
        if name in WITHHOLDING and but.isdisjoint((name, key)):
            return True
    return False


def _shown(line: Line) -> str:
    """Return as much of a line of settings as a message may show if the author hides the note: the key."""
    match = _KEY.match(line.text)
    return f"{match['key']}{match['mark']}" if match else line.text[:1]


def _begins_like_settings(lines: Sequence[Line]) -> bool:
    first = next((line.text for line in lines if line.text and not line.text.startswith(("#", "<!--"))), None)
    if first is None or first.startswith(("{%", "{{")):
        return False
    return _KEY.match(first) is not None or first[0] in "{?&!%" or first.startswith(('"', "'"))


def _parse_yaml(lines: Sequence[Line], last_line: int) -> Found:
    block = "\n".join(line.raw for line in lines)
    first = lines[0].number
    if len(block) > SETTINGS_LENGTH.most:
        return Unreadable(first - 1, 1, _TOO_LONG)
    try:
        root = compose_yaml(block)
    except YamlError as error:
        if error.is_syntax and not _holds_known_key(lines) and not _begins_with_key(lines):
            return None
        from ..yaml_mistakes import explain_yaml  # only for front matter that cannot be read

        mistake = explain_yaml(block, error)
        # The mark of a block that ends too early lies below it.
        line = min(mistake.line + first, last_line) if mistake.line is not None else first
        column = mistake.column + 1 if mistake.line is not None else 1
        # An explanation quotes the author's line, which nobody may see if another line says so.
        if mistake.is_known and not _hides(lines):
            return Unreadable(line, column, mistake.message, mistake.hint)
        message = f"the front matter {'is not valid YAML' if error.is_syntax else 'cannot be read'}: {error.reason}"
        return Unreadable(line, column, message, _hint(lines) if error.is_syntax else "")
    if root is None:
        return SettingsBlock(last_line, ())
    if root.id != "mapping":
        if not _holds_known_key(lines):
            return None
        place = next(line for line in lines if _holds_known_key([line]))
        return Unreadable(
            place.number,
            1,
            f"`{_shown(place) if _hides(lines) else place.text}` is no `key: value` line",
            _hint([place]),
        )
    raws = [line.raw for line in lines]
    settings = tuple(_read_pair(key, value, first, raws) for key, value in root.value)
    odd = next((setting for setting in settings if "：" in setting.key), None)
    if odd:
        return Unreadable(odd.line, odd.column, f"`{odd.key.partition('：')[0]}：` is no key", _hint(lines))
    return SettingsBlock(last_line, settings)


def _begins_with_key(lines: Sequence[Line]) -> bool:
    first = next((line.text for line in lines if line.text and not line.text.startswith("#")), "")
    return re.match(r"""["']?[\w-]+["']?[ \t]*:(?:\s|$)""", first) is not None or first[:1] in "{&!%"


def _hint(lines: Sequence[Line]) -> str:
    if any("\t" in line.raw[: len(line.raw) - len(line.raw.lstrip())] for line in lines):
        return "indent with spaces, not with tabs"
    if any("：" in line.text for line in lines):
        return "write the colon of a key as `:`, with a space behind it"
    if any(re.match(r"[\w-]+:\S", line.text) and "://" not in line.text for line in lines):
        return "put a space behind the colon of a key"
    return _PLAIN_HINT


def _read_pair(key: Any, value: Any, first: int, raws: Sequence[str]) -> Setting:
    name = key.value if isinstance(key.value, str) else "…"
    return Setting(name, key.start_mark.line + first, key.start_mark.column + 1, _read_node(value, first, raws))


def _read_node(node: Any, first: int, raws: Sequence[str], *, nested: bool = False) -> Value:
    """Read a node and, if it is a list, its items; no deeper, since aliases may repeat a node without end."""
    place = (node.start_mark.line + first, node.start_mark.column + 1)
    if isinstance(node.value, str):
        if node.tag == "tag:yaml.org,2002:null":
            return Value(*place, "nothing", comment=find_comment(raws, node))
        is_plain = not node.tag.startswith(("tag:yaml.org,2002:python/", "!"))
        return Value(*place, "text" if is_plain else "map", node.value)
    if node.tag.endswith(":seq") and not nested:
        return Value(*place, "list", "", tuple(_read_node(item, first, raws, nested=True) for item in node.value))
    link = _wikilink_of(node)
    return Value(*place, "text", link) if link else Value(*place, "map")


def _wikilink_of(node: Any) -> str | None:
    """Return the `[[note]]` that Obsidian lets authors write without quotes, which YAML takes for a list in a list."""
    for _ in range(2):
        if not node.tag.endswith(":seq") or len(node.value) != 1:
            return None
        node = node.value[0]
    return f"[[{node.value}]]" if isinstance(node.value, str) else None


def _find_toml(lines: Sequence[Line], start: int) -> Found:
    import tomllib

    end = next((index for index in range(start + 1, len(lines)) if lines[index].text == lines[start].text), None)
    if end is None or lines[start].text.strip("+"):
        return _explain_unclosed(lines, start, "+++")
    inside = lines[start + 1 : end]
    if not any("=" in line.text for line in inside):
        return None if not _hides(inside) else _parse_yaml(inside, lines[end].number)
    block = "\n".join(line.raw for line in inside)
    if len(block) > SETTINGS_LENGTH.most:
        return Unreadable(lines[start].number, 1, _TOO_LONG)
    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = re.sub(r" \(at .*\)$", "", str(error))
        at = re.search(r"at line (\d+), column (\d+)", str(error))
        place = (int(at[1]) + lines[start].number, int(at[2])) if at else (lines[start].number, 1)
        return Unreadable(*place, f"the front matter is not valid TOML: {message}", "")
    return SettingsBlock(lines[end].number, tuple(_read_table(table, inside, "=")))


def _find_json(lines: Sequence[Line], start: int) -> Found:
    text = "\n".join(line.raw for line in lines[start : start + 2_000])[: SETTINGS_LENGTH.most]
    indent = len(text) - len(text.lstrip(MARGIN))
    try:
        table, end = json.JSONDecoder().raw_decode(text, indent)
    except (json.JSONDecodeError, RecursionError) as error:
        inside = lines[start + 1 : start + 40]
        if lines[start].text != "{" and '"' not in lines[start].text and not _hides(inside):
            return None
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        column = error.colno if isinstance(error, json.JSONDecodeError) else 1
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        message = f"the front matter is not valid JSON: {reason[0].lower()}{reason[1:]}"
        return Unreadable(lines[start].number + line - 1, column, message)
    last = start + text.count("\n", 0, end)
    rest = text[end:].partition("\n")[0].strip(MARGIN)
    if not isinstance(table, dict) or rest:
        return (
            None if not table else Unreadable(lines[last].number, 1, "a text stands behind the `}` of the front matter")
        )
    return SettingsBlock(lines[last].number, tuple(_read_table(table, lines[start : last + 1], ":")))


def _read_table(table: dict[str, Any], lines: Sequence[Line], mark: str) -> Iterator[Setting]:
    places: dict[str, tuple[int, int, int]] = {}
    for line in lines:
        for found in _TABLE_KEYS[mark].finditer(line.raw):
            key = next(filter(None, found.groups()), "")
            places.setdefault(key, (line.number, found.start() + 1, found.end() + 1))
    for key, value in table.items():
        number, column, end = places.get(key, (lines[0].number, 1, 1))
        yield Setting(key, number, column, _read_plain(value, number, end))


def _read_plain(value: Any, line: int, column: int) -> Value:
    if value is None:
        return Value(line, column, "nothing")
    if isinstance(value, list):
        return Value(line, column, "list", "", tuple(_read_plain(item, line, column) for item in value))
    if isinstance(value, dict):
        return Value(line, column, "map")
    return Value(line, column, "text", str(value).lower() if isinstance(value, bool) else str(value))


def _find_properties(lines: Sequence[Line], start: int) -> Found:
    """Read Logseq's page properties: lines of `key:: value` with a key that is known first."""
    settings = []
    last = start
    for index in range(start, len(lines)):
        match = _PROPERTY.match(lines[index].text)
        if not match:
            break
        last = index
        number, written = lines[index].number, (match["value"] or "").strip()
        value = Value(number, match.end("key") + 4, "text" if written else "nothing", written)
        settings.append(Setting(match["key"], number, 1, value))
    if english_key(settings[0].key) not in KNOWN:
        return None
    return SettingsBlock(lines[last].number, tuple(settings))
