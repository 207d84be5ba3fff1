"""The text of a page of the author's own -> its headings, and the list of pages that a table of contents holds."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct

from ..archive.archive import Record
from ..model import Fragment, Reference
from ..text.fragment import REFERENCE_LINK
from ..text.markup import trusted
from . import routes
from .recipes import Targets

FEWEST = 3
"""A text with fewer headings has no outline."""
MOST = 24
"""A text with more headings has an outline of the upper level only."""

_HEADING = re.compile(r'<h([23]) id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TITLE = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_ITEM = re.compile(rf"<li>(?:<p>)?(?={REFERENCE_LINK.pattern})", re.DOTALL)
_STEP = re.compile(rf"{_TITLE.pattern}|{_ITEM.pattern}", re.DOTALL)
_MARKS = re.compile(r"<annotation\b.*?</annotation>|<(?!/?code>)[^>]*>", re.DOTALL)


class Heading(Struct, frozen=True):
    """A heading of a page with its id, and the headings of the next level below it."""

    label: Markup
    anchor: str
    below: tuple["Heading", ...] = ()


class ContentsPage(Struct, frozen=True):
    """A page in a table of contents. `label` are the words by which the table links to it."""

    label: Markup
    url: str


class ContentsGroup(Struct, frozen=True):
    """Pages that stand below one heading of a table of contents. `label` is empty if they stand above the first."""

    label: Markup
    pages: tuple[ContentsPage, ...]


def find_headings(html: str) -> tuple[Heading, ...]:
    """Return the outline of a page's text, whose headings begin at the second level; empty if it has few."""
    found = [(int(match[1]), Heading(_label(match[3]), unescape(match[2]))) for match in _HEADING.finditer(html)]
    if len(found) < FEWEST:
        return ()
    outline: list[tuple[Heading, list[Heading]]] = []
    for level, heading in found:
        if level == 2 or not outline:
            outline.append((heading, []))
        elif len(found) <= MOST:
            outline[-1][1].append(heading)
    return tuple(Heading(heading.label, heading.anchor, tuple(below)) for heading, below in outline)


def read_contents(table: Fragment, targets: Targets, root: str) -> tuple[ContentsGroup, ...]:
    """Return the pages that the items of a text's lists begin with, in order and each once, by the headings above them.

    `targets` are the targets of the text's references, and `root` precedes site paths.
    """
    ends = {reference: target for reference, target in targets if isinstance(target, Record) and target.card.page}
    groups: list[tuple[Markup, list[ContentsPage]]] = [(trusted(""), [])]
    known: set[str] = set()
    for label, reference, words in _steps(table.html):
        end = ends.get(reference) if reference else None
        if reference is None:
            groups.append((_label(label), []))
        elif end is not None and not reference.part and end.id not in known:
            known.add(end.id)
            title = trusted(end.card.title_html) if words == reference.target else _label(words)
            groups[-1][1].append(ContentsPage(title, routes.address(root, routes.path_of(end))))
    return tuple(ContentsGroup(label, tuple(pages)) for label, pages in groups if pages)


def _steps(html: str) -> Iterator[tuple[str, Reference | None, str]]:
    """Yield each heading, and each item of a list that begins with a link to a note: its reference and its words."""
    for match in _STEP.finditer(html):
        if match[1] is not None:
            yield match[1], None, ""
        elif match[3] in ("note", "address"):
            target, part = unquote(match[4]), unquote(match[5] or "")
            yield "", Reference("note" if match[3] == "note" else "address", target, part), match[6]


def _label(html: str) -> Markup:
    """Return the words of a heading or a link with marks of code alone: it becomes a link itself."""
    return trusted(_MARKS.sub("", html).strip())
