"""Symbolic references and ids in a rendered text -> addresses of the site.

An entry's text is rendered once, without knowing the archive. Where it refers to anything of the site, the HTML holds a
symbolic address (`ref:arxiv:2305.10403`, `ref:note:Grok-1`, `ref:file:img/a.png`), and its ids are symbolic too, because
several entries may stand on one page. Resolving replaces all of them, so that none ever reaches a page.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Literal
from urllib.parse import quote, unquote

from markupsafe import Markup
from msgspec import Struct

from ..model import Fragment, Reference
from .anchors import find_heading
from .markup import trusted
from .targets import Media, media_of


class ResolvedReference(Struct, frozen=True):
    """The place that a reference leads to.

    `label`, if given, replaces words that only repeat a wikilink's target. `excerpt` is shown for an embed. Both are plain text
    or safe HTML.
    """

    url: str
    label: str = ""
    excerpt: str = ""


class ResolvedFile(Struct, frozen=True):
    """A file of the site: its address, its size in pixels where it has one, and how it is shown.

    Without `media` the ending of the author's name for it decides.
    """

    url: str
    width: int = 0
    height: int = 0
    media: Media | None = None


Resolver = Callable[[Reference], ResolvedReference | ResolvedFile | None]

REFERENCE_LINK = re.compile(
    r'<a class="ref( embed)?" href="ref:(arxiv|note|file|address):([^"#]*)(?:#([^"]*))?">(.*?)</a>', re.DOTALL
)
_FILE = re.compile(
    r'<img class="file" src="ref:file:([^"#]*)(?:#[^"]*)?" alt="([^"]*)"(?: width="(\d+)")?(?: height="(\d+)")?>'
)
_PLACE = re.compile(r'(<[a-z0-9]+(?: class="[^"]*")?) (id|href)="#?ref:here:([^"]*)"')
_SPAN_WITH_ID = re.compile(r'<span id="ref:here:[^"]*">|<span\b|</span>')
VERSION = re.compile(r"v\d+$")


def reference_tag(reference: Reference, *, version: str = "", embed: bool = False) -> str:
    """Return the start tag of a symbolic reference, which `resolve_references` knows how to replace."""
    address = f"ref:{reference.kind}:{quote(reference.target, safe='/')}{version}"
    part = f"#{quote(reference.part)}" if reference.part else ""
    return f'<a class="ref{" embed" if embed else ""}" href="{address}{part}">'


def file_tag(reference: Reference, alt: str, *, width: str = "", height: str = "") -> str:
    """Return the element of a symbolic file that is shown in its place."""
    size = "".join(f' {name}="{value}"' for name, value in (("width", width), ("height", height)) if value)
    return f'<img class="file" src="ref:file:{quote(reference.target, safe="/")}" alt="{escape(alt)}"{size}>'


def place(anchor: str, attribute: Literal["id", "href"]) -> str:
    """Return an attribute that names, or leads to, a place in the same text."""
    return f' {attribute}="{"#" if attribute == "href" else ""}ref:here:{escape(anchor)}"'


def resolve_references(
    fragment: Fragment, resolve: Resolver, *, prefix: str = "", page: str = "", ids: bool = True
) -> Markup:
    """Return a fragment's HTML with every symbolic reference and id resolved.

    A known paper leads to its entry, with its arXiv address beside it; an unknown one leads to arXiv. A reference to an
    unknown note or file is no link, and its class says so.

    `prefix` begins the ids, so that texts on one page have different ones. `page` is the address of the page with the
    ids, if it isn't this one. Without `ids`, as in feeds, the text has none.
    """
    html = fragment.html
    anchors = frozenset(fragment.anchors)
    if fragment.references:

        def write_link(match: re.Match[str]) -> str:
            target, part = unquote(match[3]), unquote(match[4] or "")
            if match[2] == "arxiv":
                return _paper_link(target, match[5], resolve)
            if not target:
                anchor = find_heading(anchors, part)
                known = ResolvedReference(f"{page}#{prefix}{anchor}") if anchor else None
                return _note_link(Reference("note", "", part), match[5], known, embed=False)
            if match[2] == "note":
                reference = Reference("note", target, part)
                resolved = resolve(reference)
                if isinstance(resolved, ResolvedFile):
                    return _file_link(reference, match[5], resolved)
                return _note_link(reference, match[5], resolved, embed=bool(match[1]))
            if match[2] == "address":
                return _address_link(Reference("address", target, part), match[5], resolve)
            reference = Reference("file", target, part)
            return _file_link(reference, match[5], resolve(reference))

        html = REFERENCE_LINK.sub(write_link, html)
        html = _FILE.sub(lambda match: _file(match, resolve), html)
    if fragment.anchors and not ids:
        html = _unwrap(html)
    if fragment.anchors:

        def write_place(match: re.Match[str]) -> str:
            if match[2] == "href":
                return f'{match[1]} href="{escape(page)}#{prefix}{match[3]}"'
            return f'{match[1]} id="{prefix}{match[3]}"' if ids else match[1]

        html = _PLACE.sub(write_place, html)
    return trusted(html)


def _unwrap(html: str) -> str:
    """Remove the elements that only hold an id, and keep what is inside."""
    opened: list[bool] = []

    def write(match: re.Match[str]) -> str:
        if match[0] != "</span>":
            opened.append(match[0].startswith("<span id="))
            return "" if opened[-1] else match[0]
        return "" if opened and opened.pop() else match[0]

    return _SPAN_WITH_ID.sub(write, html)


def _paper_link(target: str, label: str, resolve: Resolver) -> str:
    outside = f"https://arxiv.org/abs/{escape(target)}"
    resolved = resolve(Reference("arxiv", VERSION.sub("", target)))
    if not isinstance(resolved, ResolvedReference):
        return f'<a class="ref" href="{outside}">{label}</a>'
    return (
        f'<a class="ref" href="{escape(resolved.url)}">{label}</a>'
        f'\u00a0<a class="ref-out" href="{outside}" aria-label="arXiv.org: {escape(target)}">arXiv</a>'
    )


def _note_link(reference: Reference, label: str, resolved: ResolvedReference | None, *, embed: bool) -> str:
    if resolved is None:
        return f'<span class="ref-missing">{label}</span>'
    if resolved.label and label == escape(reference.target, quote=False):
        label = _written(resolved.label)
    link = f'<a class="ref" href="{escape(resolved.url)}">{label}</a>'
    if embed and resolved.excerpt:
        return f'<span class="embed">{link} <span class="excerpt">{_written(resolved.excerpt)}</span></span>'
    return link


def _written(words: str) -> str:
    return words if isinstance(words, Markup) else escape(words, quote=False)


def _address_link(reference: Reference, label: str, resolve: Resolver) -> str:
    """Return a link to an address of the site. An unknown one with a host stays a link: something else may be there."""
    resolved = resolve(reference)
    if isinstance(resolved, ResolvedReference):
        return f'<a class="ref" href="{escape(resolved.url)}">{label}</a>'
    if resolved is None and not reference.target.startswith("/"):
        part = f"#{quote(reference.part)}" if reference.part else ""
        return f'<a href="{escape(reference.target)}{part}">{label}</a>'
    return _file_link(reference, label, resolved)


def _file_link(reference: Reference, label: str, resolved: ResolvedReference | ResolvedFile | None) -> str:
    if resolved is None:
        return f'<span class="ref-missing">{label}</span>'
    if resolved.url.endswith(".svg"):  # opened by itself, it could run scripts
        return label
    part = f"#{quote(reference.part, safe='=&,')}" if reference.part else ""
    return f'<a class="file" href="{escape(resolved.url)}{part}">{label}</a>'


def _file(match: re.Match[str], resolve: Resolver) -> str:
    target, alt = unquote(match[1]), match[2]
    resolved = resolve(Reference("file", target))
    name = alt or escape(target.rpartition("/")[2])
    if not isinstance(resolved, ResolvedFile):
        return f'<span class="ref-missing">{escape(unescape(name), quote=False)}</span>'
    url = escape(resolved.url)
    width, height = _size(resolved, int(match[3] or 0), int(match[4] or 0))
    size = f' width="{width}"' * bool(width) + f' height="{height}"' * bool(height)
    match resolved.media or media_of(target):
        case "image":
            return f'<img src="{url}" alt="{alt}"{size} loading="lazy" decoding="async">'
        case "video":
            return f'<video src="{url}" aria-label="{name}"{size} controls preload="metadata"></video>'
        case "audio":
            return f'<audio src="{url}" aria-label="{name}" controls preload="none"></audio>'
    return f'<a class="file" href="{url}">{escape(unescape(name), quote=False)}</a>'


def _size(file: ResolvedFile, width: int, height: int) -> tuple[int, int]:
    """Return the size to show a file at: as the author says, the other side in proportion, else its own."""
    if not (file.width and file.height):
        return width, height
    if width and not height:
        height = max(1, round(file.height * width / file.width))
    elif height and not width:
        width = max(1, round(file.width * height / file.height))
    return (width, height) if width else (file.width, file.height)
