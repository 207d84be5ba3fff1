"""A Hugo site -> a note for each page: bundles, sections, languages, drafts, aliases and the addresses that pages had."""

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from .hugo_settings import (
    Folder,
    HugoSettings,
    Place,
    find_place,
    find_settings_files,
    load_hugo_settings,
    write_address,
)
from .imported import Imported, LeftOut, Source, SourceError
from .pages import ENDINGS, Page, read_date, read_labels, read_page
from .places import Finder, Site, find_unnamed, index_names, trim_address
from .prose import drop_dividers, escape_own_marks, pair_math, reflow, settle_anchors
from .shortcodes import Shortcodes
from .site_notes import WITHOUT_TEXT, Planned, choose_paths, hide, read_aliases, show_scripts, write_notes
from .tables import Table, is_true, table_in, text_in

_OTHER_MARKUP = {
    "html": "HTML",
    "htm": "HTML",
    "org": "Org",
    "adoc": "AsciiDoc",
    "rst": "reStructuredText",
    "pandoc": "Pandoc",
}


def recognises(source: Source) -> bool:
    """Return True if a folder has the settings of a Hugo site and its content."""
    return not source.file and bool(find_settings_files(source)) and (source.folder / "content").is_dir()


def read(source: Source) -> Imported:
    """Read a site. Raises SourceError if there is none, or if its settings cannot be read."""
    if source.file:
        raise SourceError("a Hugo site is a folder with `content`; name that folder")
    settings = load_hugo_settings(source)
    left_out: list[LeftOut] = []
    pages = _read_pages(source, settings, left_out)
    cascades = {dirname(path): page.fields for path, (place, page) in pages.items() if place.is_section}
    left_out += [
        LeftOut(path, 0, "a section without a text" if place.is_section else WITHOUT_TEXT)
        for path, (place, page) in pages.items()
        if not page.body.strip()
    ]
    pages = {path: (place, page) for path, (place, page) in pages.items() if page.body.strip()}
    files = choose_paths({path: _write_path(settings, place) for path, (place, _) in pages.items()})
    # Of two pages with one title, that in the language of the site keeps the address.
    ordered = sorted(pages.items(), key=lambda item: item[1][0].lang != settings.default_language)
    planned = [_plan(settings, place, page, files[path], cascades) for path, (place, page) in ordered]
    site = Site(
        source,
        files,
        {trim_address(each.address): each.page.path for each in planned},
        roots=settings.roots,
        base=settings.base,
        withheld=frozenset(path for path, _ in _find_content(source, settings) if settings.ignores(path)),
        names=index_names(files),
    )
    codes = Shortcodes(_read_templates(source), table_in(settings.table, "params"))

    def convert(each: Planned, finder: Finder) -> str:
        page = each.page

        def report(at: int, name: str) -> None:
            finder.left_out.append(LeftOut(page.path, page.line_at(at), f"the shortcode `{name}`", "shown as code"))

        text = show_scripts(finder, drop_dividers(codes.convert(page, report)))
        text = reflow(escape_own_marks(settle_anchors(pair_math(text))), keep_breaks=settings.keeps_breaks)
        return finder.lead(text)

    imported = write_notes(site, planned, convert, left_out)
    shown = {each.source for note in imported.notes for each in note.attachments}
    unnamed = find_unnamed(_find_files(source, settings, pages), shown, "a file that no note names")
    return Imported(imported.notes, tuple(sorted([*imported.left_out, *unnamed])), imported.remarks)


def _read_pages(source: Source, settings: HugoSettings, left_out: list[LeftOut]) -> dict[str, tuple[Place, Page]]:
    """Return the pages of a site by their paths in the source, each with its place."""
    pages: dict[str, tuple[Place, Page]] = {}
    for path, folder in _find_content(source, settings):
        ending = path.rpartition(".")[2].lower()
        if path in pages:
            continue
        if settings.ignores(path):
            left_out.append(LeftOut(path, 0, "the settings of the site leave it out"))
        elif ending in _OTHER_MARKUP:
            left_out.append(LeftOut(path, 0, f"a page in another format than Markdown: {_OTHER_MARKUP[ending]}"))
        elif path.lower().endswith(ENDINGS):
            try:
                page = read_page(source, path)
            except SourceError as error:
                left_out.append(LeftOut(path, 0, str(error)))
                continue
            place = find_place(settings, folder, path)
            pages[path] = place, page
    return pages


