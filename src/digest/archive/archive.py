"""Cards -> Archive: days, tags, kinds and the address of every entry.

The order of what comes in doesn't matter: everything is sorted by date and place. No two entries and no two tags ever
share an address; where they would, the later one gets a numbered address and an error names both.
"""

import datetime as dt
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Card, tag_key
from ..slugs import slugify
from ..urls import arxiv_id


class TagName(Struct, frozen=True):
    """How a tag is shown and where its page lies: `key` is its identity, `slug` its part of the address."""

    key: str
    label: str
    slug: str


class Record:
    """An entry at its address.

    `keys` are those of its tags and of the tags above them. `subject` is the work that it is about, `names` what a
    wikilink may call it: its title and its file, as both are compared. `id` is `2024-03-19/grok-1`; `digest` changes whenever anything that a page shows of the entry does. A plain class
    and not a struct, so that the encoder asks for it by `enc_hook` and a page's fingerprint holds only its digest.
    """

    __slots__ = ("card", "digest", "id", "keys", "names", "slug", "subject", "tags")

    def __init__(self, card: Card, slug: str, tags: tuple[TagName, ...]) -> None:
        self.card = card
        self.id = f"{card.date.isoformat()}/{slug}"
        self.keys = tuple(dict.fromkeys(key for tag in tags for key in (tag.key, *_parents(tag.key))))
        stem = card.source.path.rpartition("/")[2].rpartition(".")[0]
        self.names = unicodedata.normalize("NFC", card.title).casefold(), link_name(stem)
        self.slug = slug
        self.subject = subject_of(card)
        self.tags = tags
        identity = "\0".join([slug, *(f"{tag.label}\1{tag.slug}" for tag in tags)])
        self.digest = hashlib.blake2b(card.digest + identity.encode(), digest_size=16).digest()


def subject_of(card: Card) -> str | None:
    """Return what work an entry is about: its link's arXiv id, else a paper's title; None where that is unsure."""
    if card.link and (paper := arxiv_id(card.link)):
        return f"arxiv:{paper}"
    if card.kind == "paper" and card.authors:
        return "title:" + " ".join(card.title.casefold().split())
    return None


def link_name(target: str) -> str:
    """Return what a wikilink and a note's name are compared by: no folder, no ending, one case."""
    name = unicodedata.normalize("NFC", target).strip().rpartition("/")[2]
    for ending in (".md", ".markdown", ".txt"):
        name = name.removesuffix(ending)
    return name.casefold()


class Day(Struct, frozen=True):
    """A date with its entries in the author's order."""

    date: dt.date
    records: tuple[Record, ...]


class TagPage(Struct, frozen=True):
    """A tag with its entries, newest first; `children` are tags below it, `aliases` other spellings of it."""

    name: TagName
    records: tuple[Record, ...]
    children: tuple[TagName, ...] = ()
    aliases: tuple[str, ...] = ()


class Archive(Struct, frozen=True):
    """All entries and the orders in which they are looked at; days are oldest first, lists newest first."""

    records: tuple[Record, ...]
    days: tuple[Day, ...]
    tags: Mapping[str, TagPage]
    kinds: Mapping[str, tuple[Record, ...]]


