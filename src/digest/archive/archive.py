"""Cards -> Archive: days, tags, kinds and the address of every entry.

The order of the input doesn't matter: cards are sorted by date, path and line. No two entries and no two tags share an
address: the later one gets a numbered address, and an error names both. Notes without a date belong to no day.
"""

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter

from msgspec import Struct

from ..addresses.giving import give_addresses
from ..addresses.lock import id_at
from ..addresses.recognise import UNKNOWN, Recognised
from ..addresses.wishes import place_of
from ..diagnostics import Diagnostic
from ..model import Card, Tag, tag_key
from ..slugs import slugify
from ..urls import arxiv_id
from .vocabulary import NO_VOCABULARY, Vocabulary, chain_above, find_above, parents_by_name

NO_SLUGS: Mapping[str, str] = {}
"""The slugs that tags have held if no site was built before."""

_NUMBERED_PAGE = re.compile(r".+/page/\d+")
"""The addresses of a tag's older pages. No tag may have such an address, even if the other tag has only one page today."""


class TagName(Struct, frozen=True):
    """A tag's identity (`key`), the label that pages show, its part of the address (`slug`), and a sentence about it."""

    key: str
    label: str
    slug: str
    description: str = ""

    @property
    def spelling(self) -> str:
        """A spelling by which notes name the tag: the label, unless notes would name another tag by it."""
        return self.label if tag_key(self.label) == self.key else self.key


class Record:
    """An entry's place in the archive: its card, its address and its tags by name.

    `id` is the name by which feeds and `data/entries.json` know the entry, whatever becomes of its address: the first
    date and slug that it had (`2024-03-19/grok-1`, or `notes/grok-1` without a date), or the first path of a page. No two
    entries have one id. `slug` is unique within a day, and `tags` are
    in the author's order. `path` is the site path of its page. `keys` are the keys of the tags and of their parents. `subject` identifies the work that the
    entry is about (see `subject_of`). `digest` changes whenever anything changes that a page shows of the entry.

    A record is a plain class, not a struct: msgspec passes it to `enc_hook`, so a page's fingerprint holds only its digest.
    """

    __slots__ = ("card", "digest", "id", "keys", "path", "slug", "subject", "tags")

    def __init__(self, card: Card, address: str, name: str, tags: tuple[TagName, ...]) -> None:
        slug = address[address.rfind("/") + 1 :]
        self.card = card
        self.id = name
        keys = [tag.key for tag in tags]
        if "/" in "".join(keys):
            keys = list(dict.fromkeys(each for key in keys for each in (key, *parents_by_name(key))))
        self.keys = tuple(keys)
        self.path = f"{address}/" if address else ""
        self.slug = slug
        self.subject = subject_of(card)
        self.tags = tags
        identity = "\0".join([name, slug, *[f"{tag.label}\1{tag.slug}" for tag in tags]])
        self.digest = hashlib.blake2b(card.digest + identity.encode(), digest_size=16).digest()

    @property
    def date(self) -> dt.date:
        """The entry's date. Raises ValueError for a note without a date."""
        if self.card.date is None:
            raise ValueError(f"{self.id} has no date")
        return self.card.date


def subject_of(card: Card) -> str | None:
    """Return a key for the work that an entry is about, or None if that is unsure.

    The key is the arXiv id of the entry's link, or else the work's DOI. A paper with neither is identified by its title, and
    anything else by its link, unless that leads to the home page of a site. Papers that the text mentions don't matter.
    """
    link, doi = card.link or "", card.doi.lower()
    if (paper := arxiv_id(link)) or (paper := doi.partition("10.48550/arxiv.")[2]):
        return f"arxiv:{paper}"
    if doi:
        return f"doi:{doi}"
    if card.kind == "paper" and card.authors:
        return "title:" + " ".join(card.title.casefold().split())
    place = link.partition("://")[2].partition("/")[2].rstrip("/")
    return f"link:{link.rstrip('/')}" if place else None


class Day(Struct, frozen=True):
    """A date with its entries in the author's order."""

    date: dt.date
    records: tuple[Record, ...]


class TagPage(Struct, frozen=True):
    """A tag with its entries, newest first.

    `above` are the tags above it, the topmost first, `children` the tags directly below it, and `aliases` other spellings of
    it in notes. `undated` are its notes without a date. A tag may have only those. A tag that the settings put above others may
    have neither.
    """

    name: TagName
    records: tuple[Record, ...]
    children: tuple[TagName, ...] = ()
    aliases: tuple[str, ...] = ()
    undated: tuple[Record, ...] = ()
    above: tuple[TagName, ...] = ()

    @property
    def count(self) -> int:
        """The number of its entries and notes."""
        return len(self.records) + len(self.undated)


