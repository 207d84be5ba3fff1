"""The pages of a site -> notes: their names, titles, dates, tags and old addresses, which Hugo, Jekyll and Quartz share."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from urllib.parse import unquote

from msgspec import Struct, structs

from ..notes.known_keys import MEANINGS
from ..notes.leftovers import file_reason, folder_reason
from ..redirects import AddressError, read_old_address
from ..slugs import slugify
from .imported import Imported, ImportedNote, LeftOut
from .pages import ENDINGS, Page, day_of, find_time_hiding, read_authors, read_date, report_keys
from .places import Finder, Site, trim_address
from .prose import fence_scripts
from .tables import text_in, texts_in

WITHOUT_TEXT = "a page without a text"
_UNPORTABLE = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_SLUG = re.compile(r"[^\s/\\?#%]{1,120}")
_LINKS = ("link", "external_url", "externalurl", "arxiv_url", "paper_url", "paper", "source")


class Planned(Struct, frozen=True):
    """A page and the note that it becomes.

    `address` is where the page was on the site, and `aliases` are its other old addresses and its names for links. `hiding`
    says why it is a draft, or nothing.
    """

    page: Page
    note: str
    title: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    lang: str = ""
    hiding: str = ""


Convert = Callable[[Planned, Finder], str]
"""Returns the text of a note from the body of its page. What has no meaning here, it reports to the finder."""


def choose_paths(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the path of each page's note below the notes folder, from the one that it should have. No two are the same."""
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for page, path in wanted.items():
        safe = _safe_path(path)
        stem, number = safe.removesuffix(".md"), 2
        while safe.casefold() in taken:
            safe = f"{stem}-{number}.md"
            number += 1
        taken.add(safe.casefold())
        chosen[page] = safe
    return chosen


def _safe_path(path: str) -> str:
    """Return a path that every system can store and that digest takes for a note."""
    *folders, name = (_UNPORTABLE.sub("-", part).strip(" .") or "-" for part in path.split("/"))
    folders = [f"{folder}-notes" if folder_reason(folder) else folder.lstrip(".") for folder in folders]
    stem = name.rpartition(".")[0] if name.lower().endswith(ENDINGS) else name
    name = f"{stem}.md"
    if file_reason(name) or stem.lower() == "index":
        name = f"{stem.lstrip('_')}-note.md"
    return "/".join([*folders, name])


def settle_tags(planned: Sequence[Planned]) -> tuple[list[Planned], list[LeftOut]]:
    """Give one spelling to tags that would share an address, and leave out those without a letter; also return a report of both."""
    spellings: dict[str, str] = {}
    reports: list[LeftOut] = []
    settled: list[Planned] = []
    for each in planned:
        tags: dict[str, None] = {}
        for tag in each.tags:
            spelling = spellings.setdefault(slugify(tag), tag)
            if not any(char.isalpha() for char in tag):
                reports.append(LeftOut(each.page.path, 1, f"the tag `{tag}`, which has no letter"))
                continue
            if spelling.casefold() != tag.casefold() and re.sub(r"[\s_-]+", "-", spelling) != re.sub(
                r"[\s_-]+", "-", tag
            ):
                reports.append(LeftOut(each.page.path, 1, f"the tag `{tag}`, which has the address of `{spelling}`"))
            tags[spelling] = None
        settled.append(structs.replace(each, tags=tuple(tags)))
    return settled, reports


def settle_slugs(planned: Sequence[Planned]) -> list[Planned]:
    """Give a slug to each page whose address can stay as it was.

    A page in another language gets one if it would share the address of a page of its day with the same title.
    """
    taken: set[str] = set()
    settled: list[Planned] = []
    for each in planned:
        slug = _slug_in(each) or each.slug
        own = _own_address(each, slug or slugify(each.title))
        if each.lang and own in taken:
            slug = f"{slug or slugify(each.title)}-{each.lang.lower()}"
            own = _own_address(each, slug)
        taken.add(own)
        settled.append(structs.replace(each, slug=slug))
    return settled


def _slug_in(each: Planned) -> str:
    """Return the last part of a page's old address if the rest is that of the note's folder on the site, such as `/2024/03/19/`."""
    path = unquote(each.address).strip("/")
    folder, _, slug = path.rpartition("/")
    is_same = f"{folder}/" == _own_address(each, "").removesuffix("/") and _SLUG.fullmatch(slug)
    return slug if is_same and slug != slugify(each.title) else ""


def _own_address(each: Planned, slug: str) -> str:
    """Return the address of a page's note, with a slug or with that of its title."""
    day = day_of(each.date)
    return f"{f'{day:%Y/%m/%d}' if day else 'notes'}/{slug}/"


