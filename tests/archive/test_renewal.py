"""Updating an archive gives the same archive as building it from all cards."""

import datetime as dt
from collections.abc import Mapping
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from digest.archive import renewal
from digest.archive.archive import Archive, build_archive
from digest.archive.renewal import renew_archive as renew
from digest.archive.vocabulary import NO_VOCABULARY, Vocabulary
from digest.diagnostics import Diagnostic
from digest.model import KINDS, Card

from .cards import FIRST, make_card, many_cards

ALIASES = {"nmt": ("mt",)}
VOCABULARY = Vocabulary(
    spellings={"nlp": "NLP", "llm": "llm"},
    labels={"llm": "Language models", "a-b": "A and B"},
    parents={"llm": "nlp", "nmt": "nlp", "nlp": "a/d", "a-b": "추론"},
)


def renew_archive(
    former: Archive,
    cards: list[Card],
    aliases: Mapping[str, tuple[str, ...]],
    kinds: tuple[str, ...],
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> tuple[Archive, tuple[Diagnostic, ...]]:
    """Update an archive to that of `cards`."""
    before = [record.card for record in (*former.records, *former.undated)]
    gone = [card for card in before if all(card is not other for other in cards)]
    come = [card for card in cards if all(card is not other for other in before)]
    return renew(former, gone, come, aliases, kinds, vocabulary=vocabulary)


def outline(made: tuple[Archive, tuple[Diagnostic, ...]]) -> object:
    """Return an archive in a form that can be compared, with the digest of each entry in place of the entry."""
    archive, diagnostics = made
    return (
        diagnostics,
        [record.digest for record in archive.records],
        [(day.date, [record.digest for record in day.records]) for day in archive.days],
        [
            (k, t.name, t.above, t.children, t.aliases, [r.digest for r in t.records], [r.digest for r in t.undated])
            for k, t in archive.tags.items()
        ],
        [(kind, [record.digest for record in records]) for kind, records in archive.kinds.items()],
        archive.spellings,
        archive.doubles,
        [record.digest for record in archive.undated],
    )


@given(many_cards, many_cards, st.sampled_from([NO_VOCABULARY, VOCABULARY]), st.randoms(use_true_random=False))
def test_an_updated_archive_equals_one_built_anew(
    some: list[Card], others: list[Card], vocabulary: Vocabulary, chance: Random
) -> None:
    made = build_archive(some, ALIASES, KINDS, vocabulary=vocabulary)
    for _ in range(3):
        places = {(card.date, card.source) for card in some}
        some = [card for card in some if chance.random() < 0.8] + [
            card for card in others if (card.date, card.source) not in places and chance.random() < 0.4
        ]
        chance.shuffle(some)
        made = renew_archive(made[0], some, ALIASES, KINDS, vocabulary)
        assert outline(made) == outline(build_archive(some, ALIASES, KINDS, vocabulary=vocabulary))


@given(many_cards, st.integers(0, 11), st.sampled_from(["llm", "LLM", "a-b", "a.b", "a/b/c", "추론"]))
def test_changing_one_tag_of_one_entry_can_rename_tags(cards: list[Card], place: int, tag: str) -> None:
    made = build_archive(cards, {}, KINDS)
    later = [make_card(c.title, tag, date=c.date, path=c.source.path, line=c.source.first_line) for c in cards]
    changed = [later[n] if n == place else card for n, card in enumerate(cards)]
    assert outline(renew_archive(made[0], changed, {}, KINDS)) == outline(build_archive(changed, {}, KINDS))


def test_days_without_changes_stay_the_same_objects() -> None:
    cards = [make_card(f"T{n}", "moe", date=FIRST + dt.timedelta(days=n)) for n in range(40)]
    former, _ = build_archive(cards, {}, KINDS)
    added = make_card("T", "moe", date=FIRST)
    archive, _ = renew_archive(former, [*cards, added], {}, KINDS)
    assert all(day is before for day, before in zip(archive.days[1:], former.days[1:], strict=True))
    assert [record.card.title for record in archive.days[0].records] == ["T0", "T"]


def test_many_changes_or_unknown_kinds_build_the_archive_anew() -> None:
    cards = [make_card(f"T{n}", date=FIRST + dt.timedelta(days=n)) for n in range(renewal.MOST_DATES + 1)]
    former, _ = build_archive([], {}, KINDS)
    assert outline(renew_archive(former, cards, {}, KINDS)) == outline(build_archive(cards, {}, KINDS))
    talk = [make_card("A", kind="talk")]
    assert outline(renew_archive(former, talk, {}, KINDS)) == outline(build_archive(talk, {}, KINDS))
