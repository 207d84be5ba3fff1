"""Postings: what is encoded is decoded, and an edit gives what would be encoded anew."""

import random

import pytest

from digest.search.coding import decode_numbers, number, numbers
from digest.search.leaves import plan_trie, size_of
from digest.search.postings import (
    columns_of,
    count_before,
    day_number,
    day_of,
    decode_slots,
    edit_postings,
    encode_postings,
    month_of,
    slot_of,
)


def encode(levels: dict[int, int]) -> object:
    """Encode the levels of slots, given by day and place."""
    slots = sorted(levels)
    return encode_postings([day_of(slot) for slot in slots], [8 * (slot & 0xFFFFFF) + levels[slot] for slot in slots])


def random_levels(rng: random.Random, count: int) -> dict[int, int]:
    days = [0, *rng.sample(range(700_000, 700_400), 9), *rng.sample(range(700_400, 730_000), 3)]
    return {slot_of(rng.choice(days), rng.choice((0, 1, 2, 30, 5000))): rng.randrange(8) for _ in range(count)}


@pytest.mark.parametrize("seed", range(20))
def test_an_edit_gives_what_would_be_encoded_anew(seed: int) -> None:
    rng = random.Random(seed)
    levels = random_levels(rng, rng.randrange(60))
    postings = edit_postings(None, dict(levels))
    for _ in range(10):
        changes: dict[int, int | None] = dict(random_levels(rng, 3))
        changes |= dict.fromkeys(rng.sample(sorted(levels), min(2, len(levels))))
        postings = edit_postings(postings, changes)
        levels |= {slot: level for slot, level in changes.items() if level is not None}
        levels = {slot: level for slot, level in levels.items() if changes.get(slot, level) is not None}
        assert postings == (encode(levels) if levels else None)
        assert postings is None or list(decode_slots(postings)) == sorted(levels)
        assert count_before(postings, 700_200) == sum(day_of(slot) < 700_200 for slot in levels)


def test_taking_out_what_is_not_there_changes_nothing() -> None:
    postings = edit_postings(None, {slot_of(7, 0): 3})
    assert edit_postings(postings, {slot_of(7, 1): None, slot_of(9, 0): None}) == postings
    assert edit_postings(None, {slot_of(7, 1): None}) is None


def test_a_document_a_day_takes_two_bytes() -> None:
    postings = edit_postings(None, {slot_of(day, 0): 3 for day in range(700_000, 700_100)})
    assert postings is not None
    assert len(postings.gaps) + len(postings.marks) == 199


def test_columns_count_days_from_the_earliest() -> None:
    early, late = (edit_postings(None, {slot_of(day, 2): 5}) for day in (1000, 1300))
    assert early is not None
    assert late is not None
    assert columns_of([late, early]) == [
        bytes([0, 0]) + number(1000),
        bytes([1, 0]),
        bytes([44, 0]),
        b"",
        bytes([21, 21]),
    ]


def test_numbers_of_every_size_are_decoded() -> None:
    rng = random.Random(4)
    limits = (191, 192, 447, 448, 16063, 16064, 70000, 2**32 - 1)
    for length in (0, 1, 63, 64, 65, 300):
        values = [rng.choice(limits) if rng.random() < 0.1 else rng.randrange(192) for _ in range(length)]
        assert numbers(values) == b"".join(map(number, values))
        assert list(decode_numbers(numbers(values))) == values


def test_days_sort_like_dates_and_know_their_month() -> None:
    dates = ["", "0001-01-01", "1999-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-12-31", "9999-12-31"]
    days = [day_number(date) for date in dates]
    assert days == sorted(set(days))
    assert [month_of(day) for day in days] == [date[:7] for date in dates]


def test_a_leaf_is_divided_if_it_is_too_large_and_has_several_keys() -> None:
    sizes = {f"key{number}": 10 for number in range(100)}
    trie = plan_trie(sizes, 60)
    assert trie.nodes.keys() == sizes.keys()
    by_leaf = {node: [key for key in sizes if trie.nodes[key] == node] for node in trie.leaves}
    assert all(len(keys) <= 6 for keys in by_leaf.values())
    assert plan_trie({"huge": 1000}, 60).nodes == {"huge": 1}
    assert plan_trie({}, 60).leaves == ()


def test_one_more_key_leaves_the_leaves_of_others_as_they_are() -> None:
    sizes = {f"key{number}": 10 for number in range(500)}
    before, after = plan_trie(sizes, 60), plan_trie({**sizes, "more": 10}, 60)
    node = after.nodes["more"]
    moved = [key for key in sizes if before.nodes[key] != after.nodes[key]]
    assert all(after.nodes[key].bit_length() > before.nodes[key].bit_length() for key in moved)
    assert len({before.nodes[key] for key in moved} | {node}) <= 2
    assert size_of("모델", 3) == 8
