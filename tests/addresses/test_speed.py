"""Many entries: what is remembered is small, and remembering takes linear time."""

import datetime as dt
from collections.abc import Sequence
from random import Random

import pytest
from msgspec import structs

from digest.addresses.lock import NOTHING, Lock, format_lock
from digest.addresses.parsing import parse_lock
from digest.addresses.recognise import UNKNOWN, recognise
from digest.addresses.sketch import sketch_of
from digest.archive.archive import build_archive
from digest.model import KINDS, Card, Span, Tag
from digest.site.remembering import remember

from ..archive.cards import make_card
from ..linear import is_linear

MANY = 25_610
WORDS = [f"word{number}" for number in range(5000)]


def make_cards(count: int) -> list[Card]:
    """Make cards of three entries a day, with titles and texts of chosen words."""
    chance = Random(count)
    cards = []
    for number in range(count):
        date = dt.date(1990, 1, 1) + dt.timedelta(days=number // 3)
        link = f"https://arxiv.org/abs/{1000 + number // 5000}.{number % 5000:05d}" if number % 2 else None
        cards.append(
            structs.replace(
                make_card(" ".join(chance.choices(WORDS, k=6)), date=date, path=f"notes/{date}.txt", link=link),
                source=Span(f"notes/{date}.txt", number % 3 * 4 + 2, number % 3 * 4 + 4),
                tags=(Tag(WORDS[number % 200], WORDS[number % 200]),),
                sketch=sketch_of(link, [" ".join(chance.choices(WORDS, k=40))]),
            )
        )
    return cards


def remember_all(cards: Sequence[Card], lock: Lock = NOTHING) -> bytes:
    """Recognise cards and return the file that a build leaves."""
    recognised = recognise(cards, lock)
    archive, _ = build_archive(cards, {}, KINDS, recognised)
    return format_lock(remember(archive, recognised, {}, per_page=50, site="digest.example"))


def parse(content: bytes) -> Lock:
    lock = parse_lock(content)
    assert isinstance(lock, Lock)
    return lock


def test_an_entry_takes_about_a_hundred_bytes() -> None:
    content = remember_all(make_cards(2000))
    entries = [line for line in content.splitlines() if line.startswith(b"19")]
    assert len(entries) == 2000
    assert sum(len(line) + 1 for line in entries) <= 100 * len(entries)


class Counted(dict[str, str]):
    """A table that counts how often it is looked into."""

    looks = 0

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return a value."""
        self.looks += 1
        return super().get(key, default)


def test_an_entry_that_has_not_changed_costs_one_look_into_a_table() -> None:
    cards = make_cards(MANY)
    lock = parse(remember_all(cards))
    counted = lock.__dict__["owners"] = Counted(lock.owners)
    recognised = recognise(cards, lock)
    assert len(recognised.ids) == MANY
    assert counted.looks == MANY


def test_nothing_is_recognised_if_nothing_is_remembered() -> None:
    assert recognise(make_cards(2), NOTHING) == UNKNOWN


@pytest.mark.linear
def test_reading_recognising_and_writing_take_linear_time() -> None:
    known: dict[int, tuple[list[Card], bytes]] = {}

    def work(count: int) -> None:
        if count not in known:
            cards = make_cards(count)
            known[count] = cards, remember_all(cards)
        cards, content = known[count]
        lock = parse(content)
        recognised = recognise(cards, lock)
        assert len(recognised.ids) == count

    work(MANY // 4)
    work(MANY)
    assert is_linear(work, MANY // 4)


@pytest.mark.linear
@pytest.mark.parametrize("edit", ["everything is moved", "everything is moved and edited", "everything is deleted"])
def test_edits_of_everything_take_linear_time(edit: str) -> None:
    known: dict[int, tuple[list[Card], Lock, int]] = {}

    def work(count: int) -> None:
        if count not in known:
            cards = make_cards(count)
            lock = parse(remember_all(cards))
            if edit == "everything is deleted":
                known[count] = make_cards(count + 1), lock, 0
            else:
                known[count] = [move(card, is_edited="edited" in edit) for card in cards], lock, count
        cards, lock, expected = known[count]
        assert len(recognise(cards, lock).ids) >= expected * 0.9

    work(2000)
    work(8000)
    assert is_linear(work, 2000)


def move(card: Card, *, is_edited: bool) -> Card:
    """Give an entry another title, day and file, and a text with other words at its end."""
    assert card.date is not None
    link, _, text = card.sketch.partition(" ")
    sketch = f"{link} {text[:-30]}{text[-27:]}" if is_edited else card.sketch
    date = card.date + dt.timedelta(days=20_000)
    return structs.replace(
        card, date=date, slug="", title=f"{card.title} anew", source=Span(f"new/{date}.txt", 1, 2), sketch=sketch
    )
