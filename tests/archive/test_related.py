"""Related entries, by shared tags, papers and words."""

import datetime as dt

from digest.archive.archive import Archive
from digest.archive.related import LIMIT, MOST_WITH_WORD, WINDOW, Neighbourhood, trait_weight
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
    assert found["A"] == ["B", "C", "D"]
    assert found["E"] == []


def test_excluded_entries_are_left_out() -> None:
    archive = make_archive(make_card("A", "moe", line=1), make_card("B", "moe", line=3), make_card("C", "moe", line=5))
    first, second, _ = archive.records
    assert [near.card.title for near in Neighbourhood(archive).related(first, [second])] == ["C"]


def test_related_entries_are_few_and_a_tag_on_every_entry_relates_none() -> None:
    assert {len(found) for found in related(make_archive(*days(12, "moe"))).values()} == {LIMIT}
    assert not any(related(make_archive(*days(100, "llm"))).values())


def test_a_tag_weighs_less_the_more_entries_have_it() -> None:
    weights = [trait_weight(count) for count in (2, 4, 10, 100, 1000)]
    assert weights == sorted(set(weights), reverse=True)
    assert trait_weight(1000) == trait_weight(1001), "a weight changes only when the count doubles"


def test_one_new_note_changes_the_lists_of_few_others() -> None:
    before = related(make_archive(*days(40, "moe", "serving")))
    after = related(make_archive(*days(41, "moe", "serving")))
    changed = [title for title in before if before[title] != after[title]]
    assert 0 < len(changed) <= WINDOW


def test_one_new_note_of_a_varied_archive_changes_the_lists_of_few_others() -> None:
    """Each entry has some of 40 names and 12 tags, so that every entry shares something with hundreds of others."""
    cards = [
        make_card(
            f"T{n}",
            f"tag{n % 12}",
            date=FIRST + dt.timedelta(days=n),
            terms=f"Name{n % 40} Name{n * 7 % 40} word{n * 11 % 40}",
        )
        for n in range(400)
    ]
    after = related(make_archive(*cards))
    counts = []
    for place in (0, 57, 200, 399):
        before = related(make_archive(*cards[:place], *cards[place + 1 :]))
        counts.append(sum(found != after[title] for title, found in before.items()))
    assert 0 < max(counts) <= 2 * WINDOW


def test_entries_that_write_the_same_name_are_related() -> None:
    archive = make_archive(
        make_card("A", line=1, terms="Kestrel birds"),
        make_card("B", line=3, terms="kestrel Nests"),
        make_card("C", line=5, terms="Kestrel wings"),
        make_card("D", line=7, terms="Osprey"),
    )
    assert related(archive) == {"A": ["B", "C"], "B": ["A", "C"], "C": ["A", "B"], "D": []}


def test_a_single_word_that_is_no_name_relates_no_entries_but_several_words_do() -> None:
    archive = make_archive(
        make_card("A", line=1, terms="nests of birds"),
        make_card("B", line=3, terms="nests in spring"),
        make_card("C", line=5, terms="birds of nests"),
    )
    assert related(archive) == {"A": ["C"], "B": [], "C": ["A"]}


def test_a_word_that_many_entries_have_relates_none() -> None:
    def count(number: int) -> int:
        cards = [make_card(f"T{n}", date=FIRST + dt.timedelta(days=n), terms="Kestrel Osprey") for n in range(number)]
        return sum(map(len, related(make_archive(*cards)).values()))

    assert count(MOST_WITH_WORD) == MOST_WITH_WORD * LIMIT
    assert count(MOST_WITH_WORD + 1) == 0


def test_a_word_that_is_also_a_tag_of_the_entry_counts_once() -> None:
    archive = make_archive(
        make_card("A", "moe", line=1, terms="Moe Kestrel Falcon"),
        make_card("B", "moe", line=3, terms="Moe more words"),
        make_card("C", line=5, terms="Kestrel Falcon words"),
    )
    assert related(archive)["A"] == ["C", "B"]


def test_an_entry_with_many_traits_comes_after_one_with_few_that_shares_as_much() -> None:
    archive = make_archive(
        make_card("A", line=1, terms="Kestrel"),
        make_card("B", line=3, terms="Kestrel Osprey Heron Stork Crane"),
        make_card("C", line=5, terms="Kestrel Robin"),
    )
    assert related(archive)["A"] == ["C", "B"]


def test_notes_without_a_date_are_related_to_one_another_before_entries() -> None:
    cards = [make_card(f"U{n}", "moe", "llm", date=None, line=n) for n in range(3)]
    cards += [make_card(f"T{n}", "moe", "llm", date=FIRST + dt.timedelta(n)) for n in range(3)]
    archive = make_archive(*cards)
    near = Neighbourhood(archive)
    note, entry = archive.undated[0], archive.records[0]
    assert [other.card.title for other in near.related(note, ())] == ["U1", "U2", "T0", "T1", "T2"]
    assert [other.card.title for other in near.related(entry, ())] == ["T1", "T2", "U0", "U1", "U2"]
