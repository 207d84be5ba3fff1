"""The YAML block at the top of a note -> its settings, each mistake at its line and column.

The block is composed, never constructed: values are read from the nodes of the document as text, so neither Python
tags nor aliases that multiply can do anything.
"""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from ..diagnostics import Diagnostic
from ..model import KINDS, LANGUAGE_TAG, Tag
from .dates import EXAMPLES, parse_date_line
from .lines import Line, unique_tags
from .names import split_names
from .rules import NoteRules

if TYPE_CHECKING:
    import yaml

KEYS = ("date", "title", "kind", "authors", "tags", "link", "draft", "lang", "slug")
"""The keys that front matter may have."""

_SINGLE_KEYS = frozenset({"title", "authors", "link", "slug"})
_BOUNDARY = re.compile(r"^-{3,}[^\S\n]*$", re.MULTILINE)
_LONGEST = 64_000
_DEEPEST = 16
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_LANG = re.compile(LANGUAGE_TAG)
_SLUG = re.compile(r"[^\s/\\?#%\x00-\x20]{1,120}")
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_MAPPING_LINE = re.compile(r"^[\w\"'-]+[ \t]*:(?:\s|$)", re.MULTILINE)


class FrontMatter(Struct, frozen=True):
    """What front matter says; a key that is absent or wrong leaves the default.

    `last_line` is the number of the closing `---`, 0 without front matter; `places` are the line and column of each
    key.
    """

    last_line: int = 0
    places: tuple[tuple[str, int, int], ...] = ()
    date: dt.date | None = None
    title: str = ""
    kind: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    link: str | None = None
    draft: bool = False
    lang: str = ""
    slug: str = ""


class _Wrong(Exception):  # noqa: N818 - an answer of this module to itself, not an error of the program
    """A value is not what its key wants."""

    def __init__(self, wants: str, hint: str = "", code: str = "front-matter-value") -> None:
        super().__init__(wants)
        self.wants, self.hint, self.code = wants, hint, code


