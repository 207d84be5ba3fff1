"""Ids of entries as keys of Meilisearch."""

import re

from hypothesis import given
from hypothesis import strategies as st

from digest.export.lines import meilisearch_key
from digest.limits import SLUG_BYTES

NAMES = st.text(st.sampled_from("ab-_2f/가é😀"), min_size=1, max_size=8)


@given(NAMES, NAMES)
def test_keys_are_valid_and_no_two_ids_share_one(one: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+", meilisearch_key(one))
    assert (meilisearch_key(one) == meilisearch_key(other)) == (one == other)


def test_the_longest_id_gives_a_key_that_meilisearch_takes() -> None:
    """Meilisearch takes keys of at most 511 bytes."""
    assert len(meilisearch_key(f"2024-03-19/{'가' * (SLUG_BYTES.most // 3)}")) < 511
