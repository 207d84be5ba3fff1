"""References between entries, made only if they are certain."""

import datetime as dt
import unicodedata
from typing import Any

from msgspec import structs

from digest.archive.archive import subject_of
from digest.archive.references import find_references
from digest.model import Reference

from .cards import FIRST, make_archive, make_card

NEXT = FIRST + dt.timedelta(days=1)


def arxiv(target: str) -> Reference:
    return Reference("arxiv", target)


def note(target: str) -> Reference:
    return Reference("note", target)


def test_the_entry_of_a_paper_lists_the_entries_that_mention_it() -> None:
    references = find_references(
        make_archive(
            make_card("Lantern", kind="paper", link="https://arxiv.org/abs/2403.00001v2"),
            make_card("B", line=5, references=(arxiv("2403.00001"), arxiv("2305.10403"))),
            make_card("C", date=NEXT, references=(arxiv("2403.00001"),)),
        )
    )
    assert {key: [r.id for r in records] for key, records in references.mentions.items()} == {
        "2024-03-19/b": ["2024-03-19/lantern"],
        "2024-03-20/c": ["2024-03-19/lantern"],
    }
    assert [r.id for r in references.mentioned_by["2024-03-19/lantern"]] == ["2024-03-20/c", "2024-03-19/b"]
    assert [reference for reference, _ in references.targets["2024-03-19/b"]] == [arxiv("2403.00001")]
    assert references.problems == ()


def test_an_entry_does_not_mention_itself() -> None:
    card = make_card("A", link="https://arxiv.org/abs/2403.00001", references=(arxiv("2403.00001"), note("A")))
    references = find_references(make_archive(card))
    assert references.mentions == {}
    assert references.mentioned_by == {}


def test_a_wikilink_to_a_date_means_the_day() -> None:
    references = find_references(
        make_archive(
            make_card("A", path="notes/march.txt"),
            make_card("B", date=NEXT, path="notes/b.txt", references=(note(FIRST.isoformat()), note("1999-01-01"))),
        )
    )
    assert [target for found in references.targets.values() for _, target in found] == [FIRST]
    assert [problem.reference for problem in references.problems] == [note("1999-01-01")]


def test_a_wikilink_with_a_slash_means_a_whole_title() -> None:
    references = find_references(
        make_archive(
            make_card("A/B 시험", line=1),
            make_card("Z", path="notes/z.txt", references=(note("a/b 시험"), note("B 시험"))),
        )
    )
    assert [record.card.title for record in references.mentions["2024-03-19/z"]] == ["A/B 시험"]
    assert [problem.reference.target for problem in references.problems] == ["B 시험"]


def test_a_wikilink_means_a_file_or_a_title_that_only_one_entry_has() -> None:
    references = find_references(
        make_archive(
            make_card("Wren", path="notes/vault/240501 Wren.md"),
            make_card("Same", line=1),
            make_card("Same", date=NEXT, path="notes/b.txt"),
            make_card("One of two", path="notes/2024-03-21.txt", line=1),
            make_card("Two of two", path="notes/2024-03-21.txt", line=3),
            make_card(
                "Z",
                path="notes/z.txt",
                references=tuple(
                    map(
                        note,
                        ["240501 wren.md", "vault/240501 Wren", "WREN", "One of Two", "2024-03-21", "Same", "Nobody"],
                    )
                ),
            ),
        )
    )
    found = {
        reference.target: getattr(target, "id", target) for reference, target in references.targets["2024-03-19/z"]
    }
    assert found == {
        "240501 wren.md": "2024-03-19/wren",
        "vault/240501 Wren": "2024-03-19/wren",
        "WREN": "2024-03-19/wren",
        "One of Two": "2024-03-19/one-of-two",
        "2024-03-21": FIRST,
    }
    assert [(problem.reference.target, problem.code, problem.candidates) for problem in references.problems] == [
        ("Same", "ambiguous-link", ("notes/a.txt:1", "notes/b.txt:1")),
        ("Nobody", "broken-wikilink", ()),
    ]


def test_wikilinks_ignore_unicode_normalisation() -> None:
    card = make_card("가", path=unicodedata.normalize("NFD", "notes/240501 병합.md"))
    other = make_card("나", line=9, references=(note("240501 병합"),))
    assert [r.id for r in find_references(make_archive(card, other)).mentions["2024-03-19/나"]] == ["2024-03-19/가"]


def test_two_entries_about_one_paper_refer_to_each_other() -> None:
    by_id = [
        make_card("Lantern", link="https://arxiv.org/abs/2403.00001"),
        make_card("Lantern again", date=NEXT, link="https://arxiv.org/pdf/2403.00001v3.pdf"),
        make_card("Magpie", date=NEXT, line=5, kind="paper", authors=("Ada Holm",)),
        make_card("MAGPIE", date=NEXT + dt.timedelta(days=1), kind="paper", authors=("Ada Holm",)),
    ]
    same = find_references(make_archive(*by_id)).same
    assert {key: [r.id for r in records] for key, records in same.items()} == {
        "2024-03-19/lantern": ["2024-03-20/lantern-again"],
        "2024-03-20/lantern-again": ["2024-03-19/lantern"],
        "2024-03-20/magpie": ["2024-03-21/magpie"],
        "2024-03-21/magpie": ["2024-03-20/magpie"],
    }


def test_notes_with_the_same_title_are_not_about_the_same_work() -> None:
    assert subject_of(make_card("Weekly links")) is None
    assert subject_of(make_card("Lantern", kind="paper")) is None
    assert subject_of(make_card("Lantern", link="https://example.org/")) is None


def test_entries_with_one_doi_or_one_link_are_about_the_same_work() -> None:
    def subject(link: str = "", doi: str = "", **fields: Any) -> str | None:
        return subject_of(structs.replace(make_card("Lantern", link=link or None, **fields), doi=doi))

    assert subject(doi="10.1000/LANTERN") == subject("https://example.org/lantern", doi="10.1000/lantern")
    assert subject(doi="10.48550/arXiv.2403.00001") == subject("https://arxiv.org/pdf/2403.00001v2")
    assert subject("https://example.org/lantern/") == subject("https://example.org/lantern")
    assert subject("https://example.org/lantern") != subject("https://example.org/magpie")


def test_a_mentioned_paper_is_not_what_an_entry_with_another_link_is_about() -> None:
    about = make_card("Lantern", link="https://arxiv.org/abs/2403.00001", arxiv=("2403.00001",))
    other = make_card(
        "Review", line=5, link="https://example.org/review", arxiv=("2403.00001",), references=(arxiv("2403.00001"),)
    )
    found = find_references(make_archive(about, other))
    assert found.same == {}
    assert [record.id for record in found.mentions["2024-03-19/review"]] == ["2024-03-19/lantern"]
