"""Write the files of words across languages: aligned pairs and rows of the glossary.

A hash of a word's first two letters gives its file, so that a word, its inflections and the phrases it begins are read
together, and a query reads no more files than it needs.
"""

from collections.abc import Sequence

from .alignment import Alignment
from .coding import IndexFile, checksum, content_name, number, pack, text
from .glossary import Row, chain_spellings, spelling_tokens

_ENTRIES = 60
"""Average number of pairs and rows in a file, above which there are twice as many files."""

_MOST_BITS = 6

WORD_PREFIX = 2
"""Number of a word's letters that give its file."""


def word_files(alignment: Alignment, rows: Sequence[Row]) -> list[IndexFile]:
    """Return a file for each hash: aligned words, then rows of the glossary, a line each."""
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
        files.append(IndexFile(f"w{place}.{content_name(content)}.bin", pack(b"w", (content,))))
    return files


def word_names(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the hashes in the names of files."""
    return tuple([path.split(".")[1] for path in paths])


def _place(word: str, bits: int) -> int:
    return checksum(word[:WORD_PREFIX]) & (1 << bits) - 1
