"""The settings of a Jekyll site -> where its posts and pages are, which it shows, and at which addresses."""

import re
from collections.abc import Mapping
from fnmatch import fnmatch
from urllib.parse import quote

from msgspec import Struct

from .imported import Source
from .pages import MONTHS, WEEKDAYS, Page, day_of, read_labels
from .tables import Table, is_true, read_settings, table_in, text_in, texts_in

NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_EXCLUDED = (
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle",
    "vendor/cache",
    "vendor/gems",
    "vendor/ruby",
    ".sass-cache",
)
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


class JekyllSettings(Struct, frozen=True):
    """The settings of a site, as far as they decide what an import writes."""

    table: Table

    @property
    def base(self) -> str:
        """The address of the site."""
        path = text_in(self.table, "baseurl")
        host = text_in(self.table, "url").rstrip("/") or "https://site.invalid"
        return path if path.startswith(("http://", "https://")) else f"{host}/{path.strip('/')}"

    @property
    def shows_future(self) -> bool:
        """True if the site shows pages with a date to come."""
        return is_true(text_in(self.table, "future"))

    @property
    def keeps_breaks(self) -> bool:
        """True if a line of an author stays a line."""
        return is_true(text_in(self.table, "kramdown", "hard_wrap")) or "HARDBREAKS" in texts_in(
            table_in(self.table, "commonmark"), "options"
        )

    def excludes(self, path: str) -> bool:
        """Return True if the site leaves out a file."""
        patterns = (*texts_in(self.table, "exclude"), *_EXCLUDED)
        return any(path.startswith(f"{each.strip('/')}/") or fnmatch(path, each.lstrip("/")) for each in patterns)

    def includes(self, name: str) -> bool:
        """Return True if a folder that begins with `_` holds pages all the same."""
        return name in (each.strip("/") for each in texts_in(self.table, "include"))

    def collections(self) -> dict[str, Table]:
        """Return the collections of the site besides its posts, by name."""
        found = self.table.get("collections")
        named = {name: {} for name in texts_in(self.table, "collections")} if isinstance(found, list) else found
        tables: dict[str, Table] = {}
        for name, table in (named or {}).items() if isinstance(named, Mapping) else ():
            tables[name] = table if isinstance(table, Mapping) else {}
        return tables

    def defaults_of(self, path: str, kind: str) -> dict[str, object]:
        """Return the front matter that the settings give to a page of a kind, such as `posts`. The narrowest scope counts last."""
        listed = self.table.get("defaults")
        found: list[tuple[int, Table]] = []
        for each in listed if isinstance(listed, list) else []:
            if not isinstance(each, Mapping):
                continue
            folder, wanted = text_in(each, "scope", "path").strip("/"), text_in(each, "scope", "type")
            is_inside = not folder or path == folder or path.startswith(f"{folder}/") or fnmatch(path, folder)
            if is_inside and wanted in (
                "",
                kind,
                {"pages": "page", "posts": "post", "drafts": "draft"}.get(kind, kind),
            ):
                found.append((len(folder), table_in(each, "values")))
        merged: dict[str, object] = {}
        for _, values in sorted(found, key=lambda pair: pair[0]):
            merged |= values
        return merged


def load_jekyll_settings(source: Source) -> JekyllSettings:
    """Read the settings of a site. Raises SourceError."""
    found = next((name for name in NAMES if source.has(name)), None)
    return JekyllSettings(read_settings(source, found) if found else {})


class Post(Struct, frozen=True):
    """A page as its address sees it: its kind, its path without the folder of its kind, its name and its categories."""

    kind: str
    path: str
    name: str
    categories: tuple[str, ...] = ()


def write_address(settings: JekyllSettings, post: Post, page: Page, date: str) -> str:
    """Return the address that a page had on the site."""
    own = text_in(page.fields, "permalink")
    if own:
        return _clean(_expand(_STYLES.get(own, own), post, page, date))
    style = text_in(settings.table, "permalink") or "date"
    if post.kind in ("posts", "drafts"):
        return _clean(_expand(_STYLES.get(style, style), post, page, date))
    ends = "/" if style == "pretty" or style.endswith("/") else ":output_ext"
    if post.kind == "pages":
        folder = post.path.rpartition("/")[0]
        name = "" if post.name == "index" else post.name
        return _clean(f"/{folder}/{name}{ends.replace(':output_ext', '.html') if name else '/'}")
    table = settings.collections().get(post.kind, {})
    return _clean(_expand(text_in(table, "permalink") or f"/:collection/:path{ends}", post, page, date))


def read_categories(page: Page, folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the categories of a post: those of its folders and those of its front matter."""
    one = text_in(page.fields, "category")
    several = read_labels(page, ("categories",), spaces=True)
    return tuple(dict.fromkeys([*folders, *([one] if one else []), *several]))


def _expand(pattern: str, post: Post, page: Page, date: str) -> str:
    day = day_of(date)
    slug = text_in(page.fields, "slug") or post.name
    values = {
        "title": slug, "slug": _slugify(slug), "name": _slugify(post.name), "basename": post.name, "path": post.path, "collection": post.kind,
        "output_ext": ".html", "categories": "/".join(quote(each.lower()) for each in post.categories),
        "slugified_categories": "/".join(map(_slugify, post.categories)),
    }  # fmt: skip
    if day:
        clock = re.search(r"[T ](\d{1,2}):(\d{2})(?::(\d{2}))?", date)
        hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
        values |= {
            "year": f"{day.year:04}", "short_year": f"{day.year % 100:02}", "month": f"{day.month:02}", "i_month": str(day.month),
            "long_month": MONTHS[day.month - 1], "short_month": MONTHS[day.month - 1][:3], "day": f"{day.day:02}",
            "i_day": str(day.day), "y_day": f"{day.timetuple().tm_yday:03}", "week": f"{day.isocalendar().week:02}",
            "w_day": str(day.isoweekday()), "w_year": str(day.isocalendar().year), "long_day": WEEKDAYS[day.weekday()],
            "short_day": WEEKDAYS[day.weekday()][:3], "hour": f"{hour:02}", "minute": f"{minute:02}", "second": f"{second:02}",
        }  # fmt: skip
    # `:title:output_ext` and `:year_:month` have no mark between the names.
    names = sorted(values, key=len, reverse=True)
    return re.sub(":(" + "|".join(names) + ")", lambda found: values[found[1]], pattern)


def _slugify(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _clean(path: str) -> str:
    return re.sub("/{2,}", "/", f"/{path}")
