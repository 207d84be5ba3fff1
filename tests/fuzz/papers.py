"""papers.yaml: its text -> its records and the mistakes in it, and the text with one more record."""

from digest.diagnostics import CODES
from digest.papers.parsing import find_papers_conflict, parse_papers
from digest.papers.record import FILE_NAME, Paper
from digest.papers.writing import add_papers

from .target import Target, encode_all

SEEDS = (
    """\
# Papers.
"2401.00001v2":
  title: "Kestrels"
  published: 2024-01-02
  categories: [cs.CL, q-bio]
  found: 2026-11-26
  authors: ["Ada Kim", "Ben Cho"]
  doi: "10.1000/birds"
  abstract: "One.\\nTwo."

# Owls.
2402.00001: {title: Owls, authors: [Cara Lee]}   # who?
"hep-th/9901001":
    title: >-
      Herons
      wait
    authors:
      - Dan Oh
""",
    '"2401.00001":\r\n  title: "Kestrels"\r\n',
    "",
)
WORDS = encode_all(
    *(line + "\n" for line in SEEDS[0].splitlines()), "&a ", "*a", "!!map ", "? ", "- ", "|\n", ">\n", "---\n", "...\n", "{", "}", "[", "]",
    "'", '"', "\\u2028", "\t", "\r\n", "  title: x\n", "  authors:\n  - y\n", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "\u2028", "\x85", "\ufeff",
)  # fmt: skip
ADDED = Paper("2401.55555", "Wrens", authors=("Eva Park",), found="2026-11-26")


def check(content: bytes) -> None:
    """Check that mistakes are at places in the text, and that adding a record changes no other one and no line."""
    text = content.decode(errors="replace").replace("\r\n", "\n")
    if find_papers_conflict(text):
        return
    papers, mistakes = parse_papers(text)
    for mistake in mistakes:
        assert mistake.path == FILE_NAME
        assert mistake.code in CODES
        assert 1 <= mistake.line <= text.count("\n") + 1, f"no such line: {mistake}"
        assert mistake.column >= 1
    if any(paper.id == ADDED.id for paper in papers):
        return
    longer = add_papers(text, [ADDED])
    again, _ = parse_papers(longer)
    assert {paper.id: paper for paper in again} == {paper.id: paper for paper in (*papers, ADDED)}, "a record changed"
    rest = iter(longer.split("\n"))
    assert all(line in rest for line in text.rstrip("\n").split("\n") if line.strip()), "a line is gone"
    assert add_papers(longer, [ADDED]) == longer


def describe(content: bytes) -> str:
    """Return the records and the mistakes."""
    papers, mistakes = parse_papers(content.decode(errors="replace"))
    return "".join(f"{each}\n" for each in (*papers, *mistakes))


TARGET = Target(check, describe, tuple(seed.encode() for seed in SEEDS), WORDS)
