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


class TagName(Struct, frozen=True):
    """How a tag is shown and where its page lies: `key` is its identity, `slug` its part of the address."""

    key: str
    label: str
    slug: str


class Record:
    """An entry at its address.

    `id` is `2024-03-19/grok-1`; `digest` changes whenever anything that a page shows of the entry does. A plain class
    and not a struct, so that the encoder asks for it by `enc_hook` and a page's fingerprint holds only its digest.
    """

    __slots__ = ("card", "digest", "id", "slug", "tags")

    def __init__(self, card: Card, slug: str, tags: tuple[TagName, ...]) -> None:
        self.card = card
        self.id = f"{card.date.isoformat()}/{slug}"
        self.slug = slug
        self.tags = tags
        identity = "\0".join([slug, *(f"{tag.label}\1{tag.slug}" for tag in tags)])
        self.digest = hashlib.blake2b(card.digest + identity.encode(), digest_size=16).digest()


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
    cards: Iterable[Card], aliases: Mapping[str, Iterable[str]], kinds: Iterable[str]
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    """Put entries in order and give each its address.

    `aliases` maps a tag to others that mean the same, `kinds` lists all kinds in their order.
    """
    diagnostics: list[Diagnostic] = []
    ordered = sorted(cards, key=_place)
    keys = {tag_key(alias): tag_key(name) for name, others in aliases.items() for alias in others}
    names, spellings = _name_tags(ordered, keys, diagnostics)
    records: list[Record] = []
    for _, same_day in groupby(ordered, key=attrgetter("date")):
        records += _address_day(list(same_day), keys, names, diagnostics)
    days = tuple(Day(date, tuple(group)) for date, group in groupby(records, key=lambda record: record.card.date))
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


def _address_day(
    cards: list[Card], keys: Mapping[str, str], names: Mapping[str, TagName], diagnostics: list[Diagnostic]
) -> list[Record]:
    taken: dict[str, Card] = {}
    records = []
    for card in cards:
        wanted = slug = card.slug or slugify(card.title)
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
    return records


def _name_tags(
    cards: list[Card], keys: Mapping[str, str], diagnostics: list[Diagnostic]
) -> tuple[dict[str, TagName], dict[str, Counter[str]]]:
    """Choose each tag's label, its commonest spelling, and its slug."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    first_use: dict[str, Card] = {}
    for card in cards:
        for tag in card.tags:
            key = keys.get(tag.key, tag.key)
            spellings[key][tag.label] += 1
            first_use.setdefault(key, card)
            for parent in _parents(key):
                first_use.setdefault(parent, card)
    names: dict[str, TagName] = {}
    taken: dict[str, str] = {}
    # Commonest first, so that of two tags with one slug the busier keeps the plain address.
    for key in sorted(first_use, key=lambda key: (-spellings[key].total(), key)):
        wanted = slug = "/".join(slugify(part) for part in key.split("/"))
        number = 1
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        if number > 1:
            source = first_use[key].source
            diagnostics.append(
                Diagnostic(
                    source.path,
                    source.last_line,
                    0,
                    "tag-collision",
                    f"the tags `#{key}` and `#{taken[wanted]}` would share the address `{wanted}`; "
                    f"`#{key}` is built at `{slug}`",
                    "rename one of them, or join them under `aliases:` in digest.yaml",
                )
            )
        taken[slug] = key
        own = [(count, label) for label, count in spellings[key].items() if tag_key(label) == key]
        label = min(own, key=lambda pair: (-pair[0], pair[1]))[1] if own else key
        names[key] = TagName(key, label, slug)
    return names, spellings


def _parents(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _tag_pages(
    newest: tuple[Record, ...], names: Mapping[str, TagName], spellings: Mapping[str, Counter[str]]
) -> dict[str, TagPage]:
    members: dict[str, list[Record]] = defaultdict(list)
    for record in newest:
        for key in dict.fromkeys(key for tag in record.tags for key in (tag.key, *_parents(tag.key))):
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
