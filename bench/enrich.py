"""Measure how surely `digest enrich` tells papers: entries whose paper is known, against answers that are nearly right.

    python bench/enrich.py [--corpus DIR]

The corpus is a folder with `daily/notes/*.txt`, `daily/gold.jsonl` (with the address of each entry's paper) and `vault/`. The
answers stand in for arXiv's: four in five times the entry's paper is among them, under a title and authors that are altered in
one way, and always there are papers of the same title by others, of a longer and a changed title by the same authors, and the
corpus' own papers with the most words in common. Everything is drawn with a fixed seed.
"""

import argparse
import json
import os
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from digest.citations.names import parse_authors
from digest.model import Entry, NoteFile
from digest.notes import parse
from digest.notes.discover import find_notes, read_note
from digest.notes.names import split_names
from digest.papers.filling import wants_link
from digest.papers.matching import fold_title, match_paper
from digest.papers.parsing import Record
from digest.papers.questions import plan_questions
from digest.papers.record import Paper
from digest.urls import arxiv_id

KNOWN = 0.8
"""The share of entries whose paper is among the answers."""
Alter = Callable[[Paper, random.Random], Paper]


def retitled(change: Callable[[str, random.Random], str]) -> Alter:
    return lambda paper, chance: Paper(paper.id, change(paper.title, chance), authors=paper.authors)


def named(change: Callable[[Sequence[str]], Sequence[str]]) -> Alter:
    return lambda paper, _: Paper(paper.id, paper.title, authors=tuple(change(paper.authors)))


def misspell(title: str, chance: random.Random) -> str:
    """Swap two neighbouring letters that differ."""
    places = [at for at in range(1, len(title) - 1) if title[at : at + 2].isalpha() and title[at] != title[at + 1]]
    at = chance.choice(places)
    return title[:at] + title[at + 1] + title[at] + title[at + 2 :]


def without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def families_of(name: str) -> set[str]:
    return {fold_title(each.family or each.literal) for each in parse_authors([name]).names}


def initials(authors: Sequence[str]) -> list[str]:
    return [" ".join([*(f"{part[0]}." for part in name.split()[:-1]), name.split()[-1]]) for name in authors]


SAME: dict[str, Alter] = {
    "as written": lambda paper, _: paper,
    "all capitals": retitled(lambda title, _: title.upper()),
    "no capitals": retitled(lambda title, _: title.lower()),
    "hyphens as spaces": retitled(lambda title, _: title.replace("-", " ")),
    "no hyphens": retitled(lambda title, _: title.replace("-", "")),
    "TeX quotes and dashes": retitled(
        lambda title, _: title.replace('"', "``").replace("'", "’").replace(": ", " -- ")
    ),
    "words in formulas": retitled(
        lambda title, _: " ".join(f"$\\mathrm{{{w}}}$" if w.isupper() else w for w in title.split())
    ),
    "authors' initials": named(initials),
    "authors without accents": named(lambda names: [without_marks(name) for name in names]),
    "authors in another order": named(lambda names: names[::-1]),
    "the first author only": named(lambda names: names[:1]),
}
"""Ways in which arXiv writes the same paper: it should be accepted."""
OTHER: dict[str, Alter] = {
    "two letters swapped": retitled(misspell),
    "without the subtitle": retitled(
        lambda title, _: title.partition(":")[0] if ":" in title else title.rsplit(" ", 2)[0]
    ),
    "one word more": retitled(lambda title, _: f"{title} Revisited"),
    "other authors": named(lambda _: ["Nobody Atall", "Someone Elsewhere"]),
}
"""Alterations after which it is no longer nearly certain that a paper is the same: it should be refused."""


def read_entries(folder: Path) -> Iterator[Entry]:
    for found in find_notes(folder.parent, folder.name, ()):
        note = read_note(folder.parent, found.path)
        if isinstance(note, NoteFile):
            yield from parse(note).entries


def gold_papers(corpus: Path) -> Iterator[tuple[str, Paper]]:
    """Yield the title of each gold entry with authors, and its paper; works that are not on arXiv have no id."""
    for line in (corpus / "daily/gold.jsonl").read_text("utf-8").splitlines():
        day: dict[str, Any] = json.loads(line)
        for entry in day["entries"]:
            if entry["authors"]:
                yield (
                    entry["title"],
                    Paper(arxiv_id(entry["url"] or "") or "", entry["title"], authors=split_names(entry["authors"])),
                )


