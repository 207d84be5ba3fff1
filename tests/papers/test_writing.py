"""papers.yaml gets new records and fields; whatever its author wrote stays."""

import random
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.papers.parsing import parse_papers
from digest.papers.record import Paper
from digest.papers.writing import HEADER, add_papers

from . import papers as made

KESTRELS = Paper("2401.00001", "Kestrels", authors=("Ada Kim",), found="2026-11-26")
OWLS = Paper("2402.00001", 'Owls: "Who?"', authors=("Ben Cho",), found="2026-11-26")
KITES = Paper("2403.00001", "Kites", authors=("Cara Lee",), found="2026-11-26")


def test_a_new_file_says_what_it_is_and_has_its_records_in_order() -> None:
    assert add_papers("", [OWLS, KESTRELS]) == "\n".join(
        (
            *HEADER,
            '"2401.00001":',
            '  title: "Kestrels"',
            "  found: 2026-11-26",
            '  authors: ["Ada Kim"]',
            '"2402.00001":',
            '  title: "Owls: \\"Who?\\""',
            "  found: 2026-11-26",
            '  authors: ["Ben Cho"]',
            "",
        )
    )


def test_comments_blank_lines_and_the_order_of_the_author_stay() -> None:
    before = """\
# Mine.

# The last first.
"2403.00001": {title: Kites}   # red ones

# Seen in the garden.
"2401.00001":
  title: Kestrels # sic
  authors:
    - Ada Kim

"""
    after = add_papers(before, [KESTRELS, OWLS, KITES])
    kept = [line for line in before.split("\n") if line and "Kites" not in line]
    assert [line for line in after.split("\n") if line in kept] == kept
    assert {paper.title for paper in parse_papers(after)[0]} == {"Kestrels", "Kites", OWLS.title}
    assert parse_papers(after)[1] == ()


def test_a_record_gets_only_the_fields_that_it_lacks() -> None:
    before = '"2401.00001":\n  title: My Kestrels\n  doi: wrong\n\n# Next.\n"2402.00001":\n  title: Owls\n'
    paper = Paper("2401.00001", "Kestrels", authors=("Ada Kim",), doi="10.1000/1", abstract="They nest.")
    assert add_papers(before, [paper]) == before.replace(
        "wrong\n", 'wrong\n  authors: ["Ada Kim"]\n  abstract: "They nest."\n'
    )


def test_new_fields_stand_under_the_ones_that_are_there() -> None:
    before = '"2401.00001":\n     title: Kestrels\n     authors:\n     - Ada Kim\n'
    paper = Paper("2401.00001", "Kestrels", abstract="They nest.")
    assert add_papers(before, [paper]) == before + '     abstract: "They nest."\n'


def test_a_new_record_stands_before_the_first_with_a_greater_id_and_above_its_comment() -> None:
    before = '"2401.00001":\n  title: Kestrels\n# Three.\n"2403.00001":\n  title: Kites\n'
    after = add_papers(before, [OWLS])
    assert after.index("2402.00001") < after.index("# Three.") < after.index("2403.00001")
    assert add_papers(after, []) == after


def test_records_that_cannot_be_read_stay_as_they_are() -> None:
    before = '"2401.00001":\n  title: [open\nkestrel\n"2402.00001":\n  title: Owls\n'
    after = add_papers(before, [KITES])
    assert after.startswith(before)
    assert [paper.id for paper in parse_papers(after)[0]] == ["2402.00001", "2403.00001"]


def test_the_line_ends_of_the_file_stay() -> None:
    before = '"2401.00001":\r\n  title: Kestrels\r\n'
    after = add_papers(before, [OWLS])
    assert after.startswith(before)
    assert after.count("\n") == after.count("\r\n") == 6


@given(
    st.lists(made.papers(), max_size=6, unique_by=lambda paper: paper.id),
    st.integers(0, 6),
)
def test_it_makes_no_difference_in_how_many_steps_papers_are_added(papers: list[Paper], at: int) -> None:
    assert add_papers(add_papers("", papers[:at]), papers[at:]) == add_papers("", papers)


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@birds.example")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_two_branches_that_both_add_papers_are_merged_by_git(tmp_path: Path) -> None:
    chance = random.Random(7)
    ids = [f"24{month:02d}.{number:05d}" for month in range(1, 13) for number in range(1, 8)]
    papers = [
        Paper(name, f"Birds {name}", "2024-01-02", ("cs.CL",), "2026-11-26", (f"Ada Kim {name}",), version=1)
        for name in ids
    ]
    chance.shuffle(papers)
    common, ours, theirs, both = papers[:20], papers[20:45], papers[45:70], papers[70:]
    file = tmp_path / "papers.yaml"
    (tmp_path / ".gitattributes").write_text("papers.yaml merge=union\n", "utf-8")
    file.write_text(add_papers("", common), "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "common")
    git(tmp_path, "checkout", "-qb", "theirs")
    file.write_text(add_papers(file.read_text("utf-8"), [*theirs, *both]), "utf-8")
    git(tmp_path, "commit", "-qam", "theirs")
    git(tmp_path, "checkout", "-q", "main")
    file.write_text(add_papers(file.read_text("utf-8"), [*ours, *both]), "utf-8")
    git(tmp_path, "commit", "-qam", "ours")
    git(tmp_path, "merge", "-q", "theirs", "-m", "both")
    merged, mistakes = parse_papers(file.read_text("utf-8"))
    assert mistakes == ()
    assert sorted(merged, key=lambda paper: paper.id) == sorted(papers, key=lambda paper: paper.id)
