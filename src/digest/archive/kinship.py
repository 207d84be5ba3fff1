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

Shown = Callable[[Record], Sequence[Record]]
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

    `former` is the latter as the last build returned it, or empty. If nothing changed, it is returned as it is.
    """
    timeline = timeline_of(archive)
    records = {record.id: record for record in timeline}
    before = _KIN.decode(former) if former else []
    known = {kin.id: kin for kin in before}
    after = [_describe(record, shown(record), known.get(record.id)) for record in timeline]
    stale = _find_stale(known, after, timeline)
    again: Set[str] = records.keys() if stale is None else stale
    neighbourhood = Neighbourhood(archive, None if stale is None else [records[name] for name in stale])
    found: dict[str, tuple[Record, ...]] = {}
    for place, kin in enumerate(after):
        if kin.id in again:
            record = records[kin.id]
            near = found[kin.id] = neighbourhood.related(record, shown(record))
            after[place] = Kin(kin.id, kin.traits, kin.shown, "\n".join([other.id for other in near]))
        else:
            found[kin.id] = tuple([records[other] for other in kin.related.split("\n")]) if kin.related else ()
    return found, former if after == before else msgspec.msgpack.encode(after)


def _describe(record: Record, shown: Sequence[Record], known: Kin | None) -> Kin:
    """Describe an entry, with the related entries that the last build found. If nothing about it changed, return `known` itself."""
    card = record.card
    papers = "\t".join([f" {paper}" for paper in card.arxiv]) if card.arxiv else ""
    tags = "\t".join(record.keys)
    traits = f"{card.date or ''}\n{tags}\n{papers}\n{card.terms}"
    links = "\n".join([each.id for each in shown]) if shown else ""
    if known and known.traits == traits and known.shown == links:
        return known
    return Kin(record.id, traits, links, known.related if known else "")


def _find_stale(old: Mapping[str, Kin], after: Sequence[Kin], timeline: Sequence[Record]) -> Set[str] | None:
    """Return the ids of the entries whose related entries may be others now; None if these may be all.

    `old` are the entries of the last build by id, and `after` those of this one, both in order.
    """
    new = {kin.id: kin for kin in after}
    # An entry that is described by the same object is as it was.
    others = [(kin, old.get(kin.id)) for kin in after if old.get(kin.id) is not kin]
    fresh = [kin for kin, known in others if known is None or known.traits != kin.traits]
    former = [*(old[kin.id] for kin in fresh if kin.id in old), *(kin for kin in old.values() if kin.id not in new)]
    changed = {kin.id for kin in (*fresh, *former)}
    if not old or len(changed) > MOST_CHANGES:
        return None
    if [name for name in old if name not in changed] != [name for name in new if name not in changed]:
        return None  # the order of entries decides which of them are near
    stale = {kin.id for kin, known in others if known is None or kin.id in changed or known.shown != kin.shown}
    if not changed:
        return stale
    stale.update(_near_in_time(changed, old.values(), (*fresh, *former), timeline))
    stale.update(_with_words(fresh, former, timeline))
    return stale & new.keys()


def _near_in_time(
    changed: Set[str], before: Iterable[Kin], different: Iterable[Kin], timeline: Iterable[Record]
) -> Iterator[str]:
    """Yield the entries that have one of some tags and papers in common with a changed entry nearby, before or after the change.

    `different` are all changed entries as they were and as they are.
    """
    traits = frozenset(chain.from_iterable(kin.tags_and_papers for kin in different)) - {""}
    papers = frozenset([trait[1:] for trait in traits if trait[0] == " "])
    now: dict[str, list[str]] = {}
    for record in timeline:
        keys, arxiv = record.keys, record.card.arxiv
        if not traits.isdisjoint(keys) or (arxiv and not papers.isdisjoint(arxiv)):
            now[record.id] = [
                *(key for key in keys if key in traits),
                *(f" {paper}" for paper in arxiv if paper in papers),
            ]
    then = {
        kin.id: kin.tags_and_papers & traits if kin.id in changed else now[kin.id]
        for kin in before
        if kin.id in changed or kin.id in now
    }
    old, new = _holders(then), _holders(now)
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


def _holders(traits_of: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """Return the ids of the entries that have each trait, in their order."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, traits in traits_of.items():
        for trait in traits:
            holders[trait].append(name)
    return holders


def _with_words(fresh: Iterable[Kin], former: Iterable[Kin], timeline: Iterable[Record]) -> Iterator[str]:
    """Yield the entries that share a word with a changed entry, unless so many have it, before and after, that it relates none."""
    gone = Counter(chain.from_iterable(kin.words for kin in former))
    come = Counter(chain.from_iterable(kin.words for kin in fresh))
    words = gone.keys() | come.keys()
    holders: dict[str, list[str]] = defaultdict(list)
    for record in timeline:
        for word in words.intersection(record.card.terms.lower().split()):
            holders[word].append(record.id)
    for word, names in holders.items():
        if len(names) + min(0, gone[word] - come[word]) <= MOST_WITH_WORD:
            yield from names