class Neighbours:
    """The papers of the corpus that have the most words of a title."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.by_word: dict[str, list[Paper]] = defaultdict(list)
        for paper in papers:
            for word in sorted(set(paper.title.casefold().split())):
                self.by_word[word].append(paper)

    def of(self, paper: Paper, count: int = 20) -> list[Paper]:
        counts = Counter[str]()
        papers: dict[str, Paper] = {}
        for word in sorted(set(paper.title.casefold().split())):
            for near in self.by_word.get(word, ())[:200]:
                counts[near.id] += 1
                papers[near.id] = near
        return [papers[name] for name, _ in counts.most_common(count) if name != paper.id]


def decoys(paper: Paper, near: Sequence[Paper], chance: random.Random) -> Iterator[Paper]:
    """Yield papers that are nearly the one that is meant."""
    stranger = chance.choice(near).authors if near else ("Nobody Atall",)
    own = {family for name in paper.authors for family in families_of(name)}
    yield Paper("9901.00001", paper.title, authors=tuple(name for name in stranger if not families_of(name) & own))
    yield Paper("9901.00002", f"{paper.title}: A Reply", authors=paper.authors)
    yield Paper("9901.00003", f"{paper.title} 2", authors=paper.authors)
    yield Paper("9901.00004", paper.title.partition(":")[0] + " in Practice", authors=paper.authors)
    yield from near


def measure(alter: Alter, golds: Sequence[tuple[str, Paper]], neighbours: Neighbours) -> Counter[str]:
    chance = random.Random(5)
    counts = Counter[str]()
    for title, paper in golds:
        is_known = bool(paper.id) and chance.random() < KNOWN
        answers = list(decoys(paper, neighbours.of(paper), chance))
        answers += [alter(paper, chance)] if is_known else []
        chance.shuffle(answers)
        found = match_paper(title, paper.authors, answers).paper
        right = found is not None and found.id == paper.id
        counts["known" if is_known else "unknown"] += 1
        counts["right" if right else "wrong" if found else "refused"] += 1
    return counts


def describe_vault(name: str, entries: Sequence[Entry]) -> None:
    records: dict[str, Record] = {}
    plan = plan_questions(entries, records, every=False)
    every = plan_questions(entries, records, every=True)
    papers = sum(entry.kind == "paper" for entry in entries)
    linked = sum(bool(arxiv_id(entry.link or "")) for entry in entries)
    bare = [entry for entry in entries if arxiv_id(entry.link or "") and not entry.authors and not entry.abstract]
    silent = sum(not entry.commentary for entry in bare)
    print(f"{name}: {len(entries):,} entries, {papers:,} papers, {linked:,} with a link to arXiv")
    print(f"  papers without a link: {sum(map(wants_link, entries)):,}; titles to ask for: {len(plan.titles):,}")
    print(f"  links to arXiv without authors and abstract: {len(bare):,}, of these without a word of text: {silent:,}")
    print(
        f"  ids to ask for: {len(plan.ids):,}, of these for an abstract: {sum(q.abstract for q in plan.ids):,}; --all: {len(every.ids):,}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("DIGEST_CORPUS", "../shared/corpus"))
    corpus: Path = parser.parse_args().corpus.resolve()
    describe_vault("daily", list(read_entries(corpus / "daily/notes")))
    describe_vault("vault", list(read_entries(corpus / "vault")))
    golds = list(gold_papers(corpus))
    neighbours = Neighbours([paper for _, paper in golds if paper.id])
    print(f"\n{len(golds):,} entries with authors, {sum(bool(paper.id) for _, paper in golds):,} of them on arXiv")
    print(f"{'how arXiv writes the paper':28}{'known':>8}{'right':>8}{'wrong':>8}{'precision':>11}{'recall':>9}")
    for ways in (SAME, OTHER):
        for name, alter in ways.items():
            counts = measure(alter, golds, neighbours)
            accepted = counts["right"] + counts["wrong"]
            precision = f"{counts['right'] / accepted:11.2%}" if accepted else f"{'–':>11}"
            recall = counts["right"] / counts["known"]
            print(f"{name:28}{counts['known']:8,}{counts['right']:8,}{counts['wrong']:8,}{precision}{recall:9.2%}")
        print()


if __name__ == "__main__":
    main()
