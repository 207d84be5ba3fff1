"""Print what Zotero saves of the pages of a built site, field by field.

    python bench/zotero.py my-digest/site [PATH …] [--server http://127.0.0.1:1969]

It needs Zotero's translation server, which runs the translators that Zotero itself runs: see
https://github.com/zotero/translation-server. Its address may also be in `ZOTERO_SERVER`. The site is served on the loopback
interface meanwhile. Without paths, the pages are the newest one of each sort: a paper on arXiv, a paper with another link and one
without, a model, a note, and the newest day.
"""

import argparse
import json
import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import Request, urlopen

TIMEOUT = 60
UNTOLD = ("key", "version", "accessDate")
"""Fields that say nothing of the page."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class has
        """Write nothing."""


def choose_pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of the newest page of each sort, as far as the site has them."""
    entries = json.loads((site / "data/entries.json").read_bytes())["entries"]
    sorts = {
        "a paper on arXiv": lambda entry: entry["kind"] == "paper" and "arxiv.org/" in (entry["link"] or ""),
        "a paper with another link": lambda entry: (
            entry["kind"] == "paper" and "arxiv.org/" not in (entry["link"] or "arxiv.org/")
        ),
        "a paper without a link": lambda entry: entry["kind"] == "paper" and not entry["link"],
        "a model": lambda entry: entry["kind"] == "model",
        "a note": lambda entry: entry["kind"] == "note" and not entry["link"],
    }
    for name, belongs in sorts.items():
        if entry := next(filter(belongs, entries), None):
            yield name, page_of(site, entry["url"])
    if dated := next((entry for entry in entries if entry["date"]), None):
        yield "a day", dated["date"].replace("-", "/") + "/"


def page_of(site: Path, url: str) -> str:
    """Return the path of a page below the site's folder, whatever its base path is."""
    parts = unquote(urlsplit(url).path).strip("/").split("/")
    places = ("/".join(parts[number:]) for number in range(len(parts)))
    return next(place for place in places if (site / place / "index.html").is_file()) + "/"


def save(server: str, address: str) -> Any:
    """Return the items that the translation server makes of a page, or those among which it asks its user to choose."""
    request = Request(f"{server}/web", data=address.encode(), headers={"Content-Type": "text/plain"})
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:
            return json.load(answer)
    except HTTPError as error:
        if error.code != 300:
            raise
        return json.load(error)


def describe(saved: Any) -> Iterator[str]:
    """Yield the lines that show what was saved."""
    if isinstance(saved, dict):
        yield f"  a choice of {len(saved['items'])}:"
        yield from (f"    {title}" for title in saved["items"].values())
        return
    for item in saved:
        for field, value in item.items():
            if value and field not in UNTOLD:
                names = value if isinstance(value, str) else "; ".join(map(creator, value))
                yield f"  {field:<16} {names}"


def creator(names: dict[str, str]) -> str:
    """Return a creator as the parts that Zotero has."""
    return names.get("name") or f"{names.get('lastName', '')} | {names.get('firstName', '')}"


def main() -> int:
    """Serve the site and print what is saved of its pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="pages, such as 2024/03/19/grok-1/")
    parser.add_argument("--server", default=os.environ.get("ZOTERO_SERVER", "http://127.0.0.1:1969"))
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address at which the translation server finds this machine"
    )
    options = parser.parse_intermixed_args()
    pages = [(path, path) for path in options.paths] or list(choose_pages(options.site))
    with ThreadingHTTPServer((options.host, 0), partial(Quiet, directory=str(options.site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            for name, path in pages:
                saved = save(options.server, f"http://{options.host}:{server.server_port}/{quote(path)}")
                print(f"{name}: {path}", *describe(saved), "", sep="\n")
        except URLError as error:
            print(f"no translation server answers at {options.server}: {error}", file=sys.stderr)
            return 1
        finally:
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
