"""A Jekyll site -> a note for each post, draft, page and document of a collection, with the addresses that they had."""

import re
from posixpath import dirname

from msgspec import structs

from .imported import Imported, LeftOut, Source, SourceError
from .jekyll_settings import NAMES, JekyllSettings, Post, load_jekyll_settings, read_categories, write_address
from .kramdown import convert_kramdown
from .liquid import Site as LiquidSite
from .liquid import convert_liquid
from .pages import ENDINGS, Page, read_date, read_labels, read_page
from .places import Finder, Site, index_names, trim_address
from .prose import drop_dividers, escape_own_marks, pair_math, reflow, settle_anchors
from .site_notes import Planned, choose_paths, hide, read_aliases, show_scripts, write_notes
from .tables import is_true, text_in, texts_in

_NAME = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
_DATES = ("date", "created", "published")
_TAGS = ("tags", "tag", "keywords")


def recognises(source: Source) -> bool:
    """Return True if a folder has the settings of a Jekyll site, or its posts."""
    if source.file:
        return False
    return any(source.has(name) for name in NAMES) or bool(source.find("_posts/**/*.m*"))


def read(source: Source) -> Imported:
    """Read a site. Raises SourceError if there is none, or if its settings cannot be read."""
    if source.file or not recognises(source):
        raise SourceError("a Jekyll site is a folder with `_config.yml` or `_posts`; name that folder")
    settings = load_jekyll_settings(source)
    left_out: list[LeftOut] = []
    posts = _find_posts(source, settings, left_out)
    pages: dict[str, Page] = {}
    for path, post in posts.items():
        try:
            page = read_page(source, path)
        except SourceError as error:
            left_out.append(LeftOut(path, 0, str(error)))
            continue
        if post.kind == "pages" and not page.has_front_matter and not page.unreadable:
            left_out.append(LeftOut(path, 0, "a file without front matter, which is no page of the site"))
        else:
            pages[path] = structs.replace(page, fields={**settings.defaults_of(path, post.kind), **page.fields})
    files = choose_paths({path: _write_path(posts[path]) for path in pages})
    planned = [_plan(settings, posts[path], page, files[path]) for path, page in pages.items()]
    site = Site(
        source,
        files,
        {trim_address(each.address): each.page.path for each in planned},
        roots=("", "_posts"),
        base=settings.base,
        withheld=_find_withheld(source, settings),
        names=index_names(files),
    )
    liquid = LiquidSite(settings.table, _read_includes(source))

    def convert(each: Planned, finder: Finder) -> str:
        page = each.page

        def report(at: int, name: str) -> None:
            finder.left_out.append(LeftOut(page.path, page.line_at(at), f"Liquid: `{name}`", "shown as code"))

        text = drop_dividers(convert_liquid(liquid, page, each.address, report))
        text, attributes = convert_kramdown(page, text)
        finder.left_out += attributes
        text = show_scripts(finder, text)
        return finder.lead(reflow(escape_own_marks(settle_anchors(pair_math(text))), keep_breaks=settings.keeps_breaks))

    return write_notes(site, planned, convert, left_out, _find_bases)


def _find_posts(source: Source, settings: JekyllSettings, left_out: list[LeftOut]) -> dict[str, Post]:
    """Return the Markdown files of a site that may be pages, by their paths."""
    collections = settings.collections()
    folder = text_in(settings.table, "collections_dir").strip("/")
    posts: dict[str, Post] = {}
    for path in source.find("**/*.*"):
        if not path.lower().endswith(ENDINGS):
            continue
        parts = path.removeprefix(f"{folder}/" if folder else "").split("/")
        special = next((at for at, part in enumerate(parts[:-1]) if _is_special(settings, part)), None)
        kind = parts[special].removeprefix("_") if special is not None else "pages"
        if settings.excludes(path):
            left_out.append(LeftOut(path, 0, "the settings of the site leave it out"))
        elif kind in ("posts", "drafts"):
            posts[path] = _read_post(kind, tuple(parts[: special or 0]), parts[(special or 0) + 1 :])
        elif special == 0 and kind in collections:
            inside = "/".join(parts[1:]).rpartition(".")[0]
            posts[path] = Post(kind, inside, inside.rpartition("/")[2])
        elif special is None:
            inside = path.rpartition(".")[0]
            posts[path] = Post("pages", inside, inside.rpartition("/")[2])
        elif kind not in _PARTS:
            left_out.append(LeftOut(path, 0, f"a file in `_{kind}`, which is no collection of the site"))
    return posts


