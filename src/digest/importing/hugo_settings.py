"""The settings of a Hugo site -> where its pages are, which it shows, and at which addresses."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from .imported import Source, SourceError
from .pages import MONTHS, WEEKDAYS, Page, day_of
from .tables import Table, is_true, read_settings, table_in, text_in, texts_in

_STEMS = ("hugo", "config")
_ENDINGS = ("toml", "yaml", "yml", "json")
_TOKEN = re.compile(r":(\w+)(\[[^\]]*\])?")
_KEPT = "./\\_#+~-@"


class Folder(Struct, frozen=True):
    """A folder of pages: its path in the source, where its pages are on the site, and their language."""

    path: str
    at: str = ""
    lang: str = ""


class HugoSettings(Struct, frozen=True):
    """The settings of a site, as far as they decide what an import writes."""

    table: Table
    folders: tuple[Folder, ...]
    roots: tuple[str, ...]
    languages: tuple[str, ...] = ()
    default_language: str = ""

    @property
    def base(self) -> str:
        """The address of the site."""
        return text_in(self.table, "baseurl")

    @property
    def is_prefixed(self) -> bool:
        """True if the addresses of the default language begin with its name as well."""
        return is_true(text_in(self.table, "defaultcontentlanguageinsubdir"))

    @property
    def shows_future(self) -> bool:
        """True if the site shows pages with a date to come."""
        return is_true(text_in(self.table, "buildfuture"))

    @property
    def keeps_breaks(self) -> bool:
        """True if a line of an author stays a line."""
        return is_true(text_in(self.table, "markup", "goldmark", "renderer", "hardwraps"))

    def ignores(self, path: str) -> bool:
        """Return True if the site leaves out a file."""
        try:
            return any(re.search(pattern, path) for pattern in texts_in(self.table, "ignorefiles"))
        except re.error:
            return False

    def date_keys(self) -> tuple[str, ...]:
        """Return the keys of front matter that a page's date comes from, the first one first."""
        own = texts_in(table_in(self.table, "frontmatter"), "date")
        default = ("date", "publishdate", "pubdate", "published", "created")
        return tuple(dict.fromkeys([*(key.lower() for key in own if not key.startswith(":")), *default]))

    def tag_keys(self) -> tuple[str, ...]:
        """Return the keys of front matter that hold terms."""
        own = (value for value in table_in(self.table, "taxonomies").values() if isinstance(value, str))
        return tuple(dict.fromkeys(["tags", "categories", "keywords", *(key.lower() for key in own)]))


def find_settings_files(source: Source) -> tuple[str, ...]:
    """Return the settings files of a site: those beside `content`, and those in `config/_default`."""
    named = [f"{stem}.{ending}" for stem in _STEMS for ending in _ENDINGS]
    own = [name for name in named if source.has(name)][:1]
    return (*own, *(path for path in source.find("config/_default/*.*") if path.rpartition(".")[2] in _ENDINGS))


def load_hugo_settings(source: Source) -> HugoSettings:
    """Read the settings of a site. Raises SourceError."""
    table: dict[str, object] = {}
    for path in find_settings_files(source):
        stem, _, _ = path.rpartition("/")[2].rpartition(".")
        found = read_settings(source, path)
        if stem in _STEMS or "/" not in path:
            table = {**table, **found}
        else:
            table[stem.lower()] = {**table_in(table, stem.lower()), **found}
    languages = table_in(table, "languages")
    default = text_in(table, "defaultcontentlanguage") or (
        "en" if "en" in languages or not languages else next(iter(languages))
    )
    folders = _find_folders(table, languages, default)
    there = tuple(folder for folder in folders if (source.folder / folder.path).is_dir())
    if not there:
        raise SourceError("a Hugo site has its pages in `content`; name the folder that holds `content`")
    static = texts_in(table, "staticdir") or ("static",)
    mounted = [text_in(mount, "source") for mount in _mounts(table, "static") + _mounts(table, "assets")]
    roots = tuple(dict.fromkeys([*static, *mounted, "assets", *(folder.path for folder in there)]))
    return HugoSettings(table, there, roots, tuple(languages), default)


def _find_folders(table: Table, languages: Table, default: str) -> list[Folder]:
    main = text_in(table, "contentdir") or "content"
    folders = [
        Folder(text_in(languages, name, "contentdir").strip("/"), "", name)
        for name in languages
        if text_in(languages, name, "contentdir").strip("/") not in ("", main.strip("/"))
    ]
    folders += [
        Folder(
            text_in(mount, "source").strip("/"),
            text_in(mount, "target").removeprefix("content").strip("/"),
            text_in(mount, "lang") or default,
        )
        for mount in _mounts(table, "content")
    ]
    return list(dict.fromkeys([*folders, Folder(main.strip("/"), "", default)]))


def _mounts(table: Table, target: str) -> list[Table]:
    mounts = table_in(table, "module").get("mounts")
    listed = mounts if isinstance(mounts, list) else []
    return [each for each in listed if isinstance(each, Mapping) and text_in(each, "target").split("/")[0] == target]