def parse_front_matter(path: str, lines: Sequence[Line], rules: NoteRules) -> tuple[FrontMatter, list[Diagnostic]]:
    """Read the block between `---` lines at the top; without one, or where it holds no mapping, nothing is set."""
    if not lines or not lines[0].raw.startswith("---"):
        return FrontMatter(), []
    block = _split("\n".join([line.raw for line in lines]))
    if block is None:
        return FrontMatter(), []
    nothing = FrontMatter(last_line=block.count("\n") + 1)
    if len(block) > _LONGEST:
        message = f"the front matter is longer than {_LONGEST:,} characters"
        return nothing, [Diagnostic(path, 1, 1, "front-matter-syntax", message)]

    import yaml

    try:
        too_deep = _find_too_deep(block)
        if too_deep:
            return nothing, [_place(path, too_deep, "front-matter-value", "the front matter is nested too deeply")]
        root = yaml.compose(block, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        # Text between two rules, `---`, is no failed YAML.
        if not _MAPPING_LINE.search(block):
            return FrontMatter(), []
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        message = f"the front matter is not valid YAML: {problem or 'it holds characters that YAML forbids'}"
        hint = "put text with `:`, `#` or quotation marks into quotes"
        return nothing, [_place(path, mark, "front-matter-syntax", message, hint)]
    if root is not None and not isinstance(root, yaml.MappingNode):
        return FrontMatter(), []
    return _read_mapping(path, root, nothing, rules) if root else (nothing, [])


def day_front_matter(path: str, front: FrontMatter) -> tuple[FrontMatter, list[Diagnostic]]:
    """Return what front matter says of every entry of a day, and warn of keys that can only describe one entry."""
    found = [
        Diagnostic(
            path, line, column, "front-matter-key", f"`{key}` describes one entry, and this file holds a day of them"
        )
        for key, line, column in front.places
        if key in _SINGLE_KEYS
    ]
    return structs.replace(front, title="", authors=(), link=None, slug=""), found


def _split(text: str) -> str | None:
    # The handler's own boundary eats the blank lines after it, and with them the numbers of the lines.
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler(fm_boundary=_BOUNDARY)
    try:
        return handler.split(text)[0] if handler.detect(text) else None
    except ValueError:
        return None


def _find_too_deep(block: str) -> Any:
    # libyaml's composer recurses on the C stack: `[[[[…` would end the program.
    import yaml

    depth = 0
    for event in yaml.parse(block, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _read_mapping(
    path: str, root: "yaml.MappingNode", nothing: FrontMatter, rules: NoteRules
) -> tuple[FrontMatter, list[Diagnostic]]:
    import yaml

    diagnostics: list[Diagnostic] = []
    settings: dict[str, Any] = {}
    places: list[tuple[str, int, int]] = []
    for key_node, value_node in root.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "…"
        if key not in KEYS:
            near = difflib.get_close_matches(key.lower(), KEYS, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys are {', '.join(KEYS)}"
            message = f"front matter has no key `{key}`"
            diagnostics.append(_place(path, key_node.start_mark, "front-matter-key", message, hint))
        elif any(key == known for known, _, _ in places):
            message = f"`{key}` is set twice"
            diagnostics.append(_place(path, key_node.start_mark, "front-matter-value", message))
        else:
            places.append((key, key_node.start_mark.line + 1, key_node.start_mark.column + 1))
            try:
                if value_node.tag != "tag:yaml.org,2002:null":
                    settings[key] = _READERS[key](value_node, rules)
            except _Wrong as wrong:
                message = f"`{key}` wants {wrong.wants}"
                diagnostics.append(_place(path, value_node.start_mark, wrong.code, message, wrong.hint))
    return structs.replace(nothing, places=tuple(places), **settings), diagnostics


def _place(path: str, mark: Any, code: str, message: str, hint: str = "") -> Diagnostic:
    # Marks count from 0, and the block begins at the end of the file's first line.
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Diagnostic(path, line, column, code, message, hint)


def _read_text(node: Any, wants: str = "a text", hint: str = "") -> str:
    if not isinstance(node.value, str) or node.tag.startswith("tag:yaml.org,2002:python/") or node.tag.startswith("!"):
        raise _Wrong(wants, hint)
    return unicodedata.normalize("NFC", " ".join(node.value.split()))


def _read_list(node: Any, wants: str) -> tuple[str, ...] | str:
    if isinstance(node.value, str):
        return _read_text(node, wants)
    if not node.tag.endswith(":seq"):
        raise _Wrong(wants)
    return tuple(_read_text(item, wants) for item in node.value)


def _read_date(node: Any, _: NoteRules) -> dt.date:
    hint = f"a date looks like {EXAMPLES}"
    written = _read_text(node, "a date", hint)
    # Some editors write a time behind the date.
    found = parse_date_line(written) or parse_date_line(re.split("[T ]", written)[0])
    if found is None:
        raise _Wrong("a date", hint)
    if found.date is None:
        raise _Wrong("a day that exists", code="impossible-date")
    return found.date


def _read_title(node: Any, _: NoteRules) -> str:
    return _read_text(node)


def _read_kind(node: Any, rules: NoteRules) -> str:
    kinds = tuple(dict.fromkeys((*KINDS, *(kind for kind, _ in rules.kind_tags))))
    wants = f"one of {', '.join(kinds)}"
    kind = _read_text(node, wants)
    if kind not in kinds:
        near = difflib.get_close_matches(kind.lower(), kinds, 1)
        raise _Wrong(wants, f"did you mean `{near[0]}`?" if near else "")
    return kind


def _read_authors(node: Any, _: NoteRules) -> tuple[str, ...]:
    names = _read_list(node, "a list of names")
    return split_names(names) if isinstance(names, str) else tuple(filter(None, names))


def _read_tags(node: Any, _: NoteRules) -> tuple[Tag, ...]:
    wants = "a list of tags, each with at least one letter"
    labels = _read_list(node, wants)
    if isinstance(labels, str):
        labels = tuple(re.split(r"[,，、]\s*" if re.search("[,，、]", labels) else r"\s+", labels))
    bare = [label.lstrip("#＃").strip() for label in labels]
    if not all(any(char.isalpha() for char in label) for label in bare if label):
        raise _Wrong(wants)
    return unique_tags(["-".join(label.split()) for label in bare if label])


def _read_link(node: Any, _: NoteRules) -> str:
    wants = "an address that begins with http:// or https://"
    link = _read_text(node, wants)
    if not _LINK.fullmatch(link):
        raise _Wrong(wants)
    return link


def _read_draft(node: Any, _: NoteRules) -> bool:
    written = _read_text(node, "true or false").lower()
    if written not in _TRUE | _FALSE:
        raise _Wrong("true or false")
    return written in _TRUE


def _read_lang(node: Any, _: NoteRules) -> str:
    wants, hint = "a language tag", "for example `ko` or `en`"
    lang = _read_text(node, wants, hint)
    if not _LANG.fullmatch(lang):
        raise _Wrong(wants, hint)
    return lang


def _read_slug(node: Any, _: NoteRules) -> str:
    wants = "a part of an address without spaces, `/`, `?`, `#` or `%`"
    slug = _read_text(node, wants)
    if not _SLUG.fullmatch(slug):
        raise _Wrong(wants)
    return slug


_READERS: dict[str, Callable[[Any, NoteRules], Any]] = {
    "date": _read_date,
    "title": _read_title,
    "kind": _read_kind,
    "authors": _read_authors,
    "tags": _read_tags,
    "link": _read_link,
    "draft": _read_draft,
    "lang": _read_lang,
    "slug": _read_slug,
}
