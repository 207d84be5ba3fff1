"""What the name that a link gives to a note means."""

import datetime as dt
import unicodedata
from collections.abc import Iterable

import pytest
from msgspec import structs

from digest.archive.names import Meaning, Named, NoteNames
from digest.archive.references import find_references
from digest.model import Card, Reference

from .cards import FIRST, make_archive, make_card

NOTES = (
    make_card("Wren", path="notes/birds/240501 Wren.md"),
    structs.replace(make_card("Kestrel", path="notes/birds/kestrel.md"), aliases=("Falco", "/posts/kestrel/")),
    make_card("정리", path="notes/가/정리.md"),
    make_card("정리", date=FIRST + dt.timedelta(days=1), path="notes/나/정리.md"),
    make_card("C# 13", path="notes/langs.md"),
    make_card("Sharps", path="notes/240502 F# 과 G#.md"),
    make_card("F#", path="notes/f.md"),
    make_card("A/B 시험", path="notes/test.md"),
    make_card("One of two", path="notes/2024-03-21.txt", line=1),
    make_card("Two of two", path="notes/2024-03-21.txt", line=3),
    make_card("State-space models", path="notes/ssm/index.md"),
)


def find(source: str, target: str, part: str = "", cards: Iterable[Card] = NOTES) -> Meaning | None:
    reference = Reference("note", target, part)
    records = make_archive(*cards).records
    names = NoteNames([Named(record.card, record) for record in records], [reference], "notes")
    return names.find(reference, source)


def end_of(meaning: Meaning | None) -> str:
    assert meaning is not None
    return str(getattr(getattr(meaning.end, "card", None), "title", meaning.end))


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("wren", "Wren"),
        ("240501 wren", "Wren"),
        ("240502 F# 과 G#", "Sharps"),
        ("f#", "F#"),
        ("240501-wren.md", "Wren"),
        ("birds/240501 Wren", "Wren"),
        ("notes/birds/240501 Wren", "Wren"),
        ("vault/birds/240501 Wren", "Wren"),
        ("../birds/kestrel.md", "Kestrel"),
        ("./../birds/kestrel", "Kestrel"),
        ("/birds/kestrel", "Kestrel"),
        ("falco", "Kestrel"),
        ("/posts/kestrel/", "Kestrel"),
        ("가/정리", "정리"),
        (unicodedata.normalize("NFD", "가/정리.md"), "정리"),
        ("a/b 시험", "A/B 시험"),
        ("state space models", "State-space models"),
        ("../ssm/", "State-space models"),
        ("one of two", "One of two"),
        ("2024-03-21", str(FIRST)),
    ],
)
def test_a_name_leads_to_the_one_note_that_it_means(target: str, title: str) -> None:
    meaning = find("notes/mammals/otter.md", target)
    assert end_of(meaning) == title
    assert meaning is not None
    assert meaning.candidates == ()


@pytest.mark.parametrize(
    "target", ["nobody", "wrong/240501 Wren", "../kestrel.md", "birds", "ren", ".", "..", "/", "B 시험"]
)
def test_a_name_of_nothing_leads_nowhere(target: str) -> None:
    assert find("notes/mammals/otter.md", target) is None


def test_a_number_sign_in_a_title_is_no_heading() -> None:
    meaning = find("notes/a.md", "C", "13")
    assert end_of(meaning) == "C# 13"
    assert meaning is not None
    assert meaning.whole


def test_a_heading_in_a_file_of_several_entries_is_the_title_of_one() -> None:
    assert end_of(find("notes/a.md", "2024-03-21", "two of two")) == "Two of two"
    assert end_of(find("notes/a.md", "2024-03-21", "three")) == str(FIRST)
    assert end_of(find("notes/a.md", "2024-03-21#Two of two")) == "Two of two"


def test_a_title_that_several_have_is_ambiguous_and_the_nearest_is_taken() -> None:
    candidates = ("notes/가/정리.md:1", "notes/나/정리.md:1")
    assert find("notes/a.md", "정리") == Meaning(None, candidates)
    near = find("notes/나/깊이/b.md", "정리")
    assert near is not None
    assert near.candidates == candidates
    assert getattr(near.end, "card", None) == NOTES[3]


def test_a_note_beside_the_link_is_certain() -> None:
    meaning = find("notes/가/b.md", "정리")
    assert meaning is not None
    assert (getattr(meaning.end, "card", None), meaning.candidates) == (NOTES[2], ())


def test_a_title_counts_before_a_file_of_the_same_name() -> None:
    cards = (make_card("Otter", path="notes/x.md"), make_card("Beaver", path="notes/otter.md"))
    assert end_of(find("notes/a.md", "Otter", cards=cards)) == "Otter"


def test_a_link_to_a_draft_is_told_from_a_broken_one() -> None:
    links = tuple(Reference("note", target) for target in ("Secret plan", "secret.md", "Nobody"))
    archive = make_archive(make_card("A", references=links))
    draft = make_card("Secret plan", path="notes/secret.md")
    problems = find_references(archive, drafts=[draft]).problems
    assert [(problem.reference.target, problem.code) for problem in problems] == [
        ("Secret plan", "draft-link"),
        ("secret.md", "draft-link"),
        ("Nobody", "broken-wikilink"),
    ]


@pytest.mark.parametrize(
    ("public", "draft", "problems"),
    [
        (("Owl", ()), ("Plan", ("owl",)), []),
        (("Bird", ("Owl",)), ("Plan", ("owl",)), [("draft-link", True)]),
        (("Bird", ("Owl",)), ("Owl", ()), [("draft-link", True)]),
        (("Owl", ()), ("owl", ()), [("draft-link", True)]),
        (("Owl", ()), ("Wren", ("Plan",)), []),
    ],
)
def test_a_name_that_a_draft_has_too_leads_to_the_public_note_and_is_reported(
    public: tuple[str, tuple[str, ...]], draft: tuple[str, tuple[str, ...]], problems: list[tuple[str, bool]]
) -> None:
    card = structs.replace(make_card(public[0], path="notes/public.md"), aliases=public[1])
    hidden = structs.replace(make_card(draft[0], path="notes/draft.md"), aliases=draft[1])
    archive = make_archive(make_card("A", references=(Reference("note", "Owl"),), path="notes/a.md"), card)
    found = find_references(archive, drafts=[hidden])
    assert [(problem.code, problem.linked) for problem in found.problems] == problems
    ((_, target),) = next(iter(found.targets.values()))
    assert getattr(target, "card", None) == card


def test_a_name_of_a_file_may_hold_the_sign_of_a_heading() -> None:
    meaning = find("notes/a.md", "240502 F", "과 G#")
    assert end_of(meaning) == "Sharps"
    assert meaning is not None
    assert meaning.whole
