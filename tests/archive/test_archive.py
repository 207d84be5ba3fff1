"""The archive: the order of entries, their tags, and an address for each."""

import datetime as dt
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from digest.archive.archive import build_archive
from digest.model import KINDS, Card

from .cards import FIRST, make_archive, make_card, many_cards

NEXT = FIRST + dt.timedelta(days=1)


def test_days_are_oldest_first_and_their_entries_in_the_authors_order() -> None:
    archive = make_archive(
        make_card("C", date=NEXT), make_card("B", line=5), make_card("A", line=1), make_card("D", path="notes/b.txt")
    )
    assert [(day.date, [record.card.title for record in day.records]) for day in archive.days] == [
        (FIRST, ["A", "B", "D"]),
        (NEXT, ["C"]),
    ]
    assert [record.id for record in archive.records] == ["2024-03-19/a", "2024-03-19/b", "2024-03-19/d", "2024-03-20/c"]


def test_kinds_without_entries_are_kept_and_entries_of_a_kind_are_newest_first() -> None:
    archive = make_archive(make_card("A", kind="model"), make_card("B", kind="model", date=NEXT))
    assert list(archive.kinds) == list(KINDS)
    assert [record.card.title for record in archive.kinds["model"]] == ["B", "A"]
    assert archive.kinds["paper"] == ()


def test_a_tag_is_shown_in_its_commonest_spelling() -> None:
    archive = make_archive(
        make_card("A", "Machine_Translation", line=1),
        make_card("B", "machine-translation", line=3),
        make_card("C", "machine-translation", line=5),
        make_card("D", "ＭＡＣＨＩＮＥ-Translation", line=7),
    )
    assert list(archive.tags) == ["machine-translation"]
    page = archive.tags["machine-translation"]
    assert (page.name.label, page.name.slug, len(page.records)) == ("machine-translation", "machine-translation", 4)


def test_an_alias_counts_as_its_tag_and_is_listed_with_it() -> None:
    archive = make_archive(
        make_card("A", "mt", line=1),
        make_card("B", "mt", "NMT", line=3),
        make_card("C", "기계번역", line=5),
        aliases={"nmt": ("MT", "기계번역")},
    )
    assert list(archive.tags) == ["nmt"]
    page = archive.tags["nmt"]
    assert (page.name.label, page.aliases, len(page.records)) == ("NMT", ("mt", "기계번역"), 3)
    assert [len(record.tags) for record in archive.records] == [1, 1, 1]


def test_a_tag_named_like_an_older_page_of_another_tag_has_a_numbered_address() -> None:
    archive, problems = build_archive([make_card("A", "moe/page/1", "moe/page/one")], {}, KINDS)
    assert {key: page.name.slug for key, page in archive.tags.items()} == {
        "moe": "moe",
        "moe/page": "moe/page",
        "moe/page/1": "moe/page/1-2",
        "moe/page/one": "moe/page/one",
    }
    assert [problem.message for problem in problems] == [
        "the tags `#moe/page/1` and `#moe` would share the address `moe/page/1`; `#moe/page/1` is built at `moe/page/1-2`"
    ]


def test_an_entry_is_listed_under_the_parents_of_its_tags() -> None:
    archive = make_archive(make_card("A", "추론/양자화/int8", line=1), make_card("B", "추론", line=3))
    assert {key: [r.card.title for r in page.records] for key, page in archive.tags.items()} == {
        "추론": ["A", "B"],
        "추론/양자화": ["A"],
        "추론/양자화/int8": ["A"],
    }
    assert [child.key for child in archive.tags["추론"].children] == ["추론/양자화"]
    assert [tag.key for tag in archive.records[0].tags] == ["추론/양자화/int8"]


def test_tags_that_differ_only_in_a_sign_have_different_addresses() -> None:
    archive = make_archive(make_card("A", "C", "C++", "C#"))
    assert {page.name.slug for page in archive.tags.values()} == {"c", "c-plus-plus", "c-sharp"}


def test_two_tags_with_one_address_are_an_error_that_names_both() -> None:
    archive, diagnostics = build_archive(
        [make_card("A", "a.b", line=1), make_card("B", "a-b", line=3), make_card("C", "a-b", line=5)], {}, KINDS
    )
    assert {key: page.name.slug for key, page in archive.tags.items()} == {"a-b": "a-b", "a.b": "a-b-2"}
    assert [(d.code, d.path, d.line) for d in diagnostics] == [("tag-collision", "notes/a.txt", 2)]
    assert "`#a.b`" in diagnostics[0].message
    assert "`#a-b`" in diagnostics[0].message


