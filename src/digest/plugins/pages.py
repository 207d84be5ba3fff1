"""All names that a plugin needs to define a page type."""

from ..archive.archive import Archive, Day, Record, TagName, TagPage
from ..languages.strings import Strings
from ..site import routes
from ..site.arrangement import Arrangement
from ..site.heads import page_head
from ..site.page_types import MenuEntry, PageType, Template
from ..site.parts import Parts
from ..site.recipes import Page, Recipe
from ..site.views import Count, Crumb, DayRows, Head, Row, TagLink

__all__ = [
    "Archive",
    "Arrangement",
    "Count",
    "Crumb",
    "Day",
    "DayRows",
    "Head",
    "MenuEntry",
    "Page",
    "PageType",
    "Parts",
    "Recipe",
    "Record",
    "Row",
    "Strings",
    "TagLink",
    "TagName",
    "TagPage",
    "Template",
    "page_head",
    "routes",
]
