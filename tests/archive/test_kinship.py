"""Related entries that are found again after a change are those of an archive that is new."""

import datetime as dt
from collections.abc import Sequence
from random import Random

import pytest
from msgspec import structs

from digest.archive.archive import Archive, Record
from digest.archive.kinship import find_kinship
from digest.archive.related import Neighbourhood
from digest.model import Card

from .cards import FIRST, make_archive, make_card

TAGS = ("llm", "moe", "ssm", "serving", "rare", "data set")
WORDS = ("Mamba", "mamba", "Grok", "grok", "sparse", "dense", "Attention", "router", "expert", "cache")


def draw_card(chance: Random, number: int) -> Card:
    """Make a note with some common tags, papers and words, and a few rare ones. Every tenth has no date."""
    day = FIRST + dt.timedelta(days=chance.randrange(60))
    return make_card(
        f"T{number}",
        *chance.sample(TAGS, chance.randrange(4)),
        date=None if number % 10 == 0 else day,
        line=number,
        arxiv=tuple(chance.sample(("2403.00001", "2403.00002", "2403.00003"), chance.randrange(2))),
        terms=" ".join(chance.sample((*WORDS, f"Only{number % 25}"), chance.randrange(5))),
    )


def no_links(_record: Record) -> tuple[Record, ...]:
    return ()


def names(archive: Archive, former: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Return the ids of the related entries of each entry, and what is remembered of them."""
    found, kinship = find_kinship(archive, no_links, former)
    return {name: [other.id for other in near] for name, near in found.items()}, kinship


def change(chance: Random, cards: Sequence[Card], number: int) -> list[Card]:
    """Add, edit, move or remove a card."""
    changed = list(cards)
    place = chance.randrange(len(changed))
    kind = chance.randrange(4)
    if kind == 0:
        changed.insert(place, draw_card(chance, number))
    elif kind == 1:
        del changed[place]
    elif kind == 2:
        drawn = draw_card(chance, number)
        changed[place] = structs.replace(changed[place], tags=drawn.tags, terms=drawn.terms, arxiv=drawn.arxiv)
    else:
        changed[place] = structs.replace(changed[place], date=FIRST + dt.timedelta(days=chance.randrange(60)))
    return changed


@pytest.mark.parametrize("size", [3, 15, 30, 120])
def test_after_any_changes_they_are_those_of_a_new_archive(size: int) -> None:
    chance = Random(size)
    cards = [draw_card(chance, number) for number in range(1, size + 1)]
    _, kinship = names(make_archive(*cards), b"")
    for number in range(1000, 1060):
        cards = change(chance, cards, number) if len(cards) > 2 else cards
        for more in range(chance.randrange(2)):
            cards = change(chance, cards, number + 1000 * (more + 1))
        archive = make_archive(*cards)
        found, kinship = names(archive, kinship)
        assert (found, kinship) == names(archive, b""), f"after change {number}"


def test_one_new_entry_makes_few_entries_be_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(7)
    cards = [draw_card(chance, number) for number in range(1, 400)]
    _, kinship = names(make_archive(*cards), b"")
    asked = []
    related = Neighbourhood.related

    def count(self: Neighbourhood, record: Record, exclude: Sequence[Record]) -> tuple[Record, ...]:
        asked.append(record.id)
        return related(self, record, exclude)

    monkeypatch.setattr(Neighbourhood, "related", count)
    names(make_archive(*cards, make_card("New", "llm", line=900, terms="Mamba")), kinship)
    assert 0 < len(asked) < 60


def test_an_entry_whose_page_links_to_another_one_is_looked_at_again() -> None:
    archive = make_archive(make_card("A", "moe", line=1), make_card("B", "moe", line=3), make_card("C", "moe", line=5))
    first, second, third = archive.records
    _, kinship = names(archive, b"")
    found, _ = find_kinship(archive, lambda record: [second] if record is first else [], kinship)
    assert found[first.id] == (third,)
    assert found[second.id] == (first, third)
