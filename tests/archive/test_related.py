"""Related entries, by shared tags and papers."""

import datetime as dt

from digest.archive.archive import Archive
from digest.archive.related import LIMIT, WINDOW, Neighbourhood, tag_weight
from digest.model import Card

from .cards import FIRST, make_archive, make_card


def days(count: int, *tags: str) -> list[Card]:
    return [make_card(f"T{n}", *tags, date=FIRST + dt.timedelta(days=n)) for n in range(count)]


def related(archive: Archive) -> dict[str, list[str]]:
    """Map the title of each entry to the titles of its related entries."""
    neighbourhood = Neighbourhood(archive)
    return {
        record.card.title: [near.card.title for near in neighbourhood.related(record, ())] for record in archive.records
    }


def test_entries_with_rare_tags_or_papers_in_common_are_related() -> None:
    archive = make_archive(
        make_card("A", "llm", "moe", line=1, arxiv=("2403.00001",)),
        make_card("B", "llm", "moe", line=3),
        make_card("C", "llm", line=5, arxiv=("2403.00001",)),
        make_card("D", "llm", line=7),
        make_card("E", line=9),
    )
    found = related(archive)
    assert found["A"] == ["C", "B", "D"]
    assert found["E"] == []


def test_excluded_entries_are_left_out() -> None:
    archive = make_archive(make_card("A", "moe", line=1), make_card("B", "moe", line=3), make_card("C", "moe", line=5))
    first, second, _ = archive.records
    assert [near.card.title for near in Neighbourhood(archive).related(first, [second])] == ["C"]


def test_related_entries_are_few_and_a_tag_on_every_entry_relates_none() -> None:
    assert {len(found) for found in related(make_archive(*days(20, "moe"))).values()} == {LIMIT}
    assert not any(related(make_archive(*days(100, "llm"))).values())


def test_a_tag_weighs_less_the_more_entries_have_it() -> None:
    weights = [tag_weight(count) for count in (2, 4, 10, 100, 1000)]
    assert weights == sorted(set(weights), reverse=True)
    assert weights[0] == 2 / 3


def test_one_new_note_changes_the_lists_of_few_others() -> None:
    before = related(make_archive(*days(40, "moe", "serving")))
    after = related(make_archive(*days(41, "moe", "serving")))
    changed = [title for title in before if before[title] != after[title]]
    assert 0 < len(changed) <= WINDOW


def test_notes_without_a_date_are_related_to_one_another_before_entries() -> None:
    cards = [make_card(f"U{n}", "moe", "llm", date=None, line=n) for n in range(3)]
    cards += [make_card(f"T{n}", "moe", "llm", date=FIRST + dt.timedelta(n)) for n in range(3)]
    archive = make_archive(*cards)
    near = Neighbourhood(archive)
    note, entry = archive.undated[0], archive.records[0]
    assert [other.card.title for other in near.related(note, ())] == ["U1", "U2", "T0", "T1", "T2"]
    assert [other.card.title for other in near.related(entry, ())] == ["T1", "T2", "U0", "U1", "U2"]
