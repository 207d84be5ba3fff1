"""Measure the related entries of real notes against the links of their author.

    python bench/related.py [--corpus DIR] [--samples 50]

The corpus is a folder with `vault/`, by default that of `DIGEST_CORPUS`. For each note that links other notes below its
`# Links`, these links are hidden, and so are links back and mentions of the same papers in the texts. A second table does so with
all links to other notes. The figures are means over the notes: `hit` is 1 if a linked note is among the first five related entries,
`recall` is the share of the linked notes that are, and `MRR` is 1 / the place of the first one. The baseline ranks all entries by
the cosine of their tags, weighted by rarity. One half of the notes, chosen by a hash, served to improve the ranking; the other
was held out.

The bench also takes away `--samples` notes, one at a time, and counts the lists of other entries that change.
"""

import argparse
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from pathlib import Path
from statistics import mean

import msgspec
from msgspec import Struct, structs

from corpus import default_corpus
from digest.archive.archive import Archive, Record, build_archive
from digest.archive.references import find_references
from digest.archive.related import LIMIT, Neighbourhood
from digest.config import Config
from digest.diagnostics import Diagnostic
from digest.model import KINDS, Body, Card
from digest.notes.discover import read_note
from digest.pipeline.prepare import prepare_note
from digest.pipeline.read import note_rules, scan_notes

Rank = Callable[[Archive, Record, Sequence[Record]], Sequence[Record]]
"""A function that returns the related entries of an entry, without the entries that its page links to anyway."""
Links = Mapping[str, frozenset[str]]
"""The ids of the entries that an entry links to, by its id."""


class Figures(Struct, frozen=True):
    """Means over notes: of hits, of recall, and of the reciprocal place of the first linked note."""

    notes: int
    hit: float
    recall: float
    mrr: float


def read_cards(folder: Path) -> tuple[list[Card], list[frozenset[str]]]:
    """Return the cards of all notes, and for each the targets of the wikilinks below its `# Links`."""
    config = Config(notes=folder.name)
    rules = note_rules(config)
    cards: list[Card] = []
    below: list[frozenset[str]] = []
    for path in scan_notes(folder.parent, config):
        note = read_note(folder.parent, path)
        if isinstance(note, Diagnostic):
            continue
        prepared = prepare_note(note, rules)
        cards += msgspec.msgpack.decode(prepared.cards, type=tuple[Card, ...])
        for _, encoded in prepared.bodies:
            entry = msgspec.msgpack.decode(encoded, type=Body).entry
            below.append(frozenset(target for target in entry.wikilinks if f"[[{target}" not in entry.commentary))
    return cards, below


def find_links(archive: Archive, below: Mapping[bytes, frozenset[str]]) -> tuple[Links, Links]:
    """Return the links below `# Links`, and all links to entries. Links to another entry about the same work are left out."""
    references = find_references(archive)
    listed: dict[str, frozenset[str]] = {}
    every: dict[str, frozenset[str]] = {}
    for record in archive.records:
        others = [
            (reference, other)
            for reference, other in references.targets.get(record.id, ())
            if isinstance(other, Record)
            and other is not record
            and (not other.subject or other.subject != record.subject)
        ]
        if others:
            every[record.id] = frozenset(other.id for _, other in others)
        targets = below[record.card.digest]
        if chosen := frozenset(other.id for reference, other in others if reference.target in targets):
            listed[record.id] = chosen
    return listed, every


def hide(archive: Archive, name: str, linked: frozenset[str]) -> tuple[Archive, Record, tuple[Record, ...]]:
    """Return an archive in which an entry and the linked ones don't refer to one another, the entry, and what its page shows."""
    ends = find_references(archive).targets
    subjects = {record.id: (record.subject or "").removeprefix("arxiv:") for record in archive.records}

    def strip(record: Record) -> Card:
        gone = linked if record.id == name else frozenset({name}) if record.id in linked else frozenset()
        if not gone:
            return record.card
        leading = {
            reference for reference, end in ends.get(record.id, ()) if isinstance(end, Record) and end.id in gone
        }
        papers = {subjects[other] for other in gone}
        return structs.replace(
            record.card,
            references=tuple(reference for reference in record.card.references if reference not in leading),
            arxiv=tuple(paper for paper in record.card.arxiv if paper not in papers),
        )

    hidden, _ = build_archive(map(strip, archive.records), {}, KINDS)
    references = find_references(hidden)
    record = next(record for record in hidden.records if record.id == name)
    shown = (references.mentions, references.mentioned_by, references.same)
    return hidden, record, tuple(other for records in shown for other in records.get(name, ()))


