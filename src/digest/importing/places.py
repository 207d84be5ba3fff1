"""The notes and files of a site, and the addresses that its pages had -> where a link in a text leads."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from posixpath import dirname, normpath, relpath
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from .attachments import FOLDER
from .imported import Attachment, LeftOut, Source
from .markdown import file_link
from .pages import ENDINGS, Page
from .prose import outside_formulas

REF = "ref:"
"""The beginning of a target that names a page by its file, as Hugo's `ref` and Jekyll's `post_url` do."""

_INLINE = re.compile(
    r"(?P<before>\]\(\s*)(?P<target><[^<>\n]+>|[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*)(?P<after>(?:\s+(?:\"(?:\\.|[^\"\\])*\"|'[^'\n]*'))?\s*\))"
)
_ATTRIBUTE = re.compile(
    r"(?P<before><(?:img|a|video|audio|source|embed|iframe)\b[^<>]*?\s(?:src|href)\s*=\s*[\"'])(?P<target>[^\"'<>]+)(?P<after>[\"'])",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"(?P<before>^[ \t]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)(?P<target><[^<>\n]+>|\S+)(?P<after>)", re.MULTILINE
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PICTURE = re.compile(
    r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?|heic|mp4|webm|mov|mp3|wav|ogg|m4a|pdf|ipynb|csv|zip)$", re.IGNORECASE
)


class Site(Struct, frozen=True):
    """A site as its links see it.

    `notes` are the paths of notes below the notes folder, by the paths of their pages in the source; `addresses` lead from old
    addresses, without the `/` at their ends, to pages in the source. A path that begins with `/` is looked for in each of the
    folders `roots`. `base` is the address of the site, such as `https://a.example/blog/`. `by_name` are files and pages that are
    found by their names alone, in lower case, as Obsidian does it. `withheld` are files that the site doesn't publish,
    and `names` is what `index_names` returns for the pages.
    """

    source: Source
    notes: Mapping[str, str]
    addresses: Mapping[str, str]
    roots: Sequence[str] = ("",)
    base: str = ""
    by_name: Mapping[str, str] = {}
    withheld: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, ...]] = {}

    def may_copy(self, path: str) -> bool:
        """Return True for a file of the source that notes may show. A page is none: the author may have hidden it."""
        return path not in self.withheld and not path.lower().endswith(ENDINGS)

    def note_at(self, address: str) -> str | None:
        """Return the page in the source that had an address on the site, which begins with `/`."""
        return self.addresses.get(trim_address(address))

    def strip_base(self, target: str) -> str | None:
        """Return the address on the site that a target with a host or with the path of the site names, else None."""
        host, path = urlsplit(self.base).netloc, urlsplit(self.base).path.rstrip("/")
        if target.startswith(("http://", "https://", "//")):
            parts = urlsplit(target)
            if not host or parts.netloc != host:
                return None
            rest = f"?{parts.query}" if parts.query else ""
            target = f"{parts.path or '/'}{rest}{f'#{parts.fragment}' if parts.fragment else ''}"
        if path and (target == path or target.startswith((f"{path}/", f"{path}#"))):
            return target.removeprefix(path) or "/"
        return target if target.startswith("/") else None


def trim_address(address: str) -> str:
    """Return an address in the one form in which addresses are compared: without escapes, `index.html` and the last `/`."""
    path = re.sub(r"/index\.html?$", "", unquote(address)).rstrip("/")
    return path or "/"


class Finder(Struct):
    """Finds the targets of one page. It gathers the files that the page shows, and reports targets that are not there.

    `missing` are the names of those targets, in lower case.
    """

    site: Site
    page: Page
    note: str
    address: str = ""
    bases: Sequence[str] = ()
    attachments: dict[str, Attachment] = {}
    left_out: list[LeftOut] = []
    missing: set[str] = set()

    def lead(self, text: str) -> str:
        """Return a text whose links lead to notes and to copies of files."""

        def replace(found: re.Match[str]) -> str:
            target = found["target"].strip("<> ")
            is_shown = found["before"].lower().startswith(("<img", "<video", "<audio", "<source"))
            new = self.find(target, is_shown=is_shown or _ends_image(found))
            return found[0] if new is None else f"{found['before']}{new}{found['after']}"

        def rewrite(piece: str) -> str:
            for pattern in (_INLINE, _ATTRIBUTE, _DEFINITION):
                piece = pattern.sub(replace, piece)
            return piece

        return outside_formulas(text, rewrite)

    def find(self, target: str, *, is_shown: bool = False) -> str | None:
        """Return the new target, or None to leave it as it is."""
        if target.startswith(REF):
            return self._find_page(target.removeprefix(REF))
        on_site = self.site.strip_base(target)
        if on_site is None and (target.startswith(("#", "//")) or _SCHEME.match(target) or not target):
            return None
        written = on_site or target
        path, mark, rest = _cut(written)
        if page := self._find_note(path):
            return self.path_to(page) + (mark + rest if mark == "#" else "")
        if place := self._find_file(path):
            return self.copy(place) + (mark + rest if mark == "#" else "")
        if is_shown or _PICTURE.search(path):
            self.report(f"a file that is not in the source: {unquote(path)}", target)
        elif on_site is None and not target.startswith("/") and path:
            self.report(f"a link to a page that is not in the source: {unquote(path)}", target)
        return written if written != target else None

    def path_to(self, page: str) -> str:
        """Return the path from this note to that of another page."""
        return file_link(relpath(self.site.notes[page], dirname(self.note) or "."))

    def copy(self, place: str) -> str:
        """Return the path from this note to the copy of a file of the source."""
        target = f"{FOLDER}/{place}"
        self.attachments[place] = Attachment(place, target)
        return file_link(relpath(target, dirname(self.note) or "."))

    def report(self, reason: str, words: str, name: str = "") -> None:
        """Report a target, which may have a name, at the line on which some words stand."""
        self.missing.add(unquote(name or words).rpartition("/")[2].strip().casefold())
        self.left_out.append(LeftOut(self.page.path, self.page.line_of(words), reason))

    def _find_note(self, path: str) -> str | None:
        plain = unquote(path)
        if not path.startswith("/"):
            near = normpath(PurePosixPath(dirname(self.page.path), plain).as_posix())
            for name in (near, f"{near}.md", f"{near}/index.md", f"{near}/_index.md"):
                if name in self.site.notes:
                    return name
            path = urljoin(self.address or "/", path)
        for root in self.site.roots:
            name = normpath(PurePosixPath(root, plain.lstrip("/")).as_posix())
            if name in self.site.notes:
                return name
        named = self.site.by_name.get(plain.rpartition("/")[2].casefold(), "")
        return self.site.note_at(path) or (named if named in self.site.notes else None)

    def _find_file(self, path: str) -> str | None:
        plain = unquote(path)
        tries: list[str] = []
        if not path.startswith("/"):
            tries += [PurePosixPath(base, plain).as_posix() for base in (dirname(self.page.path), *self.bases)]
            # A browser asks for it from the address of the page.
            from_page = unquote(urljoin(self.address or "/", path))
            tries += [PurePosixPath(root, from_page.lstrip("/")).as_posix() for root in self.site.roots]
        roots = (*self.bases, *self.site.roots)
        tries += [PurePosixPath(root, plain.lstrip("/")).as_posix() for root in roots]
        found = next((place for place in map(normpath, tries) if self.site.source.has(place)), None)
        found = found or self.site.by_name.get(plain.rpartition("/")[2].strip().casefold())
        return found if found and self.site.may_copy(found) else None

    def _find_page(self, written: str) -> str:
        """Return the target for a page that is named by its file, or its name if there is no such page."""
        path, mark, rest = _cut(written)
        end = mark + rest if mark == "#" else ""
        if not path:
            return end
        names = find_names(self.site, path, dirname(self.page.path))
        if names:
            return self.path_to(names[0]) + end
        self.report(f"a link to a page that is not in the source: {path}", path)
        return file_link(path) + end


def index_names(pages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return pages by their names in lower case, without endings; that of an index is the name of its folder."""
    found: dict[str, list[str]] = {}
    for page in sorted(pages, key=lambda page: (page.count("/"), page)):
        found.setdefault(_stem(page).rpartition("/")[2], []).append(page)
    return {name: tuple(listed) for name, listed in found.items()}


