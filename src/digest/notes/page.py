"""A file of the author's own pages -> the page, as an entry that is listed nowhere.

Its text is written like that of a note. Front matter may put it into a menu: `menu: true`, a text that is the link's label,
or `menu: footer`, and `order`, a number by which the links of a menu are sorted. `contents: true` makes the page of a folder the
table of contents of the pages in it.
"""

from collections.abc import Sequence
from math import inf, isfinite
from pathlib import PurePosixPath
from typing import Literal

from msgspec import structs

from ..diagnostics import Diagnostic
from ..model import NoteFile, PagePlace, Span
from ..slugs import slugify
from .blocks import ParsedNote, block_of
from .entry import Content, make_entry
from .file_names import read_file_name
from .front_matter import FrontMatter
from .known_keys import FALSE, TRUE, english_key
from .lines import Line, heading_level, join_raw, split_lines, strip_heading
from .rules import NoteRules
from .settings_block import Setting, SettingsBlock, Value, find_settings
from .single import find_heading
from .titles import clean_title

INDEX = "index"
"""The name of the file that is the page of its folder."""

_NO, _YES = FALSE | {""}, TRUE
_MASTHEAD = _YES | {"masthead", "main"}


def is_page(path: str, rules: NoteRules) -> bool:
    """Return True for a file in the folder of the author's own pages."""
    # The comparison of texts spares nearly all notes that of paths, which takes ten times as long.
    return bool(rules.pages) and path.startswith(rules.pages) and PurePosixPath(path).is_relative_to(rules.pages)


def parse_page(note: NoteFile, body: Sequence[Line], front: FrontMatter, rules: NoteRules) -> ParsedNote:
    """Read the lines of a page below its front matter."""
    name = PurePosixPath(note.path)
    stem = name.parent.name if name.stem.lower() == INDEX else name.stem
    title, text = _read_title(body, front.title, read_file_name(stem).title or stem)
    settings, diagnostics = _menu_settings(note), list[Diagnostic]()
    numbers = [line.number for line in body if line.text] or [max(1, front.last_line)]
    entry = make_entry(
        Content(title=title, commentary=join_raw(text)), None, Span(note.path, numbers[0], numbers[-1]), front, rules
    )
    menu, label = _read_menu(note.path, settings.get("menu"), entry.title, diagnostics)
    place = PagePlace(
        path=_path(name.relative_to(rules.pages), front.slug),
        menu=menu,
        label=label,
        order=_read_order(note.path, settings.get("order"), diagnostics),
        is_contents=_read_contents(note.path, settings.get("contents"), diagnostics),
    )
    entry = structs.replace(entry, kind="note", tags=(), authors=(), link=None, page=place)
    blocks = (block_of("entry", body),) if any(line.text for line in body) else ()
    return ParsedNote((entry,), tuple(diagnostics), blocks)


def _path(name: PurePosixPath, slug: str) -> str:
    """Return a page's site path: its folders and its name as slugs. A folder's `index` lies at the folder's own path."""
    last = [] if name.stem.lower() == INDEX else [slug or name.stem]
    return "".join(f"{slugify(part)}/" for part in (*name.parent.parts, *last))


def _read_title(body: Sequence[Line], given: str, name: str) -> tuple[str, Sequence[Line]]:
    """Return a page's title and the lines of its text.

    The title is the one that front matter has `given`, else the heading at the top, else the first heading of the first
    level, else the file's name. A heading at the top that says the title is no part of the text.
    """
    at_top = find_heading(body)
    if at_top is not None:
        heading = strip_heading(body[at_top].text)
        if not given or clean_title(heading).casefold() == clean_title(given).casefold():
            return given or heading, [*body[:at_top], *body[at_top + 1 :]]
    first = next((line for line in body if line.shape == "heading" and heading_level(line.text) == 1), None)
    return given or (strip_heading(first.text) if first else name), body


def _menu_settings(note: NoteFile) -> dict[str, Setting]:
    found = find_settings(split_lines(note.text)[0])
    settings = found.settings if isinstance(found, SettingsBlock) else ()
    return {english_key(setting.key): setting for setting in settings}


def _read_menu(
    path: str, setting: Setting | None, title: str, diagnostics: list[Diagnostic]
) -> tuple[Literal["", "masthead", "footer"], str]:
    """Return the menu that a page wants a link in, and the link's label."""
    if setting is None or setting.value.kind == "nothing":
        return "", ""
    if setting.value.kind != "text":
        hint = "the text is the link's label"
        diagnostics.append(_wrong(path, setting.value, "`menu` wants true, false, `footer`, or a text", hint))
        return "", ""
    written = " ".join(setting.value.text.split())
    if written.lower() in _NO:
        return "", ""
    if written.lower() == "footer":
        return "footer", title
    return "masthead", title if written.lower() in _MASTHEAD else written


def _read_order(path: str, setting: Setting | None, diagnostics: list[Diagnostic]) -> float:
    if setting is None or setting.value.kind == "nothing":
        return inf
    try:
        order = float(setting.value.text)
    except ValueError:
        order = inf
    if not isfinite(order):
        diagnostics.append(_wrong(path, setting.value, "`order` wants a number", "for example `order: 1`"))
        return inf
    return order


def _read_contents(path: str, setting: Setting | None, diagnostics: list[Diagnostic]) -> bool:
    """Return True if the page of a folder is the table of contents of the pages in it."""
    if setting is None or setting.value.kind == "nothing":
        return False
    written = setting.value.text.strip().lower() if setting.value.kind == "text" else setting.value.kind
    if PurePosixPath(path).stem.lower() != INDEX:
        hint = "move the list of pages to the `index.md` of their folder"
        diagnostics.append(_wrong(path, setting.value, "`contents` is for the `index.md` of a folder", hint))
        return False
    if written not in _NO | _YES:
        hint = "for example `contents: true`"
        diagnostics.append(_wrong(path, setting.value, "`contents` wants true or false", hint))
    return written in _YES


def _wrong(path: str, value: Value, message: str, hint: str) -> Diagnostic:
    return Diagnostic(path, value.line, value.column, "front-matter-value", message, hint)
