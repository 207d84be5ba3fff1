"""A page of all authors, a kind of entry for data sets, links to handles, and links without tracking parameters."""

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct, structs

from digest.plugins import Entry, Evidence, InlineRule, Plugin, Rule, Run
from digest.plugins.pages import (
    Arrangement,
    Crumb,
    Head,
    MenuEntry,
    Page,
    PageType,
    Parts,
    Recipe,
    Record,
    Row,
    Strings,
    Template,
    page_head,
)

PEOPLE = "people/"


class PeopleRecipe(Recipe, frozen=True):
    """Each author with their entries, newest first."""

    people: tuple[tuple[str, tuple[Record, ...]], ...]


class PeopleView(Struct, frozen=True):
    """`people.html`: each author with their entries."""

    head: Head
    crumbs: tuple[Crumb, ...]
    people: tuple[tuple[str, tuple[Row, ...]], ...]


def plan(arrangement: Arrangement) -> Iterator[Page]:
    """Plan the page, if any entry names its authors."""
    entries: dict[str, list[Record]] = defaultdict(list)
    for record in reversed(arrangement.archive.records):
        for name in record.card.authors:
            entries[name].append(record)
    if entries:
        people = tuple((name, tuple(entries[name])) for name in sorted(entries))
        yield Page(PEOPLE, PeopleRecipe(people))


def compose(parts: Parts, path: str, recipe: PeopleRecipe) -> Template:
    """Compose the page."""
    view = PeopleView(
        head=page_head(parts.site, path, parts.ui.word("people")),
        crumbs=(Crumb(parts.ui.word("people")),),
        people=tuple((name, parts.rows_of(records)) for name, records in recipe.people),
    )
    return Template("people.html", view)


def label(ui: Strings) -> str:
    """Return the text of the link in the footer."""
    return ui.word("people")


def is_dataset(evidence: Evidence) -> bool:
    """Return True for an entry whose link leads to a data set."""
    return evidence.link is not None and "/datasets/" in evidence.link


def clean_link(entry: Entry) -> Entry:
    """Return the entry without the tracking parameters of its link."""
    if entry.link is None or "utm_" not in entry.link:
        return entry
    address, _, query = entry.link.partition("?")
    kept = "&".join(part for part in query.split("&") if not part.startswith("utm_"))
    return structs.replace(entry, link=f"{address}?{kept}" if kept else address)


def link_handle(match: re.Match[str]) -> Run:
    """Return a link to the profile of a handle such as `@ada`."""
    return Run(match[0], link=f"https://social.example/{match[0]}")


def initials(name: str) -> str:
    """Return the initials of a name, for the template."""
    return "".join(part[0] for part in name.split())


plugin = Plugin(
    page_types=(
        PageType(
            recipe=PeopleRecipe,
            paths=PEOPLE,
            plan=plan,
            compose=compose,
            in_sitemap=True,
            menu=MenuEntry("footer", "people", PEOPLE, label),
        ),
    ),
    kind_rules=(Rule("dataset", "its link leads to a data set", is_dataset),),
    inline_rules=(InlineRule(starts="@", pattern=r"(?<![\w@])@[a-z][a-z0-9_]+", write=link_handle),),
    transform=clean_link,
    template_globals={"initials": initials},
    words={"en": {"people": "People"}, "ko": {"people": "사람"}},
)