class Archive(Struct, frozen=True):
    """All entries, in the orders in which pages list them.

    `records` and `days` are oldest first, the entries of a tag or a kind newest first; all of them have a date. `undated`
    are the notes without a date and `pages` the author's own pages, both by path. `spellings` counts how often each spelling of a tag is used. `doubles` are the
    reports of entries whose address was taken, by date; the reports of notes without a date are under None.
    """

    records: tuple[Record, ...]
    days: tuple[Day, ...]
    tags: Mapping[str, TagPage]
    kinds: Mapping[str, tuple[Record, ...]]
    spellings: Mapping[Tag, int] = {}
    doubles: Mapping[dt.date | None, tuple[Diagnostic, ...]] = {}
    undated: tuple[Record, ...] = ()
    pages: tuple[Record, ...] = ()


def build_archive(
    cards: Iterable[Card],
    aliases: Mapping[str, Iterable[str]],
    kinds: Iterable[str],
    recognised: Recognised = UNKNOWN,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    """Put entries in order and give each an address. Also return an error for each address that two of them wanted.

    `aliases` maps a tag to other tags with the same meaning, `vocabulary` has the settings of tags, and `kinds` lists all kinds in
    order. No card is that of a page. A card that is `recognised` has its id, and no entry or tag gets an address that was once another one's.
    """
    ordered = sorted(cards, key=place_of)
    spellings = Counter(tag for card in ordered for tag in card.tags)
    naming = name_tags(spellings, aliases, recognised.lock.slugs, vocabulary)
    dated = [card for card in ordered if card.date]
    addressed = [address_day(date, group, naming, recognised) for date, group in groupby(dated, key=attrgetter("date"))]
    days = tuple(day for day, _ in addressed)
    undated, twins = address_entries([card for card in ordered if card.date is None], naming, recognised)
    members: dict[str, list[Record]] = defaultdict(list)
    by_kind: dict[str, list[Record]] = {kind: [] for kind in kinds}
    for record in newest_first(days):
        by_kind.setdefault(record.card.kind, []).append(record)
        for key in record.keys:
            members[key].append(record)
    pages = undated_by_tag(undated)
    doubles: dict[dt.date | None, tuple[Diagnostic, ...]] = {None: twins} if twins else {}
    doubles |= {day.date: found for day, found in addressed if found}
    archive = Archive(
        records=tuple(record for day in days for record in day.records),
        days=days,
        tags={key: naming.page(key, members[key], pages.get(key, ())) for key in sorted(naming.names)},
        kinds={kind: tuple(found) for kind, found in by_kind.items()},
        spellings=spellings,
        doubles=doubles,
        undated=undated,
    )
    return archive, collisions(archive, naming)


def newest_first(days: Iterable[Day]) -> tuple[Record, ...]:
    """Return the entries with the newest day first, and in the author's order within a day."""
    return tuple(record for day in sorted(days, key=attrgetter("date"), reverse=True) for record in day.records)


def address_day(
    date: dt.date, cards: Iterable[Card], naming: "Naming", recognised: Recognised
) -> tuple[Day, tuple[Diagnostic, ...]]:
    """Give each entry of a day its own address, and report each address that was taken. `cards` are in order."""
    records, diagnostics = address_entries(tuple(cards), naming, recognised)
    return Day(date, records), diagnostics


def address_entries(
    cards: Sequence[Card], naming: "Naming", recognised: Recognised
) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """Give each entry of a day, or each note without a date, its own address, and report each address that was taken."""
    addresses, diagnostics = give_addresses(cards, recognised)
    ids = recognised.ids
    records = (
        Record(card, address, ids.get(id(card)) or id_at(address), naming.of(card))
        for card, address in zip(cards, addresses, strict=True)
    )
    return tuple(records), tuple(diagnostics)


def undated_by_tag(undated: Iterable[Record]) -> dict[str, list[Record]]:
    """Group notes without a date by the keys of their tags."""
    grouped: dict[str, list[Record]] = defaultdict(list)
    for record in undated:
        for key in record.keys:
            grouped[key].append(record)
    return grouped


class Naming(Struct, frozen=True):
    """The names and spellings of all tags, by key.

    `meant` maps the key of an alias to the key of its tag. `labels` counts a tag's spellings. `above` maps a tag to the one right
    above it. `children` are sorted by key.
    `doubles` are the tags whose address was taken by another tag or by its older pages: (key, the other key, the address).
    """

    meant: Mapping[str, str]
    names: Mapping[str, TagName]
    labels: Mapping[str, Counter[str]]
    above: Mapping[str, str]
    children: Mapping[str, Iterable[TagName]]
    doubles: tuple[tuple[str, str, str], ...]

    def of(self, card: Card) -> tuple[TagName, ...]:
        """Return the names of an entry's tags, each once."""
        return tuple(self.names[key] for key in dict.fromkeys(self.meant.get(tag.key, tag.key) for tag in card.tags))

    def page(self, key: str, records: Iterable[Record], undated: Iterable[Record] = ()) -> TagPage:
        """Return a tag with its entries and its notes without a date."""
        return TagPage(
            name=self.names[key],
            records=tuple(records),
            children=tuple(self.children.get(key, ())),
            aliases=tuple(sorted(self._other_spellings(key))),
            undated=tuple(undated),
            above=tuple(self.names[upper] for upper in chain_above(key, self.above))[::-1],
        )

    def _other_spellings(self, key: str) -> Iterator[str]:
        """Yield the aliases of a tag and, if its label is none of its spellings, its commonest spelling."""
        yield from (label for label in self.labels[key] if tag_key(label) != key)
        if self.names[key].spelling != self.names[key].label and (own := _commonest(key, self.labels[key])):
            yield own


def name_tags(
    spellings: Mapping[Tag, int],
    aliases: Mapping[str, Iterable[str]],
    held: Mapping[str, str] = NO_SLUGS,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> Naming:
    """Choose each tag's label and its slug.

    The label is that of the settings or the commonest spelling. The slug follows the key, and stays the one that the tag has `held`.
    """
    meant = {tag_key(alias): tag_key(name) for name, others in aliases.items() for alias in others}
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for tag, count in spellings.items():
        labels[meant.get(tag.key, tag.key)][tag.label] += count
    above = find_above(labels, vocabulary)
    for upper in above.values():
        labels[upper]  # it exists even if no entry has that tag itself
    names: dict[str, TagName] = {}
    taken: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    doubles: list[tuple[str, str, str]] = []
    owners = {slug: key for key, slug in held.items()}
    # The commonest tag comes first, so that it keeps the plain address if another has the same slug.
    for key in sorted(labels, key=lambda key: (-labels[key].total(), key)):
        wanted = slug = _tag_slug(key)
        number = numbers[wanted] or 1  # no smaller one is free
        if key in held:
            slug = held[key]
            number = 1 if slug == wanted else 2
        while slug in taken or owners.get(slug, key) != key or _NUMBERED_PAGE.fullmatch(slug):
            number += 1
            slug = f"{wanted}-{number}"
        if key not in held:
            numbers[wanted] = number
        if number > 1:
            doubles.append((key, taken.get(wanted) or owners.get(wanted) or parents_by_name(key)[-2], wanted))
        taken[slug] = key
        label = vocabulary.labels.get(key) or _commonest(key, labels[key]) or vocabulary.spellings.get(key, key)
        names[key] = TagName(key, label, slug, vocabulary.descriptions.get(key, ""))
    children: dict[str, list[TagName]] = defaultdict(list)
    for key in sorted(names):
        if key in above:
            children[above[key]].append(names[key])
    return Naming(meant, names, labels, above, children, tuple(doubles))


def _commonest(key: str, spellings: Counter[str]) -> str:
    """Return a tag's commonest spelling that is no alias, or nothing."""
    own = [(count, label) for label, count in spellings.items() if tag_key(label) == key]
    return min(own, key=lambda pair: (-pair[0], pair[1]))[1] if own else ""


def collisions(archive: Archive, naming: Naming) -> tuple[Diagnostic, ...]:
    """Report every tag and every entry whose address was taken."""
    entries = (archive.doubles[date] for date in sorted(archive.doubles, key=lambda date: date or dt.date.min))
    return (*_tag_collisions(archive, naming), *chain.from_iterable(entries))


def _tag_collisions(archive: Archive, naming: Naming) -> Iterator[Diagnostic]:
    for key, other, wanted in naming.doubles:
        if other not in archive.tags:  # a tag of an earlier build, which keeps its address
            continue
        page = archive.tags[key]
        uses = sorted((*page.records, *page.undated), key=lambda record: place_of(record.card))
        yield Diagnostic(
            uses[0].card.source.path if uses else "digest.yaml",
            uses[0].card.source.last_line if uses else 0,
            0,
            "tag-collision",
            f"the tags `#{key}` and `#{other}` would share the address `{wanted}`; "
            f"`#{key}` is built at `{naming.names[key].slug}`",
            "rename one of them, or make one an alias of the other under `aliases:` in digest.yaml",
        )


@lru_cache(maxsize=10_000)
def _tag_slug(key: str) -> str:
    return "/".join(slugify(part) for part in key.split("/"))
