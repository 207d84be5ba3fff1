"""Find the related entries of all entries, looking again only at those that a change may concern.

The related entries of an entry depend on its traits, on the entries that share them nearby, and on what its page links to anyway. So
an entry keeps its related entries unless it changed itself, or an entry that came, went or changed has one of its traits nearby.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain

import msgspec
from msgspec import Struct

from .archive import Archive, Record
from .related import MOST_WITH_WORD, WINDOW, Neighbourhood, timeline_of, trait_weight

MOST_CHANGES = 64
"""If more entries changed, the related entries of all are found anew."""

Shown = Callable[[Record], Iterable[Record]]
"""A function that returns the entries to which the page of an entry links anyway."""


class Kin(Struct, frozen=True, array_like=True):
    """An entry with its related entries, as the next build remembers them.

    `traits` are its date, its tags, its papers and its words, one a line; tags and papers are parted by tabs, and a paper begins with
    a space. `shown` and `related` are ids, one a line.
    """

    id: str
    traits: str
    shown: str
    related: str

    @property
    def tags_and_papers(self) -> set[str]:
        """Its tags and papers, and perhaps an empty word."""
        _, tags, papers, _ = self.traits.split("\n", 3)
        return {*tags.split("\t"), *papers.split("\t")} if papers else set(tags.split("\t"))

    @property
    def words(self) -> set[str]:
        """Its words, in lower case."""
        return set(self.traits.rpartition("\n")[2].lower().split())


_KIN = msgspec.msgpack.Decoder(list[Kin])


def find_kinship(archive: Archive, shown: Shown, former: bytes) -> tuple[Mapping[str, tuple[Record, ...]], bytes]:
    """Return the related entries of all entries, by id, and what the next build needs to find them again.

    `former` is the latter as the last build returned it, or empty.
    """
    timeline = timeline_of(archive)
    records = {record.id: record for record in timeline}
    before = _KIN.decode(former) if former else []
    blank = [_describe(record, shown(record)) for record in timeline]
    stale = _find_stale(before, blank)
    known = {kin.id: kin for kin in before}
    again: Set[str] = records.keys() if stale is None else stale
    neighbourhood = Neighbourhood(archive, None if stale is None else [records[name] for name in stale])
    found: dict[str, tuple[Record, ...]] = {}
    kinship = []
    for kin in blank:
        record = records[kin.id]
        if kin.id in again:
            near = found[kin.id] = neighbourhood.related(record, shown(record))
            kinship.append(Kin(kin.id, kin.traits, kin.shown, "\n".join([other.id for other in near])))
        else:
            kept = known[kin.id]
            found[kin.id] = tuple([records[other] for other in kept.related.split("\n")]) if kept.related else ()
            kinship.append(kept)
    return found, msgspec.msgpack.encode(kinship)


def _describe(record: Record, shown: Iterable[Record]) -> Kin:
    card = record.card
    papers = "\t".join([f" {paper}" for paper in card.arxiv]) if card.arxiv else ""
    tags = "\t".join(record.keys)
    return Kin(
        record.id, f"{card.date or ''}\n{tags}\n{papers}\n{card.terms}", "\n".join([each.id for each in shown]), ""
    )


def _find_stale(before: Sequence[Kin], after: Sequence[Kin]) -> Set[str] | None:
    """Return the ids of the entries whose related entries may be others now; None if these may be all."""
    old = {kin.id: kin for kin in before}
    new = {kin.id for kin in after}
    fresh = [kin for kin in after if kin.id not in old or old[kin.id].traits != kin.traits]
    former = [*(old[kin.id] for kin in fresh if kin.id in old), *(kin for kin in before if kin.id not in new)]
    changed = {kin.id for kin in (*fresh, *former)}
    if not before or len(changed) > MOST_CHANGES:
        return None
    if [kin.id for kin in before if kin.id not in changed] != [kin.id for kin in after if kin.id not in changed]:
        return None  # the order of entries decides which of them are near
    stale = {kin.id for kin in after if kin.id in changed or old[kin.id].shown != kin.shown}
    if not changed:
        return stale
    stale.update(_near_in_time(changed, before, after, _union(kin.tags_and_papers for kin in (*fresh, *former))))
    stale.update(_with_words(fresh, former, after))
    return stale & new


def _union(sets: Iterable[Set[str]]) -> Set[str]:
    return frozenset(chain.from_iterable(sets)) - {""}


def _near_in_time(changed: Set[str], before: Iterable[Kin], after: Iterable[Kin], traits: Set[str]) -> Iterator[str]:
    """Yield the entries that have one of some tags and papers in common with a changed entry nearby, before or after the change."""
    old, new = _holders(before, traits), _holders(after, traits)
    for trait in traits:
        lists = old[trait], new[trait]
        few, many = sorted(map(len, lists))
        if few <= 2 * WINDOW or trait_weight(few) != trait_weight(many):
            yield from new[trait]
            continue
        for holders in lists:
            for place, name in enumerate(holders):
                if name in changed:
                    yield from holders[max(0, place - WINDOW) : place + WINDOW + 1]


def _holders(timeline: Iterable[Kin], traits: Set[str]) -> Mapping[str, list[str]]:
    """Return the ids of the entries that have each of some tags and papers, in their order."""
    holders: dict[str, list[str]] = defaultdict(list)
    for kin in timeline:
        for trait in kin.tags_and_papers & traits:
            holders[trait].append(kin.id)
    return holders


def _with_words(fresh: Iterable[Kin], former: Iterable[Kin], after: Iterable[Kin]) -> Iterator[str]:
    """Yield the entries that share a word with a changed entry, unless so many have it, before and after, that it relates none."""
    gone = Counter(chain.from_iterable(kin.words for kin in former))
    come = Counter(chain.from_iterable(kin.words for kin in fresh))
    words = gone.keys() | come.keys()
    holders: dict[str, list[str]] = defaultdict(list)
    for kin in after:
        for word in kin.words & words:
            holders[word].append(kin.id)
    for word, names in holders.items():
        if len(names) + min(0, gone[word] - come[word]) <= MOST_WITH_WORD:
            yield from names
