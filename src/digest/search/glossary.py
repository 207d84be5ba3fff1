"""Read the glossary: rows of equivalent Korean and English spellings.

`glossary.tsv` has a row for each concept: Korean spellings, a tab, English spellings, both separated by commas. Each spelling
of a row finds all the others. `related.tsv` has more rows, for search alone, whose words are related rather than the same.
`digest.yaml` can add rows.
"""

from functools import cache
from pathlib import Path

from .tokens import tokenize

Row = tuple[tuple[str, ...], tuple[str, ...]]
"""The Korean and the English spellings of a concept."""


def parse_glossary(lines: str) -> tuple[Row, ...]:
    """Parse lines of tab-separated Korean and English spellings; blank lines and `#` lines are skipped."""
    rows = []
    for line in lines.splitlines():
        if line.strip() and not line.startswith("#"):
            korean, _, english = line.partition("\t")
            rows.append((_spellings(korean), _spellings(english)))
    return tuple(rows)


def _spellings(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


@cache
def shipped_glossary() -> tuple[Row, ...]:
    """Return the rows of the package's own glossary."""
    return _read("glossary.tsv")


@cache
def related_words() -> tuple[Row, ...]:
    """Return the rows of the package that only search uses."""
    return _read("related.tsv")


def _read(name: str) -> tuple[Row, ...]:
    return parse_glossary(Path(__file__).with_name(name).read_text("utf-8"))


def chain_spellings(row: Row) -> tuple[str, ...]:
    """Return all spellings of a row."""
    return row[0] + row[1]


@cache
def spelling_tokens(spelling: str) -> tuple[str, ...]:
    """Return the tokens of a spelling, without the joined forms of hyphenated words."""
    return tuple(tokenize(spelling.replace("-", " ")))