def rank_by_digest(archive: Archive, record: Record, shown: Sequence[Record]) -> Sequence[Record]:
    """Return the related entries as the site shows them."""
    return Neighbourhood(archive).related(record, shown)


def rank_by_tags(archive: Archive, record: Record, shown: Sequence[Record]) -> Sequence[Record]:
    """Return the entries whose tags are most similar by the cosine of weighted tags, the nearest in time first."""
    weights = {
        key: log(len(archive.records) / len(tag.records)) ** 2 for key, tag in archive.tags.items() if tag.records
    }
    scores: dict[Record, float] = defaultdict(float)
    for key in record.keys:
        for other in archive.tags[key].records:
            scores[other] += weights[key]
    for other in (record, *shown):
        scores.pop(other, None)

    def order(other: Record) -> tuple[float, int, str]:
        length = sum(weights[key] for key in other.keys) ** 0.5 or 1.0
        return -scores[other] / length, abs((other.date - record.date).days), other.id

    return sorted(scores, key=order)[:LIMIT]


def judge(found: Sequence[Record], linked: frozenset[str]) -> tuple[float, float, float]:
    """Return whether linked entries are found, the share of them that is, and 1 / the place of the first."""
    places = [place for place, record in enumerate(found[:LIMIT], 1) if record.id in linked]
    return float(bool(places)), len(places) / len(linked), 1 / places[0] if places else 0.0


def measure(archive: Archive, links: Links, ranks: Mapping[str, Rank]) -> dict[tuple[str, str], Figures]:
    """Return the figures of each ranking for the half that was used, the half that was held out, and for all notes."""
    judged: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for name, linked in links.items():
        hidden = hide(archive, name, linked)
        half = "held out" if zlib.crc32(name.encode()) & 1 else "used"
        for title, rank in ranks.items():
            result = judge(rank(*hidden), linked)
            judged[title, half].append(result)
            judged[title, "all"].append(result)
    return {key: Figures(len(results), *map(mean, zip(*results, strict=True))) for key, results in judged.items()}


def lists_of(cards: Iterable[Card]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the related entries of each entry."""
    archive, _ = build_archive(cards, {}, KINDS)
    near = Neighbourhood(archive)
    return {record.id: tuple(other.id for other in near.related(record, ())) for record in archive.records}


def count_changes(cards: Sequence[Card], samples: int) -> list[int]:
    """Return, for some of the notes, how many lists of other entries change if the note is added to the rest."""
    full = lists_of(cards)
    changes = []
    for place in range(0, len(cards), max(1, len(cards) // samples)):
        without = lists_of([*cards[:place], *cards[place + 1 :]])
        changes.append(sum(full[name] != found for name, found in without.items() if name in full))
    return changes


def cpu_seconds(archive: Archive, rounds: int = 5) -> float:
    """Return the least CPU time that the lists of all entries took."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        near = Neighbourhood(archive)
        for record in archive.records:
            near.related(record, ())
        taken.append(time.process_time() - started)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=default_corpus().parent)
    parser.add_argument("--samples", type=int, default=50)
    options = parser.parse_args()
    cards, below = read_cards(options.corpus.resolve() / "vault")
    archive, _ = build_archive([card for card in cards if card.date], {}, KINDS)
    listed, every = find_links(archive, {card.digest: targets for card, targets in zip(cards, below, strict=True)})
    ranks = {"cosine of tags": rank_by_tags, "digest": rank_by_digest}
    print("| links | notes | ranking | number | hit@5 | recall@5 | MRR |\n|---|---|---|---:|---:|---:|---:|")
    for title, links in (("below `# Links`", listed), ("all", every)):
        for (rank, half), figures in sorted(measure(archive, links, ranks).items()):
            shares = " | ".join(f"{100 * share:.1f}%" for share in (figures.hit, figures.recall, figures.mrr))
            print(f"| {title} | {half} | {rank} | {figures.notes} | {shares} |", flush=True)
    bytes_of_words = mean(len(card.terms.encode()) for card in cards)
    print(
        f"\n{1000 * cpu_seconds(archive):.0f} ms of CPU for {len(archive.records):,} lists; {bytes_of_words:.0f} bytes of words per entry"
    )
    changes = count_changes([card for card in cards if card.date], options.samples)
    counts = Counter(changes)
    print(f"one more note: {mean(changes):.1f} of {len(cards):,} other lists change on average, {max(counts)} at most")


if __name__ == "__main__":
    main()
