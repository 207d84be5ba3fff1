"""Entries near another by tags and papers."""

import datetime as dt

from digest.archive.related import LIMIT, WINDOW, find_related, tag_weight
from digest.model import Card

from .cards import FIRST, make_archive, make_card


def days(count: int, *tags: str) -> list[Card]:
    return [make_card(f"T{n}", *tags, date=FIRST + dt.timedelta(days=n)) for n in range(count)]


def test_rare_tags_and_shared_papers_bring_entries_together() -> None:
    archive = make_archive(
        make_card("A", "llm", "moe", line=1, arxiv=("2403.00001",)),
        make_card("B", "llm", "moe", line=3),
        make_card("C", "llm", line=5, arxiv=("2403.00001",)),
        make_card("D", "llm", line=7),
        make_card("E", line=9),
    )
    related = find_related(archive, {})
    assert [r.card.title for r in related["2024-03-19/a"]] == ["C", "B", "D"]
    assert "2024-03-19/e" not in related


def test_what_the_page_shows_anyway_is_left_out() -> None:
    archive = make_archive(make_card("A", "moe", line=1), make_card("B", "moe", line=3), make_card("C", "moe", line=5))
    first, second, _ = archive.records
    assert [r.card.title for r in find_related(archive, {first.id: [second]})[first.id]] == ["C"]


def test_there_are_few_and_none_for_a_tag_that_everything_has() -> None:
    assert all(len(found) <= LIMIT for found in find_related(make_archive(*days(20, "moe")), {}).values())
    assert find_related(make_archive(*days(100, "llm")), {}) == {}


def test_a_tag_says_less_the_more_entries_have_it() -> None:
    weights = [tag_weight(count) for count in (1, 2, 10, 100, 1000)]
    assert weights == sorted(weights, reverse=True)


def test_one_new_note_changes_the_lists_of_few_others() -> None:
    before = find_related(make_archive(*days(40, "moe", "serving")), {})
    after = find_related(make_archive(*days(41, "moe", "serving")), {})
    changed = [key for key in before if [r.id for r in before[key]] != [r.id for r in after[key]]]
    assert len(changed) <= WINDOW