def write_notes(
    site: Site,
    planned: Sequence[Planned],
    convert: Convert,
    left_out: Sequence[LeftOut],
    bases: Callable[[Planned], Sequence[str]] = lambda _: (),
) -> Imported:
    """Write the notes of a site. `bases` returns the folders in which a page's files are looked for besides its own."""
    notes: list[ImportedNote] = []
    planned, reports = settle_tags(settle_slugs(planned))
    reports += left_out
    missing: set[str] = set()
    owners = _own_aliases(planned)
    for each in planned:
        if each.page.unreadable:
            reason = f"its front matter cannot be read: {each.page.unreadable}; digest reads the note once it is mended"
            reports.append(LeftOut(each.page.path, 1, reason, "draft"))
            notes.append(ImportedNote(each.note, each.page.path, 1, each.page.body))
            continue
        finder = Finder(site, each.page, each.note, each.address, bases(each), {}, [])
        body = _without_title(convert(each, finder), each.title)
        reports += [*finder.left_out, *report_keys(each.page)]
        if not body.strip():
            reports.append(LeftOut(each.page.path, 0, WITHOUT_TEXT))
            continue
        if each.hiding:
            reports.append(LeftOut(each.page.path, 0, each.hiding, "draft"))
        else:
            missing |= finder.missing
        notes.append(_write_note(each, body, finder, owners, reports))
    kept = tuple(_without_files(note, missing, reports) for note in notes)
    return Imported(kept, tuple(sorted(set(reports))))


def _own_aliases(planned: Sequence[Planned]) -> dict[str, str]:
    """Return the page that each old address belongs to: the one that was there, or else the first that names it."""
    owners: dict[str, str] = {}
    for each in planned:
        owners.setdefault(trim_address(each.address), each.page.path)
    for each in planned:
        for alias in each.aliases:
            owners.setdefault(trim_address(alias), each.page.path)
    return owners


def _without_files(note: ImportedNote, missing: Set[str], reports: list[LeftOut]) -> ImportedNote:
    """Return a draft without the files whose names a note on the site has for files that are not there.

    digest finds a file by its name alone, and would publish that of the draft.
    """
    if not note.draft:
        return note
    kept = tuple(each for each in note.attachments if each.source.rpartition("/")[2].casefold() not in missing)
    reports += [
        LeftOut(each.source, 0, "a file of a draft, which a note on the site would show")
        for each in note.attachments
        if each not in kept
    ]
    return structs.replace(note, attachments=kept)


def show_scripts(finder: Finder, text: str) -> str:
    """Return a text in which scripts and style sheets are shown as code, and report them."""
    shown, scripts = fence_scripts(text)
    page = finder.page
    finder.left_out += [
        LeftOut(page.path, page.line_of(script), "a script or a style sheet", "shown as code") for script in scripts
    ]
    return shown


def hide(page: Page, date: str, *reasons: str, shows_future: bool) -> str:
    """Return the first reason why a page is hidden, or nothing."""
    return next(filter(None, (page.hiding, *reasons, find_time_hiding(page, date, shows_future=shows_future))), "")


def _write_note(
    each: Planned, body: str, finder: Finder, owners: Mapping[str, str], reports: list[LeftOut]
) -> ImportedNote:
    page = each.page
    return ImportedNote(
        each.note,
        page.path,
        1,
        body,
        title=each.title,
        date=each.date,
        tags=each.tags,
        link=next((link for key in _LINKS if re.match(r"https?://\S+$", link := text_in(page.fields, key))), ""),
        description=next(
            (" ".join(said.split()) for key in MEANINGS["excerpt"] if (said := text_in(page.fields, key))), ""
        ),
        aliases=_choose_aliases(each, owners, reports),
        draft=bool(each.hiding),
        authors=read_authors(page),
        updated=read_date(page, MEANINGS["updated"]),
        lang=each.lang,
        slug=each.slug,
        attachments=tuple(finder.attachments.values()),
    )


def _choose_aliases(each: Planned, owners: Mapping[str, str], reports: list[LeftOut]) -> tuple[str, ...]:
    """Return the old addresses of a page that aren't those of its note, and its other names."""
    own = _own_address(each, each.slug or (slugify(each.title) if each.title else ""))
    aliases: dict[str, None] = {}
    for alias in (each.address, *each.aliases):
        if not alias.startswith("/"):
            aliases.update({alias: None} if alias else {})
            continue
        if owners[trim_address(alias)] != each.page.path:
            reports.append(LeftOut(each.page.path, 1, f"`{alias}` is an old address of another page as well"))
            continue
        try:
            path = read_old_address(alias)
        except AddressError as error:
            if alias != "/":
                reports.append(LeftOut(each.page.path, 1, f"`{alias}` {error}"))
        else:
            aliases.update({f"/{path}": None} if path != own else {})
    return tuple(aliases)


def _without_title(body: str, title: str) -> str:
    """Return a text without the heading at its top that repeats the title."""
    heading = re.match(r"\s*# +([^\n]*?)[ #]*(?:\n|$)", body)
    same = heading is not None and title and heading[1].strip().casefold() == title.casefold()
    return body[heading.end() :] if heading and same else body


def read_aliases(page: Page) -> tuple[str, ...]:
    """Return the names and old addresses under `aliases` and `alias`, one a line or with commas between them."""
    found: list[str] = []
    for key in ("aliases", "alias"):
        value = page.fields.get(key)
        found += texts_in(page.fields, key) if isinstance(value, list) else text_in(page.fields, key).split(",")
    return tuple(dict.fromkeys(alias.strip() for alias in found if alias.strip()))
