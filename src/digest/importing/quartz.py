"""A Quartz site -> its notes: links, embeds, callouts and comments stay, since digest reads them as Obsidian does."""

import re
from collections.abc import Mapping
from fnmatch import fnmatch
from posixpath import basename, dirname, join

from msgspec import Struct

from ..notes.file_names import read_file_name
from ..notes.known_keys import MEANINGS
from .attachments import FOLDER
from .imported import Attachment, Imported, LeftOut, Source, SourceError
from .pages import Page, read_date, read_labels, read_page
from .places import Finder, Site, find_names, find_unnamed, index_names, trim_address
from .prose import escape_templates, outside_code, outside_formulas, reflow, settle_anchors
from .site_notes import WITHOUT_TEXT, Planned, choose_paths, hide, read_aliases, show_scripts, write_notes
from .tables import is_true, read_settings, table_in, text_in, texts_in

CONTENT = "content"
_NAMES = ("quartz.config.ts", "quartz.config.yaml", "quartz.config.yml")
_TEXTS = re.compile(r"(\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`]*`)|//[^\n]*|/\*.*?\*/", re.DOTALL)
_WIKILINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<name>[^\[\]|#\n]*?)(?P<part>#[^\[\]|\n]*?)?(?P<bar>\\?\|)?(?P<label>(?<=\|)[^\[\]\n]*)?\]\]"
)
_TAG = re.compile(r"(?:^|(?<=\s))#(?P<tag>[\w-]+(?:/[\w-]+)*)")
_DATES = ("created", "date", *MEANINGS["date"])


class QuartzSettings(Struct, frozen=True):
    """The settings of a site: what it leaves out, its address, and whether it shows only notes with `publish: true`."""

    ignored: tuple[str, ...] = ("private", "templates", ".obsidian")
    base: str = ""
    is_explicit: bool = False
    keeps_breaks: bool = False

    def ignores(self, path: str) -> bool:
        """Return True if the site leaves out a file. `path` is below `content`."""
        parts = path.casefold().split("/")
        places = ["/".join(parts[: at + 1]) for at in range(len(parts))]
        for written in self.ignored:
            pattern = written.casefold().removeprefix("./").removeprefix("**/").strip("/").removesuffix("/**")
            if any(fnmatch(place, pattern) or fnmatch(f"/{place}", f"*/{pattern}") for place in places):
                return True
        return False


def recognises(source: Source) -> bool:
    """Return True if a folder has the settings of a Quartz site and its content."""
    return not source.file and any(map(source.has, _NAMES)) and (source.folder / CONTENT).is_dir()


def read(source: Source) -> Imported:
    """Read a site. Raises SourceError if there is none, or if its settings cannot be read."""
    if source.file or not (source.folder / CONTENT).is_dir():
        raise SourceError("a Quartz site has its notes in `content`; name the folder that holds `content`")
    settings = load_quartz_settings(source)
    left_out: list[LeftOut] = []
    pages: dict[str, Page] = {}
    others: list[str] = []
    for path in source.find(f"{CONTENT}/**/*"):
        if not path.lower().endswith(".md"):
            others.append(path)
        elif path.lower().endswith(".excalidraw.md") or (
            settings.ignores(_inside(path)) and "template" in path.lower()
        ):
            left_out.append(LeftOut(path, 0, "a template or a drawing"))
        else:
            try:
                pages[path] = read_page(source, path)
            except SourceError as error:
                left_out.append(LeftOut(path, 0, str(error)))
    left_out += [LeftOut(path, 0, WITHOUT_TEXT) for path, page in pages.items() if not page.body.strip()]
    pages = {path: page for path, page in pages.items() if page.body.strip()}
    files = choose_paths({path: _write_path(path) for path in pages})
    names = {
        basename(path).casefold(): path for path in sorted([*others, *pages], key=lambda each: (-each.count("/"), each))
    }
    addresses = {trim_address(_write_address(path)): path for path in pages}
    planned = [_plan(settings, page, files[path], addresses) for path, page in pages.items()]
    withheld = frozenset(path for path in others if settings.ignores(_inside(path)))
    site = Site(source, files, addresses, (CONTENT,), settings.base, names, withheld, index_names(pages))

    def convert(each: Planned, finder: Finder) -> str:
        text = show_scripts(finder, each.page.body)
        text = reflow(settle_anchors(text), keep_breaks=settings.keeps_breaks)
        text = outside_formulas(text, escape_templates)
        text = outside_code(text, lambda piece: _WIKILINK.sub(lambda found: _lead(finder, found), piece))
        return finder.lead(text)

    imported = write_notes(site, planned, convert, left_out)
    shown = {each.source for note in imported.notes for each in note.attachments}
    unnamed = find_unnamed(others, shown, "a file that no note names")
    return Imported(imported.notes, tuple(sorted([*imported.left_out, *unnamed])), imported.remarks)


