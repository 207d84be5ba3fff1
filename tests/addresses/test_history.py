"""Random histories of a site: no address falls silent, and no entry that survives gets another id."""

from collections.abc import Callable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.addresses.lock import format_lock

from .author import EDITS, Author
from .history import History, outline, rearrange_notes, records_of

ROUNDS = 8


def ids_of(history: History, author: Author) -> dict[int, str]:
    """Build the site; return the id of each of the author's entries, found by the word that only it has."""
    made = history.build(author.notes, author.config)
    found = {int(record.card.opening.split()[0].removeprefix("mark")): record.id for record in records_of(made)}
    assert found.keys() == author.entries.keys()
    assert len(set(found.values())) == len(found)
    assert history.silent(made) == set()
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=ROUNDS), st.integers(0, 2**32))
def test_every_address_answers_and_every_surviving_entry_keeps_its_id(
    edits: list[Callable[[Author], None]], seed: int
) -> None:
    author, history = Author(Random(seed)), History()
    ids = ids_of(history, author)
    texts = {name: set(author.entries[number].sentences) for number, name in ids.items()}
    for edit in edits:
        edit(author)
        now = ids_of(history, author)
        assert {number: now[number] for number in ids if number in now} == {n: i for n, i in ids.items() if n in now}
        for number, name in now.items():
            sentences = set(author.entries[number].sentences)
            # An id is given again only to a text that had it: one that was joined to another, and is split off again.
            assert number in ids or name not in texts or sentences & texts[name]
            texts.setdefault(name, set()).update(sentences)
        ids |= now
        assert history.lock.site == "one.example/notes"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EDITS[:9]), min_size=1, max_size=ROUNDS), st.integers(0, 2**32))
def test_a_preview_gives_the_addresses_and_ids_that_a_build_would_give(
    edits: list[Callable[[Author], None]], seed: int
) -> None:
    author, history = Author(Random(seed)), History()
    history.build(author.notes, author.config)
    notes = author.notes
    shown = history.look(notes, author.config)
    for edit in edits:
        edit(author)
        shown = rearrange_notes(shown, notes, author.notes)
        notes = author.notes
        built = history.look(notes, author.config)
        assert outline(shown) == outline(built)
        assert format_lock(shown.lock) == format_lock(built.lock)
        assert shown.changes == built.changes