def _is_special(settings: JekyllSettings, folder: str) -> bool:
    """Return True for a folder that holds no pages unless the settings make it a collection."""
    return folder[0] == "_" and (not settings.includes(folder) or folder[1:] in settings.collections())


def _find_withheld(source: Source, settings: JekyllSettings) -> frozenset[str]:
    """Return the files that the site doesn't publish: those that its settings exclude, and those in folders that begin with `_`.

    Many authors keep the images of a post beside it in `_posts`, and a plugin publishes them.
    """
    shown = {
        "_posts",
        *(f"_{name}" for name, table in settings.collections().items() if is_true(text_in(table, "output"))),
    }
    return frozenset(
        path
        for path in source.find("**/*.*")
        if settings.excludes(path)
        or any(part[0] == "_" and part not in shown and not settings.includes(part) for part in path.split("/")[:-1])
    )


_PARTS = frozenset(["site", "includes", "layouts", "sass", "data", "plugins"])
"""Folders that hold no pages: `_site` is what Jekyll built, and the others are parts of the theme."""


def _read_post(kind: str, folders: tuple[str, ...], inside: list[str]) -> Post:
    stem = inside[-1].rpartition(".")[0]
    name = _NAME.fullmatch(stem)
    return Post(kind, "/".join([*folders, *inside[:-1], stem]), name["slug"] if name else stem, folders)


def _write_path(post: Post) -> str:
    """Return the path that the note of a page should have."""
    if post.kind == "posts":
        return f"{post.path}.md"
    if post.kind == "pages":
        folder, _, name = post.path.rpartition("/")
        return f"{folder or 'home'}.md" if name == "index" else f"{post.path}.md"
    return f"{post.kind}/{post.path}.md"


def _plan(settings: JekyllSettings, post: Post, page: Page, note: str) -> Planned:
    stem = page.path.rpartition("/")[2].rpartition(".")[0]
    name = _NAME.fullmatch(stem) if post.kind in ("posts", "drafts") else None
    date = read_date(page, _DATES) or (name["date"] if name else "")
    if name and len(date.partition("-")[0]) == 2:
        date = f"20{date}"
    categories = read_categories(page, post.categories)
    post = structs.replace(post, categories=categories)
    title = text_in(page.fields, "title") or re.sub(r"[-_]+", " ", post.name).strip()
    if post.name == "index" and not text_in(page.fields, "title"):
        title = dirname(post.path).rpartition("/")[2] or "Home"
    return Planned(
        page,
        note,
        title,
        date,
        tuple(dict.fromkeys([*read_labels(page, _TAGS, spaces=True), *categories])),
        write_address(settings, post, page, date),
        (*(f"/{address.lstrip('/')}" for address in texts_in(page.fields, "redirect_from")), *read_aliases(page)),
        _read_slug(page),
        text_in(page.fields, "lang"),
        hide(page, date, _find_hiding(settings, post, page), shows_future=settings.shows_future),
    )


def _find_hiding(settings: JekyllSettings, post: Post, page: Page) -> str:
    """Return why the folder of a page or the settings hide it, or nothing."""
    if post.kind == "drafts":
        return "a file in `_drafts`"
    if post.kind not in ("posts", "pages") and not is_true(
        text_in(settings.collections().get(post.kind, {}), "output")
    ):
        return "a file of a collection that has no pages on the site"
    shows = text_in(page.fields, "published").lower()
    if shows in ("false", "no", "off") or any(
        is_true(text_in(page.fields, key)) for key in ("draft", "private", "hidden")
    ):
        return "its front matter hides it"
    if post.kind == "pages" and re.search(r"\{%-?\s*for\s", page.body):
        return "Liquid makes a list in it, such as one of all posts"
    return ""


def _read_slug(page: Page) -> str:
    slug = text_in(page.fields, "slug")
    return slug if re.fullmatch(r"[^\s/\\?#%]{1,120}", slug) else ""


def _find_bases(each: Planned) -> tuple[str, ...]:
    """Return the folders that the front matter of a page names for its images, as the Chirpy theme has it."""
    found = (text_in(each.page.fields, key) for key in ("img_path", "media_subpath"))
    return tuple(folder.strip("/") for folder in found if folder)


def _read_includes(source: Source) -> dict[str, str]:
    """Return the includes of the site that are the same wherever they stand, by name."""
    includes: dict[str, str] = {}
    for path in (*source.find("_includes/**/*.html"), *source.find("_includes/**/*.md")):
        try:
            text = source.load_text(path)
        except SourceError:
            continue
        if not re.search(r"\{[{%]|<script|<style|<link|<meta", text):
            includes[path.removeprefix("_includes/")] = f"\n{text.strip()}\n"
    return includes