def build_archive(
    cards: Iterable[Card],
    aliases: Mapping[str, Iterable[str]],
    kinds: Iterable[str],
    former: Archive | None = None,
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    """Put entries in order and give each its address.

    `aliases` maps a tag to others that mean the same, `kinds` lists all kinds in their order. Days of a `former` archive
    that hold the same cards under the same names of tags are taken as they are.
    """
    diagnostics: list[Diagnostic] = []
    ordered = sorted(cards, key=_place)
    keys = {tag_key(alias): tag_key(name) for name, others in aliases.items() for alias in others}
    names, spellings = _name_tags(ordered, keys, diagnostics)
    known = _settled_days(former, names)
    days = tuple(
        _address_day(date, list(group), known, keys, names, diagnostics)
        for date, group in groupby(ordered, key=attrgetter("date"))
    )
    records = [record for day in days for record in day.records]
    newest = newest_first(days)
    by_kind: dict[str, list[Record]] = {kind: [] for kind in kinds}
    for record in newest:
        by_kind.setdefault(record.card.kind, []).append(record)
    archive = Archive(
        records=tuple(records),
        days=days,
        tags=_tag_pages(newest, names, spellings),
        kinds={kind: tuple(found) for kind, found in by_kind.items()},
    )
    return archive, tuple(diagnostics)


def newest_first(days: Iterable[Day]) -> tuple[Record, ...]:
    """Return entries newest day first and within a day in the author's order."""
    return tuple(record for day in sorted(days, key=attrgetter("date"), reverse=True) for record in day.records)


def _place(card: Card) -> tuple[dt.date, str, int]:
    return card.date, unicodedata.normalize("NFC", card.source.path), card.source.first_line


def _settled_days(former: Archive | None, names: Mapping[str, TagName]) -> Mapping[dt.date, Day]:
    """Return the days of a former archive that another can have too: those without doubles, if tags are named alike."""
    if former is None or any(names.get(key) != tag.name for key, tag in former.tags.items()):
        return {}
    return {day.date: day for day in former.days if all(record.slug == _wanted(record.card) for record in day.records)}


def _wanted(card: Card) -> str:
    return card.slug or slugify(card.title)


def _address_day(
    date: dt.date,
    cards: list[Card],
    known: Mapping[dt.date, Day],
    keys: Mapping[str, str],
    names: Mapping[str, TagName],
    diagnostics: list[Diagnostic],
) -> Day:
    day = known.get(date)
    if (
        day
        and len(day.records) == len(cards)
        and all(r.card is card for r, card in zip(day.records, cards, strict=True))
    ):
        return day
    taken: dict[str, Card] = {}
    records = []
    for card in cards:
        wanted = slug = _wanted(card)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        if number > 1:
            first = taken[wanted].source
            diagnostics.append(
                Diagnostic(
                    card.source.path,
                    card.source.first_line,
                    1,
                    "duplicate-address",
                    f'"{card.title}" has the address of the entry at {first.path}:{first.first_line}; '
                    f"it is built at `{slug}`",
                    "give one of the two another title, or a `slug:` in its front matter",
                )
            )
        taken[slug] = card
        found = dict.fromkeys(keys.get(tag.key, tag.key) for tag in card.tags)
        records.append(Record(card, slug, tuple(names[key] for key in found)))
    return Day(date, tuple(records))


def _name_tags(
    cards: list[Card], keys: Mapping[str, str], diagnostics: list[Diagnostic]
) -> tuple[dict[str, TagName], dict[str, Counter[str]]]:
    """Choose each tag's label, its commonest spelling, and its slug."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for tag, count in Counter(tag for card in cards for tag in card.tags).items():
        spellings[keys.get(tag.key, tag.key)][tag.label] += count
    for key in list(spellings):
        for parent in _parents(key):
            spellings[parent]  # tags above others exist, however few entries bear them
    names: dict[str, TagName] = {}
    taken: dict[str, str] = {}
    # Commonest first, so that of two tags with one slug the busier keeps the plain address.
    for key in sorted(spellings, key=lambda key: (-spellings[key].total(), key)):
        wanted = slug = "/".join(slugify(part) for part in key.split("/"))
        number = 1
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        if number > 1:
            diagnostics.append(_tag_collision(_first_use(cards, keys, key), key, taken[wanted], wanted, slug))
        taken[slug] = key
        own = [(count, label) for label, count in spellings[key].items() if tag_key(label) == key]
        label = min(own, key=lambda pair: (-pair[0], pair[1]))[1] if own else key
        names[key] = TagName(key, label, slug)
    return names, spellings


def _first_use(cards: Iterable[Card], keys: Mapping[str, str], wanted: str) -> Card:
    found = ((card, keys.get(tag.key, tag.key)) for card in cards for tag in card.tags)
    return next(card for card, key in found if wanted in (key, *_parents(key)))


def _tag_collision(card: Card, key: str, other: str, wanted: str, slug: str) -> Diagnostic:
    return Diagnostic(
        card.source.path,
        card.source.last_line,
        0,
        "tag-collision",
        f"the tags `#{key}` and `#{other}` would share the address `{wanted}`; `#{key}` is built at `{slug}`",
        "rename one of them, or join them under `aliases:` in digest.yaml",
    )


def _parents(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _tag_pages(
    newest: tuple[Record, ...], names: Mapping[str, TagName], spellings: Mapping[str, Counter[str]]
) -> dict[str, TagPage]:
    members: dict[str, list[Record]] = defaultdict(list)
    for record in newest:
        for key in record.keys:
            members[key].append(record)
    children: dict[str, list[TagName]] = defaultdict(list)
    for key in sorted(names):
        for parent in _parents(key)[-1:]:
            children[parent].append(names[key])
    return {
        key: TagPage(
            name=names[key],
            records=tuple(members[key]),
            children=tuple(children.get(key, ())),
            aliases=tuple(sorted(label for label in spellings[key] if tag_key(label) != key)),
        )
        for key in sorted(members)
    }