class Place(Struct, frozen=True):
    """Where a page is on the site: its folders, its name without ending and language, and its language.

    `is_bundle` is True for `index.md`, whose name is that of its folder, and `is_section` for `_index.md`.
    """

    folders: tuple[str, ...]
    name: str
    lang: str = ""
    is_bundle: bool = False
    is_section: bool = False

    @property
    def note(self) -> str:
        """The path of the page's note."""
        return "/".join([*self.folders, f"{self.name or 'home'}.md"])


def find_place(settings: HugoSettings, folder: Folder, path: str) -> Place:
    """Return the place of a page from its path in the source."""
    inside = path.removeprefix(folder.path).strip("/")
    *folders, file = "/".join(filter(None, (folder.at, inside))).split("/")
    name = file.rpartition(".")[0]
    lang = folder.lang
    stem, dot, end = name.rpartition(".")
    if dot and end.lower() in settings.languages:
        name, lang = stem, end.lower()
    is_section, is_bundle = name == "_index", name == "index"
    if is_section or is_bundle:
        name = folders.pop() if folders else ""
    return Place(tuple(folders), name, lang, is_bundle=is_bundle, is_section=is_section)


def write_address(settings: HugoSettings, place: Place, page: Page, title: str, date: str) -> str:
    """Return the address that a page had on the site."""
    own = text_in(page.fields, "url")
    in_default = place.lang == settings.default_language or not settings.languages
    prefix = "" if in_default and not settings.is_prefixed else f"/{place.lang}"
    if own:
        path = _expand(settings, own, place, page, title, date)
        return path if own.startswith("/") else f"{prefix}/{path}"
    if place.is_section or not place.name:
        return _clean(settings, f"{prefix}/{'/'.join((*place.folders, place.name))}/")
    pattern = _find_pattern(settings, place)
    if pattern:
        return _clean(settings, f"{prefix}/{_expand(settings, pattern, place, page, title, date)}")
    slug = sanitize(settings, text_in(page.fields, "slug")) or sanitize(settings, place.name)
    ends = ".html" if is_true(text_in(settings.table, "uglyurls")) else "/"
    return _clean(settings, f"{prefix}/{'/'.join((*place.folders, slug))}{ends}")


def sanitize(settings: HugoSettings, text: str) -> str:
    """Return a text as Hugo writes it in an address: in lower case, with a hyphen for white space and without most marks."""
    kept: list[str] = []
    for char in text.strip():
        if char.isalnum() or char in _KEPT or ("\u0300" <= char <= "\u036f"):
            kept.append(char)
        elif char.isspace() and kept and kept[-1] != "-":
            kept.append("-")
    joined = re.sub(r"-+(?=-)", lambda run: run[0] if " " not in text else "", "".join(kept))
    return joined if is_true(text_in(settings.table, "disablepathtolower")) else joined.lower()


def _find_pattern(settings: HugoSettings, place: Place) -> str:
    section = place.folders[0].lower() if place.folders else "/"
    permalinks = table_in(settings.table, "permalinks")
    return text_in(permalinks, "page", section) or text_in(permalinks, section)


def _expand(settings: HugoSettings, pattern: str, place: Place, page: Page, title: str, date: str) -> str:
    day = day_of(date)
    slug = sanitize(settings, text_in(page.fields, "slug"))
    name = sanitize(settings, place.name)
    values: dict[str, str] = {
        "section": place.folders[0] if place.folders else "",
        "sections": "/".join(place.folders),
        "title": sanitize(settings, title),
        "slug": slug or sanitize(settings, title),
        **dict.fromkeys(("slugorfilename", "slugorcontentbasename"), slug or name),
        **dict.fromkeys(("filename", "contentbasename"), name),
    }
    if day:
        values |= {
            "year": f"{day.year:04}", "month": f"{day.month:02}", "monthname": MONTHS[day.month - 1], "day": f"{day.day:02}",
            "weekday": str(day.isoweekday() % 7), "weekdayname": WEEKDAYS[day.weekday()], "yearday": str(day.timetuple().tm_yday),
        }  # fmt: skip

    def fill(found: re.Match[str]) -> str:
        if found[1] == "sections" and found[2]:
            return "/".join(_slice(place.folders, found[2][1:-1]))
        return values.get(found[1], "")

    return _TOKEN.sub(fill, pattern)


def _slice(folders: Sequence[str], written: str) -> Sequence[str]:
    """Return the folders of a slice such as `1:` or `last`."""
    first, colon, last = (written.replace("last", str(len(folders) - 1))).partition(":")
    start = int(first) if first.isdigit() else 0
    end = (int(last) if last.isdigit() else len(folders)) if colon else start + 1
    return folders[start:end]


def _clean(settings: HugoSettings, path: str) -> str:
    joined = re.sub("/{2,}", "/", path).replace(" ", "-")
    return joined if is_true(text_in(settings.table, "disablepathtolower")) else joined.lower()
