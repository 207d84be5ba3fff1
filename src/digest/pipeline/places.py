"""A note's text -> the places of the links in it, by what they refer to."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from msgspec import Struct

from ..archive.names import parts_of
from ..model import Reference
from ..notes.fences import CodeSpans, split_raw
from ..text.targets import local_reference, own_address, wikilink_reference
from ..urls import find_urls

_LINK = re.compile(
    r"""(?P<wikilink>!?\[\[)(?P<name>[^\[\]|\n]+)"""
    r"""|\]\([^\S\n]*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))+))"""
    r"""|\b(?:src|href)=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'>]+))"""
    r"""|^[ ]{0,3}\[[^\]\n]+\]:[^\S\n]*<?(?P<defined>[^\s>]+)"""
)
_TICKS = re.compile("`+")
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

Key = tuple[str, str, str]
"""What references are compared by: kind, target and part."""


class Place(Struct, frozen=True):
    """A link in a note file: where it begins, and how it is written."""

    line: int
    column: int
    written: str
    is_wikilink: bool


def find_places(text: str, base_url: str) -> dict[Key, list[Place]]:
    """Find all links of a note that lead into the site, outside code, by what they refer to."""
    places: dict[Key, list[Place]] = defaultdict(list)
    for number, line in prose_lines(text):
        starts: set[int] = set()
        for start, written, reference, is_wikilink in _links_on(line, base_url) if "[" in line or "=" in line else ():
            starts.add(start)
            places[key_of(reference)].append(Place(number, start + 1, written, is_wikilink))
        for start, _, url in find_urls(line) if base_url and base_url in line else ():
            if start not in starts and (own := own_address(url, base_url)):
                places[key_of(own)].append(Place(number, start + 1, url, is_wikilink=False))
    return places


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a note outside code, each with its number from 1. Spaces replace code inside a line."""
    fence = ""
    for number, line in enumerate(split_raw(text), start=1):
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
        elif not fence:
            yield number, _blank_code(line) if "`" in line else line


def _blank_code(line: str) -> str:
    """Replace the inline code of a line with spaces, so that columns stay."""
    spans, parts, place = CodeSpans(line), list[str](), 0
    while ticks := _TICKS.search(line, place):
        end = spans.close(ticks.start(), ticks.end())
        parts += [line[place : ticks.start()], " " * (end - ticks.start()) if end else ticks[0]]
        place = end or ticks.end()
    return "".join([*parts, line[place:]])


def destinations_on(line: str) -> Iterator[tuple[int, str]]:
    """Yield the column (from 0) and the destination of each Markdown link and each `src` or `href` of HTML on a line."""
    for link in _LINK.finditer(line):
        if not link["wikilink"] and (written := _destination(link)):
            yield line.index(written, link.start()), _unescape(written)


def key_of(reference: Reference) -> Key:
    """Return what references are compared by; the part of a file is no part of what is looked for."""
    match reference.kind:
        case "file":
            target, part = reference.target, ""
        case "address":
            target, part = unquote(reference.target), reference.part
        case _:
            target, part = parts_of(reference)
    return reference.kind, unicodedata.normalize("NFC", target), unicodedata.normalize("NFC", part)


def _links_on(line: str, base_url: str) -> Iterator[tuple[int, str, Reference, bool]]:
    for link in _LINK.finditer(line):
        if link["wikilink"]:
            reference, written, mark = wikilink_reference(link["name"]), f"[[{link['name']}]]", "[["
        else:
            written = mark = _destination(link)
            destination = _unescape(written)
            reference = own_address(destination, base_url) or local_reference(destination)
        if reference:
            yield line.index(mark, link.start()), written, reference, bool(link["wikilink"])


def _unescape(written: str) -> str:
    return unescape(_ESCAPE.sub(r"\1", written))


def _destination(link: re.Match[str]) -> str:
    return next((link[name] for name in ("angled", "plain", "double", "single", "bare", "defined") if link[name]), "")