def test_two_entries_with_one_address_are_an_error_that_names_both() -> None:
    archive, diagnostics = build_archive(
        [make_card("Grok-1", line=1), make_card("Grok 1", line=9, path="notes/b.txt"), make_card("X", slug="grok-1")],
        {},
        KINDS,
    )
    assert [record.slug for record in archive.records] == ["grok-1", "grok-1-2", "grok-1-3"]
    assert [(d.code, d.path, d.line) for d in diagnostics] == [
        ("duplicate-address", "notes/a.txt", 1),
        ("duplicate-address", "notes/b.txt", 9),
    ]
    assert all("notes/a.txt:1" in d.message for d in diagnostics)


def test_titles_that_differ_only_in_case_or_normalisation_collide() -> None:
    titles = ["Café au lait", "CAFÉ AU LAIT", "Cafe\N{COMBINING ACUTE ACCENT} au lait", "con", "CON."]
    archive, diagnostics = build_archive([make_card(t, line=n) for n, t in enumerate(titles, 1)], {}, KINDS)
    assert [record.slug for record in archive.records] == [
        "café-au-lait", "café-au-lait-2", "café-au-lait-3", "con_", "con_-2",
    ]  # fmt: skip
    assert [(d.code, d.line) for d in diagnostics] == [("duplicate-address", line) for line in (2, 3, 5)]


def test_every_part_of_a_tag_avoids_the_names_that_windows_reserves() -> None:
    archive = make_archive(make_card("A", "aux/nul/lpt1", "auxin"))
    assert {key: page.name.slug for key, page in archive.tags.items()} == {
        "aux": "aux_", "aux/nul": "aux_/nul_", "aux/nul/lpt1": "aux_/nul_/lpt1_", "auxin": "auxin",
    }  # fmt: skip


def test_tags_that_differ_only_in_case_or_normalisation_are_one_and_others_collide() -> None:
    decomposed = "cafe\N{COMBINING ACUTE ACCENT}"
    archive, diagnostics = build_archive(
        [make_card("A", "Café", decomposed, "CAFÉ", line=1), make_card("B", "con", "con.", line=3)], {}, KINDS
    )
    assert {key: page.name.slug for key, page in archive.tags.items()} == {
        "café": "café", "con": "con_", "con.": "con_-2",
    }  # fmt: skip
    assert [(d.code, d.line) for d in diagnostics] == [("tag-collision", 4)]


def test_a_numbered_address_that_is_taken_is_skipped() -> None:
    archive, diagnostics = build_archive([make_card(t, line=n) for n, t in enumerate(["A", "A 2", "A"], 1)], {}, KINDS)
    assert [record.slug for record in archive.records] == ["a", "a-2", "a-3"]
    assert len(diagnostics) == 1


def test_the_same_title_on_two_days_does_not_collide() -> None:
    assert [r.slug for r in make_archive(make_card("A"), make_card("A", date=NEXT)).records] == ["a", "a"]


@given(many_cards, st.randoms(use_true_random=False))
def test_the_order_of_the_cards_does_not_matter(entries: list[Card], random: Random) -> None:
    def outline(given: list[Card]) -> object:
        archive, diagnostics = build_archive(given, {"nmt": ("mt",)}, KINDS)
        pages = [(key, page.name, [record.id for record in page.records]) for key, page in archive.tags.items()]
        return [(record.id, record.digest) for record in archive.records], pages, sorted(diagnostics)

    shuffled = entries.copy()
    random.shuffle(shuffled)
    assert outline(entries) == outline(shuffled)


@given(many_cards)
def test_no_two_entries_and_no_two_tags_ever_share_an_address(entries: list[Card]) -> None:
    archive, _ = build_archive(entries, {}, KINDS)
    assert len({record.id for record in (*archive.records, *archive.undated)}) == len(entries)
    assert len({page.name.slug for page in archive.tags.values()}) == len(archive.tags)


def test_a_note_without_a_date_belongs_to_no_day_and_keeps_its_tags() -> None:
    archive = make_archive(make_card("Dated", "moe"), make_card("Undated", "moe", "lone", date=None, path="notes/u.md"))
    assert [record.id for record in archive.undated] == ["notes/undated"]
    assert [record.id for record in archive.records] == ["2024-03-19/dated"]
    assert [record.id for record in archive.tags["moe"].undated] == ["notes/undated"]
    assert archive.tags["lone"].records == ()
    assert all(record.card.date for records in archive.kinds.values() for record in records)


def test_notes_without_dates_that_share_a_title_get_the_names_of_their_folders() -> None:
    archive = make_archive(
        make_card("정리", date=None, path="notes/가/정리.md"), make_card("정리", date=None, path="notes/나/정리.md")
    )
    assert [record.id for record in archive.undated] == ["notes/정리", "notes/나-정리"]