def load_quartz_settings(source: Source) -> QuartzSettings:
    """Read the settings of a site. What git ignores, Quartz leaves out as well. Raises SourceError."""
    ignored = [line.strip() for name in (".gitignore", f"{CONTENT}/.gitignore") for line in _read_lines(source, name)]
    ignored = [
        line.removeprefix(f"/{CONTENT}/").removeprefix(f"{CONTENT}/")
        for line in ignored
        if line and line[0] not in "#!"
    ]
    ignored = [line for line in ignored if line.strip("/*") not in ("", CONTENT)]
    name = next((name for name in _NAMES if source.has(name)), None)
    if name is None:
        return QuartzSettings((*QuartzSettings().ignored, *ignored))
    if name.endswith(".ts"):
        return _read_script(source.load_text(name), ignored)
    table = read_settings(source, name)
    settings = table_in(table, "configuration")
    plugins = table.get("plugins")
    used = [
        text_in(plugin, "source").lower()
        for plugin in (plugins if isinstance(plugins, list) else [])
        if isinstance(plugin, Mapping) and (not text_in(plugin, "enabled") or is_true(text_in(plugin, "enabled")))
    ]
    return QuartzSettings(
        (*(texts_in(settings, "ignorepatterns") or QuartzSettings().ignored), *ignored),
        _write_base(text_in(settings, "baseurl")),
        any("explicit-publish" in plugin for plugin in used),
        any("hard-line-breaks" in plugin for plugin in used),
    )


def _read_script(script: str, ignored: list[str]) -> QuartzSettings:
    """Read what the settings in TypeScript say. Nothing is run."""
    code = _TEXTS.sub(lambda found: found[1] or "", script)
    patterns = re.search(r"ignorePatterns\s*:\s*\[(.*?)\]", code, re.DOTALL)
    base = re.search(r"baseUrl\s*:\s*[\"'`]([^\"'`]*)", code)
    found = re.findall(r"[\"'`]([^\"'`]+)[\"'`]", patterns[1]) if patterns else QuartzSettings().ignored
    return QuartzSettings(
        (*found, *ignored), _write_base(base[1] if base else ""), "ExplicitPublish(" in code, "HardLineBreaks(" in code
    )


def _write_base(written: str) -> str:
    return f"https://{re.sub(r'^https?://', '', written).strip('/')}/" if written else ""


def _read_lines(source: Source, name: str) -> list[str]:
    return source.load_text(name).split("\n") if source.has(name) else []


def _inside(path: str) -> str:
    return path.removeprefix(f"{CONTENT}/")


def _write_path(path: str) -> str:
    """Return the path that a page's note should have: that of the page, or of its folder for `index.md`."""
    inside = _inside(path)
    if basename(inside).lower() in ("index.md", "_index.md"):
        return f"{dirname(inside) or 'home'}.md"
    return inside


def _write_address(path: str) -> str:
    """Return the address that a page had on the site."""
    slug = _sluggify(_inside(path).removesuffix(".md"))
    return f"/{re.sub(r'(?:^|(?<=/))_?index$', '', slug)}"


