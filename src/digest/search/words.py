"""Alignment and glossary into files that a query's words lead to.

A word's file is told by a hash of its first two letters, so that a word, its inflections and the phrases it begins are
read together, and a query reads no more than it needs.
"""

from collections.abc import Sequence

from .alignment import Alignment
from .coding import IndexFile, checksum, content_name, number, pack, text
from .glossary import Row, chain_spellings, spelling_tokens

_ENTRIES = 60
"""Pairs and rows from which another file is worth its request."""

_MOST_BITS = 6

WORD_PREFIX = 2
"""Letters of a word that decide its file."""


def word_files(alignment: Alignment, rows: Sequence[Row]) -> list[IndexFile]:
    """Write a file for each hash of two letters: aligned stems, then the glossary's rows, a line each."""
    pairs = [(stem, term, strength) for stem, terms in alignment for term, strength in terms]
    keys = [{"".join(spelling_tokens(spelling)) for spelling in chain_spellings(row)} for row in rows]
    entries = 2 * len(pairs) + sum(map(len, keys))
    bits = 0
    while entries >> bits > _ENTRIES and bits < _MOST_BITS:
        bits += 1
    aligned: list[dict[str, list[str]]] = [{} for _ in range(1 << bits)]
    for stem, term, strength in pairs:
        aligned[_place(stem, bits)].setdefault(stem, []).append(f"{strength}{term}")
        aligned[_place(term, bits)].setdefault(term, []).append(f"{strength}{stem}")
    glossary: list[list[str]] = [[] for _ in range(1 << bits)]
    for row, row_keys in zip(rows, keys, strict=True):
        for place in sorted({_place(key, bits) for key in row_keys if key}):
            glossary[place].append("\t".join(chain_spellings(row)))
    files = []
    for place, (words, lines) in enumerate(zip(aligned, glossary, strict=True)):
        pair_lines = "\n".join("\t".join((word, *words[word])) for word in sorted(words))
        content = number(place) + number(len(words)) + text(pair_lines) + number(len(lines)) + text("\n".join(lines))
        files.append(IndexFile(f"w{place}.{content_name(content)}.bin", pack(b"w", content)))
    return files


def word_names(paths: Sequence[str]) -> tuple[str, ...]:
    """List the hashes in the files' names."""
    return tuple([path.split(".")[1] for path in paths])


def _place(word: str, bits: int) -> int:
    return checksum(word[:WORD_PREFIX]) & (1 << bits) - 1
