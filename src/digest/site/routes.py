"""The URL scheme: the addresses that more than one module needs.

A site path is relative to the site's root. A page's path ends in `/`, a file's does not. `file_of` maps a path to a file
under the output folder, `address` to the content of a link.
"""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..slugs import avoid_device, slugify

if TYPE_CHECKING:
    from ..archive.archive import Record

HOME = ""
ARCHIVE = "archive/"
TAGS = "tags/"
KINDS = "kinds/"
TRENDS = "trends/"
SEARCH = "search/"
SEARCH_INDEX = "search/index.json"
FEED = "feed.xml"
JSON_FEED = "feed.json"
ENTRIES = "data/entries.json"
ENTRIES_SCHEMA = "data/entries.schema.json"
LLMS = "llms.txt"
SITEMAP = "sitemap.xml"
NOTES = "notes/"
FILES = "files/"
BIBLIOGRAPHY = "data/works"
"""The path of the files of all works, without their endings."""
NOT_FOUND = "404.html"
REDIRECTS_FILE = "_redirects"
MANIFEST = "site.webmanifest"
OFFLINE = "offline.html"
WORKER = "sw.js"


def year(number: int) -> str:
    """Return a year's path."""
    return f"{number:04d}/"


def month(date: dt.date) -> str:
    """Return the path of a date's month."""
    return f"{date.year:04d}/{date.month:02d}/"


def week(date: dt.date) -> str:
    """Return the path of a date's week by the calendar of ISO 8601, whose weeks belong to the year of their Thursday."""
    year, number, _ = date.isocalendar()
    return f"{year:04d}/w{number:02d}/"


@lru_cache(maxsize=1 << 10)
def day(date: dt.date) -> str:
    """Return a day's path. Pages are planned in the order of days, and all pages of a day begin with it."""
    return f"{date.year:04d}/{date.month:02d}/{date.day:02d}/"


def entry(date: dt.date | None, slug: str) -> str:
    """Return the permanent path of an entry, or of a note without a date."""
    return f"{day(date) if date else NOTES}{slug}/"


def path_of(record: "Record") -> str:
    """Return the path of an entry, of a note without a date, or of a page of the author's own."""
    return record.path


def notes(page: int = 1) -> str:
    """Return the path of a numbered page of the notes without a date. The first lies at the list's own address."""
    return NOTES + _page(page if page > 1 else 0)


def entry_markdown(path: str) -> str:
    """Return the path of a page's Markdown form."""
    return f"{path}index.md"


def bibtex(path: str) -> str:
    """Return the path of the BibTeX file of a page: of an entry, a day, a month or a tag."""
    return f"{path}index.bib"


def csl(path: str) -> str:
    """Return the path of the CSL-JSON file of an entry's page."""
    return f"{path}index.csl.json"


def card_image(path: str) -> str:
    """Return the path of the card image of a page: of the home page, a day or an entry."""
    return f"{path}card.png"


def tag(slug: str, page: int = 0) -> str:
    """Return the path of a numbered page of a tag's entries or, without a number, of the newest page."""
    return f"{TAGS}{slug}/" + _page(page)


def tag_feed(slug: str) -> str:
    """Return the path of a tag's Atom feed."""
    return f"{TAGS}{slug}/feed.xml"


def kind(name: str, page: int = 0) -> str:
    """Return the path of a numbered page of a kind's entries or, without a number, of the newest page."""
    return f"{KINDS}{avoid_device(name)}/" + _page(page)


def file(name: str, hashed: str) -> str:
    """Return the path of a file that notes name: its name, which is readable, and a hash of its bytes."""
    stem, _, ending = name.rpartition(".")
    return f"{FILES}{slugify(stem)}.{hashed}.{ending.lower()}"


def _page(number: int) -> str:
    return f"page/{number}/" if number else ""


def file_of(path: str) -> str:
    """Return the file, relative to the output folder, that a server sends for a path."""
    return path + "index.html" if path.endswith("/") or not path else path


def address(root: str, path: str) -> str:
    """Return the address of a path for links within the site: the base path with the path, Hangul unescaped."""
    return root + path


def absolute(base_url: str, path: str) -> str:
    """Return a percent-encoded address with scheme and host, as RFC 3986 and feed readers demand."""
    return base_url + quote(path, safe="/~")