def _find_content(source: Source, settings: HugoSettings) -> Iterator[tuple[str, Folder]]:
    """Yield the files in the folders of pages. A folder inside another comes first."""
    for folder in sorted(settings.folders, key=lambda each: -each.path.count("/")):
        for path in source.find(f"{folder.path}/**/*.*"):
            yield path, folder


def _find_files(source: Source, settings: HugoSettings, pages: Mapping[str, object]) -> Iterator[str]:
    """Yield the files among the pages that are no pages."""
    for path, _ in _find_content(source, settings):
        is_page = path.lower().endswith(ENDINGS) or path.rpartition(".")[2].lower() in _OTHER_MARKUP
        if path not in pages and not is_page:
            yield path


def _write_path(settings: HugoSettings, place: Place) -> str:
    """Return the path that a page's note should have. Pages in another language than the site's say which."""
    is_other = place.lang and len(settings.languages) > 1 and place.lang != settings.default_language
    return f"{place.note.removesuffix('.md')}.{place.lang}.md" if is_other else place.note


def _plan(settings: HugoSettings, place: Place, page: Page, note: str, cascades: Mapping[str, Table]) -> Planned:
    title = text_in(page.fields, "title") or (place.name.replace("-", " ") if place.is_section else "")
    date = read_date(page, settings.date_keys())
    address = write_address(settings, place, page, title, date)
    parent = address if address.endswith("/") else f"{dirname(address)}/"
    return Planned(
        page,
        note,
        title,
        date,
        read_labels(page, settings.tag_keys(), spaces=False),
        address,
        tuple(
            normpath(join(parent, "..", alias)) if not alias.startswith("/") else alias for alias in read_aliases(page)
        ),
        text_in(page.fields, "slug"),
        text_in(settings.table, "languages", place.lang, "languagecode") or place.lang
        if len(settings.languages) > 1
        else "",
        hide(page, date, _find_hiding(settings, page, cascades), shows_future=settings.shows_future),
    )


def _find_hiding(settings: HugoSettings, page: Page, cascades: Mapping[str, Table]) -> str:
    """Return why the settings of a page, of its sections or of the site hide it, or nothing."""
    tables: list[Table] = [page.fields]
    folder = dirname(page.path)
    while folder:
        tables += _read_cascade(cascades.get(folder, {}))
        folder = dirname(folder)
    tables += _read_cascade(settings.table)
    for table in tables:
        build = {**table_in(table, "_build"), **table_in(table, "build")}
        if text_in(build, "render") in ("never", "false", "link") or text_in(build, "list") in (
            "never",
            "false",
            "local",
        ):
            return "its `build` settings hide it"
        if table is not page.fields and any(
            is_true(text_in(table, key)) for key in ("draft", "private", "headless", "unlisted")
        ):
            return "the front matter of its section hides it"
    return ""


def _read_cascade(table: Table) -> list[Table]:
    """Return the tables that a section hands down. For which pages they count is not looked at, so that none is published by mistake."""
    cascade = table.get("cascade")
    listed = cascade if isinstance(cascade, list) else [cascade]
    tables = [each for each in listed if isinstance(each, Mapping)]
    return [*tables, *(table_in(each, "params") for each in tables)]


def _read_templates(source: Source) -> dict[str, str]:
    """Return the HTML of the site's own shortcodes that are the same wherever they stand."""
    templates: dict[str, str] = {}
    for path in source.find("layouts/shortcodes/**/*.html"):
        try:
            html = source.load_text(path)
        except SourceError:
            continue
        if "{{" not in html and "<script" not in html and "<style" not in html:
            name = path.removeprefix("layouts/shortcodes/").removesuffix(".html")
            templates[name] = f"\n{html.strip()}\n"
    return templates
