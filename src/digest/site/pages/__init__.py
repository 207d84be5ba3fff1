"""The page types that every site has, each in its own module.

A module holds a recipe, a view and the functions of its page type (see `page_types.PageType`). No module here imports another.
The order of `PAGE_TYPES` is the order of the links in the menus and of the sections in docs/templates.md.
"""

from typing import Any

from ..page_types import PageType
from .archive import ARCHIVE
from .bibliography import BIBLIOGRAPHY
from .citation import CITATION
from .day import DAY
from .entries_json import ENTRIES_JSON, ENTRIES_SCHEMA
from .entry import ENTRY
from .entry_markdown import ENTRY_MARKDOWN
from .feeds import FEEDS, JSON_FEED
from .home import HOME
from .kind import KIND
from .kinds import KINDS
from .llms_txt import LLMS_TXT
from .manifest import MANIFEST
from .month import MONTH
from .not_found import NOT_FOUND
from .note import NOTE
from .notes import NOTES
from .offline import OFFLINE
from .own_page import OWN_PAGE
from .redirect import REDIRECT
from .redirects_file import REDIRECTS_FILE
from .removed import REMOVED
from .robots import ROBOTS
from .search import SEARCH
from .sitemap import SITEMAP
from .tag import TAG
from .tags import TAGS
from .trends import TRENDS
from .week import WEEK
from .year import YEAR

PAGE_TYPES: tuple[PageType[Any], ...] = (
    HOME,
    DAY,
    ENTRY,
    ENTRY_MARKDOWN,
    CITATION,
    YEAR,
    MONTH,
    WEEK,
    ARCHIVE,
    TAGS,
    TAG,
    NOTES,
    NOTE,
    KINDS,
    KIND,
    TRENDS,
    SEARCH,
    NOT_FOUND,
    OFFLINE,
    MANIFEST,
    FEEDS,
    JSON_FEED,
    ENTRIES_JSON,
    ENTRIES_SCHEMA,
    BIBLIOGRAPHY,
    SITEMAP,
    ROBOTS,
    LLMS_TXT,
    REDIRECTS_FILE,
    OWN_PAGE,
    REDIRECT,
    REMOVED,
)
