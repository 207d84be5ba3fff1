"""The folder of files that are copied to the site as they are: which there are, and which cannot be where they want to."""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from ..config import Config
from ..diagnostics import Diagnostic
from ..disk import read_chunks
from ..folders import find_files
from ..site import routes
from ..site_files import MANIFEST
from ..slugs import is_portable
from ..store.staging import STAGING

OVERRIDDEN = frozenset({"robots.txt", routes.LLMS, routes.MANIFEST})
"""The pages of the site that a public file replaces."""
INDEX_PAGE = "index.html"
_RENAME = "rename the file"
KEPT_FOLDERS = frozenset({"data", "files", "static"})
"""Folders of the site that are no pages themselves."""


class PublicFile(Struct, frozen=True):
    """A file to copy: its source below the project, and its stamp, by which a copy is known to be up to date."""

    source: str
    stamp: bytes

    @property
    def fingerprint(self) -> bytes:
        """The hash of its source and stamp."""
        return hashlib.blake2b(
            self.source.encode(errors="surrogateescape") + b"\0" + self.stamp, digest_size=16
        ).digest()


class PublicFiles(Struct, frozen=True):
    """The public files by their path on the site, and the problems with finding them."""

    files: Mapping[str, PublicFile]
    problems: tuple[Diagnostic, ...]

    @property
    def complete(self) -> bool:
        """False if a folder could not be read, so that its content is unknown."""
        return all(problem.code != "unreadable" for problem in self.problems)

    @property
    def state(self) -> bytes:
        """A hash that changes whenever a file comes, changes or goes."""
        hashed = hashlib.blake2b(digest_size=16)
        for path, file in self.files.items():
            hashed.update(path.encode(errors="surrogateescape") + b"\0" + file.stamp + b"\0")
        return hashed.digest()


def find_public(folder: Path, config: Config) -> PublicFiles:
    """Find the files in a project's public folder. None of them is read.

    The usual folder, `public`, may hold the site of another build: then there are none.
    """
    public = config.public_folder
    is_site = all(os.path.lexists(folder / public / name) for name in (MANIFEST, INDEX_PAGE))
    if is_site and not config.public:
        return PublicFiles({}, ())
    found = find_files(folder, public, hidden=True)
    prefix = f"{PurePosixPath(public)}/"
    files: dict[str, PublicFile] = {}
    problems = []
    for source, stamp in found.stamps.items():
        try:
            source.encode()
        except UnicodeEncodeError:
            problems.append(_problem("public-file", source, "the file's name is not UTF-8", "rename the file"))
            continue
        if any(unicodedata.category(char) == "Cc" for char in source):
            problems.append(
                _problem("public-file", source, "the file's name holds a control character", "rename the file")
            )
        else:
            files[source.removeprefix(prefix)] = PublicFile(source, stamp)
    for path in found.special:
        message = "this is a pipe, a socket or a device, and no file, and was left out"
        problems.append(_problem("public-file", path, message, "put a file here, or remove it"))
    problems += _find_unsafe(files)
    for path in found.outside:
        message = "this link leads out of the project and was left out"
        problems.append(_problem("outside-link", path, message, "put a copy of the file here"))
    problems += [
        _problem("unreadable", path, "what is here cannot be read", "make it readable") for path in found.unreadable
    ]
    return PublicFiles(files, tuple(problems))


def _find_unsafe(files: Mapping[str, PublicFile]) -> Iterator[Diagnostic]:
    """Warn of names that Windows cannot store, and of names that are one on systems which ignore case or normalisation."""
    known: dict[str, str] = {}
    for path, file in files.items():
        if not is_portable(path):
            message = "Windows cannot store a file of this name, so a copy of the site there lacks it"
            yield _problem("unsafe-name", file.source, message, _RENAME)
        same = known.setdefault(unicodedata.normalize("NFC", path).casefold(), file.source)
        if same != file.source:
            message = f"on systems that ignore case, this file and `{same}` are one"
            yield _problem("unsafe-name", file.source, message, _RENAME)


def read_own_redirects(folder: Path, config: Config) -> bytes:
    """Return the `_redirects` file among the public files, if the site has such a file itself."""
    file = find_public(folder, config).files.get(routes.REDIRECTS_FILE) if config.redirects_file else None
    try:
        return b"".join(read_chunks(folder, file.source)) if file else b""
    except OSError:  # it went away a moment ago
        return b""


def settle_public(
    public: PublicFiles, describe: Callable[[str], str | None]
) -> tuple[Mapping[str, PublicFile], tuple[Diagnostic, ...]]:
    """Leave out the files whose place the site needs itself; return the rest by path, and an error for each left out.

    A folder with an `index.html` at its top holds the site that another tool made there: all of it is left out, with one error.
    """
    if home := public.files.get(INDEX_PAGE):
        message = (
            "no public file was copied, since this one has the place of the home page, as in a site that a tool built"
        )
        return {}, (
            _problem("public-file", home.source, message, "set `public:` to the folder with files of your own"),
        )
    files: dict[str, PublicFile] = {}
    problems = []
    for path, file in public.files.items():
        if path == routes.REDIRECTS_FILE and describe(path):  # its lines are in the site's own file
            continue
        other = find_rival(path, describe)
        if other is None:
            files[path] = file
        else:
            message = f"this file was left out, since its place on the site, `{path}`, is taken by {other}"
            problems.append(_problem("public-file", file.source, message, "rename one of the two"))
    return files, tuple(problems)


def find_rival(path: str, describe: Callable[[str], str | None]) -> str | None:
    """Name what the site has at the place of a public file, above it or below it; return None if it has nothing there.

    `describe` names what the site has at a path. It has nothing that keeps one of `OVERRIDDEN` out.
    """
    if path in OVERRIDDEN:
        return None
    parts = path.split("/")
    if parts[0] in (MANIFEST, STAGING):
        return "the notes of builds"
    if path in KEPT_FOLDERS:
        return f"the folder `{path}/`"
    folders = ("/".join(parts[:n]) for n in range(1, len(parts)))
    for place in (_site_path(path), f"{path}/", *folders):
        if found := describe(place):
            return found
    return None


def _site_path(path: str) -> str:
    """Return the site path of a file: that of a page for its `index.html`."""
    folder, _, name = path.rpartition("/")
    return (f"{folder}/" if folder else "") if name == INDEX_PAGE else path


def describe_place(path: str, page: object, assets: Mapping[str, object], *, search: bool) -> str | None:
    """Name what the site has at a path: a page, a file of the theme or of the search index; None if it has nothing there."""
    if page is not None:
        return f"the page `/{path}`"
    if path in assets or (path.endswith("/") and any(asset.startswith(path) for asset in assets)):
        return f"the theme's `{path}`"
    if search and path.startswith(routes.SEARCH):
        return "the search index"
    return None


def _problem(code: str, path: str, message: str, hint: str) -> Diagnostic:
    name = path.encode(errors="surrogateescape").decode(errors="backslashreplace")
    return Diagnostic(name, 0, 0, code, message, hint)
