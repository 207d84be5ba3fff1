"""Tags that look alike -> which of them to merge into which, and what would change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from ..archive.archive import Archive, TagPage
from ..config import Config
from ..model import tag_key
from ..search.glossary import Row, shipped_glossary
from ..site import routes
from ..site.pagination import count_pages
from .alike import Likeness, find_alike


class Merge(Struct, frozen=True):
    """What changes if `tag` becomes an alias of another tag.

    `entries` is the number of entries that have it, `both` the number of entries that have the other tag too. `addresses` of its
    pages and of its feed, if it has one, lead to the other tag. They stay if tags such as `a/b` lie below the tag by their names.
    """

    tag: str
    label: str
    entries: int
    both: int
    addresses: tuple[str, ...]
    feed: str
    reason: str = ""


class Suggestion(Struct, frozen=True):
    """Tags that look alike: the one to keep, which has most entries, and those to merge into it."""

    keep: str
    label: str
    entries: int
    address: str
    merges: tuple[Merge, ...]
    certain: bool


def glossary_of(config: Config) -> tuple[Row, ...]:
    """Return the rows of the glossary, with those of the settings."""
    own = config.search.glossary.items()
    return (
        *shipped_glossary(),
        *(((term,), (others,) if isinstance(others, str) else others) for term, others in own),
    )


def suggest_merges(archive: Archive, config: Config, *, guesses: bool = False) -> tuple[Suggestion, ...]:
    """Return the tags that are nearly certainly one tag, those with most entries first; with `guesses`, also possible ones."""
    tags = {key: tag for key, tag in archive.tags.items() if tag.count}
    pairs = [
        pair
        for pair in find_alike({key: tag.count for key, tag in tags.items()}, glossary_of(config))
        if not _is_above(tags[pair.one], tags[pair.other])
    ]
    settled = _settled(config)
    groups = _groups([pair for pair in pairs if pair.certain])
    found = [_suggest(archive, config, group, settled, certain=True) for group in groups]
    if guesses:
        place = {key: number for number, group in enumerate(groups) for pair in group for key in (pair.one, pair.other)}
        others = [
            [pair]
            for pair in pairs
            if not pair.certain and (pair.one not in place or place[pair.one] != place.get(pair.other))
        ]
        found += [_suggest(archive, config, group, settled, certain=False) for group in others]
    return tuple(sorted(found, key=lambda each: (not each.certain, -each.entries, each.keep)))


def _is_above(one: TagPage, other: TagPage) -> bool:
    """Return True if one of two tags lies above the other: the author has said how they differ."""
    return one.name in other.above or other.name in one.above


def _settled(config: Config) -> Set[str]:
    """Return the tags that the settings name: they can't become aliases without another change."""
    return {tag_key(name) for name in (*config.aliases, *config.tags)}


def _groups(pairs: Sequence[Likeness]) -> list[list[Likeness]]:
    """Group pairs that have tags in common."""
    group_of: dict[str, list[Likeness]] = {}
    for pair in pairs:
        one, other = group_of.get(pair.one, []), group_of.get(pair.other, [])
        merged = [*one, *(other if other is not one else []), pair]
        for member in merged:
            group_of[member.one] = group_of[member.other] = merged
    return list({id(group): group for group in group_of.values()}.values())


def _suggest(
    archive: Archive, config: Config, group: Sequence[Likeness], settled: Set[str], *, certain: bool
) -> Suggestion:
    members = sorted({key for pair in group for key in (pair.one, pair.other)})
    members.sort(key=lambda key: (key not in settled, -archive.tags[key].count))
    keep, *others = members
    reasons: dict[str, str] = {}
    for pair in sorted(group, key=lambda pair: keep in (pair.one, pair.other), reverse=True):
        for key in (pair.one, pair.other):
            reasons.setdefault(key, pair.reason)
    page = archive.tags[keep]
    return Suggestion(
        keep=keep,
        label=page.name.label,
        entries=page.count,
        address=routes.address(config.root, routes.tag(page.name.slug)),
        merges=tuple(describe_merge(archive, config, other, keep, reasons[other]) for other in others),
        certain=certain,
    )


def describe_merge(archive: Archive, config: Config, other: str, keep: str, reason: str = "") -> Merge:
    """Return what changes if a tag of the archive becomes an alias of another one, which may be new."""
    page = archive.tags[other]
    records = (*page.records, *page.undated)
    stays = any(key.startswith(f"{other}/") for key in archive.tags)
    pages = count_pages(len(page.records), config.per_page)
    slug = page.name.slug
    paths = [routes.tag(slug), *(routes.tag(slug, number) for number in range(1, pages))]
    return Merge(
        tag=other,
        label=page.name.label,
        entries=len(records),
        both=sum(keep in record.keys for record in records),
        addresses=() if stays else tuple(routes.address(config.root, path) for path in paths),
        feed=routes.address(config.root, routes.tag_feed(slug)) if page.records and not stays else "",
        reason=reason,
    )


class ListedTag(Struct, frozen=True):
    """A tag of the site, its entries, the tag above it, and its aliases and other spellings."""

    tag: str
    label: str
    entries: int
    address: str
    parent: str
    aliases: tuple[str, ...]


def list_tags(archive: Archive, config: Config) -> Iterator[ListedTag]:
    """Yield all tags, those with most entries first."""
    spellings: Mapping[str, list[str]] = _aliases_by_key(config)
    for key, page in sorted(archive.tags.items(), key=lambda item: (-item[1].count, item[0])):
        yield ListedTag(
            tag=key,
            label=page.name.label,
            entries=page.count,
            address=routes.address(config.root, routes.tag(page.name.slug)),
            parent=page.above[-1].key if page.above else "",
            aliases=tuple(dict.fromkeys((*spellings.get(key, ()), *page.aliases))),
        )


def _aliases_by_key(config: Config) -> dict[str, list[str]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for name, others in config.aliases.items():
        by_key[tag_key(name)] += others
    return by_key


def spell(archive: Archive, keys: Iterable[str]) -> list[str]:
    """Return the spellings of tags by which notes, and commands, name them."""
    return [archive.tags[key].name.spelling if key in archive.tags else key for key in keys]
