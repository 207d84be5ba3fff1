"""The files of a site -> its service worker, which keeps pages in the reader's browser to read without a connection.

The worker is the theme's script with a line before it that names the files to keep ahead. It holds a hash of their content, so it changes
exactly if one of these files does. A site that keeps nothing has a worker too, which removes what an earlier one kept.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping

import msgspec

from . import routes
from .scripts import strip_comments
from .views import Site

WORKER = "worker/worker.js"
FAREWELL = "worker/farewell.js"
"""The scripts by their name in the theme."""

_SHELL = re.compile(r"static/(?:css/[^/]+\.css|js/(?!search)[^/]+\.js|js/search-start\.[^/]+\.js|favicon\.[^/]+\.svg)")
"""The static files that pages need without search. Others, such as fonts and pictures, are kept when a page has used them."""
_SEARCH = re.compile(r"static/js/search(?!-start).*\.js|search/[dgn]\d+\.[^/]+\.bin")
"""What the first search needs besides its page: scripts, dictionaries, and tables of documents and groups."""
_FOLDERS = ("static/", "search/")
"""The folders of both. Most files of a site are in neither."""


def write_worker(
    site: Site, theme: Mapping[str, bytes], paths: Iterable[str], days: Iterable[str], hash_of: Callable[[str], bytes]
) -> bytes:
    """Write the service worker of a site.

    `paths` are the files of the site, relative to the output folder, and `days` the site paths of the newest days. `hash_of` returns
    the hash of a file's bytes by its path.
    """
    if not site.offline:
        return _join({"root": site.root}, theme[FAREWELL])
    known = sorted([path for path in paths if path.startswith(_FOLDERS)])
    pages = [routes.HOME, *days]
    shell = [path for path in known if _SHELL.fullmatch(path)]
    search = [path for path in known if _SEARCH.fullmatch(path)] if site.search else []
    if site.search:
        pages.append(routes.SEARCH)
        search.append(routes.SEARCH_INDEX)
    version = hashlib.blake2b(digest_size=10)
    for path in (routes.OFFLINE, *shell, *pages, *search):
        version.update(path.encode() + b"\0" + hash_of(routes.file_of(path)))
    build = {
        "version": version.hexdigest(),
        "root": site.root,
        "offline": routes.address(site.root, routes.OFFLINE),
        "manifest": site.places.manifest,
        "shell": [routes.address(site.root, path) for path in shell],
        "pages": [routes.address(site.root, path) for path in pages],
        "search": [routes.address(site.root, path) for path in search],
    }
    return _join(build, theme[WORKER])


def _join(build: Mapping[str, object], script: bytes) -> bytes:
    return b"self.BUILD = " + msgspec.json.encode(build) + b";\n" + strip_comments(script.decode()).encode()