def _sluggify(name: str) -> str:
    parts = (
        re.sub(r"\s", "-", part).replace("&", "-and-").replace("%", "-percent") for part in name.strip("/").split("/")
    )
    return "/".join(re.sub(r"[?#]", "", part) for part in parts)


def _plan(settings: QuartzSettings, page: Page, note: str, addresses: Mapping[str, str]) -> Planned:
    date = read_date(page, _DATES)
    labels = read_labels(page, ("tags", "tag"), spaces=False)
    named = read_aliases(page)
    folder = dirname(_write_address(page.path))
    permalink = text_in(page.fields, "permalink")
    old = [f"/{permalink.lstrip('/')}"] if permalink and permalink != "false" else []
    for name in named:
        old += [f"/{_sluggify(name)}", join(folder, _sluggify(name))] if not name.startswith("/") else []
    free = [address for address in old if addresses.get(trim_address(address), page.path) == page.path]
    name = basename(note).removesuffix(".md")
    return Planned(
        page,
        note,
        # A note that is named after a day alone is a day of entries.
        text_in(page.fields, "title") or read_file_name(name).title,
        date,
        tuple(dict.fromkeys([*labels, *_find_tags(page.body)])),
        _write_address(page.path),
        tuple(dict.fromkeys([*named, *free])),
        "",
        text_in(page.fields, "lang"),
        hide(page, date, _find_hiding(settings, page), shows_future=True),
    )


def _find_hiding(settings: QuartzSettings, page: Page) -> str:
    """Return why the settings of the site hide a page, or nothing."""
    if settings.ignores(_inside(page.path)):
        return "the settings of the site leave it out"
    if settings.is_explicit and not any(is_true(text_in(page.fields, key)) for key in ("publish", "published")):
        return "the site shows only notes with `publish: true`"
    return ""


def _find_tags(body: str) -> list[str]:
    """Return the tags within the text, without those on lines of their own, which digest reads itself."""
    found: list[str] = []

    def gather(piece: str) -> str:
        found.extend(match["tag"] for match in _TAG.finditer(piece) if any(char.isalpha() for char in match["tag"]))
        return piece

    outside_code(re.sub(r"https?://\S+|\$[^$\n]*\$", " ", body), gather)
    return found


def _lead(finder: Finder, found: re.Match[str]) -> str:
    """Return a wikilink that leads to the same note or file as before."""
    name, part, bar, label = found["name"].strip().rstrip("\\"), found["part"] or "", found["bar"], found["label"]
    site, page = finder.site, finder.page
    if not name:
        return found[0]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    place = _find_file(site, page, name) if ending and ending != "md" else None
    if place:
        finder.attachments[place] = Attachment(place, f"{FOLDER}/{place}")
        path = _relative(f"{FOLDER}/{place}", finder.note)
        return f"{found['embed']}[[{path}{part}{f'{bar}{label}' if bar else ''}]]"
    pages = find_names(site, name, dirname(page.path))
    if not pages:
        is_alias = any(name.casefold() == alias.casefold() for alias in read_aliases(page))
        if not is_alias and trim_address(f"/{name}") not in site.addresses:
            finder.report("a link to a note or a file that is not in the source", found[0], name)
        return found[0]
    note = site.notes[pages[0]].removesuffix(".md")
    if len(pages) == 1 and basename(note).casefold() == basename(name.removesuffix(".md")).casefold():
        return found[0]
    words = label if bar else f"{name}{part.replace('#', ' § ')}"
    return f"{found['embed']}[[{note}{part}{bar or '|'}{words}]]"


def _find_file(site: Site, page: Page, name: str) -> str | None:
    tries = (join(dirname(page.path), name), join(CONTENT, name.lstrip("/")))
    found = next((place for place in tries if site.source.has(place)), None) or site.by_name.get(
        basename(name).casefold()
    )
    return found if found and site.may_copy(found) else None


def _relative(path: str, note: str) -> str:
    return "../" * note.count("/") + path
