"""The glossary's rows, as a file and from `digest.yaml`, into groups of equivalent terms.

`glossary.tsv` holds a row for each concept: Korean spellings, a tab, English spellings, both separated by commas. Every
spelling of a row leads to all the others.
"""

from collections.abc import Container, Iterable
from functools import cache
from importlib import resources

from .tokens import tokenize

Row = tuple[tuple[str, ...], tuple[str, ...]]
"""Korean and English spellings of a concept."""


def parse_glossary(lines: str) -> tuple[Row, ...]:
    """Read rows of tab-separated Korean and English spellings; empty lines and `#` lines are comments."""
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
    """Read the glossary that comes with the package."""
    return parse_glossary(resources.files(__package__).joinpath("glossary.tsv").read_text("utf-8"))


def relevant_rows(rows: Iterable[Row], *vocabularies: Container[str]) -> tuple[Row, ...]:
    """Keep the rows that can find something: at least one spelling whose tokens all occur in the notes."""

    def occurs(token: str) -> bool:
        return any(token in vocabulary for vocabulary in vocabularies)

    def is_relevant(row: Row) -> bool:
        return any(all(map(occurs, tokens)) for tokens in map(spelling_tokens, chain_spellings(row)) if tokens)

    return tuple(filter(is_relevant, rows))


def chain_spellings(row: Row) -> tuple[str, ...]:
    """List all spellings of a row."""
    return row[0] + row[1]


@cache
def spelling_tokens(spelling: str) -> tuple[str, ...]:
    """Tokenize a spelling without the joined forms of its hyphenated words."""
    return tuple(tokenize(spelling.replace("-", " ")))
