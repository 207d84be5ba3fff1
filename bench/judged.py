"""Compare the kinds of real notes and the figures in them with what a reader of the notes found.

python bench/judged.py            # the table of kinds, and how many figures are right and how many are found
python bench/judged.py --misses   # also the entries and figures that differ

The verdicts are in `judged/`, by a hash of an entry's date and title: nothing of the notes is copied. `kinds.tsv` has the
entries that are no papers. `facts.tsv` has the figures that entries about models state (`right`), the entries about models
that state none (`none`), and, of entries about papers read as if they were about models, the figures that come out
(`right` or `wrong`).
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from corpus import default_corpus
from digest.archive.facts import find_facts
from digest.model import FACT_KINDS, KINDS, Entry, NoteFile
from digest.notes import parse
from digest.notes.discover import find_notes, read_note
from digest.text.markdown import render_commentary

JUDGED = Path(__file__).parent / "judged"


class Figure(Struct, frozen=True):
    """A figure of an entry, which is given by its hash."""

    entry: str
    key: str
    value: str


def main() -> int:
    """Print the table of kinds and the share of figures that are right."""
    parser = argparse.ArgumentParser(description="Compare kinds and figures with a reader's verdicts.")
    parser.add_argument("--vault", type=Path, default=default_corpus(), help="a folder of notes, one entry each")
    parser.add_argument("--misses", action="store_true", help="print the entries and figures that differ")
    options = parser.parse_args()
    if not options.vault.is_dir():
        print("no corpus: name its folder with --vault or DIGEST_CORPUS", file=sys.stderr)
        return 2
    entries = {hash_of(entry): entry for entry in read_entries(options.vault)}
    kinds = {row[0]: row[1] for row in read_rows("kinds.tsv")}
    print_kinds(entries, kinds, show_misses=options.misses)
    print_figures(entries, kinds, show_misses=options.misses)
    return 0


def read_entries(folder: Path) -> Iterator[Entry]:
    """Parse all notes of a folder."""
    for found in find_notes(folder, "."):
        note = read_note(folder, found.path)
        if isinstance(note, NoteFile):
            yield from parse(note).entries


def read_rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a file of verdicts."""
    for line in (JUDGED / name).read_text("utf-8").splitlines():
        yield line.split("\t")


def hash_of(entry: Entry) -> str:
    """Return the name of an entry in the files of verdicts."""
    return hashlib.blake2b(f"{entry.date} {entry.title}".encode(), digest_size=8).hexdigest()


def print_kinds(entries: dict[str, Entry], kinds: dict[str, str], *, show_misses: bool) -> None:
    """Print how many entries of each kind are taken for which."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, entry in entries.items():
        kind = kinds.get(name, "paper")
        counts[kind, entry.kind] += 1
        if show_misses and kind != entry.kind:
            print(f"  {entry.source.path}: is a {kind}, taken for a {entry.kind}")
    right = sum(count for (kind, taken), count in counts.items() if kind == taken)
    print(f"kinds: {right} of {len(entries)} entries are right\n")
    print(f"{'is a, taken for a':20}" + "".join(f"{kind:>10}" for kind in KINDS))
    for kind in KINDS:
        print(f"{kind:20}" + "".join(f"{counts[kind, taken] or '':>10}" for taken in KINDS))


def print_figures(entries: dict[str, Entry], kinds: dict[str, str], *, show_misses: bool) -> None:
    """Print how many figures are right, and how many of those that entries about models state are found."""
    verdicts = {Figure(*row[:3]): row[3] for row in read_rows("facts.tsv")}
    models = {name for name in entries if kinds.get(name) in FACT_KINDS}
    for title, names in (("models", models), ("papers read as models", entries.keys() - models)):
        found = set(find_figures(entries, names))
        judged = Counter(verdicts.get(figure, "wrong" if figure.entry in models else "not judged") for figure in found)
        total = judged["right"] + judged["wrong"]
        print(f"\n{title}: {len(found)} figures, {judged['right']} right, {judged['wrong']} wrong,", end=" ")
        print(f"{judged['not judged']} not judged, {judged['right'] / max(1, total):.1%} right")
        stated = {figure for figure, verdict in verdicts.items() if verdict == "right" and figure.entry in names}
        if names is models:
            with_row = len({figure.entry for figure in found})
            print(
                f"  {len(found & stated)} of {len(stated)} stated figures found; {with_row} of {len(models)} have any"
            )
        if show_misses:
            print_misses(entries, found - stated, "not right")
            print_misses(entries, stated - found, "not found")


def find_figures(entries: dict[str, Entry], names: Iterable[str]) -> Iterator[Figure]:
    """Yield the figures that the program finds in entries, read as if they were about models."""
    for name in names:
        entry = entries[name]
        kind = entry.kind if entry.kind in FACT_KINDS else "model"
        for found in find_facts(kind, entry.title, render_commentary(entry.commentary, lang=entry.lang).plain):
            yield Figure(name, found.fact.key, found.fact.value)


def print_misses(entries: dict[str, Entry], figures: Iterable[Figure], verdict: str) -> None:
    """Print figures with the paths of their notes."""
    for path, key, value in sorted((entries[f.entry].source.path, f.key, f.value) for f in figures):
        print(f"  {verdict}: {path}: {key} {value}")


if __name__ == "__main__":
    raise SystemExit(main())
