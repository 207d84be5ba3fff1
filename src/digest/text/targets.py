"""The destination of a link or an image -> what it names of the author's own: a note, a file or an address of the site."""

import re
from typing import Literal
from urllib.parse import unquote

from ..model import Reference

Media = Literal["image", "video", "audio", "document"]

_ENDINGS: dict[Media, str] = {
    "image": "apng avif bmp gif heic ico jfif jpeg jpg png svg tif tiff webp",
    "video": "m4v mkv mov mp4 ogv webm",
    "audio": "aac flac m4a mp3 oga ogg opus wav",
    "document": "bib bz2 c cpp csv docx epub gz hwp hwpx ipynb json jsonl key npy npz numbers odp ods odt pages parquet pdf "
    "pkl ppt pptx ps py r rtf sh sql tar tex toml tsv xls xlsx yaml yml zip",
}
_REFUSED = frozenset(
    [
        "apk",
        "bat",
        "cgi",
        "cmd",
        "css",
        "dll",
        "dmg",
        "exe",
        "htm",
        "html",
        "hta",
        "jar",
        "js",
        "jse",
        "jsp",
        "mht",
        "mhtml",
        "mjs",
        "msi",
        "php",
        "ps1",
        "scr",
        "shtml",
        "swf",
        "vbs",
        "wasm",
        "xht",
        "xhtml",
        "xml",
        "xsl",
        "xslt",
    ]
)
"""Endings of files that a browser or a system would run, or that could run scripts with the site's rights."""
_MEDIA: dict[str, Media] = {ending: media for media, endings in _ENDINGS.items() for ending in endings.split()}
_NOTE_ENDING = re.compile(r"\.(?:md|markdown|txt)$", re.IGNORECASE)
OUTSIDE = re.compile(r"https?://[^/\s]|mailto:[^\s]", re.IGNORECASE)
"""The beginning of an address that a text may lead to: browsers read `https:x` as a path of the site."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\")
_LIQUID_PATH = re.compile(
    r"""\{\{-?\s*["']([^"'\n]+)["']\s*(?:\|[^{}\n]*)?\}\}|(?:\{\{\s*site\.(?:base)?url\s*\}\})+(/[^{}\n]*)"""
    r"""|\{%-?\s*(?:link|post_url)\s+([^\s%{}]+)\s*-?%\}"""
)
_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?")


def media_of(path: str) -> Media | None:
    """Return what a file is by the ending of its name, or None if the ending is no file's."""
    return _MEDIA.get(_ending(path))


def is_refused(path: str) -> bool:
    """Return True for a file that is not published: a browser or a system would run it."""
    return _ending(path) in _REFUSED


def _without_liquid(destination: str) -> str:
    """Return the path in an address as Jekyll's Liquid writes it: `{{ '/a.png' | relative_url }}`, `{{ site.baseurl }}/a.png`."""
    if "{" not in destination:
        return destination
    match = _LIQUID_PATH.fullmatch(destination.strip())
    if match is None:
        return destination
    return match[1] or match[2] or (match[3] if _NOTE_ENDING.search(match[3]) else f"{match[3]}.md")


def _ending(path: str) -> str:
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if name and dot else ""


def local_reference(destination: str) -> Reference | None:
    """Return what a Markdown destination refers to, or None if it is no path of the author's own.

    `#heading`, a path that ends as notes do and one with folders but no ending are notes; a path that ends as files do is
    a file. Any other path from the root, such as `/feed.xml` or `/search/?q=moe`, is an address of the site. `f[i](x)` is
    none of them.
    """
    destination = _without_liquid(destination)
    if not destination or _SCHEME.match(destination) or "\n" in destination:
        return None
    path, _, part = (unquote(piece) for piece in destination.partition("#"))
    path, query, _ = (piece.strip() for piece in path.partition("?"))
    if media_of(path) or (is_refused(path) and "." in path and not path.startswith("/")):
        return Reference("file", path, part)
    if not path:
        return Reference("note", "", part) if part else None
    has_ending = "." in path.rpartition("/")[2].strip(".")
    if path.startswith("/") and (query or (has_ending and not _NOTE_ENDING.search(path))):
        return Reference("address", destination.partition("#")[0].strip(), part)
    if _NOTE_ENDING.search(path) or (path.startswith(("/", "./", "../")) and not has_ending):
        return Reference("note", path, part)
    return None


def own_address(url: str, base_url: str) -> Reference | None:
    """Return an absolute address as a reference if it lies under the `base_url` of the site; otherwise None."""
    if not base_url or not url.startswith(base_url):
        return None
    address, _, part = url.partition("#")
    return Reference("address", address, unquote(part))


def wikilink_reference(target: str) -> Reference | None:
    """Return what stands before the `|` of a wikilink as a reference, or None if it names nothing."""
    name, mark, part = (piece.strip() for piece in target.partition("#"))
    if media_of(name):
        return Reference("file", name, part)
    if mark and name and not part:  # `C#`
        name += mark
    name = _NOTE_ENDING.sub("", name)
    return Reference("note", name, part) if name or part else None


def split_size(label: str) -> tuple[str, str, str]:
    """Split a label such as `caption|300x200` into the words, the width and the height, as Obsidian reads it."""
    words, bar, size = label.rpartition("|")
    match = _SIZE.fullmatch(size.strip())
    if match is None or not (bar or not words):
        return label.strip(), "", ""
    return words.strip(), match[1], match[2] or ""