def find_names(site: Site, path: str, folder: str) -> Sequence[str]:
    """Return the pages that a path names: from a folder, from the roots of the site, or by its end, with or without `.md`."""
    plain = path.strip("/").removesuffix("/_index.md").removesuffix("/index.md")
    exact = [path.strip("/"), *(f"{plain}{end}" for end in ("", ".md", ".markdown", "/index.md", "/_index.md"))]
    places = (normpath(PurePosixPath(base, name).as_posix()) for base in (folder, *site.roots) for name in exact)
    if found := list(dict.fromkeys(place for place in places if place in site.notes)):
        return found
    stem = _stem(path.strip("/"))
    named = site.names.get(stem.rpartition("/")[2], ())
    return [page for page in named if f"/{_stem(page)}".endswith(f"/{stem}")]


def _stem(page: str) -> str:
    """Return the path of a page in lower case, without its ending and the name of an index."""
    path = unicodedata.normalize("NFC", page).casefold()
    stem = path.rpartition(".")[0] if path.endswith(ENDINGS) else path
    return re.sub(r"/_?index$", "", stem)


def find_unnamed(files: Iterable[str], named: Iterable[str], reason: str) -> list[LeftOut]:
    """Return a report of each file that no note shows."""
    return [LeftOut(path, 0, reason) for path in sorted(set(files) - set(named))]


def _cut(target: str) -> tuple[str, str, str]:
    """Return the path of a target, and the first `?` or `#` with the text behind it."""
    path, mark, rest = target.partition("#")
    path, query, _ = path.partition("?")
    return path, mark or ("?" if query else ""), rest


def _ends_image(found: re.Match[str]) -> bool:
    """Return True if the bracket before a target closes the words of an image."""
    if not found["before"].startswith("]"):
        return False
    depth = 0
    text = found.string
    for at in range(found.start(), max(found.start() - 1_000, -1), -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if not depth:
            return text[at - 1 : at] == "!"
    return False
