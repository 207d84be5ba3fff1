"""The URL scheme, in one place.

A path here is relative to the site's root: a page's ends in `/`, a file's does not. `file_of` says where it lies under
the output folder, `address` what a link to it holds.
"""

import datetime as dt
from urllib.parse import quote

HOME = ""
ARCHIVE = "archive/"
TAGS = "tags/"
KINDS = "kinds/"
SEARCH = "search/"
SEARCH_INDEX = "search/index.json"
FEED = "feed.xml"
JSON_FEED = "feed.json"
ENTRIES = "data/entries.json"
ENTRIES_SCHEMA = "data/entries.schema.json"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NOT_FOUND = "404.html"


def year(number: int) -> str:
    """Return a year's path."""
    return f"{number:04d}/"


def month(date: dt.date) -> str:
    """Return a month's path, given any date in it."""
    return f"{date.year:04d}/{date.month:02d}/"


def day(date: dt.date) -> str:
    """Return a day's path."""
    return f"{date.year:04d}/{date.month:02d}/{date.day:02d}/"


def entry(date: dt.date, slug: str) -> str:
    """Return an entry's permanent path."""
    return f"{day(date)}{slug}/"


def entry_markdown(path: str) -> str:
    """Return the path of a page's Markdown form."""
    return f"{path}index.md"


def tag(slug: str, page: int = 0) -> str:
    """Return the path of a numbered page of a tag's entries, or of the newest."""
    return f"{TAGS}{slug}/" + _page(page)


def tag_feed(slug: str) -> str:
    """Return the path of a tag's Atom feed."""
    return f"{TAGS}{slug}/feed.xml"


def kind(name: str, page: int = 0) -> str:
    """Return the path of a numbered page of a kind's entries, or of the newest."""
    return f"{KINDS}{name}/" + _page(page)


def _page(number: int) -> str:
    return f"page/{number}/" if number else ""


def file_of(path: str) -> str:
    """Return the file, relative to the output folder, that a server shows for a path."""
    return path + "index.html" if path.endswith("/") or not path else path


def address(root: str, path: str) -> str:
    """Return what a link within the site holds: the path under the base path, Hangul as it is."""
    return root + path


def absolute(base_url: str, path: str) -> str:
    """Return a percent-encoded address with scheme and host, as RFC 3986 and feed readers want it."""
    return base_url + quote(path, safe="/~")
